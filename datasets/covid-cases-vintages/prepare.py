"""Recipe: the same days of April 2020 as nine releases of one feed showed them."""

import json
from pathlib import Path

from grader.data.tidy import rows_bytes

FEED = "coronavirus-covid-19-number-of-cases-in-uk-2020-04-{:02}.json"
RELEASED = (15, 16, 17, 18, 19, 20, 22, 24, 26)
ENGLAND = "E92000001"
FIRST, LAST = "2020-04-05", "2020-04-18"


def prepare(raw: Path) -> dict[str, bytes]:
    """Take the daily cases of England for 14 days out of each release."""
    rows = []
    for day in RELEASED:
        text = (raw / "phe-covid-cases-vintages" / FEED.format(day)).read_text(encoding="utf-8")
        for case in json.loads(text)["countries"][ENGLAND]["dailyConfirmedCases"]:
            if FIRST <= case["date"] <= LAST:
                rows.append((f"2020-04-{day:02}", case["date"], case["value"]))
    return {"covid_cases_by_release.csv": rows_bytes(("released", "date", "cases"), sorted(rows))}
