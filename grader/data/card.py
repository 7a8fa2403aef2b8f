"""The data card: what a reader should know before the first sum."""

from __future__ import annotations

from grader.data.package import Package


def markdown(package: Package) -> str:
    """Write the card of a package as Markdown, short enough for one screen."""
    lines = [
        package.title,
        "",
        package.description,
        "",
        f"- One row is: {package.row}",
        f"- Who made it: [{package.publisher}]({package.homepage})",
        f"- When: {package.period}",
        f"- Where: {package.place}",
        f"- What is left out: {' '.join(package.left_out)}",
        f"- What we changed: {' '.join(package.changes)}",
        f"- Licence: [{package.licence.title}]({package.licence.url}). {package.attribution}",
    ]
    return "\n".join(lines) + "\n"
