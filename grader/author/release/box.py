"""Grades one submission where a platform runs us: `python -m grader.author.release.box`.

Unlike the command line, it takes a file that was not handed in for one that was not started, and
on Gradescope it leaves a result even when there is none.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from grader import course, submission
from grader.errors import GraderError, UsageError
from grader.model import Exercise

GRADESCOPE, CLASSROOM50 = "gradescope", "classroom50"
FAILED = (
    "The grader failed. This says nothing about your code. Hand in again later, or tell your "
    "teacher."
)


class TookTooLong(GraderError):
    """The time for all of the grading is over."""


@dataclass(frozen=True)
class Order:
    """What to grade, how, and where the result goes. `seconds` is for all of it."""

    platform: str
    exercises: tuple[Exercise, ...]
    submission: Path
    result: Path
    options: tuple[str, ...]
    seconds: float


@click.command()
@click.option("--format", "platform", type=click.Choice([GRADESCOPE, CLASSROOM50]), required=True)
@click.option("--submission", "handed_in", type=click.Path(path_type=Path), required=True)
@click.option("--result", type=click.Path(path_type=Path), required=True)
@click.option("--isolation", default="strict")
@click.option("--feedback", default="hints")
@click.option("--memory", type=int, help="Megabytes for the student's process.")
@click.option("--seconds", type=float, default=540.0, help="For all of it.")
@click.argument("exercises", nargs=-1, required=True)
@click.pass_context
def main(
    ctx: click.Context,
    platform: str,
    handed_in: Path,
    result: Path,
    isolation: str,
    feedback: str,
    memory: int | None,
    seconds: float,
    exercises: Sequence[str],
) -> None:
    """Grade one submission; the exit status is 0 when grading ran."""
    options = ["--isolation", isolation, "--feedback", feedback]
    options += ["--memory", str(memory)] if memory is not None else []
    result.unlink(missing_ok=True)  # whatever is there, it is not ours
    try:
        chosen = course.find(exercises)
        grade(Order(platform, chosen, handed_in, result, tuple(options), seconds))
    except GraderError as error:
        click.echo(f"grade: {error}", err=True)
        if platform == GRADESCOPE:
            _put(result, _no_result(str(error) if isinstance(error, TookTooLong) else FAILED))
        ctx.exit(GraderError.exit_status)


def grade(order: Order) -> None:
    """Grade, and put the result in its place. Raises `GraderError` when there is none."""
    with tempfile.TemporaryDirectory(prefix="handrolled-") as place:
        work, draft = Path(place, "work"), Path(place, "result.json")
        notes = gather(order.exercises, order.submission, work)
        _run(order, work, draft)
        content = draft.read_bytes()
    if order.platform == GRADESCOPE and notes:
        data: dict[str, Any] = json.loads(content)
        data["output"] = "\n".join([*notes, data["output"]])
        content = json.dumps(data, indent=1).encode()
    _put(order.result, content)


def gather(exercises: Sequence[Exercise], handed_in: Path, work: Path) -> list[str]:
    """Put the file of each exercise into `work`; the stub, and a note, where there is none."""
    work.mkdir()
    notes = []
    for exercise in exercises:
        try:
            source = submission.read(submission.locate(exercise, handed_in)).source
        except UsageError:
            source = exercise.stub.read_bytes()
            notes.append(
                f"{exercise.title} counts as not started: hand in one file called "
                f"{exercise.file_name}."
            )
        (work / exercise.file_name).write_bytes(source)
    return notes


def _run(order: Order, work: Path, draft: Path) -> None:
    command = [
        *(sys.executable, "-I", "-m", "grader", *(e.id for e in order.exercises)),
        *("--submission", str(work), *order.options),
        *("--format", f"{order.platform}={draft}", "--exit-zero", "--quiet", "--no-color"),
    ]
    try:
        status = subprocess.run(command, timeout=order.seconds, check=False).returncode
    except subprocess.TimeoutExpired as error:
        raise TookTooLong(
            f"Grading took longer than {order.seconds:g} seconds and was stopped, so there are no "
            f"points. Does a loop of yours never end?"
        ) from error
    if status != 0 or not draft.is_file():
        raise GraderError(f"Grading ended with exit status {status} and without a result.")


def _no_result(sentence: str) -> bytes:
    """Gradescope's results of a grading that did not take place."""
    data = {
        "score": 0,
        "output": sentence,
        "output_format": "text",
        "stdout_visibility": "hidden",
        "tests": [],
    }
    return json.dumps(data, indent=1).encode()


def _put(place: Path, content: bytes) -> None:
    """In one step, so that nobody reads half of it; a link there is replaced, not followed."""
    handle, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).chmod(0o644)
    Path(draft).replace(place)


if __name__ == "__main__":
    main()
