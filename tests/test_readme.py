"""The figures and names that the README states are those of the files it points to."""

from __future__ import annotations

import json
import re
from pathlib import Path

from grader.bench import engines, results
from grader.cli import commands

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_speed_is_made_from_the_file() -> None:
    """The table is the one that `club bench --table` shows, and the file has each engine and the machine's name."""
    found = json.loads((ROOT / "grader" / "bench" / "marking.json").read_text(encoding="utf-8"))

    assert results.summary(found) in README
    assert {engines.STOCK, engines.SPLIT, engines.COMPAT, engines.OTTER} == {
        row["engine"] for row in found["rows"]
    } and found["machine"]


def test_every_command_and_page_it_names_is_there() -> None:
    """Each `club` command in the README exists, and each file it links to."""
    there = {name for section in commands().values() for name in section}
    named = set(re.findall(r"\./club ([a-z]+)", README))
    pages = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]

    assert named and named <= there
    assert pages and [] == [page for page in pages if not (ROOT / page).exists()]


def test_every_module_on_the_map_of_the_code_is_there() -> None:
    """Each module and folder that grader/README.md names is in the package, its tests or the lessons."""
    text = (ROOT / "grader" / "README.md").read_text(encoding="utf-8")
    places = [ROOT / "grader", ROOT / "tests", ROOT / "lessons"]
    named = set(re.findall(r"`([\w/*]+(?:\.py|/))`", text))

    assert named and [] == [
        name
        for name in named
        if not any(True for place in places for _ in place.rglob(name.rstrip("/"))) and not list(ROOT.glob(name))
    ]
