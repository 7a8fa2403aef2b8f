"""A histogram is marked by what was drawn, whatever drew it."""

from __future__ import annotations

from collections.abc import Callable

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from grader.checks.expect_chart import Chart
from grader.kernel.drawing import describe

matplotlib.use("agg")
VALUES = pd.Series([1.0, 1.0, 2.0, 2.5, 3.0, 3.0, 3.0, 9.0, 9.5, 20.0], name="amount")
TITLE = "Most values are small"
EXPECTED = Chart(VALUES, "hist", bins=4, bare=("amount",))


def judged(draw: Callable[[], object], title: str = TITLE) -> tuple[str, str]:
    """Draw, and give how it compares and the problem that was found."""
    draw()
    if title:
        plt.title(title)
    figure = plt.gcf()
    plt.close(figure)  # as the notebook does when the cell ends
    match = EXPECTED.match(describe(figure))
    return match.level, match.problem


@pytest.mark.parametrize(
    "draw",
    [
        lambda: VALUES.plot.hist(bins=4),
        lambda: VALUES.to_frame().plot(kind="hist", bins=4),
        lambda: VALUES.hist(bins=4),
        lambda: plt.hist(VALUES, bins=4),
        lambda: plt.subplots()[1].hist(VALUES, bins=4, rwidth=0.8),
        lambda: plt.hist(VALUES, bins=4, range=(0, 24)),
        lambda: plt.hist(VALUES, bins=4, histtype="step"),
        lambda: plt.hist(VALUES, bins=4, histtype="stepfilled"),
        lambda: plt.hist(VALUES, bins=4, orientation="horizontal"),
        lambda: VALUES.value_counts(bins=4, sort=False).plot.bar(),
    ],
)
def test_every_way_to_draw_it_is_right(draw: Callable[[], object]) -> None:
    """pandas, pyplot, axes, gaps, outlines and bins that start elsewhere all count as the histogram."""
    assert judged(draw) == ("same", "")


@pytest.mark.parametrize(
    ("draw", "problem"),
    [
        (lambda: VALUES.plot.bar(), "bars_not_hist"),
        (lambda: VALUES.plot(), "no_bars"),
        (lambda: plt.hist(VALUES, bins=3), "too_few_bars"),
        (lambda: plt.hist(VALUES, bins=7), "too_many_bars"),
        (lambda: plt.hist(VALUES, bins=4, range=(0, 12)), "other_data"),
        (lambda: plt.hist(VALUES, bins=4, density=True), "other_data"),
        (lambda: plt.hist(VALUES, bins=4, log=True), "not_plain_scale"),
    ],
)
def test_what_is_not_the_histogram_is_told_apart(draw: Callable[[], object], problem: str) -> None:
    """Another kind of chart, other bins, bins that leave values out and another scale each have their problem."""
    assert judged(draw) == ("differs", problem)


def test_a_title_is_asked_for() -> None:
    """No title and a title that is the column's name are not yet a message."""
    assert judged(lambda: plt.hist(VALUES, bins=4), "")[1] == "no_title"
    assert judged(lambda: plt.hist(VALUES, bins=4), "amount")[1] == "bare_title"
