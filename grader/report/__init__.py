"""Reports: one file a format, each with `render(report) -> str`, and a line in `FORMATS`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from grader.errors import UsageError
from grader.model import Report
from grader.report import classroom50, github, gradescope, html, json, junit, markdown, terminal

Render = Callable[[Report], str]

FORMATS: dict[str, Render] = {
    "terminal": terminal.render,
    "json": json.render,
    "junit": junit.render,
    "markdown": markdown.render,
    "html": html.render,
    "gradescope": gradescope.render,
    "github": github.render,
    "classroom50": classroom50.render,
}


def targets(wanted: Sequence[str]) -> list[tuple[str, Path | None]]:
    """The name of a format and where it goes, for each `FORMAT` or `FORMAT=FILE`; None is stdout.

    Raises `UsageError` for an unknown format, and when two would go to stdout.
    """
    to_stdout = [text for text in wanted if "=" not in text]
    if len(to_stdout) > 1:
        raise UsageError(
            f"Only one format can go to stdout, not {' and '.join(to_stdout)}. "
            f"Give the others a file: --format {to_stdout[1]}=FILE"
        )
    found = []
    for text in wanted:
        name, equals, file = text.partition("=")
        if equals and not file:
            raise UsageError(f"--format {text} names no file. Write --format {text}FILE.")
        if name not in FORMATS:
            raise UsageError(f"There is no format {name!r}. There are: {', '.join(FORMATS)}.")
        found.append((name, Path(file) if file else None))
    return found


__all__ = ["FORMATS", "Render", "targets"]
