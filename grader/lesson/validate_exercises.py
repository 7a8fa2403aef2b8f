"""Rules for exercises and data cards on the page: a number, a task, a card for each data package (S7, S9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.lesson.problem import Problem
from grader.lesson.prose import sentences
from grader.lesson.prose_page import blocks
from grader.lesson.validate_subject import Subject

PAGE, MOST_TASK_SENTENCES = "lesson.md", 3


def exercises(subject: Subject) -> Iterator[Problem]:
    """S7: an exercise has a heading with its number, and a task of 1 to 3 sentences."""
    before: list[str] = []
    numbers: dict[str, str] = {}
    for cell in subject.cells:
        if cell.role in ("prose", "task"):
            before.append(cell.source)
        elif cell.role == "exercise":
            yield from _exercise("\n\n".join(before), cell.name, subject)
            if cell.number and numbers.setdefault(cell.number, cell.name) != cell.name:
                yield Problem(
                    PAGE,
                    f"exercise {cell.name}",
                    f"Its number, {cell.number}, is also that of {numbers[cell.number]}.",
                    "Give it a heading of its own, with the next number.",
                )
            if cell.number and cell.number.split(".")[0] != str(subject.lesson.front.lesson):
                yield Problem(
                    PAGE,
                    f"exercise {cell.name}",
                    f"Its number, {cell.number}, is not one of lesson {subject.lesson.front.lesson}.",
                    "Start it with the lesson's number.",
                )
        if cell.role not in ("prose", "task"):
            before = []


def _exercise(text: str, name: str, subject: Subject) -> Iterator[Problem]:
    task = re.split(r"^### .*$", text, flags=re.MULTILINE)[-1]
    count = sum(len(sentences(block.text)) for block in blocks(task) if block.kind in ("paragraph", "quote"))
    if not count:
        yield Problem(
            PAGE, f"exercise {name}", "There is no task above its cell.", "Say in 1 to 3 sentences what to do."
        )
    if count > MOST_TASK_SENTENCES:
        yield Problem(
            PAGE,
            f"exercise {name}",
            f"The task has {count} sentences. The most is {MOST_TASK_SENTENCES}.",
            "Move what is not the task above the heading, or cut it.",
        )


def data_cards(subject: Subject) -> Iterator[Problem]:
    """S9: each data package has its card on the page."""
    text = "\n".join(passage.raw for passage in subject.passages)
    packages = dict.fromkeys(entry.split("/")[0] for entry in subject.lesson.front.data)
    for place, package in enumerate(packages):
        marks = [f"{{{{data_card:{package}}}}}"] + (["{{data_card}}"] if place == 0 else [])
        if not any(mark in text for mark in marks):
            yield Problem(
                PAGE, f"data {package}", "Its data card is not on the page.", f"Put {marks[-1]} where it should stand."
            )
