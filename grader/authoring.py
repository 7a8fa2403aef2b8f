"""The author's surface: what a `checks.py` imports.

from grader.authoring import choice, exercise, number, slip, table_of

rescues = table_of("animal-rescues")
EXERCISES = [
    exercise("n_rows", number(len(rescues)), ask="...", right="...", slips=[slip("columns", 8, "...")]),
]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from grader.checks.exercise import RULE, TROUBLE, Case, Exercise, Slip
from grader.checks.expect import Choice, Exact, Number, Several, Words
from grader.checks.expect_chart import Chart
from grader.checks.expect_tables import Column, Labelled, Table
from grader.checks.own import hidden_slips
from grader.checks.rules import RULES
from grader.checks.values import plain
from grader.data.package import read as _read
from grader.errors import GraderError

__all__ = [
    "areas", "case", "chart", "choice", "column", "exact", "exercise", "labelled", "number", "rule", "several", "slip",
    "table", "table_of", "trouble", "words",
]  # fmt: skip


def table_of(package: str, resource: str | None = None) -> pd.DataFrame:
    """Return a data package's table as a learner's `pd.read_csv` gives it."""
    return _read(package, resource)


def number(
    value: float,
    *,
    places: int | None = None,
    share: bool = False,
    percent: bool = False,
    also: Mapping[str, float] | None = None,
) -> Number:
    """Expect a number. `places`: the rounding asked for. `share` also understands 48.6 for 0.486; `percent` 0.486 for 48.6.

    `also` gives numbers that count another way, by the name of their form: {"with_blank": 38}.
    """
    return Number(plain(value), places, share, percent, {form: plain(item) for form, item in (also or {}).items()})


def choice(answer: str, **options: str) -> Choice:
    """Expect one letter: choice("b", a="one animal", b="one call-out")."""
    if answer not in options:
        raise GraderError(f'The answer "{answer}" is not one of the options {", ".join(options)}.')
    return Choice(answer, options)


def words(example: str, *, letters: int = 2) -> Words:
    """Expect any text with at least `letters` letters."""
    return Words(example, letters)


def exact(value: Any, *, also: Sequence[str] = ()) -> Exact:
    """Expect this text, True, False or None. `also`: other texts that say the same."""
    return Exact(plain(value), tuple(also))


def column(value: pd.Series, *, order: bool = False) -> Column:
    """Expect a column with these values. `order`: the order of the rows is part of the question."""
    return Column(plain(value), order)


def labelled(value: pd.Series, *, order: bool = False) -> Labelled:
    """Expect values by label, as `value_counts` and `groupby` give."""
    return Labelled(plain(value), order)


def table(value: pd.DataFrame, *, order: bool = False, part: bool = False) -> Table:
    """Expect a table with these rows and columns. `part`: it may have other columns too, as when one is added."""
    return Table(plain(value), order, part)


def chart(value: pd.Series, shape: str = "bars", **options: Any) -> Chart:
    """Expect a chart of `value`; the options are those of `grader.checks.expect_chart.Chart`."""
    made: dict[str, Any] = {name: tuple(item) if isinstance(item, list) else item for name, item in options.items()}
    return Chart(plain(value), shape, **made)


def several(**parts: Any) -> Several:
    """Expect several variables: several(first_year=number(2009), last_year=number(2021))."""
    return Several(parts)


def slip(name: str, value: Any, say: str, *, hints: Sequence[str] = ()) -> Slip:
    """Name a misconception by the value it gives. For several variables, give a dictionary."""
    return Slip(name, say, value=plain(value), hints=tuple(hints))


def trouble(name: str, type: str, pattern: str, say: str, *, hints: Sequence[str] = ()) -> Slip:
    """Name a misconception by the exception it raises: its type and a pattern in its text."""
    return Slip(name, say, how=TROUBLE, type=type, pattern=pattern, hints=tuple(hints))


def rule(name: str, rule: str, say: str, argument: Any = None, *, hints: Sequence[str] = ()) -> Slip:
    """Name a misconception by a named rule of `grader.checks.rules`, or "problem" and a comparison's problem."""
    if rule != "problem" and rule not in RULES:
        raise GraderError(f'There is no rule "{rule}".', todo=f"The rules are problem, {', '.join(RULES)}.")
    return Slip(name, say, how=RULE, rule=rule, argument=plain(argument), hints=tuple(hints))


def case(expect: Any, right: str, slips: Sequence[Slip] = ()) -> Case:
    """Say what counts for one choice of the learner's own area."""
    return Case(expect, right, tuple(slips))


def areas(cases: Mapping[str, Case]) -> dict[str, Case]:
    """Return the choices that may be offered: those in which every slip can be told from right and from the others."""
    return {name: made for name, made in cases.items() if not hidden_slips(made)}


def exercise(
    name: str,
    expect: Any,
    *,
    ask: str,
    right: str,
    slips: Sequence[Slip] = (),
    hints: Sequence[str] = (),
    points: float = 1.0,
    form_share: float = 1.0,
    worked: str = "",
    own: str = "",
    cases: Mapping[str, Case] | None = None,
    typed: str = "",
) -> Exercise:
    """Define one exercise: what is right, one line that restates the question, and the slips worth a sentence.

    `typed` is said instead of `right` where a number was typed that the data could have given.
    `own` names the variable in which the learner sets an area of their own, `cases` what counts for each area;
    GraderError is raised where a case would hide a slip.
    """
    for area, made in (cases or {}).items():
        hidden = hidden_slips(made)
        if hidden:
            raise GraderError(
                f"With {area} a check cannot tell the slip {hidden[0]} from another answer.",
                where=f"exercise {name}",
                todo="Offer only what areas(...) returns.",
            )
    return Exercise(
        name,
        expect,
        ask,
        right,
        tuple(slips),
        tuple(hints),
        points,
        form_share,
        worked,
        own,
        dict(cases or {}),
        typed=typed,
    )
