"""A course that starts, or another one to go on with."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import ipywidgets as widgets

from grader.course import folder as folders
from grader.course.folder import Course
from grader.errors import GraderError
from grader.panel import parts, steps, titles
from grader.panel.desk import Desk
from grader.panel.outcome import Outcome
from grader.panel.people import ListOfPeople
from grader.panel.running import Ended

NO_TITLE = "Say first what the course is called."
LIST = (
    "The list of people is a CSV file with a heading such as id, name or email, and one person a line. Ids that you "
    "made up are enough: then nobody's name is in the course. You can leave it out and add people later."
)
DAYS = "The day of each lesson, where you know it. Leave the others blank."


class Start:
    """The form that starts a course, and the list of other courses. `go` is called with the course to show."""

    def __init__(self, desk: Desk, go: Callable[[Course], None]) -> None:
        self._desk, self._go, self.outcome = desk, go, Outcome()
        self.title = parts.text("What it is called", "such as Autumn club")
        self.roster = ListOfPeople("List of people", "Or choose a list")
        self.days = {name: parts.day(label) for label, name in titles.choices(None)}
        self.others = parts.choice("Your courses", [("", "")])
        self._temporary: Path | None = None  # of the list that was chosen
        self._made = ""
        opened = parts.button(steps.OPEN.button, steps.OPEN.does)
        opened.on_click(lambda _: self._open())
        self._to_others = widgets.VBox(
            [parts.heading("Another course"), self.others, parts.row(opened, steps.OPEN.does)]
        )
        days = widgets.VBox(list(self.days.values()))
        days.add_class("club-days")
        made = desk.button(steps.NEW, self._words, self.outcome, self._ended)
        self.page = widgets.VBox(
            [
                self._to_others,
                parts.heading("Start a course"),
                self.title,
                parts.note(LIST),
                self.roster.page,
                parts.note(DAYS),
                days,
                parts.row(made, steps.NEW.does),
                self.outcome.page,
            ]
        )

    def look(self) -> None:
        """List the courses that there are besides the one that is shown."""
        here = self._desk.course.folder.resolve() if self._desk.course else None
        others = [(course.name, str(course.folder)) for course in folders.usual() if course.folder.resolve() != here]
        self._to_others.layout.display = "" if others else "none"
        parts.options(self.others, others or [("", "")])

    def _open(self) -> None:
        if self._desk.free(self.outcome):
            self.outcome.say(f"Done: {steps.OPEN.button}.")
            self._go(Course(Path(self.others.value)))

    def _words(self) -> list[str]:
        title = str(self.title.value).strip()
        if not title:
            raise GraderError(NO_TITLE)
        self._temporary = Path(tempfile.mkdtemp(prefix="foothills-"))  # for this user's eyes alone
        file = self.roster.file(self._temporary / "list")
        people = ["--roster", str(file)] if file else []
        self._made = folders.name_for(title)
        days = [word for name, day in self.days.items() if day.value for word in ("--lesson", f"{name}={day.value}")]
        return [self._made, "--title", title, *people, *days]

    def _ended(self, how: Ended) -> None:
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary = None
        if how.done:
            course = Course(folders.place(self._made))
            self.title.value = ""
            self.roster.clear()
            for day in self.days.values():
                day.value = None
            self._go(course)
