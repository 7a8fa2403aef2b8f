"""What a gradebook's database cannot do, told plainly."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import InvalidEntry
from nbgrader.api import app_log as log_of_nbgrader
from sqlalchemy.exc import DatabaseError

from grader.errors import GraderError

DAMAGED = ("The gradebook is damaged and cannot be read.", "Put gradebook.db back from a copy; nothing was changed.")
FULL = ("The disk is full, or the gradebook cannot be written to.", "Make room and run the same command again.")
FIXED = (
    "The gradebook can be read and not written to.",
    "Copy the course to a folder of your own and name that one with --course.",
)
IN_USE = (
    "The gradebook is in use, or it cannot be opened.",
    "Close what else has it open, such as Formgrader, and run the same command again.",
)
# a sign in what the database says -> what a person is told, and what to do
TROUBLES = (
    ("not a database", *DAMAGED), ("malformed", *DAMAGED), ("disk is full", *FULL), ("disk I/O", *FULL), ("readonly", *FIXED),
    ("OperationalError", *IN_USE),
)  # fmt: skip


@contextmanager
def told(name: str) -> Iterator[None]:
    """Say plainly what the database cannot do. nbgrader's own log of it would show people's names and the stack."""
    own_programs_first()
    disabled, log_of_nbgrader.disabled = log_of_nbgrader.disabled, True
    try:
        yield
    except (DatabaseError, InvalidEntry, sqlite3.DatabaseError) as problem:
        text = f"{type(problem).__name__} {problem}"
        for sign, what, todo in TROUBLES:
            if sign in text:
                raise GraderError(what, where=name, todo=todo) from None
        raise
    finally:
        log_of_nbgrader.disabled = disabled


def own_programs_first() -> None:
    """Put this environment's programs on the path: nbgrader starts `alembic` by its bare name."""
    own = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", "").split(os.pathsep)
    if paths[0] != own:
        os.environ["PATH"] = os.pathsep.join([own, *paths])
