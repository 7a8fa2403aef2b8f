"""Fill the blanks: choose what to do with the blanks, and see the share move inside the band of what may be true."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from grader.kernel.interactive import Interactive, StandIn

BLUE, GREY, INK = "#12436D", "#BFBFBF", "#0b0c0c"
LEFT, WIDE = 20, 560  # where 0% stands in the picture, and how far it is to 100%


def shares(ae):
    """Work out the share of visits of 4 hours or less for each choice, as sentences and numbers."""
    blank = ae["over_4_hours"].isna()
    waits, visits = ae["over_4_hours"].sum(), ae["attendances"].sum()
    unknown = ae[blank]["attendances"].sum()
    reported = 1 - waits / (visits - unknown)
    silent, told = blank.sum(), (~blank).sum()
    return {
        "Leave them out": (reported, f"This covers the {told} trusts that reported."),
        "Count them as 0": (1 - waits / visits, f"This says that nobody waited long at {silent} trusts."),
        "Use the average": (
            reported,
            f"This gives {silent} trusts the share of the others. It adds trusts, and no knowledge.",
        ),
        "Best case": (
            1 - waits / visits,
            f"This is as if no visit to the {silent} trusts took more than 4 hours. It is the same as counting blanks as 0.",
        ),
        "Worst case": (
            1 - (waits + unknown) / visits,
            f"This is as if every visit to the {silent} trusts took more than 4 hours.",
        ),
    }


def picture(share, low, high):
    """Draw one bar from 0% to 100%, with a band from the worst case to the best."""
    at = lambda value: LEFT + WIDE * value  # noqa: E731
    ticks = "".join(
        f'<line x1="{at(t / 100)}" y1="150" x2="{at(t / 100)}" y2="156" stroke="{INK}"/>'
        f'<text x="{at(t / 100)}" y="174" text-anchor="middle">{t}%</text>'
        for t in range(0, 101, 20)
    )
    alt = (
        f"One bar: {share:.1%} of visits took 4 hours or less. "
        f"A shaded band runs from {low:.1%}, the worst case, to {high:.1%}, the best case."
    )
    return (
        f'<svg role="img" aria-label="{alt}" viewBox="0 0 640 222" style="width:100%;max-width:640px" '
        f'font-family="sans-serif" font-size="16" fill="{INK}">'
        f'<text x="{LEFT}" y="18" font-weight="bold">The blanks could move the share by {100 * (high - low):.0f} points</text>'
        f'<rect x="{at(low)}" y="58" width="{WIDE * (high - low)}" height="92" fill="{GREY}"/>'
        f'<line x1="{at(low)}" y1="58" x2="{at(low)}" y2="150" stroke="{INK}" stroke-dasharray="5 4"/>'
        f'<line x1="{at(high)}" y1="58" x2="{at(high)}" y2="150" stroke="{INK}" stroke-dasharray="5 4"/>'
        f'<text x="{at(low) - 4}" y="50" text-anchor="end">worst case {low:.1%}</text>'
        f'<text x="{at(high) + 4}" y="50" text-anchor="middle">best case {high:.1%}</text>'
        f'<rect x="{LEFT}" y="80" width="{WIDE * share}" height="48" fill="{BLUE}"/>'
        f'<text x="{LEFT + 12}" y="111" font-size="20" font-weight="bold" fill="#ffffff">{share:.1%}</text>'
        f'<line x1="{LEFT}" y1="150" x2="{LEFT + WIDE}" y2="150" stroke="{INK}"/>{ticks}'
        f'<text x="{LEFT}" y="196">Share of visits that took 4 hours or less, England, September 2021</text>'
        f'<text x="{LEFT}" y="216">Source: accident and emergency waiting times, NHS England</text></svg>'
    )


def table_of_choices(found):
    """Return the number for every choice as a folded table."""
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left">{name}</th><td>{share:.1%}</td></tr>'
        for name, (share, _) in found.items()
    )
    head = '<tr><th scope="col" style="text-align:left">Choice</th><th scope="col">Share</th></tr>'
    return f"<details><summary>The numbers in this chart</summary><table>{head}{rows}</table></details>"


def fill_the_blanks():
    """Show the choice and its number."""
    found = shares(pd.read_csv("data/ae_september_2021.csv"))
    low, high = found["Worst case"][0], found["Best case"][0]

    def sentence(name):
        share, meaning = found[name]
        return (
            f"{name}: {share:.1%} of visits took 4 hours or less. {meaning} "
            f"The true share of all the trusts is between {low:.1%} and {high:.1%}."
        )

    def respond(name):
        return f"<div><p>{sentence(name)}</p>{picture(found[name][0], low, high)}{table_of_choices(found)}</div>"

    what = widgets.Dropdown(options=list(found), description="Blanks")
    stand_in = StandIn(
        "Fill the blanks, in 3 ways",
        tuple(sentence(name) for name in ("Leave them out", "Count them as 0", "Worst case")),
        picture(found["Leave them out"][0], low, high),
    )
    return Interactive([what], respond, stand_in)
