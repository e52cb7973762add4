"""A table of text: read as the csv module reads it, written back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.exports.table import Table, decode, meaning, split
from grader.errors import UsageError

DELIMITERS = st.sampled_from([",", ";", "\t", ":"])
# Little text of many kinds: most of it are the signs that mean something.
TEXTS = st.text(alphabet='",;\t:\r\n aé\ufeff\u2028', max_size=30)
CELLS = st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=5)


def table(text: str, delimiter: str = ",") -> Table:
    """The table of a text."""
    return Table(delimiter, tuple(split(text, delimiter)))


def as_csv_reads(text: str, delimiter: str) -> list[list[str]]:
    """The cells of a text, for another pair of eyes; it sees no cell in an empty line."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row or [""] for row in rows]


def as_we_read(text: str, delimiter: str) -> list[list[str]]:
    """The cells of a text."""
    return [[meaning(cell) for cell in row.cells] for row in split(text, delimiter)]


@given(TEXTS, DELIMITERS)
def test_what_was_split_joins_to_the_same_text(text, delimiter):
    """Quoting, line ends and what follows the last of them are kept."""
    try:
        rows = table(text, delimiter)
    except UsageError:
        return
    assert rows.text() == text


@given(TEXTS, DELIMITERS)
def test_a_text_that_is_refused_has_a_quotation_that_never_ends(text, delimiter):
    """And a text that is not refused says to us what it says to the csv module."""
    try:
        cells = as_we_read(text, delimiter)
    except UsageError:
        with pytest.raises(csv.Error):
            list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        return
    assert cells == as_csv_reads(text, delimiter)


@given(CELLS, DELIMITERS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_whatever_the_csv_module_writes_is_read(cells, delimiter, quoting):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(cells)

    assert as_we_read(text.getvalue(), delimiter) == cells


@given(st.binary() | TEXTS.map(str.encode) | TEXTS.map(lambda text: text.encode("utf-16")))
def test_what_was_decoded_encodes_to_the_same_bytes(data):
    try:
        text, coding = decode(data)
    except UsageError:
        return
    assert coding.encode(text) == data


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_an_umlaut_is_read_in_whatever_it_was_written(codec):
    text, _ = decode("Müller,Süß".encode(codec))

    assert text == "Müller,Süß"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04rest", "workbook or an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook or an archive"),
        (b"Student,ID\0", "not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text"),
        (b"\xff\xfeS\0t", "not text"),
        (b"\xef\xbb\xbf\xff", "not text"),
    ],
)
def test_what_is_no_text_is_refused(data, why):
    with pytest.raises(UsageError, match=why):
        decode(data)


def test_an_unclosed_quotation_is_refused_with_its_line():
    with pytest.raises(UsageError, match="a quotation mark in line 4 is never closed"):
        table('a,b\n"two\nlines",c\nd,"e""\n')


def test_a_million_quotation_marks_are_read_at_once():
    """The time to find that one is missing grows as the text does, no faster."""
    with pytest.raises(UsageError, match="never closed"):
        table('"' * 1_000_001)


def test_a_changed_cell_is_quoted_as_it_was_and_its_neighbours_stay():
    text = 'a, "b" ,"c ""d""",\r\ne,f,"g",h'

    changed = table(text).changed({(0, 2): "1", (1, 2): "2", (1, 3): "3", (0, 3): "4"})

    assert changed.text() == 'a, "b" ,"1",4\r\ne,f,"2",3'


def test_a_value_that_holds_the_delimiter_is_quoted():
    assert table("a,b").changed({(0, 1): "8,5"}).text() == 'a,"8,5"'
    assert table("a;b", ";").changed({(0, 1): "8,5"}).text() == "a;8,5"
