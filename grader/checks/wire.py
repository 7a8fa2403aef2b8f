"""Plain values as JSON and back: the form in which answers travel between processes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from grader.checks.values import MAX_ITEMS, SCALARS, Opaque, is_missing, plain


def to_json(value: Any) -> Any:
    """Return a plain value as JSON types, each container tagged with its kind."""
    if type(value) is float and not math.isfinite(value):
        return {"is": "float", "value": repr(value)}
    if value is None or type(value) in SCALARS:
        return value
    if type(value) is Opaque:
        return {"is": "opaque", "kind": value.kind, "text": value.text}
    if type(value) in (list, tuple):
        return {"is": type(value).__name__, "items": [to_json(item) for item in value]}
    if type(value) is dict:
        return {"is": "dict", "items": [[to_json(key), to_json(item)] for key, item in value.items()]}
    if type(value) is pd.Timestamp:
        return {"is": "time", "value": value.isoformat()}
    if type(value) is pd.Series:
        return {"is": "column", "name": to_json(value.name), "index": _index_to_json(value.index)} | _column_to_json(
            value
        )
    if type(value) is pd.DataFrame:
        return {
            "is": "table",
            "names": [to_json(name) for name in value.columns],
            "index": _index_to_json(value.index),
            "columns": [_column_to_json(value.iloc[:, place]) for place in range(value.shape[1])],
        }
    raise TypeError(f"not a plain value: {type(value).__name__}")


def from_json(data: Any) -> Any:
    """Return the plain value that `to_json` wrote; raise ValueError for anything else."""
    if data is None or type(data) in SCALARS:
        return data
    if type(data) is not dict:
        raise ValueError("not a plain value")
    reader = _READERS.get(data.get("is", ""))
    if reader is None:
        raise ValueError("not a plain value")
    return reader(data)


def _column_to_json(column: pd.Series) -> dict[str, Any]:
    kind = str(column.dtype)
    if kind.startswith("datetime64"):
        return {"dtype": "time", "values": [None if pd.isna(item) else item.isoformat() for item in column]}
    values = column.tolist()
    if kind == "str":
        values = [item if type(item) is str else None for item in values]
    elif kind not in ("bool", "int64") and not (kind == "float64" and np.isfinite(column.to_numpy()).all()):
        values = [item if _bare(item) else _item_to_json(item) for item in values]
    return {"dtype": kind if kind in _DTYPES else "object", "values": values}


def _bare(item: Any) -> bool:
    kind = type(item)
    return kind is str or kind is int or kind is bool or (kind is float and math.isfinite(item))


def _item_to_json(item: Any) -> Any:
    return None if is_missing(item) else to_json(plain(item))


_BARE = frozenset((*SCALARS, type(None)))  # values that are themselves in JSON
_DTYPES = {"bool": "bool", "int64": "int64", "float64": "float64", "str": "str", "object": "object"}


def _column_from_json(data: dict[str, Any]) -> Any:
    values = data["values"]
    if len(values) > MAX_ITEMS:
        raise ValueError("too big")
    if data["dtype"] == "time":
        return pd.to_datetime(pd.Series(values, dtype="str"), format="ISO8601").to_numpy()
    dtype = _DTYPES.get(data["dtype"])
    if dtype is None:
        raise ValueError("not a plain column")
    items = values if _BARE.issuperset(map(type, values)) else [from_json(item) for item in values]
    if dtype == "float64":
        items = [math.nan if item is None else item for item in items]
    return pd.array(items, dtype="str") if dtype == "str" else np.array(items, dtype=dtype)


def _index_to_json(index: pd.Index) -> dict[str, Any]:
    if type(index) is pd.RangeIndex:
        return {"range": [index.start, index.stop, index.step], "name": to_json(index.name)}
    if isinstance(index, pd.MultiIndex):
        return {"labels": [to_json(tuple(item)) for item in index], "names": [to_json(name) for name in index.names]}
    return {"labels": [to_json(plain(item)) for item in index], "name": to_json(index.name)}


def _index_from_json(data: dict[str, Any]) -> pd.Index:
    if "range" in data:
        start, stop, step = data["range"]
        return pd.RangeIndex(start, stop, step, name=from_json(data["name"]))
    labels = [from_json(item) for item in data["labels"]]
    if "names" in data:
        return pd.MultiIndex.from_tuples(labels, names=[from_json(name) for name in data["names"]])
    whole = bool(labels) and all(type(item) is int for item in labels)
    made: pd.Index = pd.Index(labels, dtype="int64" if whole else "object", name=from_json(data["name"]))
    return made


def _read_column(data: dict[str, Any]) -> pd.Series:
    return pd.Series(_column_from_json(data), index=_index_from_json(data["index"]), name=from_json(data["name"]))


def _read_table(data: dict[str, Any]) -> pd.DataFrame:
    columns = {place: _column_from_json(column) for place, column in enumerate(data["columns"])}
    table = pd.DataFrame(columns, index=_index_from_json(data["index"]))
    table.columns = pd.Index([from_json(name) for name in data["names"]], dtype=object)
    return table


_READERS = {
    "float": lambda data: float(data["value"]),
    "opaque": lambda data: Opaque(str(data["kind"]), str(data["text"])),
    "list": lambda data: [from_json(item) for item in data["items"]],
    "tuple": lambda data: tuple(from_json(item) for item in data["items"]),
    "dict": lambda data: {from_json(key): from_json(item) for key, item in data["items"]},
    "time": lambda data: pd.Timestamp(data["value"]),
    "column": _read_column,
    "table": _read_table,
}
