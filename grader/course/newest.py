"""Which of several files counts: the newest by what lies beside it, else by the number in its name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from grader.course.identify import copy_number
from grader.course.table import plain
from grader.course.unpack import Piece


@dataclass(frozen=True)
class Candidate:
    """A notebook of one learner, and when it came in where something says so."""

    piece: Piece
    received: datetime.datetime | None = None


def newest(candidates: Sequence[Candidate]) -> Candidate:
    """Return the one that counts."""
    return max(
        candidates,
        key=lambda one: (
            one.received or datetime.datetime.min,
            copy_number(one.piece.name),
            _final(one),
            one.piece.parts,
        ),
    )


def _final(candidate: Candidate) -> bool:
    return "final" in plain(candidate.piece.name)


def belongs(piece: Piece, lesson: str, names: Collection[str], others: Collection[str] = ()) -> bool:
    """Tell whether a notebook is this lesson's: by its cells' names, else by its own or its folders' names.

    A notebook that cannot be read may still be somebody's work, so its name alone decides.
    """
    held = cell_names(piece.content)
    if held is not None and held & set(names):
        return True
    said = [plain(part) for part in piece.parts]
    if any(plain(lesson) in part for part in said):
        return True
    if any(plain(other) in part for other in others for part in said):
        return False
    return held is None or not _labelled(piece.content)


def cell_names(content: bytes) -> set[str] | None:
    """Return the names that a notebook's cells carry and the checks they call, or None if it is not a notebook."""
    cells = _cells(content)
    if cells is None:
        return None
    found: set[str] = set()
    for cell in cells:
        marks = _marks(cell)
        found |= {str(marks.get("grade_id", "")), str(cell.get("id", ""))}
        source = cell.get("source", "")
        text = "".join(map(str, source)) if isinstance(source, list) else str(source)
        if text.startswith("grader.check("):
            found.add(text.removeprefix("grader.check(").strip(" \"'()\n"))
    return found - {""}


def _labelled(content: bytes) -> bool:
    """Tell whether a notebook carries labels of some lesson."""
    return any(_marks(cell).get("grade_id") for cell in _cells(content) or [])


def _marks(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return marks if isinstance(marks, dict) else {}


def _cells(content: bytes) -> list[dict[str, Any]] | None:
    try:
        cells = json.loads(content)["cells"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else None
