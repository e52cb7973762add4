"""Filling in an export: the points, what must not change, and what is told."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.batch import exports
from grader.errors import UsageError


@pytest.fixture
def small():
    """Makes a small export of Canvas, in which 1001, 1002 … have these cells."""

    def export(*cells: str, maximum: str = "100.00") -> bytes:
        lines = [f"Name {n},{1001 + n},S,{cell}" for n, cell in enumerate(cells)]
        head = ["Student,ID,Section,exercise3 (8)", f"    Points Possible,,,{maximum}"]
        return "\n".join([*head, *lines, ""]).encode()

    return export


@pytest.mark.parametrize(
    ("score", "maximum", "points"),
    [
        (87, "100.00", "87"), (100, "10", "10"), (0, "10", "0"), (33, "10", "3.3"),
        (5, "0.10", "0.01"), (15, "0.1", "0.02"), (1, "12.5", "0.13"), (100, "1000", "1000"),
        (70, "", "70"), (50, "33.33", "16.67"),
    ],
)  # fmt: skip
def test_points_are_scaled_and_rounded_half_up(fill, make, small, score, maximum, points):
    filled, _ = fill(
        small("", maximum=maximum), [make.entry(make.student("x", canvas="1001"), score)]
    )

    assert filled == small(points, maximum=maximum)


def test_several_exercises_fill_several_columns(fill, samples, make):
    second = make.exercise(2, "padding", "Padding")
    ada, jane = make.student("a", canvas="1001"), make.student("j", canvas="1004")
    entries = [make.entry(ada, 1), make.entry(ada, 2, second), make.entry(jane, 3, second)]

    filled, told = fill(samples.canvas, entries, [make.exercise(), second])

    assert b"much,2,1,90.00," in filled
    assert b"Algebra,,3,N/A,,,\n" in filled
    assert told.entered == 3
    assert told.without[-2:] == ("Roe, Jane: exercise3", "Student, Test: exercise3, exercise2")


def test_who_handed_in_nothing_keeps_what_is_there_and_is_told(fill, samples, make):
    """A teacher may have entered something by hand."""
    zoe = make.entry(make.student("x", canvas="1002"), None, why="no file")

    filled, told = fill(samples.canvas, [zoe])

    assert filled == samples.canvas
    assert 'O\'Neil "Shaq", Zoë' in told.without


def test_entries_of_other_exercises_change_nothing(fill, samples, make):
    entry = make.entry(make.student("x", canvas="1001"), 9, make.exercise(4, "layers"))

    assert fill(samples.canvas, [entry])[0] == samples.canvas


def test_whoever_is_not_in_the_export_is_told(fill, samples, make):
    entry = make.entry(make.student("x", "Grace\x1b[2J Hopper"), 9)

    filled, told = fill(samples.canvas, [entry])

    assert (filled, told.missing, told.entered) == (samples.canvas, ("Grace Hopper",), 0)


def test_whoever_could_be_two_rows_is_told(fill, make):
    export = b"Student,ID,Section,exercise3 (8)\nMax Li,1,S,\nMax Li,2,S,\n"

    filled, told = fill(export, [make.entry(make.student("x", "Max Li"))])

    assert (filled, told.ambiguous, told.missing) == (export, ("Max Li",), ())


def test_a_row_that_is_too_short_is_left_alone_and_told(fill, make):
    export = b"Student,ID,Section,Notes,exercise3 (8)\nMax Li,1,S\n"

    filled, told = fill(export, [make.entry(make.student("x", canvas="1"))])

    assert (filled, told.locked) == (export, ("Max Li has too few cells in row 2",))


@pytest.mark.parametrize("name", ["canvas", "worksheet", "grades", "blackboard"])
def test_for_the_csv_module_too_only_the_filled_cells_differ(fill, samples, make, name):
    export = getattr(samples, name)
    export = export if isinstance(export, bytes) else export.encode()
    ada = make.student("alovelace", "Ada Lovelace")

    filled, told = fill(export, [make.entry(ada, 62)])

    before, after = (
        list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))
        for data in (export, filled)
        for delimiter in ["\t" if name == "blackboard" else ","]
    )
    assert [len(row) for row in before] == [len(row) for row in after]
    changed = [
        (row[0], old, new)
        for row, other in zip(before, after, strict=True)
        for old, new in zip(row, other, strict=True)
        if old != new
    ]
    assert len(changed) == told.entered == 1
    assert changed[0][2] in ("62", "31", "12.4")


TEXTS = st.text(alphabet='",;\r\n aé', max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_an_export_without_our_students_stays_as_it_is(fill, make, rows, quoting, end, codec):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=quoting, lineterminator=end)
    writer.writerow(["Student", "ID", "Section", "exercise3 (8)"])
    writer.writerows((name, f"7{number}", section, "") for name, number, section in rows)
    export = text.getvalue().encode(codec)

    filled, told = fill(export, [make.entry(make.student("nobody", canvas="1"))])

    assert filled == export
    assert told.entered == 0


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "its first line .which is empty. is not that of a gradebook"),
        (b"\n\n", "is not that of a gradebook"),
        (b"name,points\nAda,5\n", "its first line .'name', 'points'. is not .* English headings"),
        (b"LastName,Section,exercise3 (8)\n", "is not that of a gradebook"),
        (b"Last Name,First Name,Username\n", "is not that of a gradebook"),
        (b"PK\x03\x04\x14\0", "it is a workbook or an archive"),
        (bytes(range(256)), "it is not text"),
        (b'Student,ID,Section,exercise3 (8)\n"Ada,1,S,', "quotation mark in line 2"),
        (b"<html><body>Please log in</body></html>", "is not that of a gradebook"),
    ],
)
def test_what_is_no_export_is_a_sentence(tmp_path, make, data, why):
    path = tmp_path / "export.csv"
    path.write_bytes(data)

    with pytest.raises(UsageError, match=rf"export\.csv cannot be filled in: .*{why}.*\.$"):
        exports.check(path, [make.exercise()])


def test_what_is_far_too_large_is_not_read_to_its_end(tmp_path, make):
    path = tmp_path / "export.csv"
    with path.open("wb") as file:
        file.truncate(1 << 40)

    with pytest.raises(UsageError, match="larger than 32 MiB"):
        exports.check(path, [make.exercise()])


@pytest.mark.parametrize(("name", "why"), [("gone.csv", "No such file"), ("", "Is a directory")])
def test_what_cannot_be_read_is_a_sentence(tmp_path, make, name, why):
    with pytest.raises(UsageError, match=f"cannot be read: {why}"):
        exports.check(tmp_path / name, [make.exercise()])


def test_a_good_export_passes_the_check(tmp_path, samples, make):
    (tmp_path / "export.csv").write_bytes(samples.canvas)

    exports.check(tmp_path / "export.csv", [make.exercise()])


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to", None])
def test_the_teachers_own_file_is_never_written(tmp_path, samples, make, link):
    """Under whichever name it is given."""
    export, out = tmp_path / "export.csv", tmp_path / "out.csv"
    export.write_bytes(samples.canvas)
    if link:
        getattr(out, link)(export)
    entries = [make.entry(make.student("x", canvas="1001"))]

    with pytest.raises(UsageError, match="is your own export"):
        exports.fill(export, entries, [make.exercise()], out if link else export)

    assert export.read_bytes() == samples.canvas
