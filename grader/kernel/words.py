"""Short texts shown in a notebook: plain in a terminal, accessible HTML in a page."""

from __future__ import annotations

from dataclasses import dataclass

from grader.kernel.result import code_words


@dataclass(frozen=True)
class Said:
    """Some paragraphs for the learner, and code to show under them."""

    paragraphs: tuple[str, ...]
    code: str = ""

    def __repr__(self) -> str:
        text = "\n".join(self.paragraphs).replace("`", "")
        return f"{text}\n\n{self.code}" if self.code else text

    def _repr_html_(self) -> str:
        inner = "".join(f'<p style="margin:0 0 6px;color:#0b0c0c">{code_words(text)}</p>' for text in self.paragraphs)
        if self.code:
            code = self.code.replace("&", "&amp;").replace("<", "&lt;")
            inner += (
                f'<pre tabindex="0" style="background:#f3f2f1;color:#0b0c0c;padding:8px;overflow:auto">{code}</pre>'
            )
        return f'<div role="status" style="background:#ffffff;color:#0b0c0c;padding:6px 0;max-width:44em">{inner}</div>'
