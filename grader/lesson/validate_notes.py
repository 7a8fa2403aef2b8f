"""Rules for time and for the facilitator's notes, and what is left of the example in a new lesson."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.lesson import template
from grader.lesson.cells import KINDS
from grader.lesson.problem import Problem
from grader.lesson.validate_subject import Subject

NOTES = "facilitator.md"
WHOLE = 45
SECTIONS = (
    ("45 minutes", r"45 minutes"),
    ("The story", r"story"),
    ("Where people get stuck, and the line to say", r"stuck"),
    ("Two questions to talk about", r"(?:two|2) questions|discuss|talk about"),
    ("Exit question", r"exit question"),
    ("What to skip", r"skip"),
)
POINTS = range(1, 13)
NEEDS_PEOPLE = (1, 5, 7, 9, 10, 11, 12)


def minutes(subject: Subject) -> Iterator[Problem]:
    """The parts make 45 minutes, and the core exercises fit into theirs."""
    parts = subject.lesson.front.minutes
    if parts and sum(parts.values()) != WHOLE:
        yield Problem(
            "lesson.md",
            "front matter, minutes",
            f"The parts make {sum(parts.values())} minutes, not {WHOLE}.",
            "Change them until they do.",
        )
    core = sum(cell.minutes for cell in subject.cells if cell.role == "exercise" and cell.level == "core")
    if core > parts.get("exercises", core):
        yield Problem(
            "lesson.md",
            "front matter, minutes",
            f"The core exercises take {core} minutes, and their part has {parts['exercises']}.",
            'Mark one level="stretch", or give them more time.',
        )


def sections(subject: Subject) -> Iterator[Problem]:
    """The notes hold the 45 minutes, the story, where people get stuck, 2 questions, the exit question, what to skip."""
    if NOTES not in subject.texts:
        return
    found = re.findall(r"^## (.+)$", subject.notes, flags=re.MULTILINE)
    for name, pattern in SECTIONS:
        if not any(re.search(pattern, heading, flags=re.IGNORECASE) for heading in found):
            yield Problem(NOTES, "", f'There is no part called "{name}".', f"Add ## {name} and write it.")


def rubric(subject: Subject) -> Iterator[Problem]:
    """The front matter scores the lesson on the 12 points of the rubric, with a note on each."""
    if NOTES not in subject.texts:
        return
    points = subject.notes_front.get("rubric")
    if not isinstance(points, dict):
        yield Problem(
            NOTES,
            "front matter",
            "There is no rubric.",
            'Add rubric: and a line for each of the 12 points, such as 1: {score: 1, note: "..."}.',
        )
        return
    for point in POINTS:
        given = points.get(point)
        if (
            not isinstance(given, dict)
            or given.get("score") not in (0, 1, 2)
            or not str(given.get("note") or "").strip()
        ):
            yield Problem(
                NOTES,
                f"rubric, point {point}",
                "It has no score from 0 to 2 with a note.",
                f'Write {point}: {{score: 1, note: "why"}}.',
            )
        elif (
            point in NEEDS_PEOPLE
            and given["score"] == 2
            and re.search(r"not piloted", str(given["note"]), flags=re.IGNORECASE)
        ):
            yield Problem(
                NOTES,
                f"rubric, point {point}",
                "It scores 2 and was not piloted.",
                "Only people in a room can give it 2. Write 1.",
            )
    yield from _mix(points.get(6), subject)


def _mix(given: object, subject: Subject) -> Iterator[Problem]:
    """Point 6 can be counted: 5 of the 6 kinds, starting with run or predict, at least 3 interpret."""
    kinds = [
        cell.kind for cell in subject.cells if cell.role == "exercise" or (cell.role == "run" and cell.kind in KINDS)
    ]
    full = len(set(kinds)) >= 5 and kinds[:1] in (["run"], ["predict"]) and kinds.count("interpret") >= 3
    if isinstance(given, dict) and given.get("score") == 2 and not full:
        listed = ", ".join(f"{kinds.count(kind)} {kind}" for kind in KINDS if kind in kinds)
        yield Problem(
            NOTES,
            "rubric, point 6",
            f"It scores 2, and the exercises are {listed}.",
            "2 means 5 of the 6 kinds, run or predict first, and 3 interpret. Write 1.",
        )


def left_over(subject: Subject) -> Iterator[Problem]:
    """A new lesson says nothing that is still the example's."""
    if subject.lesson.folder.resolve() == template.FOLDER.resolve():
        return
    example = template.lesson()
    for name in ("title", "question", "idea"):
        if getattr(subject.lesson.front, name) == getattr(example.front, name):
            yield Problem("lesson.md", f"front matter, {name}", "It is still the example's.", "Write your own.")
    for name in subject.lesson.exercises.keys() & example.exercises.keys():
        if subject.lesson.exercises[name].ask == example.exercises[name].ask:
            yield Problem(
                "lesson.md",
                f"exercise {name}",
                "It is still the example's.",
                "Write your own, in lesson.md, checks.py and answers.md.",
            )
    if subject.lesson.interactive and subject.lesson.interactive == example.interactive:
        yield Problem("interactive.py", "", "It is still the example's.", "Write your own slider or switch.")
    if _without_number(subject.notes) == _without_number(template.notes()):
        yield Problem(NOTES, "", "It is still the example's.", "Write your own notes.")


def _without_number(text: str) -> str:
    """Return notes without the lesson's number in those of its exercises."""
    return re.sub(r"\b\d+\.(\d+)\b", r"\1", text).strip()
