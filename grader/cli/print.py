"""`club print`: paper copies, and texts to send."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.chosen import plainly
from grader.course import files
from grader.course import folder as folders
from grader.course.folder import Course
from grader.errors import GraderError

KINDS = {
    "card": "the facilitator's card of a LESSON, on one side of paper",
    "paper": "a LESSON on paper, for the day the technology fails",
    "words": "the code words up to a LESSON",
    "invitation": "an invitation to a LESSON, to send",
    "try-my-desk": "the half-minute check for the day before, to send",
    "certificate": "what each person did; or one person, by ID",
    "privacy": "the note for learners: what the club knows about you",
    "security": "the page for a security officer",
}
OF_LESSON = ("card", "paper", "words", "invitation")
OF_COURSE = ("certificate", "privacy")


@click.command(
    "print",
    help="Make paper copies and texts to send.\n\n\b\nKIND is one of:\n"
    + "\n".join(f"  {kind:<12} {what}" for kind, what in KINDS.items())
    + "\n\n\b\nExample: club print card 1\n         club print privacy",
)
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="KIND")
@click.argument("what", required=False, metavar="[LESSON|ID]")
@click.option(
    "--to", type=click.Path(path_type=Path), metavar="DIR", help="Where to put it (usually the course's print folder)."
)
@click.option(
    "--course", "named", metavar="COURSE", help="Which course: its name or folder (usually the one used last)."
)
@plainly
def print_(kind: str, what: str | None, to: Path | None, named: str | None) -> None:
    """Make paper copies and texts to send."""
    if kind in OF_LESSON and not what:
        raise GraderError("Say which lesson it is for.", todo=f"Type: club print {kind} 1")
    course = _course(named, needed=kind in OF_COURSE)
    made = _made(kind, what or "", course)
    place = to.expanduser() if to else course.printed if course else Path.cwd()
    for name, text in made.items():
        files.write(place / name, text.encode())
        click.echo(f"Made: {place / name}")
        if name.endswith(".txt"):
            click.echo("\n" + text.rstrip())
    if kind == "certificate":
        click.echo("Certificates hold names: give each person their own.")


def _course(named: str | None, needed: bool) -> Course | None:
    """Return the course, or None where there is none and it can be done without."""
    return folders.find(named) if needed or named else folders.here()


def _made(kind: str, what: str, course: Course | None) -> dict[str, str]:
    """Return the files to write, by name."""
    from grader.lesson.folders import find

    name = find(what).name if kind in OF_LESSON else ""
    if kind in ("card", "paper", "words"):
        from grader.print import sheets

        make = {"card": sheets.card, "paper": sheets.paper, "words": sheets.code_words}[kind]
        return {f"{name}-{kind}.html": make(name)}
    if kind == "invitation":
        from grader.print import texts

        return {f"{name}-invitation.txt": texts.invitation(name, course)}
    if kind == "try-my-desk":
        from grader.print import texts

        return {"try-my-desk.txt": texts.desk()}
    if kind == "security":
        from grader.print.security import security

        return {"security.html": security()}
    assert course is not None
    if kind == "privacy":
        from grader.print.privacy import privacy

        return {"privacy.html": privacy(course)}
    from grader.print.certificate import certificates

    return {f"certificate-{id}.html": text for id, text in certificates(course, what).items()}
