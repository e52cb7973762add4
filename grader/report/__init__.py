"""Reports: one file a format, each with `render(report) -> str`, and a line in `FORMATS`."""

from collections.abc import Callable

from grader.model import Report
from grader.report import json, terminal

FORMATS: dict[str, Callable[[Report], str]] = {
    "terminal": terminal.render,
    "json": json.render,
}

__all__ = ["FORMATS"]
