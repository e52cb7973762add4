"""A misconception is named only when it does what the student's code does, twice."""

from collections.abc import Callable, Collection, Sequence

import pytest
import torch

from grader.checks.draw import Draw
from grader.checks.experiment import Examination, Outcome
from grader.checks.vocabulary import gradients
from grader.checks.words import Portable, Rejects, Same, Unchanged
from grader.diagnosis import WrongAnswer, diagnose, parse
from grader.errors import CourseError
from grader.model import Diagnosis

FIRST, SECOND = 1, 2


def distinct_numbers(examination: Examination) -> None:
    """The check of most tests here: one result on fresh numbers."""
    x = Draw(examination.seed, "f").distinct(4)
    Same(examination)(lambda m: m.f(x))


@pytest.fixture
def diagnosed(subject) -> Callable[..., str | None]:
    """Names the misconception in source text; the candidates are given by id.

    A candidate is source text, or a tuple of source text, hint and the ids that it is more
    specific than. The hint is the id where none is given.
    """

    def candidate(name: str, given: str | tuple[str, ...]) -> WrongAnswer:
        source, hint, *covered = given if isinstance(given, tuple) else (given, name)
        found = Diagnosis(name, "an idea", hint)
        return WrongAnswer(found, frozenset({"f"}), subject(source), frozenset(covered))

    def diagnosed(
        student: str,
        check: Callable[[Examination], None] = distinct_numbers,
        *,
        until: int | None = None,
        refuted: Collection[str] = (),
        **candidates: str | tuple[str, ...],
    ) -> str | None:
        def replay(code, seed: int) -> Sequence[Outcome]:
            examination = Examination(code, None, seed)
            check(examination)
            return examination.outcomes

        answers = [candidate(name, given) for name, given in candidates.items()]
        code = subject(student)
        happened = replay(code, FIRST)[:until]
        found = diagnose(
            happened,
            lambda seed: replay(code, seed),
            answers,
            replay=lambda answer, seed: replay(answer.subject, seed),
            refuted=lambda answer: answer.diagnosis.id in refuted,
            seeds=(FIRST, SECOND),
        )
        return None if found is None else found.id

    return diagnosed


DOUBLED, SHIFTED = "def f(x): return 2 * x", "def f(x): return x + 1"


# -------------------------------------------------------------------------------- what is named


def test_the_only_wrong_answer_that_does_the_same_is_named(diagnosed):
    """Of all known mistakes, the one that gives the student's result."""
    found = diagnosed("def f(x): return x + x", shifted=SHIFTED, doubled=DOUBLED)

    assert found == "doubled"


def test_nothing_is_named_when_no_wrong_answer_does_the_same(diagnosed):
    """A mistake that the course does not know stays without a name."""
    assert diagnosed("def f(x): return x - 1", shifted=SHIFTED, doubled=DOUBLED) is None


def test_nothing_is_named_when_no_wrong_answer_is_known(diagnosed):
    """An exercise may have none for a task."""
    assert diagnosed(DOUBLED) is None


def test_what_is_named_carries_its_idea_and_its_hint(subject):
    """The report shows them."""
    known = Diagnosis("doubled", "Everything is taken twice.", "Count.")
    answer = WrongAnswer(known, frozenset({"f"}), subject(DOUBLED), frozenset())

    def replay(code, seed):
        examination = Examination(code, None, seed)
        distinct_numbers(examination)
        return examination.outcomes

    student = subject(DOUBLED)
    found = diagnose(
        replay(student, 1),
        lambda seed: replay(student, seed),
        [answer],
        replay=lambda answer, seed: replay(answer.subject, seed),
        refuted=lambda answer: False,
        seeds=(1, 2),
    )

    assert found == known


def test_which_part_of_a_sum_stands_first_makes_no_difference(diagnosed):
    """torch names the size of the first one first, and that is free."""
    wrong = "def f(x): return x + torch.zeros(x.numel() + 1)"

    assert diagnosed("def f(x): return torch.zeros(x.numel() + 1) + x", misfit=wrong) == "misfit"
    assert diagnosed("def f(x): return torch.zeros(x.numel() + 2) + x", misfit=wrong) is None


# ------------------------------------------------------------------------------ both draws


def seed_itself(examination: Examination) -> None:
    """A check whose only input is the seed: 1 in the first draw, 2 in the second."""
    x = torch.tensor([float(examination.seed)])
    Same(examination)(lambda m: m.f(x))


def test_a_match_on_the_first_draw_alone_is_chance(diagnosed):
    """2·1 is 1 + 1, but 2·2 is not 2 + 1: on one more draw the suspicion falls."""
    assert diagnosed(DOUBLED, seed_itself, shifted=SHIFTED) is None


def test_a_match_on_the_second_draw_alone_is_chance(diagnosed):
    """What the student saw fail has to be explained first."""
    assert diagnosed("def f(x): return x * x", seed_itself, doubled=DOUBLED) is None


def test_the_second_draw_tells_two_suspects_apart(diagnosed):
    """Both explain the first draw, one of them the second as well."""
    assert diagnosed(DOUBLED, seed_itself, shifted=SHIFTED, doubled=DOUBLED) == "doubled"


def test_the_student_s_code_is_not_run_again_without_a_suspect(subject):
    """A second run costs time, and where nothing matches it can tell nothing."""
    seen = []

    def replay(code, seed):
        seen.append((code, seed))
        examination = Examination(code, None, seed)
        distinct_numbers(examination)
        return examination.outcomes

    student, other = subject(DOUBLED), subject(SHIFTED)
    answer = WrongAnswer(Diagnosis("shifted", "", ""), frozenset(), other, frozenset())
    happened = replay(student, FIRST)
    diagnose(
        happened,
        lambda seed: replay(student, seed),
        [answer],
        replay=lambda answer, seed: replay(answer.subject, seed),
        refuted=lambda answer: False,
        seeds=(FIRST, SECOND),
    )

    assert seen == [(student, FIRST), (other, FIRST)]


# ---------------------------------------------------------------------------- several matches


def test_two_matches_with_different_hints_are_no_diagnosis(diagnosed):
    """Nobody knows which it was, and a wrong hint is worse than none."""
    assert diagnosed(DOUBLED, one=(DOUBLED, "Look left."), two=(DOUBLED, "Look right.")) is None


def test_two_matches_with_the_same_hint_give_the_first(diagnosed):
    """Whichever it was, this helps."""
    found = diagnosed(DOUBLED, one=(DOUBLED, "Look."), two=(DOUBLED, "Look."))

    assert found == "one"


def test_the_more_specific_match_wins(diagnosed):
    """In whichever order the two are declared."""
    general, special = (DOUBLED, "Look left."), (DOUBLED, "Look right.", "general")

    assert diagnosed(DOUBLED, general=general, special=special) == "special"
    assert diagnosed(DOUBLED, special=special, general=general) == "special"


def test_of_two_specific_matches_with_different_hints_neither_wins(diagnosed):
    """They cover the general one, but not each other."""
    found = diagnosed(
        DOUBLED,
        general=(DOUBLED, "Look."),
        left=(DOUBLED, "Look left.", "general"),
        right=(DOUBLED, "Look right.", "general"),
    )

    assert found is None


def test_a_more_specific_answer_that_does_not_match_covers_nothing(diagnosed):
    """Only what explains the result has a say."""
    found = diagnosed(
        DOUBLED, general=(DOUBLED, "Look left."), special=(SHIFTED, "Look right.", "general")
    )

    assert found == "general"


# --------------------------------------------------------------------------- what is the same


THIRDS = "def f(x): return x / 3"


@pytest.mark.parametrize(
    ("student", "named"),
    [
        ("def f(x): return x * (1 / 3)", True),
        ("def f(x): return (x.double() / 3).float()", True),
        ("def f(x): return x / 3.001", False),
        ("def f(x): return (x / 3).double()", False),
        ("def f(x): return (x / 3)[None]", False),
        ("def f(x): return [x / 3]", False),
        ("def f(x): return (x / 3).tolist()", False),
        ("def f(x): return x * float('nan')", False),
        ("def f(x): raise ValueError", False),
        ("def f(x): pass", False),
    ],
)
def test_the_same_mistake_may_round_differently_but_nothing_else(diagnosed, student, named):
    """Type, shape, dtype and values have to be the wrong answer's; the last digits need not."""
    assert diagnosed(student, thirds=THIRDS) == ("thirds" if named else None)


@pytest.mark.parametrize(
    ("student", "named"),
    [
        ("raise ValueError('too large')", True),
        ("raise ValueError('too small')", True),
        ("raise TypeError('too large')", False),
        ("raise NotImplementedError('too large')", False),
        ("return x", False),
    ],
)
def test_an_error_that_is_raised_is_known_by_its_type(diagnosed, student, named):
    """What it says, its author chose."""
    failing = "def f(x):\n    raise ValueError('too large')"

    found = diagnosed(f"def f(x): {student}", failing=failing)

    assert found == ("failing" if named else None)


@pytest.mark.parametrize("wrong", ["raise ValueError('too large')", "assert False"])
def test_an_error_that_is_raised_is_not_known_by_what_does_otherwise_elsewhere(diagnosed, wrong):
    """Two may refuse the same inputs, each for its own reason."""
    failing = f"def f(x):\n    {wrong}"

    assert diagnosed(failing, failing=failing, refuted=["failing"]) is None
    assert diagnosed(failing, failing=failing, other=failing, refuted=["other"]) == "failing"
    assert diagnosed(DOUBLED, doubled=DOUBLED, refuted=["doubled"]) == "doubled"


@pytest.mark.parametrize(
    ("student", "named"),
    [("x.reshape(70)", True), ("x.reshape(7, 10)", False), ("x[70]", False), ("x / None", False)],
)
def test_an_error_of_torch_is_known_by_its_type_and_its_words(diagnosed, student, named):
    """They tell what was done."""
    found = diagnosed(f"def f(x): return {student}", failing="def f(x):\n    return x.reshape(70)")

    assert found == ("failing" if named else None)


def test_a_result_is_not_the_same_as_a_failure(diagnosed):
    """None that was returned is not the None of an exception."""
    assert diagnosed("def f(x): pass", failing="def f(x): raise ValueError") is None


def first_item(examination: Examination) -> None:
    """A check that looks inside the result."""
    x = Draw(examination.seed, "f").distinct(4)
    Same(examination)(lambda m: m.f(x)[0])


def test_a_useless_value_is_not_the_same_as_a_failure(diagnosed):
    """What the suite stumbled over was not raised by the code, whatever it is called."""
    nothing = "def f(x): pass"
    raised = "def f(x): raise TypeError(\"'NoneType' object is not subscriptable\")"

    assert diagnosed(nothing, first_item, raised=raised) is None
    assert diagnosed(nothing, first_item, raised=raised, nothing=nothing) == "nothing"


def both_kinds(examination: Examination) -> None:
    """A check that speaks twice."""
    x = Draw(examination.seed, "f").distinct(4)
    Same(examination)(lambda m: m.f(x))
    Rejects(examination)(lambda m: m.f(x[:1]), ValueError)


PICKY = "def f(x):\n    if len(x) < 2: raise ValueError\n    return 2 * x"


@pytest.mark.parametrize(
    ("student", "found"), [(DOUBLED, "doubled"), (PICKY, "picky"), (SHIFTED, None)]
)
def test_all_outcomes_of_a_check_have_to_be_the_same(diagnosed, student, found):
    """Two mistakes that agree in the first outcome differ in the second."""
    assert diagnosed(student, both_kinds, doubled=DOUBLED, picky=PICKY) == found


@pytest.mark.parametrize("raised", ["ValueError('too short')", "UnicodeError"])
def test_an_error_that_was_asked_for_may_say_anything(diagnosed, raised):
    """Whoever rejects as asked chooses the words, and which ValueError it is."""
    student = f"def f(x):\n    if len(x) < 2: raise {raised}\n    return 2 * x"

    assert diagnosed(student, both_kinds, doubled=DOUBLED, picky=PICKY) == "picky"


def test_an_assertion_may_say_anything(diagnosed):
    """Its words are the author's own, unlike those of torch or Python."""
    asserting = "def f(x): assert False, 'too short'"

    assert diagnosed("def f(x): assert len(x) < 2", asserting=asserting) == "asserting"


@pytest.mark.parametrize(("made", "named"), [("ValueError('K')", True), ("TypeError()", False)])
def test_an_object_is_known_by_its_type(diagnosed, made, named):
    """It stays in the process that made it, so nothing else is known of it."""
    found = diagnosed(f"def f(x): return {made}", returned="def f(x): return ValueError()")

    assert found == ("returned" if named else None)


def test_the_first_draw_is_compared_as_far_as_the_check_got(diagnosed):
    """A check stops where it fails; a wrong answer, which nobody judges, runs to its end."""
    assert diagnosed(DOUBLED, both_kinds, until=1, doubled=DOUBLED) == "doubled"


def test_the_second_draw_is_compared_to_its_end(diagnosed):
    """There the student's code is not judged either, and the rest tells more."""
    assert diagnosed(DOUBLED, both_kinds, until=1, picky=PICKY) is None


def left_alone(examination: Examination) -> None:
    """A check of what becomes of the arguments."""
    x = Draw(examination.seed, "f").distinct(4)
    Unchanged(examination)(lambda m: m.f(x))


def test_what_becomes_of_the_arguments_has_to_be_the_same(diagnosed):
    """A changed argument is a mistake of its own, though the result is another one's."""
    in_place = "def f(x): x *= 2; return x"

    assert diagnosed(in_place, left_alone, doubled=DOUBLED) is None
    assert diagnosed(in_place, left_alone, doubled=DOUBLED, in_place=in_place) == "in_place"


def learning(examination: Examination) -> None:
    """A check of gradients."""
    x = Draw(examination.seed, "f").distinct(4)
    Same(examination)(lambda m: gradients(m.f, x))


def test_a_cut_gradient_is_recognised(diagnosed):
    """The same values, with and without a way back, are two mistakes."""
    cut = "def f(x): return 2 * x.detach()"

    assert diagnosed(cut, learning, doubled=DOUBLED, cut=cut) == "cut"
    assert diagnosed(DOUBLED, learning, doubled=DOUBLED, cut=cut) == "doubled"


def moved(examination: Examination) -> None:
    """A check on another device."""
    x = Draw(examination.seed, "f").distinct(4)
    Portable(examination)(lambda m: m.f(x))


def test_a_result_left_on_the_cpu_is_recognised(diagnosed):
    """Two wrong answers with equal numbers on two devices are told apart."""
    left = "def f(x): return 2 * x.cpu()"

    assert diagnosed(left, moved, doubled=DOUBLED, left=left) == "left"
    assert diagnosed(DOUBLED, moved, doubled=DOUBLED, left=left) == "doubled"


# ---------------------------------------------------------------------------------- docstrings


DOCSTRING = """The kernel is flipped.

Why it is wrong: that is a convolution; what is asked for
is a cross-correlation.
Hint: Which pixel does the first entry
    of the kernel meet?
More specific than: kernel-transposed, `axes-swapped`
"""


def test_a_docstring_gives_idea_hint_and_what_is_covered():
    """In three parts and a list of ids, lines joined."""
    found, covered = parse("kernel-flipped", DOCSTRING)

    assert found == Diagnosis(
        id="kernel-flipped",
        idea="The kernel is flipped.",
        hint="Which pixel does the first entry of the kernel meet?",
    )
    assert covered == {"kernel-transposed", "axes-swapped"}


def test_the_sections_come_in_any_order_and_may_be_indented():
    """As a docstring of a module or of a function is written."""
    text = "\n    An idea.\n\n    Hint: Look.\n    Why it is wrong:\n      Because.\n    "

    found, covered = parse("any", text)

    assert (found.idea, found.hint) == ("An idea.", "Look.")
    assert covered == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "\n\n",
        "An idea.",
        "An idea.\n\nWhy it is wrong: because.",
        "An idea.\n\nHint: Look.",
        "An idea.\n\nWhy it is wrong:\nHint: Look.",
        "An idea.\n\nWhy it is wrong: because.\nHint:",
        "An idea.\n\nWhy it is wrong: because.\nHint:\nMore specific than: other",
        "An idea.\n\nwhy it is wrong: because.\nhint: Look.",
    ],
)
def test_a_docstring_that_lacks_a_part_is_the_author_s_error(text):
    """The message names the file's id and the three parts."""
    with pytest.raises(CourseError) as caught:
        parse("kernel-flipped", text)

    assert str(caught.value) == (
        "The wrong answer kernel-flipped needs a docstring of three parts: the idea on the first "
        "line, then 'Why it is wrong:', then 'Hint:'."
    )


def test_a_hint_may_have_a_colon_in_it():
    """Only the three known titles begin a section."""
    text = "An idea.\n\nWhy it is wrong: because.\nHint: Try a small case.\nFor example: 2 x 2."

    found, _ = parse("any", text)

    assert found.hint == "Try a small case. For example: 2 x 2."
