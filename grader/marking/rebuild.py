"""Rebuild the notebook that is marked: the frame is the source's, the answers are the learner's. Pure.

From the learner come, in their order, the text of answer cells, of cells they added and of cells the source leaves
unlocked. Metadata, points, locked cells and test cells always come from the source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.marking import words
from grader.marking.match import match
from grader.marking.notebook import (
    GOOD_ID,
    Cell,
    Unreadable,
    is_grade,
    is_locked,
    is_solution,
    is_task,
    marks_of,
    text_of,
)
from grader.marking.parts import Part, Source
from grader.marking.pictures import attachments

LOCKED, ANSWER, ADDED, RESTORED = "locked", "answer", "added", "restored"


@dataclass(frozen=True)
class Rebuilt:
    """A notebook ready to run: `origins` says for each cell where its text is from."""

    cells: tuple[Cell, ...]
    origins: tuple[str, ...]
    repairs: tuple[str, ...] = ()


def rebuild(source: Source, submitted: Sequence[Cell]) -> Rebuilt:
    """Return the notebook to mark, and what had to be put right.

    Raises Unreadable when nothing in it is of this lesson: that is no work of nobody's, but another notebook.
    """
    found = match(source, submitted)
    if source.parts and not found.part_of:
        raise Unreadable(words.OTHER_NOTEBOOK)
    repairs = list(found.repairs)
    groups, moved = _groups(source, submitted, found.part_of)
    if moved:
        repairs.append("Cells that belong to the lesson had been moved; they are back in their place.")
    repairs += _changes(source, submitted, found.part_of)
    ids = _Ids(part.id for part in source.parts)
    cells: list[Cell] = []
    origins: list[str] = []
    for anchor, missing, members in _sequence(source, groups, set(found.part_of.values())):
        for part, origin in [*anchor, *missing]:
            cells.append(_cell(part, part.text if part.locked else part.shown))
            origins.append(origin)
        for place in (place for place in members if place not in found.dropped):
            part = source.parts[found.part_of[place]] if place in found.part_of else None
            cells.append(_answer(part, submitted[place]) if part else _added(submitted[place], place, ids))
            origins.append(ANSWER if part else ADDED)
    deleted = [part.grade_id for place, part in enumerate(source.parts) if place not in set(found.part_of.values())]
    if deleted:
        repairs.append(f"Deleted cells were put back: {_names(deleted)}.")
    return Rebuilt(tuple(cells), tuple(origins), tuple(repairs))


def _groups(source: Source, submitted: Sequence[Cell], part_of: Mapping[int, int]) -> tuple[dict[int, list[int]], bool]:
    """Attach every cell of the learner's to the locked cell that it follows; -1 is the start."""
    groups: dict[int, list[int]] = {}
    anchor, furthest, moved = -1, -1, False
    for place in range(len(submitted)):
        part = part_of.get(place)
        if part is not None and source.parts[part].locked:
            anchor = part
            moved = moved or part < furthest
            furthest = max(furthest, part)
        else:
            groups.setdefault(anchor, []).append(place)
    return groups, moved


def _sequence(source: Source, groups: Mapping[int, list[int]], present: set[int]) -> list[Any]:
    """Return, in the source's order, each locked cell, deleted answer cells after it, and the learner's cells."""
    steps: list[Any] = [([], [], groups.get(-1, []))]
    for place, part in enumerate(source.parts):
        if part.locked:
            steps.append(([(part, LOCKED)], [], groups.get(place, [])))
        elif place not in present:
            steps[-1][1].append((part, RESTORED))
    return steps


def _changes(source: Source, submitted: Sequence[Cell], part_of: Mapping[int, int]) -> list[str]:
    texts, labels = [], []
    for place, number in part_of.items():
        part, cell = source.parts[number], submitted[place]
        if part.locked and text_of(cell) not in (part.shown, part.text):
            texts.append(part.grade_id)
        marks = marks_of(cell)
        if marks and (_labels(marks) != _labels(part.marks) or cell["cell_type"] != part.cell_type):
            labels.append(part.grade_id)
    found = []
    if texts:
        found.append(f"Text that belongs to the lesson had been changed; the lesson's own was used: {_names(texts)}.")
    if labels:
        found.append(f"nbgrader's labels on cells had been changed; the lesson's own were used: {_names(labels)}.")
    return found


def _labels(marks: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what labels mean; nbgrader takes a test for locked whether it says so or not."""
    return is_grade(marks), is_solution(marks), is_task(marks), is_locked(marks), marks.get("points") or 0


def _cell(part: Part, text: str) -> Cell:
    cell: Cell = {
        "cell_type": part.cell_type,
        "id": part.id,
        "metadata": {**part.metadata, "nbgrader": dict(part.marks)},
        "source": text,
    }
    if part.cell_type == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell


def _answer(part: Part, submitted: Cell) -> Cell:
    cell = _cell(part, text_of(submitted))
    pictures = attachments(submitted) if part.cell_type == "markdown" else {}
    return cell | {"attachments": pictures} if pictures else cell


def _added(submitted: Cell, place: int, ids: _Ids) -> Cell:
    kind = submitted["cell_type"]
    cell: Cell = {
        "cell_type": kind,
        "id": ids.take(submitted.get("id"), place),
        "metadata": {},
        "source": text_of(submitted),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    if kind == "raw":  # nbconvert passes a raw cell of no type into the page as it is
        cell["metadata"] = {"raw_mimetype": "text/plain"}
    pictures = attachments(submitted) if kind == "markdown" else {}
    return cell | {"attachments": pictures} if pictures else cell


class _Ids:
    """Keeps cell ids of the learner's that are sound and not taken, and makes others."""

    def __init__(self, taken: Any) -> None:
        self._taken = set(taken)

    def take(self, wish: object, place: int) -> str:
        name = wish if type(wish) is str and GOOD_ID.fullmatch(wish) and wish not in self._taken else f"added-{place}"
        while name in self._taken:
            name += "-"
        self._taken.add(name)
        return name


def _names(names: Sequence[str], most: int = 4) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
