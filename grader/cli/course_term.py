"""`club status`, `forget` and `archive`: the term at a glance, one person out of it, and its end."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from grader.cli.chosen import count, course_option
from grader.course.folder import Course, forget_last


@click.command()
@click.option("--names", is_flag=True, help="Also list who is in the course, and who has not handed in.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@course_option
def status(course: Course, names: bool, as_json: bool) -> None:
    """Show the course at a glance: released, handed in, marked, sent back.

    \b
    Example: club status
    """
    from rich.console import Console
    from rich.table import Table

    from grader.course.status import status as read

    found = read(course)
    if as_json:
        click.echo(json.dumps(_to_json(course, found, names), indent=1, ensure_ascii=False))
        return
    click.echo(f"{found.title}: {count(len(found.people), 'person', 'people')}.")
    if names:
        for learner in found.people:
            click.echo("  " + ", ".join(part for part in (learner.id, learner.name, learner.email) if part))
    if not found.lessons:
        click.echo(f"Nothing is released yet. Next: {found.next}")
        return
    table = Table("Lesson", "Day", "Released", "Handed in", "Marked", "Feedback", "To look at", box=None)
    for row in found.lessons:
        table.add_row(
            row.name, row.day, "yes" if row.released else "not yet", *map(str, (row.handed_in, row.marked, row.feedback)),
            str(row.looks + row.unmatched + row.waiting),
        )  # fmt: skip
    Console(width=max(100, Console().width) if not Console().is_terminal else None).print(table)
    if names:
        for row in found.lessons:
            if row.released and row.missing:
                click.echo(f"{row.name}, nothing yet from: {', '.join(row.missing)}.")
    if found.next:
        click.echo(f"Next: {found.next}")


def _to_json(course: Course, found: Any, names: bool) -> dict[str, Any]:
    """Return the course at a glance as one JSON document; people are counted, and listed where that is asked for."""
    made = {"course": course.name, **asdict(found), "people": len(found.people), "next": found.next}
    if names:
        return made | {"learners": [asdict(learner) for learner in found.people]}
    for row in made["lessons"]:
        del row["missing"]
    return made


@click.command()
@click.argument("learner")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@course_option
def forget(course: Course, learner: str, yes: bool) -> None:
    """Remove every trace of LEARNER, an id in the course, and list what was removed.

    \b
    Example: club forget p07
    """
    from grader.course import forget as forgetting

    found = forgetting.find(course, learner)
    if not yes:
        click.confirm(f"Remove everything of {found.id} from this course? It cannot be brought back", abort=True)
    removed = forgetting.forget(course, found)
    click.echo(f"Removed {found.id}:")
    for line in removed.lines:
        click.echo(f"  {line}")
    for line in removed.left:
        click.echo(f"  For you to do: {line}")


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask first.")
@course_option
def archive(course: Course, yes: bool) -> None:
    """Close the course: keep counts only, and remove everybody's work, marks and names.

    \b
    Example: club archive
    """
    from grader.report import archive as archiving

    archiving.check(course)
    if not yes:
        click.confirm("Remove everybody's work, marks and names, and keep only counts? It cannot be undone", abort=True)
    kept = archiving.archive(course)
    forget_last(course)
    click.echo(f"Closed. What is kept: {kept}")
    click.echo("Everybody's work, marks, names and pages are removed from this course.")
