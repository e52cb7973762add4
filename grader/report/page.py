"""HTML pages: jinja2 templates in which everything is escaped, and hostile text made harmless.

A page is one file that needs no network and no script. The templates are in `templates/`.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from grader.report import text

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# Overrides, embeddings and isolates: they could make a text read as what it is not.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Names, titles and the like; a longer one says nothing more.
MAX_LINE = 300
# A message, an error, what was printed: two or three screens.
MAX_BLOCK = 6_000


def render(template: str, **values: Any) -> str:
    """The page that a template makes of these values."""
    return _templates().get_template(template).render(**values)


def prepare() -> None:
    """Have every template compiled, so that no page has to wait for that."""
    templates = _templates()
    for name in templates.list_templates():
        templates.get_template(name)


def block(written: str, limit: int = MAX_BLOCK) -> str:
    """`written` on its lines, without control characters, cut after `limit` characters.

    Signs that turn the direction of reading are shown as their numbers, such as `<U+202E>`.
    """
    plain = text.printable(_with_turns_shown(written)).rstrip()
    if len(plain) <= limit:
        return plain
    return f"{plain[:limit]}\n… and {len(plain) - limit:,} characters more"


def line(written: str, limit: int = MAX_LINE) -> str:
    """`block` on a single line."""
    plain = text.one_line(_with_turns_shown(written))
    return plain if len(plain) <= limit else f"{plain[:limit]}…"


def code(written: str) -> "Markup":
    """A sentence as markup, in which what stands between backticks is code."""
    from markupsafe import Markup, escape

    parts = written.split("`")
    if len(parts) % 2 == 0:
        return escape(written)
    marked = [
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    ]
    return Markup("").join(marked)


def _with_turns_shown(written: str) -> str:
    return _TURNING.sub(lambda found: f"<U+{ord(found[0]):04X}>", written)


@cache
def _templates() -> "Environment":
    # Imported when it is needed: most runs draw for a terminal, and should not wait for this.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    templates = Environment(
        loader=PackageLoader("grader.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= {"block": block, "line": line, "code": code}
    return templates
