"""One file of a student for each exercise, or why there is none; and what is left over."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.batch.contents import Content, Opened
from grader.batch.layouts.delivery import Delivery
from grader.batch.matching import Candidate, candidates, names_another
from grader.batch.model import HandIn, Student, Unmatched
from grader.batch.names import is_code, shown
from grader.batch.notebook import code_of
from grader.batch.tree import Unusable
from grader.errors import GraderError
from grader.model import Exercise

NOTHING = "no file handed in"
# How many of the files that were handed in instead are named.
MAX_NAMED = 3
# A path for feedback that a platform wants must be one that a system accepts.
MAX_NAME_BYTES = 200


class Picker:
    """Picks files, one student after the other. `unmatched` grows by what is passed over."""

    def __init__(self, exercises: Sequence[Exercise], into: Path) -> None:
        self.unmatched: list[Unmatched] = []
        self._exercises = exercises
        self._into = into
        self._written: dict[tuple[Path, str], Path] = {}

    def hand_ins(self, student: Student, brought: Sequence[Opened]) -> Iterator[HandIn]:
        """One hand-in for each exercise, of all deliveries of a student."""
        contents = [content for opened in brought for content in opened.contents]
        found = candidates(contents, self._exercises)
        for exercise in self._exercises:
            fitting = [c for c in found if c.exercise.stem == exercise.stem]
            yield self._pick(student, exercise, fitting, brought)
        named = {id(candidate.content) for candidate in found}
        missing = {e.stem for e in self._exercises} - {c.exercise.stem for c in found}
        # A repository holds much that is no answer: that matters where an answer is missing.
        self.unmatched += self._rest(
            content
            for content in contents
            if id(content) not in named and (missing or not content.delivery.is_clone)
        )

    def _pick(
        self,
        student: Student,
        exercise: Exercise,
        fitting: Sequence[Candidate],
        brought: Sequence[Opened],
    ) -> HandIn:
        why = ""
        for number, candidate in enumerate(fitting, 1):
            try:
                file = self._python(candidate)
            except Unusable as error:
                self.unmatched.append(Unmatched(candidate.origin, str(error)))
                why = why or f"{shown(candidate.content.file.name)} {error}"
                continue
            self.unmatched += (_passed_over(other, candidate) for other in fitting[number:])
            delivery = candidate.content.delivery
            feedback = _feedback(delivery, student)
            return HandIn(
                student, exercise.stem, file, candidate.origin, "", delivery.late, feedback
            )
        latest = max((opened.delivery for opened in brought), key=lambda d: d.attempt)
        why = why or _why_none(exercise, brought)
        return HandIn(student, exercise.stem, None, why=why, feedback=_feedback(latest, student))

    def _python(self, candidate: Candidate) -> Path:
        """The Python file to grade. Raises `Unusable` when there is nothing to grade in it."""
        file, exercise = candidate.content.file, candidate.exercise
        assert file.path is not None  # code is always unpacked
        if not os.access(file.path, os.R_OK):
            raise Unusable("cannot be read: Permission denied")
        if not file.name.lower().endswith(".ipynb"):
            return file.path
        place = (file.path, exercise.stem)
        if place not in self._written:
            code = code_of(file.path, [task.name for task in exercise.tasks])
            self.unmatched += (Unmatched(file.origin, note) for note in code.notes)
            heading = f"# The code that {exercise.id} needs of {file.origin}\n"
            self._written[place] = self._write(exercise, heading + code.text)
        return self._written[place]

    def _write(self, exercise: Exercise, text: str) -> Path:
        path = self._into / "notebooks" / str(len(self._written) + 1) / exercise.file_name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        except OSError as error:
            message = f"{path} cannot be written: {error.strerror}. Choose another place."
            raise GraderError(message) from error
        return path

    def _rest(self, contents: Iterator[Content]) -> Iterator[Unmatched]:
        """What answers no exercise. Of a clone only code counts: the rest is the course's own."""
        for content in contents:
            code, is_clone = is_code(content.file.name), content.delivery.is_clone
            if is_clone and (not code or names_another(content.parts, self._exercises)):
                continue
            why = "is named after no exercise that is graded" if code else "is no Python file"
            yield Unmatched(content.file.origin, why)


def _passed_over(other: Candidate, taken: Candidate) -> Unmatched:
    is_older = other.content.delivery.attempt < taken.content.delivery.attempt
    reason = "belongs to an earlier attempt" if is_older else "is passed over"
    return Unmatched(other.origin, f"{reason}; {taken.content.file.origin} is graded")


def _why_none(exercise: Exercise, brought: Sequence[Opened]) -> str:
    refused = [refusal for opened in brought for refusal in opened.refused]
    names = [shown(content.file.name) for opened in brought for content in opened.contents]
    if not names:
        return f"{refused[0].origin} {refused[0].why}" if refused else NOTHING
    if all(opened.delivery.is_clone for opened in brought):
        return f"no {exercise.file_name} in the repository"
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return f"no {exercise.file_name} handed in, but {', '.join(names[:MAX_NAMED])}{more}"


def _feedback(delivery: Delivery, student: Student) -> str:
    wanted = delivery.feedback
    if wanted is None or not all(map(_is_legal, wanted.split("/"))):
        return f"{student.key}/feedback.html"
    return wanted


def _is_legal(name: str) -> bool:
    return name.isprintable() and len(name.encode()) <= MAX_NAME_BYTES
