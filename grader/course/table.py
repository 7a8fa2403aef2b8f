"""Read a table that somebody's spreadsheet wrote: whatever its encoding, mark, divider and headings."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.errors import GraderError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MAX_SHEET = 50_000_000
_LETTERS = {
    ord(one): other for one, other in (("ø", "o"), ("ł", "l"), ("đ", "d"), ("æ", "ae"), ("œ", "oe"), ("ı", "i"))
}
OLD_ENCODING = "The file is not UTF-8; it was read as Windows text. Check names with accents."


@dataclass(frozen=True)
class Rows:
    """The cells of a table, row by row, and what is worth saying about how it was read."""

    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    blank: int = 0


def read(content: bytes, where: str) -> Rows:
    """Return the rows of a CSV file or of a spreadsheet's first sheet; raise GraderError for another kind of file."""
    if content.startswith(b"PK\x03\x04"):
        return _without_blanks([[tidy(cell) for cell in row] for row in _sheet(content, where)], ())
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _other_kind(where)
    text, notes = decode(content, where)
    if "\0" in text:
        raise GraderError("This is not a text file.", where=where, todo="Save it as CSV from your spreadsheet.")
    said = re.match(r"sep=([,;\t])\r?\n", text)  # Excel's own first line
    text = text[said.end() :] if said else text
    try:
        found = [
            tuple(tidy(cell) for cell in row)
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=said[1] if said else _divider(text))
        ]
    except csv.Error as problem:
        raise GraderError(f"It cannot be read as CSV ({problem}).", where=where, todo="Save it as CSV again.") from None
    return _without_blanks(found, notes)


def _without_blanks(found: Sequence[Sequence[str]], notes: tuple[str, ...]) -> Rows:
    """Return the rows that hold something, and how many between them do not."""
    last = max((place for place, row in enumerate(found) if any(row)), default=-1)
    rows = tuple(tuple(row) for row in found if any(row))
    return Rows(rows, notes, last + 1 - len(rows))


def _sheet(content: bytes, where: str) -> list[list[str]]:
    """Return the cells of a spreadsheet's first sheet as text."""
    from openpyxl import load_workbook  # slow to import

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(info.file_size for info in parts.infolist()) > MAX_SHEET:
                raise _other_kind(where)
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except GraderError:
        raise
    except Exception:  # openpyxl raises whatever its parts meet in a damaged file
        raise _other_kind(where) from None


def _other_kind(where: str) -> GraderError:
    return GraderError(
        "This is a kind of spreadsheet that it cannot read.", where=where, todo="Open it, choose Save As and pick CSV."
    )


def decode(content: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """Return a file's text, and a note where its encoding had to be guessed."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), ()
            except UnicodeDecodeError:
                raise GraderError("The file is cut short.", where=where, todo="Save it again.") from None
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), (OLD_ENCODING,)


def _divider(text: str) -> str:
    line = next((line for line in text.splitlines() if line.strip()), "")
    if "<" in line and "@" in line and ";" in line:  # an e-mail's list of addresses, its names with a comma
        return ";"
    return max(",;\t", key=line.count)


def tidy(cell: str) -> str:
    """Return a cell without spaces around it and with single spaces inside."""
    return " ".join(unicodedata.normalize("NFC", cell).replace("\u200b", "").replace("\ufeff", "").split())


def plain(text: str) -> str:
    """Return text in small letters without accents, for comparing."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    changed = folded.translate(_LETTERS)
    return "".join(letter for letter in changed if not unicodedata.combining(letter))


def heading(cell: str) -> str:
    """Return a heading as words that can be compared."""
    return " ".join(re.findall(r"[a-z0-9]+", plain(cell)))


def columns(row: Sequence[str], usual: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the place of each column that the first row names by one of its usual headings."""
    words = [heading(cell) for cell in row]
    found: dict[str, int] = {}
    for name, headings in usual.items():
        place = next((words.index(known) for known in headings if known in words), None)
        if place is not None and place not in found.values():
            found[name] = place
    return found
