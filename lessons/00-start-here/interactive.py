"""The shuffled notebook: choose the order in which 3 cells run, and see what is left on the screen."""

from __future__ import annotations

import html

import ipywidgets as widgets

from grader.kernel.interactive import Interactive, StandIn

CELLS = {"A": "x = 5", "B": "x = 7", "C": "x * 2"}
ORDERS = ("ABC", "ACB", "BAC", "BCA", "CAB", "CBA", "ABCAC", "ABCA")


def name_of(order):
    """Name an order as people say it: A, then B, then C."""
    return ", then ".join(order)


def run_cells(order):
    """Say what each run does, and return those lines, x at the end, and what C last showed."""
    x, shown, lines = None, None, []
    for cell in order:
        if cell != "C":
            x = int(CELLS[cell][-1])
            lines.append(f"Cell {cell} runs {CELLS[cell]}. Now x is {x}.")
        elif x is None:
            return [*lines, "Cell C runs x * 2. Python stops: nothing is called x yet."], x, shown
        else:
            shown = x * 2
            lines.append(f"Cell C runs x * 2. It shows {shown}.")
    return lines, x, shown


def ending(order):
    """Say in one or two sentences what is on the screen at the end."""
    _, x, shown = run_cells(order)
    if shown is None:
        return "Nothing is shown under cell C. In a new kernel, this order does not get to the end."
    if shown == x * 2:
        return f"Cell C shows {shown}, and x is {x}. The screen is up to date."
    return f"Cell C still shows {shown}, but x is {x} now. That result is out of date: run again, it would be {x * 2}."


def cards(order):
    """Show the 3 cells as they stand on the page, each run as a step, and the ending."""
    style = "display:inline-block;border:1px solid #505a5f;padding:4px 10px;margin:0 8px 6px 0"
    boxes = "".join(f'<span style="{style}">Cell {cell}: <code>{text}</code></span>' for cell, text in CELLS.items())
    steps = "".join(f"<li>{html.escape(line)}</li>" for line in run_cells(order)[0])
    return f"<p>On the page:</p><p>{boxes}</p><p>What happens:</p><ol>{steps}</ol><p>{html.escape(ending(order))}</p>"


def shuffled_notebook():
    """Show the shuffled notebook."""
    order = widgets.Dropdown(options=[(name_of(order), order) for order in ORDERS], description="Order of runs")
    told = tuple(
        f"{name_of(order)}. {' '.join(run_cells(order)[0])} {ending(order)}" for order in ("ABC", "ACB", "ABCAC")
    )
    return Interactive([order], cards, StandIn("The shuffled notebook, in 3 orders", told))
