"""Pick a year: a slider, and a sentence that says how many days each division has."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from grader.kernel.interactive import Interactive, StandIn

NAMES = {"england-and-wales": "England and Wales", "scotland": "Scotland", "northern-ireland": "Northern Ireland"}


def days_in(holidays: pd.DataFrame, year: int) -> str:
    """Say in one sentence how many bank holidays each division has in a year."""
    counts = holidays[holidays["year"] == year]["division"].value_counts()
    parts = [f"{name} {counts.get(code, 0)}" for code, name in NAMES.items()]
    return f"Bank holidays in {year}: {parts[0]}, {parts[1]} and {parts[2]}."


def pick_a_year(holidays: pd.DataFrame) -> Interactive:
    """Return the slider with its sentence, and 3 sentences for where sliders do not load."""
    first, last = int(holidays["year"].min()), int(holidays["year"].max())
    slider = widgets.IntSlider(value=first, min=first, max=last, description="Year")
    settings = (first, (first + last) // 2, last)
    stand_in = StandIn("Bank holidays in 3 of the years", tuple(days_in(holidays, year) for year in settings))
    return Interactive([slider], lambda year: days_in(holidays, year), stand_in)
