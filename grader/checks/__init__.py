"""The vocabulary of suites.

Test functions get `same`, `rejects`, `unchanged`, `portable`, `holds` and `draw` by name; what
else they need is imported from here.
"""

from grader.checks.vocabulary import Points, gradients, loaded, points, random_numbers

__all__ = ["Points", "gradients", "loaded", "points", "random_numbers"]
