"""A real chart, which nobody shows, drawn from the description that `charts` makes of one.

What is no description makes KeyError, TypeError, ValueError or an error of matplotlib's.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.marking.split.charts import AXES, LINE, MAX_POINTS, PATCH, PICTURE, TEXT

STYLES = ("-", "--", "-.", ":", "None", "", " ")


def _read(values: Any, count: int | None = None) -> list[float]:
    """Return numbers; raise ValueError where there are too many, or not as many as there must be."""
    found = [float(value) for value in values]
    if len(found) > MAX_POINTS or (count is not None and len(found) != count):
        raise ValueError("not the numbers of a chart")
    return found


def to_chart(data: dict[str, Any], figure: Any = None) -> Any:
    """Return a real Axes or Figure; or draw it into a figure that is there."""
    with _quiet():
        return _to_chart(data, figure)


def draw(axes: Any, data: dict[str, Any]) -> None:
    """Draw the description of an Axes into an empty one."""
    with _quiet():
        _draw(axes, data)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what drawing has to say to itself: it was said where the chart was drawn first."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _to_chart(data: dict[str, Any], figure: Any) -> Any:
    from matplotlib.figure import Figure

    size = [min(50.0, max(0.1, number)) for number in _read(data["size"], 2)]
    if figure is None:
        figure = Figure()
    figure.set_size_inches(*size)
    parts = data["axes"] if data["kind"] == "figure" else [data]
    for place, part in enumerate(parts):
        projection = part["projection"] if part["projection"] in ("polar", "3d") else None
        _draw(figure.add_subplot(1, len(parts), place + 1, projection=projection), part)
    if data["kind"] == "axes":
        return figure.axes[0]
    if data["title"]:
        figure.suptitle(str(data["title"]))
    return figure


def _draw(axes: Any, data: dict[str, Any]) -> None:
    for line in data["lines"]:
        style = line["style"] if line["style"] in STYLES else "-"
        marker = line["marker"] if len(line["marker"]) <= 4 else "None"
        made = axes.plot(
            _read(line["x"]), _read(line["y"]), *([] if line["z"] is None else [_read(line["z"])]),
            label=str(line["label"]), linestyle=style, marker=marker, linewidth=float(line["width"]),
            color=_colour(line["colour"]),
        )  # fmt: skip
        look(made[0], line["look"], LINE)
    _draw_patches(axes, data)
    for each in data["collections"]:
        _draw_collection(axes, each)
    for errors in data["errors"]:
        _group_errors(axes, errors)
    for picture in data["pictures"]:
        made_of = {"extent": _read(picture["extent"], 4), "aspect": "auto", "cmap": _map(picture["map"])}
        look(axes.imshow(_table(picture["values"]), **made_of), picture["look"], PICTURE)
    for (x, y), text in data["notes"]:
        axes.text(float(x), float(y), str(text))
    _dress(axes, data)


def look(artist: Any, data: dict[str, Any], names: tuple[str, ...]) -> None:
    """Make an artist look as described."""
    for name in names:
        value = data[name]
        if type(value) is list:
            value = tuple(_read(value))
        if value is not None and type(value) not in (bool, int, float, str, tuple):
            raise ValueError("not a look")
        getattr(artist, f"set_{name}")(value)


def _map(name: Any) -> str:
    from matplotlib import colormaps

    return str(name) if str(name) in colormaps else "viridis"


def _draw_patches(axes: Any, data: dict[str, Any]) -> None:
    from matplotlib.container import BarContainer

    made = [_patch(described) for described in data["patches"]]
    for patch in made:
        axes.add_patch(patch)
    for group in data["groups"]:
        bars: Any = [made[int(place)] for place in group["places"]]
        axes.add_container(BarContainer(bars, label=str(group["label"])))


def _patch(data: dict[str, Any]) -> Any:
    from matplotlib import patches

    given: Any = {"label": str(data["label"]), "facecolor": _colour(data["colour"])}
    made: patches.Patch
    if "box" in data:
        x, y, width, height = _read(data["box"], 4)
        made = patches.Rectangle((x, y), width, height, **given)
    elif "slice" in data:
        x, y, radius, first, last = _read(data["slice"], 5)
        made = patches.Wedge((x, y), radius, first, last, **given)
    else:
        made = patches.Polygon(_pairs(data["outline"]), **given)
    look(made, data["look"], PATCH)
    return made


def _group_errors(axes: Any, data: dict[str, Any]) -> None:
    from matplotlib.container import ErrorbarContainer

    lines, collections = list(axes.lines), list(axes.collections)
    line: Any = None if data["line"] is None else lines[int(data["line"])]
    caps: Any = tuple(lines[int(place)] for place in data["caps"])
    bars: Any = tuple(collections[int(place)] for place in data["bars"])
    axes.add_container(ErrorbarContainer((line, caps, bars), label=str(data["label"])))


def _draw_collection(axes: Any, data: dict[str, Any]) -> None:
    made = _collection(axes, data, str(data["label"]))
    if data.get("values") is None:
        made.set_facecolor([_colour(each) for each in data["colours"]] or "none")
        made.set_edgecolor([_colour(each) for each in data["edges"]] or "none")
    if data["alpha"] is not None:
        made.set_alpha(float(data["alpha"]))


def _collection(axes: Any, data: dict[str, Any], label: str) -> Any:
    from matplotlib.collections import PolyCollection

    if "space" in data:
        from mpl_toolkits.mplot3d.art3d import Poly3DCollection

        places: Any = [] if data["space"] is None else [_read(part) for part in data["space"]]
        made: Any = axes.scatter(*places, label=label) if places else Poly3DCollection([np.zeros((3, 3))], label=label)
        return made if places else axes.add_collection3d(made)
    if "points" in data:
        pairs = _pairs(data["points"])
        return axes.scatter([x for x, _ in pairs], [y for _, y in pairs], s=_read(data["sizes"]) or None, label=label)
    if data["values"] is not None:
        return axes.pcolormesh(np.atleast_2d(_table(data["values"])), label=label, cmap=_map(data["map"]))
    return axes.add_collection(PolyCollection([_pairs(each) for each in data["outlines"]], label=label))


def _pairs(data: Any) -> list[list[float]]:
    return [_read(pair, 2) for pair in data]


def _table(data: dict[str, Any]) -> Any:
    return np.array(_read(data["values"])).reshape([int(length) for length in data["shape"]])


def _colour(data: Any) -> Any:
    from matplotlib.colors import is_color_like

    if type(data) is str:
        return data if is_color_like(data) else "black"
    return tuple(_read(data, 4))


def _dress(axes: Any, data: dict[str, Any]) -> None:
    for scale, setter in zip(data["scales"], (axes.set_xscale, axes.set_yscale), strict=True):
        if scale in ("log", "symlog"):
            setter(scale)
    for ticks, set_ticks in zip(data["ticks"], (axes.set_xticks, axes.set_yticks), strict=True):
        if ticks is not None and not data["projection"]:
            set_ticks(_read(ticks["places"]), [str(label) for label in ticks["labels"]])
    axes.set_xlim(_read(data["limits"][0], 2))
    axes.set_ylim(_read(data["limits"][1], 2))
    for title, place in zip(data["title"], ("center", "left", "right"), strict=True):
        axes.set_title(str(title), loc=place)
    axes.set_xlabel(str(data["labels"][0]))
    axes.set_ylabel(str(data["labels"][1]))
    if data["depth"] is not None:
        axes.set_zlabel(str(data["depth"]["label"]))
        axes.set_zlim(_read(data["depth"]["limits"], 2))
    for text, shown in zip((axes.title, axes.xaxis.label, axes.yaxis.label), data["texts"], strict=True):
        look(text, shown, TEXT)
    for axis, degrees in zip((axes.xaxis, axes.yaxis), data["turned"], strict=True):
        if degrees:
            axis.set_tick_params(rotation=float(degrees))
    for name in data["hidden"]:
        axes.spines[str(name)].set_visible(False)
    if not data["on"]:
        axes.set_axis_off()
    if data["projection"] != "3d":
        look(axes, data["look"], AXES)
    if data["grid"]:
        axes.grid(True)
    legend = data["legend"]
    if legend is not None:
        from matplotlib.lines import Line2D

        labels = [str(label) for label in legend["labels"]]
        axes.legend([Line2D([], []) for _ in labels], labels, title=str(legend["title"]) or None)
