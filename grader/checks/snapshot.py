"""What a check sees of an answer, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from grader.checks.values import Opaque
from grader.checks.wire import from_json, to_json

MAX_SOURCE = 20_000
MAX_DRAWN = 20


@dataclass(frozen=True)
class Trouble:
    """The exception that a cell ended with: its type's name and its text."""

    type: str
    text: str


@dataclass(frozen=True)
class Bar:
    """One bar as drawn: the label beside it, its length in data units, where it starts and stands."""

    label: str
    length: float
    start: float = 0.0
    place: float = 0.0
    width: float = 0.0


@dataclass(frozen=True)
class Line:
    """One line as drawn: its points in data units and its name in the key."""

    x: tuple[float | str, ...]
    y: tuple[float, ...]
    label: str = ""


@dataclass(frozen=True)
class Drawn:
    """One chart area as a reader sees it. `direction` is "up", "across" or "" when there are no bars."""

    title: str = ""
    x_label: str = ""
    y_label: str = ""
    bars: tuple[Bar, ...] = ()
    direction: str = ""
    touching: bool = False
    lines: tuple[Line, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    x_limits: tuple[float, float] = (0.0, 1.0)
    y_limits: tuple[float, float] = (0.0, 1.0)
    scales: tuple[str, str] = ("linear", "linear")


@dataclass(frozen=True)
class Snapshot:
    """An exercise's answer: its variables (plain values), last source, what it showed, its trouble, its charts."""

    exercise: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None
    shown: Any = None
    trouble: Trouble | None = None
    charts: tuple[Drawn, ...] = ()


def snapshot_to_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return the snapshot as JSON types."""
    return {
        "exercise": snapshot.exercise,
        "variables": {name: to_json(value) for name, value in snapshot.variables.items()},
        "source": snapshot.source,
        "shown": to_json(snapshot.shown),
        "trouble": asdict(snapshot.trouble) if snapshot.trouble else None,
        "charts": [asdict(chart) for chart in snapshot.charts],
    }


def snapshot_from_json(data: Mapping[str, Any]) -> Snapshot:
    """Return the snapshot that `snapshot_to_json` wrote; raise ValueError for anything else."""
    try:
        return Snapshot(
            exercise=str(data["exercise"]),
            variables={str(name): _value(value) for name, value in dict(data["variables"]).items()},
            source=None if data["source"] is None else str(data["source"])[:MAX_SOURCE],
            shown=_value(data["shown"]),
            trouble=_trouble(data["trouble"]),
            charts=tuple(_drawn(chart) for chart in list(data["charts"])[:MAX_DRAWN]),
        )
    except (KeyError, TypeError, AttributeError) as trouble:
        raise ValueError(f"not a snapshot: {trouble}") from trouble


def _value(data: Any) -> Any:
    try:
        return from_json(data)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return Opaque("unreadable")


def _trouble(data: Any) -> Trouble | None:
    return None if data is None else Trouble(str(data["type"])[:100], str(data["text"])[:2000])


def _drawn(data: Mapping[str, Any]) -> Drawn:
    return Drawn(
        title=str(data["title"]),
        x_label=str(data["x_label"]),
        y_label=str(data["y_label"]),
        bars=tuple(
            Bar(str(b["label"]), float(b["length"]), float(b["start"]), float(b["place"]), float(b["width"]))
            for b in data["bars"]
        ),
        direction=str(data["direction"]),
        touching=bool(data["touching"]),
        lines=tuple(
            Line(
                tuple(x if type(x) is str else float(x) for x in line["x"]),
                tuple(float(y) for y in line["y"]),
                str(line["label"]),
            )
            for line in data["lines"]
        ),
        points=tuple((float(x), float(y)) for x, y in data["points"]),
        x_limits=(float(data["x_limits"][0]), float(data["x_limits"][1])),
        y_limits=(float(data["y_limits"][0]), float(data["y_limits"][1])),
        scales=(str(data["scales"][0]), str(data["scales"][1])),
    )
