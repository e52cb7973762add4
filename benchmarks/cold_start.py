"""How long a student waits: `grade exercise1` on its solution against `python -c "import torch"`.

Whole processes, interleaved, on an otherwise idle machine: `python benchmarks/cold_start.py [N]`.
The ratio of the medians is what counts; single seconds depend on the machine.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GRADE = [sys.executable, "-m", "grader", "exercise1", "--submission", "solutions"]
COMMANDS = {
    "grade exercise1": [*GRADE, "--isolation", "strict"],
    "import torch": [sys.executable, "-c", "import torch"],
    "grade --help": [sys.executable, "-m", "grader", "--help"],
    "grade": [sys.executable, "-m", "grader"],
}
GOAL = 0.85


def seconds(command: list[str]) -> float:
    """Wall-clock time of one process from start to end."""
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Print the median, the fastest and the slowest of each command, and the ratio."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    for command in COMMANDS.values():
        seconds(command)  # warm the file cache
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    for name, values in times.items():
        low, middle, high = min(values), statistics.median(values), max(values)
        print(f"{name:<16} median {middle:6.3f} s   ({low:.3f} … {high:.3f})")
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratio = medians["grade exercise1"] / medians["import torch"]
    print(f"grade exercise1 / import torch: {ratio:.2f} (goal: at most {GOAL})")


if __name__ == "__main__":
    main()
