"""Which column of an export is which exercise."""

import re
from collections.abc import Iterable, Sequence

from grader.batch.exports.sheet import Column, Sheet
from grader.errors import UsageError
from grader.model import Exercise
from grader.report.text import one_line

# More would fill the screen.
_MOST_SHOWN = 12


def choose(sheet: Sheet, exercises: Sequence[Exercise]) -> dict[str, Column]:
    """The column of each exercise, by its stem. Raises `UsageError` unless there is exactly one."""
    if sheet.single:
        return _the_only(sheet, exercises)
    found = {exercise.stem: _column(sheet, exercise) for exercise in exercises}
    for exercise in exercises:
        column = found[exercise.stem]
        if column.maximum is not None and column.maximum <= 0:
            raise UsageError(
                f"its column {one_line(column.heading)!r} takes {column.maximum} points. Give it "
                f"points in {sheet.platform} and export again"
            )
        others = [e.id for e in exercises if found[e.stem] is column and e is not exercise]
        if others:
            raise UsageError(
                f"its column {one_line(column.heading)!r} could be {exercise.id} and {others[0]}. "
                f"Rename it to one of them in {sheet.platform} and export again"
            )
    return found


def _the_only(sheet: Sheet, exercises: Sequence[Exercise]) -> dict[str, Column]:
    if len(exercises) != 1:
        chosen = ", ".join(exercise.id for exercise in exercises)
        raise UsageError(
            f"it is the grading worksheet of one assignment, and {len(exercises)} exercises are "
            f"chosen ({chosen}). Choose the one that it is for with --exercise"
        )
    return {exercises[0].stem: sheet.columns[0]}


def _column(sheet: Sheet, exercise: Exercise) -> Column:
    words = {_plain(w) for w in (exercise.stem, exercise.id, exercise.slug, exercise.title)}
    fitting = [c for c in sheet.columns if any(_plain(title) in words for title in c.titles)]
    if len(fitting) == 1:
        return fitting[0]
    advice = f"to {exercise.id}, {exercise.slug} or {exercise.title!r} in {sheet.platform}"
    if fitting:
        raise UsageError(
            f"{len(fitting)} of its columns could be {exercise.id}: {_shown(fitting)}. Rename the "
            f"one that is meant {advice}, the others to something else, and export again"
        )
    raise UsageError(
        f"none of its columns is {exercise.id}. {_there_are(sheet.columns)} Rename the one that is "
        f"meant {advice} and export again, or choose other exercises with --exercise"
    )


def _plain(title: str) -> str:
    """A title in which capitals, and what separates its words, make no difference."""
    return re.sub(r"[\s_-]+", "", title).casefold()


def _there_are(columns: Sequence[Column]) -> str:
    return f"There are: {_shown(columns)}." if columns else "It has no column that takes points."


def _shown(columns: Iterable[Column]) -> str:
    names = [repr(one_line(column.heading)) for column in columns]
    more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
    return ", ".join(names[:_MOST_SHOWN]) + more
