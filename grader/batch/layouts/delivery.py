"""What a layout finds out."""

from collections.abc import Iterable
from dataclasses import dataclass

from grader.batch.model import Student, Unmatched
from grader.batch.names import shown
from grader.batch.tree import Folder


@dataclass(frozen=True)
class Delivery:
    """What one student, or a group, handed in at one time.

    The `key` of each student is what the platform tells them apart by. Of several attempts, the
    one that sorts last counts. `numbered` says that the platform numbers files of the same name
    as they come in, and `order` which file came in later. `is_clone` is true of a whole repository.
    `feedback` is the path for a file back to the student; None where the platform wants none in
    particular.
    """

    students: tuple[Student, ...]
    folder: Folder
    attempt: str = ""
    numbered: bool = False
    order: int = 0
    late: bool = False
    is_clone: bool = False
    feedback: str | None = None


@dataclass(frozen=True)
class Reading:
    """All deliveries in a tree, and what is in it beside them."""

    deliveries: tuple[Delivery, ...]
    unmatched: tuple[Unmatched, ...] = ()


def strays(folder: Folder, names: Iterable[str], why: str) -> list[Unmatched]:
    """What in a folder is nobody's, all for one reason."""
    return [Unmatched(shown(f"{folder.origin}{name}"), why) for name in names]
