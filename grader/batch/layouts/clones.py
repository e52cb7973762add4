"""Repositories of students, cloned side by side, as GitHub Classroom, Classroom 50 and GitLab do.

`exercise3-submissions/exercise3-jane-doe` is jane-doe's: GitHub Classroom names the folder after
the assignment. `cs101-exercise3-jane-doe` has a prefix in common with its neighbours. A login may
hold hyphens, so only a prefix that is known can be taken off.
"""

import itertools
from collections.abc import Iterator, Sequence

from grader.batch.layouts.delivery import Delivery, Reading, strays
from grader.batch.model import Student
from grader.batch.names import ExerciseNames, shown
from grader.batch.tree import Folder
from grader.model import Exercise

_ENDING = "submissions"


def read(root: Folder, exercises: Sequence[Exercise]) -> Reading | None:
    """What is in the clones, if there are any."""
    groups = list(_of_assignments(root)) or list(_side_by_side(root, exercises))
    deliveries = [
        Delivery((_student(name, prefix),), folder, is_clone=True)
        for prefix, container in groups
        for name, folder in container.folders.items()
        if name.startswith(prefix)
    ]
    if not deliveries:
        return None
    inside = [container for _, container in groups if container is not root]
    names = {container.name for container in inside}
    beside = [name for name in (*root.files, *root.folders) if inside and name not in names]
    unmatched = [
        *strays(root, beside, "is in no folder of clones"),
        *(refusal for container in inside for refusal in container.refused),
    ]
    for prefix, container in groups:
        others = [name for name in container.folders if not name.startswith(prefix)]
        why = f"is no clone whose name begins with {shown(prefix)}"
        unmatched += strays(container, (*container.files, *others), why)
    return Reading(tuple(deliveries), tuple(unmatched))


def _of_assignments(root: Folder) -> Iterator[tuple[str, Folder]]:
    """Folders named `<assignment>-submissions`, with the prefix of what is in them."""
    for container in (root, *root.folders.values()):
        prefix = container.name.removesuffix(_ENDING)
        is_named = prefix.endswith("-") and prefix != container.name
        if is_named and any(name.startswith(prefix) for name in container.folders):
            yield prefix, container


def _side_by_side(root: Folder, exercises: Sequence[Exercise]) -> Iterator[tuple[str, Folder]]:
    """The root, if most folders in it are repositories, or are all named after an exercise."""
    repositories = [name for name, folder in root.folders.items() if ".git" in folder.folders]
    if len(repositories) * 2 > len(root.folders):
        yield _prefix(repositories, root.name, exercises), root
    elif prefix := _named_prefix(_common_words([*root.folders]), exercises):
        yield prefix, root


def _prefix(names: Sequence[str], root: str, exercises: Sequence[Exercise]) -> str:
    """What stands before the logins: the name of the folder or of an exercise, if they are there;
    else all that the names have in common, which takes two names to tell."""
    common = _common_words(names)
    if root and all(name.startswith(f"{root}-") for name in names):
        return f"{root}-"
    named = _named_prefix(common, exercises)
    return named or ("-".join([*common, ""]) if len(names) > 1 else "")


def _common_words(names: Sequence[str]) -> list[str]:
    """The words between hyphens with which all names begin; the last word is never one of them."""
    columns = zip(*(name.split("-")[:-1] for name in names), strict=False)
    same = itertools.takewhile(lambda words: len(set(words)) == 1, columns)
    return [words[0] for words in same]


def _named_prefix(words: Sequence[str], exercises: Sequence[Exercise]) -> str:
    """`cs101-exercise3-` of words that begin so: all up to the name of an exercise."""
    names = ExerciseNames(exercises)
    for end in range(1, len(words) + 1):
        if any(names.find("-".join(words[start:end])) for start in range(end)):
            return "-".join([*words[:end], ""])
    return ""


def _student(name: str, prefix: str) -> Student:
    login = name.removeprefix(prefix) or name
    return Student(login, ids={"username": login} if prefix else {})
