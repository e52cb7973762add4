"""What a judge makes of whole submissions, run as their users would."""

import pytest

from grader import course, grade
from grader.grade import Settings
from grader.sandbox.session import open_session

(EXERCISE,) = course.find(["exercise3"])
FAR_AWAY = "abs(size - usual) >= s"


@pytest.fixture(scope="module")
def session():
    """The best sandbox there is."""
    with open_session("auto") as opened:
        yield opened


@pytest.mark.parametrize(
    ("test", "names"),
    [
        # It refuses what a layer does that takes the wrong stride, and whatever is two pixels away.
        ("size != usual", {"output-size-must-be-the-default"}),
        ("size not in (usual, usual + s - 1)", {"output-size-smaller-refused"}),
        ("abs(size - usual) > 1", {"output-size-one-away-only"}),
        ("abs(size - usual) > s", {"output-size-a-whole-stride-away"}),
    ],
)
def test_whoever_refuses_too_much_is_told_no_mistake_of_others(session, tmp_path, test, names):
    """What the same errors come from is seen where the code does right."""
    text = EXERCISE.solution.read_text("utf-8")
    assert FAR_AWAY in text
    path = tmp_path / EXERCISE.file_name
    path.write_text(text.replace(FAR_AWAY, test), "utf-8")

    result = grade.grade_file(EXERCISE, path, Settings(seed=1, tasks=("MaxUnpool2d",)), session)

    checks = [check for task in result.tasks for check in task.checks]
    assert any(check.score < check.max_score for check in checks)
    assert {check.diagnosis.id for check in checks if check.diagnosis} == names
