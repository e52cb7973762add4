"""The checks of a class's submissions and nothing else: no grader can be faster than that.

Two processes, forked from one that has imported torch, run the checks of every second submission
each, in themselves: no sandbox, no names for mistakes, no reports. Nobody should trust the points
of such a grader. `benchmarks/batch.py` shows beside its ratios what this one would reach.

`python benchmarks/bare_checks.py EXERCISE SUBMISSIONS SEED`
"""

import contextlib
import io
import os
import sys
from pathlib import Path

from grader.sandbox.preload import preloading

AT_ONCE = 2


def all_checks(exercise) -> list:
    """The checks of an exercise, as its suite has them."""
    from grader import suite
    from grader.errors import CourseError

    found = []

    def enter(checks):
        found.extend(checks)
        raise CourseError("nobody is graded")

    with contextlib.suppress(CourseError):
        suite.run(exercise, 10, enter)
    return found


def examine(path: Path, checks: list, bank, seed: int) -> None:
    """Run every check on a submission."""
    from grader.bank import load_module, local_subject
    from grader.checks.experiment import Examination
    from grader.errors import CourseError

    try:
        module = load_module(path)
    except CourseError:
        return
    for check in checks:
        subject = local_subject(module, parameters=bank.module)
        examination = Examination(subject, bank.reference, seed, "cpu", check.id, bank.known)
        with contextlib.suppress(Exception):
            check.run(examination)


def main() -> None:
    """Examine all of them."""
    with preloading():
        import torch

        from grader import course
        from grader.bank import Bank
        from grader.sandbox import forkserver

    name, folder, seed = sys.argv[1:]
    (exercise,) = course.find([name])
    forkserver.warm_up()
    checks, bank = all_checks(exercise), Bank(exercise)
    torch.set_num_threads(1)
    files = sorted(Path(folder).glob(f"*/{exercise.file_name}"))
    processes = []
    for part in range(AT_ONCE):
        processes.append(os.fork())
        if processes[-1] == 0:
            with contextlib.redirect_stdout(io.StringIO()):
                for path in files[part::AT_ONCE]:
                    examine(path, checks, bank, int(seed))
            os._exit(0)
    for process in processes:
        os.waitpid(process, 0)
    os._exit(0)


if __name__ == "__main__":
    main()
