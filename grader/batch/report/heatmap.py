"""The heat map of a class: a row a student, a column a task, grouped by exercise."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from grader.batch.model import Entry, Student
from grader.batch.report.summary import graded
from grader.model import FULL_SCORE, Exercise, ExerciseResult, TaskResult
from grader.report.heatmap import MIDDLE, STEPS

# The address of the report of an entry, if there is one.
Address = Callable[[Entry], str | None]


@dataclass(frozen=True)
class Cell:
    """Points with their shade, or words in `columns` cells at once."""

    text: str
    look: str
    columns: int = 1
    href: str | None = None


@dataclass(frozen=True)
class Row:
    """One student. `is_ambiguous` says that another one has the same name."""

    anchor: str
    student: Student
    is_ambiguous: bool
    href: str | None
    total: Cell
    cells: tuple[Cell, ...]


def rows(entries: Iterable[Entry], exercises: Sequence[Exercise], address: Address) -> list[Row]:
    """The students by name, each with the cells of all exercises."""
    by_cell = {(entry.handin.student.key, entry.handin.stem): entry for entry in entries}
    students = {entry.handin.student.key: entry.handin.student for entry in by_cell.values()}
    names = Counter(student.shown for student in students.values())
    return [
        _row(
            f"r{number}",
            student,
            [by_cell.get((student.key, exercise.stem)) for exercise in exercises],
            exercises,
            address,
            is_ambiguous=names[student.shown] > 1,
        )
        for number, student in enumerate(sorted(students.values(), key=by_name), 1)
    ]


def by_name(student: Student) -> tuple[str, str]:
    """What students are sorted by for a person to read."""
    return student.shown.casefold(), student.key


def averages(entries: Iterable[Entry], exercises: Sequence[Exercise]) -> tuple[Cell, ...]:
    """The mean of each column of the heat map, over those who handed in."""
    results: dict[str, list[ExerciseResult]] = {}
    for entry, result in graded(entries):
        results.setdefault(entry.handin.stem, []).append(result)
    return tuple(
        cell
        for exercise in exercises
        for cell in _averages(exercise, results.get(exercise.stem, []))
    )


def shade(score: int, possible: int) -> str:
    """The shade of a share of points: the more is missing, the stronger.

    Everything and nothing have a shade of their own.
    """
    if not possible:
        return "none"
    if score == possible:
        return f"d{MIDDLE}"
    steps = STEPS - MIDDLE - 1
    return f"d{MIDDLE + 1 + (possible - score) * steps // possible}"


def _row(
    anchor: str,
    student: Student,
    handed_in: Sequence[Entry | None],
    exercises: Sequence[Exercise],
    address: Address,
    *,
    is_ambiguous: bool,
) -> Row:
    addresses = [address(entry) if entry is not None else None for entry in handed_in]
    total = sum(entry.score for entry in handed_in if entry is not None)
    return Row(
        anchor,
        student,
        is_ambiguous,
        next((found for found in addresses if found is not None), None),
        Cell(str(total), shade(total, FULL_SCORE * len(exercises))),
        tuple(
            cell
            for exercise, entry, href in zip(exercises, handed_in, addresses, strict=True)
            for cell in _cells(exercise, entry, href)
        ),
    )


def _cells(exercise: Exercise, entry: Entry | None, href: str | None) -> list[Cell]:
    """The points of the exercise and of its tasks, or why there are none."""
    if entry is None or entry.report is None:
        return [Cell("nothing", "none all", 1 + len(exercise.tasks))]
    result = entry.report.exercises[0]
    look = f"{shade(result.score, result.max_score)} all"
    points = Cell(str(result.score), look, href=href)
    if result.error is not None:
        return [points, Cell("cannot be imported", "none", len(exercise.tasks))]
    tasks = {task.name: task for task in result.tasks}
    return [points, *(_task_cell(tasks.get(task.name)) for task in exercise.tasks)]


def _task_cell(task: TaskResult | None) -> Cell:
    if task is None or not task.max_score:
        return Cell("–", "none")
    return Cell(str(task.score), shade(task.score, task.max_score))


def _averages(exercise: Exercise, results: Sequence[ExerciseResult]) -> list[Cell]:
    tasks = [task for result in results for task in result.tasks]
    columns = [[(result.score, result.max_score) for result in results]]
    columns += [
        [(task.score, task.max_score) for task in tasks if task.name == wanted.name]
        for wanted in exercise.tasks
    ]
    whole, *parts = map(_average, columns)
    return [replace(whole, look=f"{whole.look} all"), *parts]


def _average(points: Sequence[tuple[int, int]]) -> Cell:
    score, possible = (sum(column) for column in zip(*points, strict=True)) if points else (0, 0)
    if not possible:
        return Cell("–", "none")
    mean = f"{score / len(points):.1f}".removesuffix(".0")
    return Cell(mean, shade(score, possible))
