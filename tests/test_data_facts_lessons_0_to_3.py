"""The curriculum's figures for lessons 0 to 3 and 12, recomputed from the data packages as a learner reads them.

Every expected figure is typed from the curriculum.
"""

from __future__ import annotations

import json

import pandas as pd
import pytest

from grader.data.package import load, read


def test_lesson_0_the_three_figures_of_2018() -> None:
    """0.3: 610 rescues, of which 9 have no cost and 1 says 0; 240,477 pounds; 333 pounds an hour."""
    year = read("animal-rescues").query("year == 2018")
    assert len(year) == 610
    assert year["cost"].isna().sum() == 9
    assert (year["cost"] == 0).sum() == 1
    assert year["cost"].sum() == 240_477
    assert year["hourly_rate"].iloc[-1] == 333


def test_lesson_1_rows_columns_and_years() -> None:
    """1.3 and 1.7: 7,544 rows of 8 columns, 2009 to 2021, so 60,352 boxes."""
    rescues = read("animal-rescues")
    assert rescues.shape == (7544, 8)
    assert rescues.size == 60_352
    assert (rescues["year"].min(), rescues["year"].max()) == (2009, 2021)
    assert list(rescues.columns) == "call_time year animal borough property_type hours hourly_rate cost".split()


def test_lesson_1_the_fall_that_was_a_rise() -> None:
    """1.8: 758 in 2020 and 319 in 2021 look like 58% fewer; January to May went from 270 to 319, 18% more."""
    rescues = read("animal-rescues")
    called = pd.to_datetime(rescues["call_time"], dayfirst=True)
    spring = called[called.dt.month <= 5].dt.year.value_counts()
    years = rescues["year"].value_counts()
    assert (years[2020], years[2021]) == (758, 319)
    assert round(1 - years[2021] / years[2020], 2) == 0.58
    assert (spring[2020], spring[2021]) == (270, 319)
    assert round(spring[2021] / spring[2020] - 1, 2) == 0.18
    assert str(called.max().date()) == "2021-05-31"


def test_lesson_1_one_row_can_be_two_animals() -> None:
    """1.4: the cat and the fox of 1 August 2009 in Hammersmith and Fulham are one row, Cat."""
    rescues = read("animal-rescues")
    day = rescues["call_time"].str.startswith("01/08/2009")
    place = rescues["borough"].str.lower().eq("hammersmith and fulham")
    assert rescues.loc[day & place, "animal"].tolist() == ["Cat"]


def test_lesson_1_people_hurt_and_crashes() -> None:
    """1.9: 20,435 people in 15,645 crashes; adding the crash's own column gives 35,717."""
    hurt = read("road-casualties")
    assert len(hurt) == 20_435
    assert hurt["reference"].nunique() == 15_645
    assert hurt["number_casualties"].sum() == 35_717


def test_lesson_2_cats_in_two_spellings() -> None:
    """2.2 to 2.6: 3,649 rows say Cat and 17 say cat, 48.6% together; 28 spellings are 27 animals."""
    animal = read("animal-rescues")["animal"]
    assert (animal == "Cat").sum() == 3_649
    assert (animal == "cat").sum() == 17
    assert (animal.str.lower() == "cat").sum() == 3_666
    assert round(100 * 3_666 / len(animal), 1) == 48.6
    assert animal.str.lower().nunique() == 27


def test_lesson_2_boroughs() -> None:
    """2.7: 70 spellings of borough, 37 in lower case; 9 rows hold the text NA, which pandas reads as blank."""
    borough = read("animal-rescues")["borough"]
    path = load("animal-rescues").path()
    assert (borough.nunique(), borough.nunique(dropna=False)) == (70, 71)
    assert (borough.str.lower().nunique(), borough.str.lower().nunique(dropna=False)) == (37, 38)
    assert borough.isna().sum() == 9
    assert (pd.read_csv(path, keep_default_na=False)["borough"] == "NA").sum() == 9


def test_lesson_2_one_supplier_in_five_spellings() -> None:
    """2.9: the commonest spelling has 8,568,887 pounds, all five have 10,829,593, so 2,260,706 are missed."""
    spending = read("cabinet-office-spending", "cabinet_office_spending.csv")
    cloud = spending[spending["supplier"].str.upper().str.startswith("AMAZON WEB", na=False)]
    by_spelling = cloud.groupby("supplier")["amount"].sum()
    assert len(spending) == 15_063
    assert len(by_spelling) == 5
    assert round(by_spelling.max()) == 8_568_887
    assert round(by_spelling.sum()) == 10_829_593
    assert round(by_spelling.sum() - by_spelling.max()) == 2_260_706


def test_lesson_2_suppliers_by_switch() -> None:
    """The interactive: 1,219 suppliers as typed and trimmed, 1,116 in lower case."""
    supplier = read("cabinet-office-spending", "cabinet_office_spending.csv")["supplier"].dropna()
    assert supplier.nunique() == 1_219
    assert supplier.str.strip().nunique() == 1_219
    assert supplier.str.strip().str.lower().nunique() == 1_116


def test_lesson_3_land_registry_names() -> None:
    """3.2 to 3.7: 0 of 352 names match, 317 in lower case, both ways round; 35 are left, 22 of them in Wales."""
    register = read("councils-register", "register_councils_2017.csv")["name"]
    names = read("council-lists", "land_registry_list.csv")["name"]
    in_lower_case = names.str.lower().isin(register.str.lower())
    left = set(names[~in_lower_case])
    assert (len(register), len(names)) == (354, 352)
    assert names.isin(register).sum() == 0
    assert in_lower_case.sum() == 317
    assert register.str.lower().isin(names.str.lower()).sum() == 317
    assert len(left) == 35
    assert {"NORTH CORNWALL", "PENWITH"} <= left
    codes = read("council-spellings", "list_codes.csv").query("list == 'land_registry_list'")
    welsh = codes["name"].isin(left) & codes["code"].str.startswith("principal-local-authority:", na=False)
    assert welsh.sum() == 22
    assert not register.isin(["Penwith", "North Cornwall"]).any()


@pytest.mark.parametrize(
    ("listed", "exact", "lower"),
    [
        ("land_registry_list", 0, 317),
        ("service_directory_list", 1, 1),
        ("schools_list", 148, 149),
        ("ordnance_survey_list", 14, 14),
        ("statistics_linked_data_list", 349, 349),
    ],
)
def test_lesson_3_other_lists(listed: str, exact: int, lower: int) -> None:
    """The interactive: how many of the register's 354 names each list has, as typed and in lower case."""
    register = read("councils-register", "register_councils_2017.csv")["name"]
    names = read("council-lists", f"{listed}.csv")["name"]
    assert register.isin(names).sum() == exact
    assert register.str.lower().isin(names.str.lower()).sum() == lower


def test_lesson_3_spellings_of_hull_and_bristol() -> None:
    """3.9: of 1,275 spellings 6 mean Hull and 5 mean Bristol."""
    codes = read("council-spellings", "known_spellings.csv")["code"]
    assert len(codes) == 1_275
    assert (codes == "local-authority-eng:KHL").sum() == 6
    assert (codes == "local-authority-eng:BST").sum() == 5


def test_lesson_3_namibia() -> None:
    """3.10: Namibia's code is NA, which pandas reads as not available."""
    read_as_usual = read("countries-register", "register_countries.csv").set_index("name")["code"]
    path = load("countries-register").path("register_countries.csv")
    as_text = pd.read_csv(path, keep_default_na=False).set_index("name")["code"]
    assert len(as_text) == 206
    assert pd.isna(read_as_usual["Namibia"])
    assert as_text["Namibia"] == "NA"


def test_lesson_3_countries_as_typed() -> None:
    """What companies typed: United Kingdom 3,696,789 times, nothing 2,872,494 times."""
    typed = read("countries-register", "companies_house_countries.csv")
    counts = typed.set_index("country_as_typed")["companies"]
    assert counts["United Kingdom"] == 3_696_789
    assert typed.loc[typed["country_as_typed"].isna(), "companies"].sum() == 2_872_494


def test_lesson_12_bank_holidays() -> None:
    """12.3 and 12.5: in 2025 England and Wales have 8, Scotland 9, Northern Ireland 10; no bunting on Good Friday.

    In Northern Ireland 12 July has none either, which the curriculum does not say.
    """
    holidays = read("bank-holidays")
    counts = holidays.query("year == 2025")["division"].value_counts()
    assert counts.to_dict() == {"england-and-wales": 8, "scotland": 9, "northern-ireland": 10}
    for division in ("england-and-wales", "scotland"):
        plain = holidays[(holidays["division"] == division) & ~holidays["bunting"]]
        years = plain.groupby("title")["year"].nunique()
        assert years[years == holidays["year"].nunique()].index.tolist() == ["Good Friday"]


def test_lesson_12_the_service_and_the_table_agree() -> None:
    """The file in the shape of the public service holds the same holidays as the flat table."""
    package = load("bank-holidays")
    service = json.loads(package.path("bank-holidays.json").read_text(encoding="utf-8"))
    nested = {(division, e["date"], e["title"]) for division, part in service.items() for e in part["events"]}
    flat = read("bank-holidays")
    assert nested == set(zip(flat["division"], flat["date"], flat["title"], strict=True))
