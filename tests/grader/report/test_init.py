"""The table of formats, and where each report goes."""

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.report import FORMATS, targets


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_draws_every_report(make, name):
    """A report of nothing, of an error, of a failure."""
    failed = make.result(make.task(make.check()))
    reports = [make.report(), make.report(failed), make.report(make.result(error="line 3"))]

    assert all(FORMATS[name](report).endswith("\n") for report in reports)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([], []),
        (["json"], [("json", None)]),
        (["terminal", "json=out.json"], [("terminal", None), ("json", Path("out.json"))]),
        (["json=a", "json=b=c"], [("json", Path("a")), ("json", Path("b=c"))]),
    ],
)
def test_each_format_goes_to_its_file_or_to_stdout(wanted, found):
    """One of them may go to stdout, as many as you like to files."""
    assert targets(wanted) == found


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (["xml"], "There is no format 'xml'. There are: terminal, json"),
        (["xml=out.xml"], "There is no format 'xml'."),
        ([""], "There is no format ''."),
        (["json", "terminal"], "Only one format can go to stdout, not json and terminal."),
        (["json", "json"], "Only one format can go to stdout, not json and json."),
    ],
)
def test_format_that_cannot_be_had_is_refused_with_those_that_can(wanted, sentence):
    """The error says what to write instead."""
    with pytest.raises(UsageError) as caught:
        targets(wanted)

    assert str(caught.value).startswith(sentence)


def test_file_without_a_name_is_refused():
    """With `json=` and `terminal`, stdout would be two reports in one."""
    with pytest.raises(UsageError):
        targets(["terminal", "json="])
