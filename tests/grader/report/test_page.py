"""What all pages share: text made harmless, and colours that everybody can tell apart."""

import itertools
import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from grader.report import page

STYLE = (Path(page.__file__).parent / "templates" / "page.css").read_text("utf-8")
DECLARED = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
LIGHT = dict(DECLARED.findall(STYLE.partition("@media")[0]))
DARK = LIGHT | dict(DECLARED.findall(STYLE.partition("@media")[2].partition("* {")[0]))
each_scheme = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])

TEXT = [
    ("ink", "page"), ("ink", "surface"), ("ink", "sunken"), ("ink", "idea-tint"),
    ("muted", "page"), ("muted", "surface"), ("muted", "sunken"), ("idea", "idea-tint"),
    ("link", "page"), ("link", "surface"), ("link", "idea-tint"), ("good", "good-tint"),
    ("bad", "bad-tint"), ("idle", "idle-tint"), ("on-low", "x"),
]  # fmt: skip
GRAPHICS = [
    ("link", "line"), ("edge", "surface"), ("edge", "page"), ("bad", "surface"), ("bad", "page"),
    ("idea", "surface"), ("link", "sunken"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance. Source: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21. Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_what_its_definition_says():
    """Black on white is 21; the grey that is known to just pass passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@each_scheme
@pytest.mark.parametrize(("text", "ground"), TEXT, ids=map("-on-".join, TEXT))
def test_text_can_be_read(colours, text, ground):
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    assert contrast(colours[text], colours[ground]) >= 4.5


@each_scheme
@pytest.mark.parametrize(("drawn", "ground"), GRAPHICS, ids=map("-on-".join, GRAPHICS))
def test_what_is_drawn_can_be_seen(colours, drawn, ground):
    """WCAG 2.2, 1.4.11: 3 to 1."""
    assert contrast(colours[drawn], colours[ground]) >= 3


@each_scheme
@pytest.mark.parametrize("shade", [f"{letter}{n}" for letter in "sd" for n in range(9)])
def test_number_in_a_cell_can_be_read(colours, shade):
    """Each shade has the ink that the style sheet gives to its class."""
    (ink,) = re.findall(rf"\.{shade}\b[^{{}}]*{{ --on: var\(--([\w-]+)\)", STYLE)

    assert f".{shade} {{ --fill: var(--{shade}); }}" in STYLE
    assert contrast(colours[ink], colours[shade]) >= 4.5


@each_scheme
@pytest.mark.parametrize(
    "shades",
    [["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"], ["d4", "d3", "d2", "d1", "d0"],
     ["d4", "d5", "d6", "d7", "d8"]],
    ids=["values", "below", "above"],
)  # fmt: skip
def test_a_scale_goes_one_way_in_lightness(colours, shades):
    """So that it is a scale to those who see no hues, and on paper."""
    steps = [luminance(colours[shade]) for shade in shades]

    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert all(contrast(colours[a], colours[b]) >= 1.1 for a, b in itertools.pairwise(shades))


@each_scheme
def test_the_two_sides_of_a_difference_differ_in_blue_and_yellow(colours):
    """The pair of hues that is told apart with every common kind of colour blindness."""
    for below, above in ((0, 8), (1, 7), (2, 6), (3, 5)):
        low, high = colours[f"d{below}"], colours[f"d{above}"]
        assert int(low[5:], 16) > int(low[1:3], 16)
        assert int(high[5:], 16) < int(high[1:3], 16)


def test_every_colour_that_is_used_is_declared():
    """In the other style sheets as well; a scheme that forgets one shows the other's."""
    sheets = "".join(path.read_text("utf-8") for path in Path(page.__file__).parent.rglob("*.css"))
    used = set(re.findall(r"var\(--([\w-]+)\)", sheets)) - {"on", "fill"}

    assert used <= set(LIGHT)
    assert all(len(re.findall(rf"--{name}:", STYLE)) == 2 for name in LIGHT)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\tb\nc  d\n\n", "a\tb\nc  d"),
        ("\x1b[31mred\x1b[0m\x07\0", "red"),
        ("abc\u202egp.exe", "abc<U+202E>gp.exe"),
        ("\u2066x\u2069", "<U+2066>x<U+2069>"),
        ("يعل\u200f", "يعل"),
        ("x" * 10, "x" * 10),
        ("x" * 11, "x" * 10 + "\n… and 1 characters more"),
        ("\x1b" * 100, ""),
    ],
)
def test_block_keeps_lines_and_nothing_that_acts(written, shown):
    """Cut after so many characters of what is shown."""
    assert page.block(written, 10 if "x" * 10 in written else 100) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [("a\n b\t c", "a b c"), ("\u202ax", "<U+202A>x"), ("12345", "12345"), ("123456", "12345…")],
)
def test_line_is_one_line(written, shown):
    """For names and titles."""
    assert page.line(written, 5 if written.isdigit() else 100) == shown


@pytest.mark.parametrize(
    ("written", "markup"),
    [
        ("see `a < b`.", "see <code>a &lt; b</code>."),
        ('`<b>` & `"`', "<code>&lt;b&gt;</code> &amp; <code>&#34;</code>"),
        ("one ` only <b>", "one ` only &lt;b&gt;"),
        ("<i>", "&lt;i&gt;"),
        ("", ""),
    ],
)
def test_backticks_are_code(written, markup):
    """Everything else is text, and a single backtick is one too."""
    assert page.code(written) == markup


def test_a_value_that_a_template_lacks_is_an_error():
    """An empty place would go unseen."""
    with pytest.raises(UndefinedError, match="'chapters' is undefined"):
        page.render("report.html.j2")
