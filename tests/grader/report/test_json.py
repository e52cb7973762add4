"""The report as JSON, which classrooms script against."""

import json

import pytest

from grader.model import Diagnosis, Planes, Progress, Status
from grader.report.json import render

HOSTILE = "\x1b[31mred\x1b[0m \x1b]0;title\x07\u202eevil\u2028\x9b\0\ud800 end"


def test_report_is_the_object_that_is_documented(make):
    """Every key of the schema with its type, and no other."""
    wrong = make.check(
        status=Status.FAILED,
        message="the result is 4, expected 5",
        call="pool(X)",
        diagnosis=Diagnosis("no-overlap", "Windows do not overlap.", "How far apart are they?"),
        planes=Planes("the result", ((5.0,),), ((4.0,),)),
        stdout="here\n",
        line=42,
    )
    right = make.check(status=Status.PASSED, id="pool/size", title="Sizes.", duration=0.25)
    result = make.result(make.task(wrong, right))

    assert json.loads(render(make.report(result))) == {
        "schema": 1,
        "score": 10,
        "max_score": 20,
        "seed": 123456,
        "device": "cpu",
        "isolation": "strict",
        "duration": 1.25,
        "environment": {
            "grader": "1.0", "python": "3.11.7", "torch": "2.13.0", "platform": "linux-x86_64",
        },
        "exercises": [
            {
                "id": "exercise7",
                "stem": "exercise07_pooling",
                "title": "Pooling",
                "submission": {"path": "exercises/pooling.py", "sha256": "f00d"},
                "status": "failed",
                "score": 10,
                "max_score": 20,
                "error": None,
                "tasks": [
                    {
                        "name": "pool",
                        "status": "failed",
                        "score": 10,
                        "max_score": 20,
                        "checks": [
                            {
                                "id": "pool/overlap",
                                "title": "Windows overlap.",
                                "status": "failed",
                                "score": 0,
                                "max_score": 10,
                                "duration": 0.004,
                                "message": "the result is 4, expected 5",
                                "diagnosis": {
                                    "id": "no-overlap",
                                    "hint": "How far apart are they?",
                                },
                                "stdout": "here\n",
                                "file": "exercises/pooling.py",
                                "line": 42,
                            },
                            {
                                "id": "pool/size",
                                "title": "Sizes.",
                                "status": "passed",
                                "score": 10,
                                "max_score": 10,
                                "duration": 0.25,
                                "message": "",
                                "diagnosis": None,
                                "stdout": "",
                                "file": "exercises/pooling.py",
                                "line": None,
                            },
                        ],
                    }
                ],
            }
        ],
    }  # fmt: skip


def test_file_that_cannot_be_imported_has_its_error(make):
    """Status `error`, 0 points, and a sentence; its tasks have no checks."""
    result = make.result(
        make.task(), status=Progress.ERROR, error="pooling.py, line 3: SyntaxError", max_score=100
    )

    (exercise,) = json.loads(render(make.report(result)))["exercises"]

    assert (exercise["status"], exercise["score"]) == ("error", 0)
    assert exercise["error"] == "pooling.py, line 3: SyntaxError"
    assert exercise["tasks"][0]["checks"] == []


@pytest.mark.parametrize("status", Status)
def test_status_of_a_check_is_a_documented_word(failing, status):
    """The words are what scripts compare with."""
    data = json.loads(render(failing(status=status)))

    documented = "passed|failed|error|timeout|crashed|memory|forbidden|not_implemented|skipped"
    assert data["exercises"][0]["tasks"][0]["checks"][0]["status"] in documented.split("|")


@pytest.mark.parametrize("status", Progress)
def test_status_of_an_exercise_is_a_documented_word(make, status):
    """So are these."""
    report = make.report(make.result(make.task(status=status), status=status))

    (exercise,) = json.loads(render(report))["exercises"]

    documented = ["passed", "failed", "not_started", "error"]
    assert {exercise["status"], exercise["tasks"][0]["status"]} <= set(documented)


def test_scores_are_added_over_exercises(make):
    """The total at the top is over all of them; all are integers."""
    right = make.result(make.task(make.check(status=Status.PASSED)))
    wrong = make.result(make.task(make.check()))

    data = json.loads(render(make.report(right, wrong, right)))

    assert (data["score"], data["max_score"]) == (20, 30)
    assert {type(exercise["score"]) for exercise in data["exercises"]} == {int}


def test_output_is_one_object_on_lines_and_nothing_else(failing):
    """A person can read it, and a stream of reports can be told apart."""
    text = render(failing())

    assert text.startswith('{\n "schema": 1,\n')
    assert text.endswith("\n}\n")


def test_what_student_code_wrote_has_no_control_characters_left(make):
    """Decoded by any reader, nothing in it acts on a terminal; and it can always be encoded."""
    check = make.check(message=HOSTILE, stdout=HOSTILE)
    result = make.result(make.task(check), error=HOSTILE)

    text = render(make.report(result))

    (exercise,) = json.loads(text)["exercises"]
    told = exercise["tasks"][0]["checks"][0]
    assert [told["message"], told["stdout"], exercise["error"]] == ["red evil end"] * 3
    assert text.encode("utf-8")


def test_line_of_json_is_no_order_to_the_ci(failing):
    """GitHub's runner finds the older form of its commands anywhere in a line."""
    text = render(failing(message="##[add-mask]a", stdout="##[error]not from us"))

    assert "##[" not in text
