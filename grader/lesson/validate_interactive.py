"""Rules for the interactive: named controls, a sentence that changes, a stand-in, charts with words (I1, I3, I6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from grader.kernel.interactive import Interactive
from grader.lesson import notebook
from grader.lesson.problem import Problem
from grader.lesson.prose import words
from grader.lesson.read import fill
from grader.lesson.rehearse import Rehearsal
from grader.lesson.validate_subject import Subject

FILE = "interactive.py"
MOST_WORDS, SETTINGS = 4, 3
_TOLD = frozenset({"HTML", "HTMLMath", "Label", "Image", "Output"})  # widgets that show and are not set


def interactive(subject: Subject, rehearsal: Rehearsal) -> Iterator[Problem]:
    """Run the interactive and look at what it gives; `rehearsal` has run the page above it."""
    cells = [cell for cell in subject.cells if cell.role == "interactive"]
    if not cells:
        yield Problem("lesson.md", "", "There is no interactive.", 'Add a cell ```python step="interactive".')
        return
    source = fill(cells[0].source, notebook.standard_figures(subject.lesson))
    shown, trouble = rehearsal.show(f"{subject.lesson.interactive}\n\n{source}")
    if trouble is not None:
        yield Problem(FILE, "", f"It stops with {type(trouble).__name__}: {trouble}.", "Mend it.")
    elif not isinstance(shown, Interactive):
        yield Problem(
            FILE, "", "The cell does not show an Interactive.", "Return Interactive(controls, respond, stand_in)."
        )
    else:
        yield from _controls(shown)
        yield from _sentence(shown)
        yield from _stand_in(shown)


def controls(widget: Any) -> list[Any]:
    """Return the controls inside a widget: what has a value that people set."""
    inside = getattr(widget, "children", None)
    if inside is not None:
        return [control for child in inside for control in controls(child)]
    return [] if not hasattr(widget, "value") or type(widget).__name__ in _TOLD else [widget]


def _name(group: Any) -> str:
    """Return the name of a control, or of one with a box beside it: one name does for both."""
    named = (str(getattr(control, "description", "") or "").strip() for control in controls(group))
    return next((name for name in named if name), "")


def _controls(shown: Interactive) -> Iterator[Problem]:
    for group in shown.box.children[:-1]:
        name = _name(group)
        if controls(group) and not 0 < len(words(name)) <= MOST_WORDS:
            yield Problem(
                FILE, f'control "{name}"', "A control needs a name of 1 to 4 words.", 'Add description="...".'
            )


def _sentence(shown: Interactive) -> Iterator[Problem]:
    """The sentence changes with each control, and a picture in it has a text alternative."""
    for group in shown.box.children[:-1]:
        for control in controls(group)[:1]:
            yield from _changes(shown, control, _name(group))


def _changes(shown: Interactive, control: Any, name: str) -> Iterator[Problem]:
    before, kept = shown.sentence.value, control.value
    others = [value for value in _values(control) if value != kept]
    said = []
    for value in others[:3]:
        control.value = value
        said.append(shown.sentence.value)
    control.value = kept
    if others and all(text == before for text in said):
        what = "The sentence does not change with it."
        yield Problem(FILE, f'control "{name}"', what, "Say in the sentence what the control changes.")
    for text in (before, *said):
        yield from _pictures(text)


def _values(control: Any) -> list[Any]:
    if hasattr(control, "options"):
        return [option[1] if isinstance(option, tuple) else option for option in control.options]
    if hasattr(control, "min"):
        return [control.max, control.min, control.min + (control.max - control.min) // 2]
    return [not control.value] if isinstance(control.value, bool) else []


def _pictures(text: str) -> Iterator[Problem]:
    bare = [tag for tag in re.findall(r"<img\b[^>]*>", text) if not re.search(r'\balt="[^"]+"', tag)]
    bare += [
        tag for tag in re.findall(r"<svg\b[^>]*>", text) if not re.search(r'aria-label="[^"]+"|aria-hidden="true"', tag)
    ]
    if bare:
        yield Problem(
            FILE,
            "",
            "The chart has no text alternative.",
            'Use grader.kernel.chart.finished, or add alt="..." with what it shows.',
        )


def _stand_in(shown: Interactive) -> Iterator[Problem]:
    stand_in = shown.stand_in
    if len(dict.fromkeys(stand_in.sentences)) < SETTINGS:
        yield Problem(
            FILE,
            "stand-in",
            f"It has {len(set(stand_in.sentences))} sentences. The least is {SETTINGS}.",
            "Give the sentence for 3 settings of the control.",
        )
    yield from _pictures(stand_in.picture)
