"""Answers as plain values: exact, well-known types and nothing else.

Only exact, well-known types pass. Anything else becomes `Opaque`: a short description that
no check can call into. This is what lets one set of checks run beside the learner's code in a
notebook and, later, in a process that never ran it.
"""

from __future__ import annotations

import math
import types
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

MAX_ITEMS = 2_000_000
MAX_DEPTH = 6
_TEXT = 200
SCALARS = (bool, int, float, str)


@dataclass(frozen=True)
class Opaque:
    """A value that is not data: `kind` is one word for it, `text` a short look at it."""

    kind: str
    text: str = ""


def plain(value: Any, depth: int = 0) -> Any:
    """Return `value` as a plain value, or an `Opaque` that describes it."""
    if value is None or type(value) in SCALARS:
        return value
    if depth > MAX_DEPTH:
        return Opaque("deep")
    if isinstance(value, np.generic):
        return _plain_numpy_scalar(value)
    if type(value) in (list, tuple, set, frozenset, dict):
        return _plain_collection(value, depth)
    if type(value) is pd.Timestamp:
        return value
    if value is pd.NaT or value is pd.NA:
        return float("nan")
    if type(value) is pd.Series:
        return _plain_series(value)
    if type(value) is pd.DataFrame:
        return _plain_table(value)
    if isinstance(value, (pd.Index, np.ndarray, pd.api.extensions.ExtensionArray)):
        return _plain_array(value)
    return Opaque(_kind(value), _look(value))


def _plain_numpy_scalar(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    item = value.item()
    return item if type(item) in SCALARS else Opaque("numpy scalar", _look(value))


def _plain_collection(value: Any, depth: int) -> Any:
    if len(value) > MAX_ITEMS:
        return Opaque("too big")
    if type(value) is dict:
        pairs = [(plain(key, depth + 1), plain(item, depth + 1)) for key, item in value.items()]
        return dict(pairs) if all(_is_label(key) for key, _ in pairs) else Opaque("dict")
    items = [plain(item, depth + 1) for item in value]
    if type(value) is tuple:
        return tuple(items)
    if type(value) in (set, frozenset):
        return sorted(items, key=repr)
    return items


def _plain_array(value: Any) -> Any:
    if value.ndim != 1 or len(value) > MAX_ITEMS:
        return Opaque("array")
    return _plain_collection(list(value), 0)


def _plain_series(series: pd.Series) -> Any:
    if len(series) > MAX_ITEMS:
        return Opaque("too big")
    values = _plain_values(series)
    if values is None:
        return Opaque("column", _look(series))
    return pd.Series(values, index=_plain_index(series.index), name=_label(series.name))


def _plain_table(table: pd.DataFrame) -> Any:
    if table.size > MAX_ITEMS * 4:
        return Opaque("too big")
    columns = [_plain_values(table.iloc[:, place]) for place in range(table.shape[1])]
    if any(column is None for column in columns):
        return Opaque("table", _look(table))
    index = _plain_index(table.index)
    made = pd.DataFrame(dict(enumerate(columns)), index=index)
    made.columns = pd.Index([_label(name) for name in table.columns], dtype=object)
    return made


def _plain_values(series: pd.Series) -> Any:
    """Return the values of one column as an array of a plain dtype, or None."""
    kind = series.dtype
    if isinstance(kind, pd.CategoricalDtype):
        series = series.astype(kind.categories.dtype)
        kind = series.dtype
    if isinstance(kind, pd.DatetimeTZDtype):
        return None
    if pd.api.types.is_bool_dtype(kind) and not series.isna().any():
        return series.to_numpy(dtype=bool)
    if pd.api.types.is_integer_dtype(kind) and not series.isna().any():
        return series.to_numpy(dtype="int64") if kind != "uint64" else series.to_numpy(dtype=float)
    if pd.api.types.is_float_dtype(kind) or pd.api.types.is_integer_dtype(kind):
        return series.to_numpy(dtype=float, na_value=np.nan)
    if pd.api.types.is_datetime64_dtype(kind):
        return series.to_numpy()
    return _plain_objects(series)


def _plain_objects(series: pd.Series) -> Any:
    values = series.to_numpy(object, copy=True)
    blank = pd.isna(values)
    if {*map(type, values[~blank])} == {str}:
        values[blank] = None
        return pd.array(values, dtype="str")
    items = [None if is_missing(item) else plain(item) for item in series.tolist()]
    if any(type(item) not in (*SCALARS, pd.Timestamp, type(None)) for item in items):
        return None
    if all(item is None or type(item) is str for item in items):
        return pd.array(items, dtype="str")
    return np.array(items, dtype=object)


def is_missing(item: Any) -> bool:
    return item is None or item is pd.NA or item is pd.NaT or (type(item) is float and math.isnan(item))


def _plain_index(index: pd.Index) -> pd.Index:
    if type(index) is pd.RangeIndex:
        return pd.RangeIndex(index.start, index.stop, index.step, name=_label(index.name))
    if isinstance(index, pd.MultiIndex):
        labels = [tuple(_label(part) for part in item) for item in index]
        return pd.MultiIndex.from_tuples(labels, names=[_label(name) for name in index.names])
    plain_labels = [_label(item) for item in index]
    whole = bool(plain_labels) and all(type(item) is int for item in plain_labels)
    made: pd.Index = pd.Index(plain_labels, dtype="int64" if whole else "object", name=_label(index.name))
    return made


def _is_label(value: Any) -> bool:
    if type(value) is tuple:
        return all(_is_label(part) for part in value)
    return value is None or type(value) in (*SCALARS, pd.Timestamp)


def _label(value: Any) -> Any:
    made = plain(value)
    return made if _is_label(made) else _look(value)


_KINDS: tuple[tuple[type, str], ...] = (
    (type(...), "ellipsis"),
    (types.MethodType, "method"),
    (types.BuiltinMethodType, "method"),
    (types.FunctionType, "function"),
    (types.ModuleType, "module"),
    (type, "type"),
)


def _kind(value: Any) -> str:
    for kind, word in _KINDS:
        if type(value) is kind:
            return word
    name = type(value).__name__
    if "GroupBy" in name:
        return "groups"
    if name == "StringMethods":
        return "text tools"
    if name in ("Axes", "Figure", "AxesSubplot"):
        return "chart"
    return name[:40]


def _look(value: Any) -> str:
    try:
        return repr(value)[:_TEXT]
    except Exception:  # a learner's own __repr__ may do anything
        return f"<{type(value).__name__}>"
