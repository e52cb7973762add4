"""Which file of a student answers which exercise, when several might."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from grader.batch.contents import Content
from grader.batch.names import ExerciseNames, exercise_numbers, is_code, without_archive_ending
from grader.batch.tree import Parts
from grader.model import Exercise


class Fit(IntEnum):
    """How well a file says which exercise it answers; more is better."""

    NOT_NAMED = 0  # the only file handed in
    IN_FOLDER = 1  # the only file in a folder named after the exercise
    ALIKE = 2  # corr2d (1).py, Corr2D.PY, exercise1.py
    NOTEBOOK = 3
    EXACT = 4
    IN_WORKSPACE = 5  # where the course puts it, in a clone


@dataclass(frozen=True)
class Candidate:
    """A file that may answer an exercise. `copy` is the 2 in `corr2d-2.py`."""

    content: Content
    exercise: Exercise
    fit: Fit
    copy: int = 0

    @property
    def rank(self) -> tuple[str, Fit, int, int, int]:
        """Sorts the file to take last."""
        delivery, depth = self.content.delivery, len(self.content.parts)
        return delivery.attempt, self.fit, self.copy, delivery.order, -depth

    @property
    def origin(self) -> str:
        """Where it was found, and why it was taken if its name does not say so."""
        origin = self.content.file.origin
        return f"{origin} (the only file handed in)" if self.fit is Fit.NOT_NAMED else origin


def candidates(contents: Sequence[Content], exercises: Sequence[Exercise]) -> list[Candidate]:
    """All that may answer an exercise, of all that one student handed in; the best come first."""
    names = ExerciseNames(exercises)
    code = [content for content in contents if is_code(content.file.name)]
    found = [candidate for content in code if (candidate := _by_name(content, names))]
    named = {id(candidate.content) for candidate in found}
    found += _by_folder([content for content in code if id(content) not in named], names)
    if not found and len(exercises) == 1:
        found += _the_only_one(code, exercises[0])
    found.sort(key=lambda candidate: candidate.content.parts)
    return sorted(found, key=lambda candidate: candidate.rank, reverse=True)


def names_another(parts: Parts, exercises: Sequence[Exercise]) -> bool:
    """Whether a path says `exercise7` while exercise 7 is not graded."""
    numbers = {exercise.number for exercise in exercises}
    return any(number not in numbers for number in exercise_numbers("/".join(parts)))


def _by_name(content: Content, names: ExerciseNames) -> Candidate | None:
    name = content.file.name
    found = names.find_file(name)
    if found is None:
        return None
    exercise, copy = found
    return Candidate(content, exercise, _fit(content, exercise, copy), copy)


def _fit(content: Content, exercise: Exercise, copy: int) -> Fit:
    name, parts = content.file.name, content.parts
    if copy and content.delivery.numbered:
        name = name.replace(f"-{copy}.", ".")
    if name == exercise.file_name:
        workspace = ("exercises", exercise.stem, name)
        is_there = content.delivery.is_clone and parts[-len(workspace) :] == workspace
        return Fit.IN_WORKSPACE if is_there else Fit.EXACT
    return Fit.NOTEBOOK if name == f"{exercise.slug}.ipynb" else Fit.ALIKE


def _by_folder(contents: Sequence[Content], names: ExerciseNames) -> Iterator[Candidate]:
    """Files that lie alone below a folder, or in an archive, that is named after an exercise."""
    below: dict[tuple[int, Parts], list[Content]] = {}
    exercises = {}
    for content in contents:
        for depth in range(len(content.parts) - 1, 0, -1):
            exercise = names.find(without_archive_ending(content.parts[depth - 1]))
            if exercise is not None:
                place = (id(content.delivery), content.parts[:depth])
                exercises[place] = exercise
                below.setdefault(place, []).append(content)
                break
    for place, inside in below.items():
        if len(inside) == 1:
            yield Candidate(inside[0], exercises[place], Fit.IN_FOLDER)


def _the_only_one(code: Sequence[Content], exercise: Exercise) -> Iterator[Candidate]:
    latest = max((content.delivery.attempt for content in code), default="")
    last = [content for content in code if content.delivery.attempt == latest]
    if len(last) == 1 and not names_another(last[0].parts, [exercise]):
        yield Candidate(last[0], exercise, Fit.NOT_NAMED)
