"""Find which submitted cell is which cell of the source: by name, else by id, by text, by place. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.marking.notebook import Cell, grade_id_of, is_marked, marks_of, name_of, text_of
from grader.marking.parts import Source


@dataclass(frozen=True)
class Found:
    """`part_of` gives, for a place in the submitted notebook, the place of its cell in the source.

    `dropped` are earlier copies of cells whose text belongs to the source.
    """

    part_of: dict[int, int]
    dropped: frozenset[int]
    repairs: tuple[str, ...]


def match(source: Source, submitted: Sequence[Cell]) -> Found:
    """Match the cells of a submission to the source; the last of several copies counts."""
    number_of = {part.grade_id: number for number, part in enumerate(source.parts)}
    part_of, copies, strangers = _by_name(number_of, submitted)
    repairs = []
    if copies:
        repairs.append(f"Copied cells: the last copy counts ({', '.join(sorted(copies)[:4])}).")
    if strangers:
        repairs.append("Cells with a label that is not in this lesson were taken as ordinary cells.")
    lost = len(source.parts) - len(part_of)
    _by_text(source, submitted, part_of)
    _by_gap(source, submitted, part_of)
    if lost and lost - (len(source.parts) - len(part_of)):
        repairs.append("Some cells had lost nbgrader's labels; they were recognised by their text and place.")
    dropped = {
        place
        for place, cell in enumerate(submitted)
        if place not in part_of and (number := number_of.get(name_of(cell))) is not None and source.parts[number].locked
    }
    return Found(part_of, frozenset(dropped), tuple(repairs))


def _by_name(number_of: dict[str, int], submitted: Sequence[Cell]) -> tuple[dict[int, int], set[str], bool]:
    last: dict[str, int] = {}
    copies: set[str] = set()
    strangers = False
    for place, cell in enumerate(submitted):
        name = grade_id_of(cell)
        if name not in number_of:
            strangers = strangers or (name is not None and is_marked(marks_of(cell)))
            continue
        if name in last:
            copies.add(name)
        last[name] = place
    return {place: number_of[name] for name, place in last.items()}, copies, strangers


def _by_text(source: Source, submitted: Sequence[Cell], part_of: dict[int, int]) -> None:
    """Match by the cell's id, or by a text that the source has only once."""
    taken = set(part_of.values())
    by_id = {(part.id, part.cell_type): n for n, part in enumerate(source.parts) if part.id and n not in taken}
    by_text: dict[tuple[str, str], list[int]] = {}
    for number, part in enumerate(source.parts):
        if number not in taken and part.shown.strip():
            by_text.setdefault((part.shown.strip(), part.cell_type), []).append(number)
    for place, cell in enumerate(submitted):
        if place in part_of or grade_id_of(cell) is not None:
            continue
        kind = cell["cell_type"]
        own = cell.get("id")
        found = by_id.get((own, kind)) if type(own) is str else None
        same = by_text.get((text_of(cell).strip(), kind), [])
        if found is None and len(same) == 1:
            found = same[0]
        if found is not None and found not in taken:
            part_of[place] = found
            taken.add(found)


def _by_gap(source: Source, submitted: Sequence[Cell], part_of: dict[int, int]) -> None:
    """Match a missing answer to the one unlabelled cell, between its neighbours, that can be it."""
    place_of = {number: place for place, number in part_of.items()}
    for number, part in enumerate(source.parts):
        if number in place_of or part.locked:
            continue
        start = max((place_of[n] for n in range(number) if n in place_of), default=-1)
        end = min((place_of[n] for n in range(number + 1, len(source.parts)) if n in place_of), default=len(submitted))
        between = [
            place
            for place in range(start + 1, end)
            if place not in part_of
            and submitted[place]["cell_type"] == part.cell_type
            and grade_id_of(submitted[place]) is None
        ]
        chosen = _likeliest(part.shown, [(place, text_of(submitted[place])) for place in between])
        if chosen is not None:
            part_of[chosen] = number
            place_of[number] = chosen


def _likeliest(shown: str, candidates: Sequence[tuple[int, str]]) -> int | None:
    first = shown.strip().splitlines()[:1]
    same_start = [place for place, text in candidates if first and text.strip().splitlines()[:1] == first]
    if len(same_start) == 1:
        return same_start[0]
    return candidates[0][0] if len(candidates) == 1 else None
