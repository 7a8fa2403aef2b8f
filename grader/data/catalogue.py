"""The catalogue: a table of all data sets in `datasets/README.md`, made from the packages."""

from __future__ import annotations

from pathlib import Path

from grader.data.package import ROOT, Package, load, names
from grader.errors import GraderError

FILE = "README.md"
START = "<!-- catalogue: made by `club data catalogue`; change the packages, not the lines below -->"
END = "<!-- end of catalogue -->"


def text(root: Path | None = None) -> str:
    """Write the catalogue's table and the attribution of each data set."""
    packages = [load(name, root) for name in names(root)]
    lines = [
        "| data set | what one row is | rows | period | lessons | licence |",
        "| --- | --- | ---: | --- | --- | --- |",
    ]
    lines += [_line(package) for package in packages]
    lines += ["", "Attribution, as each licence asks:", ""]
    lines += [f"- {package.title}: {package.attribution}" for package in packages]
    return "\n".join(lines) + "\n"


def current(root: Path | None = None) -> str:
    """Give the page as it should be, with the table brought up to date."""
    path = (root or ROOT) / FILE
    page = path.read_text(encoding="utf-8") if path.is_file() else ""
    if START not in page or END not in page:
        raise GraderError(
            "The page has no place for the catalogue.", where=str(path), todo=f"Add these two lines: {START} and {END}"
        )
    before, _, rest = page.partition(START)
    return f"{before}{START}\n\n{text(root)}\n{END}{rest.partition(END)[2]}"


def update(root: Path | None = None) -> bool:
    """Write the catalogue; say whether it changed."""
    path = (root or ROOT) / FILE
    page = current(root)
    changed = path.read_text(encoding="utf-8") != page
    if changed:
        path.write_text(page, encoding="utf-8", newline="\n")
    return changed


def _line(package: Package) -> str:
    cells = [
        f"[{package.name}]({package.name}/datapackage.json): {package.title}",
        package.row,
        f"{package.resource().rows:,}",
        package.period,
        ", ".join(map(str, package.lessons)) or "spare",
        f"[{package.licence.title}]({package.licence.url})",
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
