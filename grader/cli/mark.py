"""`club mark` and `club feedback`."""

from __future__ import annotations

import json
from typing import Any

import click

from grader.cli.chosen import count, course_option, engine_options
from grader.course import lessons
from grader.course.choice import Choice
from grader.course.folder import Course
from grader.errors import GraderError

SLOWEST = 3
QUICK = 0.1  # seconds; less is said of all together


@click.command()
@click.argument("lesson")
@engine_options
@click.option("--again", is_flag=True, help="Mark everything again; marks given by hand stay.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@course_option
def mark(course: Course, lesson: str, choice: Choice, again: bool, as_json: bool) -> None:
    """Mark what was collected for LESSON, a number or any assignment's name.

    \b
    Example: club mark 1
             club mark 1 --again
    """
    name = lessons.released(course, lesson)
    run = marked(course, name, choice, again, quiet=as_json)
    if not run.marked:
        raise GraderError(
            f"There is nothing new to mark for {name}.",
            todo=f"To mark everything again, run: club mark {lessons.short(name)} --again",
        )
    if as_json:
        click.echo(json.dumps(to_json(course, run), indent=1, ensure_ascii=False))
    else:
        tell_marked(run)


def marked(course: Course, name: str, choice: Choice, again: bool = False, quiet: bool = False) -> Any:
    """Mark, showing how far it is."""
    from grader.cli.progress import shown
    from grader.course import engine
    from grader.course.mark import to_mark

    with shown("Marking", len(to_mark(course, name, again)), quiet) as one_more:
        return engine.mark(course, name, choice, again=again, progress=lambda _: one_more())


def to_json(course: Course, run: Any) -> dict[str, Any]:
    """Return a run of marking as one JSON document."""
    return {
        "course": course.name,
        "lesson": run.assignment,
        "engine": run.engine,
        "sandbox": run.sandbox,
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
        "slowest": [{"exercise": name, "seconds": round(seconds, 3)} for name, seconds in run.slowest],
    }


def tell_marked(run: Any) -> None:
    """Say how marking ended, with what needs a person last."""
    from grader.course.mark import LOOK, MARKED, REPAIRED

    looks = [one for one in run.marked if one.outcome == LOOK]
    parts = [f"{run.count(MARKED)} {MARKED}"]
    parts += [f"{run.count(REPAIRED)} {REPAIRED}"] if run.count(REPAIRED) else []
    parts += [count(len(looks), LOOK, "need a look")] if looks else []
    before = f"; {len(run.unchanged)} marked before" if run.unchanged else ""
    click.echo(f"Marked {run.assignment} ({run.engine} engine): {', '.join(parts)}{before}.")
    for note in run.notes:
        click.echo(f"  Note: {note}")
    if run.slowest:
        longest = [f"{name} {seconds:.1f} s" for name, seconds in run.slowest[:SLOWEST] if seconds >= QUICK]
        quick = f"  No exercise took as long as {QUICK} s for one person."
        click.echo(f"  What took longest, for one person: {', '.join(longest)}." if longest else quick)
    for one in run.marked:
        if one.outcome == REPAIRED:
            click.echo(f"  {one.learner}: {' '.join(one.notes)}")
    for name, (old, new) in run.changed.items():
        click.echo(f"  {name}: the score was {old:g} and is now {new:g}.")
    waiting = [one.learner for one in run.marked if one.waiting and one.outcome != LOOK]
    if waiting:
        click.echo(
            f"{count(len(waiting), 'person has', 'people have')} written answers for you to mark: club formgrader"
        )
    if looks:
        click.echo("These need a look:")
    for one in looks:
        click.echo(f"  {one.learner}: {' '.join(one.notes)}")


@click.command()
@click.argument("lesson")
@click.option("--exchange", is_flag=True, help="Also put each page where its person fetches it.")
@course_option
def feedback(course: Course, lesson: str, exchange: bool) -> None:
    """Write a feedback page for each person, and one message for the whole room.

    \b
    Example: club feedback 1
    """
    name = lessons.released(course, lesson)
    new = fed_back(course, name)
    if exchange:
        from grader.course.exchange import give_back

        give_back(course, name)
        click.echo("The pages are in the exchange: each person fetches their own.")
    elif not new:
        raise GraderError(
            "Every page is there and up to date.",
            where=str(course.step("feedback")),
            todo=f"When more has come in, run: club after {lessons.short(name)} --from FOLDER",
        )


def fed_back(course: Course, name: str) -> bool:
    """Write feedback, say where it is, and tell whether anything was new."""
    from grader.report import feedback as feeding
    from grader.report.message import message
    from grader.report.read import read
    from grader.report.summary import summarise

    made = feeding.write(course, name)
    if not made.there and not made.left_out:
        raise GraderError(
            f"There is nothing to give feedback on for {name}.", todo=f"Run first: club mark {lessons.short(name)}"
        )
    text = message(summarise(read(course, name)))
    path = course.reports / f"{name}-message.txt"
    new = feeding.put(path, text.encode()) or bool(made.new)
    if new:
        click.echo(f"Feedback for {name}: {count(made.there, 'page')}, {made.new} new, in {course.step('feedback')}.")
        for learner, why in made.left_out.items():
            click.echo(f"  {learner}: no page. {why}")
        click.echo(f"One message for the whole room, to paste ({path}):\n")
        click.echo("\n".join(f"  {line}".rstrip() for line in text.splitlines()))
    return new
