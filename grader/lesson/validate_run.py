"""Run the lesson: every cell, the untouched exercises, the solutions and every known answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from grader.checks.judge import judge
from grader.checks.verdict import Outcome, Verdict
from grader.errors import GraderError
from grader.lesson import answers
from grader.lesson.answers import KnownAnswer
from grader.lesson.problem import Problem
from grader.lesson.rehearse import Rehearsal
from grader.lesson.validate_drawn import drawn
from grader.lesson.validate_interactive import interactive
from grader.lesson.validate_subject import Subject

PAGE = "lesson.md"


def run(subject: Subject) -> Iterator[Problem]:
    """Yield what is not as the lesson says when its cells and its known answers are run."""
    if not subject.lesson.exercises:
        return
    try:
        with Rehearsal(subject.lesson, keep_on=True) as rehearsal:
            yield from (Problem(PAGE, one.where, one.what, one.todo) for one in rehearsal.stopped)
            yield from _unsolved(subject, rehearsal)
            yield from _solved(subject, rehearsal)
            yield from _known(subject, rehearsal)
            yield from interactive(subject, rehearsal)
            yield from drawn(subject, rehearsal)
        with Rehearsal(subject.lesson, keep_on=True, untouched=True) as rehearsal:
            yield from _carries_on(subject, rehearsal)
    except GraderError as trouble:
        yield Problem(PAGE, trouble.where, trouble.what, trouble.todo)


def _unsolved(subject: Subject, rehearsal: Rehearsal) -> Iterator[Problem]:
    """As it comes an exercise is not tried, and also where a front end does not say what the cell held."""
    for name, exercise in subject.lesson.exercises.items():
        ran = rehearsal.run(name, exercise.starter)
        unseen = judge(rehearsal.session.exercise(name), dataclasses.replace(ran.snapshot, source=None))
        if ran.outcome.verdict is not Verdict.NOT_TRIED or unseen.verdict.done:
            outcome = unseen if unseen.verdict.done else ran.outcome
            yield Problem(
                PAGE,
                f"exercise {name}",
                f'As it comes it is not "not tried": it gets {_told(outcome)}.',
                "Leave the answer open with ... in the cell that people get.",
            )


def _solved(subject: Subject, rehearsal: Rehearsal) -> Iterator[Problem]:
    for name, exercise in subject.lesson.exercises.items():
        if not exercise.solution:
            continue
        outcome = rehearsal.run(name, exercise.solution).outcome
        if outcome.verdict is not Verdict.RIGHT or outcome.score != exercise.points:
            yield Problem(
                PAGE,
                f"solution {name}",
                f"It does not get full marks: it gets {_told(outcome)}.",
                "Mend the solution, or what checks.py expects.",
            )


def _carries_on(subject: Subject, rehearsal: Rehearsal) -> Iterator[Problem]:
    """Nothing above an exercise has to be answered for its solution to be right, and no other cell stops for it."""
    for one in rehearsal.stopped:
        what = f"Where nothing above it is answered: {one.what}"
        yield Problem(PAGE, one.where, what, 'Make what it needs with grader.start_from("name").')
    for name, exercise in subject.lesson.exercises.items():
        outcome = rehearsal.run(name, exercise.solution).outcome if exercise.solution else None
        if outcome is not None and outcome.verdict is not Verdict.RIGHT:
            yield Problem(
                PAGE,
                f"solution {name}",
                f"Where nothing above it is answered, it gets {_told(outcome)}.",
                'Start the cell with what it needs: x = grader.start_from("x"), and x in GIVEN in checks.py.',
            )


def _known(subject: Subject, rehearsal: Rehearsal) -> Iterator[Problem]:
    for answer in subject.answers:
        if answer.exercise in subject.lesson.exercises:
            code = answer.code or subject.lesson.exercises[answer.exercise].starter
            yield from differs(answer, rehearsal.run(answer.exercise, code).outcome)


def differs(answer: KnownAnswer, outcome: Outcome) -> Iterator[Problem]:
    """Yield how an outcome differs from what the answer bank says: verdict, message by its slip, score."""
    place = f"{answer.exercise}, {answer.title}"
    said = f"The check says {_told(outcome)}."
    if outcome.verdict is not answer.verdict:
        yield Problem(
            answers.FILE, place, f'It is listed as "{answer.verdict.words}" {said}', "Mend the check, or the heading."
        )
        return
    named = answer.verdict in (Verdict.NOT_YET, Verdict.COULD_NOT_RUN) or answer.slip
    if named and outcome.slip != answer.slip:
        what = f"It is listed with the slip {answer.slip or 'none'}. {said}"
        yield Problem(answers.FILE, place, what, f"Mend the check, or write - slip: {outcome.slip or 'none'}")
    score = expected_score(answer, outcome.points)
    if abs(outcome.score - score) > 1e-9:
        what = f"It is listed with the score {score:g}, and gets {outcome.score:g}."
        yield Problem(answers.FILE, place, what, f"Mend the check, or write - score: {outcome.score:g}")


def expected_score(answer: KnownAnswer, points: float) -> float:
    """Return the score that the answer bank gives: the one it states, else all or nothing."""
    if answer.score is not None:
        return answer.score
    return points if answer.verdict.done else 0.0


def _told(outcome: Outcome) -> str:
    """Return an outcome in a few words, for its author."""
    slip = f"slip {outcome.slip}" if outcome.slip else "no slip"
    return f'"{outcome.verdict.words}" ({slip}), "{outcome.message}"'
