"""What a column, a labelled column or a table must hold, whatever the form it comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from grader.checks.alike import by_value, equal, rows_alike, sorted_alike, values_alike
from grader.checks.match import Match, differs, other_form


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
        alike = values_alike(expected, actual)
        if not alike.all():
            by_size = sorted_alike(expected, actual)
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
        alike = values_alike(expected, actual.reindex(expected.index))
        if not alike.all():
            return differs("", _agreement(alike, "labels"))
        if self.order:  # labels with the same value may stand in any order
            if not values_alike(expected, actual).all():
                return differs("other_order")
        elif not _same_labels(expected.index, actual.index):
            forms.append("order")
        return other_form(*forms, *_small_forms(expected, actual.reindex(expected.index), forms))


@dataclass(frozen=True)
class Table:
    """The rows and columns of a table. `order`: whether the order of the rows is part of the question.

    `part`: the table must have these columns, and may have others: how a new column is checked.
    """

    kind: ClassVar[str] = "table"
    value: pd.DataFrame
    order: bool = False
    part: bool = False

    def with_value(self, value: Any) -> Table:
        return Table(value, self.order, self.part)

    def match(self, value: Any) -> Match:
        forms: list[str] = []
        if self.value.shape[1] == 1 and type(value) in (list, tuple):
            column, forms = _as_column(value)
            value = value if column is None else column.to_frame()
        elif type(value) is pd.Series:
            value, forms = value.to_frame(), ["column"]
        if type(value) is not pd.DataFrame:
            return differs("not_a_table")
        if len(value) != len(self.value):
            return differs("other_length", f"Your table has {len(value):,} rows.")
        actual, column_forms = (_part_of if self.part else _same_columns)(self.value, value)
        if actual is None:
            return differs("missing_columns")
        return self._match_rows(actual, [*forms, *column_forms])

    def _match_rows(self, actual: pd.DataFrame, forms: list[str]) -> Match:
        expected = self.value
        alike = rows_alike(expected, actual)
        if alike.all():
            if not _same_labels(expected.index, actual.index):
                forms.append("row_labels")
        else:
            ordered = rows_alike(by_value(expected), by_value(actual))
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
        scores = [values_alike(expected, column.reindex(expected.index)).mean() for column in rest]
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


def _part_of(expected: pd.DataFrame, actual: pd.DataFrame) -> tuple[pd.DataFrame | None, list[str]]:
    """Take the expected columns from a table that may have more; one with another name counts if its values agree."""
    if not actual.columns.is_unique:
        return None, []
    spare = [name for name in actual.columns if name not in expected.columns]
    found, forms = {}, []
    for name in expected.columns:
        source = name if name in actual.columns else _alike_column(expected[name], actual[spare])
        if source is None:
            return None, []
        forms += ["column_names"] if source != name else []
        found[name] = actual[source]
    return pd.DataFrame(found), forms[:1]


def _alike_column(expected: pd.Series, spare: pd.DataFrame) -> Any:
    return next((name for name in spare.columns if values_alike(expected, spare[name]).all()), None)


def _small_forms(expected: pd.Series, actual: pd.Series, forms: list[str]) -> list[str]:
    found = []
    numbers = pd.api.types.is_numeric_dtype(expected.dtype) and pd.api.types.is_numeric_dtype(actual.dtype)
    if numbers and expected.dtype != actual.dtype:
        found.append("number_type")
    if numbers and "order" not in forms and not equal(expected.to_numpy(float), actual.to_numpy(float)).all():
        found.append("rounded")
    bare = {"list", "dictionary", "labels_as_column"} & set(forms)
    if not bare and expected.name is not None and actual.name != expected.name:
        found.append("name")
    return found


def _same_labels(a: pd.Index, b: pd.Index) -> bool:
    return len(a) == len(b) and list(a) == list(b)


def _agreement(alike: np.ndarray, what: str) -> str:
    return f"{int(alike.sum()):,} of {len(alike):,} {what} are as the check expected."
