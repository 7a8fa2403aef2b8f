"""Recipe: London Fire Brigade's animal rescues, eight columns, as found."""

from pathlib import Path

from grader.data.tidy import csv_bytes, read_text

COLUMNS = {
    "date_time of call": "call_time",
    "cal_year": "year",
    "animal group parent": "animal",
    "borough": "borough",
    "property category": "property_type",
    "PUMP HOURS TOTAL": "hours",
    "hourly notional cost": "hourly_rate",
    "incident-notional-cost": "cost",
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep eight columns, give them plain names, and leave a blank where the file says NULL."""
    found = read_text(raw / "lfb-animal-rescues" / "animal_rescues.csv")
    table = found[list(COLUMNS)].rename(columns=COLUMNS)
    numbers = ["hours", "hourly_rate", "cost"]
    table[numbers] = table[numbers].replace("NULL", "")
    return {"animal_rescues.csv": csv_bytes(table)}
