"""Feedback goes where the platform wants it back, and nowhere else."""

import os
import zipfile

import pytest

from grader.batch import feedback
from grader.errors import UsageError

MOODLE = "Jürgen Groß_4711_assignsubmission_file/feedback.html"


@pytest.fixture
def entry(make):
    """Makes an entry whose feedback belongs at a path."""
    return lambda path, key="ada": make.entry(make.student(key, key.title()), feedback=path)


def page(entry):
    """A page that says whose it is."""
    return f"<p>{entry.handin.student.name}</p>\n"


def files(folder):
    """All files below a folder."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir())


def test_each_file_is_where_its_platform_wants_it(tmp_path, entry):
    entries = [entry(MOODLE), entry("lovelaceada_17_99_max_unpool.html", "bo"), entry("", "cy")]

    left_out = feedback.write(entries, page, tmp_path)

    assert left_out == []
    assert files(tmp_path) == sorted([MOODLE, "lovelaceada_17_99_max_unpool.html"])
    assert (tmp_path / MOODLE).read_bytes() == b"<p>Ada</p>\n"


@pytest.mark.parametrize(
    "path",
    [
        "../out.html", "a/../../out.html", "/tmp/out.html", "..", ".", "a//b", "a/", "a/./b",
        "a/../b.html", "..\\out.html", "C:out.html", "a\0b", "a\nb", "\x1b[2J.html", "\udcff.html",
        "x" * 256, "ü" * 128 + ".html",
    ],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_or_cannot_be_is_left_out(tmp_path, entry, path):
    """One hostile name costs one student's file, not the feedback of the class."""
    folder = tmp_path / "feedback"
    folder.mkdir()

    left_out = feedback.write([entry(path), entry("good.html", "bo")], page, folder)

    assert [sentence.partition(":")[0] for sentence in left_out] == ["Ada"]
    assert files(tmp_path) == ["feedback/good.html"]


def test_a_link_in_the_folder_leads_nowhere(tmp_path, entry):
    folder, outside = tmp_path / "feedback", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / "link").symlink_to(outside)

    left_out = feedback.write([entry("link/page.html")], page, folder)

    assert "leads out of the folder" in left_out[0]
    assert files(outside) == []


@pytest.mark.parametrize("second", ["A/Page.html", "a/page.html", "a/PAGE.html/x", "A"])
def test_nobody_gets_the_feedback_of_somebody_else(tmp_path, entry, second):
    """Names that some file system takes for the same one are the same."""
    left_out = feedback.write([entry("A/Page.html"), entry(second, "bo")], page, tmp_path)

    assert left_out == [f"Bo: {second!r} is where the feedback of somebody else is."]
    assert files(tmp_path) == ["A/Page.html"]
    assert (tmp_path / "A/Page.html").read_text() == "<p>Ada</p>\n"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path, entry):
    (tmp_path / "a").write_text("a file")

    with pytest.raises(UsageError, match="cannot be written"):
        feedback.write([entry("a/page.html")], page, tmp_path)


def test_the_zip_holds_the_paths_that_the_platform_asked_for(tmp_path, entry):
    folder = tmp_path / "feedback"
    feedback.write([entry(MOODLE), entry("b.html", "bo")], page, folder)

    feedback.zip_up(folder, tmp_path / "feedback.zip")

    with zipfile.ZipFile(tmp_path / "feedback.zip") as archive:
        assert archive.namelist() == [MOODLE, "b.html"]
        assert archive.read("b.html") == b"<p>Bo</p>\n"
        assert archive.testzip() is None


def test_the_same_files_are_the_same_zip(tmp_path, entry):
    """Whenever, wherever and in whichever order they were written."""
    entries = [entry("b/b.html"), entry("a.html", "bo")]
    for name, order, mode in (("one", entries, 0o644), ("two", entries[::-1], 0o600)):
        feedback.write(order, page, tmp_path / name)
        (tmp_path / name / "a.html").chmod(mode)
        os.utime(tmp_path / name / "a.html", (mode * 10**6, mode * 10**6))
        feedback.zip_up(tmp_path / name, tmp_path / f"{name}.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_link_is_not_packed(tmp_path):
    """What it points at was not written for a student."""
    folder = tmp_path / "feedback"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret")
    (folder / "link.html").symlink_to(tmp_path / "secret")

    feedback.zip_up(folder, tmp_path / "feedback.zip")

    with zipfile.ZipFile(tmp_path / "feedback.zip") as archive:
        assert archive.namelist() == []
