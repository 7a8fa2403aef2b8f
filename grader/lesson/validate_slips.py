"""Slips stand apart: none has the value of the right answer, and no two have the same value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.checks.exercise import RULE, TROUBLE, VALUE, Case, Slip
from grader.checks.like import like
from grader.checks.problems import PROBLEM_WORDS
from grader.lesson.problem import Problem
from grader.lesson.validate_messages import cases
from grader.lesson.validate_subject import Subject

FILE = "checks.py"


def slips_apart(subject: Subject) -> Iterator[Problem]:
    """A slip can be told from the right answer and from the slips above it, for each choice of an own area."""
    for name, exercise in subject.lesson.exercises.items():
        for choice, case in cases(exercise):
            where = f"exercise {name}" + (f", {choice}" if choice else "")
            leave_out = " Or do not offer this choice." if choice else ""
            for place, slip in enumerate(case.slips):
                for what, todo in _hidden(case, slip, case.slips[:place]):
                    yield Problem(FILE, f"{where}, slip {slip.name}", what, todo + leave_out)


def _hidden(case: Case, slip: Slip, above: Sequence[Slip]) -> Iterator[tuple[str, str]]:
    if slip.how == VALUE and case.expect.match(slip.value).agrees:
        yield "Its value is accepted as right, so its message is never read.", "Ask for something where the two differ."
    if slip.how == RULE and slip.rule == "problem" and slip.argument not in PROBLEM_WORDS:
        yield f'A comparison has no problem called "{slip.argument}".', f"Use {', '.join(PROBLEM_WORDS)}."
    for other in above:
        if _same(case, slip, other):
            yield f"It cannot be told from the slip {other.name} above it.", "Make one message of the two."


def _same(case: Case, slip: Slip, other: Slip) -> bool:
    if slip.how != other.how:
        return False
    if slip.how == VALUE:
        return bool(like(case.expect, other.value).match(slip.value).agrees)
    if slip.how == TROUBLE:
        return (slip.type, slip.pattern) == (other.type, other.pattern)
    return (slip.rule, repr(slip.argument)) == (other.rule, repr(other.argument))
