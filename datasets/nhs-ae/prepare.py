"""Recipe: accident and emergency attendances by trust, and the cuts that lessons 4, 6 and 10 use."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

TWO = {"RJ6": "A", "RWD": "B"}
ONE = "RD1"
COUNTS = ["attendances", "over_4_hours"]


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep attendances and waits of over four hours; leave a blank where a trust gave no figure."""
    by_trust = read_text(raw / "nhs-activity" / "ae_trust_monthly_2021_2025.csv")
    by_trust = by_trust.rename(
        columns={
            "nhs_trust22_code": "trust",
            "total_attendances": "attendances",
            "attendances_over_4hours": "over_4_hours",
        }
    )
    by_trust["over_4_hours"] = by_trust["over_4_hours"].replace("NA", "")
    by_trust["month"] = pd.to_datetime(by_trust["date"], format="%B %Y").dt.strftime("%Y-%m")

    by_type = read_text(raw / "nhs-activity" / "ae_attendances_2016_2019.csv")
    by_type = by_type.rename(columns={"org_code": "trust", "breaches": "over_4_hours"})
    by_type["month"] = by_type["period"].str[:7]
    by_type = by_type.sort_values(["month", "trust", "type"])

    two = by_type[(by_type["month"] >= "2018-04") & by_type["trust"].isin(TWO)]
    two = two.assign(
        hospital=two["trust"].map(TWO),
        unit=two["type"].map({"1": "major", "other": "minor"}),
        **{name: two[name].astype(int) for name in COUNTS},
    )
    one = by_type[(by_type["trust"] == ONE) & (by_type["type"] == "1")]
    september = by_trust[by_trust["month"] == "2021-09"]
    return {
        "ae_september_2021.csv": csv_bytes(september[["trust", *COUNTS]]),
        "two_hospitals.csv": csv_bytes(two.groupby(["hospital", "unit"], as_index=False)[COUNTS].sum()),
        "one_hospital.csv": csv_bytes(one[["month", *COUNTS]]),
        "ae_2016_2019.csv": csv_bytes(by_type[["month", "trust", "type", *COUNTS, "admissions"]]),
        "ae_2021_2025.csv": csv_bytes(by_trust[["month", "trust", *COUNTS]]),
    }
