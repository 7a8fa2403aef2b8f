"""A sheet of headings and lists for the learner: plain in a terminal, accessible HTML in a page."""

from __future__ import annotations

from dataclasses import dataclass

from grader.kernel.result import code_words
from grader.kernel.words import Link


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    lines: tuple[str | Link, ...]


@dataclass(frozen=True)
class Sheet:
    """Some parts, those that have anything in them."""

    parts: tuple[Part, ...]

    def __repr__(self) -> str:
        texts = ["\n".join((part.heading, *(f"- {line}" for line in part.lines))) for part in self._filled()]
        return "\n\n".join(texts).replace("`", "")

    def _repr_html_(self) -> str:
        inner = "".join(_html(part) for part in self._filled())
        return f'<div role="status" style="background:#ffffff;color:#0b0c0c;padding:6px 0;max-width:44em">{inner}</div>'

    def _filled(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.lines)


def _html(part: Part) -> str:
    """Return a part as HTML; its heading is bold, not a heading of the page, which belongs to the lesson."""
    lines = [line.html if isinstance(line, Link) else code_words(line) for line in part.lines]
    if len(lines) == 1:
        items = f'<p style="margin:0 0 10px">{lines[0]}</p>'
    else:
        items = f'<ul style="margin:0 0 10px">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'
    return f'<p style="margin:0 0 4px"><strong>{code_words(part.heading)}</strong></p>{items}'
