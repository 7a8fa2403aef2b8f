"""Named rules that recognise a slip where a value alone cannot: `rule(snapshot, value, argument) -> bool`.

A `checks.pack` holds only the name of a rule and its argument, never code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from grader.checks.snapshot import Snapshot
from grader.checks.values import Opaque

Rule = Callable[[Snapshot, Any, Any], bool]


def is_table(_: Snapshot, value: Any, __: Any) -> bool:
    """The answer is a whole table."""
    return type(value) is pd.DataFrame


def is_column(_: Snapshot, value: Any, __: Any) -> bool:
    """The answer is a column."""
    return type(value) is pd.Series


def is_tests(_: Snapshot, value: Any, __: Any) -> bool:
    """The answer is a column of True and False."""
    return type(value) is pd.Series and bool(pd.api.types.is_bool_dtype(value.dtype))


def is_text(_: Snapshot, value: Any, __: Any) -> bool:
    """The answer is text."""
    return type(value) is str


def is_pair(_: Snapshot, value: Any, __: Any) -> bool:
    """The answer is several values with commas between them."""
    return type(value) is tuple


def is_tool(_: Snapshot, value: Any, __: Any) -> bool:
    """The answer is a tool that was named and not run."""
    return type(value) is Opaque and value.kind in ("method", "function", "text tools")


def is_groups(_: Snapshot, value: Any, __: Any) -> bool:
    """The answer is a grouping with nothing worked out from it."""
    return type(value) is Opaque and value.kind == "groups"


def has_rows(_: Snapshot, value: Any, argument: Any) -> bool:
    """The answer has this many rows."""
    return type(value) in (pd.Series, pd.DataFrame, list, tuple) and len(value) == argument


def source_has(snapshot: Snapshot, _: Any, argument: Any) -> bool:
    """The cell's text has this pattern in it."""
    return snapshot.source is not None and re.search(str(argument), snapshot.source) is not None


def source_lacks(snapshot: Snapshot, _: Any, argument: Any) -> bool:
    """The cell's text does not have this pattern in it."""
    return snapshot.source is not None and re.search(str(argument), snapshot.source) is None


def above(_: Snapshot, value: Any, argument: Any) -> bool:
    """The answer is a number above this one."""
    return type(value) in (int, float) and value > argument


def below(_: Snapshot, value: Any, argument: Any) -> bool:
    """The answer is a number below this one."""
    return type(value) in (int, float) and value < argument


def shows_number(snapshot: Snapshot, _: Any, argument: Any) -> bool:
    """The cell showed this number and gave it no name."""
    return type(snapshot.shown) in (int, float) and bool(snapshot.shown == argument)


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (is_table, is_column, is_tests, is_text, is_pair, is_tool, is_groups, has_rows,
                 source_has, source_lacks, above, below, shows_number)
}  # fmt: skip
