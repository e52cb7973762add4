"""The words of a suite: `same`, `rejects`, `unchanged`, `portable`, `holds`.

Each is handed to a test function by name, takes an experiment (a function of `m`, whatever is
being examined), and fails the check with a sentence when the examined code does not do what the
word says.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from grader.checks.compare import Difference, Rule, difference
from grader.checks.experiment import CheckFailed, Examination, Experiment, Outcome
from grader.checks.wording import article, described
from grader.sandbox import pretend
from grader.sandbox.failure import Failure, Interrupted
from grader.sandbox.proxy import Handle

EXACTLY = Rule(exactly=True)


class Word:
    """A word, bound to the examination that it is spoken in."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination


class Same(Word):
    """The outcome equals the reference's."""

    def __call__(
        self, experiment: Experiment, *, exact: bool = False, within: float | None = None
    ) -> None:
        """Compare type, shape, dtype, device, finiteness, values, in this order.

        Rounding is forgiven as far as the arithmetic explains it. `exact` forgives nothing: for
        what is copied, selected or counted. `within` is an absolute tolerance that the exercise
        itself gives.
        """
        device = self.examination.device
        _compare(self.examination, experiment, rule=Rule(exact, within), device=device)


class Portable(Word):
    """The outcome equals the reference's when the inputs live on another device."""

    def __call__(
        self, experiment: Experiment, *, exact: bool = False, within: float | None = None
    ) -> None:
        """As `same`, on a pretend device, or on the real one that is being graded on."""
        own = self.examination.device
        device = pretend.NAME if own == "cpu" else own
        _compare(self.examination, experiment, rule=Rule(exact, within), device=device)


class Rejects(Word):
    """Bad input raises the error that the contract names."""

    def __call__(self, experiment: Experiment, error: type[Exception]) -> None:
        """`error` or a subclass of it must be raised, and nothing returned."""
        outcome = self.examination.observe(experiment)
        failure, wanted = outcome.failure, error.__name__
        if failure and failure.kind == "error" and wanted in (failure.type, *failure.bases):
            # As asked. What it says is free, so two mistakes are not told apart by it.
            plain = replace(failure, type=wanted, message="")
            self.examination.outcomes[-1] = replace(outcome, failure=plain)
            return
        if self.examination.reference is None:
            return
        if failure is None:
            got = f"it returned {described(outcome.value)}"
            if _is_object_of(outcome.value, wanted):
                got += "; `raise` it"
        else:
            _stop_for(outcome, failure, unless="error")
            got = f"it raised {_raised(failure)}"
        raise CheckFailed(outcome, f"expected {article(wanted)}, but {got}")


class Unchanged(Word):
    """The tensors that were handed over are the same afterwards, bit for bit."""

    def __call__(self, experiment: Experiment) -> None:
        """Every argument of every call in the experiment is looked at."""
        outcome = self.examination.observe(experiment, echo=True)
        if self.examination.reference is None:
            return
        if outcome.failure is not None:
            _stop_for(outcome, outcome.failure)
        if outcome.changed:
            names = " and ".join(dict.fromkeys(outcome.changed))
            raise CheckFailed(outcome, f"{names} was changed by the call; work on a copy")


class Holds(Word):
    """A claim is true of a value that the contract leaves free."""

    def __call__(self, experiment: Experiment, claim: Callable[[Any], bool], sentence: str) -> None:
        """`claim(value)` is asked about the examined code's own value; `sentence` says it."""
        outcome = self.examination.observe(experiment)
        if self.examination.reference is None:
            return
        if outcome.failure is not None:
            _stop_for(outcome, outcome.failure)
        try:
            true = bool(claim(outcome.value))
        except Interrupted:
            raise
        except Exception:  # the value is not even of the kind that the claim is about
            true = False
        if not true:
            raise CheckFailed(outcome, f"expected: {sentence}; got {_short(outcome.value)}")


# The fixtures of a suite, by name.
WORDS: dict[str, type[Word]] = {
    "same": Same,
    "portable": Portable,
    "rejects": Rejects,
    "unchanged": Unchanged,
    "holds": Holds,
}


def _compare(examination: Examination, experiment: Experiment, *, rule: Rule, device: str) -> None:
    # The reference goes first: where it fails, the suite is broken and nobody else is to blame.
    reference = examination.plainly_expected(experiment)
    outcome = examination.observe(experiment, device=device)
    if device == pretend.NAME and outcome.failure and outcome.failure.kind == "unsupported":
        # The pretend device lacks a kernel. That says nothing about the student, whose code is
        # judged where it runs.
        device = examination.device
        outcome = examination.observe(experiment)
    if reference is None:
        return
    if outcome.failure is not None:
        _stop_for(outcome, outcome.failure)
    kind = device.partition(":")[0]
    if difference(outcome.value, reference, device=kind, rule=EXACTLY) is None:
        return  # bit for bit what the reference gives: there is no rounding to measure
    found = difference(outcome.value, examination.expected(experiment), device=kind, rule=rule)
    if found is not None:
        raise CheckFailed(outcome, _explained(found), found)


def _explained(found: Difference) -> str:
    if found.where.startswith("gradient of") and " is None" in found.sentence:
        name = found.where.removeprefix("gradient of ")
        return f"no gradient reaches {name}: the result is cut off from it"
    return found.sentence


def _stop_for(outcome: Outcome, failure: Failure, *, unless: str = "") -> None:
    """Fail the check because of an exception."""
    if failure.kind == unless:
        return
    if failure.kind == "names":
        raise CheckFailed(outcome, failure.message)
    if failure.kind == "unusable":
        raise CheckFailed(outcome, f"what it returned cannot be used: {failure.message}")
    if failure.type == "TypeError" and failure.line is None:
        raise CheckFailed(outcome, f"it cannot be called like this: {failure.message}")
    raise CheckFailed(outcome, f"it raised {_raised(failure)}")


def _raised(failure: Failure) -> str:
    if failure.kind == "mixed devices":
        return (
            "an error where tensors of two devices met: something was made on the CPU while the "
            f"input lives elsewhere{_place(failure)}"
        )
    message = f"{failure.type}: {failure.message}" if failure.message else failure.type
    return f"{message}{_place(failure)}"


def _place(failure: Failure) -> str:
    if failure.line is None:
        return ""
    source = f": {failure.source}" if failure.source else ""
    return f" (line {failure.line}{source})"


def _is_object_of(value: Any, kind: str) -> bool:
    return isinstance(value, Handle) and value.reference.type == kind


def _short(value: Any) -> str:
    numel = getattr(value, "numel", lambda: 0)()
    return str(value.item()) if numel == 1 else described(value)
