"""Helpers for recipes: read a raw file as text, write tidy bytes that never vary."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def read_text(path: Path, encoding: str = "utf-8-sig", **options: Any) -> pd.DataFrame:
    """Read a CSV file with every cell as the text that is there, blanks as empty text."""
    import pandas as pd

    table: pd.DataFrame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding=encoding, **options)
    return table


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Write a table as CSV: UTF-8, one line a row, no index, blanks for missing values."""
    text = table.to_csv(index=False, lineterminator="\n")
    if table.map(lambda cell: isinstance(cell, str) and ("\n" in cell or "\r" in cell)).any(axis=None):
        raise ValueError("a cell holds a line break: one row must be one line")
    return text.encode("utf-8")


def rows_bytes(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Write a heading and rows as CSV without pandas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def json_bytes(value: Any, width: int = 110) -> bytes:
    """Write JSON as UTF-8, with parts shorter than `width` on one line so that people can read it."""
    return (_lines(value, "", width) + "\n").encode("utf-8")


def _lines(value: Any, indent: str, width: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(flat) <= width or not isinstance(value, dict | list):
        return flat
    deeper = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(k, ensure_ascii=False)}: {_lines(v, deeper, width)}" for k, v in value.items()]
        return "{\n" + ",\n".join(deeper + p for p in parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _lines(v, deeper, width) for v in value) + f"\n{indent}]"
