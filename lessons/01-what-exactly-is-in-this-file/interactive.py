"""The row reader: a slider picks a row and reads it as a sentence; a list switches to another file."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from grader.kernel.interactive import Interactive, StandIn

ROAD_WORDS = {
    "Pedestrian": "on foot",
    "Pedal Cycle": "on a pedal cycle",
    "Powered 2 Wheeler": "on a motorbike or moped",
    "Goods Vehicle": "in a goods vehicle",
    "Taxi or private hire": "in a taxi or private hire car",
    "Bus or Coach": "on a bus or coach",
    "Tram": "on a tram",
    "Car": "in a car",
}


def read_rescue(row):
    """Read one row of the rescues file as sentences."""
    moment = pd.to_datetime(row["call_time"], dayfirst=True)
    clock = f"{moment:%I:%M%p}".lower().lstrip("0")
    kind = row["animal"]
    animal = f"an animal filed as {kind}" if kind.startswith("Unknown") else f"a {kind.lower()}"
    place = "at a place that was left blank" if pd.isna(row["borough"]) else f"in {row['borough']}"
    said = f"At {clock} on {moment.day} {moment:%B %Y} a crew went to {animal} {place}."
    if pd.isna(row["hours"]):
        return f"{said} The hours and the cost were left blank."
    hours = "1 fire engine hour" if row["hours"] == 1 else f"{row['hours']:.0f} fire engine hours"
    return f"{said} It took {hours}. The notional cost was £{row['cost']:,.0f}."


def read_casualty(row):
    """Read one row of the road file as sentences, leaving out age and sex."""
    day = pd.to_datetime(row["date"])
    travelled = ROAD_WORDS.get(row["mode"], "in another kind of vehicle")
    people = "1 person was" if row["number_casualties"] == 1 else f"{row['number_casualties']} people were"
    return (
        f"On {day.day} {day:%B %Y} someone {travelled} was hurt in {row['area']}. "
        f"The injury was recorded as {row['severity'].lower()}. In that crash {people} hurt."
    )


def row_reader():
    """Show the row reader."""
    files = {
        "Animal rescues": (pd.read_csv("data/animal_rescues.csv"), read_rescue),
        "Road casualties": (pd.read_csv("data/road_casualties.csv"), read_casualty),
    }
    which = widgets.Dropdown(options=list(files), description="File")
    number = widgets.IntSlider(value=1, min=1, max=len(files["Animal rescues"][0]), description="Row number")

    def respond(name, place):
        table, read = files[name]
        place = min(place, len(table))
        return f"Row {place:,} of {len(table):,} in {name}. {read(table.iloc[place - 1])}"

    def resize(_):
        number.max = len(files[which.value][0])

    which.observe(resize, names="value")
    fox_and_cat = int((files["Animal rescues"][0]["call_time"] == "01/08/2009 08:56").argmax()) + 1
    settings = [("Animal rescues", 1), ("Animal rescues", fox_and_cat), ("Road casualties", 3)]
    stand_in = StandIn("The row reader, at 3 settings", tuple(respond(*setting) for setting in settings))
    return Interactive([which, number], respond, stand_in)
