"""The skill ladder: no code word before the lesson that teaches it."""

from __future__ import annotations

from collections.abc import Iterator

from grader.lesson import ladder
from grader.lesson.ladder_tokens import Used, tokens
from grader.lesson.problem import Problem
from grader.lesson.read import fill
from grader.lesson.validate_subject import Subject

_LOOKED_AT = ("exercise", "solution", "example", "run")  # setup and interactive cells are folded, and exempt


def taught_first(subject: Subject) -> Iterator[Problem]:
    """Every part of the code on the page has been taught: starters, solutions, worked examples, run steps."""
    front = subject.lesson.front
    allowed = ladder.allowed(front.lesson, front.words)
    for cell in subject.cells:
        if cell.role not in _LOOKED_AT:
            continue
        if cell.role == "exercise" and cell.kind == "fix":
            continue  # a line to mend may hold anything
        place = f"{cell.role} {cell.name}" if cell.name else cell.place
        try:
            used = tokens(fill(cell.source, subject.lesson.figures))
        except SyntaxError as trouble:
            yield Problem("lesson.md", place, f"Python cannot read line {trouble.lineno}: {trouble.msg}.", "Mend it.")
            continue
        yield from _early(used, allowed, "lesson.md", place)


def taught_in_worked_lines(subject: Subject) -> Iterator[Problem]:
    """The worked line that is shown after 3 tries uses only what has been taught."""
    front = subject.lesson.front
    allowed = ladder.allowed(front.lesson, front.words)
    for name, exercise in subject.lesson.exercises.items():
        try:
            used = tokens(exercise.worked)
        except SyntaxError as trouble:
            yield Problem("checks.py", f"exercise {name}, worked", f"Python cannot read it: {trouble.msg}.", "Mend it.")
            continue
        yield from _early(used, allowed, "checks.py", f"exercise {name}, worked")


def _early(used: list[Used], allowed: frozenset[str], file: str, place: str) -> Iterator[Problem]:
    for one in used:
        if one.token not in allowed:
            lesson = ladder.first_lesson(one.token)
            taught = f"is taught in lesson {lesson}" if lesson is not None else "is not in the course"
            yield Problem(
                file,
                place,
                f'"{one.token}" in line {one.line} {taught}.',
                "Use what has been taught, or list it under words: if your lesson teaches it.",
            )


def listed_words(subject: Subject) -> Iterator[Problem]:
    """The new code words in the front matter are those of the ladder; after the last rung, at most 5."""
    front = subject.lesson.front
    if front.lesson in ladder.RUNGS and not ladder.same_words(front.lesson, front.words):
        listed = ", ".join(ladder.words_of(front.lesson))
        yield Problem(
            "lesson.md", "front matter, words", "These are not the ladder's words for this lesson.", f"List: {listed}."
        )
    if len(front.words) > ladder.MOST_NEW_WORDS:
        yield Problem(
            "lesson.md",
            "front matter, words",
            f"There are {len(front.words)} new code words. The most is {ladder.MOST_NEW_WORDS}.",
            "Leave some to another lesson.",
        )
