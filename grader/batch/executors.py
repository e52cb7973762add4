"""Who does the grading of a batch: this machine's processors."""

import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from grader.errors import RunnerLost
from grader.model import Job, Verdicts
from grader.sandbox.ignite import Started
from grader.sandbox.session import Session, open_session

# How often a submission may cost its runner, when nothing else is graded beside it.
LAST_ATTEMPTS = 2
GIVEN_UP = (
    "The process that graded this file was ended each time while it did, also when nothing else "
    "was graded beside it. Grade it alone to see why."
)


@dataclass(frozen=True)
class Piece:
    """One submission to grade, the key of its result, and a digest of what it is judged by."""

    key: str
    job: Job
    suite: str


# Pieces with their verdicts, as they come. Closing it ends what is under way.
Results = Generator[tuple[Piece, Verdicts], None, None]


class Executor(Protocol):
    """Grades pieces, some at a time, in any order."""

    def run(self, work: Iterable[Piece]) -> Results:
        """Grade each piece.

        `work` is asked for no more than can be under way. Raises `CourseError` and `SandboxError`
        for what is not one submission's doing.
        """


class LivingSession:
    """A session that is opened anew when its forkserver has ended. For several threads."""

    def __init__(self, isolation: str, device: str, early: Started | None = None) -> None:
        self._isolation = isolation
        self._device = device
        self._early = early
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._stack = ExitStack()

    def grade(self, job: Job) -> Verdicts | None:
        """None when the runner was lost: through this submission, or through one beside it."""
        try:
            return self._living().grade(job)
        except RunnerLost:
            return None

    def close(self) -> None:
        """End it; whatever is under way is lost."""
        self._stack.close()

    def _living(self) -> Session:
        with self._lock:
            if self._session is None or not self._session.alive:
                early, self._early = self._early, None
                opened = open_session(self._isolation, self._device, early, many=True)
                self._session = self._stack.enter_context(opened)
            return self._session


class Local:
    """This machine: one forkserver, and as many submissions at once as there are `jobs`.

    `early` is a forkserver that was started already.
    """

    def __init__(
        self, jobs: int, isolation: str, device: str, early: Started | None = None
    ) -> None:
        self._jobs = jobs
        self._session = LivingSession(isolation, device, early)

    def run(self, work: Iterable[Piece]) -> Results:
        """As `Executor.run`. What cost its runner is graded again at the end, alone."""

        def grade(piece: Piece) -> Verdicts | None:
            return self._session.grade(piece.job)

        with closing(self._session):
            lost = yield from without_lost(_side_by_side(grade, work, self._jobs))
            for piece in lost:
                attempts = (grade(piece) for _ in range(LAST_ATTEMPTS))
                yield piece, first_of(attempts)


def without_lost(
    results: Iterable[tuple[Piece, Verdicts | None]],
) -> Generator[tuple[Piece, Verdicts], None, list[Piece]]:
    """The results that there are; the pieces whose runner was lost are what it returns."""
    lost = []
    for piece, verdicts in results:
        if verdicts is None:
            lost.append(piece)
        else:
            yield piece, verdicts
    return lost


def first_of(attempts: Iterable[Verdicts | None]) -> Verdicts:
    """The first attempt that came to an end; a submission that never does has failed."""
    return next((v for v in attempts if v is not None), Verdicts(error=GIVEN_UP))


def _side_by_side(
    grade: Callable[[Piece], Verdicts | None], work: Iterable[Piece], threads: int
) -> Generator[tuple[Piece, Verdicts | None], None, None]:
    """Each piece with what `grade` makes of it, by some threads that take the next when done."""
    pool = ThreadPoolExecutor(threads)
    source, under_way = iter(work), dict[Future[Verdicts | None], Piece]()
    try:
        while True:
            for piece in islice(source, threads - len(under_way)):
                under_way[pool.submit(grade, piece)] = piece
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield under_way.pop(future), future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
