"""Out of what? Choose the number to divide by, hide boroughs with few rescues, and see who comes first."""

from __future__ import annotations

import html

import ipywidgets as widgets
import pandas as pd
from matplotlib.figure import Figure

from grader.kernel.chart import BLUE, ORANGE, finished
from grader.kernel.interactive import Interactive, StandIn

BOTTOMS = {
    "nothing": "",
    "residents, first estimate": "residents_first",
    "residents after the Census": "residents",
}
SOURCE = "Source: London Fire Brigade, rescues from January 2009 to May 2021; Office for National Statistics, mid-2020."
CITY = "City of London"


def place(number):
    """Say a place in a list: 1st, 2nd, 33rd."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def ranked(table, bottom, least):
    """Return the boroughs with at least `least` rescues: their value, their place by count and by value."""
    shown = table[table["rescues"] >= least].copy()
    column = BOTTOMS[bottom]
    shown["value"] = shown["rescues"] / shown[column] * 100000 if column else shown["rescues"]
    shown["by_count"] = shown["rescues"].rank(ascending=False, method="min").astype(int)
    shown["by_value"] = shown["value"].rank(ascending=False, method="min").astype(int)
    return shown.sort_values("value", ascending=False)


def about(shown, name):
    """Say where one borough stands."""
    rows = shown[shown["borough"] == name]
    if not len(rows):
        return f"{name} is hidden: it has too few rescues."
    row = rows.iloc[0]
    return f"{name} is {place(row['by_count'])} by count and {place(row['by_value'])} by rate."


def sentence(table, bottom, least, area):
    """Say who comes first, what moved, and where the learner's area stands."""
    shown = ranked(table, bottom, least)
    first = shown.iloc[0]
    if not BOTTOMS[bottom]:
        mine = shown[shown["borough"] == area]
        stands = f"{area} is {place(mine.iloc[0]['by_count'])}." if len(mine) else about(shown, area)
        return f"By count, {first['borough']} comes first of {len(shown)} boroughs with {first['rescues']} rescues. {stands}"
    moved = shown.loc[(shown["by_count"] - shown["by_value"]).abs().idxmax(), "borough"]
    told = " ".join(about(shown, name) for name in dict.fromkeys((moved, area)))
    return (
        f"Out of {bottom}, {first['borough']} comes first of {len(shown)} boroughs with {first['value']:.1f} rescues "
        f"for each 100,000. The biggest move: {told}"
    )


def picture(table, bottom, least, area):
    """Draw the top 10 as bars from 0, with the area's own bar hatched and named."""
    top = ranked(table, bottom, least).head(10).iloc[::-1]
    labels = [f"{row.label}, your area" if row.borough == area else row.label for row in top.itertuples()]
    figure = Figure(figsize=(6.2, 5), layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(labels, top["value"], color=BLUE)
    for bar, name in zip(bars, top["borough"], strict=True):
        if name == area:
            bar.set(facecolor=ORANGE, hatch="//", edgecolor="#0b0c0c")
    first = top.iloc[-1]["borough"]
    measure = "rescues for each 100,000 residents" if BOTTOMS[bottom] else "rescues"
    title = f"{first} has the highest rate" if BOTTOMS[bottom] else f"{first} has the most rescues"
    figure.suptitle(title, x=0.01, horizontalalignment="left", fontsize=15)
    axes.set_xlabel(f"{measure.capitalize()},\nLondon, January 2009 to May 2021", fontsize=13)
    axes.tick_params(labelsize=13)
    axes.set_xlim(left=0)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    numbers = top.iloc[::-1][["borough", "rescues", "value"]].round(1)
    numbers.columns = ["Borough", "Rescues", "In the chart"]
    alt = f"Bars of the 10 boroughs of London with the most {measure}, from {first} to {top.iloc[0]['borough']}."
    return finished(figure, alt, SOURCE, numbers)._repr_html_()


def out_of_what():
    """Show the ranking, with what to divide by, how few is too few, and an area of one's own."""
    table = pd.read_csv("data/boroughs.csv")
    bottom = widgets.Dropdown(options=list(BOTTOMS), description="Out of")
    least = widgets.IntSlider(value=0, min=0, max=250, description="Fewest rescues shown")
    area = widgets.Dropdown(options=list(table["borough"]), value="Camden", description="Your area")

    def respond(*settings):
        return f"<p>{html.escape(sentence(table, *settings))}</p>{picture(table, *settings)}"

    settings = [
        ("nothing", 0, "Camden"),
        ("residents after the Census", 0, "Camden"),
        ("residents after the Census", 100, "Camden"),
    ]
    drawn = picture(table, "residents after the Census", 0, "Camden")
    stand_in = StandIn("Out of what, at 3 settings", tuple(sentence(table, *setting) for setting in settings), drawn)
    return Interactive([bottom, least, area], respond, stand_in)
