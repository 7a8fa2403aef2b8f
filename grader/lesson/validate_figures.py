"""Figures are computed, never typed: in prose they are {{names}}, in messages f-strings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.lesson.problem import Problem
from grader.lesson.prose_page import blocks
from grader.lesson.validate_messages import every_message
from grader.lesson.validate_subject import Subject, start

STANDARD = ("who_can_see", "data_card")
ALLOWED = frozenset({"10", "100", "1,000", "10,000", "100,000", "100%", "0%", "50%", "365", "360", "999", "112", "101"})
_FIGURE = re.compile(r"(?<![\w.,/#])£?\d(?:[\d,]*\d)?(?:\.\d+)?%?(?![\w/])")
_COUNT = re.compile(
    r"(?<![\w.,/#£])\d\d(?= (?:rows|columns|records|entries|blanks|times|names|rescues|animals|people|payments|trusts|employers|councils|crashes)\b)"
)  # small counts of what is in a file
_NAME = re.compile(r"\{\{([^{}]*)\}\}")


def typed_figures(subject: Subject) -> Iterator[Problem]:
    """No number of 3 figures or more, with a comma or a % sign, and no count of what is in a file, is typed in the prose."""
    for passage in subject.passages:
        for block in blocks(_NAME.sub("x", passage.raw)):
            texts = [block.text, *(cell for row in block.rows for cell in row)] if block.kind != "code" else []
            for text in texts:
                for figure in _figures(text):
                    yield Problem(
                        "lesson.md",
                        start(text),
                        f"The figure {figure} is typed.",
                        "Compute it in FIGURES in checks.py and write {{its_name}} here.",
                    )


def typed_in_messages(subject: Subject) -> Iterator[Problem]:
    """No such number is typed in the messages of checks.py."""
    try:
        tree = ast.parse(subject.texts.get("checks.py", ""))
    except SyntaxError:
        return
    kept = {
        id(node)
        for call in ast.walk(tree)
        if isinstance(call, ast.keyword) and call.arg == "worked"
        for node in ast.walk(call.value)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and type(node.value) is str
            and id(node) not in kept
            and " " in node.value.strip()
        ):
            for figure in _figures(re.sub(r"`[^`]*`", "x", node.value)):
                yield Problem(
                    "checks.py",
                    f"line {node.lineno}",
                    f"The figure {figure} is typed.",
                    'Compute it: f"{len(table):,} rows".',
                )


def typed_in_notes(subject: Subject) -> Iterator[Problem]:
    """In the facilitator's notes a figure is one that FIGURES or a message gives, so that it is checked."""
    if not subject.whole:
        return
    said = [text for exercise in subject.lesson.exercises.values() for _, text in every_message(exercise)]
    given = {number for text in (*subject.lesson.figures.values(), *said) for number in _FIGURE.findall(text)}
    given |= {number.strip("£%") for number in given}
    for block in blocks(_NAME.sub("x", subject.notes)):
        for text in [block.text] if block.kind not in ("code", "table") else []:  # a table shows rows as they are
            for figure in _figures(text):
                if figure.strip("£%") not in given:
                    yield Problem(
                        "facilitator.md",
                        start(text),
                        f"The figure {figure} is not in FIGURES or in a message.",
                        "Add it to FIGURES in checks.py, computed, and it is checked from then on.",
                    )


def unknown_figures(subject: Subject) -> Iterator[Problem]:
    """Each {{name}} on the page has a value."""
    packages = {entry.split("/")[0] for entry in subject.lesson.front.data}
    known = {*STANDARD, *subject.lesson.figures, *(f"data_card:{package}" for package in packages)}
    for cell in subject.cells:
        for name in dict.fromkeys(_NAME.findall(cell.source)):
            if name not in known and subject.whole:
                yield Problem(
                    "lesson.md",
                    cell.place,
                    f"{{{{{name}}}}} has no value.",
                    "Add it to FIGURES in checks.py, or check its spelling.",
                )


def _figures(text: str) -> list[str]:
    """Return the figures in a text that should have been computed."""
    found = [figure for figure in _FIGURE.findall(text) if _is_figure(figure) and not _is_year(figure)]
    return [figure for figure in (*found, *_COUNT.findall(text)) if figure not in ALLOWED]


def _is_figure(text: str) -> bool:
    return "," in text or text.endswith("%") or len(re.sub(r"\D", "", text.split(".")[0])) >= 3


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:1[6-9]|20)\d\d", text) is not None
