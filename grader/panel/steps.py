"""The steps of the week: what each button is called, what it will do, and the command that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """What is chosen in the panel."""

    lesson: str
    source: str = ""  # the folder or zip of what came back
    in_room: bool = False


@dataclass(frozen=True)
class Step:
    """One button. `needs` says what must be chosen before it can do anything."""

    name: str
    button: str
    does: str
    words: Callable[[Asked], list[str]]
    needs_source: bool = False


def _report(asked: Asked) -> list[str]:
    return ["report", asked.lesson, *(["--in-room"] if asked.in_room else [])]


STEPS = (
    Step(
        "release",
        "Release the lesson",
        "Makes the folder and the zip to give out before lunch.",
        lambda asked: ["release", asked.lesson],
    ),
    Step(
        "collect",
        "Collect what came back",
        "Takes the notebooks in from the folder, zip or files that you name above. Nothing there is changed.",
        lambda asked: ["collect", asked.lesson, "--from", asked.source],
        needs_source=True,
    ),
    Step(
        "mark",
        "Mark it",
        "Marks what was collected and not yet marked. Marks that you gave by hand stay.",
        lambda asked: ["mark", asked.lesson],
    ),
    Step(
        "feedback",
        "Write the feedback",
        "Writes a page for each person, and one message for the whole room. It sends nothing by itself.",
        lambda asked: ["feedback", asked.lesson],
    ),
    Step(
        "report",
        "Show the report",
        "Shows how the group did and what to say next week. It holds no names unless you ask for them.",
        _report,
    ),
)
