"""How many suppliers: four switches, each tidying the names in one more way, and the names that became one."""

from __future__ import annotations

import html

import ipywidgets as widgets
import pandas as pd

from grader.kernel.interactive import Interactive, StandIn

SWITCHES = ("Trim spaces", "Lower case", "Drop punctuation", "Drop Ltd and Limited")
MOST_SHOWN = 20


def tidied(names, trim, lower, punctuation, limited):
    """Return a column of names after the switches that are on."""
    if trim:
        names = names.str.strip()
    if lower:
        names = names.str.lower()
    if punctuation:
        names = names.str.replace(r"[^\w\s]", "", regex=True).str.split().str.join(" ")
    if limited:
        names = names.str.replace(r"\b(?:ltd|limited)\b", "", regex=True, case=False).str.split().str.join(" ")
    return names


def joined(names, before, after):
    """Return the groups of spellings that are one name after, and were several before; the biggest first."""
    was, now = tidied(names, *before), tidied(names, *after)
    groups = [sorted(names[now == name]) for name in now[now.duplicated()].unique() if was[now == name].nunique() > 1]
    return sorted(groups, key=lambda group: (-len(group), group))


def said(names, setting):
    """Say in two sentences which switches are on, and how many names that leaves."""
    on = [name for name, is_on in zip(SWITCHES, setting, strict=True) if is_on]
    count = tidied(names, *setting).nunique()
    if not on:
        return f"All 4 switches are off. The file has {count:,} different supplier names."
    gone = names.nunique() - count
    fewer = f"{gone:,} fewer than at the start" if gone else "as many as at the start"
    return f"Switched on: {', '.join(on)}. The file has {count:,} different supplier names, {fewer}."


def readable(name):
    """Return a name with a question mark for each character that a screen cannot show."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def how_many_suppliers():
    """Show the switches."""
    names = pd.Series(pd.read_csv("data/cabinet_office_spending.csv")["supplier"].dropna().unique())
    switches = [widgets.Checkbox(value=False, description=name, indent=False) for name in SWITCHES]
    last = {"setting": (False,) * len(SWITCHES)}

    def respond(*setting):
        groups = joined(names, last["setting"], setting)
        last["setting"] = setting
        first = f"<p>{html.escape(said(names, setting))}</p>"
        if not groups:
            return first
        lines = (" | ".join(readable(name) for name in group) for group in groups[:MOST_SHOWN])
        shown = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        some = f" ({MOST_SHOWN} of {len(groups):,} groups)" if len(groups) > MOST_SHOWN else ""
        return f"{first}<p>Each of these lines has become one name{some}:</p><ul>{shown}</ul>"

    settings = [(False,) * 4, (True, True, False, False), (True, True, True, False), (True, True, True, True)]
    stand_in = StandIn("How many suppliers, at 4 settings", tuple(said(names, setting) for setting in settings))
    return Interactive(switches, respond, stand_in)
