"""What a layout finds out."""

from grader.batch.layouts.delivery import strays
from grader.batch.model import Unmatched
from grader.batch.tree import Folder


def test_strays_are_shown_harmlessly_with_where_they_lie():
    """Their names are anybody's."""
    assert strays(Folder("b", "a/b/"), ["x\n"], "is odd") == [
        Unmatched("a/b/x\N{REPLACEMENT CHARACTER}", "is odd")
    ]
