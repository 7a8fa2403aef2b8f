"""What the rules look at: a lesson folder, read as far as it can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from grader.lesson import answers as answer_reader
from grader.lesson import cells as cell_reader
from grader.lesson import front as front_reader
from grader.lesson.answers import KnownAnswer
from grader.lesson.cells import Cell, without_mark_scheme
from grader.lesson.problem import Problem
from grader.lesson.prose_page import Block, blocks
from grader.lesson.read import Lesson, fill, inspect
from grader.lesson.read import texts as read_texts

_CARD = re.compile(r"\{\{data_card(?::[\w-]+)?\}\}")


@dataclass(frozen=True)
class Passage:
    """One Markdown cell of the lesson: where it is, its text with figures filled in, and its blocks.

    Data cards are left out: they belong to their data package.
    """

    place: str
    raw: str
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Subject:
    """A lesson folder under check. `whole` says that lesson.md and checks.py could both be read and joined."""

    lesson: Lesson
    texts: Mapping[str, str]
    answers: tuple[KnownAnswer, ...]
    passages: tuple[Passage, ...]
    notes: str
    notes_front: Mapping[str, Any]
    whole: bool

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of lesson.md."""
        return self.lesson.cells


def look(folder: Path) -> tuple[Subject, list[Problem]]:
    """Return what there is to check in a folder, and what could not be read."""
    lesson, problems = inspect(folder)
    texts, _ = read_texts(folder)  # what is not UTF-8 was said above
    whole = lesson is not None
    if lesson is None:
        lesson = _without_checks(folder, texts.get("lesson.md", ""))
    answers, found = answer_reader.read(texts.get("answers.md", ""))
    notes_front, notes, notes_found = _notes(texts.get("facilitator.md", ""))
    passages = tuple(_passage(cell, lesson.figures) for cell in lesson.cells if cell.role in ("prose", "task"))
    subject = Subject(lesson, texts, tuple(answers), passages, notes, notes_front, whole)
    return subject, [*problems, *found, *notes_found]


def _without_checks(folder: Path, text: str) -> Lesson:
    """Return the lesson as far as its page goes, where there are no checks that can be read."""
    head, rest = front_reader.split(text)
    front, _ = front_reader.read(head, "lesson.md")
    cells, _ = cell_reader.read(rest, "lesson.md")
    return Lesson(folder, front, tuple(cells), {}, {}, {})


def _notes(text: str) -> tuple[Mapping[str, Any], str, list[Problem]]:
    head, rest = front_reader.split(text)
    try:
        data = yaml.safe_load(head) or {}
    except yaml.YAMLError as trouble:
        what = f"It is not YAML: {str(trouble).splitlines()[0]}."
        return (
            {},
            rest,
            [Problem("facilitator.md", "front matter", what, "Mend the lines between the two --- at the top.")],
        )
    return (data if isinstance(data, dict) else {}), rest, []


def _passage(cell: Cell, figures: Mapping[str, str]) -> Passage:
    text = without_mark_scheme(_CARD.sub("", fill(cell.source, {"who_can_see": "", **figures})))
    return Passage(cell.place, cell.source, text, tuple(blocks(text)))


def start(text: str, length: int = 50) -> str:
    """Return the first words of a text in quote marks: enough to find it again."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= length else f'"{line[:length].rsplit(" ", 1)[0]} ..."'
