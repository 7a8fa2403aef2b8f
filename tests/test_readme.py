"""The figures and names that the README states are those of the files it points to."""

from __future__ import annotations

import json
import re
from pathlib import Path

from grader.cli import commands

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_speed_is_the_one_that_was_measured() -> None:
    """How many times faster than nbgrader, for each way of marking, is what the bench file says, rounded."""
    rows = json.loads((ROOT / "grader" / "bench" / "marking.json").read_text(encoding="utf-8"))["rows"]
    measured = {row["engine"]: row.get("times less wall") for row in rows if row["submissions"] == 96}
    compat, apart = re.findall(r"(\d+) times", README)

    assert {"ours, --compat", "ours"} == set(measured)
    assert (int(compat), int(apart)) == (round(measured["ours, --compat"]), round(measured["ours"]))


def test_every_command_and_page_it_names_is_there() -> None:
    """Each `club` command in the README exists, and each file it links to."""
    there = {name for section in commands().values() for name in section}
    named = set(re.findall(r"\./club ([a-z]+)", README))
    pages = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]

    assert named and named <= there
    assert pages and [] == [page for page in pages if not (ROOT / page).exists()]
