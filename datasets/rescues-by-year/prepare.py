"""Recipe: animal rescues added up by year, whole years only."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text


def prepare(raw: Path) -> dict[str, bytes]:
    """Count the rescues of each year, add up hours and notional cost, and take the mean hourly rate."""
    found = read_text(raw / "lfb-animal-rescues" / "animal_rescues.csv")
    numbers = [
        "cal_year",
        "PUMP HOURS TOTAL",
        "hourly notional cost",
        "incident-notional-cost",
    ]
    table = found[numbers].replace("NULL", None).apply(pd.to_numeric)
    table.columns = pd.Index(["year", "hours", "hourly_rate", "cost"])
    years = table[table["year"] <= 2020].groupby("year")
    result = pd.DataFrame(
        {
            "rescues": years.size(),
            "hours": years["hours"].sum().astype(int),
            "hourly_rate": years["hourly_rate"].mean().map("{:.2f}".format),
            "cost": years["cost"].sum().astype(int),
        }
    )
    return {"rescues_by_year.csv": csv_bytes(result.reset_index())}
