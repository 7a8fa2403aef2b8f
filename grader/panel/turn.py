"""What is due next in the term, and with which button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.panel.steps import COLLECT, FEEDBACK, MARK, RELEASE, Step

if TYPE_CHECKING:  # it brings nbgrader, which takes seconds
    from grader.course.status import LessonStatus, Status


def turn(term: Status, names: Sequence[str]) -> tuple[str, Step | None]:
    """Return the lesson that waits for something and its button; `names` are the lessons in their order.

    Where none waits, it is the turn of the lesson after the last that is there; after the last of all, of none.
    """
    for row in term.lessons:
        if (step := _due(row)) is not None:
            return row.name, step
    there = [names.index(row.name) for row in term.lessons if row.name in names]
    following = max(there) + 1 if there else min(1, len(names) - 1)  # lesson 0 is for people's own start
    return (names[following], RELEASE) if following < len(names) else (names[-1], None)


def _due(row: LessonStatus) -> Step | None:
    if not row.released:
        return RELEASE
    if not row.handed_in:
        return COLLECT
    if row.marked + row.looks < row.notebooks:
        return MARK
    return FEEDBACK if row.feedback < row.marked else None
