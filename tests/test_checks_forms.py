"""Made-up answers: the right numbers in another form are never "not yet", and other numbers are never right."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.exercise import Exercise
from grader.checks.expect import Number
from grader.checks.expect_tables import Column, Labelled, Table
from grader.checks.judge import judge
from grader.checks.snapshot import Snapshot, snapshot_from_json, snapshot_to_json
from grader.checks.values import plain
from grader.checks.verdict import Verdict
from grader.checks.wire import from_json, to_json

numbers = st.one_of(
    st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 6))
)
names = st.text(st.characters(categories=("Ll", "Lu", "Nd"), include_characters=" '&-"), min_size=1, max_size=12)
some = settings(max_examples=60, deadline=None)


@st.composite
def counts(draw: st.DrawFn) -> pd.Series:
    """Make whole numbers by label, as value_counts gives."""
    labels = draw(st.lists(names, min_size=1, max_size=12, unique=True))
    values = draw(st.lists(st.integers(0, 10**6), min_size=len(labels), max_size=len(labels)))
    return pd.Series(values, index=pd.Index(labels, name="animal"), name="count")


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Make a table with a column of text, one of whole numbers and one of numbers with blanks."""
    rows = draw(st.integers(1, 10))
    texts = draw(st.lists(st.one_of(st.none(), names), min_size=rows, max_size=rows))
    whole = draw(st.lists(st.integers(-1000, 1000), min_size=rows, max_size=rows))
    parts = draw(st.lists(st.one_of(st.just(np.nan), st.floats(-1e6, 1e6)), min_size=rows, max_size=rows))
    return pd.DataFrame({"animal": pd.array(texts, dtype="str"), "hours": whole, "cost": parts})


def verdict(expect: object, value: object) -> Verdict:
    """Judge one value, after it has been to another process and back."""
    snapshot = Snapshot("answer", {"answer": plain(value)}, "answer = mine")
    exercise = Exercise("answer", expect, ask="Ask.", right="Right.", starter="answer = ...")
    here = judge(exercise, snapshot)
    there = judge(exercise, snapshot_from_json(snapshot_to_json(snapshot)))
    assert here == there
    return here.verdict


@some
@given(numbers)
def test_a_number_in_another_type_or_box(number: float) -> None:
    """A number is right as numpy's number, and understood inside a list or a column."""
    expect = Number(number)

    assert verdict(expect, number) is Verdict.RIGHT
    assert verdict(expect, np.float64(number)) is Verdict.RIGHT
    assert verdict(expect, [number]) is Verdict.OTHER_FORM
    assert verdict(expect, pd.Series([number])) is Verdict.OTHER_FORM


@some
@given(st.floats(0.02, 0.98), st.integers(2, 5))
def test_a_share_rounded_or_as_a_percentage(share: float, places: int) -> None:
    """A share that is rounded to 2 figures or more, or given as a percentage, is never "not yet"."""
    expect = Number(share, share=True)

    assert verdict(expect, share * 100).done
    assert verdict(expect, round(share * 100, places)).done
    if share * 10**places >= 10:
        assert verdict(expect, round(share, places)).done


@some
@given(numbers, numbers)
def test_another_number_is_never_right(number: float, other: float) -> None:
    """Where two numbers differ by more than the last bits, the other is not right."""
    if abs(number - other) > 1e-6 * max(1.0, abs(number)):
        assert verdict(Number(number), other) is not Verdict.RIGHT


@some
@given(counts(), st.randoms(use_true_random=False))
def test_counts_in_any_form(series: pd.Series, chance: random.Random) -> None:
    """Counts in another order, as a table, a dictionary, with a decimal point or another name are never "not yet"."""
    expect = Labelled(plain(series))
    places = list(range(len(series)))
    chance.shuffle(places)

    assert verdict(expect, series) is Verdict.RIGHT
    for other in (
        series.iloc[places],
        series.astype(float),
        series.rename("n"),
        series.to_frame(),
        series.reset_index(),
        series.to_dict(),
        series.iloc[places].reset_index(),
    ):
        assert verdict(expect, other).done


@some
@given(counts(), st.integers(1, 5))
def test_counts_with_one_changed(series: pd.Series, more: int) -> None:
    """Counts of which one differs, or one is missing, are not accepted in any form."""
    expect = Labelled(plain(series))
    changed = series.copy()
    changed.iloc[-1] += more

    for other in (changed, changed.to_dict(), changed.reset_index(), series.iloc[:-1]):
        assert not verdict(expect, other).done


@some
@given(tables(), st.randoms(use_true_random=False))
def test_a_column_in_any_form(table: pd.DataFrame, chance: random.Random) -> None:
    """A column is right, and understood as a list, a table of one column, in another order or with other row labels."""
    places = list(range(len(table)))
    chance.shuffle(places)
    for name in table.columns:
        column, expect = table[name], Column(plain(table[name]))

        assert verdict(expect, column) is Verdict.RIGHT
        assert verdict(expect, column.tolist()).done
        assert verdict(expect, column.to_frame()).done
        assert verdict(expect, column.iloc[places]).done
        assert verdict(expect, column.set_axis(range(5, 5 + len(column)))).done


@some
@given(tables(), st.randoms(use_true_random=False))
def test_a_table_in_any_form(table: pd.DataFrame, chance: random.Random) -> None:
    """A table in another order of rows or columns, with one column more or other headings is never "not yet"."""
    expect = Table(plain(table))
    rows, columns = list(range(len(table))), list(table.columns)
    chance.shuffle(rows)
    chance.shuffle(columns)

    assert verdict(expect, table) is Verdict.RIGHT
    for other in (
        table.iloc[rows],
        table[columns],
        table.iloc[rows][columns],
        table.assign(more=1),
        table.set_axis(["x", "y", "z"], axis=1),
        table.iloc[rows].reset_index(drop=True),
    ):
        assert verdict(expect, other).done


@some
@given(tables(), st.integers(0, 9))
def test_a_table_with_one_cell_changed(table: pd.DataFrame, place: int) -> None:
    """A table of which one number differs is not accepted."""
    changed = table.copy()
    changed.loc[place % len(table), "hours"] += 1

    assert not verdict(Table(plain(table)), changed).done
    assert not verdict(Table(plain(table)), changed.drop(columns=["animal"])).done


@some
@given(st.recursive(st.one_of(st.none(), st.booleans(), numbers, names), lambda inner: st.lists(inner, max_size=4)))
def test_what_travels_between_processes_stays_the_same(value: object) -> None:
    """A plain value is the same after it has been JSON."""
    assert value == from_json(to_json(plain(value)))


@some
@given(tables())
def test_a_table_travels_whole(table: pd.DataFrame) -> None:
    """A table keeps its values, types and labels on its way between processes."""
    pd.testing.assert_frame_equal(plain(table), from_json(to_json(plain(table))))
