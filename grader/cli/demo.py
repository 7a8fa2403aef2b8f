"""`club demo`: a pretend club's week, by the same commands, in a temporary folder."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from grader.course import folder as folders
from grader.errors import GraderError


@click.command()
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="DIR", help="Where to make it (usually a temporary folder)."
)
def demo(to: Path | None) -> None:
    """Run a pretend club of 20 people for a week, and show what a facilitator gets.

    Everybody in it is made up. Their answers come from the lesson's answer bank: right, missed, late and broken.

    \b
    Example: club demo
    """
    if to is not None and to.exists() and any(to.iterdir()):
        raise GraderError("There is something in that folder already.", where=str(to), todo="Name another one.")
    home = (to or Path(tempfile.mkdtemp(prefix="foothills-demo-"))).expanduser().resolve()
    from grader.course.pretend_room import make_room

    with _last_used_kept():
        click.echo("A pretend club of 20. You would type these commands yourself; here they are typed for you.")
        room = make_room(home)
        course = str(home / "autumn-club")
        _type(
            "new", course, "--roster", str(room.roster), "--title", "Autumn club", say="A club, from a list of names:"
        )
        _type(
            "release", room.lesson, "--due", room.due, "--course", course, say="Before lunch: the lesson to give out."
        )
        after = ["after", room.lesson, "--from", str(room.returned), "--course", course]
        _type(*after, say="After lunch: what came back, in one go.")
        _type("status", "--course", course, say="The term at a glance:")
        _type("report", room.lesson, "--course", course, say="The report, which you can pass on. It holds no names:")
    click.echo(f"\nAll of it is in {home}; delete that folder when you have looked at it.")
    click.echo("To start a real one: club new COURSE --roster names.csv")
    click.echo(f"\n{home / 'autumn-club' / 'reports' / f'{room.name}-report.html'}")


def _type(*words: str, say: str) -> None:
    """Show a command as it would be typed, and run it."""
    from grader.cli import club

    shown = " ".join(word if " " not in word else f'"{word}"' for word in _without_course(words))
    click.echo(f"\n{say}\n\n$ club {shown}")
    club.main(args=list(words), prog_name="club", standalone_mode=False)


def _without_course(words: tuple[str, ...]) -> list[str]:
    return list(words[: words.index("--course")] if "--course" in words else words)


@contextlib.contextmanager
def _last_used_kept() -> Iterator[None]:
    """Leave the course that was used last as it was."""
    before = folders.last_used()
    try:
        yield
    finally:
        now = folders.last_used()
        if before is not None:
            folders.remember(folders.Course(before))
        elif now is not None:
            folders.forget_last(folders.Course(now))
