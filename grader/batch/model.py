"""The nouns of a batch."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.model import Report


@dataclass(frozen=True)
class Student:
    """Who handed in.

    `key` names the student in files and tables; it is unique in a batch. `ids` is what a platform
    told: `canvas` (user id), `moodle` (participant number), `username`, `email`, `sid`, if known.
    """

    key: str
    name: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The name for people."""
        return self.name or self.key


@dataclass(frozen=True)
class HandIn:
    """One student's answer to one exercise, or `why` there is none.

    `file` is a Python file that can be read now; `origin` is where it was found, in the teacher's
    words. `feedback` is the path, relative to a folder of feedback, under which the platform wants
    a file back to this student; empty where it wants none.
    """

    student: Student
    stem: str
    file: Path | None
    origin: str = ""
    why: str = ""
    late: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class Unmatched:
    """Something that was handed out with the submissions and belongs to nobody's exercise."""

    origin: str
    why: str


@dataclass(frozen=True)
class Intake:
    """All that a folder of submissions holds. `layout` says whose conventions it follows."""

    layout: str
    students: tuple[Student, ...]
    handins: tuple[HandIn, ...]
    unmatched: tuple[Unmatched, ...] = ()

    def only(self, stems: Collection[str]) -> "Intake":
        """The same, with the hand-ins of some exercises alone."""
        return replace(self, handins=tuple(h for h in self.handins if h.stem in stems))


@dataclass(frozen=True)
class Entry:
    """One cell of the gradebook: a hand-in, and its report (of one exercise) once it is graded.

    `report` is None where there was nothing to grade: 0 points, and the hand-in says why.
    """

    handin: HandIn
    report: Report | None

    @property
    def score(self) -> int:
        """Points of the exercise, out of 100."""
        return self.report.exercises[0].score if self.report is not None else 0


@dataclass(frozen=True)
class Change:
    """A score that the grading before saw otherwise, in points of 100 for one exercise.

    `student` is the key of a student, `stem` that of an exercise.
    """

    student: str
    stem: str
    before: int
    after: int

    @property
    def gain(self) -> int:
        """Points won; below zero, lost."""
        return self.after - self.before
