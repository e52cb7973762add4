"""What a submission's text tells without running it."""

import textwrap

import pytest

from grader.model import Forbidden
from grader.source import ForbiddenUse, Source

FORBIDDEN = Forbidden(
    names=(
        "torch.nn.functional.conv*",
        "torch.conv*",
        "torch.nn.Conv*",
        "torch.Tensor.unfold",
        "scipy.signal.*",
        "numpy.convolve",
    )
)
# How the functions that are forbidden here are imported most often.
AS_F = "import torch.nn.functional as F\n"
CONV = "torch.nn.functional.conv2d"


def uses(text: str, task: str = "f") -> list[tuple[str, int]]:
    """Names and lines of the forbidden uses in a text."""
    source = Source(textwrap.dedent(text).strip("\n"))
    return [(use.name, use.line) for use in source.forbidden_uses(task, FORBIDDEN)]


def names(text: str, task: str = "f") -> set[str]:
    """Names of the forbidden uses in a text."""
    return {name for name, _ in uses(text, task)}


# ------------------------------------------------------------------------------ what is flagged


SPELLINGS = {
    "alias": AS_F + "def f(x): return F.conv2d(x)",
    "whole": "import torch\ndef f(x): return torch.nn.functional.conv2d(x)",
    "submodule": "import torch.nn.functional\ndef f(x): return torch.nn.functional.conv2d(x)",
    "package alias": "import torch as t\ndef f(x): return t.nn.functional.conv2d(x)",
    "from torch": "from torch import nn\ndef f(x): return nn.functional.conv2d(x)",
    "from torch.nn": "from torch.nn import functional as G\ndef f(x): return G.conv2d(x)",
    "from": "from torch.nn.functional import conv2d\ndef f(x): return conv2d(x)",
    "from as": "from torch.nn.functional import conv2d as c\ndef f(x): return c(x)",
    "star": "from torch.nn.functional import *\ndef f(x): return conv2d(x)",
    "two stars": "from torch.nn.functional import *\nfrom math import *\ndef f(): return conv2d()",
    "imported inside": "def f(x):\n    import torch.nn.functional as F; return F.conv2d(x)",
    "from inside": "def f(x):\n    from torch.nn.functional import conv2d as c; return c(x)",
    "imported after": "def f(x): return F.conv2d(x)\nimport torch.nn.functional as F",
    "getattr": AS_F + "def f(x): return getattr(F, 'conv2d')(x)",
    "glued": AS_F + "def f(x): return getattr(F, 'co' + 'nv' + '2d')(x)",
    "getattr twice": "import torch.nn as n\n"
    "def f(x): return getattr(getattr(n, 'func' + 'tional'), 'conv2d')(x)",
    "getattr, default": AS_F + "def f(x): return getattr(F, 'conv2d', None)(x)",
    "assigned": AS_F + "def f(x):\n    c = F.conv2d; return c(x)",
    "assigned twice": AS_F + "def f(x):\n    c = F; d = c.conv2d; return d(x)",
    "assigned outside": AS_F + "c = F.conv2d\ndef f(x): return c(x)",
    "module assigned": AS_F + "G = F\ndef f(x): return G.conv2d(x)",
    "annotated": AS_F + "c: object = F.conv2d\ndef f(x): return c(x)",
    "unpacked": AS_F + "c, d = F.conv2d, 1\ndef f(x): return c(x)",
    "walrus": AS_F + "def f(x): return (c := F.conv2d)(x)",
    "default": AS_F + "def f(x, c=F.conv2d): return c(x)",
    "decorator": AS_F + "@F.conv2d\ndef f(x): return x",
    "not called": AS_F + "def f(x): return map(F.conv2d, x)",
    "lambda": AS_F + "f = lambda x: F.conv2d(x)",
    "bound": AS_F + "f = F.conv2d",
    "nested": AS_F + "def f(x):\n    def g(): return F.conv2d(x)\n    return g",
    "async": AS_F + "async def f(x): return F.conv2d(x)",
    "vars": AS_F + "def f(x): return vars(F)['conv2d'](x)",
    "__dict__": AS_F + "def f(x): return F.__dict__['conv2d'](x)",
    "__dict__, get": AS_F + "def f(x): return F.__dict__.get('conv2d')(x)",
    "__getattribute__": AS_F + "def f(x): return F.__getattribute__('conv2d')(x)",
    "attrgetter": "import torch, operator\n"
    "def f(x): return operator.attrgetter('nn.functional.conv2d')(torch)(x)",
    "methodcaller": AS_F + "from operator import methodcaller\n"
    "def f(x): return methodcaller('conv2d', x)(F)",
    "globals": AS_F + "def f(x): return globals()['F'].conv2d(x)",
    "eval": AS_F + "def f(x): return eval('F.conv2d(x)')",
    "sys.modules": "import sys\n"
    "def f(x): return sys.modules['torch.nn.functional'].conv2d(x)",
    "import_module": "from importlib import import_module\n"
    "def f(x): return import_module('torch.nn').functional.conv2d(x)",
    "__import__": "def f(x): return __import__('torch.nn').nn.functional.conv2d(x)",
    "__import__, fromlist": "def f(x):\n"
    "    return __import__('torch.nn.functional', fromlist=['x']).conv2d(x)",
    "resolve_name": "import pkgutil\n"
    "def f(x): return pkgutil.resolve_name('torch.nn.functional:conv2d')(x)",
    "joined": AS_F + "def f(x): return getattr(F, ''.join(['conv', '2d']))(x)",
    "holes": AS_F + "def f(x): return getattr(F, f'conv{\"2d\"}')(x)",
}  # fmt: skip


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_forbidden_name_is_found_however_it_is_spelled(text):
    """Alias, from-import, star import, getattr, assignment: all stand for the same name."""
    assert names(text) == {CONV}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import scipy.signal\ndef f(x): return scipy.signal.correlate2d(x)",
         "scipy.signal.correlate2d"),
        ("from scipy import signal\ndef f(x): return signal.fftconvolve(x)",
         "scipy.signal.fftconvolve"),
        ("from scipy.signal import *\ndef f(): return correlate2d(1)", "scipy.signal.correlate2d"),
        ("import numpy as np\ndef f(x): return np.convolve(x, x)", "numpy.convolve"),
        ("import torch\ndef f(x): return torch.conv2d(x)", "torch.conv2d"),
        ("import torch\ndef f(x): return torch.nn.Conv2d(1, 1, 1)(x)", "torch.nn.Conv2d"),
    ],
)  # fmt: skip
def test_names_of_any_library_are_found(text, name):
    """numpy and scipy run no operator of torch: only their names give them away."""
    assert names(text) == {name}


@pytest.mark.parametrize(
    "expression",
    [
        "x.unfold(0, 2, 1)",
        "x[0].unfold(0, 2, 1)",
        "x.T.unfold(0, 2, 1)",
        "(x + 1).unfold(0, 2, 1)",
        "g(x).unfold(0, 2, 1)",
        "torch.ones(3).unfold(0, 2, 1)",
        "x.clone().unfold(0, 2, 1)",
        "getattr(x, 'un' + 'fold')(0, 2, 1)",
        "torch.Tensor.unfold(x, 0, 2, 1)",
        "list(map(x.unfold, [0], [2], [1]))",
        "self.weight.unfold(0, 2, 1)",
    ],
)
def test_a_method_of_something_is_taken_for_a_method_of_a_tensor(expression):
    """`x.unfold` is `torch.Tensor.unfold`, whatever x is called."""
    text = f"import torch\ndef f(x, self=None): return {expression}"

    assert names(text) == {"torch.Tensor.unfold"}


@pytest.mark.parametrize(
    "text",
    [
        AS_F + "def g(x): return F.conv2d(x)\ndef f(x): return g(x)",
        AS_F + "def f(x): return g(x)\ndef g(x): return h(x)\ndef h(x): return F.conv2d(x)",
        AS_F + "def f(x): return g(x)\ndef g(x): return f(F.conv2d(x))",
        AS_F + "table = {'c': F.conv2d}\ndef f(x): return table['c'](x)",
        AS_F + "class A:\n    def run(s, x): return F.conv2d(x)\ndef f(x): return A().run(x)",
        AS_F + "def g(x): return F.conv2d(x)\ndef f(x, c=g): return c(x)",
        AS_F + "def f(x): return 1\nf = F.conv2d",
        AS_F + "if True:\n    c = F.conv2d\ndef f(x): return c(x)",
        AS_F + "for c in [F.conv2d]: pass\ndef f(x): return c(x)",
        AS_F + "c = F.conv2d\ndef f(x):\n    global c\n    y = c(x)\n    c = y\n    return y",
    ],
    ids=[
        "helper",
        "helpers",
        "recursion",
        "table",
        "class",
        "default",
        "redefined",
        "if",
        "for",
        "global",
    ],
)
def test_what_a_task_reaches_belongs_to_it(text):
    """Helpers, tables and classes, directly or through others."""
    assert names(text) == {CONV}


def test_a_class_reaches_its_bases_and_methods():
    """Inheriting the forbidden layer is using it, at any distance."""
    base = "from torch import nn\nclass Base(nn.Conv2d): pass\nclass Net(Base): pass"
    method = "from torch import nn\nclass Net:\n    def __init__(self): self.c = nn.Conv2d(1, 1)"

    assert names(base, "Net") == {"torch.nn.Conv2d"}
    assert names(method, "Net") == {"torch.nn.Conv2d"}


def test_uses_are_told_with_their_lines_in_order():
    """The first one is the one that a report shows."""
    text = """
        import torch.nn.functional as F  # line 1
        import scipy.signal

        def late(x):
            return scipy.signal.convolve(x)

        def f(x):
            y = late(x)
            x = F.conv2d(
                F.conv1d(x),
            )
            return x.unfold(0, 1, 1), F.conv2d(y)
    """

    assert uses(text) == [
        ("scipy.signal.convolve", 5),
        ("torch.nn.functional.conv2d", 9),
        ("torch.nn.functional.conv1d", 10),
        ("torch.Tensor.unfold", 12),
        ("torch.nn.functional.conv2d", 12),
    ]


def test_a_use_is_told_once_a_line():
    """A getattr is a call and a name, but one use."""
    text = AS_F + "def f(x): return F.conv2d(F.conv2d(x))"

    assert uses(text) == [(CONV, 2)]


# -------------------------------------------------------------------------- what is not flagged


INNOCENT = {
    "comment": "def f(x):\n    # F.conv2d(x) and x.unfold() would do\n    return x",
    "docstring": "def f(x):\n    'F.conv2d, torch.conv2d, x.unfold'\n    return x",
    "text": "def f(x): return 'torch.conv2d'",
    "import": "import scipy.signal\nfrom torch.nn.functional import conv2d\n"
    "from scipy.signal import *\ndef f(x): return 1",
    "import inside": "def f(x):\n    from torch.nn.functional import conv2d\n    return x",
    "main guard": AS_F + "def f(x): return x\n"
    "if __name__ == '__main__':\n    print(F.conv2d(f(1)))",
    "name of the main guard": AS_F + "def f(x):\n    y = x\n    return y\n"
    "if __name__ == '__main__':\n    y = F.conv2d(f(1))",
    "unreached helper": AS_F + "def check(x): return F.conv2d(x)\ndef f(x): return x",
    "unreached code": AS_F + "def f(x): return x\nassert f(1) == F.conv2d(1)",
    "other task": "from torch import nn\nclass Net(nn.Conv2d): pass\ndef f(x): return x",
    "own name": "def conv2d(x): return x\ndef f(x): return conv2d(x)",
    "own name under a star": "from torch.nn.functional import *\ndef conv2d(x): return x\n"
    "def f(x): return conv2d(x)",
    "self": "class f:\n    def unfold(self): return self.unfold()",
    "cls": "class f:\n    @classmethod\n    def unfold(cls): return cls.unfold()",
    "getattr of self": "class f:\n    def g(self): return getattr(self, 'unfold')",
    "getattr, unknown": AS_F + "def f(x, n): return getattr(F, n)(x)",
    "only stored": "from torch.nn.functional import conv2d\ndef f():\n    conv2d = 1\n    return 1",
    "vars of something": "def f(x): return vars(x)['conv2d'], x.__dict__['unfold']",
    "a key": "def f(x, d): return d['conv2d'], d.get('unfold'), d['torch.conv2d']",
    "eval, unknown": "def f(x, n): return eval(n), eval('F.conv2d('), eval('')",
    "joined, unknown": AS_F + "def f(x, n): return getattr(F, ''.join(['conv', n]))(x)",
    "import_module, unknown": "import importlib\n"
    "def f(x, n): return importlib.import_module(n).conv2d(x)",
    "getattr, nonsense": "def f(x): return getattr(x, 'unfold' + 1)",
    "getattr, number": "def f(x): return getattr(x, 1 + 2)",
    "other name": "import torch\nimport torch.nn.functional as F\n"
    "def f(x): return F.relu(torch.einsum('i,i->', x, x)).as_strided((1,), (1,))",
    "other library": "import mylib as F\ndef f(x): return F.conv2d(x)",
    "relative": "from .scipy.signal import convolve\ndef f(x): return convolve(x)",
    "keyword": "def f(x): return g(conv2d=x, unfold=1)\ndef g(**k): return k",
    "isinstance": "from torch import nn\nclass f(nn.Module): pass\n"
    "def init(m): return isinstance(m, (nn.Conv2d, f)) or issubclass(f, nn.Conv1d)\n"
    "f().apply(init)\nf.init = init",
    "type": "from torch import nn\ndef f(m):\n"
    "    return type(m) is nn.Conv2d or type(m) in (nn.Conv1d, nn.Conv3d)",
    "annotation of a variable": "from torch import nn\nclass f(nn.Module):\n"
    "    inner: nn.Conv2d | None\n    def __init__(self):\n        self.inner: nn.Conv2d = None",
    "a library handed on elsewhere": "import scipy.signal as s\ndef g(): return [s]\n"
    "def f(x): return x.convolve(x)",
}


@pytest.mark.parametrize("text", INNOCENT.values(), ids=INNOCENT.keys())
def test_an_innocent_text_is_not_flagged(text):
    """What is only written, imported or never reached does not do the exercise."""
    assert uses(text) == []


SCOPED = {
    "a script's variable": AS_F + "def f(x):\n    Y = x + 1\n    return Y\nY = F.conv2d(1)",
    "a script's argument": AS_F + "def f(x): return x\nx = F.conv2d(1)",
    "another function's alias": AS_F + "def check():\n    c = F.conv2d\n"
    "    return c(1)\ndef f(x):\n    c = x + 1\n    return c",
    "the main guard's alias": AS_F + "def f(c): return c + 1\n"
    "if __name__ == '__main__':\n    c = F.conv2d",
    "an argument named like an import": "from torch.nn.functional import conv2d\n"
    "def f(x, conv2d): return conv2d(x)",
    "a lambda's argument": AS_F + "c = F.conv2d\nf = lambda c: c + 1",
    "a coroutine's argument": AS_F + "c = F.conv2d\nasync def f(c): return c",
    "gathered arguments": AS_F + "c = F.conv2d\nd = c\ndef f(*c, **d): return c, d",
    "another function's import": "q = 3\ndef g():\n    import scipy.signal as q\n    return q\n"
    "def f(x): return q.convolve(x)",
    "a local name under a star": "from torch.nn.functional import *\ndef f(x):\n    conv_out = x\n"
    "    return conv_out",
    "a builtin under a star": "from scipy.signal import *\ndef f(): return range(3)",
    "the guard": AS_F + "def c(x): return x\ndef f(x): return c(x)\n"
    "if __name__ == '__main__':\n    c = F.conv2d",
    "the guard reversed": AS_F + "def c(x): return x\ndef f(x): return c(x)\n"
    "if '__main__' == __name__:\n    c = F.conv2d",
}


@pytest.mark.parametrize("text", SCOPED.values(), ids=SCOPED.keys())
def test_a_local_name_is_not_taken_for_a_global_one(text):
    """A function's own variables are no use of what others call the same."""
    assert uses(text) == []


HIDDEN = {
    "in an if": "import scipy.signal as s\nif True:\n    def f(x): return s.convolve(x)",
    "in a try": "try:\n    import scipy.signal as s\n    def f(x): return s.convolve(x)\n"
    "except ImportError:\n    pass",
    "in a with": "import scipy.signal as s, torch\nwith torch.no_grad():\n"
    "    def f(x): return s.convolve(x)",
    "in the opposite of the main guard": "import scipy.signal as s\nif __name__ != '__main__':\n"
    "    f = s.convolve",
    "in the else of the main guard": "import scipy.signal as s\nif __name__ == '__main__':\n"
    "    pass\nelse:\n    f = s.convolve",
    "in what looks like the main guard": "import scipy.signal as s\nif __name__ == __name__:\n"
    "    f = s.convolve",
    "in the guard of another name": "import scipy.signal as s\nif 'corr2d' == __name__:\n"
    "    f = s.convolve",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN.keys())
def test_a_definition_inside_a_statement_is_found(text):
    """scipy and numpy are seen by this net only; an `if` must not hide them."""
    assert names(text) == {"scipy.signal.convolve"}


UNBOUND = {
    "a task that is imported": "from scipy.signal import convolve as f",
    "a method put in place": "import scipy.signal as s\nclass f: pass\n"
    "f.forward = lambda self, x: s.convolve(x)",
    "an item put in place": "import scipy.signal as s\ntable = {}\ntable['c'] = s.convolve\n"
    "def f(x): return table['c'](x)",
    "an item appended": "import scipy.signal as s\ntable = []\ntable.append(s.convolve)\n"
    "def f(x): return table[0](x)",
    "a global set elsewhere": "import scipy.signal as s\nc = None\ndef g():\n    global c\n"
    "    c = s.convolve\ng()\ndef f(x): return c(x)",
}


@pytest.mark.parametrize("text", UNBOUND.values(), ids=UNBOUND.keys())
def test_what_is_put_into_a_name_belongs_to_it(text):
    """An import that is the task itself, or something that is filled in afterwards."""
    assert names(text) == {"scipy.signal.convolve"}


HANDED_ON = {
    "in a tuple": "library, = (s,)\ndef f(x): return library.convolve(x)",
    "by a loop": "for library in [s]: pass\ndef f(x): return library.convolve(x)",
    "by a match": "match s:\n    case library: pass\ndef f(x): return library.convolve(x)",
    "in a class": "class Box: library = s\nBox.other = s\ndef f(x): return Box.other.convolve(x)",
    "as an argument": "def g(library): return library.convolve\ndef f(x): return g(s)(x)",
    "under a star, bound again": "from scipy.signal import *\nconvolve = convolve\n"
    "def f(x): return convolve(x)",
    "with an annotation": "library: object = s\ndef f(x): return library.convolve(x)",
    "to an isinstance of one's own": "def isinstance(x, kind): return kind\n"
    "def f(x): return isinstance(x, s).convolve(x)",
    "to a type of one's own": "def type(x): return x\ndef f(x): return (type(x) == s).convolve(x)",
    "to one's own kinds": "class Kind(type):\n"
    "    def __instancecheck__(cls, x): return x.convolve(x)\n"
    "class Own(metaclass=Kind): pass\ndef f(x): return isinstance(s, Own)",
    "in an isinstance": "def f(x): return isinstance(x, (kind := s.convolve)) or kind(x)",
}


@pytest.mark.parametrize("text", HANDED_ON.values(), ids=HANDED_ON.keys())
def test_a_library_is_followed_to_where_it_is_handed_on(text):
    """Its functions are forbidden under any name."""
    assert "scipy.signal.convolve" in names("import scipy.signal as s\n" + text)


BOMBS = {
    "a text that is read again and again": f"def f(x): return eval('[{'1,' * 9_000}]'){'.a' * 90}",
    "a name that grows": "import s as a\n" + "a = a.b\n" * 12_000 + "def f(x): return a",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_a_text_that_takes_long_to_read_is_read_all_the_same(text):
    """The runner reads it, whose time nobody else limits: here it would take minutes, or memory."""
    assert uses(text) == []


def test_half_a_pair_of_surrogates_is_no_name():
    """A report could not be written with it."""
    assert uses(AS_F + "def f(x): return getattr(F, 'conv2d\\udc80')(x)") == []


# ------------------------------------------------------------------------------ what is defined


TEXT = """
import torch
from math import pi as half_tau


def f(x):
    inner = g(x)
    return inner


class Net(torch.nn.Module):
    size = 3


low, high = 1, 2
for step in range(3):
    total = step
with open("x") as handle:
    pass
if __name__ == "__main__":
    only_here = 1


def f(x):
    return Net, low


def unused():
    return f
"""


def test_the_names_that_a_text_defines_are_its_own():
    """No imports, no inner names, nothing of the main guard: what a misspelled task may be."""
    defined = Source(TEXT).defined_names()

    assert sorted(defined) == sorted(
        ["f", "Net", "low", "high", "step", "total", "handle", "unused"]
    )


def test_a_name_s_line_is_that_of_its_last_definition():
    """The one that counts in Python."""
    source = Source(TEXT.lstrip())

    found = {name: source.line_of(name) for name in ("f", "Net", "high", "g", "pi", "only_here")}

    assert found == {"f": 23, "Net": 10, "high": 14, "g": None, "pi": None, "only_here": None}


def test_what_is_reached_are_names_of_the_text_through_others():
    """Its own name too; nothing that it does not use."""
    source = Source(TEXT)

    assert source.reached_from("unused") == {"unused", "f", "Net", "low", "high"}
    assert source.reached_from("nowhere") == set()


def test_a_task_that_is_not_there_uses_nothing():
    """It is reported as missing, by somebody else."""
    assert Source("x = 1").forbidden_uses("f", FORBIDDEN) == []


def test_nothing_is_forbidden_by_an_empty_list():
    """An exercise may forbid nothing."""
    source = Source("import torch\ndef f(x): return torch.conv2d(x)")

    assert source.forbidden_uses("f", Forbidden()) == []


def test_a_pattern_s_letters_count():
    """`nn.Conv*` forbids the layers, not `nn.conversion`."""
    source = Source("from torch import nn\ndef f(x): return nn.conv2d, nn.Conv2d")

    found = source.forbidden_uses("f", Forbidden(names=("torch.nn.Conv*",)))

    assert found == [ForbiddenUse("torch.nn.Conv2d", 2)]


def test_a_text_that_is_no_python_is_a_syntax_error():
    """The worker tells the student where."""
    with pytest.raises(SyntaxError):
        Source("def f(x:")


# ------------------------------------------------------------------------------------- loops

LOOPS = """\
def f(n):
    for i in range(n):
        while n:
            for k in range(3):
                n += k
        for j in range(n):
            for k in range(j):
                n -= 1
    return n
"""


@pytest.mark.parametrize(
    ("line", "begins"), [(1, None), (3, 3), (4, 3), (5, 3), (6, 2), (8, 2), (9, None)]
)
def test_the_loop_around_a_line_is_the_one_that_may_be_endless(line, begins):
    """A `while`, where there is one: a `for` inside of it comes to an end each time."""
    assert Source(LOOPS).loop_around(line) == begins
