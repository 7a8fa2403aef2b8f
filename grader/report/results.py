"""What came of one lesson, person by person: read once, counted many times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.checks.verdict import Verdict

NOTEBOOK, RECEIPT, LOOK = "notebook", "receipt", "needs a look"


def same(code: str) -> str:
    """Return code without spaces, so that two ways to type the same answer are one."""
    return re.sub(r"\s", "", code)


@dataclass(frozen=True)
class Slip:
    """A known misconception: what people did, and the facilitator's line."""

    title: str
    say: str = ""


@dataclass(frozen=True)
class Exercise:
    """One thing that carries points. `by_hand` waits for a person.

    `slips` are those that somebody has described, `known` the answers in the bank as `same` writes them.
    """

    name: str
    title: str
    level: str = "core"
    points: float = 1.0
    by_hand: bool = False
    slips: Mapping[str, Slip] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """One person's answer. `verdict` is None where only points are known; `first` is the first try, as they saw it."""

    verdict: Verdict | None = None
    slip: str = ""
    score: float | None = None
    points: float = 1.0
    first: Verdict | None = None
    code: str = ""

    @property
    def done(self) -> bool:
        """Whether it counts as got."""
        if self.verdict is not None:
            return self.verdict.done
        return self.score is not None and self.score >= self.points > 0


@dataclass(frozen=True)
class Person:
    """What one person handed in. `how` is one of the three words above; `score` is None where nothing was marked."""

    learner: str
    how: str
    answers: Mapping[str, Answer]
    score: float | None = None
    points: float = 0.0
    late: bool = False
    waiting: int = 0


@dataclass(frozen=True)
class Results:
    """One lesson of one course. `roster` gives every learner's id and name."""

    course: str
    assignment: str
    title: str
    exercises: tuple[Exercise, ...]
    people: tuple[Person, ...]
    roster: Mapping[str, str]

    @property
    def marked(self) -> tuple[Person, ...]:
        """Those whose answers are known: from a notebook or from a receipt."""
        return tuple(person for person in self.people if person.how != LOOK)
