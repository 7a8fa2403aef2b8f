"""Small pieces of HTML: Markdown, code, tables; each ready for a narrow screen, a keyboard and a screen reader."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from grader.kernel.tables import with_scopes
from grader.site.worked import Shown

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Heading:
    """A heading of a page: its level, its words and its place in the address."""

    level: int
    text: str
    anchor: str


def markdown(text: str) -> tuple[str, list[Heading]]:
    """Return Markdown as HTML, each heading with an anchor, and the headings."""
    tokens = _MARKDOWN.parse(text)
    headings = list(_headings(tokens))
    made = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    return scrolling(made, "Table"), headings


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            text = tokens[place + 1].content.replace("`", "")
            token.attrSet("id", anchor(text))
            yield Heading(int(token.tag[1]), text, anchor(text))


def anchor(text: str) -> str:
    """Return the place in the address that a heading gets."""
    return "h-" + re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def code(source: str, label: str) -> str:
    """Return code as a block whose long lines wrap, under a line that says what it is."""
    return f'<p class="label">{html.escape(label)}</p>\n<pre class="code"><code>{html.escape(source)}</code></pre>'


def shown(item: Shown) -> str:
    """Return what a cell showed."""
    if item.html:
        return scrolling(
            plain_table(item.html.replace(' role="status"', "")), "Table that the cell shows", "scroll data"
        )
    return f'<pre class="output">{html.escape(item.text.rstrip())}</pre>'


def plain_table(made: str) -> str:
    """Return pandas' table without its own look, each heading saying what it is the heading of."""
    if "<table" not in made:
        return made
    made = re.sub(r"<style.*?</style>", "", made, flags=re.DOTALL)
    made = re.sub(r"\A<div>\s*|\s*</div>\Z", "", made)
    made = re.sub(r'<table[^>]*class="dataframe"[^>]*>', "<table>", made)
    made = re.sub(r' style="text-align: \w+;"', "", made)
    return with_scopes(made)


def scrolling(made: str, name: str, look: str = "scroll") -> str:
    """Put each table in a box that scrolls by itself, so that the page never has to."""
    box = f'<div class="{look}" tabindex="0" role="group" aria-label="{name}">'
    return re.sub(r"<table.*?</table>", lambda found: f"{box}{found[0]}</div>", made, flags=re.DOTALL)
