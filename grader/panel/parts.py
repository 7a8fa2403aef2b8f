"""The controls that the panel is made of, each with a label in sight."""

from __future__ import annotations

import html
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from grader.course.roster import Learner
from grader.errors import GraderError

LABEL = {"description_width": "initial"}
UNTOLD = ""  # ipywidgets would show "null" over a label that has no tooltip
WIDE = widgets.Layout(width="min(44em, 100%)")
NOBODY = ("Choose a person", "")


def heading(text: str, level: int = 2) -> Any:
    """Return a heading."""
    return widgets.HTML(f"<h{level}>{html.escape(text)}</h{level}>")


def note(text: str = "") -> Any:
    """Return a line to read."""
    return widgets.HTML(f"<p>{html.escape(text)}</p>" if text else "")


def text(label: str, example: str = "") -> Any:
    """Return a box to type in."""
    return widgets.Text(description=label, tooltip=UNTOLD, placeholder=example, style=LABEL, layout=WIDE)


def choice(label: str, options: Sequence[tuple[str, str]]) -> Any:
    """Return a list to choose one from."""
    return widgets.Dropdown(description=label, tooltip=UNTOLD, options=list(options), style=LABEL, layout=WIDE)


def day(label: str) -> Any:
    """Return a box for a day, which may stay blank."""
    return widgets.DatePicker(description=label, tooltip=UNTOLD, style=LABEL, layout=WIDE)


def tick(label: str) -> Any:
    """Return a box to tick."""
    return widgets.Checkbox(description=label, tooltip=UNTOLD, indent=False, layout=WIDE)


def button(words: str, does: str = "") -> Any:
    """Return a button."""
    return widgets.Button(description=words, tooltip=does, layout=widgets.Layout(width="15em"))


def row(pressed: Any, does: str) -> Any:
    """Put what a button will do beside it, or under it where there is no room."""
    made = widgets.HBox([pressed, note(does)])
    made.add_class("club-row")
    return made


def people(learners: Sequence[Learner]) -> list[tuple[str, str]]:
    """Return the people to choose from, by name where they have one; nobody is chosen at first."""
    return [NOBODY, *((f"{one.name} ({one.id})" if one.name else one.id, one.id) for one in learners)]


def options(of: Any, fresh: Sequence[tuple[str, str]]) -> None:
    """Give a list other options and keep what is chosen, where it is still there."""
    if tuple(of.options) != tuple(fresh):
        before = of.value
        of.options = list(fresh)
        of.value = before if before in {value for _, value in fresh} else fresh[0][1]


class Source:
    """Where something is: a path that is typed, or files that are chosen."""

    def __init__(self, label: str, example: str, kinds: str, choose: str, several: bool) -> None:
        self.typed = text(label, example)
        self.files = widgets.FileUpload(
            multiple=several, accept=kinds, description=choose, tooltip=choose, layout=widgets.Layout(width="15em")
        )
        self.chosen = note()
        self.files.observe(self._say, names="value")
        self.page = widgets.VBox([self.typed, self._row()])
        self._label = label

    def _row(self) -> Any:
        made = widgets.HBox([self.files, self.chosen])
        made.add_class("club-row")
        return made

    def _say(self, _: Any) -> None:
        names = [file["name"] for file in self.files.value]
        self.chosen.value = f"<p>Chosen: {html.escape(', '.join(names))}</p>" if names else ""

    def given(self, place: Path, missing: str = "") -> Path | None:
        """Return the path that was typed, or the folder `place` with the chosen files; None where neither is needed."""
        typed = str(self.typed.value).strip().strip("\"'")
        if typed and self.files.value:
            raise GraderError(f"There is a path and there are chosen files under “{self._label}”. Clear the path.")
        if typed:
            return Path.home() / Path(typed).expanduser()
        if self.files.value:
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            for file in self.files.value:
                (place / Path(file["name"]).name).write_bytes(bytes(file["content"]))
            return place
        if missing:
            raise GraderError(missing)
        return None

    def clear(self) -> None:
        """Forget what was typed and chosen."""
        self.typed.value, self.files.value = "", ()
