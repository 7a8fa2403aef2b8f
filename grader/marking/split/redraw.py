"""A real chart, which nobody shows, drawn from the description that `charts` makes of one.

What is no description makes KeyError, TypeError, ValueError or an error of matplotlib's.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.marking.split.charts import MAX_POINTS

STYLES = ("-", "--", "-.", ":", "None", "", " ")


def _read(values: Any, count: int | None = None) -> list[float]:
    """Return numbers; raise ValueError where there are too many, or not as many as there must be."""
    found = [float(value) for value in values]
    if len(found) > MAX_POINTS or (count is not None and len(found) != count):
        raise ValueError("not the numbers of a chart")
    return found


def to_chart(data: dict[str, Any], figure: Any = None) -> Any:
    """Return a real Axes or Figure; or draw it into an empty figure that is there."""
    from matplotlib.figure import Figure

    size = [min(50.0, max(0.1, number)) for number in _read(data["size"], 2)]
    if figure is None:
        figure = Figure()
    figure.set_size_inches(*size)
    parts = data["axes"] if data["kind"] == "figure" else [data]
    for place, part in enumerate(parts):
        draw(figure.add_subplot(1, len(parts), place + 1), part)
    if data["kind"] == "axes":
        return figure.axes[0]
    if data["title"]:
        figure.suptitle(str(data["title"]))
    return figure


def draw(axes: Any, data: dict[str, Any]) -> None:
    """Draw the description of an Axes into an empty one."""
    for line in data["lines"]:
        style = line["style"] if line["style"] in STYLES else "-"
        marker = line["marker"] if len(line["marker"]) <= 4 else "None"
        axes.plot(
            _read(line["x"]), _read(line["y"]), label=str(line["label"]), linestyle=style, marker=marker,
            linewidth=float(line["width"]), color=_colour(line["colour"]),
        )  # fmt: skip
    _draw_patches(axes, data)
    for each in data["collections"]:
        _draw_collection(axes, each)
    for picture in data["pictures"]:
        axes.imshow(_table(picture["values"]), extent=_read(picture["extent"], 4), aspect="auto")
    for (x, y), text in data["notes"]:
        axes.text(float(x), float(y), str(text))
    _dress(axes, data)


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

    look: Any = {"label": str(data["label"]), "facecolor": _colour(data["colour"])}
    if "box" in data:
        x, y, width, height = _read(data["box"], 4)
        return patches.Rectangle((x, y), width, height, **look)
    if "slice" in data:
        x, y, radius, first, last = _read(data["slice"], 5)
        return patches.Wedge((x, y), radius, first, last, **look)
    return patches.Polygon(_pairs(data["outline"]), **look)


def _draw_collection(axes: Any, data: dict[str, Any]) -> None:
    from matplotlib.collections import PolyCollection

    colours: Any = [_colour(each) for each in data["colours"]] or "none"
    if "points" in data:
        pairs = _pairs(data["points"])
        sizes = _read(data["sizes"]) or None
        axes.scatter([x for x, _ in pairs], [y for _, y in pairs], s=sizes, label=str(data["label"])).set_facecolor(
            colours
        )
    elif data["values"] is not None:
        axes.pcolormesh(np.atleast_2d(_table(data["values"])), label=str(data["label"]))
    else:
        axes.add_collection(
            PolyCollection([_pairs(each) for each in data["outlines"]], facecolors=colours, label=str(data["label"]))
        )


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
