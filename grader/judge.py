"""Judging one submission, check by check. Knows nothing of what runs the checks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.bank import Bank, parameters_of
from grader.checks.draw import DRAW, Draw
from grader.checks.experiment import Examination, Outcome, Rehearsal
from grader.checks.words import WORDS
from grader.diagnosis import WrongAnswer, diagnose
from grader.ending import Ending, ending_of
from grader.errors import CourseError, SandboxError
from grader.examinee import Examinee
from grader.model import CheckResult, Diagnosis, Job, Status
from grader.sandbox.failure import Garbled
from grader.sandbox.proxy import Subject
from grader.sandbox.remote import ForbiddenOperator, ImportFailed, WorkerLost

# Has the bank know what the wrong answers do in a check with a seed, if somebody else knows it.
Bring = Callable[["Check", int], None]
# Tells the draw that confirms a diagnosis from the draw of the check.
SECOND_DRAW = 0x5EED


@dataclass(frozen=True)
class Check:
    """A check as its suite defines it: a function of words, and of `parameters` of its own.

    Those of its `parameters` that are fixtures of the suite are known only once it is run.
    """

    id: str
    task: str
    points: int
    title: str
    function: Callable[..., None]
    arguments: Sequence[str]
    parameters: Mapping[str, Any]

    @property
    def in_words_alone(self) -> bool:
        """Whether it can be run without what else a suite may define."""
        return {*WORDS, DRAW, *self.parameters}.issuperset(self.arguments)

    def run(self, examination: Examination) -> None:
        """Run it in an examination. Raises KeyError where an argument is not known."""
        words: dict[str, Any] = {name: word(examination) for name, word in WORDS.items()}
        known = {**self.parameters, **words, DRAW: Draw(examination.seed, self.id)}
        self.function(**{name: known[name] for name in self.arguments})


class Judge:
    """Judges the checks of one job's submission by the reference, and names the mistakes."""

    def __init__(self, job: Job, examinee: Examinee, bank: Bank, bring: Bring) -> None:
        self.job = job
        self._examinee = examinee
        self._bank = bank
        self._bring = bring
        self._named: dict[str, set[str]] = {}
        self._judged_before: dict[str, list[tuple[Check, bool]]] = {}
        self._parameters = parameters_of(bank.module)

    def tasks(self) -> Iterator[str]:
        """The tasks to judge, as they come."""
        return self._examinee.tasks()

    def examination(self, check: Check) -> Examination:
        """The student's code in its worker, judged by the reference."""
        return self._judged(self._student(check.task), check)

    def _judged(self, subject: Subject, check: Check) -> Examination:
        return Examination(
            subject,
            self._bank.reference,
            self.job.seed,
            self.job.device,
            check.id,
            self._bank.known,
        )

    def _student(self, task: str) -> Subject:
        return Subject(self._examinee.transport(task), parameters=self._parameters)

    def begin(self, task: str) -> None:
        """Start the clock of a check.

        Raises `ForbiddenOperator`, before anything is run, where the task's text holds a
        forbidden call.
        """
        for use in self._examinee.forbidden_uses(task)[:1]:
            raise ForbiddenOperator(use.name, use.line)
        self._examinee.begin_check(task)

    def result(
        self,
        check: Check,
        examination: Examination | None,
        error: BaseException | None,
        duration: float,
    ) -> CheckResult:
        """What came of a check, from the `error` that ended it.

        Raises `SandboxError` and `CourseError` for what is ours, or the suite's.
        """
        passed = error is None
        ending = Ending(Status.PASSED, "") if error is None else self._ending(check, error)
        failed = ending.failed
        diagnosis = self._diagnosis(check, examination, ending)
        self._judged_before.setdefault(check.task, []).append((check, passed))
        printed = self._examinee.take_output(check.task)
        return CheckResult(
            id=check.id,
            task=check.task,
            title=check.title,
            status=ending.status,
            score=check.points if passed else 0,
            max_score=check.points,
            duration=round(duration, 4),
            message=ending.message,
            call="; ".join(failed.outcome.calls) if failed is not None else "",
            diagnosis=diagnosis,
            planes=failed.difference.planes if failed and failed.difference else None,
            stdout="" if passed else printed,
            line=None if passed else ending.line or self._examinee.line_of(check.task),
        )

    def _ending(self, check: Check, error: BaseException) -> Ending:
        if isinstance(error, TimeoutError):
            return Ending(Status.TIMEOUT, "it did not come to an end")
        ending = ending_of(check.task, error, self._examinee)
        if ending is None:
            if isinstance(error, SandboxError | CourseError):
                raise error
            exercise = self.job.exercise.id
            raise CourseError(f"The check {check.id} of {exercise} is broken: {error!r}.")
        return ending

    def _diagnosis(
        self, check: Check, examination: Examination | None, ending: Ending
    ) -> Diagnosis | None:
        """The misconception behind a failure, if the course knows it."""
        if ending.failed is None or ending.status not in (Status.FAILED, Status.ERROR):
            return None
        assert examination is not None  # it is what failed
        candidates = self._bank.wrong_answers(check.task)
        # What explained an earlier failure of the task is tried alone first. Where several wrong
        # answers do the same, that failure has told them apart already.
        named = self._named.setdefault(check.task, set())
        known = [c for c in candidates if c.diagnosis.id in named]
        outcomes = examination.outcomes

        def find(suspects: list[WrongAnswer]) -> Diagnosis | None:
            return diagnose(
                outcomes,
                lambda seed: self._once_more(check, seed),
                suspects,
                replay=lambda answer, seed: mistaken(
                    self._bank, check, answer, seed, self.job.device
                ),
                refuted=lambda answer: self._refuted(check.task, answer),
                seeds=(self.job.seed, self.job.seed ^ SECOND_DRAW),
            )

        try:
            found = find(known)
            if found is None:
                self._bring(check, self.job.seed)
                found = find([c for c in candidates if c not in known])
        except (WorkerLost, ForbiddenOperator, ImportFailed, Garbled):
            return None  # it behaves differently now, so nothing can be said of it
        if found is not None:
            named.add(found.id)
        return found

    def _refuted(self, task: str, answer: WrongAnswer) -> bool:
        """Whether a wrong answer passes another part of the checks so far than the student did."""
        return any(
            passed != self._passes(answer, check)
            for check, passed in self._judged_before.get(task, ())
        )

    def _passes(self, answer: WrongAnswer, check: Check) -> bool:
        try:
            check.run(self._judged(answer.subject, check))
        except AssertionError:
            return False
        return True

    def _once_more(self, check: Check, seed: int) -> Sequence[Outcome]:
        """What the student's code does in a check on another draw; it has as long for that."""
        self._examinee.begin_check(check.task)
        examination = Examination(self._student(check.task), None, seed, self.job.device)
        check.run(examination)
        return examination.outcomes


def mistaken(
    bank: Bank, check: Check, answer: WrongAnswer, seed: int, device: str
) -> Sequence[Outcome]:
    """What a wrong answer does in a check; computed once."""
    key = (check.id, answer.diagnosis.id, seed)
    if key not in bank.mistaken:
        examination = Examination(answer.subject, None, seed, device)
        check.run(examination)
        bank.mistaken[key] = examination.outcomes
    return bank.mistaken[key]


def rehearse(bank: Bank, check: Check, seed: int) -> None:
    """Have the reference do a check, so that its results are known when somebody is judged."""
    check.run(Rehearsal(bank.reference, seed, check.id, bank.known))


def rehearse_mistakes(bank: Bank, check: Check, seed: int, device: str) -> None:
    """Have every known wrong answer do a check."""
    for answer in bank.wrong_answers(check.task):
        mistaken(bank, check, answer, seed, device)
