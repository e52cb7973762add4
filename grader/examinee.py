"""The submission under examination: its workers, and what its text tells."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.model import Job
from grader.sandbox.failure import Failure
from grader.sandbox.limits import WorkerLimits
from grader.sandbox.remote import ImportFailed, Remote, Setup
from grader.sandbox.workers import Workers
from grader.source import ForbiddenUse, Source

TOO_DEEP = Failure(
    type="SyntaxError",
    bases=("SyntaxError", "Exception"),
    kind="error",
    message="an expression is nested too deeply to be read; write it in several statements",
    line=None,
    source="",
    function="",
)


class Examinee:
    """One submission; each of its tasks is examined in a fresh worker.

    `numbers` are those of the tasks that are left to examine, each when it is asked for: what is
    taken here, nobody else takes.
    """

    def __init__(self, job: Job, workers: Workers, numbers: Iterable[int]) -> None:
        self.job = job
        self.taken: list[str] = []
        self._workers = workers
        self._trapped: dict[tuple[str, ...], Workers | None] = {}
        self._numbers = iter(numbers)
        self._texts = [layer.source.decode("utf-8-sig") for layer in job.layers]
        self._sources: list[Source] = []
        self._forbidden_uses: dict[str, list[ForbiddenUse]] = {}
        # One worker examines, the next one gets ready meanwhile.
        self._remotes: dict[str, Remote] = {}
        self._coming: str | None = None

    def order(self) -> None:
        """Take the task that comes next, if there is one, and have a worker made for it."""
        if self._coming is None:
            number = next(self._numbers, None)
            if number is not None:
                self._coming = self.job.tasks[number]
                self.taken.append(self._coming)
                (self._trapped_for(self._coming) or self._workers).order()

    def prepare(self) -> None:
        """Have the worker that was ordered get ready."""
        if self._coming is not None:
            self._prepare(self._coming)

    def admit(self) -> None:
        """Have the submission imported once, then read its text. Raises `ImportFailed`."""
        if self._coming is None:
            return  # others have taken every task
        self.transport(self._coming).start()
        try:
            # A text that Python has compiled over there can be parsed here.
            self._sources = [Source(text) for text in reversed(self._texts)]
        except RecursionError as error:
            raise ImportFailed(TOO_DEEP) from error

    def tasks(self) -> Iterator[str]:
        """The tasks to examine, as they come."""
        while self._coming is not None:
            task, self._coming = self._coming, None
            yield task
            self._drop(task)
            self.order()

    def transport(self, task: str) -> Remote:
        """The worker in which a task is examined."""
        self._prepare(task)
        return self._remotes[task]

    def begin_check(self, task: str) -> None:
        """Start the clock of a check, and have the next task's worker get ready meanwhile."""
        self.transport(task).begin_check()
        # By the next check it has been made, and nobody waits for it.
        self.prepare()
        self.order()

    def take_output(self, task: str) -> str:
        """What the worker of a task printed since the last time."""
        return self._remotes[task].take_output() if task in self._remotes else ""

    def close(self) -> None:
        """End the workers."""
        for task in list(self._remotes):
            self._drop(task)

    def _prepare(self, task: str) -> None:
        if task not in self._remotes:
            self._remotes[task] = self._new_remote(task)
            self._remotes[task].prepare()

    def _drop(self, task: str) -> None:
        remote = self._remotes.pop(task, None)
        if remote is not None:
            remote.close()

    def line_of(self, name: str) -> int | None:
        """Where the submission defines a name."""
        return _first(source.line_of(name) for source in self._sources)

    def loop_around(self, line: int) -> int | None:
        """Where the loop begins that a line of the submission is in, if it is in one."""
        return _first(source.loop_around(line) for source in self._sources)

    def defined_names(self) -> list[str]:
        """The names that the submission defines at its top level."""
        return [name for source in self._sources for name in source.defined_names()]

    def forbidden_uses(self, task: str) -> list[ForbiddenUse]:
        """The forbidden calls that stand in the text of a task."""
        if task not in self._forbidden_uses:
            forbidden = self.job.exercise.task(task).forbidden
            source = next((s for s in self._sources if s.line_of(task) is not None), None)
            uses = source.forbidden_uses(task, forbidden) if source is not None else []
            self._forbidden_uses[task] = uses
        return self._forbidden_uses[task]

    def calls(self, task: str, other: str) -> bool:
        """Whether the code of one task reaches another task."""
        return task != other and any(other in s.reached_from(task) for s in self._sources)

    def _operators(self, task: str) -> tuple[str, ...]:
        return self.job.exercise.task(task).forbidden.operators

    def _trapped_for(self, task: str) -> Workers | None:
        """Where workers come from that have the trap of a task set already."""
        operators = self._operators(task)
        if operators and operators not in self._trapped:
            self._trapped[operators] = self._workers.trapped(operators, self.job.device)
        return self._trapped.get(operators)

    def _new_remote(self, task: str) -> Remote:
        job = self.job
        layers = [
            (job.exercise.slug if index == 0 else f"layer{index}", Path(layer.path).name, text)
            for index, (layer, text) in enumerate(zip(job.layers, self._texts, strict=True))
        ]
        setup = Setup(
            level=job.isolation,
            device=job.device,
            limits=WorkerLimits(job.limits.seconds, job.limits.memory_mb),
            layers=layers,
            operators=self._operators(task),
            seed=job.seed,
        )
        return Remote(self._workers, self._trapped_for(task), setup, job.scratch / task)


def _first(lines: Iterable[int | None]) -> int | None:
    return next((line for line in lines if line is not None), None)
