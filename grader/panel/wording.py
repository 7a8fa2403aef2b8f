"""What a command said, in the panel's words: where it names a command, the button that does the same."""

from __future__ import annotations

import re

from grader.panel.steps import (
    ADD,
    COLLECT,
    EXPORT,
    FEEDBACK,
    FORMGRADER,
    MARK,
    MARK_AGAIN,
    NEW,
    RELEASE,
    RELEASE_AGAIN,
    REPORT,
    Step,
)

# the command and its options -> the button
_BUTTONS: dict[tuple[str, ...], Step] = {
    ("new",): NEW,
    ("new", "--roster"): NEW,
    ("add", "--roster"): ADD,
    ("release",): RELEASE,
    ("release", "--update"): RELEASE_AGAIN,
    ("collect", "--from"): COLLECT,
    ("after", "--from"): COLLECT,
    ("after",): MARK,
    ("mark",): MARK,
    ("mark", "--again"): MARK_AGAIN,
    ("feedback",): FEEDBACK,
    ("report",): REPORT,
    ("formgrader",): FORMGRADER,
    ("export",): EXPORT,
}
_COURSE = re.compile(r"Course \S+ \(.*\)")
_COMMAND = re.compile(r"(?:\b[Rr]un: )?club ([a-z]+)((?: (?:--[a-z-]+|[A-Z]+\b|\d+\b|names\.csv))*)")
_TO_ASSIGN = "Put the person's id where ID stands:"
_UNMATCHED = re.compile(r"club collect \S+ --assign '?(.+)=ID'?\s+\((.+)\)")


def told(lines: list[str]) -> str:
    """Return a command's lines without the one that names the course, which the panel shows, and with buttons named."""
    kept = lines[1:] if lines and _COURSE.fullmatch(lines[0]) else lines
    text = "\n".join(line.removeprefix("club: ") for line in kept).strip()
    text = text.replace(_TO_ASSIGN, "Choose whose each one is, above:")
    return buttons(_UNMATCHED.sub(r"\1: \2", text))


def buttons(text: str) -> str:
    """Name the button where a text names its command; a command without a button stays as it is."""
    return _COMMAND.sub(_button, text)


def _button(found: re.Match[str]) -> str:
    words = found[2].split()
    step = _BUTTONS.get((found[1], *(word for word in words if word.startswith("--"))))
    if step is None:
        return found[0]
    lesson = next((f" for lesson {word}" for word in words if word.isdecimal()), "")
    return f"{'Press ' if 'un: ' in found[0] else ''}“{step.button}”{lesson}"
