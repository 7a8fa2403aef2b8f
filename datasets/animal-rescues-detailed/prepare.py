"""Recipe: animal rescues with the detail that lesson 11 weighs up, and no exact place."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

COLUMNS = {
    "cal_year": "year",
    "animal group parent": "animal",
    "borough": "borough",
    "ward code": "ward_code",
    "ward": "ward",
    "postcode district": "postcode_district",
    "property category": "property_type",
    "easting m": "easting",
    "northing m": "northing",
    "latitude": "latitude",
    "longitude": "longitude",
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Tidy the animal and the borough, keep month and hour of the call, round every place to a kilometre."""
    found = read_text(raw / "lfb-animal-rescues" / "animal_rescues.csv").replace({"NULL": "", "NA": ""})
    table = found[list(COLUMNS)].rename(columns=COLUMNS)
    table["animal"] = table["animal"].str.lower()
    names = table["borough"][~table["borough"].str.isupper()].groupby(found["borough code"]).first()
    table["borough"] = found["borough code"].map(names)
    called = pd.to_datetime(found["date_time of call"], format="%d/%m/%Y %H:%M")
    table.insert(1, "month", called.dt.month)
    table.insert(2, "hour", called.dt.hour)
    for column in ("easting", "northing"):
        table[column] = _rounded(table[column], -3).map("{:.0f}".format, na_action="ignore")
    for column in ("latitude", "longitude"):
        table[column] = _rounded(table[column], 2).map("{:.2f}".format, na_action="ignore")
    return {"animal_rescues_detailed.csv": csv_bytes(table)}


def _rounded(column: pd.Series, places: int) -> pd.Series:
    return pd.to_numeric(column).round(places) + 0.0
