"""Write each learner's feedback page where nbgrader looks for it; nothing of a learner's can run in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import files, gradebook
from grader.course.folder import Course
from grader.course.mark import handed_in, looks
from grader.marking import submission
from grader.report import feedback_page


@dataclass(frozen=True)
class Pages:
    """How many pages there are, how many of them are new, and who has none and why."""

    there: int
    new: int
    left_out: Mapping[str, str] = field(default_factory=dict)


def write(course: Course, name: str) -> Pages:
    """Write the page of everybody whose work is marked."""
    with gradebook.opened(course) as book:
        marks = {made.learner: made for made in gradebook.marks_of(book, name)}
        comments = {learner: gradebook.comments_of(book, name, learner) for learner in marks}
    given = {path.stem: feedback_page.given_in(path) for path in (course.step("release") / name).glob("*.ipynb")}
    there = new = 0
    left_out, reasons = {}, looks(course, name)
    for learner in handed_in(course, name):
        notebooks = sorted((course.step("autograded") / learner / name).glob("*.ipynb"))
        if not notebooks or learner not in marks:
            left_out[learner] = reasons.get(learner, "The work is not marked yet.")
        for beside in (
            ("timestamp.txt", "submission_secret.txt") if notebooks else ()
        ):  # nbgrader sends pages back by them
            kept = course.submission(learner, name) / beside
            if text := submission.small_text(kept):
                put(course.step("feedback") / learner / name / beside, text.encode())
        for notebook in notebooks if learner in marks else ():
            known = given.get(notebook.stem, frozenset())
            made = feedback_page.page(notebook, known, marks[learner], comments[learner]).encode()
            path = course.step("feedback") / learner / name / f"{notebook.stem}.html"
            there += 1
            new += put(path, made)
    return Pages(there, new, left_out)


def put(path: Path, made: bytes) -> bool:
    """Write a page unless it is there already, word for word."""
    if path.is_file() and path.read_bytes() == made:
        return False
    files.write(path, made)
    return True
