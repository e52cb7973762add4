"""What is in a delivery: archives in archives, up to a point."""

import pytest

from grader.batch.archive import Unpacker
from grader.batch.contents import opened
from grader.batch.layouts.delivery import Delivery
from grader.batch.model import Student
from grader.batch.tree import read_folder


@pytest.fixture
def open_folder(put, tmp_path):
    """Opens a delivery of these files."""

    def call(files):
        delivery = Delivery((Student("ada"),), read_folder(put("given", files)))
        return opened(delivery, Unpacker(tmp_path / "into"))

    return call


def paths(brought):
    """All files in a delivery."""
    return ["/".join(content.parts) for content in brought.contents]


def refused(brought):
    """What was refused, and why."""
    return {refusal.origin: refusal.why for refusal in brought.refused}


def nested(packed, levels):
    """A zip in a zip in a zip."""
    data = packed({"pooling.py": "x = 1\n"})
    for level in range(levels - 1, 0, -1):
        data = packed({f"{level + 1}.zip": data})
    return data


def test_an_archive_is_a_folder_of_its_name(open_folder, packed):
    """On the way to a file one sees what it came out of."""
    inner = packed({"src/pooling.py": "x = 1\n"})
    brought = open_folder({"a.py": "", "d/work.zip": packed({"in.zip": inner, "b.py": ""})})

    assert paths(brought) == ["a.py", "d/work.zip/b.py", "d/work.zip/in.zip/src/pooling.py"]
    assert [c.file.origin for c in brought.contents] == paths(brought)
    assert brought.contents[2].file.path.read_text() == "x = 1\n"


def test_files_come_in_order(open_folder, packed):
    """Whatever the order in which they were packed; endings count in any case."""
    names = ["c/b.py", "c/a.py", "b.py", "a/x.py"]

    assert paths(open_folder({"1.ZIP": packed(dict.fromkeys(names, ""))})) == [
        "1.ZIP/b.py",
        "1.ZIP/a/x.py",
        "1.ZIP/c/a.py",
        "1.ZIP/c/b.py",
    ]


def test_three_archives_in_each_other_are_opened_and_no_more(open_folder, packed):
    """Some archives hold themselves."""
    assert paths(open_folder({"1.zip": nested(packed, 3)})) == ["1.zip/2.zip/3.zip/pooling.py"]

    brought = open_folder({"1.zip": nested(packed, 4)})

    assert paths(brought) == []
    assert refused(brought) == {
        "1.zip/2.zip/3.zip/4.zip": "lies in 3 other archives; hand in the Python file alone"
    }


def test_an_archive_that_cannot_be_used_takes_nothing_else_with_it(open_folder, packed):
    """Whether it lies in a folder or in another archive."""
    bad, good = b"PK\x03\x04", packed({"pooling.py": ""})
    brought = open_folder(
        {"a.zip": bad, "b.zip": packed({"c.zip": bad, "d.zip": good, "../e.py": ""})}
    )

    assert paths(brought) == ["b.zip/d.zip/pooling.py"]
    assert list(refused(brought)) == ["a.zip", "b.zip/../e.py", "b.zip/c.zip"]


def test_other_kinds_of_archives_are_files_like_any_other(open_folder):
    """What cannot be unpacked is listed with the rest."""
    assert paths(open_folder({"a.rar": b"Rar!", "b.7z": b"7z"})) == ["a.rar", "b.7z"]
