"""Lessons as people say them."""

from __future__ import annotations

from grader.course import lessons
from grader.course.folder import Course
from grader.lesson.folders import folders


def choices(course: Course | None) -> list[tuple[str, str]]:
    """Return our lessons by title, and any other assignment of the course by name."""
    ours = [folder.name for folder in folders()]
    others = [name for name in lessons.names(course) if name not in ours] if course else []
    return [(title(name), name) for name in (*ours, *others)]


def spoken(name: str) -> str:
    """Return a lesson's number and title inside a sentence."""
    number, _, words = title(name).partition(". ")
    return f"lesson {number}, “{words}”" if words else name


def title(name: str) -> str:
    """Return a lesson's number and title."""
    number, _, rest = name.partition("-")
    words = rest.replace("-", " ")
    return f"{int(number)}. {words[:1].upper()}{words[1:]}" if number.isdecimal() and words else name
