"""What the cells of a notebook came to: what each did, its score, and the notebook as it will be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from grader.marking.notebook import Cell


@dataclass(frozen=True)
class CellResult:
    """What one code cell did: its outputs as a notebook saves them, its number, and the seconds it took.

    `trouble` is our sentence when a limit or an ending stopped it, or it was tested otherwise than nbgrader does; one that was not `reached` has no score.
    """

    outputs: tuple[dict[str, Any], ...] = ()
    number: int | None = None
    trouble: str = ""
    seconds: float = 0.0
    reached: bool = True


@dataclass(frozen=True)
class CellScore:
    """What the gradebook keeps of one cell; a score of None waits for a person."""

    grade_id: str
    score: float | None
    points: float
    comment: str | None = None
    graded: bool = True
    commented: bool = True
    changed_by_fair: bool = False


@dataclass(frozen=True)
class MarkedNotebook:
    """One notebook after its run: the cells as they will be written, scores, and what to say about it."""

    name: str
    cells: tuple[Cell, ...]
    scores: tuple[CellScore, ...]
    minor: int = 5
    repairs: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
