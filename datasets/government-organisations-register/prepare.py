"""Recipe: the register of government organisations, four lists of them, and a match made by a machine."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

REGISTER = {"government-organisation": "code", "name": "name", "start-date": "start_date", "end-date": "end_date"}
LISTS = {"govuk": "GOV.UK", "civil-service-jobs": "Civil Service Jobs", "oscar": "OSCAR", "epims": "ePIMS"}
MATCH = {
    "government-domain": "domain",
    "org_original.x": "owner_as_typed",
    "org_original.y": "nearest_name",
    "curie": "nearest_code",
    "score": "distance",
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Give columns plain names and put four lists under one another; change no value."""
    folder = raw / "registers-government-organisation"
    register = read_text(folder / "register-government-organisation.tsv", sep="\t")
    lists = [
        read_text(folder / "lists" / f"{name}.tsv", sep="\t")[["name"]].assign(list=title)
        for name, title in LISTS.items()
    ]
    matches = read_text(folder / "domains" / "fuzzy-match-attempt.csv")
    return {
        "register_government_organisations.csv": csv_bytes(register[list(REGISTER)].rename(columns=REGISTER)),
        "government_organisation_lists.csv": csv_bytes(pd.concat(lists)[["list", "name"]]),
        "machine_matches.csv": csv_bytes(matches[list(MATCH)].rename(columns=MATCH)),
    }
