"""Put the report in the course's `reports` folder: a page, the same as a notebook, and the same as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import files, lessons, settings
from grader.course.folder import Course
from grader.errors import GraderError
from grader.report import page as pages
from grader.report import sections, term
from grader.report.data import lesson_data, term_data
from grader.report.read import read
from grader.report.summary import summarise

PRIVATE = "-private"


@dataclass(frozen=True)
class Written:
    """Where the report is, its first line for a terminal, and its JSON."""

    page: Path
    notebook: Path
    line: str
    data: dict[str, Any]


def lesson_report(course: Course, name: str, in_room: bool = False) -> Written:
    """Write one lesson's report; one with names has a name that says so."""
    results = read(course, name)
    if not results.people:
        raise GraderError(
            f"Nothing has been collected for {name}.",
            where=course.name,
            todo=f"Run: club after {lessons.short(name)} --from FOLDER",
        )
    summary = summarise(results, in_room)
    line = f"{results.title} Handed in: {summary.handed_in.words}."
    return _put(
        course, name, in_room, results.title, sections.sections(summary), line, lesson_data(summary, course.name)
    )


def term_report(course: Course, in_room: bool = False) -> Written:
    """Write the term's report."""
    made = [results for name in lessons.names(course) if (results := read(course, name)).people]
    if not made:
        raise GraderError("Nothing has been collected yet.", where=course.name, todo="Run: club status")
    line = f"{len(made)} {'lesson' if len(made) == 1 else 'lessons'} with work handed in."
    data = term_data(made, course.name, in_room)
    return _put(course, "term", in_room, "The term so far", term.sections(made, in_room), line, data)


def _put(
    course: Course,
    name: str,
    in_room: bool,
    title: str,
    made: list[sections.Section],
    line: str,
    data: dict[str, Any],
) -> Written:
    over = settings.load(course).title
    stem = course.reports / f"{name}-report{PRIVATE if in_room else ''}"
    page, notebook = stem.with_suffix(".html"), stem.with_suffix(".ipynb")
    files.write(page, pages.page(title, made, over=over, private=in_room).encode())
    files.write(notebook, pages.notebook(title, made, over=over).encode())
    return Written(page, notebook, line, data)
