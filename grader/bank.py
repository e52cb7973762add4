"""The other side of an experiment: the reference of an exercise, and its known wrong answers.

All of this lives in the runner. None of it is ever where student code runs.
"""

import importlib.util
import inspect
import re
import types
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import nn

from grader import diagnosis
from grader.checks.experiment import Known, Outcome, Reference, to_absolute, to_double
from grader.diagnosis import WrongAnswer
from grader.errors import CourseError
from grader.model import Exercise
from grader.sandbox.operations import Operations
from grader.sandbox.proxy import Local, Subject


def load_module(path: Path) -> types.ModuleType:
    """A file of the course as a module that is not registered anywhere."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise CourseError(f"{path} is not a Python file.")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise CourseError(f"{path} cannot be imported: {error!r}.") from error
    return module


def local_subject(
    *modules: types.ModuleType,
    cast: Callable[[torch.Tensor], torch.Tensor] | None = None,
    parameters: types.ModuleType | None = None,
) -> Subject:
    """Modules of the course, laid over each other, as a suite sees them.

    Arguments are named as in `parameters`, which is the first module unless it is given.
    """
    files = {module.__file__ for module in modules}
    operations = Operations(modules, files.__contains__)
    return Subject(Local(operations), cast=cast, parameters=parameters_of(parameters or modules[0]))


def parameters_of(module: types.ModuleType) -> Callable[[str], Sequence[str]]:
    """A look-up: the argument names of a function, or of a class's forward."""

    def look_up(name: str) -> Sequence[str]:
        function = getattr(module, name, None)
        if isinstance(function, type) and issubclass(function, nn.Module):
            return [*inspect.signature(function.forward).parameters][1:]
        return [*inspect.signature(function).parameters] if callable(function) else ()

    return look_up


class Bank:
    """The reference and the wrong answers of one exercise, loaded when they are needed.

    `known` is what the reference gave, `mistaken` what wrong answers did, by check, their name and
    seed.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self.module = load_module(exercise.suite / "reference.py")
        self.reference = Reference(
            plain=local_subject(self.module),
            double=local_subject(self.module, cast=to_double),
            absolute=local_subject(self.module, cast=to_absolute),
        )
        self.known: Known = {}
        self.mistaken: dict[tuple[str, str, int], Sequence[Outcome]] = {}
        self._wrong: dict[Path, WrongAnswer] = {}
        self._wrong_in: dict[str, list[WrongAnswer]] = {}

    def forget(self, seed: int) -> None:
        """Forget what was worked out for a seed."""
        self.known = {key: value for key, value in self.known.items() if key[1] != seed}
        self.mistaken = {key: value for key, value in self.mistaken.items() if key[2] != seed}

    def wrong_answers(self, task: str) -> list[WrongAnswer]:
        """The known wrong answers to a task. Only these are imported: there are many."""
        if task not in self._wrong_in:
            defines = re.compile(rf"^(def|class) {task}\b", re.MULTILINE)
            paths = self._exercise.wrong_answers
            paths = [path for path in paths if defines.search(path.read_text("utf-8"))]
            for path in paths:
                if path not in self._wrong:
                    self._wrong[path] = self._wrong_answer(path)
            self._wrong_in[task] = [self._wrong[path] for path in paths]
        return self._wrong_in[task]

    def _wrong_answer(self, path: Path) -> WrongAnswer:
        module = load_module(path)
        found, others = diagnosis.parse(path.stem.replace("_", "-"), module.__doc__)
        tasks = frozenset(t.name for t in self._exercise.tasks if t.name in vars(module))
        return WrongAnswer(found, tasks, local_subject(self.module, module), others)
