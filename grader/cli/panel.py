"""`club panel`: the whole term by buttons."""

from __future__ import annotations

import click

from grader.cli.chosen import course_named, plainly
from grader.course import files
from grader.course import folder as folders


@click.command()
@click.option("--no-browser", is_flag=True, help="Start JupyterLab and print its address.")
@course_named
@plainly
def panel(named: str | None, no_browser: bool) -> None:
    """Run the club by buttons, in a notebook in your browser.

    Where there is no course yet, the panel starts one. Then it releases a lesson, collects what came back, marks it,
    writes feedback and shows the report. Further down it adds people, gives a name to a file that has none, opens
    Formgrader, marks again, saves the marks, forgets a person and closes the term.

    Each button runs the command of the same name, so you can go from one to the other at any time. It all works by
    keyboard: Tab goes on to the next control, Enter presses a button.

    \b
    Example: club panel
             club panel --course autumn
    """
    from grader.jupyter.server import launch_page
    from grader.panel.notebook import NAME, notebook

    course = folders.find(named) if named else folders.here()
    if course is None:
        click.echo("There is no course yet. The panel starts one with you.")
    else:
        click.echo(f"Course {course.name} ({course.folder})")
        folders.remember(course)
    root = course.folder if course else folders.home()
    files.write(root / NAME, notebook())
    click.echo(str(root / NAME))
    # Notebook's own page, not JupyterLab's: it leaves the panel all the room there is.
    launch_page(root, f"/notebooks/{NAME}", not no_browser, click.echo)
