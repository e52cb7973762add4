"""A class that is larger than any: does the rate hold, does memory stay flat, how large is it all?

2,000 different submissions to exercise 1: the right answers and every known mistake, in turn. While
`grade batch` grades them, what it has done and the memory of all its processes are read once a
second. Memory is their share of it (PSS), so that what forks have in common is counted once.

`python benchmarks/large_class.py [SUBMISSIONS]`, on Linux.
"""

import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from grader import course

PARTS = 8
MEGABYTE = 1 << 20


def submissions(exercise, count: int, folder: Path) -> None:
    """Write them, each with a student's name in it."""
    solution = exercise.solution.read_text("utf-8")
    right = [path.read_text("utf-8") for path in exercise.right_answers]
    half = [f"{solution}\n{path.read_text('utf-8')}" for path in exercise.wrong_answers]
    other = cycle(right)
    # Two of three students are right.
    texts = cycle(text for wrong in half for text in (next(other), wrong, solution))
    for number, text in enumerate(islice(texts, count)):
        student = folder / f"student{number:05}"
        student.mkdir(parents=True)
        (student / exercise.file_name).write_text(f"{text}\n# student {number}\n", "utf-8")


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # it has ended
            children += thread.read_text("ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def memory(pids: list[int]) -> int:
    """Megabytes that some processes have of the machine's memory."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue  # it has ended
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total >> 10


def done(journal: Path) -> int:
    """How many results are on disk."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM results").fetchone()
    except sqlite3.OperationalError:
        return 0  # it is only being made
    return count


def main() -> None:
    """Print rate and memory of each part of the class, then the sizes of what is left."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    (exercise,) = course.find(["exercise1"])
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        submissions(exercise, count, place / "class")
        command = [sys.executable, "-m", "grader", "batch", place / "class"]
        command += ["-o", place / "results"]
        started = time.monotonic()
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as driver:
            before, begun, highest = 0, started, 0
            for part in range(1, PARTS + 1):
                while driver.poll() is None and done(place / "results" / "results.sqlite") < (
                    count * part // PARTS
                ):
                    highest = max(highest, memory(family(driver.pid)))
                    time.sleep(1)
                now, reached = time.monotonic(), done(place / "results" / "results.sqlite")
                launcher = memory([driver.pid])
                print(
                    f"{reached:>6} graded   {(reached - before) / (now - begun):5.2f}/s   "
                    f"all processes at most {highest:,} MB   the launcher {launcher:,} MB",
                    flush=True,
                )
                before, begun, highest = reached, now, 0
        seconds = time.monotonic() - started
        assert driver.returncode == 0
        sizes = {
            path.name: sum(p.stat().st_size for p in [path, *path.rglob("*")] if p.is_file())
            for path in (place / "results").iterdir()
        }
    rate = f"{count / seconds:.2f}/s with the reports, on {os.cpu_count()} processors"
    print(f"{count} in {seconds:.0f} s, {rate}")
    for name, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"{name:<20} {size / MEGABYTE:8.2f} MB   {size / count:8.0f} bytes a submission")


if __name__ == "__main__":
    main()
