"""What students hand in: found by rules, read once, and refused with a sentence."""

import contextlib
import hashlib
import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.model import Exercise, Limits, Submission
from grader.submission import MAX_BYTES, Unreadable, check_text, locate, read

STEM, NAME = "exercise07_pooling", "pooling.py"


@pytest.fixture
def exercise(tmp_path):
    """An exercise that is handed in as `pooling.py`."""
    return Exercise(STEM, 7, "pooling", "Pooling", "", (), Limits(), tmp_path)


def put(path: Path, text: str = "x = 1\n") -> Path:
    """A file, with the folders on its way."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@contextlib.contextmanager
def as_nobody():
    """For a moment, a user who may not read everything: root may."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder that everybody may enter: pytest's own ones are closed to others."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for closed in folder.iterdir():
        closed.chmod(0o755)
    shutil.rmtree(folder)


# --- locate ---


def test_file_is_taken_whatever_it_is_called(exercise, tmp_path):
    """Whoever names a file means it."""
    given = put(tmp_path / "final (2).py")

    assert locate(exercise, given) == given


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param([NAME], NAME, id="in the folder"),
        pytest.param([f"{STEM}/{NAME}"], f"{STEM}/{NAME}", id="as in exercises"),
        pytest.param([NAME, f"{STEM}/{NAME}"], f"{STEM}/{NAME}", id="as in exercises, first"),
        pytest.param([NAME, f"old/{NAME}"], NAME, id="in the folder before deeper ones"),
        pytest.param([f"a/b/c/{NAME}", "a/other.py"], f"a/b/c/{NAME}", id="the only one"),
    ],
)
def test_folder_is_searched_for_the_name_of_the_stub(exercise, tmp_path, files, found):
    """First where the course puts it, then right here, then below, if it is the only one."""
    for file in files:
        put(tmp_path / "given" / file)

    assert locate(exercise, tmp_path / "given") == tmp_path / "given" / found


def test_two_files_of_the_name_are_one_too_many(exercise, tmp_path):
    """Nobody's choice is guessed; the error names what there is to choose from."""
    first, second = put(tmp_path / "in" / "a" / NAME), put(tmp_path / "in" / "b" / NAME)

    with pytest.raises(UsageError) as caught:
        locate(exercise, tmp_path / "in")

    assert f"holds {NAME} more than once ({first}, {second})" in str(caught.value)


@pytest.mark.parametrize("files", [[], ["other.py"], ["pooling.txt"], [f"{NAME}/inside.txt.py"]])
def test_folder_without_the_file_is_refused_with_the_name_that_is_missing(
    exercise, tmp_path, files
):
    """The error says what the file must be called and how to name another one."""
    (tmp_path / "given" / "deeper").mkdir(parents=True)
    for file in files:
        put(tmp_path / "given" / "deeper" / file)

    with pytest.raises(UsageError) as caught:
        locate(exercise, tmp_path / "given")

    assert f"There is no {NAME} in {tmp_path / 'given'}." in str(caught.value)
    assert "--submission" in str(caught.value)


def test_path_that_leads_nowhere_is_refused(exercise, tmp_path):
    """A typing error is the first thing to be told."""
    with pytest.raises(UsageError, match="There is no file or folder "):
        locate(exercise, tmp_path / "nowhere")


def test_path_that_is_too_long_is_refused(exercise):
    """Even what no system could open gets a sentence."""
    with pytest.raises(UsageError):
        locate(exercise, Path("x" * 5000))


def test_path_in_a_closed_folder_is_refused(exercise, open_folder):
    """A home that others may not enter is a matter for the person at the keyboard."""
    given = put(open_folder / "closed" / NAME)
    given.parent.chmod(0)

    with as_nobody(), pytest.raises(UsageError):
        locate(exercise, given)


# --- read ---


def test_file_is_read_as_it_is(tmp_path):
    """Its bytes, all of them, and their fingerprint; nothing is translated."""
    source = b"\xef\xbb\xbfx = 1\r\ny = '\xc3\xa9'\r\n"
    path = tmp_path / NAME
    path.write_bytes(source)

    assert read(path) == Submission(str(path), source, hashlib.sha256(source).hexdigest())


@pytest.mark.parametrize("name", [b"\xff", b"\x1b[31m", "\u202e".encode(), b"\n::error::x"])
def test_path_of_a_submission_can_be_printed_and_encoded(tmp_path, name):
    """Students name the folders of what they hand in, and Linux allows any bytes in a name."""
    path = put(tmp_path / os.fsdecode(name) / NAME)

    submission = read(path)

    assert submission.path.startswith(str(tmp_path))
    assert submission.path.endswith(f"/{NAME}")
    assert submission.path.isprintable()
    assert submission.path.encode()


def test_path_of_a_submission_leads_to_it(tmp_path):
    """However long it is, and whatever letters are in it."""
    path = put(tmp_path / "\N{CJK UNIFIED IDEOGRAPH-6F22} é" / ("x" * 200) / ("y" * 200) / NAME)

    assert read(path).path == str(path)


def test_symbolic_link_is_not_followed(tmp_path):
    """A link in a submission could show the grader's reader what the student may not read."""
    put(tmp_path / "secret.py")
    (tmp_path / NAME).symlink_to(tmp_path / "secret.py")

    with pytest.raises(UsageError, match=r"it is a symbolic link\. Hand in the file itself"):
        read(tmp_path / NAME)


def test_link_that_leads_nowhere_is_found_and_refused(exercise, tmp_path):
    """A broken link where the file should be is told as what it is."""
    (tmp_path / NAME).symlink_to(tmp_path / "gone.py")

    with pytest.raises(UsageError, match="it is a symbolic link"):
        read(locate(exercise, tmp_path))


def make_pipe(path: Path) -> None:
    """A named pipe that nobody writes to."""
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    """A socket in the file system."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def make_link_to_device(path: Path) -> None:
    """A link to something that never ends."""
    path.symlink_to("/dev/zero")


@pytest.mark.timeout(5)
@pytest.mark.parametrize("make", [Path.mkdir, make_pipe, make_socket, make_link_to_device])
def test_what_is_no_file_is_refused_at_once(tmp_path, monkeypatch, make):
    """A folder, a pipe, a socket: nothing of it is read, and nobody waits for it."""
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    make(Path(NAME))

    with pytest.raises(UsageError, match="Hand in the file itself"):
        read(Path(NAME))


@pytest.mark.timeout(5)
def test_device_is_no_file():
    """Nor is one that is named directly."""
    with pytest.raises(UsageError, match="is not a file"):
        read(Path("/dev/zero"))


def test_file_that_is_gone_is_refused(tmp_path):
    """Between finding and reading a file can go away."""
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read(tmp_path / NAME)


def test_file_that_may_not_be_read_is_refused(open_folder):
    """The system's reason is passed on."""
    path = put(open_folder / NAME)
    path.chmod(0)

    with as_nobody(), pytest.raises(UsageError, match="cannot be read: Permission denied"):
        read(path)


def test_file_in_a_closed_folder_is_refused(open_folder):
    """Whether it is a link cannot be told there, so it must not be asked."""
    path = put(open_folder / "closed" / NAME)
    path.parent.chmod(0)

    with as_nobody(), pytest.raises(UsageError, match="cannot be read: Permission denied"):
        read(path)


def test_of_a_file_that_is_too_large_only_the_beginning_is_read(tmp_path):
    """A file of any size costs as much memory as one that is a little too large."""
    with (tmp_path / NAME).open("wb") as file:
        file.truncate(1 << 34)

    submission = read(tmp_path / NAME)

    assert len(submission.source) == MAX_BYTES + 1
    with pytest.raises(Unreadable, match="larger than 256 KiB"):
        check_text(submission)


# --- check_text ---


def handed_in(source: bytes) -> Submission:
    """These bytes as a submission."""
    return Submission(f"/somewhere/{NAME}", source, "")


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"x = 1",
        "é = 'π 🙂'\n".encode(),
        b"\xef\xbb\xbfx = 1\n",
        b"x = 1\r\ny = 2\r\n",
        b"x = 1\ry = 2\r",
        b"\x0c\n# page break, tabs\n\tx\n",
        b"# " + b"x" * (MAX_BYTES - 2),
    ],
    ids=["empty", "no newline", "UTF-8", "BOM", "CRLF", "CR", "form feed", "just small enough"],
)
def test_any_text_that_python_reads_is_accepted(source):
    """Editors of all systems are welcome."""
    assert check_text(handed_in(source)) is None


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("x = 1".encode("utf-16"), f"{NAME} is saved as UTF-16."),
        (b"\xfe\xff" + "x = 1".encode("utf-16-be"), f"{NAME} is saved as UTF-16."),
        ("x = 1".encode("utf-16-le"), f"{NAME} contains NUL bytes"),
        (b"x = 1\n\0", f"{NAME} contains NUL bytes"),
        (b"# \xe9\n", f"{NAME}, line 1: this is not UTF-8."),
        (b"x\n\ny = '\xe9'\n", f"{NAME}, line 3: this is not UTF-8."),
        (b"x\r\ny = '\xc3", f"{NAME}, line 2: this is not UTF-8."),
        (b"# \xed\xa0\x80", f"{NAME}, line 1: this is not UTF-8."),
        (b"\x89PNG\r\n\x1a\n", f"{NAME}, line 1: this is not UTF-8."),
        (b"PK\x03\x04\x00\x00", f"{NAME} contains NUL bytes"),
        pytest.param(b"x" * (MAX_BYTES + 1), f"{NAME} is larger than 256 KiB.", id="too large"),
        (b"\xef\xbb\xbfx = 1\n\xe9", f"{NAME}, line 2: this is not UTF-8."),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(source, sentence):
    """The sentence names the file without its folder, and the line where there is one."""
    with pytest.raises(Unreadable) as caught:
        check_text(handed_in(source))

    assert str(caught.value).startswith(sentence)
    assert "/somewhere" not in str(caught.value)
