"""How much of a hidden suite a report reveals.

`full` shows everything; `hints` leaves out inputs, values and pictures but keeps what kind of
mistake it was; `score` keeps the points alone.
"""

from dataclasses import replace

from grader.model import CheckResult, Report, Status

# Endings that are told by what the student's code did, and not by what it was given.
OF_THE_CODE_ALONE = {
    Status.TIMEOUT, Status.MEMORY, Status.CRASHED, Status.FORBIDDEN, Status.NOT_IMPLEMENTED,
}  # fmt: skip
FULL, HINTS, SCORE = "full", "hints", "score"


def redacted(report: Report, feedback: str) -> Report:
    """The report with no more in it than `feedback` allows."""
    if feedback == FULL:
        return report
    exercises = tuple(
        replace(
            result,
            tasks=tuple(
                replace(task, checks=tuple(_redacted(check, feedback) for check in task.checks))
                for task in result.tasks
            ),
        )
        for result in report.exercises
    )
    return replace(report, exercises=exercises)


def _redacted(check: CheckResult, feedback: str) -> CheckResult:
    if check.status is Status.PASSED and feedback == HINTS:
        return check
    message = check.message if feedback == HINTS and check.status in OF_THE_CODE_ALONE else ""
    check = replace(check, message=message, call="", planes=None, stdout="")
    if feedback == HINTS:
        return check
    number = check.id.rpartition("/")[0]
    return replace(check, id=number, title=check.task, diagnosis=None, line=None)
