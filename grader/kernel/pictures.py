"""Words for the charts that code draws, for people who do not see them."""

from __future__ import annotations

import html
from typing import Any

from grader.checks.snapshot import Bar, Drawn
from grader.kernel.drawing import describe


def give_words(shell: Any) -> None:
    """Show the shell's figures as pictures with a text alternative: JupyterLab gives a bare picture none.

    Call it when there is a figure: as matplotlib starts, it clears what the shell knew of showing figures.
    """
    shell.display_formatter.formatters["text/html"].for_type_by_name("matplotlib.figure", "Figure", _picture)


def _picture(figure: Any) -> str | None:
    from IPython.core.pylabtools import print_figure  # only where something is drawn

    png = print_figure(figure, fmt="png", base64=True)  # type: ignore[no-untyped-call]
    if png is None:
        return None
    words = " ".join(map(in_words, describe(figure))) or "An empty chart."
    return f'<img alt="{html.escape(words)}" style="max-width:100%" src="data:image/png;base64,{png.strip()}">'


def in_words(drawn: Drawn) -> str:
    """Say what a chart shows: its kind, its title, and where it is highest and lowest."""
    title = f" with the title: {drawn.title}." if drawn.title else "."
    if drawn.bars:
        kind = "Histogram" if drawn.touching else "Bar chart"
        most = max(drawn.bars, key=lambda bar: bar.length)
        least = min(drawn.bars, key=lambda bar: bar.length)
        ends = f" The longest is {_name(most)}, {_number(most.length)}. The shortest is {_name(least)}, {_number(least.length)}."
        return f"{kind} of {len(drawn.bars)} bars{title}{ends}"
    if drawn.lines:
        line = drawn.lines[0]
        return f"Line chart{title} It goes from {_number(line.y[0])} to {_number(line.y[-1])}."
    return f"Chart of {len(drawn.points)} points{title}"


def _name(bar: Bar) -> str:
    return bar.label or f"at {_number(bar.place)}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
