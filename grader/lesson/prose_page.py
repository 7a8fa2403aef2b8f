"""Read a Markdown cell as blocks: what kind each is, and its words with code left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

CODE = "`code`"  # what stands for a piece of code in the words of a block
_READER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Link:
    """A link: its words and where it goes."""

    words: str
    to: str


@dataclass(frozen=True)
class Block:
    """`kind` is heading, paragraph, bullet, step, quote, table or code; `level` is a heading's.

    `text` has each piece of code replaced; `slanted` and `bold` hold the words set so; `rows` are a table's
    cells as text, the heading row first, and `aligned` its columns' alignment.
    """

    kind: str
    text: str
    level: int = 0
    list_id: int = 0
    slanted: tuple[str, ...] = ()
    bold: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    aligned: tuple[str, ...] = ()
    pictures: tuple[str, ...] = field(default=())


def blocks(source: str) -> list[Block]:
    """Return the blocks of a Markdown text, in order."""
    return list(_blocks(_READER.parse(source)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    lists: list[tuple[str, int]] = []
    quoted = heading = 0
    place = count = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "table_open":
            end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
            yield _table(tokens[place:end])
            place = end
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            count += 1
            lists.append(("bullet" if token.type.startswith("bullet") else "step", count))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.type.endswith("open") else -1
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type in ("fence", "code_block"):
            yield Block("code", token.content)
        elif token.type == "inline":
            kind, list_id = lists[-1] if lists else ("quote" if quoted else "paragraph", 0)
            yield _inline(token, "heading" if heading else kind, heading, list_id)
        place += 1


def _inline(token: Token, kind: str, level: int, list_id: int) -> Block:
    children = token.children or []
    links = tuple(
        Link(_text(_until(children[place + 1 :], "link_close")), str(child.attrGet("href") or ""))
        for place, child in enumerate(children)
        if child.type == "link_open"
    )
    return Block(
        kind, _text(children), level, list_id,
        slanted=_set_in(children, "em"), bold=_set_in(children, "strong"), links=links,
        pictures=tuple(child.content for child in children if child.type == "image"),
    )  # fmt: skip


def _set_in(children: Sequence[Token], mark: str) -> tuple[str, ...]:
    return tuple(
        _text(_until(children[i + 1 :], f"{mark}_close"))
        for i, child in enumerate(children)
        if child.type == f"{mark}_open"
    )


def _until(children: Sequence[Token], end: str) -> list[Token]:
    found: list[Token] = []
    for child in children:
        if child.type == end:
            break
        found.append(child)
    return found


def _text(children: Sequence[Token]) -> str:
    parts = []
    for child in children:
        if child.type == "code_inline":
            parts.append(CODE)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "text":
            parts.append(child.content)
    return "".join(parts)


def _table(tokens: Sequence[Token]) -> Block:
    rows: list[list[str]] = []
    aligned: list[str] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "th_open":
            aligned.append(str(token.attrGet("style") or "").removeprefix("text-align:"))
        elif token.type == "inline":
            rows[-1].append(_text(token.children or []))
    return Block("table", "", rows=tuple(map(tuple, rows)), aligned=tuple(aligned))
