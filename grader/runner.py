"""A runner: examines one submission and tells what it found, in a process of its own."""

import socket
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from grader import suite
from grader.bank import Bank
from grader.errors import CourseError, SandboxError
from grader.examinee import Examinee
from grader.model import CheckResult, Job, Status, Verdicts
from grader.sandbox import messages
from grader.sandbox.failure import Failure
from grader.sandbox.frames import Channel, Patient
from grader.sandbox.messages import Reply
from grader.sandbox.remote import ImportFailed, WorkerLost
from grader.sandbox.workers import ForkedWorkers, FreshWorkers, Workers


def main(fd: int, connection: socket.socket | None) -> None:
    """Read a job from a descriptor, examine, answer. Workers come over `connection`."""
    channel = Channel(fd)
    sys.dont_write_bytecode = True
    try:
        workers = FreshWorkers() if connection is None else ForkedWorkers(connection)
        workers.order()
        job = messages.receive(channel, Job, waiter=Patient())
        reply = Reply(verdicts=examine(job, workers))
    except CourseError as error:
        reply = Reply(course_error=str(error))
    except SandboxError as error:
        reply = Reply(sandbox_error=str(error))
    except BaseException:  # ours, and never the student's: say so instead of dying silently
        reply = Reply(sandbox_error=f"The grader failed.\n{traceback.format_exc()}")
    messages.send(channel, reply, waiter=Patient())


def examine(job: Job, workers: Workers) -> Verdicts:
    """Run the suite of a job's exercise on its submission."""
    examinee = Examinee(job, workers)
    first = job.tasks[0]
    try:
        examinee.prepare(first)
        results = suite.run(job, examinee, Bank(job.exercise))
        return Verdicts(tuple(_with_cause(result, results, examinee) for result in results))
    except ImportFailed as error:
        return Verdicts(error=_sentence(job, error.failure), stdout=examinee.take_output(first))
    except WorkerLost as error:
        sentence = f"{_file_name(job)} {error.message} while it was imported."
        return Verdicts(error=sentence, stdout=examinee.take_output(first))
    finally:
        examinee.close()


def _sentence(job: Job, failure: Failure) -> str:
    """Why a file cannot be imported: what and where."""
    place = f"{_file_name(job)}, line {failure.line}" if failure.line else _file_name(job)
    source = f"\n    {failure.source}" if failure.source else ""
    message = f": {failure.message}" if failure.message else ""
    return f"{place}: {failure.type}{message}{source}"


def _file_name(job: Job) -> str:
    return Path(job.layers[-1].path).name


def _with_cause(
    result: CheckResult, results: Sequence[CheckResult], examinee: Examinee
) -> CheckResult:
    """A failure with the task that it may follow from."""
    if result.status in (Status.PASSED, Status.NOT_IMPLEMENTED, Status.SKIPPED):
        return result
    failed = dict.fromkeys(r.task for r in results if r.status is not Status.PASSED)
    causes = [task for task in failed if examinee.calls(result.task, task)]
    if not causes:
        return result
    names = " and ".join(causes)
    return replace(result, message=f"{result.message}\nFollows from {names}? Mend that first.")
