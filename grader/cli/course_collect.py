"""`club collect` and `club after`: what comes back, and what is made of it."""

from __future__ import annotations

import shlex
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from grader.cli.chosen import count, course_option, engine_options, opened_book
from grader.course import collect as collecting
from grader.course import lessons, settings
from grader.course.choice import Choice
from grader.course.folder import Course
from grader.errors import GraderError

MANY = 12  # lines about files that were not read


@click.command()
@click.argument("lesson")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), metavar="PATH", help="A folder, a zip, or a sheet of receipts."
)
@click.option("--assign", "pairs", multiple=True, metavar="FILE=ID", help="Say whose a file is.")
@click.option("--received", metavar="WHEN", help='When all of it came in, such as "2026-12-02 13:00".')
@click.option("--exchange", is_flag=True, help="Take it from this machine's nbgrader exchange.")
@course_option
def collect(
    course: Course, lesson: str, source: Path | None, pairs: tuple[str, ...], received: str | None, exchange: bool
) -> None:
    """Take in what people sent back for LESSON.

    Whose a file is comes from its name, its folder's or its zip's. When it came in comes from a timestamp file or a
    table beside it, or from --received.

    \b
    Example: club collect 1 --from ~/Downloads/returned
             club collect 1 --assign "lesson (3).ipynb=p07"
    """
    if exchange:
        taken_in(course, lessons.released(course, lesson))
        return
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


def taken_in(course: Course, name: str) -> None:
    """Collect from the exchange, and say what came of it."""
    from grader.course.exchange import take_in

    taken = take_in(course, name)
    click.echo(f"Collected for {name}: {count(len(taken.new), 'notebook')} new, {len(taken.all)} in all.")


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
                todo="To see the ids, run: club status --names",
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
    for refusal in done.refused[:MANY]:
        click.echo(f"  Not read: {refusal.shown}. {refusal.why}")
    if len(done.refused) > MANY:
        click.echo(f"  Not read: {len(done.refused) - MANY} more like these.")
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


@click.command()
@click.argument("lesson")
@click.option(
    "--from", "source", type=click.Path(path_type=Path), metavar="PATH", help="A folder, a zip, or a sheet of receipts."
)
@click.option("--received", metavar="WHEN", help='When all of it came in, such as "2026-12-02 13:00".')
@click.option("--exchange", is_flag=True, help="Take work from this machine's nbgrader exchange; give feedback there.")
@engine_options
@course_option
def after(
    course: Course, lesson: str, source: Path | None, received: str | None, exchange: bool, choice: Choice
) -> None:
    """Collect, mark, write feedback and report for LESSON in one go, and end with what needs a person.

    \b
    Example: club after 1 --from ~/Downloads/returned
    """
    name = lessons.released(course, lesson)
    if exchange:
        taken_in(course, name)
    done = collected(course, lesson, source, (), received) if source else None
    run_after(course, name, done, choice)
    if exchange:
        from grader.course.exchange import give_back

        give_back(course, name)


def run_after(course: Course, name: str, done: collecting.Collected | None, choice: Choice) -> None:
    """Mark, write feedback and report, and say what needs a person."""
    from grader.cli.mark import fed_back, marked, tell_marked
    from grader.course.mark import handed_in, looks
    from grader.course.status import status, unnamed
    from grader.report import reports_folder

    run = marked(course, name, choice) if handed_in(course, name) else None
    if run is not None and run.marked:
        tell_marked(run)
    if run is not None:
        fed_back(course, name)
    click.echo(f"Report: {reports_folder.lesson_report(course, name).page}")
    marked_now = {one.learner for one in run.marked} if run else set()
    earlier = [f"{learner}: {why}" for learner, why in looks(course, name).items() if learner not in marked_now]
    earlier += [f"{file}: whose is it?" for file in unnamed(course, name) if not done or file not in done.named]
    if earlier:
        click.echo("\n  ".join(["From before:", *earlier]))
    click.echo(_needs(next(row for row in status(course).lessons if row.name == name)))


def _needs(row: Any) -> str:
    """Say what is left for a person to do for a lesson."""
    parts = (
        (row.looks, "notebook needs a look", "notebooks need a look"),
        (row.unmatched, "file needs a name", "files need a name"),
        (row.waiting, "person's written answers (club formgrader)", "people's written answers (club formgrader)"),
    )
    needs = [count(*part) for part in parts if part[0]]
    return f"For you to do: {', '.join(needs)}." if needs else "Nothing needs you."
