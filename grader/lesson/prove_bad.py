"""Answers that no exercise may accept, made from the right one: one off, one row short, one bar longer."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from grader.checks.expect import Choice, Number, Several, Words, is_number
from grader.checks.expect_chart import Chart
from grader.checks.expect_tables import Column, Labelled, Table
from grader.checks.snapshot import Bar, Drawn, Snapshot

Bad = tuple[str, Any]  # what was done to the right answer, and what came out


def bad_snapshots(expect: Any, variables: tuple[str, ...], right: Snapshot) -> Iterator[tuple[str, Snapshot]]:
    """Yield what was done and the snapshot of an answer that is not right, one for each bad value."""
    if isinstance(expect, Chart):
        for drawn in right.charts[:1]:
            for said, charts in _charts(expect, drawn):
                yield said, dataclasses.replace(right, charts=charts)
        return
    for name in variables:
        part = expect.parts[name] if isinstance(expect, Several) else expect
        for said, value in bad_values(part, right.variables[name]):
            yield f"{name}: {said}", dataclasses.replace(right, variables={**right.variables, name: value})


def bad_values(expect: Any, right: Any) -> Iterator[Bad]:
    """Yield values of the same kind that are not right, and values of other kinds."""
    yield from (("nothing", None), ("no text", ""), ("an empty list", []))
    yield from (("True", True),) if right is not True else ()
    yield from (("text", "foothills"),) if not isinstance(expect, Words) else ()
    if isinstance(expect, Number) and is_number(right):
        yield from ((said, value) for said, value in _numbers(expect, right) if not _counts_too(expect, value))
    elif isinstance(expect, Choice):
        yield from ((f"({letter})", letter) for letter in expect.options if letter != expect.value)
        yield "every letter", "".join(expect.options)
    elif isinstance(expect, (Column, Labelled)) and type(right) is pd.Series:
        yield from _columns(right)
        if isinstance(expect, Labelled) and len(right) > 1:
            yield "labels moved on by one", right.set_axis([*right.index[1:], right.index[0]])
    elif isinstance(expect, Table) and type(right) is pd.DataFrame:
        yield from _tables(expect, right)


def _numbers(expect: Number, right: float) -> Iterator[Bad]:
    step = 10.0**-expect.places if expect.places else 1
    yield from (("one step more", right + step), ("one step less", right - step), ("ten times", right * 10 + 1))
    yield from (("as text", str(right)), ("not a number", math.nan), ("without end", math.inf))
    yield from (("twice over", [right, right]), ("the other sign", -right if right else 1))
    yield "1% more", right * 1.01 + 1


def _counts_too(expect: Number, value: Any) -> bool:
    return is_number(value) and any(math.isclose(value, other) for other in expect.also.values())


def _columns(right: pd.Series) -> Iterator[Bad]:
    if not len(right):
        return
    yield from (("the first row left out", right.iloc[1:]), ("no rows", right.iloc[:0]))
    yield "the first row twice", pd.concat([right.iloc[:1], right])
    yield "one value changed", _with_first_changed(right)
    yield "no values", pd.Series([math.nan] * len(right), index=right.index, name=right.name)


def _with_first_changed(right: pd.Series) -> pd.Series:
    changed = right.astype(object).copy()
    first = changed.iloc[0]
    number = is_number(first) or (hasattr(first, "item") and is_number(first.item()))
    changed.iloc[0] = not first if isinstance(first, bool) else first * 2 + 1 if number else "foothills"
    return changed.astype(right.dtype) if number else changed


def _tables(expect: Table, right: pd.DataFrame) -> Iterator[Bad]:
    yield from (("the first row left out", right.iloc[1:]), ("no rows", right.iloc[:0]))
    for name in [name for name in right.columns if name in expect.value.columns]:
        yield f"{name} left out", right.drop(columns=[name])
        if len(right):
            yield f"one {name} changed", right.assign(**{str(name): _with_first_changed(right[name])})


def _charts(expect: Chart, drawn: Drawn) -> Iterator[tuple[str, tuple[Drawn, ...]]]:
    changed = dataclasses.replace
    yield "no chart", ()
    yield "nothing drawn", (changed(drawn, bars=(), lines=(), points=()),)
    if expect.title:
        yield "no title", (changed(drawn, title=""),)
        yield from ((f'the title "{text}"', (changed(drawn, title=text),)) for text in expect.bare)
    yield from ((f"no {axis} name", (changed(drawn, **{axis: ""}),)) for axis in _named(expect))
    if drawn.bars and expect.shape in ("bars", "hist"):
        first, *rest = drawn.bars
        yield "a bar left out", (changed(drawn, bars=tuple(rest)),)
        yield "a bar longer", (changed(drawn, bars=(changed(first, length=first.length * 2 + 1), *rest)),)
        yield "a bar more", (changed(drawn, bars=(*drawn.bars, Bar("foothills", 1.0))),)
        limits = "x_limits" if drawn.direction == "across" else "y_limits"
        low, high = getattr(drawn, limits)
        yield "not from 0", (changed(drawn, **{limits: (low + (high - low) / 4, high)}),)
        if expect.shape == "bars":
            yield "a name changed", (changed(drawn, bars=(changed(first, label="foothills"), *rest)),)
        if expect.direction:
            yield "the other way", (changed(drawn, direction="up" if drawn.direction == "across" else "across"),)
    if expect.shape == "line":
        lines = tuple(changed(line, y=tuple(y * 2 + 1 for y in line.y)) for line in drawn.lines)
        yield "a line twice as high", (changed(drawn, lines=lines),)
        yield "a scale that grows by tenfold", (changed(drawn, scales=(drawn.scales[0], "log")),)


def _named(expect: Chart) -> list[str]:
    return [axis for axis, wanted in (("x_label", expect.x_words), ("y_label", expect.y_words)) if wanted]
