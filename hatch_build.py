"""Puts the course into the wheel as data of the one import package."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("exercises", "solutions", "tests")
# What editions made from an installed package need beside the exercises.
FILES = ("LICENSE", "constraints.txt")


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
    """An editable install finds the course in the repository and needs no copy."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add every exercise's folders, and none of the grader's own tests."""
        if version == "editable":
            return
        root = Path(self.root)
        for folder in (
            path for name in FOLDERS for path in sorted((root / name).glob("exercise*"))
        ):
            inside = folder.relative_to(root)
            build_data["force_include"][str(folder)] = f"grader/_course/{inside}"
        for name in FILES:
            build_data["force_include"][str(root / name)] = f"grader/_course/{name}"
