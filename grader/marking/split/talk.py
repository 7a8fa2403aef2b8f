"""Carry what the two children of a notebook say to one another. Values are carried, never read."""

from __future__ import annotations

import time
from dataclasses import dataclass

from grader.marking.engine import Child
from grader.marking.frame import Ended, Frame, Late
from grader.marking.progress import GRACE

CARRIED = ("op", "what", "wish", "sync", "value", "raised")
TURNS = 100_000


@dataclass
class Pair:
    """The two children of one notebook."""

    answers: Child
    tests: Child

    def other(self, child: Child) -> Child:
        """Return the child that is not this one."""
        return self.tests if child is self.answers else self.answers


class Talk:
    """Carries what the children say while one runs a cell."""

    def __init__(self, pair: Pair, first: Child, seconds: float) -> None:
        self._pair, self._first = pair, first
        self.turn = first
        self.until = time.monotonic() + seconds
        self.interrupted = False

    def until_done(self, end: str = "cell") -> Frame:
        """Return the frame with which the first child ends its work."""
        for _ in range(TURNS):
            frame = self._hear()
            if self.turn is self._first and frame.op == end:
                return frame
            if frame.op not in ("ask", "answer"):
                raise Ended
            self.turn = self._pair.other(self.turn)
            carried = {name: frame.data[name] for name in CARRIED if name in frame.data}
            self.turn.tell(carried, frame.parts, max(self.until, time.monotonic() + GRACE))
        raise Late

    def _hear(self) -> Frame:
        try:
            return self.turn.hear(self.until)
        except Late:
            if self.interrupted:
                raise
        self.interrupted = True
        self.turn.interrupt()
        self.until = time.monotonic() + GRACE
        return self.turn.hear(self.until)
