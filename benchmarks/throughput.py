"""Gradings a second: one warm forkserver against a fresh `pytest` process for each submission.

Both sides run the same hidden suite on the same solution, in turn, in one run. The pytest side is
what graders usually do: a new interpreter that imports torch, the suite and the submission, with
no sandbox and no diagnosis. `python benchmarks/throughput.py [GRADINGS]`
"""

import subprocess
import sys
import time
from pathlib import Path

from grader import course, grade
from grader.grade import Settings
from grader.sandbox.session import open_session

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
# As in a batch: all submissions get the same inputs.
SEED = 1
GOAL = 15


def warm(session, exercise, gradings: int) -> float:
    """Gradings a second through a forkserver that is already there."""
    started = time.perf_counter()
    for _ in range(gradings):
        result = grade.grade_file(exercise, exercise.solution, Settings(seed=SEED), session)
        assert result.score == result.max_score
    return gradings / (time.perf_counter() - started)


def fresh(exercise) -> float:
    """Gradings a second with one pytest process each."""
    suite = str(exercise.suite / f"test_{exercise.slug}.py")
    command = [sys.executable, "-m", "pytest", "-q", suite]
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return 1 / (time.perf_counter() - started)


def main() -> None:
    """Print both rates of each round and their ratio."""
    gradings = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    (exercise,) = course.find(["exercise1"])
    ratios = []
    with open_session("strict") as session:
        warm(session, exercise, 4)  # by then all that is kept between gradings is there
        for _ in range(ROUNDS):
            ours, theirs = warm(session, exercise, gradings), fresh(exercise)
            ratios.append(ours / theirs)
            print(f"forkserver {ours:6.2f}/s   pytest {theirs:6.3f}/s   ratio {ratios[-1]:.1f}")
    middle = sorted(ratios)[ROUNDS // 2]
    print(f"median ratio {middle:.1f} (goal: at least {GOAL})")


if __name__ == "__main__":
    main()
