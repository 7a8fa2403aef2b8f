"""The week: release, collect, mark, feedback and report, for the lesson that is chosen."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from grader.panel import parts, steps, titles
from grader.panel.desk import Desk
from grader.panel.outcome import Outcome
from grader.panel.running import Ended
from grader.panel.unmatched import Unmatched

if TYPE_CHECKING:  # it brings nbgrader, which takes seconds
    from grader.course.status import Status

NO_SOURCE = "Say first where the work is: type a folder or a zip above, or choose files."


class Week:
    """The group that is used every week. `page` is the widget to show."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.outcome = desk, Outcome()
        self.lesson = parts.choice("Lesson", titles.choices(desk.course))
        self.due = parts.day("Day the work is due (may stay blank)")
        self.source = parts.Source(
            "Where the work is",
            "such as Downloads/returned.zip",
            ".ipynb,.zip,.csv,.xlsx,.txt,.json",
            "Or choose files",
            several=True,
        )
        self.in_room = parts.tick("Show the report with names, for you alone")
        self._fresh = True
        mark = self._row(steps.MARK, self._of_lesson)
        self.unmatched = Unmatched(desk, self.outcome, self.lesson, then=mark.children[0].focus)
        self.lesson.observe(self._chosen, names="value")
        self.page = widgets.VBox(
            [
                parts.heading("This week"),
                self.lesson,
                parts.heading("Before lunch", 3),
                self.due,
                self._row(steps.RELEASE, self._release, self._released),
                parts.heading("After lunch", 3),
                self.source.page,
                self._row(steps.COLLECT, self._collect, self._collected),
                self.unmatched.page,
                mark,
                self._row(steps.FEEDBACK, self._of_lesson),
                self.in_room,
                self._row(steps.REPORT, self._report),
                self.outcome.page,
            ]
        )

    def _row(self, step: steps.Step, *how: Any) -> Any:
        words, *then = how
        return parts.row(self._desk.button(step, words, self.outcome, *then), step.does)

    def know(self, term: Status) -> None:
        """Take in how far the term is. At first the lesson whose turn it is comes up; later none comes up unasked."""
        fresh = self._fresh and not self._desk.busy  # a step that was pressed meanwhile is for the lesson in sight
        parts.options(self.lesson, titles.choices(self._desk.course))
        if fresh:
            self.lesson.value, _ = term.turn([name for _, name in self.lesson.options])
        self._fresh = False
        self.unmatched.know(term)

    def anew(self) -> None:
        """Begin with another course: nobody has chosen a lesson in it yet."""
        parts.options(self.lesson, choices := titles.choices(self._desk.course))
        self.lesson.value = choices[min(1, len(choices) - 1)][1]  # lesson 0 is for people's own start
        self._fresh, self.due.value = True, None
        self.source.clear()
        self.outcome.clear()

    def _chosen(self, _: Any) -> None:
        self._fresh = False
        self.unmatched.look()

    def _of_lesson(self) -> list[str]:
        return [str(self.lesson.value)]

    def _release(self) -> list[str]:
        return [*self._of_lesson(), *(["--due", str(self.due.value)] if self.due.value else [])]

    def _released(self, how: Ended) -> None:
        if how.done:
            self.due.value = None

    def _collect(self) -> list[str]:
        place = self.source.given(self._desk.place.state / "chosen", NO_SOURCE)
        return [*self._of_lesson(), "--from", str(place)]

    def _collected(self, how: Ended) -> None:
        shutil.rmtree(self._desk.place.state / "chosen", ignore_errors=True)  # what was collected is in the course now
        if how.done:
            self.source.clear()

    def _report(self) -> list[str]:
        return [*self._of_lesson(), *(["--in-room"] if self.in_room.value else [])]
