"""The submission under examination: its workers, and what its text tells."""

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
    """One submission; each of its tasks is examined in a fresh worker."""

    def __init__(self, job: Job, workers: Workers) -> None:
        self.job = job
        self._workers = workers
        self._texts = [layer.source.decode("utf-8-sig") for layer in job.layers]
        self._sources: list[Source] = []
        # One worker examines, the next one gets ready meanwhile.
        self._remotes: dict[str, Remote] = {}
        self._ordered_for: set[str] = set()

    def prepare(self, task: str) -> None:
        """Have the worker of a task get ready."""
        if task not in self._remotes:
            self._remotes[task] = self._new_remote(task)
            self._remotes[task].prepare()

    def admit(self) -> None:
        """Have the submission imported once, then read its text. Raises `ImportFailed`."""
        self.transport(self.job.tasks[0]).start()
        try:
            # A text that Python has compiled over there can be parsed here.
            self._sources = [Source(text) for text in reversed(self._texts)]
        except RecursionError as error:
            raise ImportFailed(TOO_DEEP) from error

    def transport(self, task: str) -> Remote:
        """The worker in which a task is examined; those of the tasks before it are ended."""
        self.prepare(task)
        for earlier in self.job.tasks[: self.job.tasks.index(task)]:
            self._drop(earlier)
        return self._remotes[task]

    def begin_check(self, task: str) -> None:
        """Start the clock of a check, and have the next task's worker get ready meanwhile."""
        self.transport(task).begin_check()
        following = self.job.tasks[self.job.tasks.index(task) + 1 :][:1]
        for name in following:
            if name in self._ordered_for:
                self.prepare(name)
            else:  # by the next check it has been made, and nobody waits for it
                self._ordered_for.add(name)
                self._workers.order()

    def take_output(self, task: str) -> str:
        """What the worker of a task printed since the last time."""
        return self._remotes[task].take_output() if task in self._remotes else ""

    def close(self) -> None:
        """End the workers."""
        for task in list(self._remotes):
            self._drop(task)

    def _drop(self, task: str) -> None:
        remote = self._remotes.pop(task, None)
        if remote is not None:
            remote.close()

    def line_of(self, name: str) -> int | None:
        """Where the submission defines a name."""
        lines = (source.line_of(name) for source in self._sources)
        return next((line for line in lines if line is not None), None)

    def defined_names(self) -> list[str]:
        """The names that the submission defines at its top level."""
        return [name for source in self._sources for name in source.defined_names()]

    def forbidden_uses(self, task: str) -> list[ForbiddenUse]:
        """The forbidden calls that stand in the text of a task."""
        forbidden = self.job.exercise.task(task).forbidden
        source = next((s for s in self._sources if s.line_of(task) is not None), None)
        return source.forbidden_uses(task, forbidden) if source is not None else []

    def calls(self, task: str, other: str) -> bool:
        """Whether the code of one task reaches another task."""
        return task != other and any(other in s.reached_from(task) for s in self._sources)

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
            operators=job.exercise.task(task).forbidden.operators,
            seed=job.seed,
        )
        return Remote(self._workers, setup, job.scratch / task)
