"""The report for a person at a terminal, at a fixed width and without colour."""

import re

import pytest
from rich.cells import cell_len

from grader.model import Diagnosis, Planes, Progress, Status
from grader.report.terminal import OUTPUT_LINES, render, summary

WHOLE = """\
exercise7 · Pooling                                                     20 of 60
  ✗ pool                          10 of 40
  ✓ mean                          10 of 10
  · unpool                         0 of 10   not written yet

✗ pool: Windows overlap (−10)
    pool(float32 (3, 3), stride=1)
    the result at [1] is 4, expected 5

    expected    yours    difference
    1 5         1  4*     · -1

    Looks like: Windows do not overlap.
    Hint: How far apart are they?
    it printed:
      here
      there

✗ pool: Windows at the border (−10)
    it raised IndexError: index 3 is out of bounds
    The same in:
      Windows in a corner (−10)

Next: `grade hint exercise7 pool` if you are stuck

1.2 s on cpu, isolation strict; repeat exactly with --seed 123456
"""


def test_report_tells_the_first_failure_in_full_and_the_others_briefly(make):
    """Scores at a glance, then what went wrong, then one thing to do next."""
    first = make.check(
        call="pool(float32 (3, 3), stride=1)",
        message="the result at [1] is 4, expected 5",
        planes=Planes("the result", ((1.0, 5.0),), ((1.0, 4.0),)),
        diagnosis=Diagnosis("no-overlap", "Windows do not overlap.", "How far apart are they?"),
        stdout="here\nthere\n",
    )
    raised = {
        "status": Status.ERROR, "message": "it raised IndexError: index 3 is out of bounds",
        "call": "hidden", "stdout": "hidden", "planes": first.planes,
    }  # fmt: skip
    result = make.result(
        make.task(
            first,
            make.check("Windows at the border.", **raised),
            make.check("Sizes.", Status.PASSED),
            make.check("Windows in a corner.", **raised),
        ),
        make.task(make.check(status=Status.PASSED), name="mean", status=Progress.PASSED),
        make.task(
            make.check(status=Status.NOT_IMPLEMENTED), name="unpool", status=Progress.NOT_STARTED
        ),
    )

    assert render(make.report(result)) == WHOLE


def test_a_long_title_goes_on_under_its_beginning(make):
    """Titles stand out by their marks, which stand alone at the left."""
    title = "The stage halves height and width once, odd ones too, with or without channels."
    alike = [make.check(title, message="it is wrong"), make.check(title, message="it is wrong")]

    lines = render(make.report(make.result(make.task(*alike)))).split("\n")

    assert "✗ pool: The stage halves height and width once, odd ones too, with or without" in lines
    assert "  channels (−10)" in lines
    assert "      The stage halves height and width once, odd ones too, with or without" in lines
    assert "      channels (−10)" in lines


@pytest.mark.parametrize("length", range(40, 60))
def test_a_shape_is_on_one_line(make, length):
    """In a call and in a sentence, wherever the line ends."""
    words = "x" * length
    check = make.check(call=f"pool({words}, float32 (24, 16, 3))", message=f"{words} is (24, 3, 5)")

    text = render(make.report(make.result(make.task(check))))

    assert "(24, 16, 3)" in text
    assert "(24, 3, 5)" in text


def test_a_picture_says_which_plane_of_several_it_shows(make):
    """An image has several channels."""
    planes = Planes("the result[0, 2]", ((1.0, 5.0),), ((1.0, 4.0),))

    text = render(make.report(make.result(make.task(make.check(planes=planes)))))

    assert "\n\n    the result[0, 2]:\n    expected " in text


def test_file_that_cannot_be_imported_is_told_instead_of_its_tasks(make):
    """What is wrong with it, what it printed before, and where to mend it."""
    result = make.result(
        make.task(make.check()), status=Progress.ERROR, score=0, max_score=100,
        error="pooling.py, line 3: SyntaxError: invalid syntax\n    def pool(X)",
        stdout="half a line",
    )  # fmt: skip

    text = render(make.report(result))

    assert "0 of 100\n    The file cannot be imported.\n    pooling.py, line 3: " in text
    assert "\n        def pool(X)\n" in text
    assert "half a line" in text
    assert "Next: mend exercises/pooling.py" in text
    assert "Windows overlap" not in text


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.PASSED, Status.SKIPPED)])
def test_whatever_ended_a_check_badly_is_told(failing, status):
    """With its title, its loss and its message."""
    text = render(failing(status=status, message="it went wrong"))

    assert "✗ pool: Windows overlap (−10)\n    it went wrong\n" in text


@pytest.mark.parametrize("status", [Status.PASSED, Status.SKIPPED])
def test_what_did_not_fail_is_not_told(failing, status):
    """Nobody reads through what is right to find what is wrong."""
    text = render(failing(status=status, message="nobody reads this"))

    assert "Windows overlap" not in text


def test_unwritten_task_is_no_failure(make):
    """A mark and a word beside its score are enough."""
    check = make.check(status=Status.NOT_IMPLEMENTED, message="pool is not written yet")

    text = render(make.report(make.result(make.task(check, status=Progress.NOT_STARTED))))

    assert "  · pool                           0 of 10   not written yet\n" in text
    assert "Windows overlap" not in text


def test_misconception_is_told_once(make):
    """Ten checks that fail for one reason are one thing to learn."""
    diagnosis = Diagnosis("no-overlap", "Windows do not overlap.", "How far apart are they?")
    checks = [make.check(message=f"wrong {i}", diagnosis=diagnosis) for i in range(3)]

    text = render(make.report(make.result(make.task(*checks))))

    assert text.count("Windows do not overlap.") == text.count("How far apart are they?") == 1
    assert text.count("wrong ") == 3


@pytest.mark.parametrize(("lines", "shown"), [(1, 1), (OUTPUT_LINES, OUTPUT_LINES), (1000, 12)])
def test_long_output_is_cut(failing, lines, shown):
    """A flood of output does not bury the report; how much is missing is told."""
    text = render(failing(stdout="".join(f"<{i}>\n" for i in range(lines))))

    assert len(re.findall(r"<\d+>", text)) == shown
    assert (f"… and {lines - shown} more" in text) == (lines > shown)


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (Progress.FAILED, None, ["grade hint exercise7 pool"]),
        (Progress.NOT_STARTED, None, ["write pool", "exercises/pooling.py", "grade exercise7"]),
        (Progress.FAILED, "line 3", ["mend exercises/pooling.py", "grade exercise7"]),
        (Progress.PASSED, None, ["well done"]),
    ],
)
def test_report_ends_with_one_thing_to_do(make, status, error, words):
    """What, where, and the command that repeats it."""
    result = make.result(make.task(make.check(), status=status), status=status, error=error)

    (step,) = re.findall(r"Next: (.*)", " ".join(render(make.report(result)).split()))

    assert all(word in step for word in words)


@pytest.mark.parametrize("length", range(1, 30))
def test_a_command_is_on_one_line(make, length):
    """Whoever copies it must get it whole, wherever the line ends."""
    task = make.task(make.check(), name="t" * length, status=Progress.FAILED)
    text = render(make.report(make.result(task, status=Progress.FAILED)), width=60)

    assert f"`grade hint exercise7 {'t' * length}`" in text


def test_next_step_is_about_the_first_task_that_is_not_done(make):
    """The tasks of an exercise build on each other."""
    tasks = [
        make.task(name=name, status=status)
        for name, status in (("a", Progress.PASSED), ("b", Progress.FAILED), ("c", Progress.FAILED))
    ]

    assert "grade hint exercise7 b" in render(make.report(make.result(*tasks)))


@pytest.mark.parametrize(
    ("first", "is_told"), [(Progress.NOT_STARTED, True), (Progress.PASSED, False)]
)
def test_whoever_has_not_begun_is_told_of_the_lesson(make, first, is_told):
    """And whoever has begun is spared that."""
    tasks = [make.task(name="a", status=first), make.task(name="b", status=Progress.NOT_STARTED)]

    assert ("`grade show exercise7`" in render(make.report(make.result(*tasks)))) is is_told


def test_after_the_last_exercise_no_other_is_waiting(make):
    """A report knows only what was graded, so it must not promise what may not be there."""
    done = make.result(make.task(status=Progress.PASSED), status=Progress.PASSED)

    assert "exercise8" not in render(make.report(done))


def test_total_is_told_of_several_exercises_only(make):
    """One exercise has its score in its heading."""
    right = make.result(make.task(make.check(status=Status.PASSED), status=Progress.PASSED))
    wrong = make.result(make.task(make.check()))

    assert "\nTotal: 10 of 20 points\n" in render(make.report(right, wrong))
    assert "Total" not in render(make.report(wrong))


def test_report_says_how_to_repeat_it(failing):
    """The draw of inputs depends on the seed alone."""
    assert "--seed 123456\n" in render(failing())


def test_summary_is_a_line_an_exercise(make):
    """For `--quiet`."""
    right = make.result(make.task(make.check(status=Status.PASSED)), exercise={"number": 1})
    wrong = make.result(make.task(make.check()), exercise={"number": 12})

    assert summary(make.report(right, wrong)) == "exercise1 10/10\nexercise12 0/10\n"


# --- width and colour ---

LONG = {
    "words": "a sentence that goes on and on, " * 20,
    "one word": "x" * 500,
    "wide letters": "漢字" * 200,
    "lines": "\n".join("y" * 79 for _ in range(3)),
    "tabs": "a\tb\t" * 60,
    "no break": "a\u00a0" * 300,
    "combining": "e\u0301" * 300,
}


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("width", [60, 80, 100])
def test_nothing_is_wider_than_the_terminal(make, kind, width):
    """Long words, wide letters and tabs are wrapped, wherever they come from."""
    text = LONG[kind]
    check = make.check(
        text, message=text, call=text, stdout=text, diagnosis=Diagnosis("x", text, text),
        planes=Planes("x", ((1e20 / 3,) * 12,), ((2e20 / 3,) * 12,)),
    )  # fmt: skip
    failed = make.result(make.task(check, name="p" * 40), path="in/" + text)
    broken = make.result(error=text, stdout=text, exercise={"title": "A long title " * 9})

    drawn = render(make.report(failed, broken), width=width)

    assert max(map(cell_len, drawn.splitlines())) <= width


@pytest.mark.parametrize(("width", "used"), [(10, 60), (70, 70), (100, 100), (500, 100)])
def test_very_narrow_and_very_wide_terminals_get_a_readable_width(failing, width, used):
    """Text is read best in lines that are neither short nor long."""
    heading = render(failing(), width=width).splitlines()[0]

    assert len(heading) == used


def test_score_stands_beside_a_title_of_any_length(make):
    """A long title is cut; the score of the exercise is what is looked for."""
    result = make.result(make.task(make.check()), exercise={"title": "A long title " * 9})

    first, second, *_ = render(make.report(result)).splitlines()

    assert first.startswith("exercise7 · A long title")
    assert first.endswith(" 0 of 10")
    assert "title" not in second


def test_lines_have_no_spaces_at_their_ends(failing):
    """What is copied out of a terminal or compared with a file has none either."""
    text = render(failing(message="a sentence that goes on and on, " * 20, stdout="x\ny"))

    assert all(line == line.rstrip() for line in text.splitlines())


def test_colour_is_there_only_when_it_is_asked_for(failing):
    """The words are the same with it and without it."""
    report = failing(message="it went wrong")

    plain, coloured = render(report), render(report, color=True)

    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


# --- what student code wrote ---

HOSTILE = "\x1b[2J\x1b]0;title\x07\u202edrow\u2066\u2028\x9b\0\r\x08\ud800"


@pytest.mark.parametrize("field", ["title", "message", "call", "stdout"])
@pytest.mark.parametrize("color", [False, True])
def test_nothing_that_student_code_wrote_acts_on_the_terminal(failing, field, color):
    """No control character, no change of direction, nothing that cannot be encoded."""
    clean = render(failing(**{field: "drow"}), color=color)

    assert render(failing(**{field: HOSTILE}), color=color) == clean
    assert "drow" in clean


def test_nothing_that_a_broken_file_says_acts_on_the_terminal(make):
    """The error of an import is student code's as well, and so is what it printed."""
    text = render(make.report(make.result(error=f"a{HOSTILE}b", stdout=f"a{HOSTILE}b")))

    assert text.count("adrowb") == 2
    assert not set(text) & set(HOSTILE) - set("drow[]2J0;title")


def test_markup_is_shown_as_it_was_written(failing):
    """Brackets and colons are what students' messages are made of."""
    text = render(failing(message="[red]x[/red] :smile: [0] [link=http://x]y[/link] \\["))

    assert "    [red]x[/red] :smile: [0] [link=http://x]y[/link] \\[\n" in text


ORDERS = [
    "::error file=x.py::no",
    "a\n  ::add-mask::a",
    "##[error]no",
    pytest.param(
        "word " * 14 + "::error::no",
    ),
]


@pytest.mark.parametrize("field", ["message", "stdout"])
@pytest.mark.parametrize("order", ORDERS)
def test_line_of_a_report_is_no_order_to_the_ci(failing, field, order):
    """Indentation does not help, and a line that is wrapped begins where nobody planned it."""
    lines = render(failing(**{field: order})).splitlines()

    assert not [line for line in lines if line.lstrip().startswith("::") or "##[" in line]
