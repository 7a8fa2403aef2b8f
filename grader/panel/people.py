"""Who is in the course: people who join, and one who is to be forgotten."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets

from grader.errors import GraderError
from grader.panel import parts, steps
from grader.panel.confirm import Confirmed, Question
from grader.panel.desk import Desk
from grader.panel.outcome import Outcome
from grader.panel.running import Ended

if TYPE_CHECKING:  # it brings nbgrader, which takes seconds
    from grader.course.status import Status

NO_LIST = "Say first who joins: type the path of a list above, or choose one."


class ListOfPeople(parts.Source):
    """A list of people, as a CSV file."""

    def __init__(self, label: str, choose: str) -> None:
        super().__init__(label, "such as Documents/names.csv", ".csv", choose, several=False)

    def file(self, place: Path, missing: str = "") -> Path | None:
        """Return the list that was typed or chosen."""
        found = self.given(place, missing)
        return next(place.iterdir()) if found == place else found


class People:
    """The group about people. `page` is the widget to show."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.outcome = desk, Outcome()
        self.roster = ListOfPeople("List of people who join", "Or choose who joins")
        self.learner = parts.choice("Person to forget", parts.people([]))
        add = desk.button(steps.ADD, self._add, self.outcome, self._added)
        self.forget = Confirmed(desk, steps.FORGET, self._ask, self.outcome)
        self.page = widgets.VBox(
            [
                parts.heading("The people"),
                self.roster.page,
                parts.row(add, steps.ADD.does),
                self.learner,
                self.forget.page,
                self.outcome.page,
            ]
        )

    def know(self, term: Status) -> None:
        """Take in who is in the course."""
        parts.options(self.learner, parts.people(term.people))

    @property
    def _place(self) -> Path:
        return self._desk.place.state / "joining"

    def _add(self) -> list[str]:
        return ["--roster", str(self.roster.file(self._place, NO_LIST))]

    def _added(self, how: Ended) -> None:
        shutil.rmtree(self._place, ignore_errors=True)
        if how.done:
            self.roster.clear()

    def _ask(self) -> Question:
        id = str(self.learner.value)
        if not id:
            raise GraderError("Choose first who is to be forgotten.")
        text = f"This removes everything of {id} from this course: work, marks and pages. It cannot be brought back."
        return Question(text, f"Yes, forget {id}", [id, "--yes"])

    def anew(self) -> None:
        """Begin with another course."""
        self.roster.clear()
        self.forget.anew()
        self.outcome.clear()
