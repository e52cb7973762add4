"""The report as JUnit XML: a testsuite an exercise, a testcase a check, its task the class.

As GitLab, Jenkins and GitHub reporters read it: the whole text in the element's body, unique
names, `file` and `line` on the testcase. Source: https://github.com/testmoapp/junitxml
"""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from grader.model import CheckResult, ExerciseResult, Report, Status
from grader.report import told
from grader.report.text import one_line, printable

# What a reader counts as a wrong answer; everything else that is not a pass is an error.
FAILURES = {Status.FAILED, Status.FORBIDDEN, Status.NOT_IMPLEMENTED}


def render(report: Report) -> str:
    """One XML document."""
    root = Element("testsuites", name="handrolled", time=f"{report.duration:.3f}")
    for result in report.exercises:
        root.append(_suite(result))
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(result: ExerciseResult) -> Element:
    checks = told.checks(result)
    suite = Element("testsuite", name=result.exercise.id, file=one_line(result.path))
    cases = [_case(check, result) for check in checks]
    if result.error is not None:
        cases = [_import_case(result)]
    suite.extend(cases)
    suite.set("tests", str(len(cases)))
    for count, child in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(child) is not None for case in cases)))
    suite.set("time", f"{sum(check.duration for check in checks):.3f}")
    return suite


def _case(check: CheckResult, result: ExerciseResult) -> Element:
    case = Element(
        "testcase",
        classname=f"{result.exercise.id}.{check.task}",
        name=told.name(check),
        time=f"{check.duration:.3f}",
        file=one_line(result.path),
    )
    if check.line is not None:
        case.set("line", str(check.line))
    properties = SubElement(case, "properties")
    for key, value in (("points", check.score), ("max_points", check.max_score)):
        SubElement(properties, "property", name=key, value=str(value))
    if check.status is Status.SKIPPED:
        SubElement(case, "skipped", message=one_line(check.message))
    elif not told.passed(check):
        kind = "failure" if check.status in FAILURES else "error"
        child = SubElement(case, kind, type=check.status, message=one_line(check.message))
        child.text = told.story(check)
    if check.stdout.strip():
        SubElement(case, "system-out").text = printable(check.stdout)
    return case


def _import_case(result: ExerciseResult) -> Element:
    case = Element(
        "testcase", classname=result.exercise.id, name="import", file=one_line(result.path)
    )
    error = SubElement(case, "error", type="import", message=one_line(result.error or ""))
    error.text = printable(result.error or "")
    if result.stdout.strip():
        SubElement(case, "system-out").text = printable(result.stdout)
    return case
