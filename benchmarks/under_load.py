"""Are right answers still right when the machine is busy? Every solution, and exercise 1's other
right answers, with eight busy loops beside them: `python benchmarks/under_load.py`.

Each is graded under `strict` with the usual limits. What a submission is kept waiting for the
processor is not counted against it, so every score must be 100.
"""

import subprocess
import sys
import time

from grader import course, grade
from grader.grade import Settings
from grader.sandbox.session import open_session

LOOPS = 8


def main() -> None:
    """Print each score and how long it took; exit 1 if one is not 100."""
    answers = [(exercise, exercise.solution) for exercise in course.exercises()]
    (first,) = course.find(["exercise1"])
    answers += [(first, path) for path in first.right_answers]
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(LOOPS)]
    scores = []
    try:
        with open_session("strict") as session:
            for exercise, path in answers:
                started = time.perf_counter()
                result = grade.grade_file(exercise, path, Settings(seed=len(scores)), session)
                scores.append(result.score)
                seconds = time.perf_counter() - started
                print(f"{exercise.id} {path.stem:<24} {result.score:>3}   {seconds:5.1f} s")
    finally:
        for process in busy:
            process.kill()
    sys.exit(0 if set(scores) == {100} else 1)


if __name__ == "__main__":
    main()
