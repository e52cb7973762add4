"""Does the pretend device find what a real one finds?

Every known answer is graded twice with the same inputs: on the CPU, where portability is tried on
the pretend device, and on the best accelerator of this machine. Each check on which the two
disagree is printed. `python benchmarks/real_device.py [EXERCISE …]`

Without an accelerator there is nothing to compare with: it says so, and ends with status 0.
"""

import sys

from grader import course, devices, submission
from grader.grade import Settings, examine
from grader.sandbox.session import open_session

SEED = 1


def answers(exercise):
    """Each known answer: its name, and the files that are laid over each other."""
    solution = exercise.solution
    yield "solution", [solution]
    for path in exercise.right_answers:
        yield f"right {path.stem}", [path]
    for path in exercise.wrong_answers:
        yield f"wrong {path.stem}", [solution, path]


def passed(exercise, files, device: str, session) -> dict[str, bool]:
    """Which checks an answer passes on a device."""
    layers = tuple(submission.read(path) for path in files)
    verdicts = examine(exercise, layers, Settings(seed=SEED, device=device), session)
    return {check.id: check.status == "passed" for check in verdicts.checks}


def main() -> None:
    """Print every disagreement, and the totals."""
    device = devices.resolve(devices.AUTO)
    if device == devices.CPU:
        print("skipped: torch finds no accelerator here, so there is nothing to compare with")
        return
    checks, disagreements = 0, 0
    with open_session("auto") as on_cpu, open_session("auto", device) as on_device:
        for exercise in course.find(sys.argv[1:] or ["all"]):
            for name, files in answers(exercise):
                pretended = passed(exercise, files, devices.CPU, on_cpu)
                real = passed(exercise, files, device, on_device)
                for check in pretended:
                    checks += 1
                    if pretended[check] != real.get(check):
                        disagreements += 1
                        passes = "passes" if pretended[check] else "fails"
                        print(f"{exercise.id}, {name}: {check} {passes} on the CPU only")
    print(f"{checks} checks on cpu and {device}: {disagreements} disagreements")


if __name__ == "__main__":
    main()
