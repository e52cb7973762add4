"""The class report: whole, harmless, and readable by everybody."""

import pytest

from grader.batch.model import Change, Unmatched
from grader.batch.report import render
from grader.model import Diagnosis, Status

EVIL = "\x1b[31m\u202e<script>alert(1)</script>\"'&</style>{{7*7}}"
IDEA = Diagnosis("no-overlap", "Windows do not `overlap`.", "How far apart are they?")


def link(entry):
    """Where reports are."""
    return f"reports/{entry.handin.student.key}.html" if entry.report else None


@pytest.fixture
def render_class(page):
    """Renders a class report and reads it."""

    def read(entries, exercises, **more):
        return page(render(entries, exercises, **({"unmatched": (), "link": link} | more)))

    return read


def a_class(make, written="words"):
    """One of each: misconception, crash, import error, nothing, late, unmatched, changed."""
    exercise = make.exercise(tasks=("pool", "unpool"))
    entries = [
        make.graded("a", {"pool": [IDEA, Status.CRASHED], "unpool": [Status.PASSED]},
                    exercise=exercise, name=written + " A", message=written),
        make.entry(make.student("b", written + " B"), 0, exercise, error=written),
        make.entry(make.student("c", written + " C"), None, exercise, why=written, late=True),
    ]  # fmt: skip
    more = {
        "unmatched": [Unmatched(written, written)],
        "changes": [Change("a", exercise.stem, 7, 20), Change("b", exercise.stem, 5, 0)],
    }
    return entries, [exercise], more


def section(root, anchor):
    """The section with this anchor."""
    return root.all("section", id=anchor)[0]


def test_everything_about_a_class_is_there(render_class, make):
    """Figures, points, misconceptions with hints, endings, and what needs a teacher's eye."""
    entries, exercises, more = a_class(make)
    root = render_class(entries, exercises, **more)

    for anchor, told in {
        "exercises": "exercise3 · Pooling and its inverse",
        "tasks": "cannot be imported",
        "misconceptions": "1 of 2 students",
        "endings": "Crashed",
        "missing": "exercise3: words",
        "late": "words C",
        "unmatched": "words",
        "changes": "1 gained, 1 lost",
    }.items():
        assert told in section(root, anchor).text
    assert "Windows do not overlap." in section(root, "misconceptions").text
    assert "How far apart are they?" in section(root, "misconceptions").text


def test_section_of_nothing_is_left_out(render_class, make):
    """And the navigation does not lead there."""
    root = render_class([make.entry(make.student(), 100)], [make.exercise()])
    anchors = [s.attributes["id"] for s in root.all("section")]

    assert anchors == ["exercises", "tasks"]
    assert [a.attributes["href"] for a in root.all("nav")[0].all("a")] == ["#exercises", "#tasks"]


def test_report_of_nobody_is_a_page(render_class, make):
    """No student, no exercise."""
    assert "0 students" in render_class([], [make.exercise()]).text
    assert "0 students" in render_class([], []).text


def test_students_are_linked_to_their_reports(render_class, make):
    """From the heat map and from every list; without a report, to their row."""
    entries, exercises, more = a_class(make)
    root = render_class(entries, exercises, **more)

    def linked(anchor):
        return {a.attributes["href"] for a in section(root, anchor).all("a")}

    assert linked("tasks") == {"./reports/a.html", "./reports/b.html"}
    assert linked("misconceptions") == {"./reports/a.html"}
    assert linked("endings") == {"./reports/a.html", "./reports/b.html"}
    assert linked("missing") == linked("late") == {"#r3"}


@pytest.mark.parametrize(
    ("place", "href"),
    [
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("a b/ü?#.html", "./a%20b/%C3%BC%3F%23.html"),
        ("\ud800.html", "./%3F.html"),
    ],
)
def test_address_of_a_report_stays_beside_the_page(render_class, make, place, href):
    """Whatever a file is called after."""
    root = render_class([make.entry(make.student())], [make.exercise()], link=lambda entry: place)

    assert section(root, "tasks").all("a")[0].attributes["href"] == href


def test_student_without_an_entry_for_an_exercise_handed_in_nothing(render_class, make):
    """As in the gradebook."""
    first, second = make.exercise(1, "one"), make.exercise(2, "two")
    root = render_class([make.entry(make.student(), 50, first)], [first, second])

    assert "exercise2: nothing handed in" in section(root, "missing").text
    assert "1 of 2 answers handed in" in root.all("header")[0].text


def test_entries_of_other_exercises_are_left_out(render_class, make):
    """A teacher can ask for one exercise of a batch of many."""
    other = make.entry(make.student("b", "Bob"), 50, make.exercise(9, "other"))
    root = render_class([make.entry(make.student()), other], [make.exercise()])

    assert "Bob" not in root.text
    assert "1 student," in root.all("header")[0].text


def test_changes_are_in_words_and_the_gains_come_first(render_class, make):
    """An unknown student is shown by key."""
    stem = make.exercise().stem
    changes = [Change("ada", stem, 9, 2), Change("gone", stem, 10, 22)]
    root = render_class([make.entry(make.student())], [make.exercise()], changes=changes)
    rows = [[c.text for c in row.children if not isinstance(c, str)]
            for row in section(root, "changes").all("tr")[1:]]  # fmt: skip

    assert rows == [
        ["gone", "exercise3", "10", "22", "gained 12"],
        ["Ada Lovelace", "exercise3", "9", "2", "lost 7"],
    ]


def test_nothing_that_a_student_writes_is_markup(render_class, make):
    """The page has the same elements as for harmless words; the signs are shown as they are."""

    def outline(written):
        entries, exercises, more = a_class(make, written)
        root = render_class(entries, exercises, **more)
        return root.text, [(e.tag, sorted(e.attributes)) for e in root]

    hostile, harmless = outline(EVIL), outline("words")

    assert hostile[1] == harmless[1]
    assert hostile[0].count("<U+202E><script>alert(1)</script>") >= 8


def test_no_control_character_is_left(make):
    """Not in a name, a key, a path, nor in what an error says."""
    entries, exercises, more = a_class(make, EVIL + "\0\ud800\u2066")
    twins = [make.entry(make.student(f"\x1b{i}\u202e", "Twin"), 5, exercises[0]) for i in "ab"]
    text = render([*entries, *twins], exercises, link=link, **more)

    assert not {c for c in text if not (c.isprintable() or c == "\n")}


def test_long_names_are_cut(make):
    """Nobody's name makes the page large."""
    entries = [make.entry(make.student(f"s{i}", "x" * 100_000)) for i in range(5)]

    assert len(render(entries, [make.exercise()], unmatched=(), link=link)) < 50_000


def test_large_class_is_a_page_that_a_browser_shows_at_once(make):
    """500 students × 30 tasks, each with misconceptions, in two megabytes."""
    exercises = [make.exercise(n, f"e{n}", tasks=tuple("abcde")) for n in range(6)]
    ideas = [Diagnosis(f"idea-{n}", f"Idea {n}.", "?") for n in range(10)]
    entries = [
        make.graded(f"student{i:03}", {task: [ideas[i % 10], Status.PASSED] for task in "abcde"},
                    exercise=exercise, name=f"Student Number {i}")
        for i in range(500) for exercise in exercises
    ]  # fmt: skip

    assert len(render(entries, exercises, unmatched=(), link=link)) < 2_000_000
