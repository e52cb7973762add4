"""The process from which runners and workers are forked, so that torch is imported once.

It is started with an emptied environment and holds no secret: it sees neither suites nor
submissions, since a job travels on a socket of its own from the launcher to the runner. A runner
asks for workers on a second socket. Requests are one byte, and descriptors travel beside them.
"""

import gc
import os
import selectors
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch

from grader.sandbox import compiler, lockdown, pretend, worker
from grader.sandbox.kernel import PR_SET_PDEATHSIG, collapse_memory, prctl
from grader.sandbox.messages import CONNECTION, RUNNER, SETTLE
from grader.sandbox.operations import seed_generators
from grader.sandbox.trap import Trap

WORKER, END, AWAIT, DROP, TRAPPED = b"W", b"E", b"A", b"D", b"T"
PID = LENGTH = struct.Struct("<i")
# How often those are looked for that were told to end.
REAPING_SECONDS = 0.05
# How long a worker that has hung up may take to be gone: it gives back its memory first.
DYING_SECONDS = 0.5
# Stands for the wait status of one that hung up and went on.
STILL_ALIVE = -1
# Pid and wait status of a worker that has ended.
ENDED = struct.Struct("<ii")


class Forkserver:
    """Serves one launcher on `control` until it hangs up.

    `runner` is called in a forked runner with its socket to here and the descriptors that came for
    it; `worker` in a forked worker with its channel and its trap.

    To set a trap takes longer than anything else that a worker does to begin with. So a branch of
    this process sets it once, and those workers are forked from there.
    """

    def __init__(
        self,
        control: socket.socket,
        runner: Callable[..., object],
        worker: Callable[[int, Trap], None],
    ) -> None:
        self._control = control
        self._runner = runner
        self._worker = worker
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)
        # Runners by their connection; one that a kept runner forked is not ours to end.
        self._runners: dict[socket.socket, int | None] = {}
        self._workers: dict[int, socket.socket] = {}
        self._dying: list[int] = []
        self._trap = Trap()
        self._branches: dict[tuple[bytes, bool], socket.socket] = {}
        self._settled = False

    def serve(self) -> None:
        """Serve until the launcher hangs up; then end every child."""
        while True:
            for key, _ in self._selector.select(REAPING_SECONDS if self._dying else None):
                if key.fileobj is self._control:
                    if not self._serve_launcher():
                        return
                elif key.fileobj in self._runners:
                    self._serve_runner(key.fileobj)
            self._dying = [pid for pid in self._dying if not os.waitpid(pid, os.WNOHANG)[0]]

    def _serve_launcher(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self._control, 1, 2)
        if message == RUNNER:
            self._start_runner(descriptors)
        elif message == SETTLE:
            gc.freeze()
            collapse_memory()
            self._settled = True
        elif message == CONNECTION:
            self._listen(socket.socket(fileno=descriptors[0]), None)
        else:
            for pid in [*self._runners.values(), *self._workers]:
                if pid is not None:
                    _kill(pid)
            return False
        return True

    def _start_runner(self, descriptors: list[int]) -> None:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._become(lambda: self._runner(theirs, *descriptors), keep=theirs)
        for descriptor in descriptors:
            os.close(descriptor)
        theirs.close()
        self._listen(ours, pid)

    def _listen(self, connection: socket.socket, pid: int | None) -> None:
        self._runners[connection] = pid
        self._selector.register(connection, selectors.EVENT_READ)

    def _serve_runner(self, connection: socket.socket) -> None:
        try:
            self._serve_request(connection)
        except ConnectionError:  # it went away in the middle, or without reading an answer
            self._end_runner(connection)

    def _serve_request(self, connection: socket.socket) -> None:
        message, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
        if message == WORKER:
            self._start_worker(connection)
        elif message == TRAPPED:
            (length,) = LENGTH.unpack(connection.recv(LENGTH.size, socket.MSG_WAITALL))
            trap = connection.recv(length, socket.MSG_WAITALL)
            self._pass_on(trap, descriptors)
            os.close(descriptors[0])
        elif message in (END, AWAIT, DROP):
            (pid,) = PID.unpack(connection.recv(PID.size, socket.MSG_WAITALL))
            own = self._workers.get(pid) is connection
            if message != DROP:
                patience = DYING_SECONDS if message == AWAIT else 0.0
                status = self._end_worker(pid, patience) if own else 0
                connection.send(ENDED.pack(pid, status))
            elif own:
                self._drop_worker(pid)
        else:
            self._end_runner(connection)

    def _start_worker(self, connection: socket.socket) -> None:
        ours, theirs = socket.socketpair()
        output, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            _redirect(write)
            self._become(lambda: self._worker(theirs.fileno(), self._trap), keep=theirs)
        self._workers[pid] = connection
        try:
            socket.send_fds(connection, [PID.pack(pid)], [ours.fileno(), output])
        finally:
            for descriptor in (ours.detach(), theirs.detach(), output, write):
                os.close(descriptor)

    def _pass_on(self, trap: bytes, descriptors: list[int]) -> None:
        """Pass a connection on to the branch whose workers have a trap set."""
        key = trap, self._settled
        if key not in self._branches:
            self._branches[key] = self._new_branch(trap)
        try:
            socket.send_fds(self._branches[key], [CONNECTION], descriptors)
        except ConnectionError:  # the system has ended it
            self._branches.pop(key).close()
            self._pass_on(trap, descriptors)

    def _new_branch(self, trap: bytes) -> socket.socket:
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            self._become(lambda: self._serve_trapped(theirs, trap), keep=theirs)
        theirs.close()
        return ours

    def _serve_trapped(self, control: socket.socket, trap: bytes) -> None:
        device, *operators = trap.decode().split("\n")
        branch = Forkserver(control, self._runner, self._worker)
        branch._trap.set(operators, device)
        gc.freeze()  # or the collector of each worker would walk over what came with the trap
        branch.serve()

    def _become(self, role: Callable[[], object], *, keep: socket.socket) -> None:
        """Run a role in this forked child and never come back."""
        # Whoever ends us, ends our children with us.
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        try:
            self._selector.close()
            for other in (self._control, *self._runners, *self._branches.values()):
                if other is not keep:
                    other.close()
            role()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)

    def _end_worker(self, pid: int, patience: float) -> int:
        """The wait status of a worker that ends by itself soon, or else is killed."""
        del self._workers[pid]
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                return status
            time.sleep(REAPING_SECONDS / 10)
        _kill(pid)
        status = os.waitpid(pid, 0)[1]
        return STILL_ALIVE if patience else status

    def _drop_worker(self, pid: int) -> None:
        """End a worker without waiting: giving back its memory takes longer than a fork."""
        del self._workers[pid]
        _kill(pid)
        self._dying.append(pid)

    def _end_runner(self, connection: socket.socket) -> None:
        """A runner hung up: reap it and whatever it left behind."""
        self._selector.unregister(connection)
        for pid in [pid for pid, owner in self._workers.items() if owner is connection]:
            self._drop_worker(pid)
        runner = self._runners.pop(connection)
        if runner is not None:
            _kill(runner)
            os.waitpid(runner, 0)
        connection.close()


def _kill(pid: int) -> None:
    """Our children are reaped by us alone, so the pid is theirs even after they have ended."""
    os.kill(pid, signal.SIGKILL)


def _redirect(output: int) -> None:
    """Standard output and error into the pipe that the runner reads; nothing to read from."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, output), (2, output)):
        os.dup2(source, target)
    os.close(nothing)
    os.close(output)


def warm_up() -> None:
    """Prepare torch for children that cannot do it any more once they are locked in.

    Kernels are chosen now: a locked worker cannot read what processor it runs on. With one thread
    only: a process that has run a parallel operation cannot be forked.
    """
    compiler.put_off()
    pretend.install()
    seed_generators(0)  # numpy imports its own only now
    torch.set_num_threads(1)
    torch.mm(torch.ones(4, 4), torch.ones(4, 4))
    torch.nn.functional.conv2d(torch.ones(1, 1, 5, 5), torch.ones(1, 1, 3, 3))


def hidden_paths() -> list[Path]:
    """Where a course may lie among what Python needs: in this package, or in another copy of it."""
    package = Path(__file__).resolve().parent.parent
    copies = [Path(entry) / package.name for entry in sys.path]
    beside = [package.parent / name for name in ("exercises", "solutions", "tests")]
    return [path for path in (package, *copies, *beside) if path.exists()]


def run(fd: int, runner: Callable[..., object]) -> None:
    """Be the forkserver of the launcher at the other end of `fd`."""
    warm_up()
    readable = lockdown.readable_paths(hidden_paths())
    own = worker.own_modules()
    gc.freeze()
    control = socket.socket(fileno=fd)
    Forkserver(
        control, runner, lambda channel, trap: worker.serve(channel, readable, own, trap)
    ).serve()
