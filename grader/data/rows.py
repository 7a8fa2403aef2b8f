"""Read a table row by row, with each cell as the kind of value that its description says."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_KINDS: dict[str, Any] = {
    "integer": int,
    "year": int,
    "number": float,
    "boolean": lambda text: text in ("True", "true", "1"),
}
_WHOLE, _DECIMAL = re.compile(r"-?(0|[1-9]\d*)"), re.compile(r"-?\d+\.\d+")


def rows(path: Path, kinds: dict[str, str] | None = None) -> Iterator[Row]:
    """Give each row as column -> value; a blank is None. Without `kinds` they are guessed from the text."""
    with path.open(encoding="utf-8", newline="") as file:
        for found in csv.DictReader(file):
            yield {name: value(cell, kinds.get(name) if kinds else _guess(cell)) for name, cell in found.items()}


def value(cell: Any, kind: str | None) -> Any:
    """Turn a cell into a value of its kind."""
    if cell is None or cell == "":
        return None
    return _KINDS[kind](str(cell)) if kind in _KINDS else cell


def _guess(cell: str) -> str:
    if cell in ("True", "False"):
        return "boolean"
    return "integer" if _WHOLE.fullmatch(cell) else "number" if _DECIMAL.fullmatch(cell) else "string"
