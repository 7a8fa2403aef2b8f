"""A button that asks once more before it does what cannot be undone."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as widgets

from grader.errors import GraderError
from grader.panel import parts
from grader.panel.desk import Desk, Then, nothing
from grader.panel.outcome import Outcome
from grader.panel.steps import Step


@dataclass(frozen=True)
class Question:
    """What is asked, the words of the button that says yes, and what the command is then given."""

    text: str
    yes: str
    words: list[str]


class Confirmed:
    """A step with a second button. `ask` gives the question, or raises GraderError where something is not chosen."""

    def __init__(
        self, desk: Desk, step: Step, ask: Callable[[], Question], outcome: Outcome, then: Then = nothing
    ) -> None:
        self._desk, self._step, self._ask, self._outcome, self._then = desk, step, ask, outcome, then
        self._asked: Question | None = None
        self.button, self.yes, self.no = (parts.button(words) for words in (step.button, "Yes", "No, change nothing"))
        self.button.tooltip = step.does
        self.question = widgets.HTML()
        self.buttons = widgets.HBox([self.yes, self.no])
        self.buttons.add_class("club-row")
        self.buttons.layout.display = "none"
        self.button.on_click(lambda _: self._press())
        self.yes.on_click(lambda _: self._answer(True))
        self.no.on_click(lambda _: self._answer(False))
        self.page = widgets.VBox([parts.row(self.button, step.does), self.question, self.buttons])

    def _press(self) -> None:
        if not self._desk.free(self._outcome):
            return
        try:
            self._asked = self._ask()
        except GraderError as problem:
            self._outcome.say(f"Not done: {self._step.button}.", str(problem))
            return
        self._outcome.clear()
        self.yes.description = self._asked.yes
        self.question.value = (
            f'<div role="status" class="club-said"><p><b>Are you sure?</b> {html.escape(self._asked.text)}</p></div>'
        )
        self.buttons.layout.display = ""

    def anew(self) -> None:
        """Take back what is asked: the answer would be about another course."""
        self._asked, self.question.value, self.buttons.layout.display = None, "", "none"

    def _answer(self, yes: bool) -> None:
        if (asked := self._asked) is None or (yes and not self._desk.free(self._outcome)):
            return
        self.button.focus()  # the two buttons go away, so the keyboard's place goes back
        self.anew()
        if yes:
            self._desk.alone()
            self._desk.press(self._step, lambda: asked.words, self._outcome, self._then)
        else:
            self._outcome.say(f"Not done: {self._step.button}.", "Nothing was changed.")
