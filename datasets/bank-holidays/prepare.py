"""Recipe: bank holidays in the shape of the public service, and as a flat table."""

import json
from pathlib import Path

from grader.data.tidy import json_bytes, rows_bytes

# The file behind the page holds keys; these are the names that a reader of the page sees.
TITLES = {
    "new_year": "New Year’s Day",
    "2nd_january": "2nd January",
    "st_patrick": "St Patrick’s Day",
    "good_friday": "Good Friday",
    "easter_monday": "Easter Monday",
    "early_may": "Early May bank holiday",
    "early_may_ve": "Early May bank holiday (VE day)",
    "kings_coronation": "Bank holiday for the coronation of King Charles III",
    "spring": "Spring bank holiday",
    "queen_platinum": "Platinum Jubilee bank holiday",
    "world_cup": "World Cup bank holiday",
    "battle_boyne": "Battle of the Boyne (Orangemen’s Day)",
    "summer": "Summer bank holiday",
    "late_august": "Summer bank holiday",
    "queens_bank_holiday": "Bank Holiday for the State Funeral of Queen Elizabeth II",
    "st_andrew": "St Andrew’s Day",
    "christmas": "Christmas Day",
    "boxing_day": "Boxing Day",
}
NOTES = {"": "", "common.substitute_day": "Substitute day"}


def prepare(raw: Path) -> dict[str, bytes]:
    """Turn keys into names and day-first dates into year-month-day, division by division."""
    found = json.loads((raw / "bank-holidays" / "bank-holidays.json").read_text(encoding="utf-8"))
    answer, rows = {}, []
    for key, years in found["divisions"].items():
        division = key.removeprefix("common.nations.").removesuffix("_slug")
        events = [_event(e) for year, days in years.items() if year.isdigit() for e in days]
        answer[division] = {"division": division, "events": sorted(events, key=lambda e: e["date"])}
        rows += [[division, e["date"][:4], *e.values()] for e in answer[division]["events"]]
    header = ["division", "year", "title", "date", "notes", "bunting"]
    return {"bank-holidays.json": json_bytes(answer), "bank_holidays.csv": rows_bytes(header, rows)}


def _event(found: dict) -> dict:
    day, month, year = found["date"].split("/")
    return {
        "title": TITLES[found["title"].removeprefix("bank_holidays.")],
        "date": f"{year}-{month}-{day}",
        "notes": NOTES[found["notes"]],
        "bunting": found["bunting"],
    }
