"""Recipe: small counts from the Census, with letters in place of the groups they count."""

from pathlib import Path

import pandas as pd

from grader.data.tidy import csv_bytes, read_text


def prepare(raw: Path) -> dict[str, bytes]:
    """Keep the area and the count; a letter stands for each answer, so that nobody reads the answer itself."""
    found = read_text(raw / "census2021-small-counts" / "2021_population_religion_oa_trafford.csv")
    numbers, _ = pd.factorize(found["religion"])
    letters = [chr(ord("A") + number) for number in numbers]
    table = pd.DataFrame({"area": found["area_code"], "group": letters, "count": found["value"]})
    return {"census_small_areas.csv": csv_bytes(table)}
