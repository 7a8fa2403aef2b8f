"""Files that came back and that nobody was found for: whose is each?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from grader.errors import GraderError
from grader.panel import parts, steps
from grader.panel.desk import Desk
from grader.panel.outcome import Outcome
from grader.panel.running import Ended

if TYPE_CHECKING:  # it brings nbgrader, which takes seconds
    from grader.course.status import Status

NOBODY_CHOSEN = "Choose first whose a file is."


class Unmatched:
    """A list of people beside each file that has no owner; there is nothing to see where there is no such file."""

    def __init__(self, desk: Desk, outcome: Outcome, lesson: Any, then: Callable[[], None]) -> None:
        self._desk, self._lesson, self._then = desk, lesson, then
        self._people: list[tuple[str, str]] = parts.people([])
        self.whose: dict[str, Any] = {}
        self.button = desk.button(steps.ASSIGN, self._words, outcome, self._ended)
        self.page = widgets.VBox()
        self.page.add_class("club-inset")

    def know(self, term: Status) -> None:
        """Take in who is in the course."""
        self._people = parts.people(term.people)
        self.look()

    def look(self) -> None:
        """Show the files of the lesson that is chosen."""
        course = self._desk.course
        folder = course.unmatched(str(self._lesson.value)) if course else None
        names = sorted(path.name for path in folder.glob("*.ipynb")) if folder else []
        if names != list(self.whose):
            self.whose = {name: self.whose.get(name) or parts.choice(f"{name} is from", self._people) for name in names}
        for whose in self.whose.values():
            parts.options(whose, self._people)
        head = "1 file needs a name" if len(names) == 1 else f"{len(names)} files need a name"
        last = parts.row(self.button, steps.ASSIGN.does)
        self.page.children = [parts.heading(head, 3), *self.whose.values(), last] if names else []

    def _words(self) -> list[str]:
        pairs = [f"{name}={whose.value}" for name, whose in self.whose.items() if whose.value]
        if not pairs:
            raise GraderError(NOBODY_CHOSEN)
        return [str(self._lesson.value), *(word for pair in pairs for word in ("--assign", pair))]

    def _ended(self, how: Ended) -> None:
        if how.done and all(whose.value for whose in self.whose.values()):
            self._then()  # the button goes away, so the keyboard's place goes on to the next step
