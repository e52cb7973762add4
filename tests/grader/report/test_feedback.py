"""How much of a hidden suite a report reveals."""

import pytest

from grader.model import Diagnosis, Planes, Progress, Status
from grader.report.feedback import FULL, HINTS, SCORE, redacted

SECRET = "EXPECTED VALUES"
DIAGNOSIS = Diagnosis("no-overlap", "Windows do not overlap.", "How far apart are they?")


@pytest.fixture
def report(make):
    """A report of a failed and a passed check that tells much."""
    telling = {
        "message": SECRET, "call": f"pool({SECRET})", "stdout": SECRET,
        "planes": Planes(SECRET, ((5.0,),), ((4.0,),)), "diagnosis": DIAGNOSIS, "line": 42,
    }  # fmt: skip
    failed = make.check(**telling)
    passed = make.check("Sizes.", Status.PASSED, id="pool/size")
    return make.report(make.result(make.task(failed, passed)))


def checks_of(report):
    """The checks of the only task."""
    return report.exercises[0].tasks[0].checks


def test_full_feedback_hides_nothing(report):
    """The student's own workspace: everything is told."""
    assert redacted(report, FULL) == report


def test_hints_keep_the_kind_of_mistake_and_hide_inputs_and_values(report):
    """Which check failed, where, and why perhaps; not with which numbers."""
    failed, passed = checks_of(redacted(report, HINTS))

    assert SECRET not in repr(failed)
    assert (failed.id, failed.title, failed.line) == ("pool/overlap", "Windows overlap.", 42)
    assert failed.diagnosis == DIAGNOSIS
    assert passed == checks_of(report)[1]


@pytest.mark.parametrize("status", [Status.TIMEOUT, Status.MEMORY, Status.CRASHED])
def test_hints_keep_what_the_code_did_by_itself(make, status):
    """That it looped or crashed tells nothing of the inputs, and nobody could go on without it."""
    check = make.check(status=status, message="it was still running", call=SECRET, stdout=SECRET)
    (shown,) = checks_of(redacted(make.report(make.result(make.task(check))), HINTS))

    assert shown.message == "it was still running"
    assert SECRET not in repr(shown)


def test_scores_keep_the_points_and_hide_what_is_checked(report):
    """Neither titles nor ids of checks, of failed ones or of passed ones."""
    checks = checks_of(redacted(report, SCORE))

    assert not any(
        word in repr(checks) for word in (SECRET, "overlap", "Sizes", "size", "42", "apart")
    )
    assert {check.title for check in checks} == {"pool"}


@pytest.mark.parametrize("feedback", [FULL, HINTS, SCORE])
def test_points_and_statuses_are_never_hidden(report, feedback):
    """What a report counts does not depend on what it tells."""
    shown = redacted(report, feedback)

    assert (shown.score, shown.max_score) == (10, 20)
    assert [check.status for check in checks_of(shown)] == [Status.FAILED, Status.PASSED]
    assert shown.exercises[0].tasks[0].status is Progress.FAILED


@pytest.mark.parametrize("feedback", [FULL, HINTS, SCORE])
def test_why_a_file_cannot_be_imported_is_never_hidden(make, feedback):
    """It says nothing of the suite, and without it nobody could go on."""
    report = make.report(make.result(make.task(), status=Progress.ERROR, error="line 3"))

    assert redacted(report, feedback).exercises[0].error == "line 3"
