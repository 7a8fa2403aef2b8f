"""When work came in: from a timestamp file or a table beside it, never from the file's own time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from grader.course import table
from grader.course.settings import moment
from grader.course.unpack import Piece
from grader.errors import GraderError

USUAL = {
    "file": ("file", "filename", "file name", "attachment", "attachment name", "name of file", "path", "notebook"),
    "time": (
        "received",
        "submitted",
        "time",
        "timestamp",
        "date received",
        "date submitted",
        "submitted at",
        "received at",
        "completion time",
        "date time",
        "date",
        "created",
        "modified",
    ),
}


class Times:
    """When each file came in, as far as anything beside it says."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.notes: list[str] = []
        self._folders: dict[tuple[str, ...], datetime.datetime] = {}
        self._files: dict[tuple[tuple[str, ...], str], datetime.datetime] = {}
        self.tables: dict[tuple[str, ...], Mapping[str, datetime.datetime]] = {}
        for piece in pieces:
            if piece.name.lower().endswith(".txt"):
                self._text(piece)
            elif piece.name.lower().endswith((".csv", ".xlsx")):
                self._table(piece)

    def of(self, piece: Piece) -> datetime.datetime | None:
        """Return when a file came in, or None where nothing says so."""
        folder = piece.parts[:-1]
        stem = PurePosixPath(piece.name).stem
        for key in ((folder, piece.name), (folder, stem)):
            if key in self._files:
                return self._files[key]
        if folder in self._folders:
            return self._folders[folder]
        return self._from_tables(piece)

    def _text(self, piece: Piece) -> None:
        """Take a `timestamp.txt` for its folder, or `NAME.ipynb.txt` and `NAME.timestamp.txt` for one file."""
        name = piece.name
        stem = name[:-4]
        if stem.lower() == "timestamp" or stem.lower().endswith((".ipynb", ".timestamp", "_timestamp")):
            text, _ = table.decode(piece.content, piece.shown)
            try:
                when = moment(text)
            except GraderError:
                self.notes.append(f"{piece.shown} holds no time that it can read.")
                return
            if stem.lower() == "timestamp":
                self._folders[piece.parts[:-1]] = when
            else:
                short = stem[: -len("timestamp") - 1] if stem.lower().endswith("timestamp") else stem
                self._files[(piece.parts[:-1], short)] = when

    def _table(self, piece: Piece) -> None:
        try:
            rows = table.read(piece.content, piece.shown).rows
        except GraderError:
            return
        places = table.columns(rows[0], USUAL) if rows else {}
        if len(places) < 2:
            return
        found = {}
        for row in rows[1:]:
            name, time = (row[places[key]] if places[key] < len(row) else "" for key in ("file", "time"))
            try:
                found[table.plain(PurePosixPath(name.replace("\\", "/")).as_posix())] = moment(time)
            except GraderError:
                self.notes.append(f"{piece.shown} has a time that it cannot read.")
        self.tables[piece.parts] = found

    def _from_tables(self, piece: Piece) -> datetime.datetime | None:
        """Look in tables beside or above the file, under the file's, its folders' or its zip's name."""
        names = [table.plain("/".join(piece.parts[place:])) for place in range(len(piece.parts))]
        names += [table.plain(part) for part in reversed(piece.parts)]
        for parts, found in self.tables.items():
            if parts[:-1] == piece.parts[: len(parts) - 1]:
                for name in names:
                    if name in found:
                        return found[name]
        return None
