"""The story of a batch: what was handed in, what of it is graded already, grade the rest."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import grader
from grader import course, submission
from grader.batch.executors import Executor, Piece
from grader.batch.journal import Journal, key_of
from grader.batch.model import Entry, HandIn, Intake
from grader.errors import UsageError
from grader.grade import Settings, add_up, chosen_tasks, environment, job_of
from grader.model import Exercise, Job, Report, Submission, Verdicts

# Told how many submissions are graded, and of how many.
Progress = Callable[[int, int], None]
# What an endless loop nearly always begins with. Whoever has one goes first: begun last, it would
# keep everybody waiting for its limits alone.
MAY_LOOP = re.compile(rb"^[ \t]*while\b", re.MULTILINE)


@dataclass(frozen=True)
class Work:
    """One hand-in on its way. `submission` comes without its text, which is read when needed.

    It has a `key` to its result in the journal; or `verdicts`, where nothing needs to be run. It
    `may_loop` for long.
    """

    handin: HandIn
    exercise: Exercise
    submission: Submission
    key: str = ""
    verdicts: Verdicts | None = None
    may_loop: bool = False


class Batch:
    """A class's hand-ins and how they are graded, at one level of isolation."""

    def __init__(
        self, intake: Intake, exercises: Sequence[Exercise], settings: Settings, level: str
    ) -> None:
        self.intake = intake
        self.exercises = {exercise.stem: exercise for exercise in exercises}
        self.settings = settings
        self.level = level
        self._suites = {exercise.stem: course.digest(exercise) for exercise in exercises}
        self._work = {
            (handin.student.key, handin.stem): self._work_on(handin)
            for handin in intake.handins
            if handin.file is not None
        }

    def grade(self, journal: Journal, executor: Executor, progress: Progress) -> None:
        """Grade what the journal has no result of. Each result is kept before it is counted."""
        # Students who hand in the same file get the same result, worked out once.
        wanted = {work.key: work for work in self._work.values() if work.key}
        left = [work for work in wanted.values() if not journal.has(work.key)]
        left.sort(key=lambda work: not work.may_loop)
        done = len(wanted) - len(left)
        progress(done, len(wanted))
        if not left:
            return
        pieces = (
            Piece(work.key, self._job(work), self._suites[work.exercise.stem]) for work in left
        )
        with closing(executor.run(pieces)) as results:
            for piece, verdicts in results:
                journal.keep(piece.key, verdicts)
                done += 1
                progress(done, len(wanted))

    def entries(self, journal: Journal) -> Iterator[Entry]:
        """Each hand-in with its report, one after the other, in the order of the intake."""
        here = environment()
        for handin in self.intake.handins:
            work = self._work.get((handin.student.key, handin.stem))
            if work is None:
                yield Entry(handin, None)
                continue
            verdicts = work.verdicts or journal.result(work.key)
            tasks = chosen_tasks(work.exercise, self.settings.tasks)
            result = add_up(work.exercise, work.submission, verdicts, tasks)
            report = Report(
                exercises=(result,),
                seed=self.settings.seed,
                device=self.settings.device,
                isolation=self.level,
                duration=round(sum(check.duration for check in verdicts.checks), 3),
                environment=here,
            )
            yield Entry(handin, report)

    def _work_on(self, handin: HandIn) -> Work:
        exercise = self.exercises[handin.stem]
        found = _read(handin)
        bare = replace(found, source=b"")
        try:
            submission.check_text(found)
        except submission.Unreadable as error:
            return Work(handin, exercise, bare, verdicts=Verdicts(error=str(error)))
        job = job_of(exercise, (bare,), self.settings)
        key = key_of(job, self._suites[handin.stem], grader.__version__)
        return Work(handin, exercise, bare, key, may_loop=bool(MAY_LOOP.search(found.source)))

    def _job(self, work: Work) -> Job:
        return job_of(work.exercise, (_read(work.handin),), self.settings)


def _read(handin: HandIn) -> Submission:
    assert handin.file is not None
    found = submission.read(handin.file)
    return replace(found, path=str(Path(handin.origin).with_name(handin.file.name)))


def handed_in(intake: Intake, exercises: Sequence[Exercise]) -> list[Exercise]:
    """The exercises that somebody handed in. Raises `UsageError` when there are none."""
    stems = {handin.stem for handin in intake.handins if handin.file is not None}
    found = [exercise for exercise in exercises if exercise.stem in stems]
    if not found:
        names = ", ".join(exercise.file_name for exercise in exercises[:6])
        raise UsageError(
            f"None of what was handed in is an exercise of this course ({names}). Name the "
            "exercise with --exercise if the files are called otherwise."
        )
    return found
