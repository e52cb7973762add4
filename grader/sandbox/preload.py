"""Imports torch sooner than `import torch` does.

To link its biggest library takes a sixth of that, and none of it is Python: a thread does it while
Python imports what it can, and `import torch` finds it linked. Another tenth is what torch has
Python's own library do again and again; what comes of that is remembered.
"""

import contextlib
import ctypes
import dataclasses
import functools
import importlib
import importlib.util
import inspect
import os
import sys
import threading
import types
from collections.abc import Iterable, Iterator
from typing import Any

# What brings libraries of its own. One library at a time is linked in a process, so an import of
# these would wait; without the others, imports need none for a while.
FIRST = (
    "_asyncio", "_bisect", "_blake2", "_bz2", "_contextvars", "_csv", "_ctypes", "_datetime",
    "_decimal", "_hashlib", "_heapq", "_json", "_lzma", "_multiprocessing", "_opcode", "_pickle",
    "_posixshmem", "_posixsubprocess", "_queue", "_random", "_sha2", "_sha512", "_socket", "_ssl",
    "_struct", "_typing", "_uuid", "array", "binascii", "cmath", "fcntl", "grp", "math", "mmap",
    "resource", "select", "unicodedata", "zlib", "msgspec._core",
    "numpy",
)  # fmt: skip
# What is needed anyway, and is Python alone: enough to do while the library is being linked.
MEANWHILE = (
    "pytest", "pytest_timeout", "torchgen.model", "multiprocessing.spawn", "urllib.request",
    "tarfile", "gzip", "timeit", "pkgutil", "pickletools", "difflib", "hmac", "secrets", "tomllib",
    "grader.model", "unittest.mock", "multiprocessing.resource_sharer",
)  # fmt: skip
# In this order, and with these flags, torch loads them itself. Of those that link to Python, whose
# lock is not held here, none is among them.
LIBRARIES = (
    ("libtorch_global_deps.so", os.RTLD_NOW | os.RTLD_GLOBAL),
    ("libtorch_cpu.so", os.RTLD_NOW),
)


@contextlib.contextmanager
def preloading() -> Iterator[None]:
    """What is imported here, torch among it, comes sooner."""
    with _remembering(), _linking():
        yield


@contextlib.contextmanager
def _linking() -> Iterator[None]:
    """Have it linked while something is imported, which then waits where it needs a library.

    Where that cannot be done, `import torch` does it all.
    """
    found = importlib.util.find_spec("torch")
    if not sys.platform.startswith("linux") or found is None or found.origin is None:
        yield
        return
    _import(FIRST)
    folder = os.path.join(os.path.dirname(found.origin), "lib")
    linking = threading.Thread(target=_link, args=(folder,))
    linking.start()
    _import(MEANWHILE)
    yield
    linking.join()


def _import(names: Iterable[str]) -> None:
    for name in names:
        with contextlib.suppress(ImportError):  # not every Python, or torch, has each of them
            importlib.import_module(name)


def _link(folder: str) -> None:
    # Called as a foreign function: `ctypes.CDLL(path)` would hold Python's lock all the while.
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    for name, flags in LIBRARIES:
        if not dlopen(os.fsencode(os.path.join(folder, name)), flags):
            return  # torch will say why


@contextlib.contextmanager
def _remembering() -> Iterator[None]:
    """Spare torch what it has Python do hundreds of times.

    It makes the same small dataclass for each of its primitives, and the texts of its methods are
    compiled each time. It asks where a frame is each time that it registers an operator, and is
    told after a look at the file of every module there is, and at lines of text that it does not
    want: a frame knows its module and its line.
    """
    compiled = functools.cache(lambda text: compile(text, "<string>", "exec"))
    get_module, get_frame_info = inspect.getmodule, inspect.getframeinfo

    def execute(text: str, *namespaces: dict[str, Any]) -> None:
        exec(compiled(text), *namespaces)

    def module_of(thing: object, filename: str | None = None) -> types.ModuleType | None:
        if isinstance(thing, types.FrameType):
            return sys.modules.get(thing.f_globals.get("__name__", ""))
        return get_module(thing, filename)

    def place_of(frame: types.FrameType, context: int = 1) -> inspect.Traceback:
        return get_frame_info(frame, context=0)

    with (
        _set(dataclasses, "exec", execute),
        _set(inspect, "getmodule", module_of),
        _set(inspect, "getframeinfo", place_of),
    ):
        yield


@contextlib.contextmanager
def _set(module: types.ModuleType, name: str, value: object) -> Iterator[None]:
    """Give a name in a module another value for a while; it may be one of Python's own names.

    `unittest.mock` can do that, but is itself imported only while the library is being linked.
    """
    missing = object()
    before = vars(module).get(name, missing)
    setattr(module, name, value)
    try:
        yield
    finally:
        if before is missing:
            delattr(module, name)
        else:
            setattr(module, name, before)
