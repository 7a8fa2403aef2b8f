"""Recipe: animal rescues with one spelling of each animal and the code of each borough beside it."""

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
    "borough code": "borough_code",
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep the columns of animal-rescues, and add the animal in lower case and the borough's code."""
    found = read_text(raw / "lfb-animal-rescues" / "animal_rescues.csv")
    table = found[list(COLUMNS)].rename(columns=COLUMNS)
    blanks = ["hours", "hourly_rate", "cost", "borough_code"]
    table[blanks] = table[blanks].replace({"NULL": "", "NA": ""})
    table["animal_tidy"] = table["animal"].str.lower()
    return {"animal_rescues.csv": csv_bytes(table)}
