"""Recipe: brownfield sites from 16 files of one national standard, without the place of any site."""

import re
from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

# our column: the headings that councils used, in lower case and letters only
COLUMNS = {
    "organisation": "organisationlabel organisationname localauthority",
    "coordinate_system": "coordinatereferencesystem coordinatesystem systemreference",
    "about_x": "geox",
    "about_y": "geoy",
    "hectares": "hectares areaha",
    "ownership": "ownershipstatus ownership",
    "deliverable": "deliverable landdeliverable",
    "planning_status": "planningstatus",
    "permission_type": "permissiontype planningpermissiontype",
    "permission_date": "permissiondate ifpermissioned",
    "homes_at_least": "minnetdwellings mindwellings minimumnetdwellings",
    "first_added": "firstaddeddate dateenteredonregister",
    "last_updated": "lastupdateddate datelastupdated",
}
LEFT_OUT = "(text left out)"


def prepare(raw: Path) -> dict[str, bytes]:
    """Find each column by its heading, blur coordinates, and leave out long text."""
    files = sorted((raw / "brownfield-land-registers").glob("*.csv"))
    found = {path.stem: _read(path) for path in files}
    headings = pd.DataFrame(
        [(name, n, heading) for name, table in found.items() for n, heading in enumerate(table.columns, 1)],
        columns=["file", "position", "heading"],
    )
    sites = pd.concat([_sites(name, table) for name, table in found.items()])
    return {"brownfield_sites.csv": csv_bytes(sites), "brownfield_headings.csv": csv_bytes(headings)}


def _read(path: Path) -> pd.DataFrame:
    try:
        return read_text(path)
    except UnicodeDecodeError:
        return read_text(path, encoding="cp1252")


def _sites(name: str, found: pd.DataFrame) -> pd.DataFrame:
    heading = {re.sub("[^a-z]", "", column.lower()): column for column in found.columns}
    table = pd.DataFrame({"file": name}, index=found.index)
    for column, spellings in COLUMNS.items():
        source = next((heading[s] for s in spellings.split() if s in heading), None)
        table[column] = found[source].map(_shorten) if source else ""
    table[["about_x", "about_y"]] = table[["about_x", "about_y"]].map(_blur)
    table["homes_at_least"] = table["homes_at_least"].str.replace(r".*[A-Za-z].*", LEFT_OUT, regex=True)
    return table


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    place = re.fullmatch(r"-?\d+\.\d+, ?-?\d+\.\d+", text)
    return "(place left out)" if place else LEFT_OUT if len(text) > 60 else text


def _blur(text: str) -> str:
    """Round degrees to one decimal place and anything larger to 10,000 metres."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return ""
    number = float(text)
    return f"{number:.1f}" if abs(number) < 1000 else str(round(number / 10_000) * 10_000)
