"""Recipe: river levels on one evening, as the service sends them, for 14 catchments."""

import json
from pathlib import Path
from typing import Any

from grader.data.tidy import json_bytes, rows_bytes

# Thames and the South West: small enough to share, with every oddity of the whole answer in it.
CATCHMENTS = {
    "Bristol Avon Little Avon Axe and North Somerset St", "Cherwell Thame and Wye", "Cotswolds", "Exe",
    "Hampshire Avon", "Loddon", "London", "Otter, Sid, Axe and Lim", "Parrett, Brue and West Somerset Streams",
    "Severn Vale", "Taw and North Devon Streams", "Thames from Hurley to Teddington", "Vale of White Horse", "Wey",
}  # fmt: skip
STATION = ["stationReference", "label", "riverName", "catchmentName", "town", "lat", "long", "dateOpened"]
SCALE = ["typicalRangeLow", "typicalRangeHigh"]
ONE_ITEM_A_LINE = 10_000


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep whole items for the catchments; flatten two tables, with the first of any list of values."""
    stations, levels = (
        json.loads((raw / "ea-river-levels" / f"ea_{part}_2026-02-02.json").read_text(encoding="utf-8"))
        for part in ("stations", "level_measures")
    )
    stations["items"] = [s for s in stations["items"] if s["catchmentName"] in CATCHMENTS]
    kept = {s["stationReference"] for s in stations["items"]}
    levels["items"] = [m for m in levels["items"] if m["stationReference"] in kept]
    return {
        "river_stations.json": json_bytes(stations, ONE_ITEM_A_LINE),
        "river_levels.json": json_bytes(levels, ONE_ITEM_A_LINE),
        "river_stations.csv": rows_bytes(
            ["station", "label", "river", "catchment", "town", "lat", "long", "opened", "typical_low", "typical_high"],
            (
                [_first(s.get(k)) for k in STATION] + [_inside(s["stageScale"], k) for k in SCALE]
                for s in stations["items"]
            ),
        ),
        "river_levels.csv": rows_bytes(["measure", "station", "unit", "time", "value"], map(_reading, levels["items"])),
    }


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _inside(found: Any, key: str) -> Any:
    return _first(found.get(key)) if isinstance(found, dict) else None


def _reading(m: dict[str, Any]) -> list[Any]:
    latest = m.get("latestReading")
    return [m["notation"], m["stationReference"], m["unitName"], _inside(latest, "dateTime"), _inside(latest, "value")]
