"""The curriculum's figures for lessons 4 to 11, recomputed from the data packages as a learner reads them.

Every expected figure is typed from the curriculum. Where the data say something else, a comment gives the
figure that the curriculum states, and why the two differ.
"""

from __future__ import annotations

from functools import cache
from math import comb

import pandas as pd
import pytest

from grader.data.package import load
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


def test_lesson_8_weekly_deaths() -> None:
    """8.2 and 8.4: 521 weeks, 11,116 then 7,131, the biggest fall 4,393 and rise 5,521; 77% up by 11 January 2019."""
    deaths = read("weekly-deaths").set_index("week_ending")["deaths_registered"]
    change = deaths.diff()
    assert (len(deaths), deaths.index[0][:4], deaths.index[-1][:4]) == (521, "2010", "2019")
    assert (deaths["2018-12-21"], deaths["2018-12-28"]) == (11_116, 7_131)
    assert change["2018-12-28"] == -3_985
    assert (change.min(), change.idxmin(), change.max()) == (-4_393, "2019-12-27", 5_521)
    assert round(100 * (deaths["2019-01-11"] / deaths["2018-12-28"] - 1)) == 77


def test_lesson_8_biggest_falls_are_in_bank_holiday_weeks() -> None:
    """8.5: each of the 12 biggest falls is in a week with a bank holiday, the Jubilee of 2012 among them."""
    deaths = read("weekly-deaths").set_index("week_ending")["deaths_registered"]
    falls = pd.to_datetime(deaths.diff().nsmallest(12).index)
    christmas = [f"{year}-12-{day}" for year in range(2010, 2020) for day in ("25", "26")]
    others = ["2012-06-04", "2012-06-05", "2019-05-06", "2019-05-27"]
    holidays = pd.to_datetime([*christmas, *others])
    for friday in falls:
        assert ((holidays <= friday) & (holidays > friday - pd.Timedelta(days=7))).any(), friday
    assert pd.Timestamp("2012-06-08") in falls


def test_lesson_8_one_day_in_nine_releases() -> None:
    """8.6: 14 April 2020 is 134, 931, 2,489, 2,998 and at last 3,354 cases, 25 times as many."""
    cases = read("covid-cases-vintages")
    day = cases[cases["date"] == "2020-04-14"].sort_values("released")["cases"].tolist()
    assert cases["released"].nunique() == len(day) == 9
    assert cases["date"].nunique() == 14
    assert (day[:4], day[-1]) == ([134, 931, 2_489, 2_998], 3_354)
    assert round(day[-1] / day[0]) == 25


def test_lesson_8_months_of_the_rescues() -> None:
    """8.3, 8.8 and 8.10: dates stop month first; July has 917; 63.2 and 63.8 a month in 2020 and 2021."""
    rescues = read("animal-rescues-tidy")
    with pytest.raises(ValueError, match="14/01/2009 06:38"):
        pd.to_datetime(rescues["call_time"])
    called = pd.to_datetime(rescues["call_time"], dayfirst=True)
    months = called.dt.month.value_counts()
    assert (months.index[0], months.iloc[0]) == (7, 917)
    counts = rescues["year"].value_counts()
    assert (round(counts[2020] / 12, 1), round(counts[2021] / 5, 1), round(counts[2021] / 12, 1)) == (63.2, 63.8, 26.6)


def test_lesson_9_what_drove_the_cost() -> None:
    """9.2, 9.6 and 9.11: the changes from 2010 to 2018 and from 2019 to 2020."""
    years = read("rescues-by-year").set_index("year")
    assert years.index.tolist() == list(range(2009, 2021))
    # The story calls these cat rescues. They are rescues of every animal: cats alone went from 297 to 305.
    assert years.loc[2010].tolist() == [611, 721, 260, 187_460]
    assert years.loc[2018, ["rescues", "hours", "cost"]].tolist() == [610, 724, 240_477]
    growth = (100 * (years.loc[2018] / years.loc[2010] - 1)).round(1)
    assert growth.tolist() == [-0.2, 0.4, 27.8, 28.3]
    last = (100 * (years.loc[2020] / years.loc[2019] - 1)).round(1)
    assert last[["rescues", "hourly_rate", "cost"]].tolist() == [25.5, 2.0, 26.9]
    ratio = years.loc[2018, "cost"] / years.loc[2010, "cost"]
    assert (round(ratio, 2), round(1 / ratio, 2), round(100 * (1 - 1 / ratio), 1)) == (1.28, 0.78, 22.0)
    assert round((240_477 - 180_000) / (187_460 - 180_000)) == 8


def test_lesson_9_prices() -> None:
    """9.10: 89.4 and 105.9 turn 187,460 into 222,058 and leave a real rise of 8.3%."""
    index = read("consumer-prices").set_index("year")["index"]
    assert (index[2010], index[2018]) == (89.4, 105.9)
    real = 187_460 * index[2018] / index[2010]
    assert (round(real), round(100 * (240_477 / real - 1), 1)) == (222_058, 8.3)
    # The curriculum's slip is 158,252; the sum gives 158,252.3.
    assert round(187_460 * index[2010] / index[2018]) == 158_252


def _middle_95(size: int, special: int, everyone: int) -> tuple[float, float]:
    """Give the shares between which 95% of samples without replacement lie."""
    total = comb(everyone, size)
    below = 0
    bounds = []
    for drawn in range(size + 1):
        below += comb(special, drawn) * comb(everyone - special, size - drawn)
        while len(bounds) < 2 and below / total >= (0.025, 0.975)[len(bounds)]:
            bounds.append(drawn / size)
    return bounds[0], bounds[1]


@pytest.mark.parametrize(
    ("size", "low", "high"), [(10, 0.20, 0.80), (50, 0.36, 0.62), (200, 0.42, 0.56), (1_000, 0.46, 0.51)]
)
def test_lesson_10_samples_of_cats(size: int, low: float, high: float) -> None:
    """The read-out of the sample slider, to within 2 points: 48.6% of all rescues are cats."""
    cats = read("animal-rescues-tidy")["animal_tidy"] == "cat"
    assert round(100 * cats.mean(), 1) == 48.6
    assert _middle_95(size, int(cats.sum()), len(cats)) == pytest.approx((low, high), abs=0.02)


def test_lesson_10_weekly_pay() -> None:
    """10.6 to 10.8: 171 of 294 ranges hold 648.40; 41 councils fell, none clearly; Leeds 192nd, overlapping 230."""
    pay = read("weekly-pay").set_index("council")
    england = read("weekly-pay", "weekly-pay-england").set_index("year").loc[2025, "pay"]
    assert (len(pay), england) == (294, 648.40)
    holds = (pay["low"] <= england) & (pay["high"] >= england)
    assert (holds.sum(), (~holds).sum()) == (171, 123)
    fell = pay[pay["pay"] < pay["pay_2024"]]
    assert len(fell) == 41
    assert (fell["high"] >= fell["low_2024"]).all()
    leeds = pay.loc["Leeds"]
    assert pay["pay"].rank(ascending=False)["Leeds"] == 192
    overlap = (pay["low"] <= leeds["high"]) & (pay["high"] >= leeds["low"])
    assert overlap.sum() - 1 == 230


def test_lesson_10_one_hospital() -> None:
    """10.9: 36 months between 65.2 and 93.3, May to June 2017 from 78.1 to 88.9, all inside 63.4 to 95.2."""
    one = read("nhs-ae", "one-hospital").set_index("month")
    share = 100 * (1 - one["over_4_hours"] / one["attendances"])
    limit = 2.66 * share.diff().abs().mean()
    assert (len(share), round(share.min(), 1), round(share.max(), 1)) == (36, 65.2, 93.3)
    assert (round(share["2017-05"], 1), round(share["2017-06"], 1)) == (78.1, 88.9)
    assert (round(share.mean() - limit, 1), round(share.mean() + limit, 1)) == (63.4, 95.2)


def test_two_trusts_become_one() -> None:
    """The data map: RRK's attendances treble in July 2018."""
    ae = read("nhs-ae", "ae-2016-2019")
    rrk = ae[ae["trust"] == "RRK"].groupby("month")["attendances"].sum()
    assert 3 <= rrk["2018-07"] / rrk["2018-06"] < 4


def test_lesson_10_wards() -> None:
    """10.10: by the spellings in the file, 109 of 1,253 wards are all cats and 138 have none, at most 10 rescues each."""
    rescues = read("animal-rescues-detailed")
    cats = (rescues["animal"] == "cat").groupby(rescues["ward"]).agg(["sum", "size"])
    every, none = cats[cats["sum"] == cats["size"]], cats[cats["sum"] == 0]
    assert (len(cats), len(every), len(none)) == (1_253, 109, 138)
    assert max(every["size"].max(), none["size"].max()) == 10
    # 1,253 is not the number of wards: most are there twice, in capitals from mid-2015 on, so each count is split.
    # In lower case there are 663 names, 14 all cats and 43 none, at most 16 rescues each.
    names = (rescues["animal"] == "cat").groupby(rescues["ward"].str.lower()).agg(["sum", "size"])
    none = names[names["sum"] == 0]
    assert (len(names), (names["sum"] == names["size"]).sum(), len(none), none["size"].max()) == (663, 14, 43, 16)
    assert rescues["ward_code"].nunique() == 709


def test_lesson_11_blanks_by_kind_of_place() -> None:
    """11.1: the place is blank for all 3,843 dwellings and for none of the other 3,701."""
    rescues = read("animal-rescues-detailed")
    for column in ("easting", "northing", "latitude", "longitude"):
        blank = rescues[column].isna().groupby(rescues["property_type"]).agg(["sum", "size"])
        assert blank.loc["Dwelling"].tolist() == [3_843, 3_843]
        assert blank.drop("Dwelling").sum().tolist() == [0, 3_701]
    assert ((rescues["latitude"] == 0) & (rescues["longitude"] == 0)).sum() == 1


def test_lesson_11_groups_of_one() -> None:
    """11.3 and 11.4: of 6,193 groups by ward, animal and year, 5,138 hold one rescue: 83%."""
    # By ward name as found. With one spelling for each ward there are 6,161 groups and 5,082 of one: 82%.
    sizes = read("animal-rescues-detailed").groupby(["ward", "animal", "year"]).size()
    assert (len(sizes), (sizes == 1).sum(), round(100 * (sizes == 1).mean())) == (6_193, 5_138, 83)


def test_lesson_11_small_groups() -> None:
    """11.5 to 11.7: 173 of 354 groups are under 5, 98 are of one, 181 are left; the City shows 9, 2 and 1 of 13."""
    sizes = read("animal-rescues-detailed").groupby(["borough", "animal"]).size()
    assert (len(sizes), (sizes < 5).sum(), (sizes == 1).sum()) == (354, 173, 98)
    assert sizes.where(sizes >= 5).count() == 181
    city = sizes["City of London"]
    assert (city["bird"], city["fox"], city["dog"], city.sum(), len(city)) == (9, 2, 1, 13, 4)


@pytest.mark.parametrize(
    ("columns", "share"),
    [
        (["borough"], 0.04),
        (["borough", "animal"], 1.3),
        (["borough", "animal", "year"], 9.8),
        (["ward", "animal", "year"], 68.1),
    ],
)
def test_lesson_11_share_alone_in_their_group(columns: list[str], share: float) -> None:
    """The interactive's big number: the share of all rescues that are alone in their group."""
    rescues = read("animal-rescues-detailed")
    alone = (rescues.groupby(columns).size() == 1).sum()
    assert 100 * alone / len(rescues) == pytest.approx(share, abs=0.05 if share > 1 else 0.005)


def test_census_small_counts() -> None:
    """The data map: 6,642 counts in 738 areas, 3,207 of them under 5."""
    census = read("census-small-areas")
    assert (len(census), census["area"].nunique(), (census["count"] < 5).sum()) == (6_642, 738, 3_207)


@pytest.mark.parametrize("name", ["animal-rescues-detailed", "animal-rescues-tidy", "gender-pay-gap"])
def test_no_column_points_at_a_person_or_home(name: str) -> None:
    """Nothing that names or finds a person, a home or an employer is in these sets."""
    forbidden = ("street", "uprn", "usrn", "description", "incident", "employer", "company", "address", "person")
    for resource in load(name).resources:
        columns = read(name, resource.name).columns
        assert not [c for c in columns for part in forbidden if part in c.lower()]


def test_places_are_no_finer_than_a_kilometre() -> None:
    """Every place that is left is rounded: whole kilometres, or two decimals of a degree."""
    rescues = read("animal-rescues-detailed")
    for column in ("easting", "northing"):
        assert (rescues[column].dropna() % 1_000 == 0).all()
    for column in ("latitude", "longitude"):
        assert (rescues[column].dropna() == rescues[column].dropna().round(2)).all()
