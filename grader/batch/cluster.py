"""A running Dask cluster does the grading: the extra `cluster`.

Each Dask worker has one forkserver of its own, as a subprocess, and hands back verdicts whatever a
submission does; so no submission takes a Dask worker with it. A worker may be killed all the same:
the scheduler then gives its submissions to others, and whatever was handed back is kept by then.
"""

import logging
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from distributed import Client, Future, KilledWorker, as_completed

from grader import course
from grader.batch.executors import (
    LAST_ATTEMPTS,
    LivingSession,
    Piece,
    Results,
    first_of,
    without_lost,
)
from grader.errors import CourseError, SandboxError, UsageError
from grader.model import Job, Verdicts
from grader.sandbox import messages

# So that no worker waits for the next submission while the last one's result is on its way.
AHEAD = 2
CONNECTING_SECONDS = 10
LOST = (
    "The scheduler at {address} does not answer any more. What was graded is kept: run the command "
    "again when it is back."
)


class Errand(msgspec.Struct, frozen=True):
    """What a Dask worker is sent: a job, and a digest of the files that it must be judged by."""

    job: Job
    suite: str
    isolation: str


class Cluster:
    """The workers of a Dask scheduler."""

    def __init__(self, address: str, isolation: str) -> None:
        self._address = address
        self._isolation = isolation

    def run(self, work: Iterable[Piece]) -> Results:
        """As `Executor.run`. What cost its workers is graded again at the end, alone."""
        # The client tells of every worker that comes and goes; the progress bar says enough.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with self._client() as client, self._explained():
            lost = yield from without_lost(self._side_by_side(client, work))
            for piece in lost:
                attempts = (self._alone(client, piece) for _ in range(LAST_ATTEMPTS))
                yield piece, first_of(attempts)

    def _client(self) -> Client:
        try:
            return Client(self._address, timeout=CONNECTING_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"No Dask scheduler answers at {self._address}. Start one with `dask scheduler`, "
                "and give the address that it prints."
            ) from error

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, CancelledError) as error:  # what a connection that broke is told by
            raise SandboxError(LOST.format(address=self._address)) from error

    def _side_by_side(
        self, client: Client, work: Iterable[Piece]
    ) -> Generator[tuple[Piece, Verdicts | None], None, None]:
        source, coming = iter(work), as_completed(loop=client.loop)
        under_way: dict[Future[Any], Piece] = {}
        while True:
            room = AHEAD * max(1, sum(client.nthreads().values())) - len(under_way)
            for piece in islice(source, max(room, 0)):
                future = self._submitted(client, piece)
                under_way[future] = piece
                coming.add(future)
            if not under_way:
                return
            future = next(coming)
            yield under_way.pop(future), self._verdicts(future)

    def _alone(self, client: Client, piece: Piece) -> Verdicts | None:
        return self._verdicts(self._submitted(client, piece))

    def _submitted(self, client: Client, piece: Piece) -> Future[Any]:
        errand = messages.encode(Errand(piece.job, piece.suite, self._isolation))
        return client.submit(grade_here, errand, pure=False)

    def _verdicts(self, future: Future[Any]) -> Verdicts | None:
        """What came back; None when it cost its runner, or its worker again and again."""
        try:
            answer = future.result()
        except KilledWorker:
            return None
        finally:
            future.release()
        return None if answer is None else messages.decode(answer, Verdicts)


def grade_here(errand: bytes) -> bytes | None:
    """On a Dask worker: grade a job by the course that is installed there."""
    order = messages.decode(errand, Errand)
    job = order.job
    exercise = course.find_one(job.exercise.id)
    if course.digest(exercise) != order.suite:
        raise CourseError(
            f"The tests of {exercise.id} on a worker of the cluster are not those of the machine "
            "that hands out the work. Install the same version on both."
        )
    session = _session(order.isolation, job.device)
    verdicts = session.grade(replace(job, exercise=exercise))
    return None if verdicts is None else messages.encode(verdicts)


@cache
def _session(isolation: str, device: str) -> LivingSession:
    """This Dask worker's own; it ends with the worker."""
    return LivingSession(isolation, device)
