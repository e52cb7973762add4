"""Which row of an export is which student: by what identifies them, never by likeness."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.batch.exports.sheet import Person, Sheet
from grader.batch.model import Student

# The keys of `Student.ids`, the surest first; a name is only asked for where none of them helps.
_KINDS = ("canvas", "moodle", "sid", "username", "email", "name")


@dataclass(frozen=True)
class Matching:
    """The row of each student, by the student's key; who has none, and who could be in several."""

    rows: dict[str, Person]
    missing: tuple[Student, ...]
    ambiguous: tuple[Student, ...]


def match(students: Iterable[Student], sheet: Sheet) -> Matching:
    """Find each student's row. A row goes to one student, a student to one row, or to none."""
    undecided = {student.key: student for student in students}
    found: dict[str, Person] = {}
    ambiguous: list[Student] = []
    for kind in _KINDS:
        index = _index(sheet, kind)
        taken = {person.row for person in found.values()}
        claims: dict[int, list[tuple[Student, Person]]] = defaultdict(list)
        for student in list(undecided.values()):
            fitting = {p.row: p for word in _words(student, kind) for p in index.get(word, ())}
            if len(fitting) > 1:
                ambiguous.append(undecided.pop(student.key))
            for person in fitting.values() if len(fitting) == 1 else ():
                if person.row not in taken and not _contradicts(student, person, sheet):
                    claims[person.row].append((student, person))
        for claimants in claims.values():
            for student, person in claimants:
                del undecided[student.key]
                if len(claimants) == 1:
                    found[student.key] = person
                else:
                    ambiguous.append(student)
    return Matching(found, tuple(undecided.values()), tuple(ambiguous))


def _index(sheet: Sheet, kind: str) -> Mapping[str, list[Person]]:
    index: dict[str, list[Person]] = defaultdict(list)
    for person in sheet.people:
        words = _name_forms(person.name) if kind == "name" else {_folded(person.ids.get(kind, ""))}
        for word in words - {""}:
            index[word].append(person)
    return index


def _words(student: Student, kind: str) -> set[str]:
    """What a row may say under `kind` to be this student's."""
    if kind == "name":
        return _name_forms(student.name) | _name_forms(student.key)
    # In a tree of folders, the name of a folder is all that is known, and often a login.
    default = student.key if kind == "username" else ""
    return {_folded(student.ids.get(kind) or default)}


def _contradicts(student: Student, person: Person, sheet: Sheet) -> bool:
    """Whether the platform knows the two under different ids: then they share only a name."""
    ours = _folded(student.ids.get(sheet.decisive, ""))
    theirs = _folded(person.ids.get(sheet.decisive, ""))
    return bool(ours and theirs) and ours != theirs


def _name_forms(name: str) -> set[str]:
    """A name as it is written, and with what follows a comma in front."""
    plain = _folded(name)
    last, comma, first = plain.partition(", ")
    return {plain, f"{first} {last}"} if comma else {plain}


def _folded(text: str) -> str:
    """Text in which capitals, spaces and the way that an accent is encoded make no difference."""
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())
