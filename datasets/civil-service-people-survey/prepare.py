"""Recipe: Civil Service People Survey: theme scores by organisation, and two kinds of benchmark."""

import re
from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

THEMES = [
    "engagement", "my_work", "objectives", "my_manager", "my_team", "learning", "inclusion", "resources",
    "pay", "leadership",
]  # fmt: skip


def prepare(raw: Path) -> dict[str, bytes]:
    """Stack eleven years, with every score as a percentage, and both benchmarks in one long table."""
    folder = raw / "civil-service-people-survey"
    years = pd.concat([_year(folder, year) for year in range(2009, 2020)])
    benchmarks = pd.concat([_benchmark(folder, kind) for kind in ("median", "mean")])
    return {"people_survey.csv": csv_bytes(years), "people_survey_benchmarks.csv": csv_bytes(benchmarks)}


def _year(folder: Path, year: int) -> pd.DataFrame:
    found = read_text(folder / f"organisation-scores-{year}.csv", "cp1252" if year == 2015 else "utf-8-sig")
    found = found[found.iloc[:, 1] != ""]
    first = next(n for n, c in enumerate(found.columns) if re.match("employee engagement index|ees$", c, re.I))
    rate = found.iloc[:, first - 1] if "rate" in found.columns[first - 1].lower() else ""
    table = pd.DataFrame({"year": year, "group": found.iloc[:, 0], "organisation": found.iloc[:, 1]})
    table["response_rate"] = rate
    table[THEMES] = found.iloc[:, first : first + 10].to_numpy()
    table.iloc[:, 3:] = table.iloc[:, 3:].map(_percent)
    return table


def _percent(text: str) -> str:
    """Read 58%, 58 or 0.58 as 58; anything else is a gap."""
    if not re.fullmatch(r"[\d.]*\d%?", text.strip()):
        return ""
    number = float(text.strip().rstrip("%"))
    return str(round(number * 100 if number <= 1 and "%" not in text else number))


def _benchmark(folder: Path, kind: str) -> pd.DataFrame:
    found = read_text(folder / f"benchmark-{kind}-2009-2020.csv")
    names = {"Measure": "measure", "Label": "label", "Section": "section"}
    found = found[found["Measure"] != ""].rename(columns=names)
    years = [c for c in found.columns if c.isdigit()]
    long = found.melt(id_vars=list(names.values()), value_vars=years, var_name="year", value_name="score")
    return long[long["score"].str.fullmatch(r"[\d.]+")].assign(kind=kind)
