"""The panel itself: what to choose, a button for each step with what it will do, and what it did."""

from __future__ import annotations

import asyncio
import html
import shutil
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from grader.course import folder as folders
from grader.course import lessons
from grader.course.folder import Course
from grader.lesson.read import folders as lesson_folders
from grader.panel.running import Ended, run
from grader.panel.steps import STEPS, Asked, Step

WIDE = {"description_width": "initial"}
BUSY = "Working: {button}. You can go on reading; wait with the other buttons."
READY = "Ready. Choose a lesson, then press a button."
NO_SOURCE = "Say first where the work is: type a folder or a zip above, or choose files."


def panel(course: str | None = None) -> Any:
    """Show the control panel of the course in this folder, or of the one named."""
    return Panel(folders.find(course)).page


class Panel:
    """One course's panel. `page` is the widget to show."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.lesson = widgets.Dropdown(
            options=_choices(course),
            description="Lesson",
            style=WIDE,
            layout=widgets.Layout(width="40em", max_width="100%"),
        )
        self.source = widgets.Text(
            description="Where the work is",
            placeholder="a folder or a zip file",
            style=WIDE,
            layout=widgets.Layout(width="40em", max_width="100%"),
        )
        self.files = widgets.FileUpload(
            multiple=True,
            accept=".ipynb,.zip,.csv",
            description="Or choose files",
            layout=widgets.Layout(width="15em"),
        )
        self.in_room = widgets.Checkbox(description="Report with names, for you alone", indent=False)
        self.bar = widgets.IntProgress(description="Done", layout=widgets.Layout(max_width="40em"))
        self.bar.layout.display = "none"
        self.said = widgets.HTML(_status(READY))
        self.shown = widgets.HTML()
        self.buttons = [self._button(step) for step in STEPS]
        rows = [
            widgets.HBox([button, widgets.HTML(html.escape(step.does), layout=widgets.Layout(flex="1 1 20em"))])
            for button, step in zip(self.buttons, STEPS, strict=True)
        ]
        choices = [self.lesson, self.source, self.files, self.in_room]
        self.page = widgets.VBox([*choices, *rows, self.bar, self.said, self.shown])
        self.chosen = course.state / "chosen"
        self.task: asyncio.Task[None] | None = None

    def _button(self, step: Step) -> Any:
        made = widgets.Button(description=step.button, tooltip=step.does, layout=widgets.Layout(width="15em"))
        made.on_click(lambda _: self.press(step))
        return made

    def press(self, step: Step) -> None:
        """Start a step, unless one runs already or something is not chosen yet."""
        if self.task is not None and not self.task.done():
            return
        source = self._source()
        if step.needs_source and not source:
            self.said.value = _status(NO_SOURCE)
            return
        asked = Asked(self.lesson.value, source, self.in_room.value)
        self.task = asyncio.get_running_loop().create_task(self._run(step, asked))

    async def _run(self, step: Step, asked: Asked) -> None:
        # Buttons are not disabled meanwhile: that would lose the keyboard's place. A press does nothing then.
        self.said.value = _status(BUSY.format(button=step.button))
        self.shown.value = ""
        try:
            ended = await run(self.course.folder, [*step.words(asked), "--course", str(self.course.folder)], self._far)
        except OSError as problem:
            ended = Ended(False, f"It could not be started: {problem.strerror}.")
        self.said.value = _status(f"{'Done' if ended.done else 'Not done'}: {step.button}.", ended.text)
        if step.needs_source:
            shutil.rmtree(self.chosen, ignore_errors=True)  # what was collected is in the course now
        if ended.done and step.name == "report":
            self.shown.value = _page(ended.text)
        self.bar.layout.display = "none"

    def _far(self, done: int, of: int) -> None:
        self.bar.layout.display = ""
        self.bar.max, self.bar.value = max(of, 1), done
        self.bar.description = f"{done} of {of}"

    def _source(self) -> str:
        """Return what was typed, else the folder where chosen files were put."""
        if self.source.value.strip():
            return str(self.source.value.strip())
        if not self.files.value:
            return ""
        self.chosen.mkdir(parents=True, exist_ok=True)
        for file in self.files.value:
            (self.chosen / Path(file["name"]).name).write_bytes(bytes(file["content"]))
        return str(self.chosen)


def _choices(course: Course) -> list[tuple[str, str]]:
    """Return the lessons by title, and any other assignment of the course by name."""
    ours = [folder.name for folder in lesson_folders()]
    others = [name for name in lessons.names(course) if name not in ours]
    return [(_title(name), name) for name in (*ours, *others)]


def _title(name: str) -> str:
    """Return a lesson's number and title, as people say them."""
    number, _, rest = name.partition("-")
    words = rest.replace("-", " ")
    return f"{int(number)}. {words[:1].upper()}{words[1:]}" if number.isdecimal() and words else name


def _status(line: str, rest: str = "") -> str:
    """Write what happened so that a screen reader says it."""
    more = f'<pre style="white-space:pre-wrap;font-size:1em">{html.escape(rest)}</pre>' if rest else ""
    return f'<div role="status" style="max-width:60em"><p><b>{html.escape(line)}</b></p>{more}</div>'


def _page(text: str) -> str:
    """Show the report's page inside this one."""
    paths = [line.partition("Report: ")[2] for line in text.splitlines() if line.startswith("Report: ")]
    if not paths or not Path(paths[0]).is_file():
        return ""
    page = html.escape(Path(paths[0]).read_text(encoding="utf-8"), quote=True)
    return (
        f'<iframe title="The report" sandbox srcdoc="{page}" style="width:100%;height:40em;border:1px solid"></iframe>'
    )
