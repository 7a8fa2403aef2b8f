"""`progress.json` beside the notebook: how often each exercise was checked, and how it came out.

It survives a restart of the kernel. It is never read for marks.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pandas as pd

from grader.checks.snapshot import Snapshot, snapshot_to_json
from grader.checks.verdict import Outcome, Verdict

NAME = "progress.json"


@dataclass(frozen=True)
class Tally:
    """One exercise so far: tries, the first verdict, the last one, misses in a row and a mark of the answer."""

    tries: int = 0
    first: str = ""
    last: str = ""
    misses: int = 0
    answer: str = ""
    stale: bool = False

    @property
    def done(self) -> bool:
        """Whether the exercise has come out right."""
        return self.last in (Verdict.RIGHT.value, Verdict.OTHER_FORM.value)


class Progress:
    """The tallies of one lesson, kept in a file where there may be one."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.kept = os.environ.get("NBGRADER_EXECUTION") is None
        self.tallies: dict[str, Tally] = self._read() if self.kept else {}

    def add(self, outcome: Outcome, snapshot: Snapshot) -> Tally:
        """Count one check, and return the exercise's new tally."""
        before = self.tallies.get(outcome.exercise, Tally())
        after = count(before, outcome, answer_mark(snapshot))
        self.tallies[outcome.exercise] = after
        self._write()
        return after

    def _read(self) -> dict[str, Tally]:
        try:
            data = json.loads(self.path.read_text(encoding="utf-8"))
            return {str(name): Tally(**tally) for name, tally in data["exercises"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def _write(self) -> None:
        if not self.kept:
            return
        text = json.dumps({"exercises": {name: asdict(tally) for name, tally in self.tallies.items()}}, indent=1)
        part = self.path.with_suffix(".part")
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(self.path)
        except OSError:  # a folder that cannot be written to must not stop a check
            self.kept = False


def count(before: Tally, outcome: Outcome, answer: str) -> Tally:
    """Return the tally after one more check. The same answer checked again is not a new try."""
    if outcome.verdict is Verdict.NOT_TRIED:
        return Tally(before.tries, before.first, outcome.verdict.value, before.misses, answer)
    if answer == before.answer and before.last == outcome.verdict.value:
        return Tally(before.tries, before.first, before.last, before.misses, answer, stale=not outcome.verdict.done)
    misses = 0 if outcome.verdict.done else before.misses + 1
    return Tally(before.tries + 1, before.first or outcome.verdict.value, outcome.verdict.value, misses, answer)


def answer_mark(snapshot: Snapshot) -> str:
    """Return a short mark that is the same for the same answer."""
    tables = {name: value for name, value in snapshot.variables.items() if isinstance(value, (pd.Series, pd.DataFrame))}
    others = {name: value for name, value in snapshot.variables.items() if name not in tables}
    data = snapshot_to_json(replace(snapshot, variables=others))
    shown = {key: data[key] for key in ("variables", "source", "trouble", "charts")}
    text = json.dumps(
        [shown, {name: _table_mark(value) for name, value in tables.items()}], sort_keys=True, default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _table_mark(value: pd.Series | pd.DataFrame) -> str:
    """Return a mark of a table's or column's headings and rows: much quicker than writing them out."""
    headings = list(value.columns) if isinstance(value, pd.DataFrame) else [value.name]
    try:
        rows = pd.util.hash_pandas_object(value, index=True).to_numpy().tobytes()
    except TypeError:  # values that pandas cannot hash
        rows = value.to_json(default_handler=str).encode()
    return f"{headings} {hashlib.sha256(rows).hexdigest()}"
