"""Which lesson or assignment a person means, and whether it is ours."""

from __future__ import annotations

from pathlib import Path

from grader.course.folder import Course
from grader.errors import GraderError
from grader.lesson.folders import find, folders


def assignment(course: Course, reference: str, root: Path | None = None) -> str:
    """Return the assignment's name for a number or name: one in the course, else one of our lessons."""
    text = reference.strip().rstrip("/")
    inside = names(course)
    for name in inside:
        if name == text or (text.isdigit() and name.startswith(f"{int(text):02d}-")):
            return name
    if "/" in text or "\\" in text:
        raise GraderError(f"There is no lesson {text}.", todo="Give a number, such as 1, or a folder's name.")
    try:
        return find(text, root).name
    except GraderError as problem:
        others = [name for name in inside if name not in {folder.name for folder in folders(root)}]
        raise GraderError(
            problem.what,
            todo=" ".join([problem.todo, *([f"This course also has {', '.join(others)}."] if others else [])]),
        ) from None


def names(course: Course) -> list[str]:
    """Return the assignments that have a source, a release or anybody's work in the course."""
    found = [path.parent.name for step in ("source", "release") for path in course.step(step).glob("*/*.ipynb")]
    found += [path.parent.name for path in course.step("submitted").glob("*/*/*.ipynb")]
    return sorted({name for name in found if not name.startswith(".")})


def released(course: Course, reference: str, root: Path | None = None) -> str:
    """Return an assignment that has been released in this course; refuse one that has not."""
    name = assignment(course, reference, root)
    if not any((course.step("release") / name).glob("*.ipynb")) and not _in_gradebook(course, name):
        raise GraderError(f"{name} is not released in this course yet.", todo=f"Run: club release {short(name)}")
    return name


def _in_gradebook(course: Course, name: str) -> bool:
    """Say whether nbgrader knows an assignment whose released folder is no longer there."""
    from grader.course import gradebook  # nbgrader takes seconds to import

    return any((course.step("submitted")).glob(f"*/{name}")) and gradebook.knows(course, name)


def short(name: str) -> str:
    """Return what a person types for a lesson: its number where it has one."""
    number = name.partition("-")[0]
    return str(int(number)) if number.isdigit() and len(number) == 2 else name
