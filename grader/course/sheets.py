"""Receipts that came back in a table, a form's export or a chat's text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.course import table
from grader.course.identify import Whose, whose
from grader.course.roster import Learner
from grader.course.settings import moment
from grader.course.sidecar import USUAL
from grader.course.unpack import Piece
from grader.errors import GraderError
from grader.kernel import receipt as receipts

_START = re.compile(r"FOOTHILLS\s")


@dataclass(frozen=True)
class Slip:
    """One receipt in a sheet: its text, whose it seems to be, when it came, where it stood."""

    text: str
    whose: Whose
    place: str
    received: datetime.datetime | None = None
    whole: bool = True


def read(piece: Piece, learners: Sequence[Learner], lesson: str) -> list[Slip]:
    """Return the receipts for a lesson in one file; another lesson's are left alone."""
    if piece.name.lower().endswith((".csv", ".xlsx")):
        return _from_rows(piece, learners, lesson)
    text, _ = table.decode(piece.content, piece.shown)
    if not _START.search(text):
        return []
    return _from_chat(piece, text, learners, lesson)


def _from_rows(piece: Piece, learners: Sequence[Learner], lesson: str) -> list[Slip]:
    try:
        rows = table.read(piece.content, piece.shown).rows
    except GraderError:
        return []
    places = table.columns(rows[0], USUAL) if rows else {}
    made = []
    for number, row in enumerate(rows, start=1):
        cell = next((cell for cell in row if _START.search(cell)), "")
        if not cell:
            continue
        others = [other for other in row if other != cell]
        made += _slip(cell, _by(others, learners, lesson), f"{piece.shown}, line {number}", lesson, _time(row, places))
    return made


def _from_chat(piece: Piece, text: str, learners: Sequence[Learner], lesson: str) -> list[Slip]:
    """Take the words before each receipt, back to the one before, as what says whose it is."""
    made: list[Slip] = []
    end = 0
    for found in _START.finditer(text):
        before = text[end : found.start()].strip()[-300:]
        nearest = [line for line in before.splitlines() if line.strip()][-3:]
        cell = text[found.start() : found.start() + 5_000]
        closing = re.search(r"#[0-9a-f]{6}", cell)
        end = found.start() + (closing.end() if closing else len("FOOTHILLS"))
        made += _slip(cell, _by(nearest, learners, lesson), f"{piece.shown}, after {len(made)} others", lesson, None)
    return made


def _by(texts: Sequence[str], learners: Sequence[Learner], lesson: str) -> Whose:
    return whose(texts, learners, lesson)


def _time(row: Sequence[str], places: dict[str, int]) -> datetime.datetime | None:
    text = row[places["time"]] if "time" in places and places["time"] < len(row) else ""
    try:
        return moment(text) if text else None
    except GraderError:
        return None


def _slip(cell: str, found: Whose, place: str, lesson: str, received: datetime.datetime | None) -> list[Slip]:
    read_back = receipts.read(cell)
    if read_back is None:
        named = re.match(r"FOOTHILLS\s+([\w-]+)", cell[cell.index("FOOTHILLS") :])
        return [] if named and named[1] != lesson else [Slip("", found, place, received, whole=False)]
    if read_back.lesson != lesson:
        return []
    text = " ".join(cell[cell.index("FOOTHILLS") :].split())
    return [Slip(text[: text.index("#") + 7], found, place, received)]
