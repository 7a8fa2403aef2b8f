"""Recipe: Cabinet Office payments over £25,000: 33 months as one table, and March 2021 alone."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

COLUMNS = {"Date": "date", "Entity": "entity", "Supplier": "supplier", "Amount": "amount"}


def prepare(raw: Path) -> dict[str, bytes]:
    """Put the months together, keep four columns, and write every date as year-month-day."""
    folder = raw / "central-government-spend-25k" / "cabinet-office"
    months = {path.stem: _month(path) for path in sorted(folder.glob("*.csv"))}
    return {
        "cabinet_office_spending.csv": csv_bytes(pd.concat(months.values())),
        "cabinet_office_march_2021.csv": csv_bytes(months["2021-03"]),
    }


def _month(path: Path) -> pd.DataFrame:
    """Read one month: six of the files are in the older Windows encoding."""
    try:
        table = read_text(path)
    except UnicodeDecodeError:
        table = read_text(path, encoding="cp1252")
    table = table[list(COLUMNS)].rename(columns=COLUMNS)
    table["date"] = pd.to_datetime(table["date"], format="mixed").dt.strftime("%Y-%m-%d")
    return table
