"""What other programs read, whole: one report in every format, as it was looked at and accepted.

To accept what is written now, run `pytest tests/grader/report/test_golden.py --accept`, and read
the difference before it is committed.
"""

import re
from pathlib import Path
from xml.etree import ElementTree

import junitparser
import pytest
import xmlschema

from grader.model import Diagnosis, Planes, Progress, Report, Status
from grader.report import FORMATS

HERE = Path(__file__).parent
EXTENSIONS = {
    "terminal": "txt", "json": "json", "junit": "xml", "markdown": "md", "gradescope": "json",
    "github": "txt", "classroom50": "json", "html": "html",
}  # fmt: skip
# What is another each time: when it was written, and the word that switches commands off.
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TOKEN = re.compile(r"\b[0-9a-f]{32}\b")
HOSTILE = "\x1b[31m::error::x\n##[set]<b>&`|*@all*|`]]>\0\u202e=1+1"


@pytest.fixture
def everything(make, monkeypatch) -> Report:
    """Each ending that a check can have, one exercise that cannot be imported, hostile text."""
    for name in ("CLASSROOM", "ASSIGNMENT", "OWNER", "USERNAME", "GITHUB_ACTIONS", "COMMIT_DATE"):
        monkeypatch.delenv(name, raising=False)
    wrong = make.check(
        id="pool/overlap",
        message="the value at (0, 1) is 4, expected 5; 1 of 2 values differs",
        call="pool(float32 (4, 4), 2)",
        diagnosis=Diagnosis("no-overlap", "Windows do not overlap.", "How far apart are they?"),
        planes=Planes("Y", ((1.0, 5.0),), ((1.0, 4.0),)),
        stdout="looking at window 1\n",
        line=42,
    )
    endings = [
        make.check(
            id=f"pool/{status}", status=status, title=f"This ends as {status}.", message=text
        )
        for status, text in {
            Status.PASSED: "",
            Status.ERROR: "it raised IndexError: out of range (line 7: X[9])",
            Status.TIMEOUT: "it was still running after 10 s",
            Status.CRASHED: "it crashed its process (SIGSEGV)",
            Status.MEMORY: "it used more than 2,048 MB of memory",
            Status.FORBIDDEN: "the call of torch.conv2d, line 9, is forbidden here",
            Status.SKIPPED: "there is no such device",
        }.items()
    ]
    hostile = make.check(id="pool/hostile", title=HOSTILE, message=HOSTILE, stdout=HOSTILE)
    stub = make.check(status=Status.NOT_IMPLEMENTED, id="unpool/x", task="unpool")
    return make.report(
        make.result(
            make.task(wrong, *endings, hostile),
            make.task(stub, name="unpool", status=Progress.NOT_STARTED),
        ),
        make.result(status=Progress.ERROR, score=0, error="pooling.py, line 3: SyntaxError: oh"),
    )


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_format_is_what_was_accepted(everything, name, request):
    """A change of what others read is a decision."""
    golden = HERE / "golden" / f"{name}.{EXTENSIONS[name]}"
    written = TIME.sub("2026-01-02T03:04:05Z", FORMATS[name](everything))
    written = TOKEN.sub("a random word", written)
    if request.config.getoption("--accept"):
        golden.write_text(written, "utf-8", newline="\n")

    assert written == golden.read_bytes().decode()


def test_junit_fits_the_common_schema(everything, tmp_path):
    """As far as the readers of the format agree on one; see the schema."""
    text = FORMATS["junit"](everything)

    xmlschema.XMLSchema(HERE / "junit.xsd").validate(ElementTree.fromstring(text))


def test_junit_is_read_as_it_was_meant(everything, tmp_path):
    """By a library that others use to read it."""
    file = tmp_path / "report.xml"
    file.write_text(FORMATS["junit"](everything), "utf-8")

    read = junitparser.JUnitXml.fromfile(str(file))
    suites = list(read)
    cases = {case.name.partition(":")[0]: case for case in suites[0]}

    assert (read.tests, read.failures, read.errors, read.skipped) == (11, 4, 5, 1)
    assert [suite.name for suite in suites] == ["exercise7", "exercise7"]
    assert cases["pool/overlap"].classname == "exercise7.pool"
    (failure,) = cases["pool/overlap"].result
    assert isinstance(failure, junitparser.Failure)
    assert "How far apart are they?" in failure.text
    assert cases["pool/overlap"].system_out == "looking at window 1\n"
    (timeout,) = cases["pool/timeout"].result
    assert (type(timeout), timeout.type) == (junitparser.Error, "timeout")
    assert cases["pool/passed"].result == []
