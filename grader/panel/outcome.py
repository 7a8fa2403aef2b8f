"""What a button did: how far it is, what was said, and the page that was made."""

from __future__ import annotations

import html
import re
from pathlib import Path

import ipywidgets as widgets

from grader.panel.running import Ended
from grader.panel.steps import Step

_PAGE = re.compile(r"(?:Report|Closed. What is kept): (.+\.html)")


class Outcome:
    """The place under a group of buttons that says what they do and did. `page` is the widget to show."""

    def __init__(self) -> None:
        self.bar = widgets.IntProgress(description="Done", tooltip="", layout=widgets.Layout(width="min(40em, 100%)"))
        self.bar.layout.display = "none"
        self.said = widgets.HTML()
        self.shown = widgets.HTML()
        self.page = widgets.VBox([self.bar, self.said, self.shown])

    def say(self, line: str, rest: str = "") -> None:
        """Say one line, so that a screen reader says it too, and more under it."""
        self._write(line, html.escape(rest))

    def link(self, line: str, address: str, words: str) -> None:
        """Say one line, with a link that opens beside this page."""
        made = f'<a href="{html.escape(address, quote=True)}" target="_blank" rel="noopener">{html.escape(words)}</a>'
        self._write(line, made)

    def _write(self, line: str, more: str) -> None:
        told = f'<div class="club-told">{more}</div>' if more else ""
        self.said.value = f'<div role="status" class="club-said"><p><b>{html.escape(line)}</b></p>{told}</div>'

    def working(self, step: Step) -> None:
        """Say that a step has begun."""
        self.shown.value = ""
        self.say(f"Working: {step.button}. You can go on reading; wait with the other buttons.")

    def far(self, done: int, of: int) -> None:
        """Show how far a step is."""
        self.bar.layout.display = ""
        self.bar.max, self.bar.value = max(of, 1), done
        self.bar.description = f"{done} of {of}"

    def ended(self, step: Step, how: Ended) -> None:
        """Say what a step did, and show the page it made."""
        self.bar.layout.display = "none"
        self.say(f"{'Done' if how.done else 'Not done'}: {step.button}.", how.text)
        found = _PAGE.search(how.text) if how.done else None
        self.shown.value = _framed(Path(found[1])) if found and Path(found[1]).is_file() else ""

    def take(self, other: Outcome) -> None:
        """Show what another place showed, and leave that one empty."""
        self.said.value, self.shown.value = other.said.value, other.shown.value
        other.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.said.value = self.shown.value = ""


def _framed(path: Path) -> str:
    page = html.escape(path.read_text(encoding="utf-8"), quote=True)
    return f'<iframe title="The page that was made" sandbox srcdoc="{page}"></iframe>'
