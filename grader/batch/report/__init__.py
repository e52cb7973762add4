"""The class report: one HTML file about everybody who handed in, for the teacher."""

from grader.batch.report.document import render

__all__ = ["render"]
