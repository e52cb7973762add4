"""One file for each student and exercise, or why not; and nothing that was handed in gets lost."""

import os

import pytest


def test_every_student_has_a_hand_in_for_every_exercise(put, take, pooling, padding):
    """In the order of the exercises."""
    intake = take(put("class", {"ada/pooling.py": "", "bob/x.txt": ""}), padding, pooling)

    assert [(h.student.key, h.stem, h.file is not None) for h in intake.handins] == [
        ("ada", "exercise08_padding", False),
        ("ada", "exercise07_pooling", True),
        ("bob", "exercise08_padding", False),
        ("bob", "exercise07_pooling", False),
    ]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ([], "no file handed in"),
        (["ada/a.txt"], "no pooling.py handed in, but a.txt"),
        ([f"ada/{n}.txt" for n in "abc"], "no pooling.py handed in, but a.txt, b.txt, c.txt"),
        (
            [f"ada/{n}.txt" for n in "abcde"],
            "no pooling.py handed in, but a.txt, b.txt, c.txt and 2 more",
        ),
        (["ada/\x1b[31m.txt"], "no pooling.py handed in, but \N{REPLACEMENT CHARACTER}[31m.txt"),
    ],
)
def test_why_there_is_no_file(put, take, pooling, files, why):
    """The teacher sees at once what there was instead."""
    intake = take(put("class", ["ada/", "bob/pooling.py", *files]), pooling)

    assert intake.handins[0].why == why


def test_an_archive_that_cannot_be_used_is_why(put, take, pooling):
    """The student did hand in something."""
    intake = take(put("class", {"ada/a.zip": b"PK", "bob/pooling.py": ""}), pooling)

    assert intake.handins[0].why == (
        "ada/a.zip is broken and cannot be unpacked: File is not a zip file"
    )


def test_everything_that_is_not_graded_is_told(put, take, pooling, packed, left):
    """Each with its reason."""
    work = {"pooling.py": "", "data.csv": "", "../x.py": ""}
    files = {
        "ada/pooling.py": "", "ada/Pooling.py": "", "ada/test.py": "", "ada/plot.png": "",
        "bob/work.zip": packed(work), "bob/old/pooling.py": "",
    }  # fmt: skip
    root = put("class", files)
    (root / "bob" / "link.py").symlink_to("old/pooling.py")

    assert left(take(root, pooling)) == {
        "ada/Pooling.py": "is passed over; ada/pooling.py is graded",
        "ada/test.py": "is named after no exercise that is graded",
        "ada/plot.png": "is no Python file",
        "bob/link.py": "is a symbolic link; none is followed",
        "bob/work.zip/pooling.py": "is passed over; bob/old/pooling.py is graded",
        "bob/work.zip/data.csv": "is no Python file",
        "bob/work.zip/../x.py": "has a path that leads out of the archive",
    }


def test_a_file_is_told_once_though_a_group_handed_it_in(put, take, pooling, left):
    """Each member has the same files."""
    people = "".join(f"  - {{':name': N, ':sid': s{n}}}\n" for n in (1, 2))
    files = {
        "submission_metadata.yml": f"submission_1:\n  :submitters:\n{people}",
        "submission_1/pooling.py": "", "submission_1/a.txt": "",
    }  # fmt: skip

    intake = take(put("class", files), pooling)

    assert len(intake.handins) == 2
    assert [item.origin for item in intake.unmatched] == ["submission_1/a.txt"]


def test_a_notebook_becomes_a_python_file(put, take, pooling, notebook, tmp_path):
    """It says where it comes from; the notebook itself stays as it is."""
    text = notebook("import math", "def pool(x): return x", "def Unpool(): ...", "1 / 0")

    (handin,) = take(put("class", {"ada/pooling.ipynb": text}), pooling).handins

    assert handin.origin == "ada/pooling.ipynb"
    assert handin.file.is_relative_to(tmp_path / "into")
    assert handin.file.name == "pooling.py"
    assert handin.file.read_text().splitlines() == [
        "# The code that exercise7 needs of ada/pooling.ipynb",
        "",
        "# cell 2",
        "def pool(x): return x",
        "",
        "",
        "# cell 3",
        "def Unpool(): ...",
    ]


def test_one_notebook_may_answer_several_exercises(put, take, pooling, padding, notebook):
    """Each gets what it needs of it."""
    text = notebook("def pool(x): return x", "def pad(x): return x")
    files = {"ada/exercise7/a.ipynb": text, "ada/exercise8/a.ipynb": text}

    first, second = (h.file for h in take(put("class", files), pooling, padding).handins)

    assert ("def pool" in first.read_text(), "def pad" in first.read_text()) == (True, False)
    assert ("def pool" in second.read_text(), "def pad" in second.read_text()) == (False, True)


def test_a_name_cannot_become_code(put, take, pooling, notebook):
    """Where a notebook lay stands in a comment of one line."""
    text = notebook("def pool(x): return x")

    (handin,) = take(put("class", {"a\nimport os\n#/pooling.ipynb": text}), pooling).handins

    assert "\nimport os" not in handin.file.read_text()


def test_what_cannot_be_used_is_passed_over_for_the_next_best(put, take, pooling, notebook, left):
    """A notebook of plots beside a file with another name."""
    files = {"ada/pooling.ipynb": notebook("plot()"), "ada/exercise7.py": ""}

    intake = take(put("class", files), pooling)

    assert intake.handins[0].origin == "ada/exercise7.py"
    assert left(intake) == {"ada/pooling.ipynb": "defines none of pool, Unpool"}


def test_a_notebook_that_answers_nothing_is_why(put, take, pooling, notebook):
    """There is nothing to grade in it."""
    (handin,) = take(put("class", {"ada/a\n.IPYNB": notebook("plot()")}), pooling).handins

    name = "a\N{REPLACEMENT CHARACTER}.IPYNB"
    assert (handin.file, handin.why) == (None, f"{name} defines none of pool, Unpool")


def test_cells_that_are_left_out_are_told(put, take, pooling, notebook, left):
    """In the list of what was not graded."""
    text = notebook("def pool(x): return x", "def Unpool(): ...", "x = = 1")

    assert left(take(put("class", {"ada/a.ipynb": text}), pooling)) == {
        "ada/a.ipynb": "cell 3 is left out: invalid syntax (line 1)"
    }


def test_a_file_that_may_not_be_read_is_why(put, take, pooling, monkeypatch):
    """Found out before the grading, which would have to stop."""
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    (handin,) = take(put("class", ["ada/pooling.py"]), pooling).handins

    assert (handin.file, handin.why) == (None, "pooling.py cannot be read: Permission denied")


@pytest.mark.parametrize("name", ["x" * 250, "a\n_1_2_pooling"])
def test_feedback_has_a_path_that_can_be_written(put, take, pooling, name):
    """If the platform's name is none, the student's key is one."""
    file = f"{name[:200]}_12_900_pooling.py" if name[0] == "x" else f"{name}.py"

    (handin,) = take(put("export", [file]), pooling).handins

    assert handin.feedback == f"{handin.student.key}/feedback.html"
