"""Nobody cheats, nobody crashes it, nothing leaks: each attack in hostile/, with and without what
stops it."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader import course, grade, submission
from grader.grade import Settings
from grader.model import ExerciseResult, Report
from grader.report import FORMATS
from grader.sandbox import ignite, lockdown
from grader.sandbox.ignite import Started
from grader.sandbox.session import ForkingSession, open_session

FOLDER = Path(__file__).parent / "hostile"
WEAKENED, NAIVE = FOLDER / "weakened.py", FOLDER / "naive.py"
TASK = "corr2d_multi_in"
(EXERCISE,) = course.find(["exercise1"])
SETTINGS = Settings(seed=1, tasks=(TASK,), seconds=2.0, memory_mb=400)
# Layers that can be taken away in the forkserver; the others have a proof of their own below.
SWITCHES = {"landlock", "seccomp", "rlimits", "watch", "descriptors", "environment"}
MARKER = "HANDROLLED_MARKER"


@dataclass(frozen=True)
class Attack:
    """A hostile submission, and what its docstring says."""

    path: Path
    layers: tuple[str, ...]
    honest_score: int
    reported_as: str

    @property
    def name(self) -> str:
        """`steal/suite`."""
        return f"{self.path.parent.name}/{self.path.stem}"


def attack_in(path: Path) -> Attack:
    """The attack in a file."""
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    fields = dict(re.findall(r"^([A-Z][\w ]+): (.*)$", text, re.M))
    layers = tuple(fields["Stopped by"].split(" and "))
    return Attack(path, layers, int(fields["Honest score"]), fields.get("Reported as", ""))


ATTACKS = [attack_in(path) for path in sorted(FOLDER.glob("*/*.py"))]
ALONE = [attack for attack in ATTACKS if attack.path.parent.name != "corrupt"]
each = pytest.mark.parametrize("attack", ALONE, ids=lambda attack: attack.name)


@pytest.fixture(scope="module", autouse=True)
def prey() -> Iterator[None]:
    """Things that must not be found, read or changed, where an attacker would look."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MARKER, "a token")
        folder = Path(tempfile.mkdtemp(prefix="handrolled-hostile-", dir="/tmp"))
        (folder / "others").mkdir()
        (folder / "others" / "best.py").write_text("# MARKER: somebody else's answer\n")
        (folder / "results.json").write_text(json.dumps({"MARKER": 100}))
        for name in ("victim", "movable", "cuttable"):
            (folder / name).write_text("do not touch")
        # Somebody else's process, with a secret in the environment that it was started with.
        waiting = [sys.executable, "-S", "-c", "import sys; sys.stdin.read()"]
        with subprocess.Popen(waiting, stdin=subprocess.PIPE) as bystander:
            yield
            bystander.communicate()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def strict() -> Iterator[ForkingSession]:
    """The full sandbox."""
    with open_session("strict") as session:
        yield session


def succeeded(result: ExerciseResult, attack: Attack) -> bool:
    """Whether an attack got what it wanted."""
    printed = result.stdout + "".join(c.stdout for t in result.tasks for c in t.checks)
    return "SUCCEEDED" in printed or result.score > attack.honest_score


@each
def test_an_attack_fails_in_the_full_sandbox(attack: Attack, strict: ForkingSession):
    """It gets its honest score, leaves no trace, and the grader goes on working."""
    result = grade.grade_file(EXERCISE, attack.path, SETTINGS, strict)

    assert not succeeded(result, attack)
    assert result.score == attack.honest_score
    if attack.reported_as:
        statuses = [check.status for task in result.tasks for check in task.checks]
        assert attack.reported_as in statuses
    # However large what it sent, a report of it stays readable.
    assert all(len(render(report_of(result))) < 1 << 20 for render in FORMATS.values())


@pytest.mark.parametrize(
    "attack", [a for a in ALONE if set(a.layers) <= SWITCHES], ids=lambda attack: attack.name
)
def test_an_attack_succeeds_without_the_layers_that_stop_it(attack: Attack, monkeypatch):
    """It is these layers that stop it: an attack that fails anyway proves nothing."""
    layers = [layer for layer in attack.layers if layer != "environment"]
    if "environment" in attack.layers:
        monkeypatch.setattr(ignite, "ENVIRONMENT_KEPT", (MARKER,))
    weakened = Started("forkserver", (str(WEAKENED), ",".join(layers)))
    try:
        result = grade.grade_file(EXERCISE, attack.path, SETTINGS, ForkingSession(weakened))
    finally:
        weakened.end(wait=True)

    assert succeeded(result, attack)


@pytest.mark.parametrize(
    "attack",
    [a for a in ALONE if a.path.parent.name == "forge" and a.layers == ("process",)],
    ids=lambda attack: attack.name,
)
def test_a_forged_verdict_convinces_a_grader_without_a_border(attack: Attack):
    """In one process with the answers, the same file gets full marks."""
    done = subprocess.run(
        [sys.executable, NAIVE, attack.path], capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 0


def test_the_memory_of_a_naive_grader_can_be_searched():
    """What the border keeps out of reach lies in the open without it."""
    path = FOLDER / "steal" / "own_memory.py"
    done = subprocess.run([sys.executable, NAIVE, path], capture_output=True, text=True, timeout=60)

    assert "SUCCEEDED" in done.stdout


@pytest.mark.parametrize(
    "attack",
    [attack for attack in ATTACKS if attack.path.parent.name == "corrupt"],
    ids=lambda attack: attack.name,
)
def test_what_one_task_spoils_costs_no_other_task(attack: Attack, strict: ForkingSession):
    """Each task has a fresh worker: only the points of the guilty one are lost."""
    layers = (submission.read(EXERCISE.solution), submission.read(attack.path))
    settings = Settings(seed=1, seconds=2.0)
    verdicts = grade.examine(EXERCISE, layers, settings, strict)
    tasks = grade.chosen_tasks(EXERCISE, ())
    result = grade.add_up(EXERCISE, layers[-1], verdicts, tasks)

    lost = {task.name for task in result.tasks if task.score < task.max_score}
    assert lost == {TASK}


def report_of(result: ExerciseResult):
    """A report with this one result."""
    return Report((result,), 1, "cpu", "strict", 1.0, grade.environment())


@pytest.fixture(scope="module")
def limited() -> Iterator[ForkingSession]:
    """What `process` isolation applies: limits and a separate process, no more."""
    forkserver = Started("forkserver")
    with closing(ForkingSession(forkserver, lockdown.PROCESS)) as opened:
        yield opened
    forkserver.end(wait=True)


def test_the_readme_says_what_process_isolation_does_not_stop(limited, capsys):
    """The attacks that succeed under `process` are listed in the README, and no others."""
    through = [
        attack.name
        for attack in ALONE
        if succeeded(grade.grade_file(EXERCISE, attack.path, SETTINGS, limited), attack)
    ]
    with capsys.disabled():
        held = len(ALONE) - len(through)
        print(f"\nprocess isolation holds against {held} of {len(ALONE)}; not against:")
        print("  " + ", ".join(through))

    readme = (course.root() / "README.md").read_text("utf-8")
    listed = re.search(r"<!-- through process -->(.*?)<!-- end -->", readme, re.S)
    assert listed is not None
    assert sorted(re.findall(r"`([\w/]+)`", listed[1])) == sorted(through)
