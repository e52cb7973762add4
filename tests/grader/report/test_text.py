"""What student code may have written, made harmless."""

import re
import unicodedata

import hypothesis
import pytest
from hypothesis import strategies as st

from grader.report.text import one_line, printable


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "two\nlines",
        "a\ttab",
        "é 漢字 🙂 −×… ∑",
        "x[::2, ::-1]",
        "[red]not markup[/red]",
    ],
)
def test_ordinary_text_stays_as_it_is(text):
    """Letters of all languages, line ends and tabs are harmless."""
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("\x1b[31mred\x1b[0m", "red", id="colour"),
        pytest.param("\x1b[38;2;1;2;3mred\x1b[m", "red", id="true colour"),
        pytest.param("\x1b[2J\x1b[1;1Htop", "top", id="clear the screen"),
        pytest.param("\x1b[?1049hother", "other", id="another screen"),
        pytest.param("\x1b]0;title\x07text", "text", id="title of the window"),
        pytest.param("\x1b]0;title\x1b\\text", "text", id="title, the other way"),
        pytest.param("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link", id="link"),
        pytest.param("\x1b]52;c;cm0gLXJm\x07", "", id="clipboard"),
        pytest.param("\x1b]0;without an end", "", id="title without an end"),
        pytest.param("\x1bcreset", "creset", id="reset"),
        pytest.param("\x1b(0lqk", "(0lqk", id="line drawing"),
        pytest.param("\x1bPq#0\x1b\\sixel", "q#0sixel", id="picture"),
        pytest.param("\x1b\x1b[31m[31m", "[31m", id="one escape in another"),
        pytest.param("end\x1b", "end", id="a lonely escape"),
        pytest.param("\x9b31mred", "31mred", id="an escape of one byte"),
        pytest.param("bell\x07 back\x08space", "bell backspace", id="bell and backspace"),
        pytest.param("hidden\rshown", "hiddenshown", id="overwriting"),
        pytest.param("line\r\nline", "line\nline", id="CRLF"),
        pytest.param("nul\0, page\x0c, tab\x0b", "nul, page, tab", id="controls"),
        pytest.param("next\x85line", "nextline", id="a line end of C1"),
        pytest.param("one\u2028two\u2029three", "onetwothree", id="line ends of Unicode"),
        pytest.param("\u202egnp.exe", "gnp.exe", id="right to left"),
        pytest.param("\u2066a\u2069\u200eb\u200f", "ab", id="isolates and marks"),
        pytest.param("zero\u200bwidth\ufeff\u2060", "zerowidth", id="of no width"),
        pytest.param("\U000e0041tag", "tag", id="tags"),
        pytest.param("half \ud83d a pair \udcff", "half  a pair ", id="surrogates"),
        pytest.param("no\uffff \ufffecharacter\U0001ffff", "no character", id="noncharacters"),
    ],
)
def test_whatever_acts_on_a_terminal_is_gone(text, plain):
    """Escape sequences go whole; controls and changes of direction go, and the rest stays."""
    assert printable(text) == plain


@hypothesis.settings(database=None, deadline=None, max_examples=200)
@hypothesis.given(st.text(st.sampled_from("\x1b[]()\x07\x9b\\;m0?hPcA \n\r\t\u202e\u2028\ud800é")))
def test_no_text_is_harmful_any_more(text):
    """Nothing that is left moves the cursor, changes the direction or cannot be encoded."""
    plain = printable(text)

    assert not {unicodedata.category(c) for c in plain if c not in "\n\t"} & {"Cc", "Cf", "Cs"}
    assert plain.encode().decode() == plain
    assert printable(plain) == plain


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one", "one"),
        ("one\ntwo\r\n\tthree  four ", "one two three four"),
        ("\x1b[31mred\n\x1b[0mplain", "red plain"),
        (" \n ", ""),
    ],
)
def test_one_line_is_one_line(text, line):
    """For places where a line break would be a line of the report."""
    assert one_line(text) == line


# What the runner of GitHub Actions knows; the older form is found anywhere in a line. Source:
# https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
COMMANDS = [
    "::error file=x.py,line=1::not from us",
    "::add-mask::the",
    "::stop-commands::token",
    "   ::group::indented",
    "harmless\n::set-output name=score::100",
    "##[error]not from us",
    "in the middle ##[add-mask]the",
    "##vso[task.complete result=Succeeded;]",
    "##teamcity[buildStatus status='SUCCESS']",
]


def commands_in(text: str) -> list[str]:
    """The lines that a continuous integration would take for orders."""
    return [
        line
        for line in text.splitlines()
        if line.lstrip().startswith("::") or re.search(r"##\w*\[", line)
    ]


@pytest.mark.parametrize("text", COMMANDS)
def test_workflow_command_is_no_command_any_more(text):
    """What student code prints gives no orders to the CI that shows it (design, isolation 5)."""
    assert commands_in(printable(text)) == []
