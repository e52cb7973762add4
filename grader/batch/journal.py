"""What a batch has found so far, on disk before anybody is told: it may be killed at any moment.

One SQLite file. A result is kept under a key of everything that it depends on, so that a second
run grades what is missing or changed and nothing else. What each student had the last time is
kept as well, to tell who gained and who lost by a change.
"""

import fcntl
import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.batch.model import Change
from grader.errors import UsageError
from grader.model import Job, Verdicts
from grader.sandbox import messages

FILE_NAME = "results.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS results (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, verdicts BLOB NOT NULL, finished REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS standings (
    id INTEGER PRIMARY KEY, student TEXT NOT NULL, stem TEXT NOT NULL, score INTEGER NOT NULL,
    UNIQUE (student, stem)
);
"""


def key_of(job: Job, suite: str, grader: str) -> str:
    """What a result depends on, as one word. `suite` is a digest of the files that graded."""
    parts = (
        *(layer.sha256 for layer in job.layers), job.exercise.stem, *job.tasks, suite, grader,
        str(job.seed), job.device, f"{job.limits.seconds:g}", str(job.limits.memory_mb),
    )  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class Journal:
    """The results of one folder. Used by one thread of one process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def has(self, key: str) -> bool:
        """Whether there is a result."""
        found = self._connection.execute("SELECT 1 FROM results WHERE key = ?", (key,))
        return found.fetchone() is not None

    def keep(self, key: str, verdicts: Verdicts) -> None:
        """Keep a result. It is on disk when this returns; the first one of a key counts."""
        with self._connection:
            self._connection.execute(
                "INSERT OR IGNORE INTO results (key, verdicts, finished) VALUES (?, ?, ?)",
                (key, messages.encode(verdicts), time.time()),
            )

    def result(self, key: str) -> Verdicts:
        """The result of a key. Raises KeyError when there is none."""
        row = self._connection.execute(
            "SELECT verdicts FROM results WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            raise KeyError(key)
        return messages.decode(row[0], Verdicts)

    def forget_results(self) -> None:
        """Do without every result; who had what stays known."""
        with self._connection:
            self._connection.execute("DELETE FROM results")

    def setting(self, name: str, otherwise: str) -> str:
        """A choice that all runs share: the one of the first run."""
        with self._connection:
            self._connection.execute(
                "INSERT OR IGNORE INTO settings (name, value) VALUES (?, ?)", (name, otherwise)
            )
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,))
        value: str = row.fetchone()[0]
        return value

    def set(self, name: str, value: str) -> None:
        """Make a choice for this run and the ones after it."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value)
            )

    def stand(self, scores: dict[tuple[str, str], int]) -> list[Change]:
        """Note what each student has for each exercise now; what is not as it was comes back."""
        rows = self._connection.execute("SELECT student, stem, score FROM standings")
        before = {(student, stem): score for student, stem, score in rows}
        with self._connection:
            self._connection.executemany(
                "INSERT INTO standings (student, stem, score) VALUES (?, ?, ?) "
                "ON CONFLICT (student, stem) DO UPDATE SET score = excluded.score",
                [(*who, score) for who, score in scores.items()],
            )
        return [
            Change(*who, before[who], score)
            for who, score in sorted(scores.items())
            if who in before and before[who] != score
        ]


@contextmanager
def open_journal(results: Path) -> Iterator[Journal]:
    """The journal of a results folder, for one run at a time. Raises `UsageError`."""
    try:
        results.mkdir(parents=True, exist_ok=True)
        lock_file = open(results / ".lock", "w")  # noqa: SIM115, closed below
    except OSError as error:
        raise UsageError(
            f"{results} cannot be written to: {error.strerror}. Choose another folder with -o."
        ) from error
    with lock_file as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(
                f"Another grade batch is at work in {results}. Wait for it, or take another folder."
            ) from error
        connection = _connect(results / FILE_NAME)
        try:
            yield Journal(connection)
        finally:
            connection.close()


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # a result survives a power cut
        connection.executescript(SCHEMA)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise UsageError(
            f"{file} is not a journal of grade batch ({error}). Move it away, or take another "
            "results folder."
        ) from error
    return connection
