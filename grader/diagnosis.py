"""Which mistake was it? A failed experiment is run on the known wrong answers.

A misconception is named only when the wrong answer does exactly what the student's code does, on
the inputs of the failing check and on one more draw.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.checks.compare import ROUNDING, Expected, Rule, difference
from grader.checks.experiment import Outcome, to_double
from grader.checks.wording import kind_of
from grader.errors import CourseError
from grader.model import Diagnosis
from grader.sandbox.proxy import Handle, Subject
from grader.sandbox.trees import map_tensors

# Two computations with the same mistake may round differently, twice as far apart as one is from
# the exact value; a bit of room, since no point hangs on it.
SAME_MISTAKE = Rule(rounding=4 * ROUNDING)

# How torch complains of tensors that do not fit each other.
TWO_SIZES = "must match the size of tensor b"

# A line of a submission that raises what it chooses.
OWN_RAISE = re.compile(r"\braise\b")

SECTIONS = ("Why it is wrong", "Hint", "More specific than")


@dataclass(frozen=True)
class WrongAnswer:
    """A wrong answer of the course, ready to be experimented with."""

    diagnosis: Diagnosis
    tasks: frozenset[str]
    subject: Subject
    more_specific_than: frozenset[str]


def diagnose(
    happened: Sequence[Outcome],
    once_more: Callable[[int], Sequence[Outcome]],
    candidates: Sequence[WrongAnswer],
    *,
    replay: Callable[[WrongAnswer, int], Sequence[Outcome]],
    refuted: Callable[[WrongAnswer], bool],
    seeds: tuple[int, int],
) -> Diagnosis | None:
    """The misconception that explains what `happened`, or None.

    `happened` are the outcomes of the failing check with the first of the `seeds`. `once_more`
    gives the student's with the inputs of another seed, `replay` those of a wrong answer. One is
    `refuted` that did not pass the same checks before.
    """
    first, second = seeds
    suspects = [c for c in candidates if _alike(happened, replay(c, first))]
    if any(map(_chosen, happened)):  # two may refuse the same inputs, each for its own reason
        suspects = [c for c in suspects if not refuted(c)]
    if suspects:
        again = once_more(second)
        suspects = [c for c in suspects if _alike(again, replay(c, second))]
    return _agreed(_most_specific(suspects))


def parse(identifier: str, docstring: str | None) -> tuple[Diagnosis, frozenset[str]]:
    """What a wrong answer's docstring says: the idea, the hint, and what it is more specific than.

    Raises `CourseError` when a part is missing.
    """
    text = docstring or ""
    idea = text.strip().partition("\n")[0].strip()
    hint = _section("Hint", text)
    if not (idea and hint and _section("Why it is wrong", text)):
        raise CourseError(
            f"The wrong answer {identifier} needs a docstring of three parts: the idea on the "
            "first line, then 'Why it is wrong:', then 'Hint:'."
        )
    others = _section("More specific than", text)
    return Diagnosis(identifier, idea, hint), frozenset(re.findall(r"[\w-]+", others))


def _section(title: str, text: str) -> str:
    match = re.search(rf"^\s*{title}:(.*?)(?=^\s*(?:{'|'.join(SECTIONS)}):|\Z)", text, re.M | re.S)
    return " ".join(match[1].split()) if match else ""


def _alike(student: Sequence[Outcome], wrong: Sequence[Outcome]) -> bool:
    """Whether the same things happened, as far as the student's check got."""
    if len(wrong) < len(student):
        return False
    return all(map(_same_outcome, student, wrong))


def _same_outcome(student: Outcome, wrong: Outcome) -> bool:
    if student.changed != wrong.changed:
        return False
    if student.failure is not None or wrong.failure is not None:
        return _signature(student) == _signature(wrong)
    if isinstance(student.value, Handle):  # it stayed where it was made: its type is all we know
        return kind_of(student.value) == kind_of(wrong.value)
    expected = Expected(wrong.value, map_tensors(wrong.value, to_double))
    return difference(student.value, expected, device=None, rule=SAME_MISTAKE) is None


def _signature(outcome: Outcome) -> tuple[str, str, str] | None:
    failure = outcome.failure
    if failure is None:
        return None
    # What an assertion or a `raise` says, its author chose: the words do not tell mistakes apart.
    # Nor does which of two sizes torch names first: a sum has its parts in any order.
    message = "" if _chosen(outcome) else failure.message
    if TWO_SIZES in message:
        message = " ".join(sorted(message.split()))
    return failure.kind, failure.type, message


def _chosen(outcome: Outcome) -> bool:
    """Whether it ended in an error that its author chose to raise."""
    failure = outcome.failure
    return failure is not None and (
        failure.type == "AssertionError" or OWN_RAISE.search(failure.source) is not None
    )


def _most_specific(suspects: list[WrongAnswer]) -> list[WrongAnswer]:
    """Without those that another one is more specific than."""
    covered = {name for suspect in suspects for name in suspect.more_specific_than}
    return [suspect for suspect in suspects if suspect.diagnosis.id not in covered]


def _agreed(suspects: list[WrongAnswer]) -> Diagnosis | None:
    """The one that is left; of several, the first if they all give the same hint."""
    hints = {suspect.diagnosis.hint for suspect in suspects}
    return suspects[0].diagnosis if len(hints) == 1 else None
