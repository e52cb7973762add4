"""Each word passes what is right, and says of what is wrong in one thing what that thing is."""

import contextlib
from collections.abc import Callable

import pytest
import torch

from grader.checks.experiment import CheckFailed, Examination
from grader.checks.vocabulary import gradients, loaded
from grader.checks.words import WORDS, Holds, Portable, Rejects, Same, Unchanged, Word
from grader.sandbox import pretend
from grader.sandbox.failure import Interrupted, SubjectError

X = torch.tensor([1.0, -2.0, 3.0])
RIGHT = "def f(x): return 2 * x + 1"
SEED = 3


@pytest.fixture
def examination(subject, reference) -> Callable[..., Examination]:
    """Makes an examination of source text, judged by a reference or, with None, by nobody."""

    def make(student: str, judge: str | None = RIGHT, **how: str) -> Examination:
        reference_of = None if judge is None else reference(judge)
        return Examination(subject(student), reference_of, SEED, **how)

    return make


def f(m):
    """The experiment of most tests here."""
    return m.f(X)


def complaint(word: Word, *arguments, **options) -> str:
    """What a word says of examined code that is wrong."""
    with pytest.raises(CheckFailed) as caught:
        word(*arguments, **options)
    return caught.value.message


# --------------------------------------------------------------------------------------- same


@pytest.mark.parametrize(
    "student",
    [
        RIGHT,
        "def f(x): return torch.stack([2 * v + 1 for v in x])",
        "def f(x): return (x + 0.5) * 2",
        "def f(x): return torch.from_numpy(2 * x.numpy() + 1)",
        "def f(x, extra=0): print(x); return x + x + 1",
    ],
)
def test_same_passes_a_right_answer_however_it_is_written(examination, student):
    """Only what comes out is compared."""
    right = examination(student)

    Same(right)(f)

    assert [outcome.failure for outcome in right.outcomes] == [None]


WRONG = {
    "list": ("return [2 * x + 1]", "the result is a list of 1, expected a float32 tensor of shape "
             "(3,)"),
    "None": ("2 * x + 1", "the result is None, expected a float32 tensor of shape (3,); is a "
             "`return` missing?"),
    "numpy": ("return (2 * x + 1).numpy()", "the result is an object of type numpy.ndarray, "
              "expected a float32 tensor of shape (3,)"),
    "shape": ("return (2 * x + 1)[None]", "the result has shape (1, 3), expected (3,)"),
    "dtype": ("return (2 * x + 1).double()", "the result has dtype float64, expected float32"),
    "value": ("return 2 * x + 2", "the result at [0] is 4, expected 3; 3 of 3 values differ"),
    "one value": ("y = 2 * x + 1; y[1] = 0; return y",
                  "the result at [1] is 0, expected -3; 1 of 3 values differs"),
    "nan": ("return (2 * x + 1) / (x > 0) * 1", "the result at [1] is -inf, expected -3; 1 of 3 "
            "values differs"),
    "raises": ("raise KeyError('x')", "it raised KeyError: 'x' (line 2: def f(x): raise "
               "KeyError('x'))"),
    "silent": ("assert False", "it raised AssertionError (line 2: def f(x): assert False)"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), WRONG.values(), ids=WRONG.keys())
def test_same_tells_what_is_wrong(examination, body, expected):
    """One thing is wrong, and the sentence names it."""
    assert complaint(Same(examination(f"def f(x): {body}")), f) == expected


def test_same_tells_a_wrong_signature(examination):
    """The call itself failed: no line of the student's is to blame."""
    message = complaint(Same(examination("def f(): return 1")), f)

    assert message == (
        "it cannot be called like this: f() takes 0 positional arguments but 1 was given"
    )


def test_same_tells_a_missing_name(examination):
    """A task that is not there is no wrong value."""
    assert complaint(Same(examination("def g(x): return x")), f) == (
        "it raised Missing: f is not defined"
    )


def test_same_tells_the_names_that_a_module_should_have(examination):
    """Without a type of exception, which the student has not raised."""
    layer = "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    wrong, right = (f"{layer}        self.{name} = nn.Parameter(torch.ones(3))" for name in "wW")

    message = complaint(
        Same(examination(wrong, right)), lambda m: loaded(m.Net(), {"W": X}).state_dict()
    )

    assert message == "expected W (3,); found w (3,)"


def test_same_tells_a_value_that_the_experiment_cannot_use(examination):
    """The suite wanted to look inside, and there was nothing."""
    message = complaint(Same(examination("def f(x): pass")), lambda m: m.f(X)[0])

    assert message == "what it returned cannot be used: it is None; is a `return` missing?"


def test_same_tells_what_came_where_a_module_was_meant(examination):
    """In its own words, not in those that the suite asked it in."""
    student, right = ("def f(x): return [nn.ReLU()]", "def f(x): return nn.ReLU()")

    message = complaint(Same(examination(student, right)), lambda m: m.f(X).eval()(X))

    assert message == "what it returned cannot be used: it is a list of 1"


@pytest.mark.parametrize(
    "body", ["2 * x.detach() + 1", "torch.tensor((2 * x + 1).tolist())", "(2 * x + 1).data"]
)
def test_same_tells_that_no_gradient_arrives(examination, body):
    """The values are right, but nobody could learn with them."""
    message = complaint(Same(examination(f"def f(x): return {body}")), lambda m: gradients(m.f, X))

    assert message == "no gradient reaches x: the result is cut off from it"


def test_same_tells_a_wrong_gradient(examination):
    """The values are right, and the gradient is another one."""
    code = "def f(x): return x.detach() + x + 1"

    message = complaint(Same(examination(code)), lambda m: gradients(m.f, X))

    assert message.startswith("gradient of x at [0] is -8, expected -16; ")


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        ("self.weight.detach()", "no gradient reaches weight: the result is cut off from it"),
        ("(2 * self.weight - self.weight.detach())", "gradient of weight at [0] is -16, "),
    ],
)
def test_same_tells_a_wrong_gradient_of_a_parameter(examination, used, expected):
    """The values and the gradient of the input are right, but training would go wrong."""
    layer = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(3))
    def forward(self, x):
        return x * {}
"""
    wrong, right = layer.format(used), layer.format("self.weight")

    message = complaint(Same(examination(wrong, right)), lambda m: gradients(m.Net(), X))

    assert message.startswith(expected)


def test_same_compares_the_gradients_of_parameters_by_name(examination):
    """In which order a module defines its parameters is its own affair."""
    layer = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.{} = nn.Parameter(torch.ones(1))
        self.{} = nn.Parameter(torch.ones(1))
    def forward(self, x):
        return x * self.a + self.b
"""
    there, here = layer.format("a", "b"), layer.format("b", "a")

    Same(examination(there, here))(lambda m: gradients(m.Net(), X))


def test_same_carries_what_a_report_shows(examination):
    """The calls, the difference and its picture travel with the failure."""
    with pytest.raises(CheckFailed) as caught:
        Same(examination("def f(x): return 2 * x"))(f)

    assert caught.value.outcome.calls == ("f(float32 (3,))",)
    assert caught.value.difference is not None
    assert caught.value.difference.planes is not None
    assert caught.value.difference.planes.expected == ((3, -3, 7),)


BARELY = "def f(x): return torch.nextafter(2 * x + 1, torch.tensor(99.0))"


def test_same_forgives_rounding_unless_it_is_to_be_exact(examination):
    """The last bit is forgiven; what is copied, selected or counted has none to lose."""
    Same(examination(BARELY))(f)

    message = complaint(Same(examination(BARELY)), f, exact=True)

    assert message.startswith("the result at [0] is 3.0000002384185791, expected 3")


def test_same_takes_an_absolute_tolerance(examination):
    """`within` is what the exercise itself allows."""
    near = "def f(x): return 2 * x + 1.25"
    Same(examination(near))(f, within=0.3)

    message = complaint(Same(examination(near)), f, within=0.2)

    assert message == "the result at [0] is 3.25, expected 3; 3 of 3 values differ"


def test_same_forgives_what_cancellation_explains(examination):
    """The reference also runs on absolute values, to see how large the terms were."""
    total = "def f(x): return x.sum()"
    one_by_one = "def f(x):\n    y = 0\n    for v in x: y = y + v\n    return y"
    terms = torch.tensor([1e4, 0.1, -1e4])

    Same(examination(one_by_one, total))(lambda m: m.f(terms))

    message = complaint(Same(examination(f"{total} + 0.1", total)), lambda m: m.f(terms))
    assert message == "the result is 0.199609, expected 0.1"


COARSE = "def f(x): return (x / 3).half().float() if x.dtype == torch.float32 else x / 3"


@pytest.mark.parametrize("student", ["def f(x): return x / 3", "def f(x): return x * (1 / 3)"])
def test_same_compares_with_the_reference_in_float64(examination, student):
    """A reference that rounds badly in float32 does not judge by its rounding."""
    Same(examination(student, COARSE))(f)


def test_same_passes_what_the_reference_gives_bit_for_bit(examination):
    """Nobody can be more right than that; another coarse answer is wrong."""
    Same(examination(COARSE, COARSE))(f)

    message = complaint(Same(examination("def f(x): return (x / 3).half().float()")), f)
    assert message.startswith("the result at [0] is 0.333")


def test_same_looks_at_modules_with_the_same_state(examination):
    """Whatever a layer drew when it was made, it is compared with the weights of the check."""
    layer = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.{start}(3))
    def forward(self, x):
        return x * self.weight {more}
"""
    right, wrong = layer.format(start="rand", more=""), layer.format(start="ones", more="+ 1")

    def experiment(m):
        return gradients(loaded(m.Net(), {"weight": X}), X)

    Same(examination(right, layer.format(start="zeros", more="")))(experiment)

    assert complaint(Same(examination(wrong, right)), experiment).startswith("the result at [0] is")


def test_a_broken_reference_is_not_the_student_s_fault(examination):
    """The suite is to blame, and the examined code is not even run."""
    broken = examination(RIGHT, "def f(x): raise ZeroDivisionError")

    with pytest.raises(SubjectError, match="ZeroDivisionError"):
        Same(broken)(f)

    assert broken.outcomes == []


# ----------------------------------------------------------------------------------- portable


@pytest.mark.parametrize(
    "body",
    [
        "2 * x + 1",
        "2 * x + torch.ones(3, device=x.device)",
        "2 * x + torch.ones_like(x)",
        "2 * x + torch.tensor(1.0)",
        "(2 * x.cpu() + 1).to(x.device)",
        "2 * x + 1 if x.sum() > 0 else 2 * x - 1",
        "torch.stack([2 * v + 1 for v in x])",
        "2 * x + (x.abs().max() / 3).item()",
    ],
)
def test_portable_passes_what_follows_its_input(examination, body):
    """Right code is right on every device, and may look at values."""
    Portable(examination(f"def f(x): return {body}"))(f)


@pytest.mark.parametrize(
    "body", ["2 * x + torch.ones(3)", "torch.cat([2 * x[:1] + 1, torch.zeros(2)])"]
)
def test_portable_tells_where_devices_met(examination, body):
    """A tensor that was made on the CPU, with the line where it met the input."""
    code = f"def f(x): return {body}"

    assert complaint(Portable(examination(code)), f) == (
        "it raised an error where tensors of two devices met: something was made on the CPU while "
        f"the input lives elsewhere (line 2: {code})"
    )


@pytest.mark.parametrize(
    "body", ["(2 * x + 1).cpu()", "torch.tensor([3.0, -3, 7])", "torch.ones(3).copy_(2 * x + 1)"]
)
def test_portable_tells_a_result_left_on_the_cpu(examination, body):
    """Values, shape and dtype are right; the device is not."""
    message = complaint(Portable(examination(f"def f(x): return {body}")), f)

    assert message == "the result lives on cpu, expected gpu, as its input does"


def test_portable_tells_a_plain_attribute_that_was_left_behind(examination):
    """A tensor that is neither parameter nor buffer does not follow the module."""
    layer = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.{register}
    def forward(self, x):
        return x + self.shift
"""
    right = layer.format(register='register_buffer("shift", torch.ones(3))')
    wrong = layer.format(register="shift = torch.ones(3)")

    def experiment(m):
        net = m.Net()
        net.load({"shift": X} if "shift" in net.state_dict() else {})
        return net(X)

    Portable(examination(right, right))(experiment)

    message = complaint(Portable(examination(wrong, right)), experiment)
    assert "tensors of two devices met" in message


def test_portable_tells_other_mistakes_as_same_does(examination):
    """A wrong value is wrong on any device."""
    message = complaint(Portable(examination("def f(x): return 2 * x")), f)

    assert message == "the result at [0] is 2, expected 3; 3 of 3 values differ"


def test_portable_takes_the_tolerances_of_same(examination):
    """`exact` and `within` mean the same on another device."""
    near = "def f(x): return 2 * x + 1.25"
    Portable(examination(near))(f, within=0.3)
    Portable(examination(BARELY))(f)

    assert complaint(Portable(examination(near)), f, within=0.2).startswith("the result at [0]")
    assert complaint(Portable(examination(BARELY)), f, exact=True).startswith("the result at [0]")


def test_portable_stays_silent_where_the_pretend_device_lacks_a_kernel(examination):
    """torch's fused LSTM is missing there: that says nothing about the student."""
    code = "def f(x): return nn.LSTM(1, 2).to(x)(x[:, None])[0]"
    silent = examination(code, code)

    Portable(silent)(f)

    failure = silent.outcomes[0].failure
    assert failure is not None
    assert failure.kind == "unsupported"


def test_portable_does_not_excuse_code_that_is_not_written(examination):
    """The student's own NotImplementedError is no missing kernel."""
    message = complaint(Portable(examination("def f(x): raise NotImplementedError")), f)

    assert message.startswith("it raised NotImplementedError (line 2")


@pytest.mark.parametrize(
    "body",
    ["2 * x + torch.tensor([1.0], device=x.device)", "torch.as_tensor(1, device=x.device) + 2 * x"],
)
def test_portable_passes_tensors_of_numbers_made_on_the_device(examination, body):
    """`torch.tensor(numbers, device=x.device)` is how it is done."""
    Portable(examination(f"def f(x): return {body}"))(f)


# ------------------------------------------------------------------------------------ rejects


@pytest.mark.parametrize(
    "error", ["ValueError", "ValueError('K is larger than X')", "UnicodeError('a subclass')"]
)
def test_rejects_passes_the_error_that_the_contract_names(examination, error):
    """Whatever its message, and a subclass of it too."""
    Rejects(examination(f"def f(x): raise {error}"))(f, ValueError)


def test_rejects_passes_the_student_s_own_subclass(examination):
    """A subclass of ValueError is a ValueError."""
    code = "class TooLarge(ValueError): pass\ndef f(x): raise TooLarge"

    Rejects(examination(code))(f, ValueError)


@pytest.mark.parametrize(
    ("body", "got"),
    [
        ("return x", "it returned a float32 tensor of shape (3,)"),
        ("return None", "it returned None"),
        ("return ValueError", "it returned an object of type type"),
        ("return ValueError('K')", "it returned an object of type ValueError; `raise` it"),
        ("raise TypeError('K')", "it raised TypeError: K (line 2: def f(x): raise TypeError('K'))"),
        ("raise Exception", "it raised Exception (line 2: def f(x): raise Exception)"),
        ("assert x is None", "it raised AssertionError (line 2: def f(x): assert x is None)"),
    ],
)
def test_rejects_tells_what_came_instead(examination, body, got):
    """A result, or another error."""
    message = complaint(Rejects(examination(f"def f(x): {body}")), f, ValueError)

    assert message == f"expected a ValueError, but {got}"


def test_rejects_writes_its_articles_well(examination):
    """An IndexError, a KeyError."""
    message = complaint(Rejects(examination(RIGHT)), f, IndexError)

    assert message.startswith("expected an IndexError, but ")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f(x): raise NotImplementedError", "it raised NotImplementedError (line 2"),
        ("def g(x): return x", "it raised Missing: f is not defined"),
    ],
)
def test_rejects_does_not_take_a_missing_answer_for_a_rejection(examination, code, expected):
    """A stub rejects everything, and nothing."""
    assert complaint(Rejects(examination(code)), f, ValueError).startswith(expected)


def test_rejects_does_not_ask_the_reference(examination):
    """The contract names the error; torch may raise another one, or none."""
    Rejects(examination("def f(x): raise ValueError", RIGHT))(f, ValueError)

    assert "returned" in complaint(Rejects(examination(RIGHT, "def f(x): raise ValueError")), f,
                                   ValueError)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "experiment", "error"),
    [
        ("def f(x): return 1, 2, 3", lambda m: dict([m.f(X)]), ValueError),
        ("def f(x): return {}", lambda m: m.f(X)["choice"], KeyError),
        ("def f(x): pass", lambda m: m.f(X)[0], TypeError),
        ("def f(x): raise NotImplementedError", f, RuntimeError),
        ("def g(x): return x", f, LookupError),
    ],
    ids=["unpacked", "key", "None", "stub", "missing"],
)
def test_rejects_wants_the_error_from_the_examined_code(examination, code, experiment, error):
    """What the suite stumbles over, a stub and a missing name are no rejections."""
    message = complaint(Rejects(examination(code)), experiment, error)

    assert message.startswith(("it raised ", "what it returned cannot be used"))


# ---------------------------------------------------------------------------------- unchanged


@pytest.mark.parametrize(
    "body", ["return x * 2", "y = x.clone(); y += 1; return y", "x = x + 1; return x"]
)
def test_unchanged_passes_work_on_copies(examination, body):
    """What is made anew may be changed."""
    Unchanged(examination(f"def f(x): {body}"))(f)


@pytest.mark.parametrize(
    "body",
    [
        "x += 1; return x",
        "x[0] = 0; return x",
        "x[1:].mul_(2)",
        "x.numpy()[1] = 5",
        "x.data.neg_(); return x",
        "nn.functional.relu(x, inplace=True)",
        "x.unsqueeze_(0)",
        "x.resize_(1)",
    ],
)
def test_unchanged_tells_which_argument_was_changed(examination, body):
    """One element is enough, through a view, through numpy, or only the shape."""
    message = complaint(Unchanged(examination(f"def f(x): {body}")), f)

    assert message == "x was changed by the call; work on a copy"


def test_unchanged_tells_all_changed_arguments_by_name(examination):
    """In order, each once, keywords too."""
    code = "def f(a, b, c, *, d): a += 1; b[0] += 1; d += 1"

    message = complaint(
        Unchanged(examination(code, code)),
        lambda m: [m.f(X, [X], X, d=X), m.f(X, [X], X, d=X)],
    )

    assert message == "a and b and d was changed by the call; work on a copy"


@pytest.mark.parametrize(
    "body",
    [
        "numbers.reverse()",
        "numbers[1] = (2, float('nan'))",
        "numbers[0] = (1.0, 2.0)",
        "numbers.append('more')",
        "numbers.pop()",
        "numbers[2] = None",
    ],
)
def test_unchanged_looks_at_numbers_and_texts_too(examination, body):
    """A list of plain numbers belongs to the caller as well; nan is what it was."""
    numbers = [(1, 2.0), (2, 3.0), "text", float("nan")]
    Unchanged(examination("def f(numbers): return numbers * 2"))(lambda m: m.f(numbers))

    message = complaint(
        Unchanged(examination(f"def f(numbers): {body}")), lambda m: m.f([*numbers])
    )

    assert message == "numbers was changed by the call; work on a copy"


def test_unchanged_looks_at_the_arguments_of_a_layer(examination):
    """An in-place ReLU changes what the layer was given."""
    layer = """
class Net(nn.Module):
    def forward(self, image):
        return torch.relu{0}(image)
"""
    Unchanged(examination(layer.format("")))(lambda m: m.Net()(X))

    message = complaint(
        Unchanged(examination(layer.format("_"), layer.format(""))), lambda m: m.Net()(X)
    )

    assert message == "image was changed by the call; work on a copy"


def test_unchanged_cares_for_nothing_else(examination):
    """A wrong result that leaves its arguments alone passes: another check asks for the result."""
    Unchanged(examination("def f(x): return 'wrong'"))(f)


def test_unchanged_tells_an_exception(examination):
    """Code that fails has shown nothing."""
    message = complaint(Unchanged(examination("def f(x): raise TypeError('no')")), f)

    assert message.startswith("it raised TypeError: no (line 2")


def test_unchanged_passes_an_argument_that_holds_nan(examination):
    """Bit for bit the same is unchanged, also where there is NaN."""
    Unchanged(examination(RIGHT))(lambda m: m.f(torch.tensor([float("nan"), 1.0])))


def test_unchanged_looks_into_dicts(examination):
    """A state that was handed over is looked at like a list of tensors."""
    code = "def f(x): x['weight'].zero_()"

    message = complaint(Unchanged(examination(code, code)), lambda m: m.f({"weight": X}))

    assert message == "x was changed by the call; work on a copy"


# -------------------------------------------------------------------------------------- holds


def test_holds_passes_a_claim_that_is_true(examination):
    """The examined code's own value is asked, not the reference's."""
    Holds(examination("def f(x): return x.std()"))(f, lambda y: 2 < y < 3, "between 2 and 3")


@pytest.mark.parametrize(
    ("body", "got"),
    [
        ("x.sum()", "2.0"),
        ("x", "a float32 tensor of shape (3,)"),
        ("None", "None"),
        ("[x, x]", "a list of 2"),
        ("'text'", "'text'"),
    ],
)
def test_holds_tells_the_claim_and_the_value(examination, body, got):
    """A claim that is false, or that cannot even be asked of such a value."""
    message = complaint(
        Holds(examination(f"def f(x): return {body}")), f, lambda y: y.item() > 5, "above 5"
    )

    assert message == f"expected: above 5; got {got}"


def test_holds_tells_an_exception(examination):
    """There is no value to make a claim of."""
    message = complaint(
        Holds(examination("def f(x): raise TypeError('no')")), f, lambda y: True, "anything"
    )

    assert message.startswith("it raised TypeError: no (line 2")


def test_holds_does_not_take_a_lost_worker_for_a_false_claim(examination):
    """What cannot go on is not the student's failure."""

    def lost(value):
        raise Interrupted("the worker is gone")

    with pytest.raises(Interrupted):
        Holds(examination(RIGHT))(f, lost, "anything")


# ------------------------------------------------------------------------------ without a judge


SPOKEN = {
    "same": lambda word: word(f),
    "portable": lambda word: word(f),
    "rejects": lambda word: word(f, ValueError),
    "unchanged": lambda word: word(f),
    "holds": lambda word: word(f, lambda value: False, "never"),
}


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("body", ["x += 1; return x", "raise TypeError('no')", "return [x]"])
def test_a_word_only_records_where_nobody_judges(examination, name, body):
    """So a check runs on a wrong answer for the diagnosis: nothing fails, all is kept."""
    recorded = examination(f"def f(x): {body}", None)

    SPOKEN[name](WORDS[name](recorded))

    (outcome,) = recorded.outcomes
    assert outcome.calls == ("f(float32 (3,))",)
    assert (outcome.failure is not None) == ("raise" in body)
    assert (outcome.changed == ("x",)) == (name == "unchanged" and "+=" in body)


@pytest.mark.parametrize("name", WORDS)
def test_a_word_records_the_same_whether_it_judges_or_not(examination, name):
    """What happened to a student and to a wrong answer has to be comparable."""
    code = "def f(x): raise ValueError('K')"
    judged, recorded = examination(code), examination(code, None)

    with contextlib.suppress(CheckFailed):
        SPOKEN[name](WORDS[name](judged))
    SPOKEN[name](WORDS[name](recorded))

    (one,), (other,) = judged.outcomes, recorded.outcomes
    assert one.calls == other.calls
    assert one.failure is not None
    assert other.failure is not None
    assert one.failure.message == other.failure.message


def test_portable_records_what_happens_on_the_other_device(examination):
    """A wrong answer that computes on the CPU is recognised by that."""
    recorded = examination("def f(x): return torch.ones_like(x), torch.ones(3)", None)

    Portable(recorded)(f)

    assert [y.lived_on for y in recorded.outcomes[0].value] == [pretend.NAME, "cpu"]
