"""The submission under examination: its workers, and what its text tells."""

from pathlib import Path

from grader.model import Job
from grader.sandbox.limits import WorkerLimits
from grader.sandbox.remote import Remote, Setup, Workers
from grader.source import ForbiddenUse, Source


class Examinee:
    """One submission; each of its tasks is examined in a fresh worker."""

    def __init__(self, job: Job, workers: Workers) -> None:
        self.job = job
        self._workers = workers
        self._texts = [layer.source.decode("utf-8-sig") for layer in job.layers]
        self._sources: list[Source] = []
        self._remote: Remote | None = None
        self._task = ""
        self._printed = ""

    def admit(self) -> None:
        """Have the submission imported once, then read its text. Raises `ImportFailed`."""
        self.transport(self.job.tasks[0]).start()
        # A text that Python has compiled over there can be parsed here.
        self._sources = [Source(text) for text in reversed(self._texts)]

    def transport(self, task: str) -> Remote:
        """The worker in which a task is examined."""
        if task != self._task or self._remote is None:
            self.close()
            self._task = task
            self._remote = self._new_worker(task)
        return self._remote

    def take_output(self) -> str:
        """What the submission printed since the last time."""
        printed, self._printed = self._printed, ""
        return printed + (self._remote.take_output() if self._remote is not None else "")

    def close(self) -> None:
        """End the worker."""
        if self._remote is not None:
            self._remote.close()
            self._printed += self._remote.take_output()
            self._remote = None

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

    def _new_worker(self, task: str) -> Remote:
        job = self.job
        layers = [
            (job.exercise.slug if index == 0 else f"layer{index}", Path(layer.path).name, text)
            for index, (layer, text) in enumerate(zip(job.layers, self._texts, strict=True))
        ]
        setup = Setup(
            level=job.isolation,
            limits=WorkerLimits(job.limits.seconds, job.limits.memory_mb),
            layers=layers,
            operators=job.exercise.task(task).forbidden.operators,
            seed=job.seed,
        )
        return Remote(self._workers, setup, job.scratch / task)
