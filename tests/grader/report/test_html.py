"""The report as HTML: whole, harmless, and readable by everybody."""

import math
import subprocess
import sys

import pytest

from grader.model import Diagnosis, Planes, Progress, Status
from grader.report.feedback import HINTS, SCORE, redacted
from grader.report.html import WORDS, render

EVIL = (
    "\x1b[31m\u202e<script>alert(1)</script><img src=x onerror=alert(1)>\"'&</style>--><!--{{7*7}}"
)
PLANES = Planes("the result", ((1.0, 5.0), (3.0, 0.25)), ((1.0, math.nan), (-math.inf, 0.5)))
IDEA = Diagnosis("no-overlap", "Windows do not overlap.", "How far apart are they? See `stride`.")


@pytest.fixture
def graded(make):
    """Two exercises with an ending of every kind."""
    endings = [
        make.check(f"It ended as {status}.", status, id=f"pool/{status}", message=f"it {status}")
        for status in Status
    ]
    wrong = make.check(
        "A `wide` image.",
        call="pool(float32 (2, 2))",
        message="the result at [0, 1] is nan, expected 5",
        planes=PLANES,
        diagnosis=IDEA,
        stdout="here\nthere\n",
        line=42,
    )
    stub = make.check(status=Status.NOT_IMPLEMENTED, id="unpool/x", task="unpool")
    begun = make.task(wrong, *endings)
    untouched = make.task(stub, name="unpool", status=Progress.NOT_STARTED)
    broken = make.result(
        make.task(name="corr2d"), status=Progress.ERROR, score=0, max_score=100, stdout="before",
        error="corr2d.py, line 3: SyntaxError", exercise={"number": 1, "title": "By hand"},
    )  # fmt: skip
    return make.report(make.result(begun, untouched), broken)


def cards(root):
    """What is told of each failing check, or of a file that cannot be imported."""
    return [e for e in root if "failed" in e.attributes.get("class", "").split() and "card" in
            e.attributes["class"].split()]  # fmt: skip


def test_everything_about_a_failure_is_there(page, graded):
    """Score, title, call, message, line, misconception, hint, output, and what to do next."""
    text = page(render(graded)).text

    for told in (
        "exercise7 · Pooling", "A wide image", "pool(float32 (2, 2))", "nan, expected 5",
        "pooling.py, line 42", "Windows do not overlap.", "How far apart are they? See stride.",
        "here\nthere", "If you are stuck: grade hint exercise7 pool", "SyntaxError", "before",
        "--seed 123456",
        "mend exercises/pooling.py, then grade exercise1 again",
    ):  # fmt: skip
        assert told in text


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.PASSED, Status.SKIPPED)])
def test_whatever_ended_badly_is_open_and_named(page, failing, status):
    """How it ended is a word, and not only a colour."""
    (card,) = cards(page(render(failing(status=status, message="it went wrong"))))

    assert "open" in card.attributes
    assert WORDS[status] in card.text
    assert "it went wrong" in card.text


@pytest.mark.parametrize("status", [Status.PASSED, Status.SKIPPED])
def test_what_did_not_fail_is_folded_away(page, failing, status):
    """It is there for who wants to see what was looked at."""
    root = page(render(failing(status=status)))
    (rest,) = root.all("details")

    assert "open" not in rest.attributes
    assert f"1 check {status}" in rest.text
    assert "Windows overlap" in rest.text
    assert cards(root) == []


def test_task_that_is_not_begun_has_not_failed(page, make):
    """Its checks are listed as something to come."""
    stub = make.check(status=Status.NOT_IMPLEMENTED, message="pool is not written yet")
    root = page(render(make.report(make.result(make.task(stub, status=Progress.NOT_STARTED)))))

    assert cards(root) == []
    assert "1 check to come" in root.text


def test_planes_are_pictures_and_tables(page, failing):
    """Expected, yours and difference, twice; what differs is underlined, or has a word."""
    (card,) = cards(page(render(failing(planes=PLANES))))
    pictures, tables = card.all("svg"), card.all("table")

    assert [e.all("title")[0].text.partition(":")[0] for e in pictures] == [
        "expected", "yours", "difference",
    ]  # fmt: skip
    cells = [[cell.text for cell in table.all("td")[1:]] for table in tables]
    assert cells == [
        ["1", "5", "3", "0.25"],
        ["1", "nan* differs", "-inf* differs", "0.5* differs"],
        ["·", "nan", "-inf", "0.25"],
    ]
    assert [len(picture.all("path")) for picture in pictures] == [0, 3, 0]
    assert [len(table.all("th")) for table in tables] == [4, 4, 4]


def test_each_number_is_told_on_hover(page, failing):
    """With its index, and what should be there."""
    (card,) = cards(page(render(failing(planes=PLANES))))
    hovering = [title.text for title in card.all("svg")[1].all("title")[1:]]

    assert hovering == [
        "[0, 0] 1", "[0, 1] nan, expected 5", "[1, 0] -inf, expected 3", "[1, 1] 0.5, expected 0.25"
    ]  # fmt: skip


def test_wide_picture_can_be_scrolled_with_the_keyboard(page, failing):
    """A narrow one is no stop on the way through the page."""
    wide = page(render(failing(planes=Planes("x", ((1.0,) * 12,), ((2.0,) * 12,)))))
    narrow = page(render(failing(planes=PLANES)))

    assert len(wide.all("div", class_="scroll", tabindex="0")) == 6
    assert narrow.all("div", class_="scroll", tabindex="0") == []


def test_hint_is_given_once_and_pointed_to(page, make):
    """Ten checks that fail for one reason are one thing to learn."""
    checks = [make.check(message=f"wrong {i}", diagnosis=IDEA) for i in range(3)]
    first, *others = cards(page(render(make.report(make.result(make.task(*checks))))))

    assert "How far apart" in first.text
    for other in others:
        assert "How far apart" not in other.text
        assert [a.attributes["href"] for a in other.all("a")] == [f"#{first.attributes['id']}"]


def test_checks_that_failed_alike_are_one_failure(page, make):
    """Unless there is a picture to show, or nothing that is known about them."""
    alike = [make.check(f"Check {i}.", message="it raised") for i in range(3)]
    drawn = [make.check(f"Drawn {i}.", message="it is 1", planes=PLANES) for i in range(2)]
    silent = [make.check(f"Silent {i}.") for i in range(2)]
    found = cards(page(render(make.report(make.result(make.task(*alike, *drawn, *silent))))))

    assert [card.all("h3")[0].text for card in found] == [
        "Check 0", "Drawn 0", "Drawn 1", "Silent 0", "Silent 1",
    ]  # fmt: skip
    assert [item.text.split(" 0 of")[0] for item in found[0].all("li")] == ["Check 1", "Check 2"]


def everything(make, written):
    """A report in which a student wrote everything that can be written by one."""
    check = make.check(
        title=written, call=written, message=written, stdout=written,
        planes=Planes(written, PLANES.expected, PLANES.actual),
        diagnosis=Diagnosis(written, written, written),
    )  # fmt: skip
    skipped = make.check(status=Status.SKIPPED, title=written, message=written)
    broken = make.result(status=Progress.ERROR, error=written, stdout=written, path=written)
    return make.report(make.result(make.task(check, skipped), path=written), broken)


def outline(root):
    """Every element with the names of its attributes, in order."""
    return [(e.tag, sorted(e.attributes)) for e in root]


def test_nothing_that_a_student_writes_is_markup(page, make):
    """The page has the same elements as for harmless words; the signs are shown as they are."""
    hostile, harmless = render(everything(make, EVIL)), render(everything(make, "words"))

    assert outline(page(hostile)) == outline(page(harmless))
    assert "<script>alert(1)</script>" in page(hostile).text
    assert "{{7*7}}" in page(hostile).text


def test_no_control_character_is_left(make):
    """What turns the direction of reading is shown as a number."""
    text = render(everything(make, EVIL + "\0\x07\u2066\u200f\ud800"))

    assert not {c for c in text if not (c.isprintable() or c == "\n")}
    assert "&lt;U+202E&gt;" in text
    assert "[31m" not in text


def test_backticks_of_a_student_make_code_and_nothing_else(page, make):
    """`<b>` between them stays text."""
    root = page(render(everything(make, "`<b>x</b>`")))

    assert root.all("b") == []


def test_size_is_bounded_whatever_a_student_writes(make):
    """A flood in every field of thirty checks is cut, and says so."""
    flood = make.check(
        message="<" * 1_000_000, stdout="&" * 65_536, call="'" * 100_000, title="x" * 9_999
    )
    tasks = [make.task(*[flood] * 10) for _ in range(3)]
    text = render(make.report(make.result(*tasks, path="y" * 100_000)))

    assert len(text) < 2_000_000
    assert "characters more" in text


def test_largest_pictures_stay_small(make):
    """Thirty failures of the largest planes that are drawn."""
    plane = tuple(tuple(-1.2345e10 * (i + j) for i in range(12)) for j in range(12))
    other = tuple(tuple(1 / (value or 1) for value in row) for row in plane)
    check = make.check(planes=Planes("the result", plane, other))

    assert len(render(make.report(make.result(make.task(*[check] * 30))))) < 3_500_000


@pytest.mark.parametrize("feedback", [HINTS, SCORE])
def test_less_feedback_is_a_smaller_page(page, graded, feedback):
    """No value, no picture, and with `score` no hint; nothing is an empty box."""
    root = page(render(redacted(graded, feedback)))

    assert root.all("svg") == []
    assert "expected 5" not in root.text
    assert ("How far apart" in root.text) == (feedback == HINTS)
    assert all(one.text.strip() for one in root if one.tag in ("p", "code", "pre", "ul"))


def test_one_exercise_is_not_listed_twice(page, make):
    """Its title is the page's; several are listed with links."""
    alone = page(render(make.report(make.result(make.task(make.check())))))
    several = page(render(make.report(*[make.result(make.task(make.check()))] * 3)))

    assert alone.all("nav") == []
    assert alone.all("h1")[0].text == "Pooling"
    assert len(several.all("nav")[0].all("a")) == 3


def test_report_of_nothing_is_a_page(page, make):
    """No exercise, no points."""
    assert "0 of 0 points" in page(render(make.report())).text


def test_other_reports_do_not_wait_for_the_templates():
    """jinja2 is imported when a page is drawn."""
    script = "import sys, grader.report; assert 'jinja2' not in sys.modules"

    assert subprocess.run([sys.executable, "-c", script]).returncode == 0
