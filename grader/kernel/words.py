"""Short texts shown in a notebook: plain in a terminal, accessible HTML in a page."""

from __future__ import annotations

import html
from dataclasses import dataclass

from grader.kernel.result import code_words


@dataclass(frozen=True)
class Link:
    """Words that open another notebook, and what is said after them. The address is relative to this notebook's."""

    words: str
    address: str
    after: str = ""

    def __str__(self) -> str:
        return self.words + self.after

    @property
    def html(self) -> str:
        """The link as HTML."""
        return f'<a href="{html.escape(self.address)}" style="color:#12436d;text-decoration:underline">{code_words(self.words)}</a>{code_words(self.after)}'


@dataclass(frozen=True)
class Said:
    """Some paragraphs for the learner, links under them, and code to show under those."""

    paragraphs: tuple[str, ...]
    code: str = ""
    links: tuple[Link, ...] = ()

    def __repr__(self) -> str:
        text = "\n".join((*self.paragraphs, *map(str, self.links))).replace("`", "")
        return f"{text}\n\n{self.code}" if self.code else text

    def _repr_html_(self) -> str:
        inner = "".join(f'<p style="margin:0 0 6px;color:#0b0c0c">{code_words(text)}</p>' for text in self.paragraphs)
        if self.links:
            inner += f"<ul>{''.join(f'<li>{link.html}</li>' for link in self.links)}</ul>"
        if self.code:
            code = self.code.replace("&", "&amp;").replace("<", "&lt;")
            inner += (
                f'<pre tabindex="0" style="background:#f3f2f1;color:#0b0c0c;padding:8px;overflow:auto">{code}</pre>'
            )
        return f'<div role="status" style="background:#ffffff;color:#0b0c0c;padding:6px 0;max-width:44em">{inner}</div>'
