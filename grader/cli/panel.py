"""`club panel`: the week by buttons."""

from __future__ import annotations

import click

from grader.cli.chosen import course_option
from grader.course import files
from grader.course.folder import Course


@click.command()
@click.option("--no-browser", is_flag=True, help="Start JupyterLab and print its address.")
@course_option
def panel(course: Course, no_browser: bool) -> None:
    """Run the club's week by buttons, in a notebook beside the course.

    \b
    Example: club panel
    """
    from grader.jupyter.server import launch
    from grader.panel.notebook import NAME, notebook

    files.write(course.folder / NAME, notebook())
    click.echo(str(course.folder / NAME))
    launch(course.folder, course.folder / NAME, not no_browser, click.echo)
