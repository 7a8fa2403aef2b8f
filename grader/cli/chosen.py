"""What every facilitator's command shares: which course, the line that names it, and a full disk told plainly."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from grader.course import files
from grader.course import folder as folders
from grader.course.choice import FAST, STOCK, Choice
from grader.course.folder import Course

course_named = click.option(
    "--course", "named", metavar="COURSE", help="Which course: its name or folder (usually the one used last)."
)


def course_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --course, and hand the command the course that it stands for."""

    @course_named
    @functools.wraps(command)
    def with_course(named: str | None, **options: Any) -> Any:
        course = folders.find(named)
        if not options.get("as_json"):
            click.echo(f"Course {course.name} ({course.folder})")
        folders.remember(course)
        return plainly(command)(course=course, **options)

    return with_course


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what says how to mark, and hand the command a `Choice`."""

    @click.option("--stock", "--no-sandbox", "engine", flag_value=STOCK, help="Mark with nbgrader's own engine.")
    @click.option("--fast", "engine", flag_value=FAST, help="Mark with the fast engine, in a sandbox.")
    @click.option("--remember", is_flag=True, help="Go on with this engine in this course.")
    @click.option("--compat", is_flag=True, help="Fast engine: run an assignment's tests where its answers ran.")
    @click.option(
        "--fair", is_flag=True, help="Fast engine: a warning costs no point, and a numpy number counts as a number."
    )
    @click.option(
        "--jobs", type=click.IntRange(1, 64), default=None, metavar="N", help="Fast engine: how many at a time."
    )
    @functools.wraps(command)
    def with_choice(
        engine: str | None, remember: bool, compat: bool, fair: bool, jobs: int | None, **options: Any
    ) -> Any:
        chosen = engine or (FAST if compat or fair or jobs else "")
        return command(choice=Choice(chosen, remember, jobs, compat, fair), **options)

    return with_choice


def plainly(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn the disk's refusals into one line that says what to do."""

    @functools.wraps(command)
    def told(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except OSError as problem:
            raise files.trouble(problem) from problem

    return told


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def opened_book(course: Course) -> Any:
    """Open the gradebook; nbgrader takes seconds to import, so it is not imported before."""
    from grader.course import gradebook

    return gradebook.opened(course)
