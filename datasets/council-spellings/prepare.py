"""Recipe: known spellings of council names, and what each name in six official lists means."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text

# list: raw file, its name column, its own code and the official map of those codes
LISTS = {
    "land_registry_list": ("land-registry", "Local Authority", None, None),
    "service_directory_list": ("local-directgov", "name", "snac", "snac"),
    "schools_list": ("edubase", "name", "code", "edubase"),
    "ordnance_survey_list": ("os-boundary-line", "name", "code", "gss"),
    "statistics_linked_data_list": ("opendatacommunities", "Local_Authority_Name", "ONS_Code", "gss"),
    "boundary_commission_list": ("boundary-commission", "name", None, None),
}


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep each code as found, and add the code that the register of 2017 uses for the same council."""
    folder = raw / "registers-local-authority"
    spellings = read_text(folder / "maps" / "name.tsv", sep="\t").rename(columns={"local-authority": "code"})
    # 176 of the 354 English codes were changed before the register was finished, and 10 of the old
    # ones now mean another council, so the way from old code to new is the council's name.
    means = spellings.set_index("name")["code"]
    new = {
        means.get(council["official-name"].lower(), means.get(council["name"].lower())):
        f"local-authority-eng:{council['local-authority-eng']}"
        for _, council in read_text(folder / "register-local-authority-eng.tsv", sep="\t").iterrows()
    }  # fmt: skip
    spellings["register_code"] = spellings["code"].map(lambda code: new.get(code, code))
    by_name = spellings.set_index("name")["register_code"]
    lists = pd.concat([_codes(folder, name, by_name) for name in LISTS])
    return {"known_spellings.csv": csv_bytes(spellings), "list_codes.csv": csv_bytes(lists)}


def _codes(folder: Path, name: str, by_name: pd.Series) -> pd.DataFrame:
    """Find the register's code by the list's own code where it has one, else by known spelling."""
    source, column, own, official = LISTS[name]
    table = read_text(folder / "lists" / f"{source}.tsv", sep="\t")
    if own is None:
        code = table[column].str.lower().str.replace("&", "and").map(by_name)
    else:
        known = read_text(folder / "maps" / f"{official}.tsv", sep="\t").query(f"{official} != ''")
        code = table[own].map(known.set_index(official)["local-authority"])
    return pd.DataFrame({"list": name, "name": table[column], "code": code})
