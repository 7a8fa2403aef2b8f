"""Mark many submissions at a time: each in children of one warm process, results in order, few of them in memory."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from grader.errors import GraderError
from grader.marking.assignment import Assignment
from grader.marking.engine import Broken, Warm
from grader.marking.one_submission import Ready, mark_submission
from grader.marking.work import Work

TRIES = 4
Result = TypeVar("Result")


@dataclass(frozen=True)
class Done:
    """One submission after its run; without `ready` it could not be marked, and `trouble` says why."""

    learner: str
    ready: Ready | None
    trouble: str
    seconds: float


class Supply:
    """The warm process, and another one when it has gone."""

    def __init__(self, make: Callable[[], Warm]) -> None:
        self._make, self._lock = make, threading.Lock()
        self.warm = self._made()

    def use(self, work: Callable[[Warm], Result]) -> Result:
        """Do something with the warm process, again with another one when it goes meanwhile; raise Broken in the end."""
        for _ in range(TRIES - 1):
            warm = self.warm
            try:
                return work(warm)
            except Broken:
                self._renew(warm)
        return work(self.warm)

    def _renew(self, gone: Warm) -> None:
        """Take the place of a warm process that has gone, once for all that notice it."""
        with self._lock:
            if self.warm is gone:
                gone.close()
                self.warm = self._made()

    def _made(self) -> Warm:
        for _ in range(TRIES - 1):
            with contextlib.suppress(GraderError):  # it may have been killed before it was ready
                return self._make()
        return self._make()

    def __enter__(self) -> Supply:
        return self

    def __exit__(self, *_: object) -> None:
        self.warm.close()


def all_done(
    assignment: Assignment, supply: Supply | None, work: Work, learners: Sequence[str], jobs: int
) -> Iterator[Done]:
    """Mark in threads, a few ahead of the writer, and give the results in order. Without a supply nothing is run."""

    def one(learner: str) -> Done:
        began = time.monotonic()
        folder = assignment.submitted(learner)
        ready, trouble = None, ""
        try:
            if supply is None:
                ready = mark_submission(None, work, folder)
            else:
                ready = supply.use(lambda warm: mark_submission(warm, work, folder))
        except GraderError:  # no warm process starts any more: nothing can go on
            raise
        except Broken as broken:
            trouble = f"Not marked, and not because of what was handed in: {broken}."
        except Exception as bug:  # our own mistake must not stop the others, and must not look like a score
            trouble = f"Not marked: the marking engine met {type(bug).__name__}: {bug}."
        return Done(learner, ready, trouble, time.monotonic() - began)

    with ThreadPoolExecutor(jobs) as pool:
        ahead: deque[Future[Done]] = deque()
        for learner in learners:
            ahead.append(pool.submit(one, learner))
            if len(ahead) > jobs * 2:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
