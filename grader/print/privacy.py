"""The privacy note for learners, from the course's own settings."""

from __future__ import annotations

from grader.course import gradebook, settings
from grader.course.folder import Course
from grader.course.roster import Learner
from grader.print.sheets import PRINT
from grader.report.page import page
from grader.report.sections import Section
from grader.report.words import text


def privacy(course: Course) -> str:
    """Return the note: what is kept about you, where, who sees it, and how to have it removed."""
    with gradebook.opened(course) as book:
        people = gradebook.learners_of(book)
    title = settings.load(course).title
    return page(
        "What this club knows about you",
        [Section(heading, "".join(f"<p>{text(line)}</p>" for line in lines)) for heading, lines in _parts(people)],
        over=title,
        style=PRINT,
    )


def _parts(people: tuple[Learner, ...]) -> list[tuple[str, list[str]]]:
    names, emails = any(person.name for person in people), any(person.email for person in people)
    kept = ["your name"] * names + ["your work e-mail"] * emails
    who = f"{' and '.join(kept)}, and a short id" if kept else "a short id in place of your name"
    return [
        (
            "What is kept",
            [
                f"The list of the club has {who}.",
                "If you hand in a notebook, the club keeps it, its points and the page that is sent back to you.",
                "If you do not hand in, nothing about your work is kept. Handing in is your choice.",
            ],
        ),
        (
            "Where it is, and who sees it",
            [
                "It is in one folder that belongs to whoever runs the club. It is not put on a website.",
                "Whoever runs the club can open it. Nobody else needs to.",
                "The report that is passed on has no names. Where fewer than 5 people did something, it says so and "
                "gives no number.",
                "Nothing is sent to anybody outside. Your own copy of the lesson stays with you.",
            ],
        ),
        (
            "What it is not for",
            ["It is not an exam. Points are there to show the club what to explain again. They say nothing about you."],
        ),
        (
            "How to have it removed",
            [
                "Ask whoever runs the club. They type one command, and your entry, your notebooks and your points are "
                "removed. They get a list of what was removed, and can show it to you.",
                "When the club ends, everything about people is removed. Only counts are kept.",
            ],
        ),
    ]
