"""Charts that learners draw have the colours and the type size of the writing rules."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from grader.kernel.drawing import describe
from grader.lesson.read import lesson
from grader.lesson.rehearse import Rehearsal

matplotlib.use("agg")
ANALYSIS_FUNCTION = {"#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d", "#a285d1"}


@pytest.fixture
def after_ready() -> Iterator[None]:
    """Run a lesson that asks for a chart from its first cell, in a matplotlib that is as it comes."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        with Rehearsal(lesson(2)):
            yield


@pytest.mark.usefixtures("after_ready")
def test_two_bars_have_two_colours_of_the_palette() -> None:
    """Two kinds of bars have two colours of the Analysis Function's palette."""
    axes = pd.DataFrame({"north": [1, 2], "south": [3, 4]}).plot.barh(title="The south has more of both")
    colours = {to_hex(patch.get_facecolor()) for patch in axes.patches}
    plt.close(axes.figure)

    assert 2 == len(colours)
    assert colours < ANALYSIS_FUNCTION


@pytest.mark.usefixtures("after_ready")
def test_text_on_a_chart_is_12_points_or_more() -> None:
    """The title, the names of the axes and the labels on them are 12 points or more."""
    axes = pd.Series([1, 2], index=["cat", "dog"]).plot.barh(title="Dogs are twice as many", xlabel="Animals")
    texts = [axes.xaxis.label, *axes.get_xticklabels(), *axes.get_yticklabels()]
    sizes = [text.get_fontsize() for text in texts]
    plt.close(axes.figure)

    assert min(sizes) >= 12


@pytest.mark.usefixtures("after_ready")
def test_a_title_on_the_left_is_read() -> None:
    """A check reads the title where the style puts it."""
    figure = pd.Series([1, 2]).plot.barh(title="Twice as many in the second").figure
    plt.close(figure)

    assert "Twice as many in the second" == describe(figure)[0].title
