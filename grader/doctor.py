"""What this machine offers: python, torch, devices, isolation, and what to fix."""

import platform
import sys

from grader.devices import ask_torch
from grader.errors import UsageError
from grader.sandbox import landlock, lockdown


def examine() -> str:
    """A few lines, each with what to do where something is missing."""
    lines = [f"python     {platform.python_version()} ({sys.executable})", *_torch()]
    reasons = lockdown.missing_for_strict()
    if reasons:
        lines.append(f"isolation  process only: {'; '.join(reasons)}")
        lines.append("           Untrusted submissions need strict: Linux 6.2 or later, with")
        lines.append("           Landlock and seccomp not blocked by a container's profile.")
    else:
        lines.append(f"isolation  strict (Landlock {landlock.version()}, seccomp, limits)")
    return "\n".join(lines) + "\n"


def _torch() -> list[str]:
    try:
        found = ask_torch()
    except UsageError as error:
        return [f"torch      {error}"]
    names = dict(zip((f"cuda:{i}" for i in range(len(found.cuda))), found.cuda, strict=True))
    devices = [f"{d} ({names[d]})" if d in names else d for d in found.devices]
    return [f"torch      {found.version}", f"devices    {', '.join(devices)}"]
