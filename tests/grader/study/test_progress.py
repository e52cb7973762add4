"""What has been reached in a workspace, and how it is kept."""

import json
import os
from pathlib import Path

import pytest

from grader import model
from grader.errors import UsageError
from grader.study.progress import Progress, Record, workspace

STEM = "exercise07_pooling"


@pytest.fixture
def place(tmp_path):
    """A workspace with one stub in it."""
    folder = tmp_path / "exercises" / STEM
    folder.mkdir(parents=True)
    (folder / "pooling.py").touch()
    return tmp_path


def result(
    place: Path,
    score: int,
    *,
    tasks: int = 2,
    path: str = f"exercises/{STEM}/pooling.py",
    status: model.Progress = model.Progress.FAILED,
):
    """A graded file, with as many of its two tasks as were graded."""
    names = ("pool", "unpool")
    exercise = model.Exercise(
        STEM, 7, "pooling", "Pooling", "",
        tuple(model.Task(name, 50, (), model.Forbidden()) for name in names),
        model.Limits(), place,
    )  # fmt: skip
    graded = tuple(model.TaskResult(name, status, 0, 50, ()) for name in names[:tasks])
    return model.ExerciseResult(exercise, str(place / path), "", status, score, 100, graded)


def file_of(place: Path) -> Path:
    """Where the records are kept."""
    return place / ".grade" / "progress.json"


def test_nothing_is_known_of_an_exercise_that_was_never_graded(place):
    """No score is not a score of 0."""
    assert Progress(place).of(STEM) == Record(best=None, last=None, hints={})


@pytest.mark.parametrize(
    ("scores", "best", "last"),
    [([0], 0, 0), ([40], 40, 40), ([40, 70], 70, 70), ([70, 40], 70, 40), ([70, 0, 69], 70, 69)],
)
def test_best_and_last_score_are_kept(place, scores, best, last):
    """From one run of the command line to the next."""
    for score in scores:
        Progress(place).note_score(result(place, score))

    record = Progress(place).of(STEM)
    assert (record.best, record.last) == (best, last)


def test_an_exercise_in_which_nothing_is_written_was_not_begun(place):
    """Grading a stub fails nothing; but once there was a score, this is the last one."""
    unwritten = result(place, 0, status=model.Progress.NOT_STARTED)
    Progress(place).note_score(unwritten)
    before = Progress(place).of(STEM)
    Progress(place).note_score(result(place, 40))
    Progress(place).note_score(unwritten)

    assert before == Record()
    assert Progress(place).of(STEM) == Record(best=40, last=0)


def test_hints_are_counted_by_task(place):
    """Each read hint counts, and scores do not touch the count."""
    for task in ("pool", "unpool", "pool"):
        Progress(place).note_hint(STEM, task)
    Progress(place).note_score(result(place, 40))

    assert Progress(place).of(STEM) == Record(40, 40, {"pool": 2, "unpool": 1})


def test_exercises_are_kept_apart(place):
    """A score of one says nothing of another."""
    progress = Progress(place)
    progress.note_hint("exercise08_other", "task")
    progress.note_score(result(place, 40))

    assert Progress(place).of(STEM) == Record(40, 40)
    assert Progress(place).of("exercise08_other") == Record(hints={"task": 1})


def test_score_of_some_tasks_is_no_score_of_the_exercise(place):
    """100 points in one task of two would pass for a finished exercise."""
    Progress(place).note_score(result(place, 100, tasks=1))

    assert Progress(place).of(STEM) == Record()


@pytest.mark.parametrize("path", [f"{STEM}/pooling.py", "pooling.py", "exercises/../pooling.py"])
def test_file_that_lies_elsewhere_leaves_no_score(place, path):
    """Grading somebody else's file does not change one's own progress."""
    Progress(place).note_score(result(place, 100, path=path))

    assert Progress(place).of(STEM) == Record()


def test_file_is_in_the_workspace_by_whatever_name_it_is_called(place, monkeypatch):
    """By a path from here, or through a link to the workspace."""
    link = place.parent / f"{place.name}-link"
    link.symlink_to(place)
    monkeypatch.chdir(place)

    Progress(Path()).note_score(result(link, 40))

    assert Progress(place).of(STEM) == Record(40, 40)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"exercise07_pooling": {"best": 4', id="cut short"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"[]", id="another kind of JSON"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"exercise07_pooling": null}', id="a record that is null"),
        pytest.param(b'{"exercise07_pooling": {"best": "40"}}', id="a score that is text"),
        pytest.param(b'{"exercise07_pooling": {"hints": ["pool"]}}', id="hints that are a list"),
        pytest.param(b'{"exercise07_pooling": {"hints": {"pool": 1.5}}}', id="half a hint"),
        pytest.param(
            b'{"x": {"y": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
            id="nested without end",
        ),
    ],
)
def test_file_that_cannot_be_read_counts_as_empty(place, text):
    """Losing it loses no work, so nobody is bothered; the next score begins it anew."""
    file_of(place).parent.mkdir()
    file_of(place).write_bytes(text)

    assert Progress(place).of(STEM) == Record()
    Progress(place).note_score(result(place, 40))
    assert Progress(place).of(STEM) == Record(40, 40)


def test_folder_in_place_of_the_file_does_no_harm(place):
    """Nothing can be kept then, and grading goes on."""
    file_of(place).mkdir(parents=True)
    progress = Progress(place)

    progress.note_score(result(place, 40))

    assert progress.of(STEM) == Record(40, 40)
    assert Progress(place).of(STEM) == Record()


@pytest.fixture
def read_only(place):
    """The workspace, in which nothing can be written; root may write anywhere, so not by modes."""
    if os.geteuid() == 0:
        (place / ".grade").touch()  # where the folder should be
    else:
        place.chmod(0o555)
    yield place
    place.chmod(0o755)


def test_read_only_workspace_is_graded_without_a_memory(read_only):
    """A score is shown though it cannot be kept, and within one run it is known."""
    progress = Progress(read_only)

    progress.note_score(result(read_only, 40))
    progress.note_hint(STEM, "pool")

    assert progress.of(STEM) == Record(40, 40, {"pool": 1})
    assert Progress(read_only).of(STEM) == Record()


def test_file_is_replaced_as_a_whole(place, monkeypatch):
    """A full disk or a pulled plug leaves the old records, never half of the new ones."""
    Progress(place).note_score(result(place, 40))
    before = file_of(place).read_bytes()

    def fail(path, data):
        path.open("wb").close()
        raise OSError("no space left")

    monkeypatch.setattr(Path, "write_bytes", fail)
    Progress(place).note_score(result(place, 70))

    assert file_of(place).read_bytes() == before


def test_file_is_readable_json(place):
    """A person may look into it, and no other file stays beside it."""
    Progress(place).note_score(result(place, 40))
    Progress(place).note_hint(STEM, "pool")

    assert json.loads(file_of(place).read_text()) == {
        STEM: {"best": 40, "last": 40, "hints": {"pool": 1}}
    }
    assert os.listdir(place / ".grade") == ["progress.json"]


def test_unknown_keys_of_a_later_version_do_no_harm(place):
    """Going back to an older grader keeps the scores."""
    file_of(place).parent.mkdir()
    file_of(place).write_text(json.dumps({STEM: {"best": 40, "badge": "gold"}}))

    assert Progress(place).of(STEM) == Record(best=40)


# --- workspace ---


def test_workspace_is_the_nearest_folder_that_holds_exercises(place, monkeypatch):
    """From inside an exercise the way up is found; from the top, paths stay short."""
    found = {}
    for folder in ("exercises/" + STEM, "exercises", "."):
        monkeypatch.chdir(place / folder)
        found[folder] = workspace()

    assert found == {f"exercises/{STEM}": place, "exercises": place, ".": Path()}


def test_outside_of_a_workspace_the_next_step_is_told(tmp_path, monkeypatch):
    """Most people are just in the wrong folder."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match=r"no exercises/ folder here.*--submission"):
        workspace()
