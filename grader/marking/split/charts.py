"""A chart as a description, and a real chart rebuilt from one: titles, labels, ticks, key, bars, lines and points."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

MAX_POINTS = 200_000
STYLES = ("-", "--", "-.", ":", "None", "", " ")


def describe(value: Any) -> dict[str, Any] | None:
    """Return the description of an Axes or a Figure; None for anything else."""
    axes = sys.modules.get("matplotlib.axes")
    figure = sys.modules.get("matplotlib.figure")
    if axes is not None and type(value) is axes.Axes:
        return {"kind": "axes"} | _axes(value)
    if figure is not None and type(value) is figure.Figure:
        return {"kind": "figure", "axes": [_axes(each) for each in value.axes if type(each) is axes.Axes][:30]} | {  # type: ignore[union-attr]
            "title": _text(value.get_suptitle()),
            "size": _numbers(value.get_size_inches()),
        }
    return None


def _axes(axes: Any) -> dict[str, Any]:
    from matplotlib.collections import PathCollection
    from matplotlib.patches import Rectangle

    legend = axes.get_legend()
    bars = [patch for patch in axes.patches if type(patch) is Rectangle]
    return {
        "size": _numbers(axes.figure.get_size_inches()),
        "title": [_text(axes.get_title(loc)) for loc in ("center", "left", "right")],
        "labels": [_text(axes.get_xlabel()), _text(axes.get_ylabel())],
        "scales": [axes.get_xscale(), axes.get_yscale()],
        "limits": [_numbers(axes.get_xlim()), _numbers(axes.get_ylim())],
        "ticks": [_ticks(axes.xaxis), _ticks(axes.yaxis)],
        "legend": None
        if legend is None
        else {
            "labels": [_text(t.get_text()) for t in legend.get_texts()],
            "title": _text(legend.get_title().get_text()),
        },
        "lines": [_line(line) for line in axes.lines],
        "bars": [_bar(patch) for patch in bars],
        "groups": [
            [bars.index(bar) for bar in group if bar in bars] + [_text(group.get_label())]
            for group in axes.containers
            if type(group).__name__ == "BarContainer"
        ],
        "points": [
            {"places": [_numbers(pair) for pair in np.asarray(each.get_offsets())], "label": _text(each.get_label())}
            for each in axes.collections
            if type(each) is PathCollection
        ],
        "notes": [[_numbers(note.get_position()), _text(note.get_text())] for note in axes.texts],
        "grid": bool(axes.xaxis.get_gridlines() and axes.xaxis.get_gridlines()[0].get_visible()),
    }


def _ticks(axis: Any) -> dict[str, Any] | None:
    """Return the ticks where the chart sets them itself; numbers of an ordinary scale draw themselves."""
    if type(axis.get_major_formatter()).__name__ in ("ScalarFormatter", "LogFormatterSciNotation"):
        return None
    return {
        "places": _numbers(axis.get_ticklocs()),
        "labels": [_text(label.get_text()) for label in axis.get_ticklabels()],
    }


def _line(line: Any) -> dict[str, Any]:
    return {
        "x": _numbers(line.get_xdata(orig=False)),
        "y": _numbers(line.get_ydata(orig=False)),
        "label": _text(line.get_label()),
        "style": str(line.get_linestyle()),
        "marker": str(line.get_marker()),
        "width": float(line.get_linewidth()),
        "colour": _colour(line.get_color()),
    }


def _bar(bar: Any) -> dict[str, Any]:
    return {
        "box": _numbers([bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()]),
        "label": _text(bar.get_label()),
        "colour": _colour(bar.get_facecolor()),
    }


def _colour(colour: Any) -> list[Any]:
    from matplotlib.colors import to_rgba

    return list(map(float, to_rgba(colour)))


def _text(text: Any) -> str:
    return str(text)[:2_000]


def _numbers(values: Any) -> list[Any]:
    """Return numbers as JSON; one that is not finite as text."""
    found = [float(value) for value in list(values)[:MAX_POINTS]]
    return [value if math.isfinite(value) else repr(value) for value in found]


def _read(values: Any, count: int | None = None) -> list[float]:
    found = [float(value) for value in values]
    if len(found) > MAX_POINTS or (count is not None and len(found) != count):
        raise ValueError("not the numbers of a chart")
    return found


def rebuild(data: dict[str, Any]) -> Any:
    """Return a real Axes or Figure that nobody shows."""
    from matplotlib.figure import Figure

    size = [min(50.0, max(0.1, number)) for number in _read(data["size"], 2)]
    figure = Figure(figsize=(size[0], size[1]))
    parts = data["axes"] if data["kind"] == "figure" else [data]
    for place, part in enumerate(parts):
        _draw(figure.add_subplot(1, len(parts), place + 1), part)
    if data["kind"] == "axes":
        return figure.axes[0]
    if data["title"]:
        figure.suptitle(str(data["title"]))
    return figure


def _draw(axes: Any, data: dict[str, Any]) -> None:
    for line in data["lines"]:
        style = line["style"] if line["style"] in STYLES else "-"
        marker = line["marker"] if len(line["marker"]) <= 4 else "None"
        axes.plot(
            _read(line["x"]), _read(line["y"]), label=str(line["label"]), linestyle=style, marker=marker,
            linewidth=float(line["width"]), color=tuple(_read(line["colour"], 4)),
        )  # fmt: skip
    bars = _bars(axes, data["bars"])
    _group(axes, bars, data["groups"])
    for points in data["points"]:
        pairs = [_read(pair, 2) for pair in points["places"]]
        axes.scatter([x for x, _ in pairs], [y for _, y in pairs], label=str(points["label"]))
    for (x, y), text in data["notes"]:
        axes.text(float(x), float(y), str(text))
    _dress(axes, data)


def _bars(axes: Any, described: list[dict[str, Any]]) -> list[Any]:
    from matplotlib.patches import Rectangle

    made = []
    for bar in described:
        x, y, width, height = _read(bar["box"], 4)
        patch = Rectangle((x, y), width, height, label=str(bar["label"]), facecolor=tuple(_read(bar["colour"], 4)))
        axes.add_patch(patch)
        made.append(patch)
    return made


def _group(axes: Any, bars: list[Any], groups: list[list[Any]]) -> None:
    from matplotlib.container import BarContainer

    for *places, label in groups:
        axes.add_container(BarContainer([bars[int(place)] for place in places], label=str(label)))


def _dress(axes: Any, data: dict[str, Any]) -> None:
    for scale, setter in zip(data["scales"], (axes.set_xscale, axes.set_yscale), strict=True):
        if scale in ("log", "symlog"):
            setter(scale)
    for ticks, set_ticks in zip(data["ticks"], (axes.set_xticks, axes.set_yticks), strict=True):
        if ticks is not None:
            set_ticks(_read(ticks["places"]), [str(label) for label in ticks["labels"]])
    axes.set_xlim(_read(data["limits"][0], 2))
    axes.set_ylim(_read(data["limits"][1], 2))
    for title, place in zip(data["title"], ("center", "left", "right"), strict=True):
        axes.set_title(str(title), loc=place)
    axes.set_xlabel(str(data["labels"][0]))
    axes.set_ylabel(str(data["labels"][1]))
    if data["grid"]:
        axes.grid(True)
    legend = data["legend"]
    if legend is not None:
        from matplotlib.lines import Line2D

        labels = [str(label) for label in legend["labels"]]
        axes.legend([Line2D([], []) for _ in labels], labels, title=str(legend["title"]) or None)
