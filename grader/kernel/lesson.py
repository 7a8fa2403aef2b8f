"""What a learner can ask for besides a check: ready, a worked line, a model answer, a receipt."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.kernel import receipt as receipts
from grader.kernel.chart import set_style
from grader.kernel.programme import stages
from grader.kernel.progress import Tally
from grader.kernel.session import Session
from grader.kernel.words import Link, Said

START = "00-"  # the lesson that people land on: from it they go on to all others
ON_BINDER = "BINDER_LAUNCH_HOST"  # BinderHub sets it
NOTHING_IS_KEPT = (
    "You are on Binder, which keeps nothing. It stops when you have not used it for about 10 minutes.",
    "To keep your work, select File, then Download, before you leave.",
    "To bring it back, open the lesson's folder in the list of files on the left. Select Upload Files, choose your file "
    "and select Overwrite. Open it, then select Run, then Run All Cells. If the lesson was open, close it first.",
)


def ready(session: Session, tables: Mapping[str, Any]) -> Said:
    """Say "Ready." and what is loaded; raise GraderError when a file of the lesson is not there."""
    missing = [name for name in session.pack.files if not (session.folder / Path(name)).is_file()]
    if missing:
        raise GraderError(
            f"Not ready: {missing[0]} is not in the lesson's folder.",
            todo="Open the lesson again from where you got it. Your work stays as it is.",
        )
    if session.pack.charts:
        import matplotlib.pyplot  # noqa: F401  the first chart is then seen like every later one

        set_style()
    loaded = " and ".join(f"{len(table):,} {name.replace('_', ' ')}" for name, table in tables.items())
    first = f"Ready. You have {loaded} loaded." if loaded else f"Ready. {session.pack.ready}".strip()
    notice = NOTHING_IS_KEPT if os.environ.get(ON_BINDER) else ()
    others = _others(session) if session.pack.lesson.startswith(START) else ()
    return Said((first, *notice, *(("The other lessons:",) if others else ())), links=others)


def _others(session: Session) -> tuple[Link, ...]:
    """Return a link to each lesson that lies beside this one; where it is marked nobody follows links."""
    if os.environ.get("NBGRADER_EXECUTION") is not None:
        return ()
    return tuple(
        Link(one.label, one.address) for one in stages(session.folder.parent) if one.name != session.pack.lesson
    )


def worked_line(session: Session, name: str) -> Said:
    """Show the worked line once there have been three misses."""
    exercise = session.exercise(name)
    if not exercise.worked:
        return Said(("This exercise has no worked line. The worked example near the top may help.",))
    tally = session.progress.tallies.get(name, Tally())
    if tally.misses < 3 and not tally.done:
        left = 3 - tally.misses
        return Said((f"A worked line is there after 3 tries. You have {left} to go, and hints come on the way.",))
    return Said(("One worked line, for another question of the same kind:",), exercise.worked)


def model_answer(session: Session, name: str) -> Said:
    """Show the model answer once the learner's own is right."""
    exercise = session.exercise(name)
    if not session.progress.tallies.get(name, Tally()).done:
        return Said(("The model answer is there once your own answer is right. Check it first.",))
    return Said(("One way to write it. Yours may be as good:",), exercise.solution)


def receipt(session: Session) -> Said:
    """Show the receipt, and say what is in it."""
    text = receipts.write(session.pack.lesson, session.pack.names, session.progress.tallies)
    return Said(
        ("Copy this line into the chat or form. It says how each exercise came out, and not who you are.",), text
    )
