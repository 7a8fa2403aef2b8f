"""Count what came of a lesson, so that every count may be shown to whoever the page is for."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.checks.verdict import Verdict
from grader.report import quiet
from grader.report.quiet import Bin, Count
from grader.report.results import LOOK, NOTEBOOK, RECEIPT, Answer, Exercise, Person, Results, Slip

NEW, STUCK, NOT_TRIED = "an answer nobody has described yet", "Python could not run it", "not tried"
FEWER = "fewer than all points"


@dataclass(frozen=True)
class Missed:
    """How many missed an exercise in one way."""

    name: str
    slip: Slip
    count: Count


@dataclass(frozen=True)
class Facility:
    """How one exercise went: `got` of those whose answers are known, `first_try` as people saw it."""

    exercise: Exercise
    got: Count
    whole: Count
    first_try: Count | None
    missed: tuple[Missed, ...]
    rank: float

    @property
    def share(self) -> float | None:
        """The share that got it, where both counts may be shown."""
        if self.got.number is None or not self.whole.number:
            return None
        return self.got.number / self.whole.number


@dataclass(frozen=True)
class Written:
    """How far one written answer is: how many a person has marked, and the middle score where it may be shown."""

    exercise: Exercise
    marked: Count
    median: float | None


@dataclass(frozen=True)
class Summary:
    """One lesson, counted. `open` tells whether small counts are shown; `enough` whether there is anything to show."""

    results: Results
    open: bool
    handed_in: Count
    marked: Count
    late: Count
    looks: Count
    by_receipt: Count
    waiting: Count
    bins: tuple[Bin, ...]
    points: float
    median: float | None
    facilities: tuple[Facility, ...]
    written: tuple[Written, ...]

    @property
    def enough(self) -> bool:
        """Whether so much is marked that counts can be shown."""
        return bool(self.marked.number)

    @property
    def hardest(self) -> tuple[Facility, ...]:
        """The exercises that most people missed, at most 3, none that everybody got."""
        missed = [facility for facility in self.facilities if facility.rank < 1 and facility.exercise.level == "core"]
        return tuple(sorted(missed, key=lambda facility: facility.rank)[:3])


def summarise(results: Results, in_room: bool = False) -> Summary:
    """Return a lesson's counts; unless it stays in the room, those that could point to a person are blurred."""
    whole, marked = len(results.people), results.marked
    looks = sum(person.how == LOOK for person in results.people)
    shown = in_room or len(marked) >= quiet.FEW
    scores = [person.score or 0.0 for person in marked]
    return Summary(
        results,
        in_room,
        _handed_in(whole, looks, in_room),
        quiet.alone(len(marked), in_room),
        quiet.part(sum(person.late for person in results.people), whole, in_room),
        quiet.alone(looks, in_room),
        quiet.part(sum(person.how == RECEIPT for person in marked), len(marked), in_room),
        quiet.part(sum(bool(person.waiting) for person in marked), len(marked), in_room),
        quiet.bins(scores, _points(results), in_room) if shown else (),
        _points(results),
        statistics.median(scores) if scores and shown else None,
        _facilities(results, in_room) if shown else (),
        _written(results, in_room) if shown else (),
    )


def _points(results: Results) -> float:
    return sum(exercise.points for exercise in results.exercises)


def _handed_in(whole: int, looks: int, in_room: bool) -> Count:
    """Return how many handed in; beside the number marked, the rest must not be 1 to 4."""
    if in_room or quiet.small(whole) or not quiet.small(looks):
        return quiet.alone(whole, in_room)
    marked = quiet.alone(whole - looks)
    return Count(None, f"{marked.words}, and fewer than 5 more whose work needs a look")


def _facilities(results: Results, in_room: bool) -> tuple[Facility, ...]:
    return tuple(_facility(exercise, results.marked, in_room) for exercise in results.exercises if not exercise.by_hand)


def _written(results: Results, in_room: bool) -> tuple[Written, ...]:
    """Return how far the answers are that a person marks."""
    made = []
    for exercise in results.exercises:
        if exercise.by_hand:
            answers = [person.answers[exercise.name] for person in results.marked if person.how == NOTEBOOK]
            scores = [answer.score for answer in answers if answer.score is not None]
            median = statistics.median(scores) if scores and (in_room or len(scores) >= quiet.FEW) else None
            made.append(Written(exercise, quiet.part(len(scores), len(results.marked), in_room), median))
    return tuple(made)


def _facility(exercise: Exercise, people: Sequence[Person], in_room: bool) -> Facility:
    answers = [person.answers[exercise.name] for person in people]
    got = sum(answer.done for answer in answers)
    counts = Counter(_way(answer) for answer in answers if not answer.done)
    shown = quiet.parts(dict(counts), len(answers) - got, in_room)
    ways = sorted(counts, key=lambda way: (-(shown[way].number or 0), way in (NEW, NOT_TRIED), -counts[way], way))
    missed = tuple(Missed(way, exercise.slips.get(way, Slip(way)), shown[way]) for way in ways)
    return Facility(
        exercise,
        quiet.part(got, len(answers), in_room),
        quiet.alone(len(answers), in_room),
        _first_try(answers, got, in_room),
        missed,
        got / len(answers) if answers else 1.0,
    )


def _way(answer: Answer) -> str:
    """Return the slip's name, or what is known instead."""
    if answer.slip:
        return answer.slip
    if answer.verdict is Verdict.COULD_NOT_RUN:
        return STUCK
    if answer.verdict is None:
        return FEWER
    return NOT_TRIED if answer.verdict is Verdict.NOT_TRIED else NEW


def _first_try(answers: Sequence[Answer], got: int, in_room: bool) -> Count | None:
    """Return how many got it at the first try; None where nobody's saved work tells, or too few to show."""
    told = [answer for answer in answers if answer.first is not None]
    first = sum(answer.first.done for answer in told if answer.first is not None)
    if not told:
        return None
    others = (first, len(told) - first, len(answers) - len(told), got - first)
    if not in_room and any(quiet.small(abs(number)) for number in others):
        return Count(None, quiet.TOO_FEW if quiet.small(first) else "not shown")
    return quiet.exact(first)
