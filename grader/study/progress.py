"""What has been reached in a workspace: best and last scores, and how many hints were read.

Kept beside the exercises, in `.grade/progress.json`. Losing it loses no work, so a file that
cannot be read counts as empty.
"""

import os
from pathlib import Path

import msgspec

from grader import model
from grader.errors import UsageError


def workspace() -> Path:
    """The nearest folder, from the current one upwards, that holds `exercises/`.

    Raises `UsageError` when there is none.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "exercises").is_dir():
            return Path() if folder == here else folder
    raise UsageError(
        "There is no exercises/ folder here. Change to the folder that holds it, or give your "
        "file with --submission."
    )


class Record(msgspec.Struct, frozen=True):
    """What is known of one exercise. Scores are None until it is graded; `hints` counts by task."""

    best: int | None = None
    last: int | None = None
    hints: dict[str, int] = {}


class Progress:
    """The records of one workspace (the folder that holds `exercises/`)."""

    def __init__(self, workspace: Path) -> None:
        self._file = workspace / ".grade" / "progress.json"
        self._exercises = (workspace / "exercises").resolve()
        self._records = self._read()

    def of(self, stem: str) -> Record:
        """The record of an exercise."""
        return self._records.get(stem, Record())

    def note_score(self, result: model.ExerciseResult) -> None:
        """Keep the score of a whole exercise that was graded in this workspace.

        One in which nothing is written yet was not begun, unless it had a score before.
        """
        whole = len(result.tasks) == len(result.exercise.tasks)
        if not whole or self._exercises not in Path(result.path).resolve().parents:
            return
        stem = result.exercise.stem
        old = self.of(stem)
        if result.status is model.Progress.NOT_STARTED and old.best is None:
            return
        best = max(result.score, old.best or 0)
        self._write(stem, Record(best=best, last=result.score, hints=old.hints))

    def note_hint(self, stem: str, task: str) -> None:
        """Count one more hint as read."""
        old = self.of(stem)
        hints = old.hints | {task: old.hints.get(task, 0) + 1}
        self._write(stem, Record(best=old.best, last=old.last, hints=hints))

    def _read(self) -> dict[str, Record]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, Record])
        except (OSError, RecursionError, msgspec.MsgspecError):
            return {}

    def _write(self, stem: str, record: Record) -> None:
        self._records[stem] = record
        text = msgspec.json.format(msgspec.json.encode(self._records))
        try:
            self._file.parent.mkdir(exist_ok=True)
            draft = self._file.with_suffix(f".{os.getpid()}")
            draft.write_bytes(text)
            draft.replace(self._file)
        except OSError:
            return  # a read-only workspace: grading goes on without a memory
