"""Names that students and platforms give to files: shown, passed over, made into keys."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from grader.model import Exercise

CODE = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
MAX_SHOWN = 300
# In UTF-8; with an ending it must still fit into the 255 that a file's name may have.
MAX_KEY_BYTES = 120

# What systems, editors and tools leave behind. Nobody hands these in.
_JUNK = frozenset(
    {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}
    | {".git", ".hg", ".svn", ".idea", ".vscode", ".grade"}
    | {"__pycache__", ".ipynb_checkpoints", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
    | {"venv", ".venv", "site-packages", "node_modules"}
)
_RESERVED_ON_WINDOWS = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def shown(text: str) -> str:
    """A name as text that can be printed and encoded, whatever signs are in it."""
    cut = text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is never part of an answer."""
    lower = name.lower()
    return lower in _JUNK or lower.startswith("._") or lower.endswith(".pyc")


def is_code(name: str) -> bool:
    """Whether a file of this name is a Python file or a notebook."""
    return name.lower().endswith(CODE)


def is_archive(name: str) -> bool:
    """Whether a file of this name is unpacked."""
    return name.lower().endswith(ARCHIVES)


def without_archive_ending(name: str) -> str:
    """`alice.tar.gz` as `alice`; anything else as it is."""
    return next((name[: -len(end)] for end in ARCHIVES if name.lower().endswith(end)), name)


def key_of(identity: str) -> str:
    """A file name for something that somebody named: legal on every system, and readable."""
    plain = unicodedata.normalize("NFC", identity)
    kept = "".join(c if _is_kept(c) else " " for c in plain)
    short = "_".join(kept.split()).encode()[:MAX_KEY_BYTES].decode("utf-8", "ignore")
    key = short.lstrip(".-+@").rstrip(".") or "unnamed"
    return f"_{key}" if _RESERVED_ON_WINDOWS.match(key) else key


def file_name_of(name: str) -> str:
    """`key_of` that keeps the ending of a file's name."""
    end = next((end for end in (*CODE, *ARCHIVES) if name.lower().endswith(end)), "")
    return f"{key_of(name[: len(name) - len(end)])}{end}"


def unique_keys(identities: Iterable[str]) -> dict[str, str]:
    """A key for each identity; no two are equal, in lower case either.

    Those that would clash get a fingerprint of the identity, so a key does not depend on the
    order in which students are found.
    """
    keys = {identity: key_of(identity) for identity in identities}
    for digits in (8, 16, 64):
        count = Counter(map(_folded, keys.values()))
        for identity, key in keys.items():
            if count[_folded(key)] > 1:
                keys[identity] = f"{key_of(identity)}-{_fingerprint(identity)[:digits]}"
    return keys


def _is_kept(character: str) -> bool:
    # Marks are the vowels of many scripts.
    is_mark = unicodedata.category(character).startswith("M")
    return character.isalnum() or is_mark or character in "._-+@"


def _folded(key: str) -> str:
    return unicodedata.normalize("NFKC", key).casefold()


def _fingerprint(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()


def exercise_numbers(path: str) -> list[int]:
    """The numbers of the exercises that a path names, graded or not: 3 in `exercise03_x/y.py`."""
    return [int(number) for number in re.findall(r"exercise[\s_-]?0*(\d{1,9})", path.casefold())]


class ExerciseNames:
    """The names under which the exercises of a batch may be handed in."""

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        self._by_word: dict[str, Exercise] = {}
        self._by_number: dict[int, Exercise] = {}
        for exercise in exercises:
            self._by_word[exercise.slug.casefold()] = exercise
            self._by_word[exercise.stem.casefold()] = exercise
            self._by_number[exercise.number] = exercise

    def find(self, word: str) -> Exercise | None:
        """The exercise that `max_unpool`, `exercise03_max_unpool` or `Exercise 3` stands for."""
        plain = re.sub(r"[\s-]+", "_", word.strip().casefold())
        number = re.fullmatch(r"exercise_?0*(\d{1,9})", plain)
        return self._by_number.get(int(number[1])) if number else self._by_word.get(plain)

    def is_exercise(self, word: str) -> bool:
        """Whether a folder is named after an exercise, be it graded or not."""
        stem = re.fullmatch(r"exercise[\s_-]?\d+(_\w+)?", word.casefold())
        return stem is not None or self.find(word) is not None

    def find_file(self, name: str) -> tuple[Exercise, int] | None:
        """The exercise of a file name, and its number among copies: 2 in `corr2d-2.py`."""
        stem = PurePath(name).stem
        whole = self.find(stem)
        if whole is not None:
            return whole, 0
        copy = re.fullmatch(r"(.+?)(?:-(\d{1,9})|\s*\((\d{1,9})\))", stem)
        found = self.find(copy[1]) if copy else None
        return (found, int(copy[2] or copy[3])) if copy and found else None
