"""One run of marking in a course at a time."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from grader.errors import GraderError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextlib.contextmanager
def only_one(course: Path) -> Iterator[None]:
    """Hold the course for one run of marking; raise GraderError when another run has it."""
    place = course / ".foothills" / "marking.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place, "w") as held:
        try:
            _lock(held)
        except OSError:
            raise GraderError(
                "This course is being marked already.", where=str(course), todo="Wait until that is done."
            ) from None
        yield


def _lock(held: TextIO) -> None:
    if sys.platform == "win32":
        msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
