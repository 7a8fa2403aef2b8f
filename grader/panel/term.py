"""The term: how far it is, its report, its marks as a table, and its end."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets

from grader.course import settings
from grader.errors import GraderError
from grader.panel import parts, steps, titles
from grader.panel.confirm import Confirmed, Question
from grader.panel.desk import Desk
from grader.panel.outcome import Outcome
from grader.panel.running import Ended

if TYPE_CHECKING:  # it brings nbgrader, which takes seconds
    from grader.course.status import LessonStatus, Status

NO_TABLE = "Say first where to save it: a name that ends in .xlsx or .csv."


class Term:
    """The group about the whole term. `page` is the widget to show; `look` reads the course anew."""

    def __init__(self, desk: Desk, look: Callable[[], None], closed: Callable[[], None]) -> None:
        self._desk, self._closed, self.outcome = desk, closed, Outcome()
        self.far = widgets.HTML()
        self.table = parts.text("Where to save the marks", "such as marks.xlsx")
        self.names = parts.tick("Save them with names and e-mails, not ids alone")
        again = parts.button(steps.STATUS.button, steps.STATUS.does)
        again.on_click(lambda _: look())
        report = desk.button(steps.TERM, list, self.outcome)
        export = desk.button(steps.EXPORT, self._export, self.outcome)
        self.archive = Confirmed(desk, steps.ARCHIVE, self._ask, self.outcome, self._ended)
        self.page = widgets.VBox(
            [
                parts.heading("The term"),
                self.far,
                parts.row(again, steps.STATUS.does),
                parts.row(report, steps.TERM.does),
                self.table,
                self.names,
                parts.row(export, steps.EXPORT.does),
                self.archive.page,
                self.outcome.page,
            ]
        )

    def know(self, term: Status) -> None:
        """Take in how far the term is."""
        items = "".join(f"<li>{html.escape(_line(row))}</li>" for row in term.lessons)
        self.far.value = f"<ul>{items}</ul>" if items else "<p>Nothing is released yet.</p>"

    def anew(self) -> None:
        """Begin with another course."""
        folder = "Documents/" if (Path.home() / "Documents").is_dir() else ""
        self.table.value = f"{folder}{self._desk.place.name}-marks-{date.today()}.xlsx"
        self.archive.anew()
        self.outcome.clear()

    def _export(self) -> list[str]:
        where = str(self.table.value).strip().strip("\"'")
        if not where:
            raise GraderError(NO_TABLE)
        return [str(Path.home() / Path(where).expanduser()), *(["--names"] if self.names.value else [])]

    def _ask(self) -> Question:
        text = (
            f"This removes everybody's work, marks, pages and names from {self._desk.place.name}, and keeps only "
            "counts. It cannot be undone. Save the marks first if you need them."
        )
        return Question(text, f"Yes, close {self._desk.place.name}", ["--yes"])

    def _ended(self, how: Ended) -> None:
        if how.done:
            self._closed()


def _line(row: LessonStatus) -> str:
    """Return how far one lesson is, as a sentence."""
    name = titles.title(row.name) + (f", {settings.day(row.day)}" if row.day else "")
    if not row.released:
        return f"{name}: not released yet."
    if not row.handed_in:
        return f"{name}: released; nothing handed in yet."
    counts = f"{row.handed_in} handed in, {row.marked} marked, {row.feedback} with feedback"
    looks = [
        f"{number} {what}"
        for number, what in (
            (row.looks, "to look at"),
            (row.unmatched, "without a name"),
            (row.waiting, "with written answers to mark"),
        )
        if number
    ]
    return f"{name}: {counts}{'; ' + ', '.join(looks) if looks else ''}."
