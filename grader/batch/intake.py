"""The story of taking in submissions: from what a platform handed out to one file for each student
and exercise, or a word why there is none. Nothing that was handed in is run."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from grader.batch.archive import CLASS, Unpacker
from grader.batch.contents import Opened, opened
from grader.batch.layouts import FOLDERS, recognise
from grader.batch.model import Intake, Student, Unmatched
from grader.batch.names import (
    is_archive,
    is_code,
    shown,
    unique_keys,
    without_archive_ending,
)
from grader.batch.picking import Picker
from grader.batch.tree import Folder, Unusable, read_folder
from grader.errors import UsageError
from grader.model import Exercise


def collect(submissions: Path, exercises: Sequence[Exercise], into: Path) -> Intake:
    """One hand-in for every student and each of `exercises`.

    `submissions` is a folder, a zip or a tar.gz. What has to be unpacked, and the code of
    notebooks, is written below the folder `into`, and must stay there as long as it is graded.
    Raises `UsageError` when there is nothing to grade, `GraderError` when `into` cannot be
    written to.
    """
    unpacker = Unpacker(into)
    root = _open(submissions, unpacker, into)
    layout, reading = recognise(root, exercises)
    if not reading.deliveries or (layout == FOLDERS and not _has_any(root)):
        raise UsageError(_nothing_in(submissions, reading.unmatched))
    brought = [opened(delivery, unpacker) for delivery in reading.deliveries]
    students = _students(brought)
    picker = Picker(exercises, into)
    handins = tuple(
        handin for student, theirs in students for handin in picker.hand_ins(student, theirs)
    )
    refused = [refusal for delivery in brought for refusal in delivery.refused]
    unmatched = dict.fromkeys((*reading.unmatched, *refused, *picker.unmatched))
    return Intake(layout, tuple(student for student, _ in students), handins, tuple(unmatched))


def _open(submissions: Path, unpacker: Unpacker, into: Path) -> Folder:
    name = shown(str(submissions))
    try:
        if submissions.is_dir():
            # Results may be written into the folder of submissions: they are no student's.
            target = into.resolve()
            return read_folder(submissions.resolve(), {target, *target.parents})
        if not submissions.is_file():
            raise UsageError(f"There is no folder or archive {name}. Give a path that is.")
        if not is_archive(submissions.name):
            raise UsageError(f"{name} is no folder, zip or tar.gz. Give what the platform gave.")
        root = unpacker.unpack(submissions, "", CLASS)
    except OSError as error:
        raise UsageError(f"{name} cannot be looked at: {error.strerror}.") from error
    except Unusable as error:
        raise UsageError(f"{name} {error}.") from error
    return replace(root, name=without_archive_ending(submissions.name))


def _has_any(root: Folder) -> bool:
    """Whether there is anything at all that somebody may have handed in."""
    names = (name for _, folder in root.walk() for name in folder.files)
    return any(is_code(name) or is_archive(name) for name in names)


def _nothing_in(submissions: Path, unmatched: Sequence[Unmatched]) -> str:
    seen = f" ({unmatched[0].origin} {unmatched[0].why}.)" if unmatched else ""
    return (
        f"There are no submissions in {shown(str(submissions))}.{seen} Give the folder or archive "
        "that Canvas, Moodle, Blackboard or Gradescope hands out, a course folder of nbgrader, a "
        "folder of clones as GitHub Classroom makes it, or one with a folder for each student."
    )


def _students(brought: Sequence[Opened]) -> list[tuple[Student, list[Opened]]]:
    """The students in order of their keys, now unique, each with all of their deliveries."""
    known: dict[str, Student] = {}
    theirs: dict[str, list[Opened]] = {}
    for delivery in brought:
        for student in delivery.delivery.students:
            theirs.setdefault(student.key, []).append(delivery)
            if student.key not in known or not known[student.key].name:
                known[student.key] = student
    keys = unique_keys(known)
    return [
        (_named(known[identity], key), theirs[identity])
        for identity, key in sorted(keys.items(), key=lambda item: item[1])
    ]


def _named(student: Student, key: str) -> Student:
    ids = {kind: shown(identity) for kind, identity in student.ids.items()}
    return Student(key, shown(student.name), ids)
