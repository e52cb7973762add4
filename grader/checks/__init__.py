"""The vocabulary of suites.

Test functions get `same`, `rejects`, `unchanged`, `portable`, `holds` and `draw` by name; what
else they need is imported from here.
"""

from grader.checks.vocabulary import (
    Points,
    gradients,
    loaded,
    points,
    random_numbers,
    shapes,
    two_modules,
)
from grader.sandbox.failure import SubjectError

__all__ = [
    "Points", "SubjectError", "gradients", "loaded", "points", "random_numbers", "shapes",
    "two_modules",
]  # fmt: skip
