"""Recipe: the register of countries, and countries as companies typed them."""

from pathlib import Path

from grader.data.tidy import csv_bytes, read_text

COLUMNS = {
    "country": "code",
    "name": "name",
    "official-name": "official_name",
    "citizen-names": "citizen_names",
    "start-date": "start_date",
    "end-date": "end_date",
}
TYPED = {"country-name": "country_as_typed", "count": "companies"}


def prepare(raw: Path) -> dict[str, bytes]:
    """Give the columns plain names, and leave out what companies typed with a digit in it: parts of addresses."""
    folder = raw / "registers-country"
    register = read_text(folder / "register-country.tsv", sep="\t")[list(COLUMNS)].rename(columns=COLUMNS)
    typed = read_text(folder / "lists" / "companies-house-company-countries.tsv", sep="\t")
    typed = typed[~typed["country-name"].str.contains(r"\d")]
    return {
        "register_countries.csv": csv_bytes(register),
        "companies_house_countries.csv": csv_bytes(typed[list(TYPED)].rename(columns=TYPED)),
    }
