"""The panel itself: the groups of buttons on one page, for one course at a time."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from grader.course import files
from grader.course import folder as folders
from grader.course.folder import Course
from grader.errors import GraderError
from grader.panel import steps, titles
from grader.panel.care import Care
from grader.panel.desk import Desk
from grader.panel.people import People
from grader.panel.running import Ended
from grader.panel.start import Start
from grader.panel.term import Term
from grader.panel.week import Week

if TYPE_CHECKING:
    from grader.course.status import Status

STYLE = Path(__file__).with_name("panel.css")
NO_COURSE = "There is no course here yet. Start one below; the buttons for each week come up when it is made."
READING = "Reading how far the term is."
ALL_DONE = "Every lesson has had its week."
ABOUT = (
    "Each button says what it will do, and then what it did. The course holds people's work: keep its folder out of "
    "places that are shared or synced."
)


def panel(course: str | None = None) -> Any:
    """Show the control panel of the course in this folder, or of the one named; without a course, it starts one."""
    return Panel(folders.find(course) if course else folders.here()).page


class Panel:
    """The page. `page` is the widget to show."""

    def __init__(self, course: Course | None) -> None:
        self.desk = Desk(self.read)
        self._head = widgets.HTML()
        self.week = Week(self.desk)
        self.care = Care(self.desk, self.week.lesson)
        self.people = People(self.desk)
        self.term = Term(self.desk, self._look_again, self._closed)
        self.start = Start(self.desk, self.go)
        self._groups = widgets.VBox([self.week.page, self.care.page, self.people.page, self.term.page])
        style = widgets.HTML(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
        self.page = widgets.VBox([style, self._head, self._groups, self.start.page])
        self.page.add_class("club-panel")
        self._reading: asyncio.Task[None] | None = None
        self._show(course)

    def go(self, course: Course) -> None:
        """Go on with a course that was started or chosen."""
        self._show(course)
        self.week.outcome.take(self.start.outcome)
        self.week.lesson.focus()  # what was pressed is far down the page, or gone

    def _closed(self) -> None:
        self._show(None)
        self.start.outcome.take(self.term.outcome)
        self.start.title.focus()

    def _show(self, course: Course | None) -> None:
        self.desk.alone()
        self.desk.course = course
        self._groups.layout.display = "" if course else "none"
        if course is None:
            self._head.value = _head("Your club", NO_COURSE)
        else:
            folders.remember(course)
            self._head.value = _head(course.name, READING, ABOUT)
            for group in (self.week, self.care, self.people, self.term):
                group.anew()
        self.read()

    def read(self, then: Callable[[str], None] = lambda problem: None) -> None:
        """Read how far the term is, beside the page; `then` hears what was in the way, "" where nothing was."""
        self.start.look()
        if self._reading is not None:
            self._reading.cancel()
        if (course := self.desk.course) is not None:
            self._reading = asyncio.get_running_loop().create_task(self._read(course, then))

    async def _read(self, course: Course, then: Callable[[str], None]) -> None:
        told = ""
        try:
            term = await asyncio.to_thread(_status, course)
            for group in (self.week, self.people, self.term):
                group.know(term)
            self._head.value = _head(term.title, _far(term, course), f"Folder: {course.folder}", ABOUT)
        except (GraderError, OSError) as problem:
            told = str(files.trouble(problem) if isinstance(problem, OSError) else problem)
            self._head.value = _head(course.name, told, ABOUT)
        finally:
            then(told)

    def _look_again(self) -> None:
        self.term.outcome.working(steps.STATUS)
        self.read(lambda problem: self.term.outcome.ended(steps.STATUS, Ended(not problem, problem)))


def _status(course: Course) -> Status:
    from grader.course.status import status  # apart from the page: it brings nbgrader, which takes seconds

    return status(course)


def _far(term: Status, course: Course) -> str:
    """Return how many people there are, and what comes next."""
    people = "1 person" if len(term.people) == 1 else f"{len(term.people)} people"
    lesson, due = term.turn([name for _, name in titles.choices(course)])
    if not due:
        return f"{people}. {ALL_DONE}"
    return f"{people}. Next: “{steps.DUE[due].button}” for {titles.spoken(lesson)}."


def _head(title: str, *lines: str) -> str:
    return f"<h1>{html.escape(title)}</h1>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
