"""Who may import whom, and what must not be imported at all."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "grader"

# What each part of the package may import of the package. A folder stands for all of its files.
ALLOWED = {
    "grader": set(),
    "model": set(),
    "errors": set(),
    "sandbox": {"sandbox", "errors", "model"},
    "checks": {"checks", "model", "errors", "sandbox"},
    "spelling": set(),
    "reading": {"spelling"},
    "source": {"model", "reading"},
    "course": {"model", "errors"},
    "diagnosis": {"model", "errors", "checks", "sandbox"},
    "bank": {"model", "errors", "checks", "sandbox", "diagnosis"},
    "examinee": {"model", "sandbox", "source"},
    "judge": {"model", "errors", "checks", "sandbox", "diagnosis", "bank", "examinee", "ending"},
    "ending": {"model", "checks", "sandbox", "examinee"},
    "suite": {
        "model", "errors", "checks", "sandbox", "diagnosis", "course", "bank", "examinee",
        "judge",
    },
    "rehearsals": {"sandbox", "bank", "judge"},
    "runner": {
        "model", "errors", "sandbox", "source", "suite", "bank", "examinee", "judge", "rehearsals",
    },
    "submission": {"model", "errors"},
    "grade": {"model", "errors", "course", "submission", "sandbox", "grader"},
    "report": {"report", "model", "study", "errors"},
    "study": {"study", "model", "errors"},
    "devices": {"errors"},
    "doctor": {"sandbox", "devices", "errors"},
    "author": {
        "author", "grader", "model", "errors", "submission", "grade", "sandbox", "course", "bank",
    },
    "batch": {
        "batch", "grader", "model", "errors", "submission", "grade", "sandbox", "course", "report",
    },
    "cli": {
        "grader", "cli", "model", "errors", "course", "submission", "grade", "report", "study",
        "author", "batch", "doctor", "sandbox", "devices",
    },
    "launch": {"cli", "sandbox"},
    "__main__": {"launch"},
}  # fmt: skip

# Files of the sandbox that run in a worker, beside student code.
IN_WORKER = {"worker", "operations", "wire", "frames", "lockdown", "landlock", "seccomp", "kernel",
             "limits", "modules", "trap", "pretend", "compiler", "trees", "values",
             "whereabouts"}  # fmt: skip


def part_of(module: str) -> str:
    """`grader.report.json` belongs to `report`, `grader` itself to `grader`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "grader"


def imported_by(path: Path) -> set[str]:
    """The modules of the package that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            inside = node.module == "grader" or (PACKAGE / node.module.split(".")[-1]).is_dir()
            found |= names if inside else {node.module}
    return {name for name in found if name.split(".")[0] == "grader"}


def files() -> list[Path]:
    """Every source file of the package."""
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_import_points_upwards(path: Path):
    """A part imports only the parts below it."""
    relative = path.relative_to(PACKAGE)
    part = relative.parts[0].removesuffix(".py") if relative.name != "__init__.py" else "grader"
    part = relative.parts[0] if len(relative.parts) > 1 else part

    assert {part_of(name) for name in imported_by(path)} <= ALLOWED[part]


@pytest.mark.parametrize("name", sorted(IN_WORKER))
def test_what_runs_beside_student_code_imports_nothing_else_of_ours(name):
    """A worker's memory holds the wire format and the operations, and no other part."""
    imported = {module.split(".")[-1] for module in imported_by(PACKAGE / "sandbox" / f"{name}.py")}

    assert imported <= IN_WORKER


def test_only_one_file_knows_pytest():
    """A suite could be run by something else one day."""
    knowing = [
        path.name
        for path in files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import) and any(a.name == "pytest" for a in node.names)
    ]

    assert knowing == ["suite.py"]


def test_only_the_command_line_prints_and_exits():
    """Data does not draw itself."""
    calls = [
        path.relative_to(PACKAGE).parts[0]
        for path in files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "exit", "sys.exit")
    ]

    assert set(calls) == {"cli"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []])
def test_the_command_line_answers_without_torch(arguments):
    """Whoever only looks does not wait a second for torch."""
    script = (
        "import sys; from grader.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'torch', 'numpy', 'pytest'}, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=PACKAGE.parent, capture_output=True)

    assert done.returncode == 0, done.stderr.decode()


def test_the_house_numbers_hold():
    """Files stay under 300 lines and functions under 60; nine in ten functions under 30."""
    lengths = [
        node.end_lineno - node.lineno + 1
        for path in files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and path.parent.name != "cli"
    ]
    long_files = [p.name for p in files() if len(p.read_text("utf-8").splitlines()) > 300]

    assert long_files == []
    assert max(lengths) <= 60
    assert sorted(lengths)[len(lengths) * 9 // 10] <= 30
