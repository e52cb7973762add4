"""How a check ended that did not pass: its status, and a sentence for the student."""

import difflib
from dataclasses import dataclass

from grader.checks.experiment import CheckFailed
from grader.examinee import Examinee
from grader.model import Status
from grader.sandbox.failure import Garbled
from grader.sandbox.remote import ForbiddenOperator, ImportFailed, WorkerLost

# Kinds of failures that are wrong answers; whatever else student code raises is an error.
WRONG_ANSWERS = ("unusable", "mixed devices", "names")


@dataclass(frozen=True)
class Ending:
    """A status and a sentence; `line` where in the submission; `failed` what can be diagnosed."""

    status: Status
    message: str
    line: int | None = None
    failed: CheckFailed | None = None


def ending_of(task: str, error: BaseException, examinee: Examinee) -> Ending | None:
    """The ending that an exception means for a check of `task`; None if it is not the student's."""
    match error:
        case CheckFailed():
            return _of_failed_check(task, error, examinee)
        case ForbiddenOperator(operator=name, line=line):
            place = f", line {line}," if line else ""
            sentence = f"the call of {name}{place} is forbidden here: it does your work"
            return Ending(Status.FORBIDDEN, sentence, line)
        case WorkerLost():
            loop = examinee.loop_around(error.line) if error.line is not None else None
            place = f"; it was in the loop of line {loop}" if loop is not None else ""
            return Ending(Status(error.status), f"it {error.message}{place}", loop or error.line)
        case ImportFailed():
            return Ending(Status.ERROR, f"the file could not be imported again: {error}")
        case Garbled():
            return Ending(Status.CRASHED, f"it sent no proper answer: {error}")
        case AssertionError():
            return Ending(Status.FAILED, str(error) or "an assertion of the suite failed")
    return None


def _of_failed_check(task: str, error: CheckFailed, examinee: Examinee) -> Ending:
    failure = error.outcome.failure
    if failure is None:
        return Ending(Status.FAILED, error.message, failed=error)
    if failure.kind == "missing":
        return Ending(Status.ERROR, _missing(task, examinee))
    if failure.kind == "not implemented":
        return Ending(Status.NOT_IMPLEMENTED, f"{task} is not written yet", failure.line)
    if failure.kind == "memory":
        limit = f"it used more than {examinee.job.limits.memory_mb:,} MB of memory"
        return Ending(Status.MEMORY, limit, failure.line)
    status = Status.FAILED if failure.kind in WRONG_ANSWERS else Status.ERROR
    return Ending(status, error.message, failure.line, error)


def _missing(task: str, examinee: Examinee) -> str:
    names = [name for name in examinee.defined_names() if name != task]
    close = difflib.get_close_matches(task, names, n=1)
    guess = f"; is it {close[0]} that should be called so?" if close else ""
    return f"{examinee.job.exercise.file_name} does not define {task}{guess}"
