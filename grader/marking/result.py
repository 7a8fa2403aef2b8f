"""What marking gives back: frozen, ready for JSON, no notebook and no text of a learner's in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MARKED, REPAIRED, LOOK, SKIPPED = "marked", "marked with repairs", "needs a look", "already marked"


@dataclass(frozen=True)
class Submission:
    """How one submission came out: the outcome, and one sentence. `retry`: it had no part in that, so try again."""

    learner: str
    outcome: str
    sentence: str = ""
    score: float | None = None
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    fair_changes: int = 0
    retry: bool = False


@dataclass(frozen=True)
class MarkingSummary:
    """One run of marking: every submission is in it.

    `kernels` gives each notebook that ran in another language's kernel, `other_pythons` each that asks for a Python of
    another name and ran in ours.
    """

    assignment: str
    mode: str
    sandbox: str
    submissions: tuple[Submission, ...]
    unverified: tuple[str, ...] = ()
    slowest: tuple[tuple[str, float], ...] = ()
    seconds: float = 0.0
    fair: bool = False
    kernels: tuple[tuple[str, str], ...] = ()
    other_pythons: tuple[tuple[str, str], ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many submissions came out which way."""
        found = Counter(each.outcome for each in self.submissions)
        return {outcome: found.get(outcome, 0) for outcome in (MARKED, REPAIRED, LOOK, SKIPPED)}

    @property
    def fair_changes(self) -> int:
        """Return how many cells the fairer rules scored differently."""
        return sum(each.fair_changes for each in self.submissions)

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON types."""
        return asdict(self) | {"counts": self.counts, "fair_changes": self.fair_changes}


class Times:
    """How long each exercise took, over all submissions."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._counts: Counter[str] = Counter()

    def add(self, seconds: Mapping[str, float]) -> None:
        """Add the times of one notebook."""
        for name, each in seconds.items():
            self._sums[name] = self._sums.get(name, 0.0) + each
            self._counts[name] += 1

    def slowest(self, most: int = 5) -> tuple[tuple[str, float], ...]:
        """Return the exercises that took longest, by their mean seconds."""
        means = {name: total / self._counts[name] for name, total in self._sums.items()}
        return tuple(sorted(means.items(), key=lambda item: -item[1])[:most])
