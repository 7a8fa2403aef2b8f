"""Whether two answers are the same, by `==` and pandas.testing and never by the comparison that is being proved."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from pandas.testing import assert_frame_equal, assert_series_equal

from grader.checks.exercise import Case, Exercise
from grader.checks.expect import Choice, Exact, Several, Words
from grader.checks.expect_chart import Chart
from grader.checks.expect_tables import Table
from grader.checks.snapshot import Drawn, Snapshot

_ARITHMETIC = 1e-12  # the last bits of a float depend on the order of the sums
MISSING = object()


def answer_of(exercise: Exercise, case: Case, snapshot: Snapshot) -> Any:
    """Return what an answer gives, without what the exercise declares free: see `free`."""
    if isinstance(case.expect, Chart):
        return tuple(_chart(case.expect, chart) for chart in snapshot.charts)
    found = {name: snapshot.variables.get(name, MISSING) for name in exercise.variables}
    parts: Mapping[str, Any] = (
        case.expect.parts if isinstance(case.expect, Several) else dict.fromkeys(found, case.expect)
    )
    return {name: free(parts[name], value) for name, value in found.items()}


def free(expect: Any, value: Any) -> Any:
    """Return a value without what its expectation declares free: the words of a text, more columns, a letter's case."""
    if isinstance(expect, Words) and type(value) is str:
        return sum(letter.isalpha() for letter in value) >= expect.letters
    if isinstance(expect, Choice) and type(value) is str:
        return value.strip().strip("().").lower()
    if isinstance(expect, Exact) and type(value) is str:
        said = value.strip().casefold()
        return str(expect.value).casefold() if said in {text.casefold() for text in expect.also} else said
    if isinstance(expect, Table) and expect.part and type(value) is pd.DataFrame:
        named = [name for name in value.columns if name in expect.value.columns]
        return value[named] if len(named) == expect.value.shape[1] else value  # a column may have another name
    return value


def _chart(expect: Chart, chart: Drawn) -> Any:
    """Return what a chart shows: any title that says something is as good as another, and so are axis names."""
    title = chart.title.strip().lower()
    said = "" if not title else "bare" if title in {text.lower() for text in expect.bare} else "said"
    names = [
        any(word.lower() in label.lower() for word in wanted) if wanted else True
        for wanted, label in ((expect.x_words, chart.x_label), (expect.y_words, chart.y_label))
    ]
    bars = sorted((bar.label, bar.length, bar.start) for bar in chart.bars)
    lines = [(line.x, line.y) for line in chart.lines]
    low = chart.x_limits[0] if chart.direction == "across" else chart.y_limits[0]
    return {
        "title": said if expect.title else True,
        "names": names,
        "bars": [(label if expect.shape == "bars" else "", *rest) for label, *rest in bars],
        "lines": lines,
        "points": sorted(chart.points),
        "direction": chart.direction if expect.direction else True,
        "from": low if chart.bars else True,
        "scales": chart.scales,
    }


def same(a: Any, b: Any) -> bool:
    """Say whether two answers are strictly the same; 3 and 3.0 are, True and 1 are not."""
    if type(a) is dict and type(b) is dict:
        return a.keys() == b.keys() and all(same(a[name], b[name]) for name in a)
    if type(a) in (list, tuple) and type(a) is type(b):
        return len(a) == len(b) and all(map(same, a, b))
    if type(a) in (int, float) and type(b) in (int, float):
        return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=_ARITHMETIC, abs_tol=0.0)
    if type(a) is not type(b):
        return False
    try:
        if type(a) is pd.Series:
            assert_series_equal(a, b, rtol=_ARITHMETIC, atol=0.0)
        elif type(a) is pd.DataFrame:
            assert_frame_equal(a, b, rtol=_ARITHMETIC, atol=0.0)
        else:
            return bool(a == b)
    except AssertionError:
        return False
    return True


def holds(right: Any, value: Any) -> bool:
    """Say whether an answer has every value of the right one in it, whatever the order, labels and columns."""
    return not Counter(_items(right)) - Counter(_items(value, labels=True))


def _items(value: Any, labels: bool = False) -> Iterator[Any]:
    """Yield the single values in an answer, numbers as the float that they are near to."""
    if type(value) is dict:
        for key, item in value.items():
            yield from ([key] if labels else [])
            yield from _items(item, labels)
    elif type(value) is pd.DataFrame:
        for place in range(value.shape[1]):
            yield from _items(value.iloc[:, place].tolist())
        yield from value.index.tolist() if labels else ()
    elif type(value) is pd.Series:
        yield from _items([*value.tolist(), *(value.index.tolist() if labels else [])])
    elif type(value) in (list, tuple):
        for item in value:
            yield from _items(item, labels)
    elif type(value) in (int, float):
        yield None if math.isnan(value) else float(f"{value:.9g}")
    else:
        yield value
