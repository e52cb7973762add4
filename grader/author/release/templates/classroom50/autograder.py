"""Grades one exercise on Classroom 50, whose runner starts this in the student's checkout.

Source: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
"""

import os
import subprocess
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXERCISE = "%EXERCISE%"
RESULT = Path("result.json")


def main() -> int:
    """0 when grading ran, whatever came of it."""
    RESULT.unlink(missing_ok=True)  # a student may have handed one in
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=True)
        # Isolated: nothing of the student's checkout, which is where we are, is imported.
        python = [str(Path(place, "bin", "python")), "-I", "-m"]
        index = os.environ.get("TORCH_INDEX", "%TORCH_INDEX%")
        further = ["--extra-index-url", index] if index else []
        wheels = [str(path) for path in HERE.glob("*.whl")]
        pinned = ["-c", str(HERE / "constraints.txt")]
        subprocess.run([*python, "pip", "install", "-q", *further, *pinned, *wheels], check=True)
        options = ["--format", "classroom50", "--submission", ".", "--result", str(RESULT)]
        options += ["--isolation", "%ISOLATION%", "--feedback", "%FEEDBACK%"]
        box = [*python, "grader.author.release.box", *options, EXERCISE]
        return subprocess.run(box, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
