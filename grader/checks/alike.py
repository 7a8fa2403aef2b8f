"""Whether two columns or tables hold the same values, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from grader.checks.values import is_missing


def equal(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Compare numbers but for the last bits of arithmetic; blanks are the same as blanks."""
    return np.asarray(np.isclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True))


def values_alike(expected: pd.Series, actual: pd.Series) -> np.ndarray:
    """Say for each row whether the two values are the same, or the second is the first one rounded."""
    a_number, b_number = (is_numeric(series) for series in (expected, actual))
    if a_number != b_number:  # a column of blanks alone may be of either kind
        return expected.isna().to_numpy(bool) & actual.isna().to_numpy(bool)
    if not a_number:
        return _items_alike(expected, actual)
    a, b = expected.to_numpy(float), actual.to_numpy(float)
    alike = equal(a, b)
    return alike if alike.all() or not len(a) else _rounded_alike(a, b, alike)


def _rounded_alike(a: np.ndarray, b: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """Accept one rounding for the whole column, as long as it keeps 2 figures of a typical value."""
    typical = float(np.nanmedian(np.abs(a))) if np.isfinite(a).any() else 0.0
    for places in range(6, -1, -1):
        if typical * 10**places < 10:
            break
        rounded = equal(np.round(a, places), b)
        if rounded.all():
            return rounded
    return alike


def is_numeric(series: pd.Series) -> bool:
    """Say whether a column holds numbers (True and False are not)."""
    return bool(pd.api.types.is_numeric_dtype(series.dtype) and not pd.api.types.is_bool_dtype(series.dtype))


def _items_alike(expected: pd.Series, actual: pd.Series) -> np.ndarray:
    a, b = expected.to_numpy(object), actual.to_numpy(object)
    if bool in {*map(type, a), *map(type, b)}:  # to Python, True is 1
        return np.array([_same_item(*pair) for pair in zip(a, b, strict=True)], dtype=bool)
    return np.asarray(a == b, dtype=bool) | (pd.isna(a) & pd.isna(b))


def _same_item(a: Any, b: Any) -> bool:
    if is_missing(a) or is_missing(b):
        return is_missing(a) and is_missing(b)
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    return bool(a == b)


def sorted_alike(expected: pd.Series, actual: pd.Series) -> np.ndarray:
    """Compare two columns whatever the order of their rows."""
    return values_alike(_in_order(expected), _in_order(actual))


def _in_order(series: pd.Series) -> pd.Series:
    key: Callable[[Any], Any] = (lambda item: (is_missing(item), item)) if is_numeric(series) else repr
    return pd.Series(sorted(series.tolist(), key=key), dtype=series.dtype)


def rows_alike(expected: pd.DataFrame, actual: pd.DataFrame) -> np.ndarray:
    """Say for each row of two tables whether all its values are the same."""
    alike = np.ones(len(expected), dtype=bool)
    for place in range(expected.shape[1]):
        alike &= values_alike(expected.iloc[:, place], actual.iloc[:, place])
    return alike


def by_value(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its rows in an order that depends on their values only."""
    columns = [table.iloc[:, place] for place in range(table.shape[1])]
    rows = list(zip(*(column.astype(float) if is_numeric(column) else column for column in columns), strict=True))
    return table.iloc[sorted(range(len(rows)), key=lambda row: repr(rows[row]))]
