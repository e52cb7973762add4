"""What several of the grader's own tests need: code under examination, and a reader of HTML."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from grader.bank import load_module, local_subject
from grader.checks.experiment import Reference, to_absolute, to_double
from grader.sandbox.proxy import Subject

# The first line of every module that is made here; what a test writes begins on line 2.
HEADER = "import torch; from torch import nn\n"


@pytest.fixture
def module(tmp_path: Path) -> Callable[[str], ModuleType]:
    """Makes a module: `module("def f(x): return x")`."""
    numbers = itertools.count()

    def make(source: str) -> ModuleType:
        path = tmp_path / f"answer{next(numbers)}.py"
        path.write_text(HEADER + source.lstrip("\n"))
        return load_module(path)

    return make


@pytest.fixture
def subject(module) -> Callable[..., Subject]:
    """Makes what a suite calls `m` of one source text, or of several laid over each other."""
    return lambda *sources: local_subject(*map(module, sources))


@pytest.fixture
def reference(module) -> Callable[[str], Reference]:
    """Makes a reference in its three castings of source text."""

    def make(source: str) -> Reference:
        code = module(source)
        return Reference(
            plain=local_subject(code),
            double=local_subject(code, cast=to_double),
            absolute=local_subject(code, cast=to_absolute),
        )

    return make


VOID = {"meta", "link", "wbr", "br", "img", "hr", "input"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        """This one and all below it, in the order of the text."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    def all(self, tag: str, **attributes: str) -> list["Element"]:
        """Those below with this tag and attributes; `class_` holds one of several classes."""
        wanted = attributes.pop("class_", None)
        return [
            one
            for one in self
            if one.tag == tag
            and attributes.items() <= one.attributes.items()
            and (wanted is None or wanted in one.attributes.get("class", "").split())
        ]

    @property
    def text(self) -> str:
        """What is written in it."""
        return "".join(c.text if isinstance(c, Element) else c for c in self.children)


class Reader(HTMLParser):
    """Makes a tree; every element must be closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root")
        self._open = [self.root]

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), f"{tag} has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data):
        self._open[-1].children.append(data)


def tree_of(text: str) -> Element:
    """The elements of a page."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert len(reader._open) == 1, f"<{reader._open[-1].tag}> is not closed"
    return reader.root


def check_alone(page: Element) -> None:
    """It needs nothing from anywhere, and runs nothing."""
    assert (
        page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
        == POLICY
    )
    assert not {e.tag for e in page} & {
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "img",
    }
    names = {name for element in page for name in element.attributes}
    assert not {n for n in names if n.startswith("on")} | names & {
        "src",
        "srcset",
        "action",
        "xlink:href",
    }
    for element in page:
        style = element.text if element.tag == "style" else element.attributes.get("style", "")
        assert not re.search(r"url\(|@import|expression|https?:", style)
    for link in (e for e in page if "href" in e.attributes):
        assert re.match(r"#|\./[^/]|data:,$", link.attributes["href"]), link.attributes["href"]


def check_structure(page: Element) -> None:
    """Headings step down one at a time, landmarks and names are there, references resolve."""
    assert page.all("html")[0].attributes["lang"] == "en"
    assert page.all("title")[0].text.strip()
    assert len(page.all("main")) == len(page.all("h1")) == 1
    levels = [int(e.tag[1]) for e in page if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [e.attributes["id"] for e in page if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    targets = [e.attributes["href"][1:] for e in page if e.attributes.get("href", "")[:1] == "#"]
    targets += [e.attributes["aria-labelledby"] for e in page if "aria-labelledby" in e.attributes]
    assert set(targets) <= set(ids)
    for table in page.all("table"):
        assert table.all("caption")
        assert all("scope" in heading.attributes for heading in table.all("th"))
    for element in page:
        if element.attributes.get("role") in ("img", "region"):
            assert {"aria-label", "aria-labelledby"} & set(element.attributes)
        if element.tag != "main" and "tabindex" in element.attributes:
            assert element.attributes["role"] == "region"


@pytest.fixture
def page() -> Callable[[str], Element]:
    """Reads a page of HTML, and makes sure that it stands alone and is made for everybody."""

    def read(text: str) -> Element:
        text.encode()
        root = tree_of(text)
        check_alone(root)
        check_structure(root)
        return root

    return read
