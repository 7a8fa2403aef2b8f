"""`club lesson`: start a lesson folder, and check one."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

import click

from grader.lesson.folders import find, folders
from grader.lesson.problem import Problem


@click.group()
def lesson() -> None:
    """Start or check a lesson folder.

    \b
    Example: club lesson new 14-our-data
             club lesson check 14
    """


@lesson.command()
@click.argument("name")
def new(name: str) -> None:
    """Start a lesson: a small one that works, to be made yours.

    NAME is 2 figures and words in small letters. It becomes the folder's name.

    \b
    Example: club lesson new 14-our-data
    """
    from grader.lesson import template

    folder = template.copy(name)
    number = int(folder.name[:2])
    click.echo(f"Made {folder}")
    click.echo(f"See it:   club open {number}")
    click.echo(f"Then:     club lesson check {number}   says what is still the example's, and all else that is left.")


@lesson.command()
@click.argument("lessons", nargs=-1, metavar="[LESSON]...")
@click.option(
    "--prove", is_flag=True, help="Also change each solution in every small way, and see that its check notices."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def check(lessons: tuple[str, ...], prove: bool, as_json: bool) -> None:
    """Name everything that is not right in a lesson; in all lessons when none is named.

    LESSON is a number, a folder's name or a path. Ends with exit code 1 where something is not right.

    \b
    Example: club lesson check 14
             club lesson check --prove
    """
    from grader.lesson.validate import check as check_one

    wanted = [_folder(ref) for ref in lessons] or folders()
    found: dict[str, list[Problem]] = {}
    for folder in wanted:
        started = time.monotonic()
        found[folder.name] = check_one(folder)
        if not as_json:
            _tell(folder.name, found[folder.name], time.monotonic() - started)
    if prove:
        for name, problems in _prove(wanted, as_json).items():
            found[name] += problems
    if as_json:
        listed = {name: [asdict(problem) for problem in problems] for name, problems in found.items()}
        click.echo(json.dumps({"problems": listed}, ensure_ascii=False, indent=2))
    if any(found.values()):
        raise SystemExit(1)


def _prove(wanted: list[Path], as_json: bool) -> dict[str, list[Problem]]:
    from grader.lesson import prove as proof

    started = time.monotonic()
    found = proof.prove(wanted)
    if not as_json:
        for name, problems in found.items():
            _tell(f"{name}, proof of the marking", problems)
        click.echo(f"{len(found)} lessons proved in {time.monotonic() - started:.0f} s.")
    return found


def _folder(ref: str) -> Path:
    """Return the folder that is named; a path counts although its lesson.md is not there yet."""
    path = Path(ref)
    return path.resolve() if path.is_dir() else find(ref)


def _tell(name: str, problems: list[Problem], seconds: float | None = None) -> None:
    """List the problems of one lesson, file by file."""
    count = "nothing to mend" if not problems else f"{len(problems)} to mend"
    click.echo(f"{name}: {count}" + (f" ({seconds:.1f} s)" if seconds is not None else ""))
    for file in dict.fromkeys(problem.file for problem in problems):
        click.echo(f"  {file}")
        for problem in problems:
            if problem.file == file:
                place = f"{problem.place}: " if problem.place else ""
                click.echo(f"    {place}{problem.what} {problem.todo}".rstrip())
