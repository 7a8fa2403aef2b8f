"""`club new`, `add` and `release`: a term, who is in it, and what goes out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli.chosen import count, course_option, opened_book, plainly
from grader.course import folder as folders
from grader.course import lessons, roster, settings
from grader.course.folder import Course
from grader.errors import GraderError


@click.command()
@click.argument("course")
@click.option(
    "--roster",
    "file",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="Who is in the club: a CSV file with ids, names or e-mails.",
)
@click.option("--title", default="", help="What the course is called in reports.")
@click.option(
    "--lesson", "planned", multiple=True, metavar="LESSON=DAY", help="A lesson and its day, such as 1=2026-12-02."
)
@plainly
def new(course: str, file: Path | None, title: str, planned: tuple[str, ...]) -> None:
    """Start COURSE, a term of lessons: a name, or a folder outside this one.

    The list of people can hold pseudonyms only. It stays in the course's folder.

    \b
    Example: club new tuesday-club --roster names.csv
    """
    place = folders.place(course)
    if sys.stdin.isatty() and not (file or title or planned):
        title, file, planned = _asked(place.name)
    people = roster.read(_content(file), file.name) if file else None
    dates = dict(map(_planned, planned))
    from grader.course.create import create  # nbgrader takes seconds to import

    made, notes = create(place, people, title, dates)
    folders.remember(made)
    click.echo(f"Course {made.name} ({made.folder})")
    click.echo(
        f"Made for {count(len(people.learners), 'person', 'people')}." if people else "Made with nobody in it yet."
    )
    for note in (*(people.notes if people else ()), *notes):
        click.echo(f"Note: {note}")
    click.echo("Next: club release 1")


def _asked(name: str) -> tuple[str, Path | None, tuple[str, ...]]:
    """Ask for what the options would have given; Enter alone leaves it out."""
    title = click.prompt("What is it called in reports", default=name)
    file = click.prompt("A file with the people in it (Enter for none yet)", default="", show_default=False)
    planned: list[str] = []
    while answer := click.prompt(
        "A lesson and its day, such as 1=2026-12-02 (Enter to end)", default="", show_default=False
    ):
        planned.append(answer)
    return title, Path(file).expanduser() if file else None, tuple(planned)


@click.command()
@click.option(
    "--roster",
    "file",
    type=click.Path(path_type=Path),
    required=True,
    metavar="CSV",
    help="The people to add; those who are there stay as they are.",
)
@course_option
def add(course: Course, file: Path) -> None:
    """Add people to the course.

    \b
    Example: club add --roster late-joiners.csv
    """
    people = roster.read(_content(file), file.name)
    from grader.course import gradebook

    with opened_book(course) as book:
        there = {learner.id.casefold() for learner in gradebook.learners_of(book)}
        fresh = [learner for learner in people.learners if learner.id.casefold() not in there]
        if not fresh:
            raise GraderError(
                "Everybody in that file is in the course already.", where=file.name, todo="Nothing to do."
            )
        gradebook.add_learners(book, fresh)
    click.echo(f"Added {count(len(fresh), 'person', 'people')}; {len(there) + len(fresh)} in all.")
    for note in people.notes:
        click.echo(f"Note: {note}")


def _content(file: Path) -> bytes:
    if not file.is_file():
        raise GraderError(
            "This is a folder." if file.is_dir() else "There is no such file.",
            where=str(file),
            todo="Give the CSV file with the names, saved from your spreadsheet.",
        )
    return file.read_bytes()


def _planned(text: str) -> tuple[str, str]:
    name, _, day = text.partition("=")
    if not day:
        raise GraderError(f'"{text}" is not a lesson and a day.', todo="Write it as 1=2026-12-02.")
    from grader.lesson.folders import find

    return find(name).name, settings.iso_day(day)


@click.command()
@click.argument("lesson")
@click.option("--update", is_flag=True, help="Release it again, as the lesson is now.")
@click.option("--due", metavar="WHEN", help='When work is due, such as "2026-12-02 17:00".')
@click.option("--exchange", is_flag=True, help="Also put it in this machine's nbgrader exchange.")
@course_option
def release(course: Course, lesson: str, update: bool, due: str | None, exchange: bool) -> None:
    """Make LESSON ready to give out: a folder, and a zip to send.

    \b
    Example: club release 1
             club release 1 --due "2026-12-02 17:00"
    """
    name = lessons.assignment(course, lesson)
    when = settings.moment(due) if due else None
    from grader.course.release import release as release_lesson

    made = release_lesson(course, name, update=update, due=when)
    click.echo(f"{made.assignment} is ready{' again' if made.again else ''}: {', '.join(made.names)}.")
    if when:
        click.echo(f"Due: {settings.shown(when)}.")
    if exchange:
        from grader.course.exchange import give_out

        give_out(course, name, again=made.again)
        click.echo("It is in the exchange: people fetch it there.")
    else:
        click.echo(f"To send: {made.handout}")
    if made.again:
        click.echo(f"To mark what was handed in with it: club mark {lessons.short(name)} --again")
    click.echo(f"Afterwards: club after {lessons.short(name)} {'--exchange' if exchange else '--from FOLDER'}")
