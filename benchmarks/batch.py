"""Submissions a second: `grade batch` against one `pytest` process a submission, two at a time.

Forty submissions to exercise 1: 25 right, 7 half right, 6 wrong, one endless loop and one that
fails at import; both sides in one run, on the same files, with the same suite and the same limit
for a check. The pytest side is what graders usually do: a new interpreter that imports torch, the
suite and the submission, with no sandbox and no diagnosis. How far anybody could come is shown
too: the checks alone, run by `bare_checks.py` where nothing is isolated, named or reported.

`python benchmarks/batch.py [SECONDS]`; SECONDS is the limit for one check, 10 by default. At the
end the class is graded once more with busy loops beside it, to see that nobody's points change.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from grader import course

AT_ONCE = 2
SEED = "1"
GOALS = {"without the loop": 20, "with the loop": 5}
BUSY_LOOPS = 4
LOOP = """
def learn_kernel(X, Y, kernel_size, steps=10, lr=3e-2, generator=None):
    loss = 1.0
    while loss > 0:
        loss = loss / 2 + 1e-9
"""


def submissions(exercise) -> dict[str, str]:
    """Forty texts, all different, by student."""
    solution = exercise.solution.read_text("utf-8")
    right = [path.read_text("utf-8") for path in exercise.right_answers]
    wrong = [path.read_text("utf-8") for path in exercise.wrong_answers]
    half = [f"{solution}\n{text}" for text in wrong[:: len(wrong) // 7][:7]]
    broken = [f"{solution}\n" + "\n".join(wrong[i::6]) for i in range(6)]
    texts = {f"right{i:02}": (right * 25)[i] for i in range(25)}
    texts |= {f"half{i}": text for i, text in enumerate(half)}
    texts |= {f"wrong{i}": text for i, text in enumerate(broken)}
    texts |= {"loop": solution + LOOP, "import": "import a_module_that_is_not_there\n" + solution}
    return {name: f"{text}\n# handed in by {name}\n" for name, text in texts.items()}


def ours(folder: Path, results: Path, seconds: str) -> float:
    """Seconds that `grade batch` takes, from its start to its end."""
    command = [sys.executable, "-m", "grader", "batch", folder, "-o", results, "--seed", SEED]
    options = ["--jobs", str(AT_ONCE), "--timeout", seconds, "--isolation", "strict"]
    started = time.perf_counter()
    subprocess.run([*command, *options], check=True, capture_output=True)
    return time.perf_counter() - started


def theirs(folder: Path, exercise, seconds: str, place: Path) -> float:
    """Seconds that one pytest process for each submission takes, two at a time."""

    def grade(student: Path) -> None:
        root = course_with(student / exercise.file_name, exercise, place / student.name)
        suite = root / "tests" / exercise.stem / f"test_{exercise.slug}.py"
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", f"--timeout={seconds}", suite],
            env=os.environ | {"HANDROLLED_COURSE": str(root)},
            cwd=root,
            capture_output=True,
        )

    started = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(grade, sorted(folder.iterdir())))
    return time.perf_counter() - started


def bare(folder: Path, exercise) -> float:
    """Seconds that the checks alone take."""
    script = Path(__file__).with_name("bare_checks.py")
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, script, exercise.id, folder, SEED], check=True, capture_output=True
    )
    return time.perf_counter() - started


def course_with(submission: Path, exercise, root: Path) -> Path:
    """A course in which a submission is the solution: plain pytest examines that."""
    shutil.copytree(exercise.folder, root / "exercises" / exercise.stem)
    shutil.copytree(exercise.suite, root / "tests" / exercise.stem)
    shutil.copy(exercise.root / "tests" / "conftest.py", root / "tests")
    shutil.copy(exercise.root / "pyproject.toml", root)
    solution = root / "solutions" / exercise.stem
    solution.mkdir(parents=True)
    shutil.copy(submission, solution)
    return root


def points(results: Path) -> dict[str, str]:
    """Each student's points."""
    with open(results / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row["total"] for row in csv.DictReader(file)}


@contextmanager
def busy_machine():
    """Loops that want the processors, too."""
    loops = [subprocess.Popen([sys.executable, "-c", "while 1: pass"]) for _ in range(BUSY_LOOPS)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def main() -> None:
    """Print both rates, with and without the loop, their ratios, and whose points changed."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "10"
    (exercise,) = course.find(["exercise1"])
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for case, goal in GOALS.items():
            texts = submissions(exercise)
            if case == "without the loop":
                del texts["loop"]
            folder = place / case / "submissions"
            for student, text in texts.items():
                (folder / student).mkdir(parents=True)
                (folder / student / exercise.file_name).write_text(text, "utf-8")
            us = len(texts) / ours(folder, place / case / "results", seconds)
            them = len(texts) / theirs(folder, exercise, seconds, place / case / "courses")
            print(
                f"{case:<17} grade batch {us:6.2f}/s   pytest {them:6.3f}/s   "
                f"ratio {us / them:5.1f} (goal: at least {goal})"
            )
            if case == "without the loop":
                most = len(texts) / bare(folder, exercise)
                print(f"{'the checks alone':<17} {most:18.2f}/s{'':22}ratio {most / them:5.1f}")
        calm = points(place / case / "results")
        with busy_machine():
            ours(folder, place / "busy", seconds)
        changed = {who for who, score in points(place / "busy").items() if score != calm[who]}
        right = sum(score == "100" for score in calm.values())
        print(f"{right} of {len(calm)} have all points; on a busy machine changed: {changed or 0}")


if __name__ == "__main__":
    main()
