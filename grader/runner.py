"""A runner: has a suite judge submissions and tells what it found, in a process of its own.

It examines one job, alone or beside others. Or it is kept: it has its suite collected and then
forks itself for each job, so that what all jobs of an exercise share is done once.
"""

import contextlib
import os
import selectors
import signal
import socket
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path

from grader import suite
from grader.bank import Bank
from grader.errors import CourseError, RunnerLost, SandboxError
from grader.examinee import Examinee
from grader.judge import Bring, Check, Judge
from grader.model import Job, Verdicts
from grader.rehearsals import Rehearsals
from grader.sandbox import messages
from grader.sandbox.failure import Failure
from grader.sandbox.frames import Channel, Patient, PeerClosed
from grader.sandbox.kernel import PR_SET_PDEATHSIG, prctl
from grader.sandbox.messages import NEXT_JOB, Reply
from grader.sandbox.remote import ImportFailed, WorkerLost
from grader.sandbox.sharing import taken
from grader.sandbox.workers import ForkedWorkers, FreshWorkers, Workers
from grader.source import any_of


def main(forkserver: socket.socket | None, fd: int, tasks: int | None = None) -> None:
    """Read a job from a descriptor, examine it, answer.

    From the descriptor `tasks` it takes the job's tasks, as others may. Without it, a runner that
    has a forkserver is kept; one that has none examines all of the job.
    """
    sys.dont_write_bytecode = True
    warnings.simplefilter("ignore")  # what a known wrong answer is warned of is no news to anybody
    runner = Runner(forkserver, fd, tasks)
    try:
        reply = Reply(verdicts=runner.examine())
    except (RunnerLost, ConnectionError):
        return  # what makes workers is gone, and so is this: whoever waits for a reply sees that
    except CourseError as error:
        reply = Reply(course_error=str(error))
    except SandboxError as error:
        reply = Reply(sandbox_error=str(error))
    except BaseException:  # ours, and never the student's: say so instead of dying silently
        reply = Reply(sandbox_error=f"The grader failed.\n{traceback.format_exc()}")
    with contextlib.suppress(PeerClosed):  # whoever asked may have gone
        messages.send(runner.channel, reply, waiter=Patient())


class Runner:
    """Examines a submission. `channel` is where its reply goes."""

    def __init__(self, forkserver: socket.socket | None, fd: int, tasks: int | None) -> None:
        self.channel = Channel(fd)
        self._forkserver = forkserver
        self._tasks = tasks
        self._examinee: Examinee | None = None
        self._bring: Bring = lambda check, seed: None  # nobody knows more than this runner

    def examine(self) -> Verdicts:
        """Have the suite of a job's exercise judge its submission."""
        job = messages.receive(self.channel, Job, waiter=Patient())
        if not self._is_kept:
            self._prepare(job)
        try:
            bank = Bank(job.exercise)
            results = suite.run(
                job.exercise, job.limits.seconds, lambda checks: self._enter(job, bank, checks)
            )
            return Verdicts(tuple(results), self._reached())
        except ImportFailed as error:
            return self._not_imported(_sentence(self.examinee.job, error.failure))
        except WorkerLost as error:
            name = _file_name(self.examinee.job)
            place = f", in line {error.line}" if error.line is not None else ""
            return self._not_imported(f"{name} {error.message} while it was imported{place}.")
        finally:
            if self._examinee is not None:
                self._examinee.close()

    @property
    def examinee(self) -> Examinee:
        """The submission that has entered."""
        assert self._examinee is not None
        return self._examinee

    @property
    def _is_kept(self) -> bool:
        return self._forkserver is not None and self._tasks is None

    def _prepare(self, job: Job) -> None:
        """Have a first worker made, while something else is done here."""
        workers: Workers = FreshWorkers()
        if self._forkserver is not None:
            workers = ForkedWorkers(self._forkserver)
        numbers = range(len(job.tasks)) if self._tasks is None else taken(self._tasks)
        self._examinee = Examinee(job, workers, numbers)
        self._examinee.order()

    def _enter(self, job: Job, bank: Bank, checks: Sequence[Check]) -> Judge:
        if self._is_kept:
            self._keep(job, bank, checks)
        self.examinee.admit()
        return Judge(self.examinee.job, self.examinee, bank, self._bring)

    def _keep(self, like: Job, bank: Bank, checks: Sequence[Check]) -> None:
        """Fork for each job; only the children come back from here, each with its own."""
        for task in like.exercise.tasks:
            any_of(task.forbidden.names)  # compiled here, it need not be again
        control = socket.socket(fileno=self.channel.fd)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps
        with selectors.DefaultSelector() as selector:
            rehearsals = Rehearsals(bank, checks, like.device, selector)
            forked: Forked | None = None
            selector.register(control, selectors.EVENT_READ, lambda: _forked(control, rehearsals))
            while forked is None:
                for key, _ in selector.select():
                    forked = key.data()
                    if forked is not None:
                        break  # this is a child: whatever else is there to read is its parent's
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        control.close()
        (forkserver, fd, self._tasks), self._bring = forked
        self.channel = Channel(fd)
        self._forkserver = socket.socket(fileno=forkserver)
        self._prepare(messages.receive(self.channel, Job, waiter=Patient()))

    def _reached(self) -> dict[str, tuple[str, ...]]:
        names = [task.name for task in self.examinee.job.exercise.tasks]
        return {
            task: tuple(name for name in names if self.examinee.calls(task, name))
            for task in self.examinee.taken
        }

    def _not_imported(self, sentence: str) -> Verdicts:
        first = self.examinee.taken[0]
        return Verdicts(error=sentence, stdout=self.examinee.take_output(first))


# What the runner of a job needs: its descriptors, and whom it asks for mistakes.
Forked = tuple[list[int], Bring]


def _forked(control: socket.socket, rehearsals: Rehearsals) -> Forked | None:
    """Take a job; in the child, what it needs. There is no return once nobody has any."""
    message, descriptors, _, _ = socket.recv_fds(control, NEXT_JOB.size, 3)
    if len(descriptors) != 3:
        os._exit(0)
    (seed,) = NEXT_JOB.unpack(message)
    connection = rehearsals.connection()
    if os.fork() == 0:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        return descriptors, rehearsals.prompter(connection).bring
    connection.close()
    for descriptor in descriptors:
        os.close(descriptor)
    rehearsals.note_job(seed)
    return None


def _sentence(job: Job, failure: Failure) -> str:
    """Why a file cannot be imported: what and where."""
    place = f"{_file_name(job)}, line {failure.line}" if failure.line else _file_name(job)
    source = f"\n    {failure.source}" if failure.source else ""
    message = f": {failure.message}" if failure.message else ""
    return f"{place}: {failure.type}{message}{source}{_own_call(failure)}"


def _own_call(failure: Failure) -> str:
    """Which call at the top level of a file ended its import: students try out what they write."""
    if failure.entered in (None, failure.line):
        return ""
    return (
        f"\nThat comes of line {failure.entered}, which is run whenever the file is imported. Take "
        'such a call out, or put it under `if __name__ == "__main__":` at the end of the file.'
    )


def _file_name(job: Job) -> str:
    return Path(job.layers[-1].path).name
