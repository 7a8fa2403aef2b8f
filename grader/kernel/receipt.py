"""A receipt: a short block of text to paste into a chat or a form instead of sending a file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.checks.verdict import Verdict
from grader.kernel.progress import Tally

_LETTERS = {"right": "R", "other_form": "F", "not_yet": "M", "could_not_run": "E", "not_tried": "-"}
_VERDICTS = {letter: Verdict(value) for value, letter in _LETTERS.items()}
_PATTERN = re.compile(
    r"FOOTHILLS\s+(?P<lesson>[\w-]+)\s+(?P<body>(?:[a-z]\w*=[RFME-]\d+[RFME-]\s*)+)#(?P<mark>[0-9a-f]{6})"
)


@dataclass(frozen=True)
class Receipt:
    """What a receipt says: the lesson, and for each exercise the last verdict, tries and first verdict."""

    lesson: str
    exercises: Mapping[str, tuple[Verdict, int, Verdict]]


def write(lesson: str, names: tuple[str, ...], tallies: Mapping[str, Tally]) -> str:
    """Return the block of text for a lesson's tallies."""
    parts = []
    for name in names:
        tally = tallies.get(name, Tally())
        parts.append(f"{name}={_LETTERS.get(tally.last, '-')}{tally.tries}{_LETTERS.get(tally.first, '-')}")
    body = " ".join(parts)
    return f"FOOTHILLS {lesson} {body} #{_mark(lesson, body)}"


def read(text: str) -> Receipt | None:
    """Return the first whole receipt in a text, or None. Line breaks that a chat put in do not matter."""
    found = _PATTERN.search(text)
    if not found:
        return None
    body = " ".join(found["body"].split())
    if _mark(found["lesson"], body) != found["mark"]:
        return None
    exercises = {}
    for part in body.split():
        name, code = part.split("=")
        exercises[name] = (_VERDICTS[code[0]], int(code[1:-1]), _VERDICTS[code[-1]])
    return Receipt(found["lesson"], exercises)


def _mark(lesson: str, body: str) -> str:
    return hashlib.sha256(f"{lesson} {body}".encode()).hexdigest()[:6]
