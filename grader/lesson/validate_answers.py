"""Rules for the answer bank: the same exercises and slips as in `checks.py`, and enough of each kind of answer."""

from __future__ import annotations

from collections.abc import Iterator

from grader.checks.verdict import Verdict
from grader.lesson.answers import FILE
from grader.lesson.problem import Problem
from grader.lesson.validate_messages import cases
from grader.lesson.validate_subject import Subject

LEAST_RIGHT = 2


def names(subject: Subject) -> Iterator[Problem]:
    """An exercise in the answer bank is one of the lesson's."""
    known = subject.lesson.exercises if subject.whole else {cell.name for cell in subject.cells if cell.name}
    for name in dict.fromkeys(answer.exercise for answer in subject.answers):
        if name not in known:
            what = "The lesson has no exercise of that name." if name else "It stands above the first exercise."
            yield Problem(FILE, f"exercise {name}", what, "Check the heading's spelling against lesson.md.")


def coverage(subject: Subject) -> Iterator[Problem]:
    """An exercise has two right answers, an untouched one and an answer for each slip, under titles of their own."""
    if FILE not in subject.texts:
        return
    for name, exercise in subject.lesson.exercises.items():
        answers = [answer for answer in subject.answers if answer.exercise == name]
        count = [answer.verdict for answer in answers].count
        if count(Verdict.RIGHT) < LEAST_RIGHT:
            yield Problem(
                FILE,
                f"exercise {name}",
                f"It has {count(Verdict.RIGHT)} right answers. The least is {LEAST_RIGHT}.",
                "Write the answer in another way under ### Right: and a title.",
            )
        if not count(Verdict.NOT_TRIED):
            yield Problem(
                FILE, f"exercise {name}", "The untouched answer is not there.", "Add ### Untouched: as it comes."
            )
        if not count(Verdict.NOT_YET) + count(Verdict.COULD_NOT_RUN):
            yield Problem(FILE, f"exercise {name}", "No answer trips its check.", "Add ### Wrong: and a likely answer.")
        met = {answer.slip for answer in answers}
        slips = dict.fromkeys(slip.name for _, case in cases(exercise) for slip in case.slips)
        for slip in slips:
            if slip not in met:
                yield Problem(
                    FILE,
                    f"exercise {name}, slip {slip}",
                    "No answer here makes this slip.",
                    f"Add one under ### Wrong: and a title, with the line - slip: {slip}",
                )
        titles = [answer.title for answer in answers]
        for title in dict.fromkeys(title for title in titles if titles.count(title) > 1):
            yield Problem(
                FILE, f"exercise {name}", f'Two answers are called "{title}".', "Give each a title of its own."
            )
