"""Notebooks: what defines the tasks is taken out of them, and nothing is run."""

import json

import pytest

from grader.batch.notebook import MAX_BYTES, code_of
from grader.batch.tree import Unusable


@pytest.fixture
def code(put, notebook):
    """The code that `pool` and `Unpool` need of a notebook of these cells."""

    def call(*cells):
        return code_of(put("given", {"a.ipynb": notebook(*cells)}) / "a.ipynb", ["pool", "Unpool"])

    return call


def run(code):
    """The names that the text defines when it is imported."""
    names = {}
    exec(code.text, names)
    return names


def test_the_cells_that_define_the_tasks_are_taken(code):
    """Trials and plots are not, nor is what only they need; line numbers lead back to cells."""
    found = code(
        "import math\nimport matplotlib_of_nobody as plt",
        "def half(x): return x / 2",
        "1 / 0\nplt.plot(pool(3))",
        "def pool(x):\n    return half(math.floor(x))",
    )

    assert found.text == (
        "\n# cell 1\nimport math\n"
        "\n\n# cell 2\ndef half(x): return x / 2\n"
        "\n\n# cell 4\ndef pool(x):\n    return half(math.floor(x))\n"
    )
    assert found.notes == ()
    assert run(found)["pool"](5.5) == 2.5


def test_cells_are_counted_as_they_stand(put):
    """Text between code counts, as it does for whoever scrolls down."""
    cells = [
        {"cell_type": kind, "id": str(n), "metadata": {}, "source": source}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for n, (kind, source) in enumerate(
            [("markdown", "def pool(): 1"), ("raw", "x"), ("code", ["def pool():\n", "    pass"])]
        )
    ]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})

    found = code_of(put("given", {"a.ipynb": text}) / "a.ipynb", ["pool"])

    assert found.text == "\n# cell 3\ndef pool():\n    pass\n"


def test_a_later_definition_wins(code):
    """As it does when all cells are run."""
    found = code("def pool(): return 1", "def Unpool(): return 2", "def pool(): return 3")

    assert run(found)["pool"]() == 3


def test_values_that_a_task_needs_are_taken(code):
    """However they are made; a name that is only local to it is not."""
    found = code(
        "size = max(2, 1)\nX = 1 / 0",
        "Pair = int | tuple",
        "def pool(X: Pair): return X * size",
    )

    assert run(found)["pool"](3) == 6


def test_future_imports_come_first(code):
    """Anywhere else they would be an error."""
    found = code("import math", "from __future__ import annotations\ndef pool(x: No): return math")

    assert found.text.startswith("from __future__ import annotations\n")
    assert "pool" in run(found)


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\ndef pool(): return 1",
        "!pip install torch\ndef pool(): return 1",
        "files = !ls\ndef pool(): return 1",
        "r = %time f(x)\ndef pool(): return 1",
        "def pool(): return 1\npool?\n?pool\npool??",
        "%%time\ndef pool(): return 1",
        "%%capture out\n%load_ext x\ndef pool(): return 1",
        "\n%%grade exercise7\ndef pool(): return 1",
        "%%writefile pooling.py\ndef pool(): return 1",
        "try:\n    a = 1\nexcept E:\n    !pip install a\ndef pool(): return 1",
        "await x\ndef pool(): return 1",
        "def pool(): return (3\n  % 2)",
        'def pool():\n    """\n    %d!\n    """\n    return 1',
    ],
)
def test_what_only_notebooks_know_is_passed_over(code, cell):
    """Magics, shell commands, questions; an operator at the start of a line is none of them."""
    found = code(cell)

    assert run(found)["pool"]() == 1
    assert found.notes == ()


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile notes.txt", "%%timeit"])
def test_cells_that_are_no_python_define_nothing(code, magic):
    """Nor do cells whose names are lost when they end."""
    with pytest.raises(Unusable, match="defines none of pool, Unpool"):
        code(f"{magic}\ndef pool(): return 1")


def test_a_cell_with_a_syntax_error_is_left_out_and_told(code):
    """It may be a trial."""
    found = code("x = = 1\ndef helper(): ...", "def pool(): return 1", "class Unpool: pass")

    assert run(found)["pool"]() == 1
    assert found.notes == ("cell 1 is left out: invalid syntax (line 1)",)


@pytest.mark.parametrize("definition", ["def pool(x)", "class Unpool)"])
def test_a_syntax_error_in_a_task_is_shown_by_the_grader(code, definition):
    """So the cell stays, and its text is as it was."""
    other = "class Unpool: pass" if "pool(" in definition else "def pool(): ..."
    found = code("import os", f"{definition}\n    return x", other)

    with pytest.raises(SyntaxError):
        compile(found.text, "a", "exec")
    assert found.text == (f"\n# cell 2\n{definition}\n    return x\n\n\n# cell 3\n{other}\n")
    assert found.notes == ()


def test_a_task_that_is_defined_elsewhere_needs_no_broken_cell(code):
    """The one that works is graded."""
    found = code("def pool(x):\n    return (x", "def pool(x): return x")

    assert run(found)["pool"](1) == 1
    assert found.notes == ("cell 1 is left out: '(' was never closed (line 2)",)


def test_a_notebook_without_any_task_is_no_answer(code):
    """The sentence names what was looked for."""
    with pytest.raises(Unusable, match=r"^defines none of pool, Unpool$"):
        code("def pooling(): return pool(1)", "pool(2)")


@pytest.mark.parametrize(
    "text",
    [
        b"", b"x = 1", b"[]", b"{}", b'{"nbformat": 4}', b"[" * 100_000, b"\xff\xfe{}",
        b'{"nbformat": 4, "nbformat_minor": "5", "metadata": {}, "cells": []}',
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [1]}',
        b'{"nbformat": 2, "worksheets": [{"cells": [{}]}]}',
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": '
        b'[{"cell_type": "code", "source": 1}]}',
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_told(put, text):
    """Whatever the library makes of it."""
    path = put("given", {"a.ipynb": text}) / "a.ipynb"

    with pytest.raises(Unusable, match="is no notebook that can be read; open and save it again"):
        code_of(path, ["pool"])


def test_notebooks_of_old_programs_are_read(put):
    """Before version 4, cells lay in worksheets."""
    cell = {"cell_type": "code", "input": ["def pool():\n", "    return 1"], "language": "python"}
    cell |= {"outputs": [], "metadata": {}, "collapsed": False, "prompt_number": 1}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [cell]}]}

    path = put("given", {"a.ipynb": json.dumps(old)}) / "a.ipynb"

    assert run(code_of(path, ["pool"]))["pool"]() == 1


def test_a_notebook_may_be_large_but_its_code_may_not(put, notebook):
    """Pictures take room; an answer does not."""
    large = json.loads(notebook("def pool(): return 1"))
    large["metadata"]["x"] = "x" * (1 << 20)
    root = put(
        "given",
        {
            "pictures.ipynb": json.dumps(large),
            "code.ipynb": notebook("def pool(): return 1", "#" * (1 << 18)),
        },
    )
    (root / "huge.ipynb").write_bytes(b" " * (MAX_BYTES + 1))

    assert run(code_of(root / "pictures.ipynb", ["pool"]))["pool"]() == 1
    with pytest.raises(Unusable, match="holds more than 256 KiB of code"):
        code_of(root / "code.ipynb", ["pool"])
    with pytest.raises(Unusable, match="is larger than 20 MiB"):
        code_of(root / "huge.ipynb", ["pool"])


@pytest.mark.parametrize(
    "hostile",
    ["(" * 5000, "-" * 50_000 + "1", "x" + ".y" * 20_000, "\0", "x = 10 ** 10 ** 10",
     "x = 'a' * (1 << 40)", "if 1:\n " * 1, "'\\d'", "nonlocal x", "return 1"],
)  # fmt: skip
def test_a_hostile_cell_does_no_harm(code, hostile):
    """It is read, not run."""
    assert run(code(hostile, "def pool(): return 1"))["pool"]() == 1


def test_what_is_no_more_than_a_warning_is_none(code):
    """To the notebook's library, or to Python."""
    found = code("def pool(): return '\\d'")

    assert found.notes == ()
    assert "pool" in found.text


def test_cells_without_a_name_are_read(put, notebook):
    """Programs differ over whether a cell must have one."""
    text = notebook("def pool(): ...").replace('"id": "c0", ', "")

    assert "pool" in code_of(put("given", {"a.ipynb": text}) / "a.ipynb", ["pool"]).text


def test_a_note_is_no_longer_than_a_teacher_would_read(code):
    """What Python says may hold a name."""
    name = "x" * 10_000
    found = code(f"def f():\n  {name}\n  global {name}", "def pool(): ...")

    assert len(found.notes[0]) < 400


def test_half_a_character_can_be_written(code):
    """JSON may hold what no file can."""
    found = code("def pool():\n    return '\ud800'")

    assert found.text.encode()
    assert run(found)["pool"]() == "?"
