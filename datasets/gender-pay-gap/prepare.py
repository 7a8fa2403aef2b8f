"""Recipe: gender pay gaps as employers reported them, without the employers' names."""

from hashlib import sha256
from pathlib import Path

from grader.data.tidy import csv_bytes, read_text

COLUMNS = {
    "EmployerSize": "size",
    "DiffMeanHourlyPercent": "mean_gap",
    "DiffMedianHourlyPercent": "median_gap",
    "DiffMeanBonusPercent": "mean_bonus_gap",
    "DiffMedianBonusPercent": "median_bonus_gap",
}
FILES = {
    "pay_gap_2018.csv": "gender-pay-gap-2017-18-as-first-published.csv",
    "pay_gap_2021_22.csv": "gender-pay-gap-2021-22.csv",
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep the size and the four gaps, and mix the rows so that their order says nothing."""
    return {name: _tidy(raw / "gender-pay-gap" / found) for name, found in FILES.items()}


def _tidy(path: Path) -> bytes:
    found = read_text(path)
    mixed = found["EmployerName"].map(lambda name: sha256(name.encode()).hexdigest()).sort_values(kind="stable")
    return csv_bytes(found.loc[mixed.index, list(COLUMNS)].rename(columns=COLUMNS))
