"""Any other tree: one folder, or one archive, is one student.

Where one exercise is graded, one file may be one student, too.
"""

from collections.abc import Sequence
from pathlib import PurePath

from grader.batch.layouts.delivery import Delivery, Reading, strays
from grader.batch.model import Student, Unmatched
from grader.batch.names import (
    ExerciseNames,
    is_archive,
    is_code,
    without_archive_ending,
)
from grader.batch.tree import File, Folder, Unusable, single
from grader.model import Exercise

# In the folder where a batch keeps its results, which may lie beside the submissions.
RESULTS = "results.sqlite"


def read(root: Folder, exercises: Sequence[Exercise]) -> Reading:
    """What was handed in."""
    names = ExerciseNames(exercises)
    deliveries, unmatched = [], []
    for name, folder in root.folders.items():
        try:
            deliveries.append(_of_folder(folder, names))
        except Unusable as error:
            unmatched += strays(root, [name], str(error))
    for file in root.files.values():
        try:
            deliveries.append(_of_file(file, names, exercises))
        except Unusable as error:
            unmatched.append(Unmatched(file.origin, str(error)))
    return Reading(tuple(deliveries), tuple(unmatched))


def _of_folder(folder: Folder, names: ExerciseNames) -> Delivery:
    if names.is_exercise(folder.name):
        raise Unusable("is named after an exercise, not after a student; give this folder itself")
    if folder.name.startswith("."):
        raise Unusable("is a hidden folder, not a student's")
    if RESULTS in folder.files:
        raise Unusable("holds the results of a batch")
    return Delivery((_student(folder.name),), folder, is_clone=".git" in folder.folders)


def _of_file(file: File, names: ExerciseNames, exercises: Sequence[Exercise]) -> Delivery:
    if is_archive(file.name):
        return Delivery((_student(without_archive_ending(file.name)),), single(file))
    if not is_code(file.name):
        raise Unusable("is in no student's folder")
    if names.find_file(file.name):
        raise Unusable("is named after an exercise; put it into a folder named after its student")
    if len(exercises) != 1:
        raise Unusable("is a student's, perhaps, but of which exercise? Name it with --exercise")
    path = PurePath(file.name)
    given = File(f"{exercises[0].slug}{path.suffix.lower()}", file.path, file.origin)
    return Delivery((_student(path.stem),), single(given))


def _student(name: str) -> Student:
    return Student(name, name)
