"""Wheels and source distributions of an edition, built by hatchling without a network."""

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

from grader.author.release import folder
from grader.author.release.files import File, Files
from grader.errors import UsageError


def wheel(files: Files) -> Files:
    """The one wheel of an edition, by its file name. Raises `UsageError` without hatchling."""
    with tempfile.TemporaryDirectory(prefix="handrolled-") as place:
        source, target = Path(place, "source"), Path(place, "wheel")
        folder.write(source, files)
        return {path.name: File(path.read_bytes()) for path in build(source, target, "wheel")}


def build(source: Path, target: Path, *kinds: str) -> list[Path]:
    """Build `wheel` or `sdist` of the project in `source` into `target`.

    Raises `UsageError` when hatchling is missing, or cannot build the project.
    """
    if importlib.util.find_spec("hatchling") is None:
        raise UsageError(
            "Editions are built with hatchling. Run: pip install 'handrolled[release]'"
        )
    wanted = [word for kind in kinds for word in ("-t", kind)]
    done = subprocess.run(
        [sys.executable, "-P", "-m", "hatchling", "build", "-d", str(target.resolve()), *wanted],
        cwd=source,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip())[-2000:]
        raise UsageError(f"{source} cannot be built into a package:\n{said}")
    return sorted(target.iterdir())
