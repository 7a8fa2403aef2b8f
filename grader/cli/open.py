"""`club open`: a lesson ready in the learner's folder, and JupyterLab on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from grader.errors import GraderError
from grader.jupyter.folder import place
from grader.jupyter.source import ROOT, fingerprint


def outside(folder: Path, root: Path = ROOT) -> Path:
    """Refuse a folder inside the checkout: work and the lessons' own files never mix."""
    resolved = folder.expanduser().resolve()
    if resolved == root or root in resolved.parents:
        raise GraderError(
            "This folder is inside the Foothills folder itself.", where=str(folder), todo="Name another one with --to."
        )
    return resolved


def find(reference: str, lessons: Path = ROOT / "lessons") -> Path:
    """Find a lesson's folder by its number or its name."""
    folders = sorted(path.parent for path in lessons.glob("*/lesson.md"))
    for folder in folders:
        number = folder.name.partition("-")[0]
        if reference == folder.name or (reference.isdecimal() and number.isdecimal() and int(reference) == int(number)):
            return folder
    known = ", ".join(folder.name for folder in folders) or "none yet"
    raise GraderError(f"There is no lesson {reference}.", todo=f"The lessons are: {known}.")


def build(folder: Path) -> Mapping[str, bytes]:
    """Build what a learner gets; the builder is loaded only when there is something to build."""
    from grader.lesson.build import handout
    from grader.lesson.read import lesson

    return handout(lesson(folder.name))


@click.command()
@click.argument("lesson", default="0")
@click.option("--to", "home", default="~/foothills", metavar="DIR", help="Your folder (usually ~/foothills).")
@click.option("--fresh", is_flag=True, help="Start a new copy beside your earlier work.")
@click.option(
    "--from",
    "given",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Go on from a notebook that you saved earlier.",
)
@click.option("--no-launch", is_flag=True, help="Make the lesson ready, print where it is, start nothing.")
@click.option("--no-browser", is_flag=True, help="Start JupyterLab and print its address.")
def open_lesson(lesson: str, home: str, fresh: bool, given: Path | None, no_launch: bool, no_browser: bool) -> None:
    """Open LESSON, a number or a folder name, where you left it.

    With no LESSON it opens lesson 0, "Start here". Your work is kept in your own folder and is never overwritten.

    \b
    Example: club open 1
    """
    folder, source = outside(Path(home)), find(lesson)
    opened = place(
        folder,
        source.name,
        fingerprint(ROOT, source),
        lambda: build(source),
        fresh=fresh,
        work=given.read_bytes() if given else None,
    )
    for note in opened.notes:
        click.echo(note)
    click.echo(str(opened.notebook))
    if not no_launch:
        from grader.jupyter.server import launch

        launch(folder, opened.notebook, not no_browser, click.echo)
