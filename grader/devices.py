"""Which devices torch sees here, asked of a process of its own: the launcher imports no torch."""

import re
import subprocess
import sys
from typing import Any

import msgspec

from grader.errors import UsageError

AUTO, CPU = "auto", "cpu"
_WORDS = re.compile(r"auto|cpu|mps|cuda(:\d+)?")
_ASK = """
import json, torch
mps = getattr(torch.backends, "mps", None)
print(json.dumps({
    "version": torch.__version__,
    "cuda": [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())],
    "mps": bool(mps and mps.is_available()),
}))
"""


class Torch(msgspec.Struct, frozen=True):
    """What torch says of itself: its version, the names of the GPUs, whether there is MPS."""

    version: str
    cuda: list[str]
    mps: bool

    @property
    def devices(self) -> list[str]:
        """The devices there are, the best first."""
        return [*(f"cuda:{i}" for i in range(len(self.cuda))), *(["mps"] if self.mps else []), CPU]


def ask_torch() -> Torch:
    """Import torch in another process and ask it. Raises `UsageError` when that fails."""
    asked = subprocess.run([sys.executable, "-c", _ASK], capture_output=True, text=True)
    if asked.returncode:
        reason = (asked.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UsageError(f"torch cannot be imported: {reason}. Install it: pip install torch")
    return msgspec.json.decode(asked.stdout, type=Torch)


def check_word(_context: Any, _parameter: Any, word: str) -> str:
    """`word` if it names a device. Raises `UsageError` otherwise."""
    if not _WORDS.fullmatch(word):
        raise UsageError(f"There is no device {word!r}: auto, cpu, cuda, cuda:N or mps.")
    return word


def resolve(word: str) -> str:
    """The device that a word on the command line means here.

    Raises `UsageError` for a device that is not there; `auto` takes the best there is.
    """
    if word == CPU:
        return CPU
    there = ask_torch().devices
    wanted = "cuda:0" if word == "cuda" else word
    if word == AUTO:
        return there[0]
    if wanted not in there:
        raise UsageError(f"There is no device {word!r} here; torch sees {', '.join(there)}.")
    return wanted
