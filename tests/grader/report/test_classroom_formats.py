"""junit, gradescope, github, classroom50 and markdown: what other programs read."""

import base64
import json
from xml.etree import ElementTree

import pytest

from grader.model import Diagnosis, Progress, Status
from grader.report import FORMATS, classroom50, github, gradescope, junit, markdown

EVIL = "\x1b[31m::error::x\n##[set-env]<b>&`|*@everyone*|`]]>\0\u202e"


@pytest.fixture
def graded(make):
    """One failure with a diagnosis, one crash, one pass, one task that is not begun."""
    wrong = make.check(
        message="the result is 4, expected 5",
        diagnosis=Diagnosis("no-overlap", "Windows do not overlap.", "How far apart are they?"),
        stdout="printed\n",
        line=42,
    )
    crash = make.check(status=Status.CRASHED, id="pool/crash", message="it crashed")
    right = make.check(status=Status.PASSED, id="pool/size", title="Sizes.")
    stub = make.check(status=Status.NOT_IMPLEMENTED, id="unpool/x", task="unpool")
    begun = make.task(wrong, crash, right)
    untouched = make.task(stub, name="unpool", status=Progress.NOT_STARTED)
    return make.report(make.result(begun, untouched))


@pytest.fixture
def hostile(make):
    """Everything a student can write, written to do harm."""
    check = make.check(message=EVIL, stdout=EVIL, call=EVIL, title=EVIL)
    broken = make.result(status=Progress.ERROR, error=EVIL, stdout=EVIL)
    return make.report(make.result(make.task(check)), broken)


@pytest.fixture
def broken(make):
    """A file that cannot be imported."""
    return make.report(make.result(status=Progress.ERROR, error="line 1: SyntaxError", score=0))


def test_junit_is_a_suite_an_exercise_and_a_case_a_check(graded):
    """Counts add up, the task is the class, the body holds the whole story."""
    root = ElementTree.fromstring(junit.render(graded))
    suite = root.find("testsuite")
    cases = suite.findall("testcase")

    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "2", "1")
    assert root.get("tests") == "4"
    assert [case.get("classname") for case in cases] == ["exercise7.pool"] * 3 + [
        "exercise7.unpool"
    ]
    assert len({case.get("name") for case in cases}) == 4
    assert cases[0].get("line") == "42"
    assert "How far apart are they?" in cases[0].find("failure").text
    assert cases[0].find("system-out").text == "printed\n"
    assert cases[2].find("failure") is None


def test_junit_of_a_file_that_cannot_be_imported_has_one_error(broken):
    """A reader that counts errors must not take it for an empty, green suite."""
    suite = ElementTree.fromstring(junit.render(broken)).find("testsuite")

    assert (suite.get("tests"), suite.get("errors")) == ("1", "1")


def test_gradescope_gets_a_score_and_a_test_a_check(graded):
    """Points are those of the report; a test passes or fails and says why."""
    result = json.loads(gradescope.render(graded))

    assert result["score"] == graded.score
    assert [test["status"] for test in result["tests"]] == ["failed", "failed", "passed", "failed"]
    assert sum(test["score"] for test in result["tests"]) == graded.score
    assert "expected 5" in result["tests"][0]["output"]


def test_gradescope_says_why_a_file_cannot_be_imported(broken):
    """Without tests, the text for the whole submission is all a student sees."""
    result = json.loads(gradescope.render(broken))

    assert (result["score"], result["tests"]) == (0, [])
    assert "SyntaxError" in result["output"]


def test_classroom50_points_are_integers_that_add_up(graded, monkeypatch):
    """The schema wants sums; what identifies the submission comes from the job."""
    monkeypatch.setenv("CLASSROOM", "cs1")
    monkeypatch.setenv("USERNAME", "alice")
    monkeypatch.delenv("OWNER", raising=False)

    result = json.loads(classroom50.render(graded))

    assert result["schema"] == "classroom50/result/v1"
    assert (result["classroom"], result["owner"]) == ("cs1", "alice")
    assert result["score"] == sum(test["score"] for test in result["tests"])
    assert result["max-score"] == sum(test["max-score"] for test in result["tests"])
    assert all(type(test["score"]) is int for test in result["tests"])


def annotations(text):
    """The workflow commands before commands are stopped."""
    return text.partition("::stop-commands::")[0].splitlines()


def test_github_annotates_failures_and_stops_commands_around_the_rest(graded):
    """What is not begun is no error; the token that ends the stop cannot be guessed."""
    first, second = github.render(graded), github.render(graded)
    lines = annotations(first)
    token = first.partition("::stop-commands::")[2].splitlines()[0]

    assert len(lines) == 2
    assert lines[0].startswith("::error file=exercises/pooling.py,line=42,title=pool%3A Windows")
    assert first.rstrip().endswith(f"::{token}::")
    assert token not in second


def test_github_shows_ten_errors_at_most_and_different_tasks_first(make):
    """GitHub drops what is over ten: the first failure of each task must be among them."""
    tasks = [
        make.task(*(make.check(id=f"t{n}/{i}", task=f"t{n}") for i in range(8)), name=f"t{n}")
        for n in range(3)
    ]

    lines = annotations(github.render(make.report(make.result(*tasks))))

    assert len(lines) == 10
    assert [line.partition("title=")[2][:2] for line in lines[:3]] == ["t0", "t1", "t2"]


def test_the_two_totals_of_the_classroom_reporter_agree(graded):
    """It adds up scores in one place and counts passed tests in another."""
    fields = dict(line.split("=", 1) for line in github.outputs(graded).splitlines())
    result = json.loads(base64.b64decode(fields["result"]))
    passed = sum(test["status"] == "pass" for test in result["tests"])

    by_count = passed / len(result["tests"]) * result["max_score"]
    assert by_count == sum(test["score"] for test in result["tests"])
    assert (fields["score"], fields["max_score"]) == (str(graded.score), str(graded.max_score))


def test_github_files_are_appended_to(graded, tmp_path, monkeypatch):
    """Other steps write to them as well."""
    for variable in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        (tmp_path / variable).write_text("before\n")
        monkeypatch.setenv(variable, str(tmp_path / variable))

    github.tell_step(graded)

    assert (tmp_path / "GITHUB_OUTPUT").read_text().startswith("before\nscore=")
    assert "## exercise7" in (tmp_path / "GITHUB_STEP_SUMMARY").read_text()


def test_a_summary_that_is_too_long_is_replaced(make):
    """Over a mebibyte, GitHub shows nothing at all."""
    long = make.check(message="x" * (1 << 20))

    assert len(github.step_summary(make.report(make.result(make.task(long))))) < 1000


def test_a_code_block_cannot_be_ended_from_inside():
    """However many backticks a student prints, the fence is longer."""
    text = markdown.fenced("a\n````\nb")

    assert text.splitlines()[0] == "`````text"
    assert text.splitlines()[-1] == "`````"


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"terminal"}))
def test_nothing_that_a_student_writes_gets_through(name, hostile):
    """No escape sequence, no control or direction sign, no command of a CI job."""
    text = FORMATS[name](hostile)
    lines = annotations(text) if name == "github" else text.splitlines()

    assert not any(sign in text for sign in ("\x1b", "\0", "\u202e", "##["))
    own = [line for line in lines if line.lstrip().startswith("::")]
    assert all(line.startswith("::error file=") for line in own)
    assert name == "github" or own == []


def test_hostile_text_leaves_xml_and_json_well_formed(hostile):
    """A reader gets the text as text."""
    root = ElementTree.fromstring(junit.render(hostile))

    assert "<b>&" in root.find(".//failure").text
    assert "<b>&" in json.loads(gradescope.render(hostile))["tests"][0]["output"]


def test_markdown_of_a_hostile_title_is_text(hostile):
    """No markup, no table cell, no mention outside of a code block."""
    outside = markdown.render(hostile).split("```")[::2]

    assert not any("<b>" in part or " @everyone" in part for part in outside)
