"""Recipe: median weekly pay in each English council, with the limits of the survey."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

YEARS = {"2025-04-30": "2025", "2024-04-17": "2024"}
COLUMNS = {
    "areacd": "code",
    "areanm": "council",
    "observation": "pay",
    "lci_95": "low",
    "uci_95": "high",
}
MONEY = ["pay", "low", "high"]


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep English councils that have limits, with this year and last side by side, to the penny."""
    found = read_text(raw / "ons-local-indicators" / "gross-median-weekly-pay.csv").rename(columns=COLUMNS)
    found["year"] = found["period"].map(YEARS)
    found = found[found["year"].notna() & (found["low"] != "")]
    found[MONEY] = found[MONEY].apply(pd.to_numeric).map("{:.2f}".format)

    england = found[found["code"] == "E92000001"].sort_values("year")
    councils = found[found["code"].str.match("E0[6789]")].sort_values("code")
    now = councils[councils["year"] == "2025"][["code", "council", *MONEY]]
    last = councils[councils["year"] == "2024"][["code", *MONEY]]
    both = now.merge(last, on="code", how="left", suffixes=("", "_2024"), validate="one_to_one")
    return {
        "weekly_pay_2025.csv": csv_bytes(both),
        "weekly_pay_england.csv": csv_bytes(england[["year", *MONEY]]),
    }
