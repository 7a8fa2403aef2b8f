"""What is needed now and then: written answers to mark by hand, and a mistake of ours to put right."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from grader.panel import parts, steps
from grader.panel.desk import Desk
from grader.panel.formgrader import Formgrader
from grader.panel.outcome import Outcome


class Care:
    """The group for the lesson that is chosen above. `page` is the widget to show."""

    def __init__(self, desk: Desk, lesson: Any) -> None:
        self.outcome = Outcome()
        self.formgrader = Formgrader(desk, self.outcome)
        desk.alone = self.formgrader.close
        by_hand = parts.button(steps.FORMGRADER.button, steps.FORMGRADER.does)
        by_hand.on_click(lambda _: self.formgrader.open())
        rows = [
            parts.row(desk.button(step, lambda: [str(lesson.value)], self.outcome), step.does)
            for step in (steps.RELEASE_AGAIN, steps.MARK_AGAIN)
        ]
        self.page = widgets.VBox(
            [
                parts.heading("When something needs you"),
                parts.row(by_hand, steps.FORMGRADER.does),
                parts.note("If something in the lesson was put right after it went out, for the lesson chosen above:"),
                *rows,
                self.outcome.page,
            ]
        )

    def anew(self) -> None:
        """Begin with another course."""
        self.outcome.clear()
