"""One result, three faces: a plain number for nbgrader, a message for the learner, JSON for the report."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from grader.checks.verdict import JSON_TYPE, Outcome, Verdict
from grader.kernel.progress import Tally

AGAIN = "Change your answer, run its cell, then run this one again."
_EDGE = {
    Verdict.RIGHT: "#00703c",
    Verdict.OTHER_FORM: "#1d70b8",
    Verdict.NOT_YET: "#801650",
    Verdict.COULD_NOT_RUN: "#801650",
    Verdict.NOT_TRIED: "#505a5f",
}


@dataclass(frozen=True)
class Result:
    """What `grader.check` returns: the outcome, the tally of tries, and the line on how far the lesson has come."""

    outcome: Outcome
    tally: Tally
    done_line: str = ""
    stale: bool = False
    extra: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The paragraphs a learner reads, in order."""
        first = f"{self.outcome.verdict.words} {self.outcome.message}"
        if self.stale:
            first += " Your answer is the same as last time. If you changed the cell, run it first, then this one."
        return tuple(part for part in (first, self._hint() or self._again(), self.extra, self.done_line) if part)

    def _hint(self) -> str:
        if self.outcome.verdict.done or self.tally.misses < 2 or not self.outcome.hints:
            return ""
        number = min(self.tally.misses - 1, len(self.outcome.hints))
        return f"Hint {number} of {len(self.outcome.hints)}. {self.outcome.hints[number - 1]}"

    def _again(self) -> str:
        """Say how to go on, at the first miss; from the second the hints do."""
        missed = self.outcome.verdict in (Verdict.NOT_YET, Verdict.COULD_NOT_RUN)
        return AGAIN if missed and self.tally.misses == 1 and not self.stale else ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/plain": repr(self), "text/html": self.to_html(), JSON_TYPE: self.to_json()}

    def __repr__(self) -> str:
        return repr(float(self.outcome.score))

    def to_html(self) -> str:
        """Return the message as HTML: words before colour, announced to a screen reader."""
        verdict = self.outcome.verdict
        first, *rest = self.sentences
        words, message = verdict.words, first.removeprefix(verdict.words).strip()
        paragraphs = [f"<strong>{html.escape(words)}</strong> {code_words(message)}", *map(code_words, rest)]
        inner = "".join(f'<p style="margin:0 0 6px;color:#0b0c0c">{text}</p>' for text in paragraphs)
        return (
            f'<div role="status" style="border-left:6px solid {_EDGE[verdict]};background:#ffffff;color:#0b0c0c;'
            f'padding:10px 14px 4px;max-width:44em;font-size:1.05em;line-height:1.5">{inner}</div>'
        )

    def to_json(self) -> dict[str, Any]:
        """Return what the report needs, and nothing about the person."""
        return {
            "exercise": self.outcome.exercise,
            "verdict": self.outcome.verdict.value,
            "slip": self.outcome.slip,
            "score": self.outcome.score,
            "points": self.outcome.points,
            "try": self.tally.tries,
            "first": self.tally.first,
        }


def code_words(text: str) -> str:
    """Return text as HTML, with words in back ticks set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
