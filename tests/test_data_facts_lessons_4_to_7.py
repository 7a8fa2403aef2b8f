"""The curriculum's figures for lessons 4 to 7, recomputed from the data packages as a learner reads them.

Every expected figure is typed from the curriculum. Where the data say something else, a comment gives the
figure that the curriculum states, and why the two differ.
"""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from grader.data.package import read as read_package


@cache
def read(name: str, resource: str | None = None) -> pd.DataFrame:
    """Read each table once; tests do not change it."""
    return read_package(name, resource)


def test_lesson_4_fourteen_trusts_are_blank() -> None:
    """4.2 and 4.4: 14 of 155 trusts are blank, 10 are truly zero, and 237,841 of 2,002,541 visits are theirs."""
    ae = read("nhs-ae")
    blank = ae["over_4_hours"].isna()
    assert len(ae) == 155
    assert blank.sum() == 14
    assert (ae["over_4_hours"] == 0).sum() == 10
    assert ae.loc[blank, "attendances"].sum() == 237_841
    assert ae["attendances"].sum() == 2_002_541


def test_lesson_4_share_within_four_hours() -> None:
    """4.5, 4.6 and the interactive: 76.8% with blanks as zero, 73.7% of those who reported, 65.0% at worst."""
    ae = read("nhs-ae")
    told = ae.dropna()
    all_visits = ae["attendances"].sum()
    late = ae["over_4_hours"].sum()
    untold = all_visits - told["attendances"].sum()
    assert round(1 - late / all_visits, 3) == 0.768
    assert round(late / all_visits, 3) == 0.232
    assert round(1 - late / told["attendances"].sum(), 3) == 0.737
    assert round(1 - (late + untold) / all_visits, 3) == 0.650
    # "Use the average" gives 73.7 only when the average share fills the blanks.
    # The average count fills them to 74.5: the 14 trusts are larger than the rest.
    filled = ae["over_4_hours"].fillna(ae["over_4_hours"].mean()).sum()
    assert round(1 - filled / all_visits, 3) == 0.745


def test_lesson_4_the_blanks_last_two_years() -> None:
    """The story: the 14 trusts published no four-hour figure until May 2023."""
    monthly = read("nhs-ae", "ae-2021-2025")
    blank = monthly[monthly["over_4_hours"].isna()].groupby("month").size()
    assert blank.max() == 14
    assert blank["2021-09"] == 14
    assert blank.index.max() == "2023-05"
    assert len(blank) == 26


def test_lesson_4_pay_gaps_that_cannot_be() -> None:
    """4.9 and 4.11: 2 medians above 100 of 10,477 in 2018, the top one 320; none in 2021 to 2022, the top exactly 100."""
    first, later = read("gender-pay-gap", "pay-gap-2018"), read("gender-pay-gap", "pay-gap-2021-22")
    assert (len(first), len(later)) == (10_477, 10_555)
    assert (first["median_gap"] > 100).sum() == 2
    assert (first["mean_gap"] > 100).sum() == 1
    assert first["median_gap"].max() == 320
    assert (later["median_gap"] > 100).sum() == 0
    assert later["median_gap"].max() == 100
    assert abs(later["median_gap"].median() - first["median_gap"].median()) < 1


def test_zero_pay_gaps() -> None:
    """The data map: 934 zero medians (8.9%) and 63 employers with both gaps 0."""
    first = read("gender-pay-gap", "pay-gap-2018")
    zero = first["median_gap"] == 0
    assert zero.sum() == 934
    assert round(100 * zero.mean(), 1) == 8.9
    assert (zero & (first["mean_gap"] == 0)).sum() == 63


def test_lesson_5_one_form_halves_the_mean() -> None:
    """5.10: the mean bonus gap is 7.6, without one row at minus 82,000 it is 15.5, and the median is 22.0 either way."""
    bonus = read("gender-pay-gap", "pay-gap-2018")["mean_bonus_gap"]
    without = bonus[bonus != -82_000]
    assert len(bonus) - len(without) == 1
    assert (round(bonus.mean(), 1), round(without.mean(), 1)) == (7.6, 15.5)
    assert (bonus.median(), without.median()) == (22.0, 22.0)


def test_lesson_6_mean_cost_by_animal() -> None:
    """6.2 to 6.4: one bull at 780, two goats, and horses at 740 over 188 rescues."""
    cost = read("animal-rescues-tidy").groupby("animal_tidy")["cost"].agg(["mean", "count"])
    assert len(cost) == 27
    assert cost["mean"].max() == cost.loc["bull", "mean"] == 780
    assert cost.loc["bull", "count"] == 1
    assert cost.loc["goat", "count"] == 2
    assert (round(cost.loc["horse", "mean"]), cost.loc["horse", "count"]) == (740, 188)
    # The curriculum says "bull 780 first". Two rescues of fish cost 780 too, so which comes first is a tie.
    assert cost.loc["fish"].tolist() == [780, 2]


def test_lesson_6_rates_by_borough() -> None:
    """6.5, 6.6 and 6.10: 33 boroughs; Enfield has the most rescues, the City of London the fewest and the highest rate."""
    boroughs = read("population", "boroughs").set_index("borough")
    rate = boroughs["rescues"] / boroughs["residents"] * 100_000
    assert len(boroughs) == 33
    assert round(rate["Enfield"], 1) == 102.4
    assert boroughs["rescues"].idxmax() == "Enfield"
    assert boroughs["rescues"].idxmin() == rate.idxmax() == "City of London"
    assert boroughs.loc["Enfield", "label"] == "Enfield (341)"
    # The curriculum's slip for Enfield upside down is 976: 333,149 / 341 is 976.98, so it rounds to 977.
    assert int(boroughs.loc["Enfield", "residents"] / boroughs.loc["Enfield", "rescues"]) == 976


def test_lesson_6_two_estimates() -> None:
    """6.8: 10,938 then 8,331 residents in the City make 118.9 and 156.0; Westminster and Camden fall as much."""
    boroughs = read("population", "boroughs").set_index("borough")
    city = boroughs.loc["City of London"]
    assert (city["rescues"], city["residents_first"], city["residents"]) == (13, 10_938, 8_331)
    assert round(13 / city["residents_first"] * 100_000, 1) == 118.9
    assert round(13 / city["residents"] * 100_000, 1) == 156.0
    change = boroughs["residents"] / boroughs["residents_first"] - 1
    assert change[["City of London", "Westminster"]].round(2).tolist() == [-0.24, -0.24]
    assert round(change["Camden"], 2) == -0.23


def test_lesson_6_two_hospitals() -> None:
    """6.9: A is ahead in all, 85.2 to 69.7, and behind in each kind of unit, 63.0 to 65.7 and 98.7 to 100."""
    two = read("nhs-ae", "two-hospitals")
    by_unit = two.set_index(["hospital", "unit"])
    within = (100 * (1 - by_unit["over_4_hours"] / by_unit["attendances"])).round(1)
    total = two.groupby("hospital")[["attendances", "over_4_hours"]].sum()
    overall = (100 * (1 - total["over_4_hours"] / total["attendances"])).round(1)
    assert overall.to_dict() == {"A": 85.2, "B": 69.7}
    assert within.to_dict() == {("A", "major"): 63.0, ("A", "minor"): 98.7, ("B", "major"): 65.7, ("B", "minor"): 100}


def test_lesson_7_joining_councils() -> None:
    """7.2 to 7.6: 336 and 331 councils leave 329, lose 753,278 people, and are 7 and 2 apart, all in one county."""
    before, after = read("population", "people-2019"), read("population", "people-2020")
    both = before.merge(after, on="code", suffixes=("_2019", "_2020"))
    assert (len(before), len(after), len(both)) == (336, 331, 329)
    assert before["people"].sum() - both["people_2019"].sum() == 753_278
    assert before["people"].sum() - after["people"].sum() == -279_884
    outer = before.merge(after, on="code", how="outer", indicator=True)
    assert len(outer) == 338
    assert outer["_merge"].value_counts().to_dict() == {"both": 329, "left_only": 7, "right_only": 2}
    new = outer.loc[outer["_merge"] == "right_only", "name_y"]
    assert sorted(new) == ["North Northamptonshire", "West Northamptonshire"]


def test_lesson_7_joining_on_a_name() -> None:
    """7.7: of 70 spellings of borough, 33 match the official name, which covers 52% of the rescues."""
    raw, boroughs = read("population", "boroughs-raw"), read("population", "boroughs")
    assert raw["borough"].nunique() == 70
    assert raw["rescues"].sum() == 7_544
    match = raw["borough"].isin(boroughs["borough"])
    assert round(100 * raw.loc[match, "rescues"].sum() / raw["rescues"].sum()) == 52
    assert read("animal-rescues-tidy")["borough"].isin(boroughs["borough"]).mean() == pytest.approx(0.52, abs=0.005)


def test_lesson_7_codes_that_are_gone() -> None:
    """The facilitator's note: 24 of the 314 English codes of 2020, 2,433,569 people, are not in the tables of 2025."""
    # These are the codes in force in 2020, the file of 2019 people. Of the 309 codes of 2021, 17 are not there.
    people = read("population", "people-2019")
    english = people[people["code"].str.startswith("E")]
    gone = english[~english["code"].isin(read("deprivation-and-healthy-life")["code"])]
    assert (len(english), len(gone), gone["people"].sum()) == (314, 24, 2_433_569)


def test_councils_through_the_years() -> None:
    """The data map: 326 English councils in 2016, 296 in 2024; Shepway became Folkestone and Hythe, same code."""
    codes = read("population", "council-codes")
    english = codes[codes["code_2016"].str.startswith("E")]
    assert (english["code_2016"].nunique(), english["code_2024"].nunique()) == (326, 296)
    shepway = codes.set_index("name_2016").loc["Shepway"]
    assert shepway["name_2024"] == "Folkestone and Hythe"
    assert shepway["code_2016"] == shepway["code_2024"]


def test_lesson_7_deprivation_and_healthy_life() -> None:
    """7.10: across 128 areas the link is minus 0.81 (men, 2022 to 2024; for women it is minus 0.80)."""
    joined = read("deprivation-and-healthy-life").merge(
        read("deprivation-and-healthy-life", "healthy-life"), on="code", validate="one_to_one"
    )
    assert len(joined) == 128
    assert round(joined["deprivation"].corr(joined["healthy_life_men"]), 2) == -0.81
