"""Five verdicts, and the outcome of one check."""

from __future__ import annotations

import enum
from dataclasses import dataclass

JSON_TYPE = "application/vnd.foothills.result+json"  # of a result among a cell's outputs


class Verdict(enum.StrEnum):
    """How an answer came out. The value is the word in files; `words` is what a learner reads first."""

    NOT_TRIED = "not_tried"
    COULD_NOT_RUN = "could_not_run"
    NOT_YET = "not_yet"
    OTHER_FORM = "other_form"
    RIGHT = "right"

    @property
    def words(self) -> str:
        """The first words of the message."""
        return _WORDS[self]

    @property
    def done(self) -> bool:
        """Whether the exercise counts as done."""
        return self in (Verdict.RIGHT, Verdict.OTHER_FORM)


_WORDS = {
    Verdict.NOT_TRIED: "Not tried yet.",
    Verdict.COULD_NOT_RUN: "Python could not run this.",
    Verdict.NOT_YET: "Not yet.",
    Verdict.OTHER_FORM: "Right numbers, different form.",
    Verdict.RIGHT: "Right.",
}


@dataclass(frozen=True)
class Outcome:
    """What the judge says of one answer.

    `message` follows the verdict's words. `slip` is the misconception's name, or "" where nobody has described
    it yet. `score` runs from 0 to `points`. `hints` are those that fit this outcome, in order.
    """

    exercise: str
    verdict: Verdict
    message: str
    slip: str = ""
    score: float = 0.0
    points: float = 1.0
    hints: tuple[str, ...] = ()
