"""The process that runs student code: it locks itself in, imports one text, and answers.

It knows nothing but what arrives on its channel: the limits first, then the source of the
submission, then requests. Each answer carries the number of its request, so that an answer that
student code slips in between is noticed.
"""

import contextlib
import gc
import linecache
import sys
import types
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from grader.sandbox import lockdown, pretend, whereabouts, wire
from grader.sandbox.frames import Channel, Patient, PeerClosed
from grader.sandbox.limits import WorkerLimits
from grader.sandbox.operations import Operations, describe_error, seed_generators
from grader.sandbox.trap import Trap

PATIENT = Patient()


def serve(fd: int, readable: list[Path], own: Iterable[str], trap: Trap) -> None:
    """Serve one runner on `fd` until it hangs up. `own` are modules of ours, to be forgotten.

    The `trap` may be set already.
    """
    channel = Channel(fd)
    with contextlib.suppress(PeerClosed):
        if _locked(channel, readable):
            _forget(own)
            operations = _load(channel, trap)
            if operations is not None:
                _answer(channel, operations, trap)


def _locked(channel: Channel, readable: list[Path]) -> bool:
    """Lock the process in as the runner asks, and tell it whether that worked."""
    setup = wire.receive(channel, waiter=PATIENT)
    keep = {0, 1, 2, channel.fd}
    try:
        lockdown.lock(
            setup["level"],
            WorkerLimits(**setup["limits"]),
            device=setup["device"],
            readable=readable,
            scratch=Path(setup["scratch"]),
            keep=keep,
        )
    except (OSError, ValueError) as error:
        wire.send(channel, {"refused": str(error)}, waiter=PATIENT)
        return False
    whereabouts.tell_when_asked()
    wire.send(channel, {"locked": setup["level"]}, waiter=PATIENT)
    return True


def own_modules() -> list[str]:
    """The names of the grader's modules here.

    Asked before the fork: looking at each of torch's modules costs a page of memory in a child.
    """
    return [name for name in sys.modules if name.partition(".")[0] == "grader"]


def _forget(modules: Iterable[str]) -> None:
    """Let `import grader` fail: what this process still needs of it, it holds by reference."""
    for name in modules:
        sys.modules.pop(name, None)
    sys.argv = [""]
    gc.enable()


def _load(channel: Channel, trap: Trap) -> Operations | None:
    """Import the submission, layer by layer, and tell the runner how it went."""
    request = wire.receive(channel, waiter=PATIENT)
    layers: list[dict[str, str]] = request["layers"]
    own = {layer["file"] for layer in layers}
    seed_generators(request["seed"])
    modules: list[types.ModuleType] = []
    answer: dict[str, Any] = {"imported": True}
    try:
        modules = [_imported(**layer) for layer in layers]
    except BaseException as error:  # whatever a submission raises when it is imported
        answer = {"error": _import_error(error, own.__contains__)}
    if trap.take_notes():
        answer = {"trapped": True}  # a file may try out what its tasks may not do
    trap.own = own
    trap.set(**request["trap"])
    _flush()
    wire.send(channel, answer, waiter=PATIENT)
    return Operations(modules, own.__contains__) if "imported" in answer else None


def _imported(name: str, file: str, source: str) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__file__ = file
    sys.modules[name] = module
    # Tracebacks and torch.jit look for the text of a file here before they look on disk.
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec", dont_inherit=True), vars(module))
    return module


def _import_error(error: BaseException, is_own: Any) -> dict[str, Any]:
    described = describe_error(error, is_own)
    if isinstance(error, SyntaxError) and error.filename is not None and is_own(error.filename):
        described |= {"line": error.lineno, "source": (error.text or "").strip()[:200]}
    return described


def _answer(channel: Channel, operations: Operations, trap: Trap) -> None:
    while True:
        request = wire.receive(channel, waiter=PATIENT, resolve=operations.resolve)
        number = request.pop("number")
        answer = operations.perform(request)
        _flush()
        reply = {"number": number, "answer": answer, "forbidden": trap.take_notes()}
        try:
            header, body = wire.encode(reply, keep=operations.keep, plain=pretend.data_of)
        except Exception as error:  # an object that cannot even be looked at
            failure = {"error": describe_error(error, operations.is_own)}
            header, body = wire.encode(reply | {"answer": failure})
        channel.send(header, body, waiter=PATIENT)


def _flush() -> None:
    """Push out what was printed; student code may have closed or replaced the streams."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
