"""Rules for charts and pictures: a text alternative for each, a title that says something, bars from 0."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.lesson.ladder_tokens import tokens
from grader.lesson.problem import Problem
from grader.lesson.prose import sentences
from grader.lesson.read import fill
from grader.lesson.validate_subject import Subject, start

PAGE, INTERACTIVE = "lesson.md", "interactive.py"
LONGEST, MOST_SENTENCES = 200, 2
DRAWS = frozenset({".plot", ".barh", ".bar", ".hist", ".subplots", ".line", ".scatter"})
_SAYS = re.compile(r"\b(?:chart|histogram|bars?|line|points?|picture|map)\b[^.?!]*", flags=re.IGNORECASE)
_POOR = re.compile(r"\s*(?:an? )?(?:image|picture|photo|chart of a chart)\b", flags=re.IGNORECASE)


def text_alternatives(subject: Subject) -> Iterator[Problem]:
    """Each picture has alt text; what a cell draws is said in words right under it; so is what the interactive draws."""
    yield from _pictures(subject)
    yield from _drawn_cells(subject)
    yield from _in_interactive(subject.texts.get(INTERACTIVE, ""))


def _pictures(subject: Subject) -> Iterator[Problem]:
    for passage in subject.passages:
        texts = [text for block in passage.blocks for text in block.pictures]
        texts += [_alt(tag) for tag in re.findall(r"<img\b[^>]*>", passage.text)]
        for text in texts:
            yield from _alternative(text, PAGE, passage.place)


def _alt(tag: str) -> str:
    found = re.search(r"""\balt=(?:"([^"]*)"|'([^']*)')""", tag)
    return (found[1] or found[2] or "") if found else ""


def _alternative(text: str, file: str, place: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(
            file,
            place,
            "The chart has no text alternative.",
            "Say in 1 or 2 sentences what kind it is, of what, and what it shows.",
        )
    elif len(text) > LONGEST or len(sentences(text)) > MOST_SENTENCES:
        yield Problem(
            file,
            place,
            f"The text alternative has {len(text)} letters in {len(sentences(text))} sentences.",
            f"The most is {LONGEST} letters and {MOST_SENTENCES} sentences.",
        )
    elif _POOR.match(text):
        yield Problem(
            file, place, f"The text alternative starts {start(text, 20)}.", "Start with what it shows: Bars of ..."
        )


def _drawn_cells(subject: Subject) -> Iterator[Problem]:
    """What an example draws is told in the text under it, for those who do not see it."""
    cells = subject.cells
    for place, cell in enumerate(cells):
        if cell.role not in ("example", "run") or not draws(fill(cell.source, subject.lesson.figures)):
            continue
        after = cells[place + 1] if place + 1 < len(cells) else None
        if after is None or after.role != "prose" or not _SAYS.search(after.source):
            yield Problem(
                PAGE,
                cell.place,
                "The chart has no text alternative under it.",
                "Start the text after this cell with what the chart shows: The chart shows ...",
            )


def draws(source: str) -> bool:
    """Say whether a cell draws a chart."""
    try:
        return any(used.token in DRAWS for used in tokens(source))
    except SyntaxError:
        return False


def _in_interactive(source: str) -> Iterator[Problem]:
    try:
        tree = ast.parse(source)
    except SyntaxError as trouble:
        yield Problem(
            INTERACTIVE, f"line {trouble.lineno}", f"Python cannot read it: {trouble.msg}.", "Mend that line."
        )
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) == "finished":
            given = [word.value for word in node.keywords if word.arg == "alt"] or node.args[1:2]
            text = given[0] if given else ast.Constant("")
            if isinstance(text, ast.Constant):
                yield from _alternative(str(text.value or ""), INTERACTIVE, f"line {node.lineno}")
        elif isinstance(node, ast.Constant) and type(node.value) is str:
            for tag in re.findall(r"<img\b[^>]*>?", node.value):
                if "alt=" not in tag:
                    yield from _alternative("", INTERACTIVE, f"line {node.lineno}")


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
