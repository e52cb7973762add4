"""The next hint of a task: one step further each time, never the code."""

import textwrap

from grader.model import Exercise
from grader.study.progress import Progress

WIDTH = 78


def next_hint(exercise: Exercise, task_name: str | None, progress: Progress) -> str:
    """The next hint for a task, under those that were read already, and note that it was read.

    Without a name it is the first task that still has an unread hint. The last hint is repeated.
    """
    read = progress.of(exercise.stem).hints
    tasks = [task for task in exercise.tasks if task_name in (None, task.name)]
    task = next((t for t in tasks if read.get(t.name, 0) < len(t.hints)), tasks[-1])
    step = min(max(read.get(task.name, 0), 0), len(task.hints) - 1)
    progress.note_hint(exercise.stem, task.name)
    left = len(task.hints) - step - 1
    more = f"`grade hint {exercise.id} {task.name}` for the next" if left else "that was the last"
    lines = [_line(number, hint) for number, hint in enumerate(task.hints[: step + 1], 1)]
    head = f"{task.name}, hint {step + 1} of {len(task.hints)} ({more}):"
    return "\n".join([head, "", *lines])


def _line(number: int, hint: str) -> str:
    """A hint with its number, on as many lines as it takes."""
    return textwrap.fill(hint, WIDTH, initial_indent=f"  {number}. ", subsequent_indent="     ")
