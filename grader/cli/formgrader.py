"""`club formgrader`: written answers, marked by hand."""

from __future__ import annotations

import click

from grader.cli.chosen import course_option
from grader.course.folder import Course
from grader.errors import GraderError


@click.command()
@click.option("--no-browser", is_flag=True, help="Start JupyterLab and print its address.")
@click.option("--until-closed", is_flag=True, hidden=True, help="End when standard input does: for the control panel.")
@course_option
def formgrader(course: Course, no_browser: bool, until_closed: bool) -> None:
    """Mark written answers by hand, in nbgrader's own Formgrader. Your marks go into the report.

    \b
    Example: club formgrader
    """
    from grader.course import gradebook
    from grader.jupyter.server import end_with_input, launch_page

    with gradebook.opened(course):
        pass  # one that is damaged or gone is told here, and not on nbgrader's page
    if not any(course.step("autograded").glob("*/*/*.ipynb")):
        raise GraderError(
            "There is nothing to mark by hand yet.", where=course.name, todo="Run first: club mark LESSON"
        )
    if until_closed:
        end_with_input()
    click.echo("Choose Manual grading on the left, then a lesson. Marks are saved as you type.")
    launch_page(course.folder, "/formgrader", not no_browser, click.echo, settings=None)
