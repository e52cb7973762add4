"""A check in plain sentences, for the formats that show one text a check."""

from grader.model import CheckResult, ExerciseResult, Progress, Status
from grader.report.text import one_line, printable


def title(check: CheckResult) -> str:
    """What was examined, on one line."""
    return one_line(check.title).rstrip(".") or check.id


def name(check: CheckResult) -> str:
    """A name that no other check of the exercise has: its id, and what it is about."""
    return f"{check.id}: {title(check)}"


def passed(check: CheckResult) -> bool:
    """Whether a check is worth its points."""
    return check.status is Status.PASSED


def story(check: CheckResult) -> str:
    """What happened: the message, the call, the misconception, what was printed."""
    parts = [printable(check.message)]
    if check.call:
        parts.append(f"Called: {one_line(check.call)}")
    if check.diagnosis is not None:
        parts.append(f"Looks like: {check.diagnosis.idea}\nHint: {check.diagnosis.hint}")
    if check.stdout.strip():
        parts.append(f"It printed:\n{printable(check.stdout).rstrip()}")
    return "\n".join(part for part in parts if part)


def checks(result: ExerciseResult) -> list[CheckResult]:
    """Every check of an exercise, in order of its tasks."""
    return [check for task in result.tasks for check in task.checks]


def next_step(result: ExerciseResult) -> str:
    """One thing to do now."""
    if result.error is not None:
        return f"mend {result.path}, then `grade {result.exercise.id}` again"
    unfinished = next((t for t in result.tasks if t.status is not Progress.PASSED), None)
    if unfinished is None:
        return "well done. `grade` shows what is left"
    if unfinished.status is Progress.NOT_STARTED:
        step = f"write {unfinished.name} in {result.path}, then `grade {result.exercise.id}`"
        begun = any(task.status is not Progress.NOT_STARTED for task in result.tasks)
        return step if begun else f"`grade show {result.exercise.id}` is the lesson; {step}"
    return f"`grade hint {result.exercise.id} {unfinished.name}` if you are stuck"
