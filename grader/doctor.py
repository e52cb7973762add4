"""What this machine offers: python, torch, devices, isolation, and what to fix."""

import json
import platform
import subprocess
import sys

from grader.sandbox import landlock, lockdown

# Asked of a process of its own: torch takes a second, and may not even be there.
ASK_TORCH = """
import json, torch
mps = getattr(torch.backends, "mps", None)
print(json.dumps({
    "version": torch.__version__,
    "cuda": [torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count())],
    "mps": bool(mps and mps.is_available()),
}))
"""


def examine() -> str:
    """A few lines, each with what to do where something is missing."""
    lines = [f"python     {platform.python_version()} ({sys.executable})", *_torch()]
    reasons = lockdown.missing_for_strict()
    if reasons:
        lines.append(f"isolation  process only: {'; '.join(reasons)}")
        lines.append("           Untrusted submissions need strict: Linux 5.13 or later, with")
        lines.append("           Landlock and seccomp not blocked by a container's profile.")
    else:
        lines.append(f"isolation  strict (Landlock {landlock.version()}, seccomp, limits)")
    return "\n".join(lines) + "\n"


def _torch() -> list[str]:
    asked = subprocess.run([sys.executable, "-c", ASK_TORCH], capture_output=True, text=True)
    if asked.returncode:
        reason = asked.stderr.strip().splitlines()[-1:]
        return [
            f"torch      cannot be imported: {' '.join(reason)}",
            "           pip install torch",
        ]
    found = json.loads(asked.stdout)
    devices = ["cpu", *(f"cuda:{i} ({name})" for i, name in enumerate(found["cuda"]))]
    devices += ["mps"] if found["mps"] else []
    return [f"torch      {found['version']}", f"devices    {', '.join(devices)}"]
