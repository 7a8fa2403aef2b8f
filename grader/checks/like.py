"""Compare with another value than the one that is right: how a slip is recognised."""

from __future__ import annotations

from typing import Any

import pandas as pd

from grader.checks.expect import Choice, Exact, Expectation, Number, Several, is_number
from grader.checks.expect_tables import Column, Labelled, Table


def like(expect: Any, value: Any) -> Expectation:
    """Return an expectation of `value` that compares the way `expect` does, where the value is of the same kind."""
    if isinstance(expect, Several) and type(value) is dict:
        return Several({name: like(expect.parts[name], item) for name, item in value.items()})
    if _same_kind(expect, value):
        made: Expectation = expect.with_value(value)
        return made
    return _by_type(value)


def _same_kind(expect: Any, value: Any) -> bool:
    if isinstance(expect, Number):
        return is_number(value)
    if isinstance(expect, Choice):
        return type(value) is str and value in expect.options
    if isinstance(expect, Table):
        return type(value) is pd.DataFrame
    if isinstance(expect, (Column, Labelled)):
        return type(value) is pd.Series
    return not isinstance(expect, Several)


def _by_type(value: Any) -> Expectation:
    if is_number(value):
        return Number(value)
    if type(value) is pd.DataFrame:
        return Table(value)
    return Column(value) if type(value) is pd.Series else Exact(value)
