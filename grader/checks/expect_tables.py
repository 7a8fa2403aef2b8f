"""What a column, a labelled column or a table must hold, whatever the form it comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from grader.checks.match import Match, differs, other_form
from grader.checks.values import is_missing


@dataclass(frozen=True)
class Column:
    """The values of one column, row by row. `order`: whether the order of the rows is part of the question."""

    kind: ClassVar[str] = "column"
    value: pd.Series
    order: bool = False

    def with_value(self, value: Any) -> Column:
        return Column(value, self.order)

    def match(self, value: Any) -> Match:
        actual, forms = _as_column(value)
        if actual is None:
            return differs("not_a_column")
        if len(actual) != len(self.value):
            return differs("other_length", f"Your column has {len(actual):,} rows.")
        expected = self.value
        alike = _alike(expected, actual)
        if not alike.all():
            by_size = _sorted_alike(expected, actual)
            if self.order or not by_size.all():
                return differs("", _agreement(alike, "rows"))
            forms.append("order")
        elif "list" not in forms and not _same_labels(expected.index, actual.index):
            forms.append("row_labels")
        return other_form(*forms, *_small_forms(expected, actual, forms))


@dataclass(frozen=True)
class Labelled:
    """Values that belong to labels, as `value_counts()` and `groupby` give. Compared label by label."""

    kind: ClassVar[str] = "labelled"
    value: pd.Series
    order: bool = False

    def with_value(self, value: Any) -> Labelled:
        return Labelled(value, self.order)

    def match(self, value: Any) -> Match:
        actual, forms = _as_labelled(value, self.value)
        if actual is None:
            return differs("not_labelled")
        expected = self.value
        if not actual.index.is_unique or set(actual.index) != set(expected.index):
            return differs("other_labels", f"Your answer has {len(actual):,} labels.")
        alike = _alike(expected, actual.reindex(expected.index))
        if not alike.all():
            return differs("", _agreement(alike, "labels"))
        if not _same_labels(expected.index, actual.index):
            if self.order and not _alike(expected, actual).all():
                return differs("other_order")
            forms.append("order")
        return other_form(*forms, *_small_forms(expected, actual.reindex(expected.index), forms))


@dataclass(frozen=True)
class Table:
    """The rows and columns of a table. `order`: whether the order of the rows is part of the question."""

    kind: ClassVar[str] = "table"
    value: pd.DataFrame
    order: bool = False

    def with_value(self, value: Any) -> Table:
        return Table(value, self.order)

    def match(self, value: Any) -> Match:
        if type(value) is pd.Series:
            value, forms = value.to_frame(), ["column"]
        else:
            forms = []
        if type(value) is not pd.DataFrame:
            return differs("not_a_table")
        if len(value) != len(self.value):
            return differs("other_length", f"Your table has {len(value):,} rows.")
        actual, column_forms = _same_columns(self.value, value)
        if actual is None:
            return differs("missing_columns")
        return self._match_rows(actual, [*forms, *column_forms])

    def _match_rows(self, actual: pd.DataFrame, forms: list[str]) -> Match:
        expected = self.value
        alike = _rows_alike(expected, actual)
        if alike.all():
            if not _same_labels(expected.index, actual.index):
                forms.append("row_labels")
        else:
            ordered = _rows_alike(_by_value(expected), _by_value(actual))
            if self.order or not ordered.all():
                return differs("", _agreement(alike, "rows"))
            forms.append("order")
        typed = any(expected.dtypes.iloc[i] != actual.dtypes.iloc[i] for i in range(expected.shape[1]))
        return other_form(*forms, *(["number_type"] if typed else []))


def _as_column(value: Any) -> tuple[pd.Series | None, list[str]]:
    if type(value) is pd.Series:
        return value, []
    if type(value) is pd.DataFrame and value.shape[1] == 1:
        return value.iloc[:, 0], ["table"]
    if type(value) in (list, tuple) and value and not any(type(item) in (list, tuple, dict) for item in value):
        return pd.Series(list(value)), ["list"]
    return None, []


def _as_labelled(value: Any, expected: pd.Series) -> tuple[pd.Series | None, list[str]]:
    if type(value) is pd.Series:
        return value, []
    if type(value) is dict and value:
        return pd.Series(list(value.values()), index=pd.Index(list(value), dtype=object)), ["dictionary"]
    if type(value) is pd.DataFrame:
        if value.shape[1] == 1:
            return value.iloc[:, 0], ["table"]
        return _labels_from_column(value, expected)
    return None, []


def _labels_from_column(table: pd.DataFrame, expected: pd.Series) -> tuple[pd.Series | None, list[str]]:
    """Take labels from whichever column holds them, and values from the one that then agrees best."""
    wanted = set(expected.index)
    for place in range(table.shape[1]):
        labels = table.iloc[:, place].tolist()
        if set(labels) != wanted or len(labels) != len(wanted):
            continue
        rest = [table.iloc[:, other].set_axis(labels) for other in range(table.shape[1]) if other != place]
        forms = ["labels_as_column"] + (["extra_columns"] if len(rest) > 1 else [])
        scores = [_alike(expected, column.reindex(expected.index)).mean() for column in rest]
        return rest[int(np.argmax(scores))], forms
    return None, []


def _same_columns(expected: pd.DataFrame, actual: pd.DataFrame) -> tuple[pd.DataFrame | None, list[str]]:
    names, wanted = list(actual.columns), list(expected.columns)
    if names == wanted:
        return actual, []
    if len(set(names)) == len(names) and set(wanted) <= set(names):
        forms = ["extra_columns"] if len(names) > len(wanted) else ["column_order"]
        return actual[wanted], forms
    if len(names) == len(wanted):
        renamed = actual.copy()
        renamed.columns = expected.columns
        return renamed, ["column_names"]
    return None, []


def _small_forms(expected: pd.Series, actual: pd.Series, forms: list[str]) -> list[str]:
    found = []
    numbers = pd.api.types.is_numeric_dtype(expected.dtype) and pd.api.types.is_numeric_dtype(actual.dtype)
    if numbers and expected.dtype != actual.dtype:
        found.append("number_type")
    if numbers and "order" not in forms and not _equal(expected.to_numpy(float), actual.to_numpy(float)).all():
        found.append("rounded")
    bare = {"list", "dictionary", "labels_as_column"} & set(forms)
    if not bare and expected.name is not None and actual.name != expected.name:
        found.append("name")
    return found


def _same_labels(a: pd.Index, b: pd.Index) -> bool:
    return len(a) == len(b) and list(a) == list(b)


def _equal(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.isclose(a, b, rtol=1e-9, atol=1e-12, equal_nan=True)


def _alike(expected: pd.Series, actual: pd.Series) -> np.ndarray:
    """Say for each row whether the two values are the same, or the second is the first one rounded."""
    a_number, b_number = (_is_numeric(series) for series in (expected, actual))
    if a_number != b_number:
        return np.zeros(len(expected), dtype=bool)
    if not a_number:
        return np.array([_same_item(a, b) for a, b in zip(expected.tolist(), actual.tolist(), strict=True)], dtype=bool)
    a, b = expected.to_numpy(float), actual.to_numpy(float)
    alike = _equal(a, b)
    return alike if alike.all() or not len(a) else _rounded_alike(a, b, alike)


def _rounded_alike(a: np.ndarray, b: np.ndarray, alike: np.ndarray) -> np.ndarray:
    """Accept one rounding for the whole column, as long as it keeps 2 figures of a typical value."""
    typical = float(np.nanmedian(np.abs(a))) if np.isfinite(a).any() else 0.0
    for places in range(6, -1, -1):
        if typical * 10**places < 10:
            break
        rounded = _equal(np.round(a, places), b)
        if rounded.all():
            return rounded
    return alike


def _is_numeric(series: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(series.dtype) and not pd.api.types.is_bool_dtype(series.dtype))


def _same_item(a: Any, b: Any) -> bool:
    if is_missing(a) or is_missing(b):
        return is_missing(a) and is_missing(b)
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    return bool(a == b)


def _sorted_alike(expected: pd.Series, actual: pd.Series) -> np.ndarray:
    return _alike(_in_order(expected), _in_order(actual))


def _in_order(series: pd.Series) -> pd.Series:
    key: Callable[[Any], Any] = (lambda item: item) if _is_numeric(series) else repr
    return pd.Series(sorted(series.tolist(), key=key), dtype=series.dtype)


def _rows_alike(expected: pd.DataFrame, actual: pd.DataFrame) -> np.ndarray:
    alike = np.ones(len(expected), dtype=bool)
    for place in range(expected.shape[1]):
        alike &= _alike(expected.iloc[:, place], actual.iloc[:, place])
    return alike


def _by_value(table: pd.DataFrame) -> pd.DataFrame:
    columns = [table.iloc[:, place] for place in range(table.shape[1])]
    rows = list(zip(*(column.astype(float) if _is_numeric(column) else column for column in columns), strict=True))
    return table.iloc[sorted(range(len(rows)), key=lambda row: repr(rows[row]))]


def _agreement(alike: np.ndarray, what: str) -> str:
    return f"{int(alike.sum()):,} of {len(alike):,} {what} are as the check expected."
