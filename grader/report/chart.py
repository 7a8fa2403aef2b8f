"""A bar chart as one small picture, with words for who cannot see it and its numbers in a folded table."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, TOP = 340, 30, 34  # narrow, so that its text stays readable on a telephone
LABEL, END = 96, 34
BLUE, INK = "#12436D", "#0b0c0c"


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length, and its length in words."""

    name: str
    length: float
    words: str


def picture(title: str, bars: Sequence[Bar]) -> str:
    """Return the chart as SVG text."""
    longest = max((bar.length for bar in bars), default=0) or 1
    room = WIDTH - LABEL - END
    parts = [f'<text x="0" y="16" font-weight="bold">{html.escape(title)}</text>']
    for place, bar in enumerate(bars):
        top = TOP + place * ROW
        length = room * bar.length / longest
        parts.append(
            f'<text x="{LABEL - 8}" y="{top + 16}" text-anchor="end">{html.escape(bar.name)}</text>'
            f'<rect x="{LABEL}" y="{top}" width="{length:.1f}" height="{ROW - 8}" fill="{BLUE}"/>'
            f'<text x="{LABEL + length + 6:.1f}" y="{top + 16}">{html.escape(bar.words)}</text>'
        )
    height = TOP + len(bars) * ROW
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="Arial, Helvetica, sans-serif" font-size="13" fill="{INK}">'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>'
    )


def figure(title: str, alt: str, headings: tuple[str, str], bars: Sequence[Bar]) -> str:
    """Return the chart as HTML: the picture, its words as alt text and caption, its numbers folded."""
    data = base64.b64encode(picture(title, bars).encode()).decode("ascii")
    rows = "".join(
        f'<tr><th scope="row">{html.escape(bar.name)}</th><td>{html.escape(bar.words)}</td></tr>' for bar in bars
    )
    head = "".join(f'<th scope="col">{html.escape(heading)}</th>' for heading in headings)
    return (
        f'<figure><img alt="{html.escape(alt)}" src="data:image/svg+xml;base64,{data}">'
        f"<figcaption>{html.escape(alt)}</figcaption>"
        f"<details><summary>The numbers in this chart</summary>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details></figure>"
    )
