"""`club new`, `release` and `collect`: a term, what goes out and what comes back."""

from __future__ import annotations

import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from grader.cli.chosen import count, course_option, opened_book, plainly
from grader.course import collect as collecting
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


def _content(file: Path) -> bytes:
    if not file.is_file():
        raise GraderError(
            "There is no such file.",
            where=str(file),
            todo="Give the CSV file with the names, saved from your spreadsheet.",
        )
    return file.read_bytes()


def _planned(text: str) -> tuple[str, str]:
    name, _, day = text.partition("=")
    if not day:
        raise GraderError(f'"{text}" is not a lesson and a day.', todo="Write it as 1=2026-12-02.")
    from grader.lesson.read import find

    settings.moment(day, "day")
    return find(name).name, day.strip()


@click.command()
@click.argument("lesson")
@click.option("--update", is_flag=True, help="Release it again, as the lesson is now.")
@click.option("--due", metavar="WHEN", help='When work is due, such as "2026-12-02 17:00".')
@course_option
def release(course: Course, lesson: str, update: bool, due: str | None) -> None:
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
    click.echo(f"To send: {made.handout}")
    if made.again:
        click.echo(f"To mark what was handed in with it: club mark {lessons.short(name)} --again")
    click.echo(f"Afterwards: club after {lessons.short(name)} --from FOLDER")


@click.command()
@click.argument("lesson")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), metavar="PATH", help="A folder, a zip, or a sheet of receipts."
)
@click.option("--assign", "pairs", multiple=True, metavar="FILE=ID", help="Say whose a file is.")
@click.option("--received", metavar="WHEN", help='When all of it came in, such as "2026-12-02 13:00".')
@course_option
def collect(course: Course, lesson: str, source: Path | None, pairs: tuple[str, ...], received: str | None) -> None:
    """Take in what people sent back for LESSON.

    Whose a file is comes from its name, its folder's or its zip's. When it came in comes from a timestamp file or a
    table beside it, or from --received.

    \b
    Example: club collect 1 --from ~/Downloads/returned
             club collect 1 --assign "lesson (3).ipynb=p07"
    """
    done = collected(course, lesson, source, pairs, received)
    if not done.something:
        known = count(len(set(done.unchanged)), "person", "people")
        todo = (
            "Collect again when more has come in." if done.unchanged else "Give the folder or zip with their notebooks."
        )
        raise GraderError(
            f"There is nothing new: it holds the work of {known} and it is all here."
            if done.unchanged
            else "There is no work for this lesson in it.",
            where=str(source or ""),
            todo=todo,
        )


def collected(
    course: Course, lesson: str, source: Path | None, pairs: tuple[str, ...], received: str | None
) -> collecting.Collected:
    """Collect, and say what came of it."""
    name = lessons.released(course, lesson)
    when = settings.moment(received) if received else None
    if bool(source) == bool(pairs):
        raise GraderError(
            "Say what to collect.",
            todo=f"Add --from FOLDER, or --assign FILE=ID: club collect {lessons.short(name)} --from FOLDER",
        )
    from grader.course import gradebook

    with opened_book(course) as book:
        learners, due = gradebook.learners_of(book), gradebook.due_date(book, name)
    if not learners:
        raise GraderError(
            "There is nobody in the course yet.", where=course.name, todo="Add people with: club add --roster names.csv"
        )
    about = collecting.lesson_of(course, name, [*lessons.names(course)])
    if source:
        done = collecting.collect(course, about, learners, source.expanduser(), when)
    else:
        done = _assigned(course, about, [learner.id for learner in learners], pairs, when)
    tell_collected(done, name, due)
    return done


def _assigned(
    course: Course, about: collecting.Lesson, ids: list[str], pairs: tuple[str, ...], when: Any
) -> collecting.Collected:
    """Check every pair before the first file moves."""
    plan = []
    for pair in pairs:
        file, _, id = pair.rpartition("=")
        paths = [
            path for path in (course.unmatched(about.name) / file, Path(file).expanduser()) if file and path.is_file()
        ]
        if not paths:
            raise GraderError(
                f'There is no file "{file or pair}" waiting for a name.',
                todo="Write FILE=ID, with the file's name as `club collect` listed it.",
            )
        if id not in ids:
            raise GraderError(
                f'There is nobody with the id "{id}" in the course.',
                todo=f"The ids are {', '.join(ids[:30])}{' and more' if len(ids) > 30 else ''}.",
            )
        plan.append((id, paths[0]))
    whole = collecting.Collected()
    for id, path in plan:
        done = collecting.assign(course, about, id, path, when)
        whole.taken += done.taken
        whole.unchanged += done.unchanged
    return whole


def tell_collected(done: collecting.Collected, name: str, due: Any) -> None:
    """Say what was collected, and what needs a person."""
    click.echo(f"Collected for {name}: {_sum(done)}.")
    for taken in done.taken:
        extra = f" (not {', '.join(taken.instead_of)})" if taken.instead_of else ""
        if taken.again or extra:
            click.echo(
                f"  {taken.learner}: {taken.came_as} counts{extra}{'; what was there before is kept' if taken.again else ''}."
            )
    for learner, by in collecting.late(done, due).items():
        click.echo(f"  {learner}: late by {_span(by)}.")
    for note in done.notes:
        click.echo(f"  Note: {note}")
    for refusal in done.refused:
        click.echo(f"  Not read: {refusal.shown}. {refusal.why}")
    if done.unmatched:
        click.echo("These files need a name. Put the person's id where ID stands:")
    for file in done.unmatched:
        click.echo(f"  club collect {lessons.short(name)} --assign {shlex.quote(file.name + '=ID')}    ({file.why})")


def _sum(done: collecting.Collected) -> str:
    new = sum(not taken.again for taken in done.taken)
    parts = [count(new, "notebook")]
    again, receipts = len(done.taken) - new, len(set(done.receipts))
    parts += [f"{again} handed in again"] if again else []
    parts += [count(receipts, "receipt")] if receipts else []
    parts += [f"{len(set(done.unchanged))} here already"] if done.unchanged else []
    parts += [f"{count(len(done.elsewhere), 'file')} of another lesson left alone"] if done.elsewhere else []
    return ", ".join(parts)


def _span(by: timedelta) -> str:
    minutes = int(by.total_seconds() // 60)
    if minutes < 90:
        return count(max(minutes, 1), "minute")
    return count(round(minutes / 60), "hour") if minutes < 60 * 48 else count(round(minutes / 1440), "day")
