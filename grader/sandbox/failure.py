"""What can come of a request besides a value."""

from dataclasses import dataclass
from typing import Any

# More than a report can show, and than an honest worker sends.
MAX_TEXT, MAX_BASES = 2_000, 50


@dataclass(frozen=True)
class Failure:
    """An exception that the code under examination raised.

    `line`, `source` and `function` are where in its own text; `entered` is the line there by which
    that was reached.
    """

    type: str
    bases: tuple[str, ...]
    kind: str
    message: str
    line: int | None
    source: str
    function: str
    entered: int | None = None


class SubjectError(Exception):
    """The code under examination raised; `failure` says what and where."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.type}: {failure.message}")
        self.failure = failure


class Interrupted(Exception):
    """The experiment cannot go on, whatever it does: not an answer of the examined code."""


class Garbled(Interrupted):
    """The answer is a value, but no answer to what was asked."""


def failure_from(error: dict[str, Any]) -> Failure:
    """A failure from untrusted data."""

    def text(key: str) -> str:
        value = error.get(key)
        return value[:MAX_TEXT] if type(value) is str else ""

    def line(key: str) -> int | None:
        value = error.get(key)
        return value if type(value) is int else None

    bases = error.get("bases")
    return Failure(
        type=text("type") or "Exception",
        bases=tuple(b for b in bases[:MAX_BASES] if type(b) is str) if type(bases) is list else (),
        kind=text("kind"),
        message=text("message"),
        line=line("line"),
        source=text("source"),
        function=text("function"),
        entered=line("entered"),
    )
