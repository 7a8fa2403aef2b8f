"""Sections as one self-contained HTML page, and the same sections as a notebook."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2

from grader.report.sections import Section

_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    trim_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def page(
    title: str, sections: Sequence[Section], *, over: str = "", under: str = "", private: bool = False, style: str = ""
) -> str:
    """Return a page that asks for nothing from anywhere: no script, no font, no picture of another's."""
    return _TEMPLATES.get_template("page.html").render(
        title=title, sections=sections, over=over, under=under, private=private, style=style
    )


def notebook(title: str, sections: Sequence[Section], *, over: str = "", under: str = "") -> str:
    """Return the same as a notebook: a text cell for each section."""
    first = "\n\n".join(part for part in (f"# {title}", over, under) if part)
    texts = [first, *(f"## {section.heading}\n\n{section.body}" for section in sections)]
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": f"section-{place:02d}", "metadata": {}, "source": text}
        for place, text in enumerate(texts)
    ]
    made = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
