"""Which engine marks: nbgrader's own, or the fast one of `grader.marking`; both end in the same kind of run."""

from __future__ import annotations

from collections.abc import Callable

from grader.course import gradebook
from grader.course.choice import FAST, STOCK, Choice
from grader.course.folder import Course
from grader.course.mark import (
    Marked,
    Run,
    finished,
    mark_with_stock,
    put_aside,
    scores,
    to_mark,
)


def mark(
    course: Course,
    name: str,
    choice: Choice = Choice(),  # noqa: B008  it cannot be changed
    *,
    again: bool = False,
    progress: Callable[[str], None] = lambda learner: None,
) -> Run:
    """Mark what is new for a lesson, or everything again; marks given by hand stay."""
    if choice.engine == STOCK:
        return mark_with_stock(course, name, again=again, progress=progress)
    return _fast(course, name, choice, again, progress)


def _fast(course: Course, name: str, choice: Choice, again: bool, progress: Callable[[str], None]) -> Run:
    from grader.marking.mark import mark_assignment  # it starts a warm process

    wanted = to_mark(course, name, again)
    before = scores(course, name)
    if not wanted:
        return finished(course, name, FAST, (), before)
    with put_aside(course, name, wanted):
        summary = mark_assignment(
            course.folder,
            name,
            jobs=choice.jobs,
            compat=choice.compat,
            fair=choice.fair,
            progress=lambda done, total, submission: progress(submission.learner),
        )
    known = _known(course, name)
    ended = []
    for one in summary.submissions:
        if one.learner in wanted:
            score, points, waiting = known.get(one.learner, (one.score, 0.0, 0))
            said = tuple(part for part in (one.sentence, *one.notes) if part)
            ended.append(Marked(one.learner, one.outcome, score, points, said, waiting))
    notes = tuple(f"{cell} was marked nbgrader's way; its marks are unverified." for cell in summary.unverified)
    return finished(course, name, FAST, tuple(ended), before, notes)


def _known(course: Course, name: str) -> dict[str, tuple[float | None, float, int]]:
    with gradebook.opened(course) as book:
        return {made.learner: (made.score, made.points, made.waiting) for made in gradebook.marks_of(book, name)}
