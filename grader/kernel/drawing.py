"""Read a matplotlib figure back as what a reader sees: bars, lines, points, words and limits.

matplotlib is never imported here: a figure only exists where the learner's code already did.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import pairwise
from typing import Any

from grader.checks.snapshot import Bar, Drawn, Line

MAX_MARKS = 5_000


def describe(figure: Any) -> tuple[Drawn, ...]:
    """Return one `Drawn` for each chart area of the figure that has something in it."""
    figure.canvas.draw()  # tick labels have no text before the figure has been drawn once
    described = [_describe_axes(axes, figure) for axes in figure.axes]
    return tuple(d for d in described if d.bars or d.lines or d.points)


def _describe_axes(axes: Any, figure: Any) -> Drawn:
    direction, patches = _bar_patches(axes)
    names = _tick_names(axes.yaxis if direction == "across" else axes.xaxis) if patches else []
    bars = tuple(_bar(patch, direction, names) for patch in patches[:MAX_MARKS]) or _steps(axes)
    return Drawn(
        title=(axes.get_title() or axes.get_title("left") or axes.get_title("right") or _suptitle(figure)).strip(),
        x_label=axes.get_xlabel().strip(),
        y_label=axes.get_ylabel().strip(),
        bars=bars,
        direction=direction if bars else "",
        touching=_touching(bars),
        lines=tuple(_line(axes, line) for line in axes.get_lines() if len(line.get_xdata()) > 1),
        points=_points(axes),
        x_limits=_pair(axes.get_xlim()),
        y_limits=_pair(axes.get_ylim()),
        scales=(axes.get_xscale(), axes.get_yscale()),
    )


def _suptitle(figure: Any) -> str:
    return str(figure.get_suptitle())


def _bar_patches(axes: Any) -> tuple[str, list[Any]]:
    """Return the direction of the bars and the rectangles themselves."""
    patches: list[Any] = []
    across = False
    for container in axes.containers:
        if type(container).__name__ == "BarContainer":
            patches += [patch for patch in container.patches if hasattr(patch, "get_width")]
            across = across or container.orientation == "horizontal"
    return ("across" if across else "up"), patches


def _bar(patch: Any, direction: str, names: list[tuple[float, str]]) -> Bar:
    if direction == "across":
        length, start = patch.get_width(), patch.get_x()
        width, low = patch.get_height(), patch.get_y()
    else:
        length, start = patch.get_height(), patch.get_y()
        width, low = patch.get_width(), patch.get_x()
    middle = low + width / 2
    return Bar(_name_at(names, middle, width), float(length), float(start), float(middle), abs(float(width)))


def _tick_names(axis: Any) -> list[tuple[float, str]]:
    """Return (place, text) of each tick in order of place: read once, as matplotlib works them out at every call."""
    labels = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=False)
    return sorted((float(place), str(label.get_text()).strip()) for place, label in labels)


def _name_at(names: list[tuple[float, str]], middle: float, width: float) -> str:
    reach = max(abs(width), 1e-9) / 2 + 1e-9
    first = bisect_left(names, (middle - reach,))
    return names[first][1] if first < len(names) and names[first][0] <= middle + reach else ""


def _steps(axes: Any) -> tuple[Bar, ...]:
    """Return the bars of a histogram that is drawn as one outline: the level stretches of its upper edge."""
    found: list[Bar] = []
    for patch in axes.patches:
        if type(patch).__name__ == "Polygon":
            corners = [_pair(corner) for corner in patch.get_xy()[:MAX_MARKS]]
            for (left, height), (right, next_height) in pairwise(corners):
                if right > left and height == next_height:
                    found.append(Bar("", height, 0.0, (left + right) / 2, right - left))
    return tuple(found)


def _touching(bars: tuple[Bar, ...]) -> bool:
    """Say whether the bars stand edge to edge, as in a histogram."""
    if len(bars) < 2:
        return False
    gap = abs(bars[1].place - bars[0].place)
    return math.isclose(gap, bars[0].width, rel_tol=0.02)


def _line(axes: Any, line: Any) -> Line:
    units = axes.xaxis.get_units()
    names = {place: name for name, place in getattr(units, "_mapping", {}).items()} if units is not None else {}
    points = [(x, y) for x, y in line.get_xydata()[:MAX_MARKS]]
    label = str(line.get_label())
    return Line(
        tuple(str(names[x]) if x in names else float(x) for x, _ in points),
        tuple(float(y) for _, y in points),
        "" if label.startswith("_") else label,
    )


def _points(axes: Any) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for collection in axes.collections:
        if type(collection).__name__ == "PathCollection":
            found += [_pair(point) for point in collection.get_offsets()[:MAX_MARKS]]
    return tuple(found)


def _pair(limits: Any) -> tuple[float, float]:
    return float(limits[0]), float(limits[1])
