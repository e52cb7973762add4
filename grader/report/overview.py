"""The course at a glance: what `grade` alone prints."""

import textwrap
from collections.abc import Sequence

from grader.model import FULL_SCORE, Exercise
from grader.report.text import glued, unglued
from grader.study.progress import Record

WIDTH = 80


def render(records: Sequence[tuple[Exercise, Record]]) -> str:
    """A line an exercise with its best and last score, and what to do next."""
    width = max(len(exercise.title) for exercise, _ in records)
    lines = [f"  {'':<14}{'':<{width}}   best   last"]
    lines += [_line(exercise, record, width) for exercise, record in records]
    return "\n".join([*lines, "", unglued(textwrap.fill(glued(_next_step(records)), WIDTH)), ""])


def _line(exercise: Exercise, record: Record, width: int) -> str:
    mark = "✓" if record.best == FULL_SCORE else "·" if record.best is None else "✗"
    scores = f"{_score(record.best):>6} {_score(record.last):>6}"
    return f"{mark} {exercise.id:<14}{exercise.title:<{width}} {scores}"


def _score(score: int | None) -> str:
    return "–" if score is None else str(score)


def _next_step(records: Sequence[tuple[Exercise, Record]]) -> str:
    for exercise, record in records:
        if record.best != FULL_SCORE:
            place = f"exercises/{exercise.stem}/{exercise.file_name}"
            if record.best:
                return f"Next: go on with {place}, then `grade {exercise.id}`."
            return (
                f"Next: `grade show {exercise.id}` is the lesson; write your code in {place}, "
                f"then `grade {exercise.id}`."
            )
    return "Everything is done. Well done!"
