"""`club report` and `club export`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from grader.cli.chosen import count, course_option
from grader.course import lessons
from grader.course.folder import Course
from grader.errors import GraderError


@click.command()
@click.argument("lesson", required=False)
@click.option("--in-room", is_flag=True, help="With names and all counts, for you alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@course_option
def report(course: Course, lesson: str | None, in_room: bool, as_json: bool) -> None:
    """Show how the group did in LESSON, or over the term: one page, without names.

    \b
    Example: club report 1
             club report
             club report 1 --in-room
    """
    from grader.report import reports_folder

    name = lessons.released(course, lesson) if lesson else None
    made = reports_folder.lesson_report(course, name, in_room) if name else reports_folder.term_report(course, in_room)
    if as_json:
        click.echo(json.dumps(made.data, indent=1, ensure_ascii=False))
        return
    click.echo(made.line)
    click.echo(f"Report: {made.page}")
    click.echo(f"The same as a notebook: {made.notebook}")
    if in_room:
        click.echo("It holds names. Keep it in the room, and delete it when you have read it.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--names", is_flag=True, help="With names and e-mails, not ids alone.")
@course_option
def export(course: Course, path: Path, names: bool) -> None:
    """Save everybody's marks as a table: PATH ends in .csv or .xlsx.

    \b
    Example: club export marks.xlsx
             club export marks.csv --names
    """
    from grader.report import export as exporting

    rows = exporting.rows(course, names)
    if not rows:
        raise GraderError("There are no marks in the course yet.", where=course.name, todo="Run: club mark LESSON")
    exporting.save(path.expanduser(), rows)
    click.echo(f"Saved {count(len(rows), 'row')}: {path}")
    click.echo("It holds each person's marks. Keep it out of folders that others can see.")
