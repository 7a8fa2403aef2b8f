"""Words for what a comparison found, and for what an answer is."""

from __future__ import annotations

from typing import Any

import pandas as pd

from grader.checks.values import Opaque

PROBLEM_WORDS = {
    "no_letter": 'Type one of the letters in quote marks, such as "a".',
    "not_text": "Your answer is not text. Put quote marks round the words.",
    "no_text": "There is nothing to read between the quote marks yet. Type a few words.",
    "not_a_column": "Your answer is not a column. Square brackets with a name in quote marks pick one column.",
    "not_labelled": "Your answer is not a column with labels.",
    "not_a_table": "Your answer is not a table.",
    "missing_columns": "Your table does not have the columns that the question asks for.",
    "other_labels": "Your answer has other labels than the question asks for.",
    "other_order": "The numbers are there, but not in the order that the question asks for.",
    "other_length": "Your answer has another number of rows than the question asks for.",
    "no_chart": "The cell above has not drawn a chart. Run it, and look for the picture under it.",
    "not_a_line": "Your chart has no line in it.",
    "not_points": "Your chart has no points in it.",
    "no_bars": "Your chart has no bars in it.",
    "bars_not_hist": "Your chart has a bar for each value, with gaps. A histogram groups values into bins.",
    "other_direction": "The bars run the other way from what the question asks for.",
    "too_many_bars": "Your chart has more bars than the question asks for.",
    "too_few_bars": "Your chart has fewer bars than the question asks for.",
    "other_data": "Your chart shows other numbers than the question asks for.",
    "no_names": "The bars have no names beside them, so a reader cannot tell which is which.",
    "other_names": "At least one bar has another name beside it than it should.",
    "not_plain_scale": "The scale does not go up in equal steps. Leave the scale as it comes.",
    "upside_down": "The scale runs backwards. Leave it as it comes.",
    "not_from_zero": "The bars do not start at 0, so their lengths cannot be compared.",
    "no_title": "The chart has no title. Add one that says what you see.",
    "bare_title": "The title names the column. Say what the chart shows, in a few words.",
    "no_x_name": "The axis along the bottom does not say what it measures. Give it a name.",
    "no_y_name": "The axis up the side does not say what it measures. Give it a name.",
}


_LIKE_A_YEAR = range(1900, 2101)


def seen(value: Any) -> str:
    """Say in one sentence what an answer is, without judging it."""
    if type(value) is pd.DataFrame:
        return f"You have a table with {len(value):,} rows and {value.shape[1]} columns."
    if type(value) is pd.Series:
        return f"You have a column with {len(value):,} rows."
    if type(value) in (list, tuple):
        return f"You have a list of {len(value):,} values."
    if type(value) is dict:
        return "You have " + " and ".join(f"{name} = {_short(item)}" for name, item in list(value.items())[:3]) + "."
    if type(value) is Opaque:
        return "You have something that is not a value yet."
    return f"You have {_short(value)}."


def _short(value: Any) -> str:
    if type(value) is bool or value is None:
        return str(value)
    if type(value) is int:
        return str(value) if value in _LIKE_A_YEAR else f"{value:,}"
    if type(value) is float:
        return f"{value:,.6g}" if abs(value) < 1_000_000 else f"{value:,.0f}"
    if type(value) is str:
        return f'the text "{value[:40]}"'
    if type(value) in (pd.Series, pd.DataFrame, list, tuple, dict, Opaque):
        return seen(value).removeprefix("You have ").removesuffix(".")
    return str(value)[:40]
