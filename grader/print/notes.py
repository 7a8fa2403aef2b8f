"""A lesson's facilitator.md, cut at its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from grader.errors import GraderError
from grader.lesson import front as front_reader
from grader.lesson.folders import find
from grader.lesson.front import Front

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Notes:
    """The front of a lesson and its notes: `intro`, then the text under each heading."""

    name: str
    front: Front
    intro: str
    parts: dict[str, str]

    def part(self, start: str) -> str:
        """Return the text under the heading that starts with these words; raise GraderError without one."""
        for heading, text in self.parts.items():
            if heading.casefold().startswith(start.casefold()):
                return text
        raise GraderError(
            f'There is no part "{start}".', where=f"{self.name}/facilitator.md", todo="Add a heading of that name."
        )


def front_of(folder: Path) -> Front:
    """Return the front matter of a lesson folder."""
    head, _ = front_reader.split((folder / "lesson.md").read_text(encoding="utf-8"))
    return front_reader.read(head, "lesson.md")[0]


def notes_of(lesson: str) -> Notes:
    """Return a lesson's notes."""
    folder = find(lesson)
    path = folder / "facilitator.md"
    if not path.is_file():
        raise GraderError(
            "This lesson has no facilitator.md.", where=folder.name, todo="Add it, or name another lesson."
        )
    _, text = front_reader.split(path.read_text(encoding="utf-8"))
    before, *rest = re.split(r"^## (.+)$", text or path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    parts = {heading.strip(): body.strip() for heading, body in zip(rest[::2], rest[1::2], strict=True)}
    return Notes(folder.name, front_of(folder), re.sub(r"^\s*# .*$", "", before, flags=re.MULTILINE).strip(), parts)


def html(markdown: str) -> str:
    """Return Markdown as HTML; headings of tables say what they head."""
    return str(_MARKDOWN.render(markdown)).replace("<th>", '<th scope="col">')
