"""Exercises as their folders and `exercise.toml` describe them, and the words that mean them."""

import pytest

from grader import course
from grader.errors import CourseError, UsageError
from grader.model import Forbidden, Limits

SOUND = """\
title = "Pooling"
summary = "Shrink a plane."

[[tasks]]
name = "max_pool2d"
points = 60
hints = ["one", "two", "three"]
forbidden = {names = ["torch.pool*"], operators = ["max_pool2d"]}

[[tasks]]
name = "avg_pool2d"
points = 40
hints = ["one", "two", "three", "four"]

[forbidden]
names = ["torch.nn.*"]

[limits]
seconds = 2
memory_mb = 512
"""


@pytest.fixture
def folder(tmp_path):
    """The folder of one exercise, sound."""
    folder = tmp_path / "exercises" / "exercise07_pooling"
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text(SOUND, "utf-8")
    return folder


@pytest.fixture
def three_exercises(tmp_path, monkeypatch):
    """A course of exercises 1, 2 and 10, with other things lying about."""
    for name in ("exercise01_corr2d", "exercise02_max_unpool", "exercise10_corr2d_fast", "draft"):
        (tmp_path / "exercises" / name).mkdir(parents=True)
        (tmp_path / "exercises" / name / "exercise.toml").write_text(SOUND, "utf-8")
    (tmp_path / "exercises" / "README.md").touch()
    monkeypatch.setattr(course, "root", lambda: tmp_path)


# --- load ---


def test_exercise_is_what_its_folder_and_its_table_say(folder, tmp_path):
    """Number and slug come from the folder's name, the rest from the table."""
    exercise = course.load(folder)

    assert (exercise.id, exercise.number, exercise.slug) == ("exercise7", 7, "pooling")
    assert (exercise.title, exercise.summary) == ("Pooling", "Shrink a plane.")
    assert exercise.limits == Limits(seconds=2.0, memory_mb=512)
    assert exercise.stub == folder / "pooling.py"
    assert exercise.solution == tmp_path / "solutions" / "exercise07_pooling" / "pooling.py"
    assert exercise.suite == tmp_path / "tests" / "exercise07_pooling"
    assert [(task.name, task.points, len(task.hints)) for task in exercise.tasks] == [
        ("max_pool2d", 60, 3),
        ("avg_pool2d", 40, 4),
    ]


def test_what_is_forbidden_everywhere_is_forbidden_in_each_task(folder):
    """A task adds to what the whole exercise forbids."""
    first, second = course.load(folder).tasks

    assert first.forbidden == Forbidden(("torch.nn.*", "torch.pool*"), ("max_pool2d",))
    assert second.forbidden == Forbidden(("torch.nn.*",))


def test_limits_that_are_not_given_are_the_usual_ones(folder):
    """Most exercises say nothing about time and memory."""
    (folder / "exercise.toml").write_text(SOUND.partition("[limits]")[0], "utf-8")

    assert course.load(folder).limits == Limits()


BAD = {
    "no title": ('title = "Pooling"', "", "title"),
    "a title that is a number": ('title = "Pooling"', "title = 7", "title: "),
    "a title that is empty": ('title = "Pooling"', 'title = ""', "title: "),
    "no summary": ('summary = "Shrink a plane."', "", "summary"),
    "a key that nobody reads": ('title = "Pooling"', 'title = "x"\nlevel = 3', "`level`"),
    "a task without a name": ('name = "avg_pool2d"', "", "tasks[1]: "),
    "a name that is empty": ('name = "avg_pool2d"', 'name = ""', "tasks[1].name: "),
    "points that are text": ("points = 40", 'points = "40"', "tasks[1].points: "),
    "points that are a fraction": ("points = 40", "points = 40.5", "tasks[1].points: "),
    "points that are true": ("points = 60", "points = true", "tasks[0].points: "),
    "no points": ("points = 60", "points = 0", "tasks[0].points: "),
    "too many points": ("points = 40", "points = 101", "tasks[1].points: "),
    "too few hints": ('"two", "three"]', '"two"]', "tasks[0].hints: "),
    "a hint that is empty": ('"three", "four"', '"", "four"', "tasks[1].hints[2]: "),
    "a hint that is a number": ('"three", "four"', '3, "four"', "tasks[1].hints[2]: "),
    "a key of a task that nobody reads": ("points = 40", "points = 40\nscore = 1", "tasks[1]: "),
    "forbidden names that are one name": (
        'names = ["torch.pool*"]', 'names = "torch.pool*"', "tasks[0].forbidden.names: ",
    ),
    "a forbidden name that is a number": (
        '["torch.nn.*"]', '["torch.nn.*", 1]', "forbidden.names[1]: ",
    ),
    "a key of forbidden that nobody reads": ('names = ["torch.nn.*"]', "calls = []", "forbidden: "),
    "no time at all": ("seconds = 2", "seconds = 0", "limits.seconds: "),
    "time that is no number": ("seconds = 2", "seconds = nan", "limits.seconds: "),
    "too little memory": ("memory_mb = 512", "memory_mb = 8", "limits.memory_mb: "),
    "memory that is a fraction": ("memory_mb = 512", "memory_mb = 512.5", "limits.memory_mb: "),
    "a limit that nobody reads": ("memory_mb = 512", "memory = 512", "limits: "),
    "hints that are one hint": ('["one", "two", "three", "four"]', '"one"', "tasks[1].hints: "),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_table_is_refused_with_the_path_to_the_bad_key(folder, name):
    """The author reads which file, which key, and what should be there."""
    old, new, place = BAD[name]
    bad = SOUND.replace(old, new)
    (folder / "exercise.toml").write_text(bad, "utf-8")

    with pytest.raises(CourseError) as caught:
        course.load(folder)

    assert bad != SOUND
    assert str(caught.value).startswith(f"{folder / 'exercise.toml'}: ")
    assert place in str(caught.value)


def test_message_about_a_bad_key_reads_as_a_sentence(folder):
    """File, key, what is expected, what is there."""
    (folder / "exercise.toml").write_text(SOUND.replace("points = 40", 'points = "40"'), "utf-8")

    with pytest.raises(CourseError) as caught:
        course.load(folder)

    file = folder / "exercise.toml"
    assert str(caught.value) == f"{file}: tasks[1].points: expected `int`, got `str`."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"title = \n", "line 1"),
        (b'title = "x"\n\nsummary = unquoted', "line 3"),
        (b'title = "x"\ntitle = "y"', "overwrite"),
        (b'title = "\xff"', "utf-8"),
        (SOUND.encode("utf-16"), "utf-8"),
    ],
)
def test_file_that_is_no_toml_is_refused_with_the_place(folder, text, reason):
    """What Python's parser says is passed on, with the name of the file."""
    (folder / "exercise.toml").write_bytes(text)

    with pytest.raises(CourseError) as caught:
        course.load(folder)

    assert str(caught.value).startswith(f"{folder / 'exercise.toml'} is not valid TOML: ")
    assert reason in str(caught.value)


def test_missing_table_is_the_authors_business(folder):
    """A folder without `exercise.toml` is half an exercise."""
    (folder / "exercise.toml").unlink()

    with pytest.raises(CourseError, match=r"exercise\.toml cannot be read: No such file"):
        course.load(folder)


@pytest.mark.parametrize("name", ["pooling", "exercise_pooling", "exercise07", "exercise7-x"])
def test_folder_of_another_name_is_no_exercise(tmp_path, name):
    """The name of the folder is where number and slug come from."""
    with pytest.raises(CourseError, match="is not named exerciseNN_slug"):
        course.load(tmp_path / name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('name = "avg_pool2d"', 'name = "max_pool2d"', id="two tasks of one name"),
        pytest.param("seconds = 2", "seconds = inf", id="no end"),
    ],
)
def test_table_that_makes_no_sense_is_refused(folder, old, new):
    """Of two tasks of one name the second is never found, and its points are never earned."""
    (folder / "exercise.toml").write_text(SOUND.replace(old, new), "utf-8")

    with pytest.raises(CourseError, match=r"exercise\.toml: .+"):
        course.load(folder)


# --- find ---


@pytest.mark.parametrize(
    "word",
    [
        "exercise2", "exercise02", "exercise002", "exercise_2", "exercise-2", "2", "02",
        "max_unpool", "max-unpool", "max_unpool.py", "MAX_UNPOOL", "Exercise2", " exercise2 ",
        "exercise02_max_unpool", "exercise02_max_unpool/",
    ],
)  # fmt: skip
def test_exercise_is_found_by_any_of_its_names(three_exercises, word):
    """By id, number, slug, stem or file name, as people write them."""
    assert [exercise.number for exercise in course.find([word])] == [2]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ([], []),
        (["all"], [1, 2, 10]),
        (["10", "1"], [10, 1]),
        (["1", "exercise1", "corr2d", "01"], [1]),
        (["2", "all"], [2, 1, 10]),
        (["corr2d_fast"], [10]),
    ],
)
def test_exercises_are_found_in_the_order_of_the_words_and_once(three_exercises, words, numbers):
    """Whoever names an exercise twice has it graded once; a slug is never just a beginning."""
    assert [exercise.number for exercise in course.find(words)] == numbers


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("max_unpol", "Did you mean max_unpool?"),
        ("corr2", "Did you mean corr2d or corr2d_fast?"),
        ("MaxUnpool", "Did you mean max_unpool?"),
        ("excercise2", "Did you mean exercise2 "),
        ("zzz", "There are exercise1 to exercise10; `grade` lists them."),
        ("", "There are exercise1 to exercise10; `grade` lists them."),
        ("3", "There are exercise1 to exercise10; `grade` lists them."),
        ("exercise", "Write the number right behind the word: exercise1."),
        ("exercise7", "There are exercise1 to exercise10; `grade` lists them."),
        ("Max_Pool2D", "It is a task: `grade exercise1 --task max_pool2d`."),
        ("../exercise01_corr2d", "Did you mean "),
    ],
)
def test_unknown_exercise_is_refused_with_the_names_that_come_near(
    three_exercises, word, suggestion
):
    """The error repeats the word and ends with the next step."""
    with pytest.raises(UsageError) as caught:
        course.find(["1", word])

    assert str(caught.value).startswith(f"There is no exercise called {word!r}. ")
    assert suggestion in str(caught.value)


def test_broken_exercise_does_not_keep_another_from_being_found(three_exercises, tmp_path):
    """Only what is asked for is read."""
    (tmp_path / "exercises" / "exercise01_corr2d" / "exercise.toml").write_text("broken")

    assert [exercise.number for exercise in course.find(["2"])] == [2]


def test_course_without_exercises_has_none_of_that_name(tmp_path, monkeypatch):
    """A student's edition may be empty; the word is still what is wrong."""
    (tmp_path / "exercises").mkdir()
    monkeypatch.setattr(course, "root", lambda: tmp_path)

    with pytest.raises(UsageError, match="There is no exercise called 'exercise1'"):
        course.find(["exercise1"])


# --- tasks ---


def test_names_of_tasks_are_checked_against_all_chosen_exercises(three_exercises):
    """A task of any of the exercises will do."""
    chosen = course.find(["all"])

    assert course.check_tasks(chosen, ["max_pool2d", "avg_pool2d"]) is None


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("max_pool", "Did you mean max_pool2d?"),
        ("AVG_POOL2D", "Did you mean avg_pool2d?"),
        ("zzz", "There are: max_pool2d, avg_pool2d."),
    ],
)
def test_unknown_task_is_refused_with_the_names_there_are(three_exercises, name, suggestion):
    """The error repeats the word and ends with the next step."""
    with pytest.raises(UsageError) as caught:
        course.check_tasks(course.find(["1"]), ["max_pool2d", name])

    assert str(caught.value) == f"There is no task called {name!r}. {suggestion}"


# --- the course itself ---


def test_folders_are_the_exercises_in_order(three_exercises):
    """What else lies in `exercises/` is none."""
    stems = ["exercise01_corr2d", "exercise02_max_unpool", "exercise10_corr2d_fast"]

    assert list(course.folders()) == stems
    assert [exercise.stem for exercise in course.exercises()] == stems


def test_course_is_found_beside_the_package():
    """The real course, wherever the tests are started from."""
    assert (course.root() / "exercises").is_dir()
    assert [exercise.number for exercise in course.exercises()][:1] == [1]


def test_package_without_a_course_says_so(tmp_path, monkeypatch):
    """An installation that lost its exercises can only be repeated."""
    monkeypatch.setattr(course, "__file__", str(tmp_path / "grader" / "course.py"))

    with pytest.raises(CourseError, match=r"There is no course beside .* Install the grader again"):
        course.root.__wrapped__()


def test_installed_course_lies_inside_the_package(tmp_path, monkeypatch):
    """In a wheel the exercises travel in the package, where nothing else is mistaken for them."""
    for place in ("grader/_course/exercises", "exercises"):
        (tmp_path / place).mkdir(parents=True)
    monkeypatch.setattr(course, "__file__", str(tmp_path / "grader" / "course.py"))

    assert course.root.__wrapped__() == tmp_path / "grader" / "_course"


# --- another course, and an edition without its suites ---


def test_variable_names_the_course(tmp_path, monkeypatch):
    """A teacher's own course, or the one with the hidden suites."""
    (tmp_path / "exercises").mkdir()
    monkeypatch.setenv("HANDROLLED_COURSE", str(tmp_path))

    assert course.root.__wrapped__() == tmp_path
    assert course.shipped() != tmp_path


def test_empty_variable_names_no_course(monkeypatch):
    """A CI variable that is not set arrives as an empty text."""
    monkeypatch.setenv("HANDROLLED_COURSE", "")

    assert course.root.__wrapped__() == course.shipped()


def test_variable_that_names_no_course_is_the_users_business(tmp_path, monkeypatch):
    """Nothing is graded with another course than the one that was asked for."""
    monkeypatch.setenv("HANDROLLED_COURSE", str(tmp_path))

    with pytest.raises(UsageError, match=r"HANDROLLED_COURSE is .* no exercises/ folder"):
        course.root.__wrapped__()


def test_missing_suite_is_said_before_anything_is_graded(folder):
    """A student reads that it is not their mistake, and what to do."""
    exercise = course.load(folder)

    with pytest.raises(UsageError) as caught:
        course.check_suites([exercise])

    assert str(caught.value).startswith("The tests of exercise7 are hidden and not part of this")
    assert "Hand in pooling.py" in str(caught.value)


def test_suite_that_is_there_is_no_complaint(folder):
    """Only the file of the checks counts."""
    exercise = course.load(folder)
    exercise.suite.mkdir(parents=True)
    (exercise.suite / "test_pooling.py").touch()

    assert course.check_suites([exercise]) is None
