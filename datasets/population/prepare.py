"""Recipe: people living in each council, with the London boroughs beside their animal rescues."""

from pathlib import Path

from grader.data.tidy import csv_bytes, read_text


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep code, name and people; count the rescues in each borough; keep codes through the years."""
    folder = raw / "ons-population-la"
    people = {
        year: read_text(folder / f"population_mid{year}_original_by_age_ltla{codes}.csv")
        .rename(
            columns={
                f"ltla{codes}_code": "code",
                f"ltla{codes}_name": "name",
                "total_population": "people",
            }
        )
        .loc[:, ["code", "name", "people"]]
        for year, codes in ((2019, 20), (2020, 21))
    }
    rescues = read_text(raw / "lfb-animal-rescues" / "animal_rescues.csv")
    rescues = rescues.rename(columns={"borough code": "code"}).replace({"code": {"NULL": "", "NA": ""}})
    revised = read_text(folder / "population_all_ages_1991_2023.csv")
    revised = revised[revised["date"] == "2020"].set_index("geography_code")["value"]

    boroughs = people[2020][people[2020]["code"].str.startswith("E09")].sort_values("name")
    boroughs = boroughs.rename(columns={"name": "borough", "people": "residents_first"})
    boroughs["rescues"] = boroughs["code"].map(rescues["code"].value_counts())
    boroughs["residents"] = boroughs["code"].map(revised).astype(float).astype(int)
    boroughs["label"] = boroughs["borough"] + " (" + boroughs["rescues"].astype(str) + ")"

    codes = read_text(folder / "lookup_ltla_2016_to_2024.csv").sort_values(["ltla16_code", "ltla24_code"])
    years = (2016, 2020, 2021, 2024)
    columns = {f"ltla{y % 100}_{part}": f"{part}_{y}" for y in years for part in ("code", "name")}
    return {
        "boroughs.csv": csv_bytes(boroughs[["code", "borough", "rescues", "residents", "residents_first", "label"]]),
        "boroughs_raw.csv": csv_bytes(rescues.groupby(["borough", "code"]).size().reset_index(name="rescues")),
        "people_2019.csv": csv_bytes(people[2019]),
        "people_2020.csv": csv_bytes(people[2020]),
        "council_codes.csv": csv_bytes(codes[list(columns)].rename(columns=columns).drop_duplicates()),
    }
