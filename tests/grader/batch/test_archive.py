"""Archives from strangers: nothing leads out, nothing grows without end, nothing is trusted."""

import contextlib
import gzip
import io
import random
import stat
import tarfile
import warnings
import zipfile

import pytest

from grader.batch import archive
from grader.batch.archive import CLASS, STUDENT, Limits, Unpacker
from grader.batch.tree import Unusable
from grader.errors import GraderError


@pytest.fixture
def unpack(tmp_path):
    """Unpacks bytes: `unpack(data, "a.zip")`."""

    def call(data, name="a.zip", limits=STUDENT):
        path = tmp_path / "given" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return Unpacker(tmp_path / "into").unpack(path, f"{name}/", limits)

    return call


def paths(folder):
    """All files below a folder."""
    return ["/".join((*parts, name)) for parts, inner in folder.walk() for name in inner.files]


def refused(folder):
    """What was refused, and why."""
    return {r.origin: r.why for _, inner in folder.walk() for r in inner.refused}


def zip_of(*members):
    """A zip of (name or ZipInfo, content) pairs, in which names may be there twice."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            made.writestr(name, content)
    return data.getvalue()


def tar_of(*members, mode="w:gz"):
    """A tar.gz of (name or TarInfo, content) pairs."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as made:
        for given, content in members:
            info = given if isinstance(given, tarfile.TarInfo) else tarfile.TarInfo(given)
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return data.getvalue()


def special(kind, name="a.py", target="/etc/passwd"):
    """A member of a tar that is no file."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def with_flags(data, *, local, central):
    """The zip with other flags in all of its headers."""
    for mark, offset, flags in ((b"PK\x03\x04", 6, local), (b"PK\x01\x02", 8, central)):
        start = data.find(mark)
        while start >= 0:
            data = data[: start + offset] + flags.to_bytes(2, "little") + data[start + offset + 2 :]
            start = data.find(mark, start + 4)
    return data


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.zip", zip_of), ("a.tar.gz", tar_of), ("a.tgz", tar_of),
     ("a.tar", lambda *m: tar_of(*m, mode="w:"))],
)  # fmt: skip
def test_code_is_unpacked(unpack, name, make):
    """Under the names that it has, with the archive before them."""
    folder = unpack(make(("./src/pooling.py", b"x = 1\n"), ("inner.zip", b"PK")), name)

    file = folder.folders["src"].files["pooling.py"]
    assert file.path.read_bytes() == b"x = 1\n"
    assert file.path.name == "pooling.py"
    assert file.origin == f"{name}/./src/pooling.py"
    assert folder.files["inner.zip"].path.read_bytes() == b"PK"


def test_files_of_one_name_stay_apart(unpack):
    """On disk as in the archive; the ending counts in any case."""
    folder = unpack(zip_of(("a/pooling.PY", b"1"), ("b/pooling.PY", b"2")))

    found = [folder.folders[name].files["pooling.PY"].path.read_bytes() for name in "ab"]
    assert found == [b"1", b"2"]


def test_what_nobody_grades_is_listed_but_not_unpacked(unpack, tmp_path):
    """A data set may be as large as it likes."""
    folder = unpack(zip_of(("data.bin", b"x" * 1000), ("empty/", b""), ("pooling.py", b"")))

    assert paths(folder) == ["data.bin", "pooling.py"]
    assert folder.files["data.bin"].path is None
    assert "empty" in folder.folders
    assert [p.name for p in (tmp_path / "into").rglob("*") if p.is_file()] == ["pooling.py"]


@pytest.mark.parametrize(
    "name",
    ["../evil.py", "a/../../evil.py", "/evil.py", "..\\evil.py", "C:\\evil.py", "c:evil.py",
     "\\\\server\\share\\evil.py"],
)  # fmt: skip
def test_no_path_leads_out(unpack, tmp_path, name):
    """The member is refused, told, and the rest is used."""
    before = set(tmp_path.rglob("*"))

    folder = unpack(zip_of((name, b"evil"), ("pooling.py", b"")))

    assert paths(folder) == ["pooling.py"]
    assert refused(folder) == {
        f"a.zip/{name}".replace("\\", "/"): "has a path that leads out of the archive"
    }
    made = {path for path in set(tmp_path.rglob("*")) - before if path.is_file()}
    assert {path.name for path in made} == {"a.zip", "pooling.py"}


def test_no_path_of_a_tar_leads_out(unpack):
    """Not through a link that was there before, either."""
    folder = unpack(
        tar_of(
            ("../evil.py", b"evil"), ("/evil.py", b"evil"), (special(tarfile.SYMTYPE, "d"), b""),
            ("d/evil.py", b"only virtual"),
        ),
        "a.tar.gz",
    )  # fmt: skip

    assert paths(folder) == ["d/evil.py"]
    assert folder.folders["d"].files["evil.py"].path.read_bytes() == b"only virtual"
    assert list(refused(folder)) == ["a.tar.gz/../evil.py", "a.tar.gz//evil.py", "a.tar.gz/d"]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (tarfile.SYMTYPE, "is a link; none is followed"),
        (tarfile.LNKTYPE, "is a link; none is followed"),
        (tarfile.FIFOTYPE, "is no ordinary file"),
        (tarfile.CHRTYPE, "is no ordinary file"),
        (tarfile.BLKTYPE, "is no ordinary file"),
    ],
)
def test_only_files_of_a_tar_are_used(unpack, kind, why):
    """A link could name the grader's own files."""
    folder = unpack(tar_of((special(kind), b""), ("b.py", b"")), "a.tar.gz")

    assert paths(folder) == ["b.py"]
    assert refused(folder) == {"a.tar.gz/a.py": why}


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (stat.S_IFLNK, "is a symbolic link; none is followed"),
        (stat.S_IFIFO, "is no file, but a pipe, socket or device"),
        (stat.S_IFCHR, "is no file, but a pipe, socket or device"),
    ],
)
def test_only_files_of_a_zip_are_used(unpack, kind, why):
    """A zip that was made on Unix tells what its members were."""
    link = zipfile.ZipInfo("a.py")
    link.external_attr = (kind | 0o777) << 16

    folder = unpack(zip_of((link, b"/etc/passwd"), ("b.py", b"")))

    assert paths(folder) == ["b.py"]
    assert refused(folder) == {"a.zip/a.py": why}


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_a_bomb_is_refused_before_it_has_gone_off(unpack, tmp_path, name):
    """65 MiB of nothing, in 64 KiB."""
    make = zip_of if name == "a.zip" else tar_of

    with pytest.raises(Unusable, match="unpacks to more than it may; hand in the Python file"):
        unpack(make(("bomb.py", bytes(65 << 20))), name)

    assert sum(p.stat().st_size for p in (tmp_path / "into").rglob("*")) < 65 << 20


def test_what_is_skipped_in_a_tar_counts_too(unpack):
    """It has to be unpacked to get past it."""
    with pytest.raises(Unusable, match="unpacks to more than it may"):
        unpack(tar_of(("data.bin", bytes(66 << 20)), ("a.py", b"")), "a.tar.gz")


@pytest.mark.timeout(5)
@pytest.mark.parametrize("kind", [b"0", b"S", b"x", b"L", b"g", b"7"])
@pytest.mark.parametrize("size", [1 << 62, -512, -10240])
def test_a_tar_that_lies_about_sizes_keeps_nobody_waiting(unpack, kind, size):
    """To skip so much, or to go back and read it all again, would take for ever."""
    header = bytearray(tarfile.TarInfo("data.bin").tobuf(tarfile.GNU_FORMAT))
    header[156:157] = kind
    header[124:136] = size.to_bytes(12, "big", signed=True)
    header[124] |= 0x80
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)

    with contextlib.suppress(Unusable):
        assert paths(unpack(bytes(header) + bytes(10240), "a.tar")) in (["data.bin"], [])


def test_many_small_members_are_a_bomb_too(unpack):
    """What counts is what comes out altogether."""
    members = [(f"{n}.py", b"x" * 100) for n in range(11)]

    assert len(paths(unpack(zip_of(*members), limits=Limits(1100, 11, "pack less")))) == 11
    with pytest.raises(Unusable, match="unpacks to more than it may"):
        unpack(zip_of(*members), limits=Limits(1099, 11, "pack less"))


@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_members_without_end_are_refused(unpack, make):
    """Junk counts; otherwise it would be the way."""
    members = [(f"__MACOSX/{n}", b"") for n in range(11)]
    name = "a.zip" if make is zip_of else "a.tar.gz"

    unpack(make(*members), name, Limits(100, 11, "pack less"))
    with pytest.raises(Unusable, match="has more than 10 members; pack less"):
        unpack(make(*members), name, Limits(100, 10, "pack less"))


def test_a_zip_that_lists_too_many_members_is_not_even_opened(unpack, monkeypatch):
    """To list them takes more memory than anything else."""
    members = [(str(n), b"") for n in range(STUDENT.members + 1)]
    assert len(paths(unpack(zip_of(*members[1:])))) == STUDENT.members
    data = zip_of(*members)
    monkeypatch.setattr(zipfile.ZipFile, "__init__", None)

    with pytest.raises(Unusable, match="has more than 10,000 members"):
        unpack(data)


def test_all_archives_together_have_a_limit(tmp_path, monkeypatch):
    """A class of bombs, each just small enough."""
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 2000)
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of(("a.py", bytes(1000))))
    unpacker = Unpacker(tmp_path / "into")
    unpacker.unpack(path, "", STUDENT)
    unpacker.unpack(path, "", STUDENT)

    with pytest.raises(Unusable, match="unpacks to more than 4 GiB, with all the others"):
        unpacker.unpack(path, "", STUDENT)


def test_a_locked_zip_is_refused(unpack):
    """Nobody is asked for a password."""
    data = with_flags(zip_of(("a.py", b"x = 1\n")), local=1, central=1)

    with pytest.raises(Unusable, match="is locked with a password; pack it without one"):
        unpack(data)


def test_an_unusual_method_is_refused(unpack):
    """Some of them ask for memory before they give a byte."""
    odd = zipfile.ZipInfo("a.py")
    odd.compress_type = zipfile.ZIP_LZMA
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr(odd, b"x = 1\n")

    folder = unpack(data.getvalue())

    assert refused(folder) == {
        "a.zip/a.py": "is packed by an unusual method; pack it as an ordinary zip"
    }


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", b""),
        ("a.zip", b"PK\x03\x04 and nothing else"),
        ("a.zip", b"Rar!\x1a\x07\x00"),
        ("a.tar.gz", b"\x1f\x8b\x08\x00 no stream"),
        ("a.tar.gz", tar_of(("a.py", b"x" * 5000))[:-20]),
        ("a.tar", b"no tar at all" * 100),
        ("a.tar", b""),
        ("a.tgz", gzip.compress(b"")),
    ],
)
def test_a_broken_archive_is_told(unpack, name, data):
    """Cut, empty, or something else altogether."""
    with pytest.raises(Unusable, match="is broken and cannot be unpacked: "):
        unpack(data, name)


def test_a_damaged_member_is_told_and_the_rest_is_used(unpack):
    """Its bytes are not those that were packed."""
    stored = zipfile.ZipInfo("a.py")
    data = zip_of((stored, b"original"), ("b.py", b"x = 1\n"))

    folder = unpack(data.replace(b"original", b"originaL"))

    assert paths(folder) == ["b.py"]
    assert refused(folder) == {"a.zip/a.py": "is damaged: Bad CRC-32 for file 'a.py'"}


def test_no_sentence_is_longer_than_a_teacher_would_read(unpack):
    """What a library says of a member may hold its name."""
    name = "x" * 60_000 + ".py"

    data = zip_of((zipfile.ZipInfo(name), b"original"))
    folder = unpack(data.replace(b"original", b"originaL"))

    ((origin, why),) = refused(folder).items()
    assert len(origin) + len(why) < 700


def test_the_last_of_two_members_of_one_name_counts(unpack):
    """As it would if both were written."""
    folder = unpack(zip_of(("a.py", b"old"), ("a.py", b"new"), ("A.py", b"other")))

    assert folder.files["a.py"].path.read_bytes() == b"new"
    assert folder.files["A.py"].path.read_bytes() == b"other"
    assert refused(folder) == {
        "a.zip/a.py": "is in the archive more than once; the last one counts"
    }


def test_a_file_may_have_the_name_of_a_folder(unpack):
    """On disk there could be only one of them."""
    folder = unpack(zip_of(("a.py", b""), ("a.py/b.py", b"")))

    assert sorted(paths(folder)) == ["a.py", "a.py/b.py"]


@pytest.mark.parametrize(
    ("name", "flags", "seen"),
    [
        ("Jörg 李.py".encode(), 0x800, "Jörg 李.py"),
        ("Jörg 李.py".encode(), 0, "Jörg 李.py"),
        (b"J\x94rg.py", 0, "Jörg.py"),
        ("├╝.py".encode(), 0x800, "├╝.py"),
    ],
    ids=["UTF-8", "UTF-8 without saying so", "cp437", "UTF-8 that would be cp437"],
)
def test_names_are_read_in_the_encoding_that_they_have(unpack, name, flags, seen):
    """Programs differ; the names of students should not."""
    plain = b"n" * (len(name) - 3) + b".py"
    data = zip_of((plain.decode(), b"")).replace(plain, name)

    assert paths(unpack(with_flags(data, local=flags, central=flags))) == [seen]


def test_a_name_that_lies_about_its_encoding_breaks_the_archive_only(unpack):
    """It says UTF-8 and is not."""
    data = zip_of(("nn.py", b"")).replace(b"nn.py", b"\xff\xff.py")

    with pytest.raises(Unusable, match="is broken"):
        unpack(with_flags(data, local=0x800, central=0x800))


def test_backslashes_part_folders(unpack):
    """Some programs on Windows write them."""
    assert paths(unpack(zip_of(("src\\", b""), ("src\\pooling.py", b"")))) == ["src/pooling.py"]


def test_names_are_shown_harmlessly_and_never_used_on_disk(unpack, tmp_path):
    """Lines, colours, and more letters than a file system takes."""
    long = "x" * 5000
    folder = unpack(zip_of(("a\n\x1b[31m.py", b""), (f"{long}.py", b"long"), ("con.py", b"")))

    assert all(file.origin.isprintable() for file in folder.files.values())
    assert folder.files[f"{long}.py"].path.read_bytes() == b"long"
    assert all(p.name.isprintable() and len(p.name) < 130 for p in (tmp_path / "into").rglob("*"))


def test_junk_is_passed_over_but_a_repository_is_known(unpack):
    """As on disk."""
    folder = unpack(
        zip_of(
            ("c/.git/HEAD", b""), ("__MACOSX/._a.py", b""), ("a.py", b""), ("venv/b.py", b"")
        )
    )  # fmt: skip

    assert paths(folder) == ["a.py"]
    assert [parts for parts, _ in folder.walk()] == [(), ("c",), ("c", ".git")]
    assert refused(folder) == {}


def test_what_lies_too_deep_is_told(unpack):
    """As on disk."""
    fits, deep = "d/" * 39 + "a.py", "d/" * 40 + "a.py"

    folder = unpack(zip_of((fits, b""), (deep, b"")))

    assert paths(folder) == [fits]
    assert refused(folder) == {f"a.zip/{deep}": "lies more than 40 folders deep"}


def test_a_disk_that_is_full_is_not_the_students_fault(tmp_path):
    """Nothing may be concluded about a submission that we could not write."""
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of(("a.py", b"")))
    (tmp_path / "into").write_text("a file where the folder should be")

    with pytest.raises(GraderError, match="cannot be written: "):
        Unpacker(tmp_path / "into").unpack(path, "", STUDENT)


def test_an_archive_of_a_class_may_be_larger(unpack):
    """That of a student may not."""
    data = zip_of(*((f"{n}.txt", b"") for n in range(STUDENT.members + 1)))

    assert len(paths(unpack(data, limits=CLASS))) == STUDENT.members + 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize("make", [zip_of, tar_of, lambda *m: tar_of(*m, mode="w:")])
def test_bytes_that_were_tampered_with_raise_nothing_else(unpack, make):
    """A thousand times a few bytes changed: used, or refused with a sentence."""
    rng = random.Random(7)
    data = make(("a.py", b"x = 1\n" * 50), ("d/b.py", b""), ("d/c.zip", b"PK"))
    name = "a.zip" if make is zip_of else "a.tar"
    endings = set()
    for _ in range(300):
        bad = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            bad[rng.randrange(min(len(bad), 2000))] = rng.choice([0, 1, 127, 128, 255, 32, 57])
        try:
            unpack(bytes(bad), name)
            endings.add("used")
        except Unusable:
            endings.add("refused")

    assert endings == {"used", "refused"}
