"""Where a learner stands: this lesson's exercises, the other lessons, what to come back to, and a certificate."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from grader.errors import GraderError
from grader.kernel import certificate as certificates
from grader.kernel.programme import Stage, after, stage, stages, to_come_back_to
from grader.kernel.progress import Tally
from grader.kernel.session import Session
from grader.kernel.sheet import Part, Sheet
from grader.kernel.words import Link, Said

_STATES = {"right": "done", "other_form": "done", "not_yet": "not yet", "could_not_run": "not yet"}


def progress(session: Session) -> Sheet:
    """Show this lesson's exercises, then what has been learned so far and where to go next."""
    here = stage(session.pack, session.folder, session.progress)
    known = around(session)
    return Sheet(
        (
            Part(here.label, (session.done_line(), *_exercises(session))),
            Part("Next", _next(session, here, known)),
            Part("What you have learned so far", tuple(one.idea for one in known if one.finished)),
            Part("All your lessons", tuple(map(_line, known)) if len(known) > 1 else ()),
            Part("Questions to come back to, without looking", tuple(map(_question, to_come_back_to(known)))),
        )
    )


def certificate(session: Session, person: str) -> Said:
    """Write the certificate beside the notebook and say where it is; there must be a finished lesson."""
    known = around(session)
    if not any(one.finished for one in known):
        return Said((f"The certificate is there once a lesson is done. Here, {_small(session.done_line())}",))
    page = certificates.page(known, person.strip(), datetime.date.today())
    path = session.folder / certificates.NAME
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as trouble:
        raise GraderError(
            f"{path.name} cannot be written here.", todo="Save a copy of the lesson in a folder of your own first."
        ) from trouble
    return Said(
        (
            f"Your certificate is the file `{path.name}`, beside this lesson in the list of files on the left. "
            "Nobody else has it.",
            "Open it there to read it. To keep or print it, select the file, then File, then Download.",
        )
    )


def around(session: Session) -> tuple[Stage, ...]:
    """Return the lessons in the learner's folder, with the open one as it stands now."""
    here = stage(session.pack, session.folder, session.progress)
    others = {one.name: one for one in stages(session.folder.parent)}
    kept = others.get(here.name)
    others[here.name] = here if kept is None or here.done >= kept.done else kept
    return tuple(others[name] for name in sorted(others))


def _exercises(session: Session) -> list[str]:
    lines = []
    for name in session.pack.names:
        exercise = session.exercise(name)
        state = _STATES.get(session.progress.tallies.get(name, Tally()).last, "not tried yet")
        lines.append(f"{exercise.number} `{name}`: {state}")
    return lines


def _next(session: Session, here: Stage, known: Sequence[Stage]) -> tuple[str | Link, ...]:
    """Say what comes next: an exercise of this lesson, or else another lesson and the certificate."""
    tallies = session.progress.tallies
    left = [name for name in session.pack.core if not tallies.get(name, Tally()).done]
    if left:
        return (f"Exercise {session.exercise(left[0]).number}, `{left[0]}`.",)
    lines: list[str | Link] = ["The exit question at the end of this lesson, if you have not answered it yet."]
    follows = after(known, here.name)
    if follows is not None:
        lines.append(Link(follows.label, follows.address))
    if here.number.isdecimal() and all(one.name <= here.name for one in known):
        lines.append(
            f"If you have the Foothills folder, `./club open {int(here.number) + 1}` there opens the next lesson."
        )
    lines.append('To have a page that says what you have done, run `grader.certificate("Your name")` in a new cell.')
    return tuple(lines)


def _line(one: Stage) -> Link:
    state = "done" if one.finished else f"{one.done} of {one.core} core exercises done" if one.done else "not begun"
    return Link(one.label, one.address, f": {state}")


def _question(one: Stage) -> str:
    return f"{one.label}. {one.question}"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
