"""One thing to mend in a lesson folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """`file` and `place` say where, `what` was found, `todo` is what to do about it."""

    file: str
    place: str
    what: str
    todo: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.what} {self.todo}"
