"""Make the lists talk: pick a list, switch on ways to match it with the register, and see who is left over."""

from __future__ import annotations

import html

import ipywidgets as widgets
import pandas as pd

from grader.kernel.interactive import Interactive, StandIn

BLUE, ORANGE, INK = "#12436D", "#F46A25", "#0b0c0c"
LEFT, WIDE = 110, 440  # where the bars start in the picture, and how long the longest one can be
LISTS = {
    "HM Land Registry": "land_registry_list",
    "GOV.UK service directory": "service_directory_list",
    "Schools": "schools_list",
    "Ordnance Survey": "ordnance_survey_list",
    "Statistics linked data": "statistics_linked_data_list",
    "Boundary Commission": "boundary_commission_list",
}
EXTRA = r"\(b\)|\b(?:(?:london|royal|metropolitan) )?boro(?:ugh)?\b(?: of)?|\b(?:city|county|district|metropolitan|council)\b(?: of)?"
MOST_SHOWN = 10


def matched_names(names, lower, extra):
    """Return a column of names as they are compared: after the switches that are on."""
    if lower:
        names = names.str.lower()
    if extra:
        names = names.str.replace(EXTRA, " ", regex=True, case=False).str.replace(r"[^\w\s]", " ", regex=True)
        names = names.str.split().str.join(" ")
    return names


def found(register, listed, codes, lower, extra, by_code):
    """Say for each council of the register whether the list has it."""
    if by_code:
        return register["code"].isin(codes)
    return matched_names(register["name"], lower, extra).isin(matched_names(listed, lower, extra))


def said(label, hits, lower, extra, by_code):
    """Say in two sentences what is compared and how many councils are found."""
    if by_code:
        how = "matched by code, so the spelling does not matter"
    else:
        on = [words for words, is_on in (("in lower case", lower), ("without extra words", extra)) if is_on]
        how = f"matched by name, {' and '.join(on) or 'as it is written'}"
    left = (~hits).sum()
    return (
        f"{label}, {how}. It has {hits.sum():,} of the register's {len(hits):,} councils, "
        f"and {left:,} {'is' if left == 1 else 'are'} left over."
    )


def picture(hits):
    """Draw 2 bars, found and left over, from 0, with the number at the end of each."""
    bars = (("Found", int(hits.sum()), BLUE), ("Left over", int((~hits).sum()), ORANGE))
    alt = f"Two bars on their side. Found: {bars[0][1]} councils; left over: {bars[1][1]}."
    drawn = "".join(
        f'<text x="{LEFT - 10}" y="{y + 25}" text-anchor="end">{name}</text>'
        f'<rect x="{LEFT}" y="{y}" width="{WIDE * count / len(hits):.1f}" height="36" fill="{colour}"/>'
        f'<text x="{LEFT + 8 + WIDE * count / len(hits):.1f}" y="{y + 25}">{count:,}</text>'
        for y, (name, count, colour) in zip((40, 90), bars, strict=True)
    )
    return (
        f'<svg role="img" aria-label="{alt}" viewBox="0 0 640 200" style="width:100%;max-width:640px" '
        f'font-family="sans-serif" font-size="16" fill="{INK}">'
        f'<text x="0" y="18" font-weight="bold">The list has {bars[0][1]:,} of the {len(hits):,} councils</text>{drawn}'
        f'<line x1="{LEFT}" y1="34" x2="{LEFT}" y2="134" stroke="{INK}"/>'
        f'<text x="0" y="164">Councils in the register that are in the list, England, 2017</text>'
        f'<text x="0" y="188">Source: GOV.UK Registers and the owner of each list</text></svg>'
    )


def numbers(hits):
    """Return the numbers in the picture as a folded table."""
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left">{name}</th><td>{count:,}</td></tr>'
        for name, count in (("Found", hits.sum()), ("Left over", (~hits).sum()))
    )
    head = '<tr><th scope="col" style="text-align:left">Councils</th><th scope="col">Number</th></tr>'
    return f"<details><summary>The numbers in this chart</summary><table>{head}{rows}</table></details>"


def make_the_lists_talk():
    """Show the list and the switches."""
    register = pd.read_csv("data/register_councils_2017.csv")
    codes = pd.read_csv("data/list_codes.csv")
    listed = {label: pd.read_csv(f"data/{name}.csv")["name"] for label, name in LISTS.items()}

    def hits_of(label, *setting):
        return found(register, listed[label], codes[codes["list"] == LISTS[label]]["code"], *setting)

    def respond(label, *setting):
        hits = hits_of(label, *setting)
        left = register[~hits]["name"].tolist()
        some = f"The first {MOST_SHOWN} left over" if len(left) > MOST_SHOWN else "Left over"
        names = html.escape(", ".join(left[:MOST_SHOWN])) or "nobody"
        return (
            f"<div><p>{html.escape(said(label, hits, *setting))}</p><p>{some}: {names}.</p>"
            f"{picture(hits)}{numbers(hits)}</div>"
        )

    controls = [
        widgets.Dropdown(options=list(LISTS), description="List"),
        *(
            widgets.Checkbox(value=False, description=name, indent=False)
            for name in ("Lower case", "Drop extra words", "Use codes")
        ),
    ]
    settings = [(False, False, False), (True, False, False), (True, True, False), (False, False, True)]
    land = "HM Land Registry"
    stand_in = StandIn(
        f"Make the lists talk: {land}, at 4 settings",
        tuple(said(land, hits_of(land, *setting), *setting) for setting in settings),
        picture(hits_of(land, True, False, False)),
    )
    return Interactive(controls, respond, stand_in)
