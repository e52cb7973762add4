"""Trees on disk: nothing is followed, waited for, or lost."""

import os
import socket

import pytest

from grader.batch import tree
from grader.batch.tree import Unusable, read_bytes, read_folder


def paths(folder):
    """All files below a folder."""
    return ["/".join((*parts, name)) for parts, inner in folder.walk() for name in inner.files]


def refused(folder):
    """What was refused, and why."""
    return {r.origin: r.why for _, inner in folder.walk() for r in inner.refused}


def test_files_are_found_with_where_they_are(put):
    """The origin begins below the folder that was given."""
    root = put("given", ["b/c.py", "a.py"])

    folder = read_folder(root)

    assert paths(folder) == ["a.py", "b/c.py"]
    file = folder.folders["b"].files["c.py"]
    assert (file.path, file.origin) == (root / "b" / "c.py", "b/c.py")


def test_links_are_refused_wherever_they_lead(put, tmp_path):
    """To a secret, to a folder above, to nothing."""
    root = put("given", ["ada/a.py"])
    (root / "ada" / "pooling.py").symlink_to("/etc/passwd")
    (root / "ada" / "up").symlink_to(tmp_path)
    (root / "gone").symlink_to("nowhere")

    folder = read_folder(root)

    assert paths(folder) == ["ada/a.py"]
    why = "is a symbolic link; none is followed"
    assert refused(folder) == dict.fromkeys(["gone", "ada/pooling.py", "ada/up"], why)


@pytest.mark.timeout(5)
def test_pipes_and_sockets_are_refused(put, monkeypatch):
    """Whoever opened them would wait."""
    root = put("given", ["a.py"])
    monkeypatch.chdir(root)
    os.mkfifo("pipe.py")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.py")

    folder = read_folder(root)

    assert paths(folder) == ["a.py"]
    why = "is no file, but a pipe, socket or device"
    assert refused(folder) == {"pipe.py": why, "s.py": why}


def test_a_folder_that_cannot_be_listed_is_told(put, monkeypatch):
    """And the others are read."""
    root = put("given", ["ada/a.py", "bob/b.py"])
    scandir = os.scandir

    def refuse(path):
        if path == root / "ada":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    folder = read_folder(root)

    assert paths(folder) == ["bob/b.py"]
    assert refused(folder) == {"ada": "cannot be opened: Permission denied"}


def test_junk_and_virtual_environments_are_passed_over_in_silence(put):
    """Of a repository it is known that it is one."""
    names = [
        "a.py", "__MACOSX/a.py", "._a.py", ".DS_Store", "__pycache__/a.py", ".git/a.py",
        "my_env/pyvenv.cfg", "my_env/lib/b.py", ".ipynb_checkpoints/a.ipynb",
    ]  # fmt: skip

    folder = read_folder(put("given", names))

    assert paths(folder) == ["a.py"]
    assert refused(folder) == {}
    assert ".git" in folder.folders


def test_work_in_an_environment_is_not_lost(put):
    """Some make the folder that they hand in an environment."""
    names = ["pyvenv.cfg", "a.py", "lib/site-packages/b.py"]

    assert paths(read_folder(put("given", names))) == ["a.py", "pyvenv.cfg"]


def test_what_lies_too_deep_is_told(put):
    """A tree without end would exhaust whoever walks it."""
    deep = "/".join(["d"] * tree.MAX_DEPTH)

    folder = read_folder(put("given", [f"{deep}/a.py", f"{deep}/d/b.py"]))

    assert paths(folder) == [f"{deep}/a.py"]
    assert refused(folder) == {f"{deep}/d": "lies more than 40 folders deep"}


def test_names_are_shown_harmlessly(put):
    """A file can be called almost anything."""
    name = "a\n\x1b[31m.py"

    folder = read_folder(put("given", [name]))

    assert folder.files[name].origin == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}[31m.py"


@pytest.mark.timeout(5)
def test_names_of_what_is_refused_are_shown_harmlessly(put):
    """Links, pipes, and what lies too deep."""
    name = "a\n"
    deep = "/".join([name] * (tree.MAX_DEPTH + 1))
    root = put("given", [f"{deep}/x.py"])
    (root / "l\n").symlink_to("x")
    os.mkfifo(root / "p\n")

    assert all(origin.isprintable() for origin in refused(read_folder(root)))
    assert len(refused(read_folder(root))) == 3


def test_a_folder_can_be_left_out(put):
    """Results may lie beside submissions."""
    root = put("given", ["a.py", "results/b.py"])

    assert paths(read_folder(root, {root / "results"})) == ["a.py"]


def test_a_file_is_read_up_to_a_limit(put):
    """One byte more is too much."""
    path = put("given", {"a": b"x" * (1 << 20)}) / "a"

    assert len(read_bytes(path, 1 << 20)) == 1 << 20
    with pytest.raises(Unusable, match="is larger than 0 MiB"):
        read_bytes(path, (1 << 20) - 1)


@pytest.mark.timeout(5)
def test_only_files_are_read(put):
    """Between listing and reading, a file can turn into something else."""
    root = put("given", ["a.py", "b/c.py"])
    (root / "link").symlink_to("a.py")
    os.mkfifo(root / "pipe")

    for name, sentence in {
        "link": "cannot be read: Too many levels",
        "pipe": "is not a file",
        "b": "cannot be read: Is a directory",
        "gone": "cannot be read: No such file",
    }.items():
        with pytest.raises(Unusable, match=sentence):
            read_bytes(root / name, 10)
