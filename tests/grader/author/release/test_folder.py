"""An edition is written over nothing that anybody else wrote."""

import itertools
import json
import os
import stat
import zipfile

import pytest

from grader.author.release import folder as module
from grader.author.release.files import File
from grader.author.release.folder import RECORD, pack, write
from grader.errors import UsageError

FILES = {
    "README.md": File(b"read me\n"),
    "exercises/one/one.py": File(b"raise NotImplementedError\n"),
    "run": File(b"#!/bin/sh\n", executable=True),
}


def contents(folder):
    """What lies in a folder, by path; the record is left out."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: content for path, content in found.items() if path != RECORD}


def plain(files):
    """The contents of an edition."""
    return {path: file.content for path, file in files.items()}


@pytest.mark.parametrize("made", ["not there", "empty", "below another"])
def test_fresh_folder_gets_every_file(tmp_path, made):
    """With its folders, and the right to be executed where it is needed."""
    folder = tmp_path / "deep" / "er" if made == "below another" else tmp_path / "edition"
    if made == "empty":
        folder.mkdir()

    written = write(folder, FILES)

    assert contents(folder) == plain(FILES)
    assert (written.files, written.kept) == (3, ())
    assert os.access(folder / "run", os.X_OK)
    assert not (folder / "README.md").stat().st_mode & stat.S_IXUSR


def test_folder_that_was_not_made_here_is_left_alone(tmp_path):
    """Even if what lies there has other names than ours."""
    (tmp_path / "thesis.tex").write_text("years of work")

    with pytest.raises(UsageError, match="was not made by `grade release`"):
        write(tmp_path, FILES)

    assert contents(tmp_path) == {"thesis.tex": b"years of work"}


def test_hidden_file_makes_a_folder_somebody_elses(tmp_path):
    """A repository with nothing but its history is not empty."""
    (tmp_path / ".git").mkdir()

    with pytest.raises(UsageError, match="was not made by"):
        write(tmp_path, FILES)


def test_file_in_the_place_of_the_folder_is_left_alone(tmp_path):
    """It may be anything."""
    (tmp_path / "edition").write_text("mine")

    with pytest.raises(UsageError, match="is not a folder"):
        write(tmp_path / "edition", FILES)

    assert (tmp_path / "edition").read_text() == "mine"


def test_second_time_brings_the_folder_up_to_date(tmp_path):
    """New files come, old ones change, and those that are gone go, with their folders."""
    write(tmp_path / "edition", FILES)
    newer = {"README.md": File(b"read me again\n"), "two/two.py": File(b"2\n")}

    written = write(tmp_path / "edition", newer)

    assert contents(tmp_path / "edition") == plain(newer)
    assert not (tmp_path / "edition" / "exercises").exists()
    assert written.kept == ()


@pytest.mark.parametrize("newer", [b"read me again\n", b"read me\n", None])
def test_edited_file_is_never_lost(tmp_path, newer):
    """Whether the edition changed it too, did not, or no longer has it."""
    write(tmp_path / "edition", FILES)
    (tmp_path / "edition" / "README.md").write_text("my own words\n")
    files = {path: file for path, file in FILES.items() if path != "README.md"}
    if newer is not None:
        files["README.md"] = File(newer)

    for _ in range(3):  # nor later on
        written = write(tmp_path / "edition", files)
        assert (tmp_path / "edition" / "README.md").read_text() == "my own words\n"

    assert written.kept == (("README.md",) if newer is not None else ())


def test_file_of_the_teachers_own_is_never_lost(tmp_path):
    """Neither one that the edition knows nothing of, nor one that it comes to have."""
    write(tmp_path / "edition", FILES)
    (tmp_path / "edition" / "syllabus.md").write_text("mine\n")
    (tmp_path / "edition" / "schedule.md").write_text("mine too\n")

    written = write(tmp_path / "edition", FILES | {"schedule.md": File(b"ours\n")})

    assert (tmp_path / "edition" / "syllabus.md").read_text() == "mine\n"
    assert (tmp_path / "edition" / "schedule.md").read_text() == "mine too\n"
    assert written.kept == ("schedule.md",)


def test_file_that_was_thrown_away_comes_back(tmp_path):
    """Nothing is lost by that."""
    write(tmp_path / "edition", FILES)
    (tmp_path / "edition" / "README.md").unlink()

    write(tmp_path / "edition", FILES)

    assert contents(tmp_path / "edition") == plain(FILES)


def test_link_in_the_place_of_a_file_is_not_followed(tmp_path):
    """What it points to is somewhere else and somebody else's."""
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_bytes(b"read me\n")
    write(tmp_path / "edition", FILES)
    (tmp_path / "edition" / "README.md").unlink()
    (tmp_path / "edition" / "README.md").symlink_to(elsewhere)

    written = write(tmp_path / "edition", FILES | {"README.md": File(b"new\n")})

    assert elsewhere.read_bytes() == b"read me\n"
    assert written.kept == ("README.md",)


def test_folder_that_became_a_link_is_refused(tmp_path):
    """Files would be written outside of the edition."""
    (tmp_path / "home").mkdir()
    write(tmp_path / "edition", {"a.md": File(b"a\n")})
    (tmp_path / "edition" / "exercises").symlink_to(tmp_path / "home")

    with pytest.raises(UsageError, match="leads out of"):
        write(tmp_path / "edition", FILES)

    assert contents(tmp_path / "home") == {}


@pytest.mark.parametrize("path", ["../home.txt", "/tmp/handrolled-home.txt", "a/../../home.txt"])
def test_record_that_points_elsewhere_is_refused(tmp_path, path):
    """A record that came with a folder from anywhere must not name files to be removed."""
    write(tmp_path / "edition", FILES)
    (tmp_path / "home.txt").write_text("mine")
    record = json.loads((tmp_path / "edition" / RECORD).read_text())
    (tmp_path / "edition" / RECORD).write_text(json.dumps(record | {path: "0" * 64}))

    with pytest.raises(UsageError, match="leads out of"):
        write(tmp_path / "edition", FILES)

    assert (tmp_path / "home.txt").read_text() == "mine"


@pytest.mark.parametrize("record", ["", "{", "[]", '{"README.md": 1}'])
def test_damaged_record_is_refused(tmp_path, record):
    """Without it nobody knows what was edited."""
    write(tmp_path / "edition", FILES)
    (tmp_path / "edition" / RECORD).write_text(record)

    with pytest.raises(UsageError, match="is damaged"):
        write(tmp_path / "edition", FILES | {"README.md": File(b"new\n")})

    assert contents(tmp_path / "edition") == plain(FILES)


@pytest.mark.parametrize(
    ("old", "files_written"), [*((None, n) for n in range(5)), *((FILES, n) for n in range(4))]
)
def test_writing_can_be_taken_up_where_it_was_broken_off(tmp_path, monkeypatch, old, files_written):
    """Killed after any number of files, the next run finishes, and takes nothing for edited."""
    newer = {path: File(file.content + b"# new\n") for path, file in FILES.items()}
    if old is not None:
        write(tmp_path / "edition", old)
    replace, count = module._replace, itertools.count()

    def broken_off(path, file):
        if next(count) == files_written:
            raise KeyboardInterrupt
        replace(path, file)

    with monkeypatch.context() as patch:
        patch.setattr(module, "_replace", broken_off)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path / "edition", newer)

    assert write(tmp_path / "edition", newer).kept == ()
    assert contents(tmp_path / "edition") == plain(newer)


def test_zip_file_holds_every_file_at_its_root(tmp_path):
    """With the right to be executed, which Gradescope's unzip keeps."""
    pack(tmp_path / "a.zip", FILES)

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == plain(FILES)
        assert archive.getinfo("run").external_attr >> 16 == stat.S_IFREG | 0o755
        assert archive.getinfo("README.md").external_attr >> 16 == stat.S_IFREG | 0o644


def test_same_edition_is_the_same_zip_file(tmp_path):
    """Whoever compares two of them sees whether anything changed."""
    pack(tmp_path / "a.zip", FILES)
    pack(tmp_path / "b.zip", FILES)

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_zip_file_that_is_there_is_left_alone(tmp_path):
    """It holds no record, so nobody knows whose it is."""
    (tmp_path / "a.zip").write_text("mine")

    with pytest.raises(UsageError, match="is there already"):
        pack(tmp_path / "a.zip", FILES)

    assert (tmp_path / "a.zip").read_text() == "mine"


def test_place_that_cannot_be_written_is_the_users_business(tmp_path):
    """A sentence, and no traceback."""
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match="cannot be written"):
        write(tmp_path / "file" / "edition", FILES)
    with pytest.raises(UsageError, match="cannot be written"):
        pack(tmp_path / "nowhere" / "a.zip", FILES)
