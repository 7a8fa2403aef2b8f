"""Comparisons: the right numbers in another form are told from other numbers, for every kind of answer."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from grader.checks.expect import Choice, Exact, Number, Several, Words
from grader.checks.expect_chart import Chart
from grader.checks.expect_tables import Column, Labelled, Table
from grader.checks.match import FORM_WORDS
from grader.checks.problems import PROBLEM_WORDS
from grader.checks.snapshot import Bar, Drawn, Line
from grader.checks.values import Opaque, plain

ANIMALS = pd.Series(["Cat", "Dog", "Cat", None], name="animal")
COUNTS = pd.Series([3, 2, 1], index=["cat", "dog", "fox"], name="count")
MEANS = pd.Series([260.5, 310.25, 48.123], index=["cat", "dog", "fox"], name="cost")
TABLE = pd.DataFrame({"animal": ["cat", "dog", "fox"], "cost": [260.5, 310.25, 48.0]})
BARS = Drawn(
    title="Cats are rescued most",
    bars=tuple(Bar(str(name), float(n), place=place) for place, (name, n) in enumerate(COUNTS.items())),
    direction="across",
    x_limits=(0.0, 3.2),
)


@pytest.mark.parametrize(
    ("expect", "value"),
    [
        (Number(7544), 7544),
        (Number(7544), 7544.0),
        (Number(0.3), 0.1 + 0.2),
        (Number(48.62, places=1), 48.6),
        (Number(math.nan), math.nan),
        (Choice("b", {"a": "one animal", "b": "one call-out"}), "b"),
        (Choice("b", {"a": "one animal", "b": "one call-out"}), "(B)"),
        (Choice("b", {"a": "one animal", "b": "one call-out"}), " b. "),
        (Choice("b", {"a": "one animal", "b": "one call-out"}), "One call-out."),
        (Choice("a", {"a": "1,234", "b": "99"}), 1234),
        (Words("any"), "they counted crews"),
        (Exact("cat"), " Cat"),
        (Exact(True), True),
        (Column(plain(ANIMALS)), ANIMALS),
        (Labelled(plain(COUNTS)), COUNTS),
        (Table(plain(TABLE)), TABLE),
        (Table(plain(TABLE[["cost"]]), part=True), TABLE),
        (Several({"x": Number(1), "y": Number(2)}), {"x": 1, "y": 2}),
        (Chart(plain(COUNTS), direction="across"), (BARS,)),
        (Chart(plain(COUNTS)), (Drawn(), BARS)),
    ],
)
def test_the_right_answer_is_right(expect: Any, value: Any) -> None:
    """The right answer agrees with nothing to say about its form."""
    match = expect.match(value if isinstance(value, tuple) else plain(value))

    assert (True, ()) == (match.agrees, match.forms)
    assert 1.0 == match.share


@pytest.mark.parametrize(
    ("expect", "value", "form"),
    [
        (Number(7544), [7544], "boxed"),
        (Number(7544), pd.Series([7544]), "boxed"),
        (Number(48.6213), 48.6, "rounded"),
        (Number(48.6213, places=1), 48.6213, "not_rounded"),
        (Number(0.4862, share=True), 48.62, "percent"),
        (Number(48.62, percent=True), 0.4862, "share"),
        (Number(229224.67, places=0), 229224.7, "not_rounded"),
        (Number(37, also={"with_blank": 38}), 38, "with_blank"),
        (Table(plain(TABLE[["animal"]])), TABLE["animal"].tolist(), "list"),
        (Column(plain(ANIMALS)), ANIMALS.tolist(), "list"),
        (Column(plain(ANIMALS)), ANIMALS.to_frame(), "table"),
        (Column(plain(ANIMALS)), ANIMALS.iloc[::-1], "order"),
        (Column(plain(ANIMALS)), ANIMALS.set_axis([5, 6, 7, 8]), "row_labels"),
        (Column(plain(ANIMALS)), ANIMALS.rename("kind"), "name"),
        (Labelled(plain(COUNTS)), COUNTS.astype(float), "number_type"),
        (Labelled(plain(COUNTS)), COUNTS.iloc[::-1], "order"),
        (Labelled(plain(COUNTS)), COUNTS.to_dict(), "dictionary"),
        (Labelled(plain(COUNTS)), COUNTS.reset_index(), "labels_as_column"),
        (Labelled(plain(COUNTS)), COUNTS.rename("n"), "name"),
        (Labelled(plain(MEANS)), MEANS.round(1), "rounded"),
        (Table(plain(TABLE)), TABLE[["cost", "animal"]], "column_order"),
        (Table(plain(TABLE)), TABLE.assign(more=1), "extra_columns"),
        (Table(plain(TABLE)), TABLE.rename(columns={"cost": "mean"}), "column_names"),
        (Table(plain(TABLE)), TABLE.iloc[::-1], "order"),
        (Table(plain(TABLE)), TABLE.set_axis([3, 4, 5]), "row_labels"),
        (Table(plain(TABLE[["cost"]])), TABLE["cost"], "column"),
    ],
)
def test_right_numbers_in_another_form_are_told_so(expect: Any, value: Any, form: str) -> None:
    """The right numbers in another form agree, and the form is named, with words for it."""
    match = expect.match(plain(value))

    assert match.agrees
    assert form in match.forms
    assert FORM_WORDS[form]


@pytest.mark.parametrize(
    ("expect", "value"),
    [
        (Number(7544), 7543),
        (Number(7544), 75440),
        (Number(1), True),
        (Number(48.6213), 48.7),
        (Number(9.73), 10),
        (Number(0.4862), 48.62),
        (Number(7544), "7544"),
        (Number(7544), None),
        (Number(7544), math.nan),
        (Number(7544), [7544, 7544]),
        (Choice("b", {"a": "x", "b": "y"}), "a"),
        (Choice("b", {"a": "x", "b": "y"}), "ab"),
        (Choice("b", {"a": "x", "b": "y"}), ""),
        (Words("any"), "   "),
        (Words("any"), "12"),
        (Words("any"), 12),
        (Exact(True), 1),
        (Exact("cat"), "cats"),
        (Column(plain(ANIMALS)), ["Cat", "Dog", "Dog", None]),
        (Column(plain(ANIMALS)), ANIMALS.head(3)),
        (Column(plain(ANIMALS), order=True), ANIMALS.iloc[::-1]),
        (Column(plain(ANIMALS)), ANIMALS.fillna("Cat")),
        (Column(pd.Series([1, 2, 3])), ["1", "2", "3"]),
        (Labelled(plain(COUNTS)), COUNTS + 1),
        (Labelled(plain(COUNTS)), COUNTS.rename({"cat": "Cat"})),
        (Labelled(plain(COUNTS)), COUNTS.head(2)),
        (Labelled(plain(COUNTS), order=True), COUNTS.iloc[::-1]),
        (Labelled(plain(COUNTS)), 6),
        (Table(plain(TABLE)), TABLE.head(2)),
        (Table(plain(TABLE)), TABLE.drop(columns=["cost"])),
        (Table(plain(TABLE)), TABLE.assign(cost=0)),
        (Table(plain(TABLE), order=True), TABLE.iloc[::-1]),
        (Table(plain(TABLE)), len(TABLE)),
        (Several({"x": Number(1), "y": Number(2)}), {"x": 1, "y": 3}),
        (Several({"x": Number(1), "y": Number(2)}), {"x": 1}),
    ],
)
def test_another_answer_is_not_accepted(expect: Any, value: Any) -> None:
    """Other numbers, other kinds and half an answer do not agree."""
    assert not expect.match(plain(value)).agrees


@pytest.mark.parametrize(
    ("chart", "problem", "share"),
    [
        ((), "no_chart", 0.0),
        ((Drawn(title="A chart of nothing"),), "no_bars", 0.0),
        ((Drawn(title=BARS.title, bars=BARS.bars[:2], direction="across", x_limits=(0, 4)),), "too_few_bars", 0.0),
        ((Drawn(title=BARS.title, bars=(*BARS.bars, Bar("cow", 1.0)), direction="across", x_limits=(0, 4)),), "too_many_bars", 0.0),
        ((Drawn(title=BARS.title, bars=BARS.bars, direction="up", y_limits=(0, 4)),), "other_direction", 0.0),
        ((Drawn(title="", bars=BARS.bars, direction="across", x_limits=(0, 4)),), "no_title", 0.8),
        ((Drawn(title="count", bars=BARS.bars, direction="across", x_limits=(0, 4)),), "bare_title", 0.8),
        ((Drawn(title=BARS.title, bars=BARS.bars, direction="across", x_limits=(0.5, 4)),), "not_from_zero", 0.8),
        ((Drawn(title=BARS.title, bars=BARS.bars, direction="across", x_limits=(0, 4), scales=("log", "linear")),), "not_plain_scale", 0.8),
        ((Drawn(title=BARS.title, bars=BARS.bars, direction="across", x_limits=(4, 0)),), "upside_down", 0.8),
        ((Drawn(title=BARS.title, bars=tuple(Bar(str(i), b.length) for i, b in enumerate(BARS.bars)), direction="across", x_limits=(0, 4)),), "no_names", 0.8),
        ((Drawn(title=BARS.title, bars=tuple(Bar(b.label, 4 - b.length) for b in BARS.bars), direction="across", x_limits=(0, 4)),), "other_names", 0.8),
        ((Drawn(title=BARS.title, bars=tuple(Bar(b.label, b.length + 1) for b in BARS.bars), direction="across", x_limits=(0, 5)),), "other_data", 0.0),
    ],
)  # fmt: skip
def test_a_chart_is_marked_by_what_was_drawn(chart: tuple[Drawn, ...], problem: str, share: float) -> None:
    """Each thing that is off in a chart has its name and words, and what is right keeps its part of the marks."""
    match = Chart(plain(COUNTS), direction="across", bare=("count",)).match(chart)

    assert (problem, False) == (match.problem, match.agrees)
    assert match.share == pytest.approx(share)
    assert PROBLEM_WORDS[problem]


def test_axis_names_are_asked_for_by_a_word() -> None:
    """An axis that has to be named needs one of the words, in any case."""
    expect = Chart(plain(pd.Series([1.0, 2.0])), "line", x_words=("year",), y_words=("cost", "pounds"))
    line = (Line((2009.0, 2010.0), (1.0, 2.0)),)
    named = Drawn(title="The cost has doubled", lines=line, x_label="Year", y_label="Mean cost in POUNDS")

    assert expect.match((named,)).agrees
    assert "no_x_name" == expect.match((Drawn(title=named.title, lines=line, y_label=named.y_label),)).problem
    assert "no_y_name" == expect.match((Drawn(title=named.title, lines=line, x_label=named.x_label),)).problem


@pytest.mark.parametrize(
    "expect",
    [Number(1), Choice("a", {"a": "x", "b": "y"}), Words("x"), Exact("x"), Column(plain(ANIMALS)), Labelled(plain(COUNTS)),
     Table(plain(TABLE)), Several({"x": Number(1)}), Chart(plain(COUNTS))],
)  # fmt: skip
@pytest.mark.parametrize(
    "value",
    [None, True, -1, math.inf, "", "x" * 9999, [], [[]], (), {}, {"x": None}, Opaque("method"), pd.Series([], dtype=float),
     pd.DataFrame(), pd.Series([None, None]), pd.DataFrame([[1, 2]], columns=["a", "a"]), pd.Timestamp("2021-05-31")],
)  # fmt: skip
def test_no_answer_stops_a_comparison(expect: Any, value: Any) -> None:
    """Whatever an answer is, a comparison gives an outcome and never stops."""
    assert expect.match(value).level in ("same", "form", "differs")
