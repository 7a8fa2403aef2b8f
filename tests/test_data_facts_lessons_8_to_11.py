"""The curriculum's figures for lessons 8 to 11, recomputed from the data packages as a learner reads them.

Every expected figure is typed from the curriculum. Where the data say something else, a comment gives the
figure that the curriculum states, and why the two differ.
"""

from __future__ import annotations

from functools import cache
from math import comb

import pandas as pd
import pytest

from grader.data.package import read as read_package


@cache
def read(name: str, resource: str | None = None) -> pd.DataFrame:
    """Read each table once; tests do not change it."""
    return read_package(name, resource)


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
