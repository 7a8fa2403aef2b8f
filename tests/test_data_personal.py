"""Nothing in the data sets names a person, reaches one, or finds a home."""

from __future__ import annotations

import re

import pytest

from grader.data.package import ROOT, load, names, read

TEXT = re.compile(
    r"""
    (?P<email>[\w.+-]+@[\w-]+\.\w+)
    | (?P<telephone>(?<![\d.])(?:\+44\s?|0)\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}(?!\d))
    | (?P<postcode>\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b)
    | (?P<title>\b(?:Mr|Mrs|Ms|Miss)\.?\s[A-Z][a-z]+)
    | (?P<insurance>\b[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b)
    """,
    re.VERBOSE,
)
COLUMNS = ("street", "uprn", "usrn", "address", "forename", "surname", "first_name", "email", "telephone", "phone")
FILES = sorted(path for name in names() for path in (ROOT / name).iterdir() if path.suffix in (".csv", ".json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_e_mail_telephone_postcode_or_titled_name(path) -> None:  # type: ignore[no-untyped-def]
    """No file holds text in the form of an e-mail address, a telephone number, a full postcode or a titled name."""
    found = [match.group(0) for match in TEXT.finditer(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_scan_finds_what_it_looks_for() -> None:
    """The scan itself sees one of each kind."""
    kinds = {
        "email": "write to a.person@example.org today",
        "telephone": "call 020 7946 0000 now",
        "postcode": "lives at SW1A 2AA here",
        "title": "seen by Mrs Smith",
        "insurance": "number QQ 12 34 56 C".replace("QQ", "AB"),
    }
    for kind, text in kinds.items():
        match = TEXT.search(text)
        assert match is not None and match.lastgroup == kind


@pytest.mark.parametrize("name", names())
def test_no_column_points_at_a_person_or_home(name: str) -> None:
    """No column is one for names of people, addresses or property numbers."""
    for resource in (r for r in load(name).resources if r.is_table):
        columns = [c.lower() for c in read(name, resource.name).columns]
        assert [c for c in columns for part in COLUMNS if part in c] == []


@pytest.mark.parametrize("name", ["animal-rescues-detailed", "animal-rescues-tidy", "animal-rescues"])
def test_the_rescues_hold_no_words_about_the_call(name: str) -> None:
    """The publisher's free text about each call is left out."""
    for resource in load(name).resources:
        columns = [c.lower() for c in read(name, resource.name).columns]
        assert [c for c in columns for part in ("description", "incident", "final") if part in c] == []


def test_employers_are_not_named() -> None:
    """Early pay gap figures were corrected later, so nobody who reported them is named."""
    for resource in load("gender-pay-gap").resources:
        columns = [c.lower() for c in read("gender-pay-gap", resource.name).columns]
        assert [c for c in columns for part in ("employer_name", "company", "person", "address") if part in c] == []


def test_places_are_no_finer_than_a_kilometre() -> None:
    """Every place that is left is rounded: whole kilometres, or two decimals of a degree."""
    rescues = read("animal-rescues-detailed")
    for column in ("easting", "northing"):
        assert (rescues[column].dropna() % 1_000 == 0).all()
    for column in ("latitude", "longitude"):
        assert (rescues[column].dropna() == rescues[column].dropna().round(2)).all()
