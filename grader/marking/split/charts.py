"""A chart as a description: titles, labels, ticks, key, lines, bars, slices, points, areas and pictures.

A description holds JSON types alone. Positions are in the data's units, sizes in inches, colours as matplotlib takes
them: a name, or 4 numbers from 0 to 1.
"""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

MAX_POINTS = 200_000
PROJECTIONS = {"Axes": "", "PolarAxes": "polar", "Axes3D": "3d"}
AXES, TEXT = ("aspect", "facecolor"), ("fontsize", "fontweight", "color", "rotation")
LINE, PATCH, PICTURE = (
    ("alpha", "markersize", "drawstyle"),
    ("alpha", "edgecolor", "linewidth", "hatch"),
    ("alpha", "clim"),
)


def describe(value: Any) -> dict[str, Any] | None:
    """Return the description of an Axes (of a page, a circle or a space) or a Figure; None for anything else."""
    figure = sys.modules.get("matplotlib.figure")
    if _projection(value) is not None:
        return {"kind": "axes"} | _axes(value)
    if figure is not None and type(value) is figure.Figure:
        return {
            "kind": "figure",
            "axes": [_axes(each) for each in value.axes if _projection(each) is not None][:30],
        } | {
            "title": _text(value.get_suptitle()),
            "size": _numbers(value.get_size_inches()),
        }
    return None


def _projection(value: Any) -> str | None:
    """Return what kind of Axes a value is; None when it is none that can be drawn again."""
    kind = type(value)
    known = PROJECTIONS.get(kind.__name__)
    return (
        known if known is not None and getattr(sys.modules.get(kind.__module__), kind.__name__, None) is kind else None
    )


def looks(artist: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what an artist looks like: for each name a plain number, text, list of numbers or None."""
    return {name: _plain(getattr(artist, f"get_{name}")()) for name in names}


def _plain(value: Any) -> Any:
    if value is None or type(value) in (bool, int, float, str):
        return value[:50] if type(value) is str else value
    return _numbers(np.ravel(value)) if np.size(value) != 1 else float(np.ravel(value)[0])


def _axes(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    projection = _projection(axes)
    return {
        "projection": projection,
        "depth": {"label": _text(axes.get_zlabel()), "limits": _numbers(axes.get_zlim())}
        if projection == "3d"
        else None,
        "look": looks(axes, AXES),
        "texts": [looks(text, TEXT) for text in (axes.title, axes.xaxis.label, axes.yaxis.label)],
        "turned": [_turned(axes.xaxis), _turned(axes.yaxis)],
        "hidden": [name for name, spine in axes.spines.items() if not spine.get_visible()],
        "on": bool(axes.axison),
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
        "patches": [_patch(patch) for patch in axes.patches],
        "groups": [_group(group, list(axes.patches)) for group in axes.containers if _is(group, "BarContainer")],
        "errors": [_errors(group, axes) for group in axes.containers if _is(group, "ErrorbarContainer")],
        "collections": [_collection(each) for each in axes.collections],
        "pictures": [
            {"values": _table(each.get_array()), "extent": _numbers(each.get_extent()), "map": each.get_cmap().name}
            | {"look": looks(each, PICTURE)}
            for each in axes.images
        ],
        "notes": [[_numbers(note.get_position()), _text(note.get_text())] for note in axes.texts],
        "grid": bool(axes.xaxis.get_gridlines() and axes.xaxis.get_gridlines()[0].get_visible()),
    }


def _is(value: Any, name: str) -> bool:
    return type(value).__name__ == name and type(value).__module__.startswith("matplotlib.")


def _turned(axis: Any) -> float:
    labels = axis.get_ticklabels()
    return float(labels[0].get_rotation()) if labels else 0.0


def _ticks(axis: Any) -> dict[str, Any] | None:
    """Return the ticks where the chart sets them itself; numbers of an ordinary scale draw themselves."""
    if type(axis.get_major_formatter()).__name__ in ("ScalarFormatter", "LogFormatterSciNotation"):
        return None
    return {
        "places": _numbers(axis.get_ticklocs()),
        "labels": [_text(label.get_text()) for label in axis.get_ticklabels()],
    }


def _line(line: Any) -> dict[str, Any]:
    space = getattr(line, "get_data_3d", None)
    x, y, *z = (line.get_xdata(orig=False), line.get_ydata(orig=False)) if space is None else space()
    return {
        "x": _numbers(x),
        "y": _numbers(y),
        "z": _numbers(z[0]) if z else None,
        "look": looks(line, LINE),
        "label": _text(line.get_label()),
        "style": str(line.get_linestyle()),
        "marker": str(line.get_marker()),
        "width": float(line.get_linewidth()),
        "colour": _colour(line.get_color()),
    }


def _patch(patch: Any) -> dict[str, Any]:
    made = {"label": _text(patch.get_label()), "colour": _colour(patch.get_facecolor()), "look": looks(patch, PATCH)}
    if _is(patch, "Rectangle"):
        return made | {"box": _numbers([patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()])}
    if _is(patch, "Wedge"):
        return made | {"slice": _numbers([*patch.center, patch.r, patch.theta1, patch.theta2])}
    return made | {"outline": [_numbers(pair) for pair in patch.get_path().vertices[:MAX_POINTS]]}


def _group(group: Any, patches: list[Any]) -> dict[str, Any]:
    places = {id(patch): place for place, patch in enumerate(patches)}
    return {"places": [places[id(bar)] for bar in group if id(bar) in places], "label": _text(group.get_label())}


def _errors(group: Any, axes: Any) -> dict[str, Any]:
    """Say which of the lines and collections belong to the bars of one error bar."""
    line, caps, bars = group.lines
    lines, collections = list(axes.lines), list(axes.collections)
    return {
        "line": lines.index(line) if line in lines else None,
        "caps": [lines.index(cap) for cap in caps if cap in lines],
        "bars": [collections.index(bar) for bar in bars if bar in collections],
        "label": _text(group.get_label()),
    }


def _collection(each: Any) -> dict[str, Any]:
    made = {"label": _text(each.get_label()), "colours": [_colour(one) for one in each.get_facecolor()[:MAX_POINTS]]}
    made |= {"alpha": _plain(each.get_alpha()), "edges": [_colour(one) for one in each.get_edgecolor()[:MAX_POINTS]]}
    if type(each).__module__.startswith("mpl_toolkits."):
        places = getattr(each, "_offsets3d", None)
        return made | {"space": None if places is None else [_numbers(part) for part in places]}
    made["map"] = each.get_cmap().name
    if _is(each, "PathCollection"):
        places = [_numbers(pair) for pair in np.asarray(each.get_offsets())]
        return made | {"points": places, "sizes": _numbers(each.get_sizes())}
    held = each.get_array()
    values = None if held is None else _table(held)
    outlines = [[_numbers(pair) for pair in path.vertices] for path in each.get_paths()] if values is None else []
    return made | {"outlines": outlines, "values": values}


def _table(values: Any) -> dict[str, Any]:
    held = np.ma.getdata(values)
    return {"shape": list(held.shape), "values": _numbers(held.ravel())}


def _colour(colour: Any) -> Any:
    from matplotlib.colors import to_rgba

    return colour[:50] if type(colour) is str else list(map(float, to_rgba(colour)))


def _text(text: Any) -> str:
    return str(text)[:2_000]


def _numbers(values: Any) -> list[Any]:
    """Return numbers as JSON; one that is not finite as text."""
    found = [float(value) for value in list(values)[:MAX_POINTS]]
    return [value if math.isfinite(value) else repr(value) for value in found]
