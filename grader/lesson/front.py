"""The front matter of a `lesson.md`: what the lesson is, in a few lines of YAML."""

from __future__ import annotations

import re
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


def read(head: str, file: str) -> tuple[Front, list[Problem]]:
    """Return the front matter as far as it can be read, and everything that is not right in it."""
    try:
        data, problems = yaml.safe_load(head), []
    except yaml.YAMLError as trouble:
        data = _line_by_line(head)
        problems = [
            Problem(
                file,
                "front matter",
                f"It is not YAML: {str(trouble).splitlines()[0]}.",
                "Mend the lines between the two --- at the top.",
            )
        ]
    if not isinstance(data, dict):
        return Front("", 0, "", ""), [
            Problem(
                file,
                "front matter",
                "There is none.",
                "Start the file with ---, title:, lesson:, question:, idea:, minutes: and ---.",
            )
        ]
    problems += [
        Problem(file, "front matter", f"{name} is missing.", f"Add a line {name}: to it.")
        for name in ("title", "lesson", "question", "idea", "minutes")
        if not data.get(name) and data.get(name) != 0
    ]
    problems += [
        Problem(
            file, "front matter", f"{name} is not a name it knows.", "Check its spelling against lessons/README.md."
        )
        for name in data
        if name not in Front.__dataclass_fields__
    ]
    return _front(data), problems + _wrong_kinds(data, file)


def _line_by_line(head: str) -> dict[str, Any]:
    """Return what can be read of a front matter that is not YAML as a whole."""
    data: dict[str, Any] = {}
    for part in re.split(r"\n(?=\w)", head):
        try:
            made = yaml.safe_load(part)
        except yaml.YAMLError:
            continue
        data |= made if isinstance(made, dict) else {}
    return data


def _wrong_kinds(data: Mapping[str, Any], file: str) -> list[Problem]:
    problems = []
    minutes = data.get("minutes")
    if minutes and (
        not isinstance(minutes, dict) or set(minutes) != set(PARTS) or not all(type(n) is int for n in minutes.values())
    ):
        problems.append(
            Problem(
                file, "front matter", "minutes does not give one number for each part.", f"Give {', '.join(PARTS)}."
            )
        )
    if "lesson" in data and type(data["lesson"]) is not int:
        problems.append(Problem(file, "front matter", "lesson is not a number.", "Write lesson: and the number."))
    problems += [
        Problem(file, "front matter", f"{name} is not a list.", f"Write {name}: [one, another].")
        for name in ("data", "words")
        if data.get(name) is not None and not isinstance(data[name], list)
    ]
    if data.get("terms") is not None and not isinstance(data["terms"], dict):
        problems.append(
            Problem(
                file, "front matter", "terms does not give a meaning for each term.", "Write each as term: meaning."
            )
        )
    return problems


def _front(data: Mapping[str, Any]) -> Front:
    lists = {name: data[name] if isinstance(data.get(name), list) else [] for name in ("data", "words")}
    terms, minutes = ({**data[name]} if isinstance(data.get(name), dict) else {} for name in ("terms", "minutes"))
    return Front(
        title=str(data.get("title") or ""),
        lesson=data["lesson"] if type(data.get("lesson")) is int else 0,
        question=str(data.get("question") or ""),
        idea=str(data.get("idea") or ""),
        data=tuple(str(name) for name in lists["data"]),
        words=tuple(str(word) for word in lists["words"]),
        terms={str(term): str(meaning) for term, meaning in terms.items()},
        minutes={str(part): count for part, count in minutes.items() if type(count) is int},
        ready=str(data.get("ready") or ""),
    )
