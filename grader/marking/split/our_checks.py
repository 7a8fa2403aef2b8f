"""Our own lessons: the learner's end says what the names hold, the tests' end judges with the notebook's own checks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.checks import pack
from grader.checks.exercise import Exercise
from grader.checks.snapshot import Snapshot, snapshot_from_json, snapshot_to_json
from grader.kernel import session


class Afar(session.Session):
    """A lesson's checks where the answers are in another process."""

    def __init__(self, shell: Any, ask: Callable[[str], Any]) -> None:
        super().__init__(Path.cwd(), shell, None)
        self._ask = ask

    def snapshot(self, exercise: Exercise) -> Snapshot:
        """Return what the other process says of the answer, read as data."""
        told = self._ask(exercise.name)
        return snapshot_from_json(json.loads(told))


def judge_here(shell: Any, ask: Callable[[str], Any]) -> bool:
    """Have `grader.check` in this process judge what `ask` tells of the other; say whether there are checks."""
    if pack.find(Path.cwd()) is None:
        return False
    session.hold(Afar(shell, ask))
    return True


def watch_here() -> None:
    """Watch the learner's cells from the first on."""
    session.start_watching()


def tell(exercise: str) -> bytes:
    """Return what the check of an exercise may see, as JSON in bytes, which travel as they are."""
    now = session.current()
    return json.dumps(snapshot_to_json(now.snapshot(now.exercise(exercise)))).encode()
