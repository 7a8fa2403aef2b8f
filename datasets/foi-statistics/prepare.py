"""Recipe: Freedom of Information requests to central government, quarters and years in one column."""

from pathlib import Path

from grader.data.tidy import csv_bytes, read_text

COLUMNS = {
    "Quarter": "period",
    "Government body": "body",
    "Total requests received": "requests",
    "Requests on-hold or lapsed": "on_hold",
    "Requests handled under EIRs": "environmental",
    "Total requests received (excluding on-hold and lapsed)": "requests_counted",
    "20-day deadline met": "in_20_days",
    "Permitted extension to 20-day deadline": "extended",
    "Late response (i.e. 20-day deadline missed)": "late",
    "Percentage of requests meeting 20-day deadline": "percent_in_20_days",
    'Percentage of requests "in time" (i.e. meeting deadline or with permitted extension)': "percent_in_time",
    'Total "resolvable" requests': "resolvable",
    "Initial Outcome Granted in full": "granted_in_full",
    "Initial Outcome  Partially withheld": "partly_withheld",
    "Initial Outcome  Fully withheld": "fully_withheld",
    "Initial Outcome Response not yet provided": "not_yet_answered",
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep 16 of 122 columns; leave a blank for a dash, and take commas out of numbers."""
    found = read_text(raw / "foi-statistics" / "foi-statistics-2010-2020.csv")
    table = found[list(COLUMNS)].rename(columns=COLUMNS)
    numbers = table.columns[2:]
    table[numbers] = table[numbers].apply(lambda column: column.str.strip().str.replace(",", "").replace("-", ""))
    return {"foi_statistics.csv": csv_bytes(table)}
