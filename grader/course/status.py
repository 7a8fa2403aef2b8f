"""The term at a glance, counted from the folders and the gradebook."""

from __future__ import annotations

from dataclasses import dataclass

from grader.course import gradebook, lessons, settings
from grader.course.folder import Course
from grader.course.log import load
from grader.course.mark import handed_in, looks
from grader.course.roster import Learner


@dataclass(frozen=True)
class LessonStatus:
    """One lesson: how far it is. `missing` are the ids of those who have sent nothing."""

    name: str
    day: str
    released: bool
    handed_in: int = 0
    notebooks: int = 0
    marked: int = 0
    feedback: int = 0
    looks: int = 0
    unmatched: int = 0
    waiting: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Status:
    """The whole course, and the command that comes next."""

    title: str
    people: tuple[Learner, ...]
    lessons: tuple[LessonStatus, ...]
    next: str


def status(course: Course) -> Status:
    """Return how far the term is."""
    known = settings.load(course)
    names = sorted({*lessons.names(course), *known.dates})
    with gradebook.opened(course) as book:
        people = gradebook.learners_of(book)
        waiting = {
            name: sum(
                bool(marks.waiting) for marks in gradebook.marks_of(book, name) if _marked(course, name, marks.learner)
            )
            for name in names
        }
    rows = tuple(
        _row(course, name, known.dates.get(name, ""), [one.id for one in people], waiting[name]) for name in names
    )
    return Status(known.title, people, rows, _next(rows))


def _row(course: Course, name: str, day: str, ids: list[str], waiting: int) -> LessonStatus:
    there = handed_in(course, name)
    receipts = [learner for learner in load(course, name).receipts if learner not in there]
    marked = [learner for learner in there if _marked(course, name, learner)]
    sent = [learner for learner in there if any((course.step("feedback") / learner / name).glob("*.html"))]
    seen = {*there, *receipts}
    return LessonStatus(
        name,
        day,
        any((course.step("release") / name).glob("*.ipynb")),
        len(seen),
        len(there),
        len(marked),
        len(sent),
        len(looks(course, name)),
        len(list(course.unmatched(name).glob("*.ipynb"))),
        waiting,
        tuple(id for id in ids if id not in seen),
    )


def _marked(course: Course, name: str, learner: str) -> bool:
    return any((course.step("autograded") / learner / name).glob("*.ipynb"))


def _next(rows: tuple[LessonStatus, ...]) -> str:
    """Return the command that is due, for the first lesson that waits for one."""
    for row in rows:
        short = lessons.short(row.name)
        if not row.released:
            return f"club release {short}"
        if not row.handed_in:
            return f"club after {short} --from FOLDER"
        if row.notebooks > row.marked + row.looks or row.feedback < row.marked:
            return f"club after {short}"
    return ""
