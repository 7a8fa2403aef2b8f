"""Recipe: how deprived each English council is, and how many years people there live in good health."""

from pathlib import Path

from grader.data.tidy import csv_bytes, read_text

LATEST = "2022-01-01/P3Y"


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep one score for each council and one figure for men and women in each area."""
    scores = read_text(raw / "indices-of-deprivation" / "indices_of_deprivation_2025_lad.csv")
    scores = scores[scores["index_domain"] == "Index of Multiple Deprivation"]
    scores = scores[["area_code", "area_name", "average_score"]].set_axis(["code", "name", "deprivation"], axis=1)

    lives = read_text(raw / "ons-local-indicators" / "healthy-life-expectancy.csv")
    lives = lives[(lives["period"] == LATEST) & lives["areacd"].str.match("E0[689]|E10")]
    lives = lives.assign(
        who=lives["indicator"].map(
            {
                "Male healthy life expectancy": "healthy_life_men",
                "Female healthy life expectancy": "healthy_life_women",
            }
        )
    )
    wide = lives.pivot(index=["areacd", "areanm"], columns="who", values="observation").reset_index()
    wide = wide[["areacd", "areanm", "healthy_life_men", "healthy_life_women"]]
    return {
        "deprivation_2025.csv": csv_bytes(scores.sort_values("code")),
        "healthy_life.csv": csv_bytes(wide.rename(columns={"areacd": "code", "areanm": "name"})),
    }
