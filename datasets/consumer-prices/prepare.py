"""Recipe: the Consumer Prices Index of all items, one figure a year."""

import csv
import re
from pathlib import Path

from grader.data.tidy import rows_bytes


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep the yearly figures; the same column of the raw file also holds quarters and months."""
    with (raw / "ons-cpi" / "ons_cpi_index_series.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if re.fullmatch(r"\d{4}", row[0])]
    return {"consumer_prices.csv": rows_bytes(("year", "index"), sorted(rows))}
