"""A certificate of what somebody did in a term."""

from __future__ import annotations

from grader.course import gradebook, lessons, settings
from grader.course.folder import Course
from grader.errors import GraderError
from grader.print.sheets import PRINT
from grader.report.page import page
from grader.report.read import read
from grader.report.results import Person, Results
from grader.report.sections import Section
from grader.report.words import text


def certificates(course: Course, only: str = "") -> dict[str, str]:
    """Return a page for each learner who handed something in, by id; or for one of them."""
    with gradebook.opened(course) as book:
        people = {learner.id: learner.name or learner.id for learner in gradebook.learners_of(book)}
    if only and only not in people:
        raise GraderError(
            "There is nobody with that id in the course.", where=course.name, todo="Leave the id out to make all."
        )
    made = [read(course, name) for name in lessons.names(course)]
    title = settings.load(course).title
    found = {}
    for learner, name in people.items():
        did = [(results, person) for results in made for person in results.marked if person.learner == learner]
        if did and only in ("", learner):
            found[learner] = _page(name, title, did)
    if not found:
        raise GraderError(
            "There is nothing handed in and marked to certify.", where=course.name, todo="Run: club after LESSON"
        )
    return found


def _page(name: str, title: str, did: list[tuple[Results, Person]]) -> str:
    rows = "".join(
        f"<li>{text(results.title)} {sum(answer.done for answer in person.answers.values())} of "
        f"{len(results.exercises)} exercises done.</li>"
        for results, person in did
    )
    lessons_ = "1 lesson" if len(did) == 1 else f"{len(did)} lessons"
    sections = [
        Section("What was done", f"<p>{text(name)} took part in {lessons_} of {text(title)}:</p><ul>{rows}</ul>"),
        Section("Signed", "<p>Name and date:</p><p><br></p>"),
    ]
    return page(name, sections, over="Foothills: a lunchtime coding club", style=PRINT)
