"""Names: harmless to print, legal as files, and as good as the exercise's own."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.names import (
    ExerciseNames,
    exercise_numbers,
    file_name_of,
    is_archive,
    is_code,
    is_junk,
    key_of,
    shown,
    unique_keys,
    without_archive_ending,
)
from grader.model import Exercise, Limits

names = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    "name", ["\x1b[31mred", "a\nb", "\u202egnp.exe", os.fsdecode(b"\xff"), "\0"]
)
def test_a_name_can_be_printed_and_encoded(name):
    """Whoever made it cannot colour, break or reverse the teacher's lines."""
    text = shown(name)

    assert text.isprintable()
    assert text.encode()
    assert "\N{REPLACEMENT CHARACTER}" in text


def test_an_honest_name_is_shown_as_it_is():
    """Spaces and letters of all scripts."""
    assert shown("Zoë Ωmega 李 (1).py") == "Zoë Ωmega 李 (1).py"


def test_a_name_without_end_is_cut():
    """A member of a zip can have a name of 64 KiB."""
    assert len(shown("x" * 65_000)) == 300
    assert shown("x" * 300) == "x" * 300


@pytest.mark.parametrize("name", ["__MACOSX", "._a.py", ".DS_Store", ".git", ".venv", "a.pyc"])
def test_leftovers_of_systems_and_tools_are_junk(name):
    """Nobody hands these in on purpose."""
    assert is_junk(name)


@pytest.mark.parametrize("name", ["a.py", "_a.py", "git", "venv.py", ".github", "env"])
def test_what_may_be_work_is_not_junk(name):
    """A name that is only like those of tools."""
    assert not is_junk(name)


@pytest.mark.parametrize(
    ("identity", "key"),
    [
        ("jdoe", "jdoe"),
        ("Jane  Doe_12", "Jane_Doe_12"),
        ("jane@x.edu", "jane@x.edu"),
        ("Zoë 李 ज़ोई", "Zoë_李_ज़ोई"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("=HYPERLINK(1)", "HYPERLINK_1"),
        ("-rf", "rf"),
        (".hidden.", "hidden"),
        ("a\n\x1b[31m<b>", "a_31m_b"),
        ("CON", "_CON"),
        ("lpt1.txt", "_lpt1.txt"),
        ("...", "unnamed"),
    ],
)
def test_a_key_is_a_legal_and_readable_file_name(identity, key):
    """On every system; it begins with nothing that a shell or spreadsheet would obey."""
    assert key_of(identity) == unicodedata.normalize("NFC", key)


@given(names)
def test_no_name_makes_a_bad_key(name):
    """Whatever somebody is called."""
    key = key_of(name)

    assert 0 < len(key.encode()) <= 121
    assert not set('/\\:*?"<>|\0\n=') & set(key)
    assert key.isprintable()
    assert key[0] not in ".-+@"
    assert key[-1] not in ". "


def test_a_file_keeps_its_ending_however_long_its_name():
    """What is in a file is told by its ending."""
    assert file_name_of("x" * 200 + ".tar.gz").endswith("x.tar.gz")
    assert file_name_of("a b.PY") == "a_b.py"


def test_keys_differ_in_lower_case_and_in_other_forms_too():
    """Some file systems see no difference between these."""
    identities = ["Ada", "ada", "Zoe\u0308", "Zo\u00eb", "a b", "a/b", "x"]

    keys = unique_keys(identities)

    folded = {unicodedata.normalize("NFKC", key).casefold() for key in keys.values()}
    assert len(folded) == len(identities)
    assert keys["x"] == "x"
    assert keys["Ada"].startswith("Ada-")


def test_a_key_does_not_depend_on_the_order():
    """The second run must find what the first one kept."""
    assert unique_keys(["ada", "Ada", "eve"]) == unique_keys(["eve", "Ada", "ada"])


def test_nobody_can_take_the_key_of_another():
    """A student who calls himself as the fingerprint of another's name would make it."""
    wanted = unique_keys(["Ada", "ada"])["Ada"]

    keys = unique_keys(["Ada", "ada", wanted])

    assert len(set(keys.values())) == 3


@given(st.sets(names, max_size=6))
def test_keys_are_unique(identities):
    """Whatever students are called."""
    keys = unique_keys(identities).values()

    assert len({unicodedata.normalize("NFKC", key).casefold() for key in keys}) == len(identities)


def test_an_archive_is_called_by_its_first_name():
    """Of two endings, both go."""
    assert [without_archive_ending(n) for n in ("a.tar.gz", "b.ZIP", "c.d")] == ["a", "b", "c.d"]


def test_endings_count_in_any_case():
    """Windows does not care, and so its users do not."""
    assert is_code("A.PY")
    assert is_code("b.IPYNB")
    assert is_archive("C.TAR.GZ")
    assert not is_code("a.pyx")
    assert not is_archive("b.gz")


def test_an_exercise_may_be_named_in_any_case():
    """A course may call a file as the paper calls the network."""
    exercise = Exercise("exercise09_LeNet", 9, "LeNet", "", "", (), Limits(), Path("/course"))

    for word in ("LeNet", "lenet", "exercise09_lenet"):
        assert ExerciseNames([exercise]).find(word) is exercise


def test_a_path_tells_the_numbers_of_exercises():
    """However they are written."""
    assert exercise_numbers("Exercise 3/exercise04_x/exercise-12.py") == [3, 4, 12]


@pytest.mark.parametrize(
    "word",
    ["pooling", "Pooling", "exercise07_pooling", "exercise7", "Exercise 07", "exercise-7",
     "EXERCISE_7", " pooling "],
)  # fmt: skip
def test_an_exercise_has_many_names(pooling, padding, word):
    """As the command line has."""
    assert ExerciseNames([padding, pooling]).find(word) is pooling


@pytest.mark.parametrize("word", ["pool", "exercise70", "7", "", "exercise07_padding"])
def test_other_words_are_no_names_of_an_exercise(pooling, padding, word):
    """A number alone would be too little in a file's name."""
    assert ExerciseNames([padding, pooling]).find(word) is None


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("pooling.py", 0), ("pooling-1.py", 1), ("pooling (2).py", 2), ("pooling(10).py", 10),
        ("Pooling.PY", 0), ("exercise-7.py", 0), ("exercise7-3.py", 3), ("pooling.ipynb", 0),
    ],
)  # fmt: skip
def test_a_copy_of_a_file_is_numbered(pooling, name, copy):
    """By a platform, with a hyphen, or by a browser, in brackets."""
    assert ExerciseNames([pooling]).find_file(name) == (pooling, copy)


@pytest.mark.parametrize("name", ["my_pooling.py", "pooling2.py", "pooling-a.py", "pooling.py.py"])
def test_another_name_is_no_copy(pooling, name):
    """A guess would be worse than a word in the list of what is left over."""
    assert ExerciseNames([pooling]).find_file(name) is None
