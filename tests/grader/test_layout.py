"""The repository keeps its own promises: mirrored folders, stubs that match their solutions."""

import ast
import doctest
from pathlib import Path

import pytest

from grader import course, diagnosis
from grader.bank import load_module
from grader.model import FULL_SCORE, Exercise

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = course.exercises()
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.stem)
WRITTEN_BY_HAND = [path for e in EXERCISES for path in (*e.wrong_answers, *e.right_answers)]


def stems(folder: str) -> set[str]:
    """The exercises in one of the three folders."""
    return {path.name for path in (ROOT / folder).glob("exercise*")}


def outline(path: Path) -> list[tuple[str, str, str | None]]:
    """Signature and docstring of each public function, class and method of a file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("__"):
            if node.name.startswith("_"):
                continue
            signature = ast.unparse(node.args) if isinstance(node, ast.FunctionDef) else ""
            found.append((node.name, signature, ast.get_docstring(node)))
    return sorted(found)


@pytest.mark.parametrize("folder", ["solutions", "tests"])
def test_the_folders_hold_the_same_exercises(folder):
    """An exercise is a folder of the same name in all three places."""
    assert stems(folder) == stems("exercises")


@each_exercise
def test_an_exercise_is_complete(exercise: Exercise):
    """Lesson, stub, solution, suite and reference are there under their mirrored names."""
    paths = [
        exercise.lesson,
        exercise.stub,
        exercise.solution,
        exercise.suite / f"test_{exercise.slug}.py",
        exercise.suite / "reference.py",
    ]

    assert [path for path in paths if not path.is_file()] == []


@each_exercise
def test_the_points_of_an_exercise_are_a_hundred(exercise: Exercise):
    """Every exercise is worth the same."""
    assert sum(task.points for task in exercise.tasks) == FULL_SCORE


@each_exercise
def test_there_are_four_other_right_answers(exercise: Exercise):
    """A suite has to be fair to more than one style."""
    assert len(exercise.right_answers) >= 4


@each_exercise
def test_a_stub_promises_what_its_solution_keeps(exercise: Exercise):
    """Signatures and docstrings of stub and solution are the same, to the letter."""
    assert outline(exercise.stub) == outline(exercise.solution)


@each_exercise
def test_a_stub_defines_each_task_and_solves_none(exercise: Exercise):
    """Every function body of a stub raises NotImplementedError and does nothing else."""
    tree = ast.parse(exercise.stub.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    bodies = [[s for s in f.body if not isinstance(s, ast.Expr)] for f in functions]
    defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}

    assert {task.name for task in exercise.tasks} <= defined
    assert all(len(body) == 1 and isinstance(body[0], ast.Raise) for body in bodies)


@each_exercise
def test_the_examples_in_a_docstring_are_true(exercise: Exercise):
    """Whatever a docstring shows after >>> is what the solution prints."""
    results = doctest.testmod(load_module(exercise.solution))

    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize("path", WRITTEN_BY_HAND, ids=lambda p: f"{p.parts[-3]}/{p.stem}")
def test_a_known_answer_says_what_it_is(path: Path):
    """A wrong answer names the idea, why it is wrong, and a hint; a right one its style."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))

    if path.parent.name == "wrong":
        diagnosis.parse(path.stem, docstring)
    assert docstring


@each_exercise
def test_a_more_specific_answer_refers_to_one_that_exists(exercise: Exercise):
    """`More specific than` names other wrong answers of the same exercise."""
    ids = {path.stem.replace("_", "-") for path in exercise.wrong_answers}
    parsed = [diagnosis.parse(p.stem, load_module(p).__doc__)[1] for p in exercise.wrong_answers]

    assert set().union(*parsed) <= ids


def test_no_file_of_the_grader_names_an_exercise():
    """Adding an exercise touches nothing in grader/."""
    slugs = [exercise.slug for exercise in EXERCISES]
    named = [
        (path.name, slug)
        for path in (ROOT / "grader").rglob("*.py")
        for slug in slugs
        if f"exercise0{slug}" in path.read_text("utf-8") or f"/{slug}" in path.read_text("utf-8")
    ]

    assert named == []
