"""A chart with a text alternative: the picture as SVG, its words as alt text and caption, its numbers folded."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass
from typing import Any

BLUE, ORANGE, GREY = "#12436D", "#F46A25", "#BFBFBF"
PALETTE = [BLUE, ORANGE, "#28A197", "#801650"]  # the first 2 are the pair for charts of 2 colours
STYLE = {  # the Analysis Function's guidance on charts, and on colours in charts
    "axes.prop_cycle": f"cycler(color={PALETTE})",
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 14,
    "font.size": 12,
}


@dataclass(frozen=True)
class Chart:
    """A finished chart. `alt` says in at most 2 sentences what it shows; `source` names who published the data."""

    svg: bytes
    alt: str
    source: str = ""
    numbers: str = ""

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.svg).decode("ascii")
        caption = html.escape(" ".join(part for part in (self.alt, self.source) if part))
        folded = (
            f"<details><summary>The numbers in this chart</summary>{self.numbers}</details>" if self.numbers else ""
        )
        return (
            f'<figure style="margin:0;max-width:44em;background:#ffffff;color:#0b0c0c">'
            f'<img alt="{html.escape(self.alt)}" style="max-width:100%" src="data:image/svg+xml;base64,{picture}">'
            f"<figcaption>{caption}</figcaption>{folded}</figure>"
        )

    def __repr__(self) -> str:
        return self.alt


def set_style() -> None:
    """Let every chart that is drawn from now on have the Analysis Function's colours, and text of 12 points or more."""
    from matplotlib import style  # only where something is drawn

    style.use(STYLE)


def finished(figure: Any, alt: str, source: str = "", table: Any = None) -> Chart:
    """Return a matplotlib figure as a `Chart` and close it; `table` (a DataFrame) gives the folded numbers."""
    import matplotlib.pyplot as plt  # only where something is drawn

    content = io.BytesIO()
    figure.savefig(content, format="svg", bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)
    numbers = "" if table is None else table.to_html(index=False, border=0, justify="left")
    return Chart(content.getvalue(), alt, source, numbers)
