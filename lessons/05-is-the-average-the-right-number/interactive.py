"""Bins and bullies: one slider sets the width of the bins, one changes the largest payment; two lines mark the averages."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from grader.kernel.interactive import Interactive, StandIn

BLUE, ORANGE, INK = "#12436D", "#F46A25", "#0b0c0c"
EDGE = 1_000_000  # the picture stops here; larger payments are counted in words
LEFT, WIDE, FOOT, HIGH = 60, 560, 250, 170


def shape(amounts, width):
    """Count the payments in each bin from 0 to the edge of the picture."""
    shown = amounts[amounts < EDGE]
    return [int(((shown >= low) & (shown < low + width)).sum()) for low in range(0, EDGE, width)]


def picture(amounts, width):
    """Draw the bins with a line for the mean and one for the median."""
    counts, mean, median = shape(amounts, width), amounts.mean(), amounts.median()
    beyond = int((amounts >= EDGE).sum())
    top = next(step for step in (100, 200, 400, 600, 900) if step >= max(counts))
    at = lambda value: LEFT + WIDE * value / EDGE  # noqa: E731
    bars = "".join(
        f'<rect x="{at(place * width):.1f}" y="{FOOT - HIGH * count / top:.1f}" width="{WIDE * min(width, EDGE - place * width) / EDGE:.1f}" '
        f'height="{HIGH * count / top:.1f}" fill="{BLUE}" stroke="#ffffff" stroke-width="0.5"/>'
        for place, count in enumerate(counts)
    )
    across = "".join(
        f'<text x="{at(tick)}" y="{FOOT + 20}" text-anchor="middle">£{tick:,}</text>'
        for tick in range(0, EDGE + 1, 250_000)
    )
    up = "".join(
        f'<text x="{LEFT - 8}" y="{FOOT - HIGH * tick / top + 5:.1f}" text-anchor="end">{tick:.0f}</text>'
        for tick in (0, top / 2, top)
    )
    lines = "".join(
        f'<line x1="{at(value):.1f}" y1="{y}" x2="{at(value):.1f}" y2="{FOOT}" stroke="{ORANGE}" stroke-width="4" stroke-dasharray="{dash}"/>'
        f'<text x="{at(value) + 8:.1f}" y="{y + 14}">{name} £{value:,.0f}</text>'
        for name, value, y, dash in (
            ("median", median, 32, "none"),
            ("mean", mean, 54, "8 5"),
        )
    )
    alt = f"Bins of £{width:,} up to £1 million, tallest on the left. The median line is at £{median:,.0f}, the mean line at £{mean:,.0f}."
    return (
        f'<svg role="img" aria-label="{alt}" viewBox="0 0 660 330" style="width:100%;max-width:660px" '
        f'font-family="sans-serif" font-size="16" fill="{INK}">'
        f'<text x="0" y="18" font-weight="bold">Most payments are far smaller than the mean</text>{bars}{lines}'
        f'<line x1="{LEFT}" y1="{FOOT}" x2="{LEFT + WIDE}" y2="{FOOT}" stroke="{INK}"/>{across}{up}'
        f'<text x="0" y="292">Number of payments by size. {beyond} of £1 million or more are not drawn.</text>'
        f'<text x="0" y="314">Source: Cabinet Office payments over £25,000, March 2021</text></svg>'
    )


def table_of_bins(amounts, width):
    """Return the number of payments in each bin as a folded table."""
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left">£{place * width:,} to under £{min((place + 1) * width, EDGE):,}</th><td>{count}</td></tr>'
        for place, count in enumerate(shape(amounts, width))
    )
    head = '<tr><th scope="col" style="text-align:left">Size</th><th scope="col">Payments</th></tr>'
    return f"<details><summary>The numbers in this chart</summary><table>{head}{rows}</table></details>"


def bins_and_bullies():
    """Show the two sliders."""
    amounts = pd.read_csv("data/cabinet_office_march_2021.csv")["amount"]
    largest, as_paid = amounts.idxmax(), round(amounts.max() / 1_000_000)

    def changed(millions):
        made = amounts.copy()
        made[largest] = amounts.max() if millions == as_paid else millions * 1_000_000
        return made

    def sentence(width, millions):
        now = changed(millions)
        counts = shape(now, width * 1_000)
        return (
            f"In bins of £{width * 1_000:,}, the tallest bar holds {max(counts)} of {len(now)} payments. "
            f"With the largest payment at £{millions} million, the mean is £{now.mean():,.0f} and the median is £{now.median():,.0f}."
        )

    def respond(width, millions):
        now = changed(millions)
        return f"<div><p>{sentence(width, millions)}</p>{picture(now, width * 1_000)}{table_of_bins(now, width * 1_000)}</div>"

    first = (20, as_paid)
    width = widgets.SelectionSlider(
        options=[(f"£{step},000", step) for step in (10, 20, 50, 100, 200, 250, 500)],
        value=first[0],
        description="Bin width",
    )
    bully = widgets.IntSlider(value=first[1], min=1, max=50, description="Largest payment, £ million")
    settings = [first, (first[0], 50), (500, first[1])]
    stand_in = StandIn(
        "Bins and bullies, at 3 settings",
        tuple(sentence(*setting) for setting in settings),
        picture(changed(first[1]), first[0] * 1_000),
    )
    return Interactive([width, bully], respond, stand_in)
