"""The term at a glance, counted from the folders and the gradebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.course import gradebook, lessons, settings
from grader.course.folder import Course
from grader.course.log import load
from grader.course.mark import handed_in, looks
from grader.course.roster import Learner
from grader.lesson.folders import folders


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

    @property
    def due(self) -> str:
        """What it waits for: release, collect, mark or feedback; "" where it waits for nothing."""
        if not self.released:
            return "release"
        if not self.handed_in:
            return "collect"
        if self.marked + self.looks < self.notebooks:
            return "mark"
        return "feedback" if self.feedback < self.marked else ""


@dataclass(frozen=True)
class Status:
    """The whole course."""

    title: str
    people: tuple[Learner, ...]
    lessons: tuple[LessonStatus, ...]

    def turn(self, names: Sequence[str]) -> tuple[str, str]:
        """Return the lesson that waits for something, and for what; `names` are the lessons in their order.

        Where none waits, it is the turn of the lesson after the last that is there; after the last of all, of none ("").
        """
        for row in self.lessons:
            if row.due:
                return row.name, row.due
        there = [names.index(row.name) for row in self.lessons if row.name in names]
        following = max(there) + 1 if there else min(1, len(names) - 1)  # lesson 0 is for people's own start
        return (names[following], "release") if following < len(names) else (names[-1], "")

    @property
    def next(self) -> str:
        """The command that comes next; "" where there is none."""
        ours = [folder.name for folder in folders()]
        name, due = self.turn([*ours, *(row.name for row in self.lessons if row.name not in ours)])
        short = lessons.short(name)
        commands = {"release": f"club release {short}", "collect": f"club after {short} --from FOLDER", "": ""}
        return commands.get(due, f"club after {short}")


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
    return Status(known.title, people, rows)


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
        len(unnamed(course, name)),
        waiting,
        tuple(id for id in ids if id not in seen),
    )


def _marked(course: Course, name: str, learner: str) -> bool:
    return any((course.step("autograded") / learner / name).glob("*.ipynb"))


def unnamed(course: Course, name: str) -> list[str]:
    """Return the names of the files that came back for a lesson and that nobody was found for."""
    return sorted(path.name for path in course.unmatched(name).glob("*.ipynb"))
