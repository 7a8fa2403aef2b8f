"""Recipe: people hurt on Greater Manchester's roads, without the exact place."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

COLUMNS = {
    "AREFNO": "reference",
    "date": "date",
    "year": "year",
    "mode": "mode",
    "casualty_severity": "severity",
    "area_name": "area",
    "number_casualties": "number_casualties",
    "sex": "sex",
    "ageband": "age_band",
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep nine columns and give each crash a number of our own in place of the police reference."""
    folder = raw / "stats19-greater-manchester"
    found = read_text(folder / "STATS19_road_casualties_2019-Jun2024.csv")
    table = found[list(COLUMNS)].rename(columns=COLUMNS)
    order, _ = pd.factorize(table["reference"])
    table["reference"] = [f"C{number + 1:05d}" for number in order]
    return {"road_casualties.csv": csv_bytes(table)}
