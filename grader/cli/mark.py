"""`club mark` and `club feedback`."""

from __future__ import annotations

import json
from typing import Any

import click

from grader.cli.chosen import count, course_option
from grader.course import lessons
from grader.course.folder import Course
from grader.errors import GraderError


@click.command()
@click.argument("lesson")
@click.option(
    "--engine",
    type=click.Choice(["stock", "fast"]),
    default=None,
    help="Which engine marks (usually the fast one where this machine can run it).",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=None, metavar="N", help="How many to mark at a time.")
@click.option("--again", is_flag=True, help="Mark everything again; marks given by hand stay.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@course_option
def mark(course: Course, lesson: str, engine: str | None, jobs: int | None, again: bool, as_json: bool) -> None:
    """Mark what was collected for LESSON, a number or any assignment's name.

    \b
    Example: club mark 1
             club mark 1 --again
    """
    run = marked(course, lesson, engine, jobs, again, quiet=as_json)
    if as_json:
        click.echo(json.dumps(to_json(course, run), indent=1, ensure_ascii=False))
    else:
        tell_marked(run)
    if not run.marked:
        raise GraderError(
            f"There is nothing new to mark for {run.assignment}.",
            todo=f"To mark everything again, run: club mark {lessons.short(run.assignment)} --again",
        )


def marked(course: Course, lesson: str, engine: str | None, jobs: int | None, again: bool, quiet: bool = False) -> Any:
    """Mark with the engine that was asked for, showing how far it is."""
    name = lessons.released(course, lesson)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from grader.course import engine as engines

    total = len(engines.to_mark(course, name, again))
    console = Console(stderr=True)
    with Progress(
        TextColumn("Marking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    ) as bar:
        task = bar.add_task("", total=total)
        return engines.mark(course, name, engine=engine, jobs=jobs, again=again, progress=lambda _: bar.advance(task))


def to_json(course: Course, run: Any) -> dict[str, Any]:
    """Return a run of marking as one JSON document."""
    return {
        "course": course.name,
        "lesson": run.assignment,
        "engine": run.engine,
        "marked": [
            {
                "learner": one.learner,
                "outcome": one.outcome,
                "score": one.score,
                "points": one.points,
                "waiting": one.waiting,
                "notes": list(one.notes),
            }
            for one in run.marked
        ],
        "marked_before": list(run.unchanged),
        "changed": {name: {"before": before, "after": after} for name, (before, after) in run.changed.items()},
        "notes": list(run.notes),
    }


def tell_marked(run: Any) -> None:
    """Say how marking ended, with what needs a person last."""
    from grader.course.mark import LOOK, MARKED, REPAIRED

    parts = [
        f"{run.count(outcome)} {outcome}"
        for outcome in (MARKED, REPAIRED, LOOK)
        if run.count(outcome) or outcome == MARKED
    ]
    before = f"; {len(run.unchanged)} marked before" if run.unchanged else ""
    click.echo(f"Marked {run.assignment} ({run.engine} engine): {', '.join(parts)}{before}.")
    for note in run.notes:
        click.echo(f"  Note: {note}")
    for one in run.marked:
        if one.outcome == REPAIRED:
            click.echo(f"  {one.learner}: {' '.join(one.notes)}")
    waiting = [one.learner for one in run.marked if one.waiting and one.outcome != LOOK]
    for name, (old, new) in run.changed.items():
        click.echo(f"  {name}: the score was {old:g} and is now {new:g}.")
    if waiting:
        click.echo(
            f"{count(len(waiting), 'person has', 'people have')} written answers for you to mark: club formgrader"
        )
    looks = [one for one in run.marked if one.outcome == LOOK]
    if looks:
        click.echo("These need a look:")
    for one in looks:
        click.echo(f"  {one.learner}: {' '.join(one.notes)}")


@click.command()
@click.argument("lesson")
@click.option("--again", is_flag=True, help="Write every page again.")
@course_option
def feedback(course: Course, lesson: str, again: bool) -> None:
    """Write a feedback page for each person, and one message for the whole room.

    \b
    Example: club feedback 1
    """
    fed_back(course, lesson, again)


def fed_back(course: Course, lesson: str, again: bool = False) -> None:
    """Write feedback, and say where it is."""
    name = lessons.released(course, lesson)
    from grader.course import feedback as feeding
    from grader.course.outcomes import read
    from grader.report.message import message

    made = feeding.write(course, name, again=again)
    click.echo(f"Feedback for {name}: {count(made.pages, 'page')} in {course.step('feedback')}.")
    for learner, why in made.left_out.items():
        click.echo(f"  {learner}: no page. {why}")
    text = message(read(course, name))
    path = course.reports / f"{name}-message.txt"
    feeding.keep(path, text)
    click.echo(f"One message for the whole room ({path}):\n\n{text}")
