"""Mark many submissions at a time: each in children of one warm process, results in order, few of them in memory."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from grader.errors import GraderError
from grader.marking.engine import Broken, Warm
from grader.marking.gradebook import Course
from grader.marking.prepare import Ready, Work, mark_submission

TRIES = 4


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
        self.warm = make()

    def renew(self, gone: Warm) -> None:
        """Take the place of a warm process that has gone, once for all that notice it."""
        with self._lock:
            if self.warm is not gone:
                return
            gone.close()
            for left in range(TRIES, -1, -1):
                try:
                    self.warm = self._make()
                    return
                except GraderError:
                    if not left:
                        raise

    def __enter__(self) -> Supply:
        return self

    def __exit__(self, *_: object) -> None:
        self.warm.close()


def all_done(
    course: Course, assignment: str, supply: Supply | None, work: Work, learners: Sequence[str], jobs: int
) -> Iterator[Done]:
    """Mark in threads, a few ahead of the writer, and give the results in order. Without a supply nothing is run."""

    def one(learner: str) -> Done:
        began = time.monotonic()
        folder = course.folder("submitted", assignment, learner)
        ready, trouble = None, ""
        for _ in range(TRIES):
            warm = supply.warm if supply else None
            try:
                ready, trouble = mark_submission(warm, work, folder), ""
                break
            except Broken as broken:
                trouble = f"Not marked, and not because of what was handed in: {broken}."
                if supply and warm:
                    supply.renew(warm)
            except Exception as bug:  # our own mistake must not stop the others, and must not look like a score
                trouble = f"Not marked: the marking engine met {type(bug).__name__}: {bug}."
                break
        return Done(learner, ready, trouble, time.monotonic() - began)

    with ThreadPoolExecutor(jobs) as pool:
        ahead: deque[Future[Done]] = deque()
        for learner in learners:
            ahead.append(pool.submit(one, learner))
            if len(ahead) > jobs * 2:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
