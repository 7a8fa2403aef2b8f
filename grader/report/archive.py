"""Close a term: keep its counts as a page and as data, and remove everybody's work, marks and names."""

from __future__ import annotations

import json
from pathlib import Path

from grader.course import exchange, files, gradebook, lessons, settings
from grader.course.folder import CONFIG, STATE, Course
from grader.errors import GraderError
from grader.report import page, sections, term
from grader.report.data import lesson_data, term_data
from grader.report.read import read
from grader.report.results import Results
from grader.report.sections import Section
from grader.report.summary import summarise

STEPS = (
    "source",
    "release",
    "submitted",
    "autograded",
    "feedback",
    "downloaded",
    "handouts",
    "reports",
    "unmatched",
    "print",
)
PAGE, DATA = "counts.html", "counts.json"


def check(course: Course) -> None:
    """Refuse to close a course while work in it is not marked."""
    from grader.course.mark import handed_in, to_mark

    for name in lessons.names(course):
        if handed_in(course, name) and (left := to_mark(course, name, again=False)):
            raise GraderError(
                f"{name} has {len(left)} {'notebook' if len(left) == 1 else 'notebooks'} that nobody has marked.",
                where=course.name,
                todo=f"Run: club after {lessons.short(name)}",
            )


def archive(course: Course) -> Path:
    """Write the counts, then remove the rest; files of the facilitator's own stay. Return the page."""
    made = [read(course, name) for name in lessons.names(course)]
    data = term_data(made, course.name, False)
    data["counts"] = [_counts(results) for results in made]
    kept = course.folder / PAGE
    files.write(course.folder / DATA, json.dumps(data, indent=1, ensure_ascii=False).encode())
    files.write(kept, page.page(settings.load(course).title, _sections(made), over="A club that has ended").encode())
    _remove(course)
    return kept


def _counts(results: Results) -> dict[str, object]:
    """Return a lesson's counts without any answer's text."""
    data = lesson_data(summarise(results), results.course)
    data.pop("undescribed", None)
    return data


def _sections(made: list[Results]) -> list[Section]:
    found = term.sections(made)[:1]
    for results in made:
        parts = [one for one in sections.sections(summarise(results)) if one.heading in sections.COUNTS]
        body = "".join(f"<h3>{one.heading}</h3>{one.body}" for one in parts)
        found.append(Section(results.title, body))
    return [*found, Section("About this page", f"<p>This page holds no names. {sections.HIDDEN}</p>")]


def _remove(course: Course) -> None:
    database = gradebook.database_of(course)
    files.remove(exchange.folder_of(course))
    for name in (*STEPS, STATE):
        files.remove(course.folder / name)
    for path in [database, *(database.parent.glob(f"{database.name}?*"))] if database else []:
        files.remove(path)
    for path in course.folder.glob("*.log"):
        files.remove(path)
    files.remove(course.folder / CONFIG)
