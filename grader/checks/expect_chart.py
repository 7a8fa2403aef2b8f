"""What a chart must show, read from what was drawn and never from the code that drew it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from grader.checks.alike import values_alike
from grader.checks.match import Match, differs, same
from grader.checks.snapshot import Drawn

_WEIGHTS = {"data": 2, "names": 1, "scale": 1, "words": 1}


@dataclass(frozen=True)
class Chart:
    """A chart of `value`: labelled numbers for `bars` and `line`, the raw numbers for a `hist`.

    `direction` is "across", "up" or "" (either). `bare` holds texts that are no message for a title, such as
    column names. `x_words` and `y_words`: one of these words must be in that axis's name. Marks are shared:
    data 2, names 1, zero baseline and plain scale 1, title and axis names 1.
    """

    kind: ClassVar[str] = "chart"
    value: pd.Series
    shape: str = "bars"
    direction: str = ""
    bins: int | None = None
    title: bool = True
    bare: tuple[str, ...] = ()
    x_words: tuple[str, ...] = ()
    y_words: tuple[str, ...] = ()

    def with_value(self, value: Any) -> Chart:
        return Chart(value, self.shape, self.direction, self.bins, self.title, self.bare, self.x_words, self.y_words)

    def match(self, value: Any) -> Match:
        """Compare the charts of a cell (a tuple of `Drawn`); the best one counts."""
        charts = [chart for chart in value if isinstance(chart, Drawn)] if type(value) is tuple else []
        if not charts:
            return differs("no_chart")
        return max((self._match_chart(chart) for chart in charts), key=lambda match: (match.agrees, match.share))

    def _match_chart(self, chart: Drawn) -> Match:
        problem = self._other_shape(chart) or self._other_data(chart)
        if problem:
            return differs(problem)
        missed = {
            "names": self._other_names(chart),
            "scale": self._other_scale(chart),
            "words": self._other_words(chart),
        }
        found = [problem for problem in missed.values() if problem]
        if not found:
            return same()
        lost = sum(_WEIGHTS[part] for part, problem in missed.items() if problem)
        return differs(found[0], share=1 - lost / sum(_WEIGHTS.values()))

    def _other_shape(self, chart: Drawn) -> str:
        if self.shape == "line":
            return "" if chart.lines else "not_a_line"
        if self.shape == "points":
            return "" if chart.points else "not_points"
        if not chart.bars:
            return "no_bars"
        if self.shape == "hist":
            grouped = chart.touching or len(chart.bars) == 1 or self._counts(chart)
            return "" if grouped else "bars_not_hist"
        if self.direction and chart.direction != self.direction:
            return "other_direction"
        return ""

    def _other_data(self, chart: Drawn) -> str:
        if self.shape == "points":
            return ""
        drawn, expected = self._drawn_numbers(chart), self._expected_numbers()
        if self.shape == "line":
            return "" if any(_same_numbers(line, expected) for line in drawn) else "other_data"
        lengths = drawn[0]
        if len(lengths) > len(expected):
            return "too_many_bars"
        if len(lengths) < len(expected):
            return "too_few_bars"
        if self.shape == "hist":
            return "" if self._counts(chart) else "other_data"
        return "" if _same_numbers(sorted(lengths), sorted(expected)) else "other_data"

    def _counts(self, chart: Drawn) -> bool:
        """Say whether the bars count the values: in the bins that were asked for, or in as many that start elsewhere."""
        lengths, expected = [bar.length for bar in chart.bars], self._expected_numbers()
        if _same_numbers(lengths, expected):
            return True
        if len(lengths) != len(expected) or len(lengths) < 2:
            return False
        middles = np.array([bar.place for bar in chart.bars])
        edges = np.append(middles, 2 * middles[-1] - middles[-2]) - (middles[1] - middles[0]) / 2
        if not (np.diff(edges) > 0).all():
            return False
        values = self.value.dropna().to_numpy(float)
        counts, _ = np.histogram(values, bins=edges)
        return int(counts.sum()) == len(values) and _same_numbers(lengths, [float(count) for count in counts])

    def _drawn_numbers(self, chart: Drawn) -> list[list[float]]:
        if self.shape == "line":
            return [list(line.y) for line in chart.lines]
        return [[bar.length for bar in chart.bars]]

    def _expected_numbers(self) -> list[float]:
        if self.shape == "hist":
            counts, _ = np.histogram(self.value.dropna().to_numpy(float), bins=self.bins or 10)
            return [float(count) for count in counts]
        return [float(number) for number in self.value]

    def _other_names(self, chart: Drawn) -> str:
        if self.shape != "bars":
            return ""
        expected = {str(label): float(number) for label, number in self.value.items()}
        drawn = {bar.label: bar.length for bar in chart.bars}
        if not set(drawn) & set(expected):
            return "no_names"
        agrees = set(drawn) == set(expected) and _same_numbers([drawn[name] for name in expected], [*expected.values()])
        return "" if agrees else "other_names"

    def _other_scale(self, chart: Drawn) -> str:
        across = chart.direction == "across"
        low, high = chart.x_limits if across else chart.y_limits
        scale = chart.scales[0] if across else chart.scales[1]
        if scale != "linear":
            return "not_plain_scale"
        if low > high:
            return "upside_down"
        if (
            chart.bars
            and self.shape != "line"
            and (abs(low) > 1e-9 or any(abs(bar.start) > 1e-9 for bar in chart.bars))
        ):
            return "not_from_zero"
        return ""

    def _other_words(self, chart: Drawn) -> str:
        title = chart.title.strip()
        if self.title and not title:
            return "no_title"
        if self.title and (title.lower() in {text.lower() for text in self.bare} or len(title.split()) < 3):
            return "bare_title"
        for words, label, problem in (
            (self.x_words, chart.x_label, "no_x_name"),
            (self.y_words, chart.y_label, "no_y_name"),
        ):
            if words and not any(word.lower() in label.lower() for word in words):
                return problem
        return ""


def _same_numbers(drawn: list[float], expected: list[float]) -> bool:
    """Say whether the numbers are the same, or those expected with one rounding for all."""
    return len(drawn) == len(expected) and bool(values_alike(pd.Series(expected), pd.Series(drawn)).all())
