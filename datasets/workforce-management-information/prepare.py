"""Recipe: people employed by government bodies, month by month, and one return with many headings."""

import csv
import io
from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text, rows_bytes

COLUMNS = {"Year": "year", "Month": "month", "Department": "department", "Body": "body", "org_type": "type"}
MEASURES = {"hc": "headcount", "fte": "full_time_equivalent"}


def prepare(raw: Path) -> dict[str, bytes]:
    """Put headcount and full-time equivalent side by side; list each department's headings as found."""
    folder = raw / "workforce-management-information"
    total = read_text(folder / "payroll-total-monthly-2021-2027.csv")
    grades = read_text(folder / "all-measures-2025-03.csv").query("group == 'payroll'")
    headings = sorted((folder / "2025-03-by-department").glob("*.csv"))
    return {
        "workforce_monthly.csv": csv_bytes(_side_by_side(total, [*COLUMNS])),
        "workforce_grades_march_2025.csv": csv_bytes(_side_by_side(grades, [*COLUMNS, "sub_group"])),
        "return_headings_march_2025.csv": rows_bytes(
            ["return_of", "position", "heading"],
            ([path.stem, n, name.replace("\n", " / ")] for path in headings for n, name in enumerate(_header(path), 1)),
        ),
    }


def _side_by_side(long: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Turn one row a measure into one row a body; a body that sent two returns keeps two rows."""
    long = long.assign(month_number=pd.to_datetime(long["Month"], format="%B").dt.month)
    long["copy"] = long.groupby([*keys, "measure"]).cumcount()
    wide = long.pivot(index=["month_number", "copy", *keys], columns="measure", values="value").reset_index()
    wide = wide.sort_values(["Year", "month_number", "Department", "Body", "org_type", "copy", *keys[5:]])
    names = COLUMNS | {"sub_group": "grade"} | MEASURES
    return wide[[*keys, *MEASURES]].rename(columns=names)


def _header(path: Path) -> list[str]:
    """Read the first record: half of the files are in the older Windows encoding."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return next(csv.reader(io.StringIO(text.replace("\r\n", "\n"))))
