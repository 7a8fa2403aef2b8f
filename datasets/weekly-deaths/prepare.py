"""Recipe: deaths registered each week in England and Wales, ten years."""

from pathlib import Path

from grader.data.tidy import csv_bytes, read_text


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep the weekly total of all ages for 2010 to 2019, in order of the week."""
    found = read_text(raw / "ons-weekly-deaths" / "ons_mortality.csv")
    total = found[(found["category_1"] == "Total deaths") & (found["category_2"] == "all ages")]
    table = total[total["date"] < "2020"].sort_values("date")[["date", "counts"]]
    table["counts"] = table["counts"].str.removesuffix(".0")
    return {"weekly_deaths.csv": csv_bytes(table.set_axis(["week_ending", "deaths_registered"], axis=1))}
