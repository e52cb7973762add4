"""One check in progress: which code is examined, and what came of it.

The words of the vocabulary (`words.py`) run experiments through an `Examination`. It *judges* a
student's code against the reference, or only *records* what happens, so that the diagnosis can
run the same check on a wrong answer and see whether the same things happen.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch

from grader.checks.compare import Difference, Expected
from grader.checks.wording import described
from grader.sandbox.failure import Failure, Interrupted, SubjectError
from grader.sandbox.proxy import Subject

Experiment = Callable[[Subject], Any]


@dataclass(frozen=True)
class Outcome:
    """What came of one experiment: a value, or the failure that ended it.

    `calls` are the calls that were made; `changed` names the arguments that did not survive them.
    """

    value: Any = None
    failure: Failure | None = None
    calls: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class CheckFailed(AssertionError):
    """The examined code does not do what this check is about."""

    def __init__(self, outcome: Outcome, message: str, difference: Difference | None = None):
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.difference = difference


@dataclass(frozen=True)
class Reference:
    """The reference in its three castings: as drawn, in float64, and of absolute values."""

    plain: Subject
    double: Subject
    absolute: Subject


# What is known already, by check, seed, number of the word in the check, and casting.
Known = dict[tuple[str, int, int, str], Any]


@dataclass
class Examination:
    """One run of one check.

    `subject` is examined on `device`; `reference` judges it, or nobody does when it is None. What
    the reference gives in the check of this name is kept in `known`, and looked up there.
    """

    subject: Subject
    reference: Reference | None
    seed: int
    device: str = "cpu"
    check: str = ""
    known: Known = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    _judged: int = 0

    def observe(
        self, experiment: Experiment, *, device: str | None = None, echo: bool = False
    ) -> Outcome:
        """Run an experiment on the examined code and keep what came of it."""
        outcome = run(
            experiment, self.subject, seed=self.seed, device=device or self.device, echo=echo
        )
        self.outcomes.append(outcome)
        return outcome

    def plainly_expected(self, experiment: Experiment) -> Expected | None:
        """What the reference makes of the inputs as drawn; None where nobody judges."""
        if self.reference is None:
            return None
        self._judged += 1
        like = self._value(experiment, self.reference, "plain")
        return Expected(like, like)

    def expected(self, experiment: Experiment) -> Expected:
        """What the reference makes of the same experiment to full precision, and how large it gets.

        To be asked after `plainly_expected`.
        """
        assert self.reference is not None
        like = self._value(experiment, self.reference, "plain")
        exact = self._value(experiment, self.reference, "double")
        try:
            magnitude = self._value(experiment, self.reference, "absolute")
        except SubjectError:  # absolute values may be no valid input; then |expected| must do
            magnitude = None
        return Expected(like, exact, magnitude)

    def _value(self, experiment: Experiment, reference: Reference, casting: str) -> Any:
        key = (self.check, self.seed, self._judged, casting)
        if key not in self.known:
            subject: Subject = getattr(reference, casting)
            subject._begin(seed=self.seed, device="cpu")
            self.known[key] = experiment(subject)
        return self.known[key]


class Rehearsal(Examination):
    """A check without anybody to examine: what the reference gives becomes `known`."""

    def __init__(self, reference: Reference, seed: int, check: str, known: Known) -> None:
        super().__init__(reference.plain, None, seed, check=check, known=known)
        self._judge = reference

    def observe(self, *_experiment: Any, **_how: Any) -> Outcome:
        """Nothing happens, and nobody is judged."""
        return Outcome()

    def plainly_expected(self, experiment: Experiment) -> None:
        """Have the reference do the experiment in each of its castings."""
        self._judged += 1
        for casting in ("plain", "double", "absolute"):
            with contextlib.suppress(SubjectError):
                self._value(experiment, self._judge, casting)


def run(
    experiment: Experiment, subject: Subject, *, seed: int, device: str, echo: bool = False
) -> Outcome:
    """Run an experiment; whatever the examined code raises is part of the outcome."""
    subject._begin(seed=seed, device=device, echo=echo)
    try:
        value, failure = experiment(subject), None
    except SubjectError as error:
        value, failure = None, error.failure
    except Interrupted:
        raise
    except Exception as error:  # the experiment could not use what it got: None[0], say
        value, failure = None, _unusable(error)
    return Outcome(value, failure, tuple(subject._calls), tuple(subject._changed))


def _unusable(error: Exception) -> Failure:
    kind = type(error).__name__
    message = f"{kind}: {error}"[:200]
    if "'NoneType'" in message:
        message = "it is None; is a `return` missing?"
    elif isinstance(error, AttributeError):  # what was asked of it is a word of ours
        message = f"it is {described(error.obj)}"
    return Failure(kind, (kind,), "unusable", message, None, "", "")


def to_double(tensor: torch.Tensor) -> torch.Tensor:
    """Floating tensors in float64; others as they are."""
    if tensor.is_complex():
        return tensor.to(torch.complex128)
    return tensor.to(torch.float64) if tensor.is_floating_point() else tensor


def to_absolute(tensor: torch.Tensor) -> torch.Tensor:
    """Floating tensors as absolute values in float64; others as they are."""
    return to_double(tensor).abs() if tensor.is_floating_point() else tensor
