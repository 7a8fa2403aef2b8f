"""The example lesson, and how it becomes the start of a new one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from grader.errors import GraderError
from grader.lesson import folders as places
from grader.lesson import front as front_reader
from grader.lesson import read
from grader.lesson.read import Lesson

FOLDER = Path(__file__).parent / "template"
NUMBER = 14  # the example's own lesson number
_NAME = re.compile(r"(\d{2})-[a-z0-9]+(?:-[a-z0-9]+)*")


def lesson() -> Lesson:
    """Return the example lesson."""
    return _lesson()


@cache
def _lesson() -> Lesson:
    return read.lesson(str(FOLDER))


def notes() -> str:
    """Return the example's notes for the facilitator, without their front matter."""
    return front_reader.split((FOLDER / "facilitator.md").read_text(encoding="utf-8"))[1]


def copy(name: str, root: Path | None = None) -> Path:
    """Start a lesson folder as a copy of the example, with its own number, and return it."""
    root = root or places.ROOT
    found = _NAME.fullmatch(name)
    if not found:
        raise GraderError(
            f'"{name}" is not a name for a lesson folder.',
            todo="Use 2 figures and words in small letters, such as 14-our-data.",
        )
    taken = next((folder for folder in places.folders(root) if folder.name[:2] == found[1]), None)
    if taken:
        raise GraderError(f"Lesson {int(found[1])} is there already: {taken.name}.", todo="Take the next free number.")
    number, folder = int(found[1]), root / name
    folder.mkdir(parents=True)
    for path in sorted(FOLDER.iterdir()):
        if path.is_file():
            (folder / path.name).write_text(_renumbered(path.read_text(encoding="utf-8"), number), encoding="utf-8")
    return folder


def _renumbered(text: str, number: int) -> str:
    text = re.sub(rf"^lesson: {NUMBER}$", f"lesson: {number}", text, flags=re.MULTILINE)
    return re.sub(rf"\b{NUMBER}\.(\d)\b", rf"{number}.\1", text)
