"""A runner: has a suite judge submissions and tells what it found, in a process of its own.

Asked to examine one job, it does so and ends. Asked to keep, it has its suite collected and its
reference loaded, and forks itself for each job: what all jobs of an exercise share is done once.
"""

import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from grader import suite
from grader.bank import Bank
from grader.errors import CourseError, SandboxError
from grader.examinee import Examinee
from grader.judge import Check, Judge
from grader.model import Job, Status, Verdicts
from grader.rehearsals import Rehearsals
from grader.sandbox import messages
from grader.sandbox.failure import Failure
from grader.sandbox.frames import Channel, Patient
from grader.sandbox.kernel import PR_SET_PDEATHSIG, prctl
from grader.sandbox.messages import NEXT_JOB, Order, Reply
from grader.sandbox.remote import ImportFailed, WorkerLost
from grader.sandbox.trap import kernels_of
from grader.sandbox.workers import ForkedWorkers, FreshWorkers, Workers


def main(fd: int, connection: socket.socket | None) -> None:
    """Read an order from a descriptor, carry it out, answer. Workers come over `connection`."""
    sys.dont_write_bytecode = True
    runner = Runner(fd, connection)
    try:
        reply = Reply(verdicts=runner.examine())
    except CourseError as error:
        reply = Reply(course_error=str(error))
    except SandboxError as error:
        reply = Reply(sandbox_error=str(error))
    except BaseException:  # ours, and never the student's: say so instead of dying silently
        reply = Reply(sandbox_error=f"The grader failed.\n{traceback.format_exc()}")
    messages.send(runner.channel, reply, waiter=Patient())


class Runner:
    """Carries out one order. `channel` is where its reply goes."""

    def __init__(self, fd: int, connection: socket.socket | None) -> None:
        self.channel = Channel(fd)
        self._connection = connection
        self._examinee: Examinee | None = None
        self._rehearsals: Rehearsals | None = None

    def examine(self) -> Verdicts:
        """Have the suite of a job's exercise judge its submission."""
        order = messages.receive(self.channel, Order, waiter=Patient())
        job = order.job
        if not order.keep:
            self._prepare(job)
        try:
            bank = Bank(job.exercise)
            results = suite.run(
                job.exercise, job.limits.seconds, lambda checks: self._enter(order, bank, checks)
            )
            if self._rehearsals is not None:
                failed = [r.id for r in results if r.status in (Status.FAILED, Status.ERROR)]
                self._rehearsals.note_failures(self.examinee.job.seed, failed)
            return Verdicts(tuple(results), self._reached())
        except ImportFailed as error:
            return self._not_imported(_sentence(self.examinee.job, error.failure))
        except WorkerLost as error:
            name = _file_name(self.examinee.job)
            return self._not_imported(f"{name} {error.message} while it was imported.")
        finally:
            if self._examinee is not None:
                self._examinee.close()

    @property
    def examinee(self) -> Examinee:
        """The submission that has entered."""
        assert self._examinee is not None
        return self._examinee

    def _prepare(self, job: Job) -> None:
        """Have the first worker get ready, while something else is done here."""
        workers: Workers = FreshWorkers()
        if self._connection is not None:
            workers = ForkedWorkers(self._connection)
        self._examinee = Examinee(job, workers)
        self._examinee.prepare(job.tasks[0])

    def _enter(self, order: Order, bank: Bank, checks: Sequence[Check]) -> Judge:
        if order.keep:
            self._keep(order, bank, checks)
        self.examinee.admit()
        return Judge(self.examinee.job, self.examinee, bank)

    def _keep(self, order: Order, bank: Bank, checks: Sequence[Check]) -> None:
        """Fork for each job; only the children come back from here, each with its own."""
        device = order.job.device
        for task in order.job.exercise.tasks:
            kernels_of(task.forbidden.operators, device)  # looked up here, it need not be again
        control = socket.socket(fileno=self.channel.fd)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps
        with selectors.DefaultSelector() as selector:
            self._rehearsals = rehearsals = Rehearsals(bank, checks, device, selector)
            descriptors: list[int] = []
            selector.register(control, selectors.EVENT_READ, lambda: _forked(control, rehearsals))
            while not descriptors:
                for key, _ in selector.select():
                    descriptors = key.data() or descriptors
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        control.close()
        if self._connection is not None:
            self._connection.close()
        self.channel = Channel(descriptors[0])
        self._connection = socket.socket(fileno=descriptors[1])
        self._prepare(messages.receive(self.channel, Order, waiter=Patient()).job)

    def _reached(self) -> dict[str, tuple[str, ...]]:
        names = [task.name for task in self.examinee.job.exercise.tasks]
        return {
            task: tuple(name for name in names if self.examinee.calls(task, name))
            for task in self.examinee.job.tasks
        }

    def _not_imported(self, sentence: str) -> Verdicts:
        first = self.examinee.job.tasks[0]
        return Verdicts(error=sentence, stdout=self.examinee.take_output(first))


def _forked(control: socket.socket, rehearsals: Rehearsals) -> list[int] | None:
    """Take a job; in the child, its descriptors. There is no return once nobody has any."""
    message, descriptors, _, _ = socket.recv_fds(control, NEXT_JOB.size, 2)
    if len(descriptors) != 2:
        os._exit(0)
    (seed,) = NEXT_JOB.unpack(message)
    if os.fork() == 0:
        return descriptors
    for descriptor in descriptors:
        os.close(descriptor)
    rehearsals.note_job(seed)
    return None


def _sentence(job: Job, failure: Failure) -> str:
    """Why a file cannot be imported: what and where."""
    place = f"{_file_name(job)}, line {failure.line}" if failure.line else _file_name(job)
    source = f"\n    {failure.source}" if failure.source else ""
    message = f": {failure.message}" if failure.message else ""
    return f"{place}: {failure.type}{message}{source}"


def _file_name(job: Job) -> str:
    return Path(job.layers[-1].path).name
