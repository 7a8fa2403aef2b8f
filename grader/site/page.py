"""One lesson as a page: the notebook that learners get, read without running anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.checks.expect import Number, Several
from grader.data.package import load
from grader.lesson.notebook import release_notebook
from grader.lesson.read import Lesson
from grader.site import html
from grader.site.html import Heading
from grader.site.worked import Shown, role, worked

LEFT_OUT = "…"  # stands for a number that is an answer to an exercise
LEFT_OUT_WORDS = f"{LEFT_OUT} stands for a number that an exercise asks you for."
STAND_IN = "In the notebook you move this yourself. Here is what it says at a few settings."


@dataclass(frozen=True)
class Source:
    """A data set that the lesson uses, as the page credits it."""

    title: str
    publisher: str
    homepage: str
    licence: str
    licence_url: str


@dataclass(frozen=True)
class Page:
    """What a lesson's page is made of."""

    name: str
    number: int
    title: str
    question: str
    idea: str
    minutes: int
    words: tuple[str, ...]
    sources: tuple[Source, ...]
    contents: tuple[Heading, ...]
    body: str


def page(lesson: Lesson) -> Page:
    """Return a lesson's page, with what its worked cells show."""
    notebook = release_notebook(lesson)
    outputs = worked(lesson, notebook)
    secrets = _secrets(lesson, notebook)
    parts: list[str] = []
    headings: list[Heading] = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            made, found = html.markdown(_without_title(cell["source"]))
            headings += found
            parts.append(made)
        else:
            parts.append(_code_cell(cell, outputs, secrets))
    front = lesson.front
    return Page(
        name=lesson.name,
        number=front.lesson,
        title=front.title,
        question=front.question,
        idea=front.idea,
        minutes=sum(front.minutes.values()),
        words=front.words,
        sources=sources(lesson),
        contents=tuple(heading for heading in headings if heading.level == 2),
        body="\n".join(part for part in parts if part),
    )


def sources(lesson: Lesson) -> tuple[Source, ...]:
    """Return the data sets of a lesson, each once."""
    packages = [load(name) for name in dict.fromkeys(entry.split("/")[0] for entry in lesson.front.data)]
    return tuple(Source(p.title, p.publisher, p.homepage, p.licence.title, p.licence.url) for p in packages)


def _without_title(source: str) -> str:
    return re.sub(r"\A\s*# .*\n?", "", source)


def _code_cell(
    cell: Mapping[str, Any], outputs: Mapping[str, tuple[Shown, ...]], secrets: re.Pattern[str] | None
) -> str:
    """Return a code cell as the page shows it; a check, and what an interactive is made of, are not shown."""
    marks = cell["metadata"].get("nbgrader", {})
    if marks.get("grade"):
        return ""
    if marks.get("solution"):
        return f'<div class="cell starter">\n{html.code(cell["source"], "You start from")}\n</div>'
    kind = role(cell["id"])
    seen = [item for item in outputs.get(cell["id"], ()) if item.html or item.text.strip("'\". \n")]
    inner = [f"<p>{STAND_IN}</p>"] if kind == "interactive" else [html.code(cell["source"], "Run")]
    inner += ['<p class="label">It shows</p>'] if seen and kind != "interactive" else []
    masked = [_masked(item, secrets) for item in seen]
    inner += [html.shown(item) for item in masked]
    inner += [f'<p class="label">{LEFT_OUT_WORDS}</p>'] if masked != seen else []
    return '<div class="cell">\n' + "\n".join(inner) + "\n</div>"


def _masked(item: Shown, secrets: re.Pattern[str] | None) -> Shown:
    """Return what a cell showed without the numbers that are answers; a picture's own code is left alone."""
    if secrets is None:
        return item
    parts = re.split(r'(src="[^"]*")', item.html)
    words = [part if place % 2 else secrets.sub(LEFT_OUT, part) for place, part in enumerate(parts)]
    return Shown("".join(words), secrets.sub(LEFT_OUT, item.text))


def _secrets(lesson: Lesson, notebook: Mapping[str, Any]) -> re.Pattern[str] | None:
    """Return a pattern of the numbers that are answers and that the notebook itself does not print."""
    printed = "\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    texts = {text for exercise in lesson.exercises.values() for text in _numbers(exercise.expect)}
    hidden = sorted(text for text in texts if not re.search(_whole(text), printed))
    return re.compile("|".join(map(_whole, hidden))) if hidden else None


def _numbers(expect: Any) -> set[str]:
    """Return the ways a number that is asked for could be written; small ones are everywhere and say nothing."""
    if isinstance(expect, Several):
        return {text for part in expect.parts.values() for text in _numbers(part)}
    if not isinstance(expect, Number) or (float(expect.value).is_integer() and abs(expect.value) < 100):
        return set()
    rounded = round(expect.value, expect.places if expect.places is not None else 2)
    return {f"{expect.value}", f"{expect.value:,}", f"{rounded}", f"{rounded:,}"}


def _whole(text: str) -> str:
    return rf"(?<![\w,.#]){re.escape(text)}(?!\w|[,.]\d)"
