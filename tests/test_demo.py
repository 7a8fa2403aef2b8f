"""`club demo`: somebody deciding whether to start a club sees a whole week."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser_helpers import violations
from club_room import Facilitator, tree

pytestmark = pytest.mark.xdist_group("club-demo")


@pytest.mark.browser
def test_the_demo_ends_with_a_report_that_anybody_can_read(tmp_path: Path, page) -> None:  # type: ignore[no-untyped-def]
    """The last line is the path of a page with right, missed, late and broken work of 20 people, and no names.

    Every page of it, those for the room alone too, fits a narrow window, and axe finds nothing on it.
    """
    club = Facilitator(tmp_path / "home")
    said = club("demo", "--to", tmp_path / "demo")
    report = Path(said.out.rstrip().splitlines()[-1])
    text = report.read_text("utf-8")

    assert (0, "") == (said.code, said.err)
    for word in ("Made for 20 people", "late by", "needs a look", "--assign", "1 receipt", "20 people"):
        assert word in said.out
    assert "ruiz" not in text.casefold() and "Answers nobody has described yet" in text
    assert not [name for name in tree(club.home) if "settings.json" in name], "the course used last stays as it was"
    course = ("--course", report.parents[1])
    assert 0 == club("report", 1, "--in-room", *course).code and 0 == club("report", "--in-room", *course).code
    for path in (*report.parent.glob("*.html"), next((tmp_path / "demo").rglob("feedback/**/*.html"))):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [] == violations(page)
    assert [] == page.outside


def test_the_chart_says_what_it_shows(tmp_path: Path) -> None:
    """A chart has its words as alt text and caption, and its numbers as a folded table."""
    from grader.report.chart import Bar, figure

    made = figure(
        "People by score", "Bar chart of scores.", ("Score", "People"), [Bar("0 to 4", 6, "6"), Bar("5", 9, "9")]
    )

    assert 2 == made.count("Bar chart of scores.")
    assert ["6", "9"] == re.findall(r"<td>(\d+)</td>", made) and "<details>" in made
