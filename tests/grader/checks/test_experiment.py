"""An experiment runs on the examined code and on the reference, and whatever happens is kept."""

import pytest
import torch

from grader.checks.experiment import (
    Examination,
    Outcome,
    run,
    to_absolute,
    to_double,
)
from grader.checks.vocabulary import gradients, random_numbers
from grader.sandbox.failure import Interrupted, SubjectError

X = torch.tensor([1.0, -2.0, 3.0])
PLUS_ONE = "def f(x): return x + 1"
FAILING = "def f(x): raise IndexError('no such row')"


def once(experiment, subject, **how) -> Outcome:
    """The outcome of one experiment on the CPU."""
    return run(experiment, subject, seed=1, device="cpu", **how)


# ---------------------------------------------------------------------------------- outcomes


def test_the_value_of_an_experiment_is_its_outcome(subject):
    """What the lambda returns, built of what the examined code returned."""
    outcome = once(lambda m: {"a": m.f(X), "b": 2}, subject(PLUS_ONE))

    assert outcome.failure is None
    assert torch.equal(outcome.value["a"], X + 1)
    assert outcome.value["b"] == 2


def test_the_calls_are_kept_as_a_reader_would_write_them(subject):
    """A report says what was called with what."""
    code = "def f(x, k=1): return x\nclass Net(nn.Module):\n    def forward(self, x): return x"

    outcome = once(lambda m: [m.f(X, k=2), m.Net()(X)], subject(code))

    assert outcome.calls == ("f(float32 (3,), k=2)", "Net()", "Net.forward(float32 (3,))")


def test_the_calls_of_the_last_experiment_are_forgotten(subject):
    """Each experiment has its own."""
    m = subject(PLUS_ONE)
    once(lambda m: m.f(X), m)

    outcome = once(lambda m: m.f(X[:2]), m)

    assert outcome.calls == ("f(float32 (2,))",)


def test_an_exception_of_the_examined_code_is_an_outcome(subject):
    """With its type, its message and the line that raised it."""
    outcome = once(lambda m: m.f(X), subject(FAILING))

    failure = outcome.failure
    assert outcome.value is None
    assert failure is not None
    assert (failure.type, failure.message, failure.kind) == ("IndexError", "no such row", "error")
    assert (failure.line, failure.source, failure.function) == (2, FAILING, "f")
    assert "LookupError" in failure.bases


def test_the_call_that_failed_is_among_the_calls(subject):
    """It is the one that a reader wants to see."""
    outcome = once(lambda m: m.f(X), subject(FAILING))

    assert outcome.calls == ("f(float32 (3,))",)


@pytest.mark.parametrize(
    "experiment",
    [
        lambda m: m.f(X)[0],
        lambda m: m.f(X).sum(),
        lambda m: m.f(X) + 1,
        lambda m: [*m.f(X)],
    ],
    ids=["indexed", "method", "added", "unpacked"],
)
def test_a_value_that_the_experiment_cannot_use_is_an_outcome(subject, experiment):
    """Where the code returns None, `None[0]` is its fault, not the suite's."""
    outcome = once(experiment, subject("def f(x): pass"))

    assert outcome.failure is not None
    assert outcome.failure.kind == "unusable"
    assert outcome.failure.type in ("TypeError", "AttributeError")
    assert outcome.failure.line is None


def test_an_interruption_is_no_outcome(subject):
    """A worker that was lost says nothing about the next experiment: it is not swallowed."""

    def lost(m):
        raise Interrupted("the worker is gone")

    with pytest.raises(Interrupted, match="the worker is gone"):
        once(lost, subject(PLUS_ONE))


def test_changed_arguments_are_noticed_when_they_are_sent_back(subject):
    """With `echo`, each argument is compared with what it was."""
    m = subject("def f(x, y): y += 1; return x")

    looked_at, ignored = (once(lambda m: m.f(X, X), m, echo=echo) for echo in (True, False))

    assert looked_at.changed == ("y",)
    assert ignored.changed == ()


# ------------------------------------------------------------------------------------- seeds


def test_every_experiment_starts_with_the_same_random_numbers(subject):
    """A layer that draws its weights draws the same ones again, whatever ran before."""
    m = subject("def f(): return torch.rand(3)")
    first = once(lambda m: m.f(), m).value
    once(lambda m: [m.f(), m.f()], m)

    again = once(lambda m: m.f(), m).value

    assert torch.equal(first, again)


def test_another_seed_brings_other_random_numbers(subject):
    """The seed of the run reaches the code that is examined."""
    m = subject("def f(): return torch.rand(3)")

    one, two = (run(lambda m: m.f(), m, seed=s, device="cpu").value for s in (1, 2))

    assert not torch.equal(one, two)


def test_the_reference_draws_what_the_examined_code_draws(subject, reference):
    """Both sides of a comparison start from the same seed."""
    code = "def f(): return torch.rand(3)"
    examination = Examination(subject(code), reference(code), seed=4)

    outcome, expected = examination.observe(lambda m: m.f()), examination.expected(lambda m: m.f())

    assert torch.equal(outcome.value, expected.like)


def test_the_next_random_numbers_can_be_asked_for(subject):
    """So a suite sees whether code left the global generator alone."""
    quiet, noisy = subject("def f(): return 1"), subject("def f(): return torch.rand(1) and 1")
    first = once(lambda m: random_numbers(m, 2), quiet).value

    after_quiet, after_noisy = (
        once(lambda m: [m.f(), random_numbers(m, 2)], m).value[1] for m in (quiet, noisy)
    )

    assert torch.equal(after_quiet, first)
    assert not torch.equal(after_noisy, first)


# ------------------------------------------------------------------------------- examinations


def test_every_outcome_of_an_examination_is_kept_in_order(subject):
    """The diagnosis compares all that happened, failures included."""
    examination = Examination(subject("def f(x): return 1 // x"), None, seed=1)

    returned = [examination.observe(lambda m, x=x: m.f(x)) for x in (1, 0, 2)]

    assert [o.value for o in examination.outcomes] == [1, None, 0]
    assert [o.failure is None for o in examination.outcomes] == [True, False, True]
    assert examination.outcomes == returned


WHERE = "def f(x): return str(x.device)"


def test_an_experiment_runs_on_the_device_of_its_examination(subject):
    """Unless a word asks for another one."""
    examination = Examination(subject(WHERE), None, seed=1, device="gpu")

    own, other = (
        examination.observe(lambda m: m.f(X)),
        examination.observe(lambda m: m.f(X), device="cpu"),
    )

    assert (own.value, other.value) == ("gpu:0", "cpu")


def test_nobody_judges_without_a_reference(subject):
    """Then outcomes are only recorded."""
    examination = Examination(subject(PLUS_ONE), None, seed=1)

    assert examination.plainly_expected(lambda m: m.f(X)) is None


def test_the_plain_expectation_is_what_the_reference_gives_bit_for_bit(subject, reference):
    """As drawn: in the student's own dtype, with the reference's own rounding."""
    code = "def f(x): return x / 3"
    examination = Examination(subject(code), reference(code), seed=1)

    expected = examination.plainly_expected(lambda m: m.f(X))

    assert expected is not None
    assert torch.equal(expected.like, X / 3)
    assert torch.equal(expected.exact, X / 3)


def test_the_reference_runs_as_drawn_in_float64_and_on_absolute_values(subject, reference):
    """`like` decides the dtype, `exact` the values, `magnitude` the tolerance."""
    code = "def f(x, index): return x.sum(), index"
    examination = Examination(subject(code), reference(code), seed=1)
    index = torch.tensor([-5])

    expected = examination.expected(lambda m: m.f(X / 3, index))

    third = (X / 3).double()
    assert expected is not None
    assert expected.like[0].dtype == torch.float32
    assert expected.exact[0].dtype == torch.float64
    assert torch.equal(expected.exact[0], third.sum())
    assert torch.equal(expected.magnitude[0], third.abs().sum())
    indices = [part[1] for part in (expected.like, expected.exact, expected.magnitude)]
    assert all(torch.equal(found, index) for found in indices)


def test_the_castings_reach_into_lists_dicts_and_state(subject, reference):
    """Wherever a tensor is handed over, it is cast."""
    code = "def f(a, *, b): return a[0] + b['w']"
    examination = Examination(subject(code), reference(code), seed=1)

    expected = examination.expected(lambda m: m.f([X], b={"w": X}))

    assert expected is not None
    assert expected.exact.dtype == torch.float64
    assert torch.equal(expected.magnitude, 2 * X.double().abs())


def test_gradients_of_the_reference_are_taken_in_float64(subject, reference):
    """The values of a gradient are exact too."""
    code = "def f(x): return x ** 2"
    examination = Examination(subject(code), reference(code), seed=1)

    expected = examination.expected(lambda m: gradients(m.f, X))

    assert expected is not None
    assert expected.like["gradient of x"].dtype == torch.float32
    assert expected.exact["gradient of x"].dtype == torch.float64


def test_absolute_values_may_be_refused_by_the_reference(subject, reference):
    """Then there is no magnitude, and the comparison does without."""
    picky = "def f(x):\n    if (x >= 0).all(): raise ValueError('no sign')\n    return x"
    examination = Examination(subject(picky), reference(picky), seed=1)

    expected = examination.expected(lambda m: m.f(X))

    assert expected is not None
    assert expected.magnitude is None
    assert torch.equal(expected.like, X)


def test_a_reference_that_fails_is_not_the_student_s_failure(subject, reference):
    """The suite is broken then, and nothing is recorded."""
    examination = Examination(subject(PLUS_ONE), reference(FAILING), seed=1)

    with pytest.raises(SubjectError, match="IndexError: no such row"):
        examination.expected(lambda m: m.f(X))


# -------------------------------------------------------------------------------------- casts


@pytest.mark.parametrize(
    ("dtype", "double", "absolute"),
    [
        (torch.float16, torch.float64, torch.float64),
        (torch.bfloat16, torch.float64, torch.float64),
        (torch.float32, torch.float64, torch.float64),
        (torch.float64, torch.float64, torch.float64),
        (torch.complex64, torch.complex128, torch.complex64),
        (torch.int64, torch.int64, torch.int64),
        (torch.int8, torch.int8, torch.int8),
    ],
    ids=str,
)
def test_only_what_is_rounded_is_cast(dtype, double, absolute):
    """Whole numbers are positions and counts: neither their dtype nor their sign changes."""
    tensor = torch.tensor([-3, 2]).to(dtype)

    assert to_double(tensor).dtype == double
    assert to_double(tensor).tolist() == [-3, 2]
    assert to_absolute(tensor).dtype == absolute
    assert to_absolute(tensor).tolist() == ([3, 2] if dtype.is_floating_point else [-3, 2])


def test_a_mask_is_not_cast():
    """True and False stay what they are."""
    mask = torch.tensor([True, False])

    assert [to_double(mask).dtype, to_absolute(mask).dtype] == [torch.bool, torch.bool]
    assert [to_double(mask).tolist(), to_absolute(mask).tolist()] == [[True, False]] * 2
