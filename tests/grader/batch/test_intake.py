"""Taking in submissions: what is given, what is wrong with it, and who handed in."""

import io
import subprocess
import sys
import tarfile

import pytest

from grader.batch.intake import collect
from grader.batch.names import key_of
from grader.errors import GraderError, UsageError


@pytest.mark.parametrize("ending", ["tar.gz", "tgz", "tar"])
def test_a_tar_is_as_good_as_a_zip(put, take, pooling, found, ending, tmp_path):
    """Whatever the teacher's system packs."""
    root = put("class", ["ada/pooling.py", "bob/pooling.py"])
    path = tmp_path / f"class.{ending}"
    with tarfile.open(path, "w" if ending == "tar" else "w:gz") as made:
        made.add(root, "class")

    intake = take(path, pooling)

    assert found(intake) == {"ada": "class/ada/pooling.py", "bob": "class/bob/pooling.py"}
    assert all(handin.file.read_text() for handin in intake.handins)


def test_what_lies_on_disk_is_graded_where_it_lies(put, take, pooling, tmp_path):
    """Only what comes out of an archive is written anywhere."""
    root = put("class", ["ada/pooling.py"])

    (handin,) = take(root, pooling).handins

    assert handin.file == root / "ada" / "pooling.py"
    assert list((tmp_path / "into").iterdir()) == []


def test_a_second_run_finds_the_same(put, take, pooling, packed):
    """Keys, order and all; the folder may be the same, too."""
    archive = packed({"pooling.py": "x = 1\n", "a.txt": ""})
    root = put("class", {"Ada/pooling.py": "", "ada.zip": archive, "bob.zip": archive})

    assert take(root, pooling) == take(root, pooling)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("gone", "There is no folder or archive "),
        ("gone.zip", "There is no folder or archive "),
        ("a\0b", "There is no folder or archive "),
        ("x" * 300, "cannot be looked at: File name too long"),
        ("answer.py", "answer.py is no folder, zip or tar.gz. Give what the platform gave."),
        ("x\n", "There is no folder or archive "),
        ("broken.zip", "broken.zip is broken and cannot be unpacked: File is not a zip file."),
    ],
)
def test_what_cannot_be_taken_in_is_told(put, take, pooling, tmp_path, name, sentence):
    """With what to do."""
    put(".", {"answer.py": "", "broken.zip": "PK"})

    with pytest.raises(UsageError) as caught:
        take(tmp_path / name, pooling)

    assert sentence in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_path_is_shown_harmlessly(put, take, pooling):
    """A teacher's own folder may have been named by a script."""
    for files in ([], ["a.txt"]):
        with pytest.raises(UsageError) as caught:
            take(put("a\n::error::b", files), pooling)
        assert str(caught.value).isprintable()


def test_what_platforms_tell_of_people_can_be_printed(put, take, pooling):
    """Names and numbers come from people, by way of folders."""
    files = ["submitted/a\n\x1b[31m/pooling.py", "submitted/b/pooling.py"]

    for student in take(put("course", files), pooling).students:
        assert all(
            text.isprintable() for text in (student.key, student.name, *student.ids.values())
        )
    for student in take(put("class", ["a\nb/pooling.py"]), pooling).students:
        assert student.name == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize(
    "files",
    [[], ["README.md"], ["a/", "b/"], ["docs/a.txt", "img/b.png"], [".git/HEAD", "x.csv"]],
    ids=["empty", "a file", "empty folders", "other things", "a repository"],
)
def test_where_there_are_no_submissions_the_layouts_are_named(put, take, pooling, files):
    """A gradebook full of zeros would help nobody."""
    with pytest.raises(UsageError, match=r"^There are no submissions in .*Canvas, Moodle, Blackbo"):
        take(put("class", files), pooling)


def test_a_platforms_export_without_any_answer_is_a_class_of_zeros(put, take, pooling):
    """Its names say that these are submissions."""
    intake = take(put("export", ["doejane_12_900_essay.pdf"]), pooling)

    assert [handin.file for handin in intake.handins] == [None]


def test_students_come_in_the_order_of_their_keys(put, take, pooling):
    """Which are unique, whatever they are called."""
    names = ["zoe", "Ada", "ada", "a b", "a_b"]

    intake = take(put("class", [f"{name}/pooling.py" for name in names]), pooling)

    keys = [student.key for student in intake.students]
    assert keys == sorted(keys)
    assert len({key.casefold() for key in keys}) == len(names)
    assert {student.name for student in intake.students} == set(names)
    assert all(key == key_of(key) for key in keys)


def test_results_in_the_folder_of_submissions_are_no_student(put, pooling, found):
    """Where they are written is known."""
    root = put("class", ["ada/pooling.py", "results/intake/bob/pooling.py"])

    intake = collect(root, [pooling], root / "results" / "intake")

    assert found(intake) == {"ada": "ada/pooling.py"}


def test_a_place_that_cannot_be_written_to_is_not_the_teachers_mistake(
    put, pooling, packed, notebook, tmp_path
):
    """Nor the student's; nothing is concluded."""
    into = tmp_path / "into"
    into.write_text("a file")

    for files in ({"ada.zip": packed({"a.py": ""})}, {"ada.ipynb": notebook("def pool(): 1")}):
        with pytest.raises(GraderError, match="cannot be written: ") as caught:
            collect(put(next(iter(files)) + "s", files), [pooling], into)
        assert caught.value.exit_status == 3


def test_a_hostile_class_is_taken_in(put, take, pooling, packed, found):
    """Each student is alone with what was handed in."""
    bomb = packed({"pooling.py": bytes(65 << 20)})
    deep = b"PK"
    files = {
        "bomb.zip": bomb, "broken.zip": deep, "slip.zip": packed({"../ada/pooling.py": "evil"}),
        "nan.ipynb": "NaN", "ada/pooling.py": "x = 1\n",
    }  # fmt: skip
    root = put("class", files)
    (root / "link").symlink_to("/")
    (root / "eve").mkdir()
    (root / "eve" / "pooling.py").symlink_to(root / "ada" / "pooling.py")

    intake = take(root, pooling)

    assert found(intake) == {
        "ada": "ada/pooling.py",
        "bomb": "bomb.zip unpacks to more than it may; hand in the Python file alone",
        "broken": "broken.zip is broken and cannot be unpacked: File is not a zip file",
        "eve": "eve/pooling.py is a symbolic link; none is followed",
        "nan": "pooling.ipynb is no notebook that can be read; open and save it again",
        "slip": "slip.zip/../ada/pooling.py has a path that leads out of the archive",
    }
    assert (root / "ada" / "pooling.py").read_text() == "x = 1\n"
    assert "link" in {item.origin for item in intake.unmatched}


def test_an_archive_of_a_class_may_be_hostile_too(take, pooling, found, tmp_path):
    """What would lead out is nobody's; a link is its owner's, who has no file then."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as made:
        for name in ("ada/pooling.py", "../evil/pooling.py", "/etc/pooling.py"):
            made.addfile(tarfile.TarInfo(name))
        link = tarfile.TarInfo("eve/pooling.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
        made.addfile(tarfile.TarInfo("bob/pooling.py"))
    path = tmp_path / "class.tar.gz"
    path.write_bytes(data.getvalue())

    intake = take(path, pooling)

    assert found(intake) == {
        "ada": "ada/pooling.py",
        "bob": "bob/pooling.py",
        "eve": "eve/pooling.py is a link; none is followed",
    }
    assert {item.origin for item in intake.unmatched} == {
        "../evil/pooling.py", "/etc/pooling.py", "eve/pooling.py",
    }  # fmt: skip


def test_taking_in_needs_no_torch():
    """Nor the libraries for notebooks, as long as there is none."""
    script = (
        "import sys; from grader.batch import intake\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'torch', 'numpy', 'pytest', 'nbformat'}, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
