"""How platforms hand out submissions, one file a family, and which of them a tree follows.

Each file has `read(root, exercises)`, which gives what its platform says was handed in, or None
when the tree does not follow its conventions.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from grader.batch.layouts import (
    blackboard,
    canvas,
    clones,
    folders,
    gradescope,
    moodle,
    nbgrader,
)
from grader.batch.layouts.delivery import Reading
from grader.batch.names import ExerciseNames, is_archive, is_code
from grader.batch.tree import Folder
from grader.model import Exercise

# The most telling marks come first; any tree at all is a folder of folders.
LAYOUTS: dict[str, Callable[[Folder, Sequence[Exercise]], Reading | None]] = {
    "Gradescope": gradescope.read,
    "Moodle": moodle.read,
    "Blackboard": blackboard.read,
    "Canvas": canvas.read,
    "nbgrader": nbgrader.read,
    "clones": clones.read,
}
FOLDERS = "folders"
# Archives often hold everything in one more folder, and that one in another.
MAX_WRAPPERS = 3


def recognise(root: Folder, exercises: Sequence[Exercise]) -> tuple[str, Reading]:
    """The name of the layout that a tree follows, and what was handed in by it."""
    wrappers = list(_wrappers(root))
    for folder in wrappers:
        for name, read in LAYOUTS.items():
            reading = read(folder, exercises)
            if reading is not None:
                return name, _with_refused(reading, folder)
    inner = wrappers[-1] if _holds_students(wrappers[-1], exercises) else root
    return FOLDERS, _with_refused(folders.read(inner, exercises), inner)


def _with_refused(reading: Reading, folder: Folder) -> Reading:
    return replace(reading, unmatched=(*reading.unmatched, *folder.refused))


def _wrappers(root: Folder) -> Iterator[Folder]:
    """A folder, and while there is nothing else in it, the one inside."""
    yield root
    for _ in range(MAX_WRAPPERS):
        if root.files or root.refused or len(root.folders) != 1:
            return
        (root,) = root.folders.values()
        yield root


def _holds_students(folder: Folder, exercises: Sequence[Exercise]) -> bool:
    """Whether a folder inside of others holds several students, rather than being a student's."""
    names = ExerciseNames(exercises)
    is_workspace = ".git" in folder.folders or "exercises" in folder.folders
    if is_workspace or any(map(names.is_exercise, folder.folders)):
        return False
    handed_in = [name for name in folder.files if is_code(name) or is_archive(name)]
    return len(folder.folders) + len(handed_in) > 1 and not any(map(names.find_file, handed_in))
