"""The front matter of a `lesson.md`: what the lesson is, in a few lines of YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from grader.lesson.problem import Problem

PARTS = ("question", "talk", "example", "exercises", "interactive", "close")


@dataclass(frozen=True)
class Front:
    """`data` names packages, or `package/file.csv`; `words` are the new code words; `minutes` one number a part."""

    title: str
    lesson: int
    question: str
    idea: str
    data: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)
    minutes: Mapping[str, int] = field(default_factory=dict)
    ready: str = ""


def split(text: str) -> tuple[str, str]:
    """Return the front matter and the rest of a `lesson.md`."""
    if text.startswith("---\n") and "\n---\n" in text[4:]:
        head, rest = text[4:].split("\n---\n", 1)
        return head, rest
    return "", text


def read(head: str, file: str) -> tuple[Front | None, list[Problem]]:
    """Return the front matter, and everything that is not right in it."""
    try:
        data = yaml.safe_load(head)
    except yaml.YAMLError as trouble:
        return None, [Problem(file, "front matter", f"It is not YAML: {str(trouble).splitlines()[0]}.", "Mend the lines between the two --- at the top.")]
    if not isinstance(data, dict):
        return None, [Problem(file, "front matter", "There is none.", "Start the file with ---, title:, lesson:, question:, idea:, minutes: and ---.")]
    problems = [
        Problem(file, "front matter", f"{name} is missing.", f"Add a line {name}: to it.")
        for name in ("title", "lesson", "question", "idea", "minutes")
        if not data.get(name) and data.get(name) != 0
    ]
    problems += [
        Problem(file, "front matter", f"{name} is not a name it knows.", "Check its spelling against lessons/README.md.")
        for name in data
        if name not in Front.__dataclass_fields__
    ]
    if problems:
        return None, problems
    return _front(data, file)


def _front(data: Mapping[str, Any], file: str) -> tuple[Front | None, list[Problem]]:
    minutes = data["minutes"]
    if not isinstance(minutes, dict) or set(minutes) != set(PARTS) or not all(type(n) is int for n in minutes.values()):
        return None, [Problem(file, "front matter", "minutes does not give one number for each part.", f"Give {', '.join(PARTS)}.")]
    if type(data["lesson"]) is not int:
        return None, [Problem(file, "front matter", "lesson is not a number.", "Write lesson: and the number.")]
    return (
        Front(
            title=str(data["title"]),
            lesson=data["lesson"],
            question=str(data["question"]),
            idea=str(data["idea"]),
            data=tuple(str(name) for name in data.get("data") or ()),
            words=tuple(str(word) for word in data.get("words") or ()),
            terms={str(term): str(meaning) for term, meaning in (data.get("terms") or {}).items()},
            minutes=dict(minutes),
            ready=str(data.get("ready") or ""),
        ),
        [],
    )
