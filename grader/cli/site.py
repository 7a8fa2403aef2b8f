"""`club site`: the programme as plain web pages."""

from __future__ import annotations

from pathlib import Path

import click

from grader.errors import GraderError


@click.command()
@click.option(
    "--to",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to write the pages.",
)
@click.option(
    "--repository",
    default="",
    metavar="OWNER/NAME",
    envvar="FOOTHILLS_REPOSITORY",
    help="The GitHub repository that Binder opens.",
)
@click.option("--branch", default="main", show_default=True, help="The branch that Binder opens.")
@click.option(
    "--lessons-from",
    default="",
    metavar="OWNER/NAME",
    help="A repository of released lessons that Binder brings in, where they are not those of this one.",
)
def site(to: Path, repository: str, branch: str, lessons_from: str) -> None:
    """Build the web pages: a front page and a page for each lesson.

    They are plain files: any web server or shared folder can hold them. With --repository each lesson also gets a
    link that opens it on Binder.

    \b
    Example: club site --to pages --repository our-department/foothills
    """
    from grader.lesson.folders import folders
    from grader.lesson.read import lesson
    from grader.site import build, links

    runs, other = links.repository(repository, branch), links.repository(lessons_from, "main")
    if other and not runs:
        raise GraderError("--lessons-from needs the repository that Binder runs.", todo="Add --repository OWNER/NAME.")
    binder = links.Binder(runs, other) if runs else None
    lessons = [lesson(folder) for folder in map(str, folders())]
    if not lessons:
        raise GraderError("There are no lessons to show.", todo="Write one: club lesson new NAME")
    made = build.site(lessons, binder)
    build.write(to, made)
    size = sum(map(len, made.values())) / 1e6
    click.echo(f"{len(lessons)} lessons, {len(made)} files, {size:.1f} MB. Open {to / 'index.html'}")
