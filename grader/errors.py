"""Everything that can go wrong with a grading that is nobody's wrong answer.

An error says who must act, and carries the exit status of the command line:

* GraderError
  + UsageError     the person at the keyboard     exit 2
  + CourseError    the author of an exercise      exit 3
  + SandboxError   the operator of the machine    exit 3
    + RunnerLost   nobody, if it happens once     exit 3

A wrong answer is not an error: it is a `CheckResult` (exit 1). So is a submission that loops,
crashes or cannot be imported.
"""


class GraderError(Exception):
    """The grading could not be done; the message ends with what to do next."""

    exit_status = 3


class UsageError(GraderError):
    """The command line asks for something that is not there."""

    exit_status = 2


class CourseError(GraderError):
    """An exercise, its suite or its reference is broken."""


class SandboxError(GraderError):
    """The isolation that was asked for cannot be had, or a process of ours died."""


class RunnerLost(SandboxError):
    """A process of ours went away in the middle of a grading: killed by the system, say."""
