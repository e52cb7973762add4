"""The nouns of a grading: frozen, plain data, importable without torch.

`Exercise` and what it is made of come from the course; `Job` is what a runner is given, `Verdicts`
what it hands back; `Report` is what is shown. Scores are integers everywhere.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

# What every exercise is worth.
FULL_SCORE = 100


class Status(StrEnum):
    """What came of one check."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    MEMORY = "memory"
    FORBIDDEN = "forbidden"
    NOT_IMPLEMENTED = "not_implemented"
    SKIPPED = "skipped"


class Progress(StrEnum):
    """What came of a task or of a whole exercise."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_STARTED = "not_started"
    ERROR = "error"


@dataclass(frozen=True)
class Forbidden:
    """Calls that would do the exercise: patterns of dotted names, and operators they end in."""

    names: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One function or class that the student writes."""

    name: str
    points: int
    hints: tuple[str, ...]
    forbidden: Forbidden


@dataclass(frozen=True)
class Limits:
    """What a student's process may use: seconds for one check, megabytes of memory."""

    seconds: float = 10.0
    memory_mb: int = 2048


@dataclass(frozen=True)
class Exercise:
    """One exercise of the course. `stem` names its folders, `slug` the file that is handed in."""

    stem: str
    number: int
    slug: str
    title: str
    summary: str
    tasks: tuple[Task, ...]
    limits: Limits
    root: Path

    @property
    def id(self) -> str:
        """`exercise3`, as it is written on the command line."""
        return f"exercise{self.number}"

    @property
    def file_name(self) -> str:
        """The name of the file that a student edits."""
        return f"{self.slug}.py"

    @property
    def folder(self) -> Path:
        """What the student receives."""
        return self.root / "exercises" / self.stem

    @property
    def stub(self) -> Path:
        """The file as the student receives it."""
        return self.folder / self.file_name

    @property
    def lesson(self) -> Path:
        """The text of the exercise."""
        return self.folder / "README.md"

    @property
    def solution(self) -> Path:
        """The worked answer."""
        return self.root / "solutions" / self.stem / self.file_name

    @property
    def suite(self) -> Path:
        """The folder of the hidden suite."""
        return self.root / "tests" / self.stem

    @property
    def right_answers(self) -> list[Path]:
        """The files of the other right answers."""
        return sorted((self.suite / "right").glob("*.py"))

    @property
    def wrong_answers(self) -> list[Path]:
        """The files of the known wrong answers."""
        return sorted((self.suite / "wrong").glob("*.py"))

    def task(self, name: str) -> Task:
        """The task of that name. Raises StopIteration when there is none."""
        return next(task for task in self.tasks if task.name == name)


@dataclass(frozen=True)
class Submission:
    """One file as it was handed in. `source` is its bytes, read once."""

    path: str
    source: bytes
    sha256: str


@dataclass(frozen=True)
class Job:
    """All that a runner needs to know to examine one submission.

    `layers` are files to be laid over each other; the last one that defines a name is asked for
    it. There is one, except when a wrong answer is laid over a solution.
    """

    exercise: Exercise
    layers: tuple[Submission, ...]
    tasks: tuple[str, ...]
    seed: int
    device: str
    isolation: str
    limits: Limits
    scratch: Path


@dataclass(frozen=True)
class Diagnosis:
    """A misconception whose result is the student's result."""

    id: str
    idea: str
    hint: str


@dataclass(frozen=True)
class Planes:
    """A piece of the expected and the actual result that is small enough to draw."""

    name: str
    expected: tuple[tuple[float, ...], ...]
    actual: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class CheckResult:
    """What came of one check, and what to tell about it."""

    id: str
    task: str
    title: str
    status: Status
    score: int
    max_score: int
    duration: float
    message: str = ""
    call: str = ""
    diagnosis: Diagnosis | None = None
    planes: Planes | None = None
    stdout: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Verdicts:
    """What a runner found: the result of each check, or why the submission cannot be imported.

    `reached` names, for each task, the tasks of the exercise that its code uses.
    """

    checks: tuple[CheckResult, ...] = ()
    reached: dict[str, tuple[str, ...]] = field(default_factory=dict)
    error: str | None = None
    stdout: str = ""


@dataclass(frozen=True)
class TaskResult:
    """The checks of one task, added up."""

    name: str
    status: Progress
    score: int
    max_score: int
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True)
class ExerciseResult:
    """One graded submission of one exercise. `error` says why it could not be imported."""

    exercise: Exercise
    path: str
    sha256: str
    status: Progress
    score: int
    max_score: int
    tasks: tuple[TaskResult, ...]
    error: str | None = None
    stdout: str = ""


@dataclass(frozen=True)
class Environment:
    """What the grading ran on."""

    grader: str
    python: str
    torch: str
    platform: str


@dataclass(frozen=True)
class Report:
    """One run of `grade`."""

    exercises: tuple[ExerciseResult, ...]
    seed: int
    device: str
    isolation: str
    duration: float
    environment: Environment

    @property
    def score(self) -> int:
        """Points over all exercises."""
        return sum(result.score for result in self.exercises)

    @property
    def max_score(self) -> int:
        """Points that could be had over all exercises."""
        return sum(result.max_score for result in self.exercises)
