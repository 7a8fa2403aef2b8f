"""The programme's pages in a browser: served from anywhere, at any width, by keyboard, with nothing from outside."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from browser_helpers import violations
from playwright.sync_api import expect
from site_pages import LESSONS, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
NARROW, ZOOMED = 320, 640  # a window 1280 wide has room for 640 at 200%


class Quiet(SimpleHTTPRequestHandler):
    """Python's own web server, without its log."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(pages: Path) -> Iterator[str]:
    """Serve the pages on this machine, in a folder below the server's own, as a share would."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(pages.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{pages.name}/"
    server.shutdown()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_whole(page: Any, address: str, name: str, artefacts: Path) -> None:
    """axe-core finds nothing on the page, everything it asks for is there, and nothing is asked for elsewhere."""
    missing: list[str] = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    page.goto(address + name)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.screenshot(path=artefacts / f"site-{Path(name).stem}.png", full_page=True)

    assert [] == violations(page)
    assert [] == page.outside + missing


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(page: Any, address: str, name: str, artefacts: Path) -> None:
    """On a narrow screen, and at 200%, the words fit; only a wide table scrolls, in a box that a keyboard reaches."""
    page.goto(address + name)
    for width in (NARROW, ZOOMED):
        page.set_viewport_size({"width": width, "height": 450})
        page.screenshot(path=artefacts / f"site-{Path(name).stem}-{width}.png", full_page=width == NARROW)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        cut = page.evaluate(
            """[...document.querySelectorAll("main *")].filter(one => one.scrollWidth > one.clientWidth + 1
                && getComputedStyle(one).overflowX !== "visible" && one.tabIndex < 0).map(one => one.outerHTML)"""
        )

        assert (0, []) == (over, cut)


def test_the_first_key_offers_a_way_past_the_top(page: Any, address: str) -> None:
    """The first press of Tab shows a link past the top of the page, and it takes the focus to the main part."""
    page.goto(f"{address}{LESSONS[0]}.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")

    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("name", ["index.html", f"{LESSONS[-1]}.html"])
def test_a_keyboard_reaches_everything_in_order(page: Any, address: str, name: str) -> None:
    """Tab goes through every link, button and scrolling table in the order of the page, and each shows the focus."""
    page.goto(address + name)
    stops = page.locator("a[href], button, summary, [tabindex='0']").filter(visible=True)
    for place in range(stops.count()):
        page.keyboard.press("Tab")

        expect(stops.nth(place)).to_be_focused()
        expect(stops.nth(place)).to_have_css("outline-width", "3px")


def test_from_the_front_page_to_a_lesson_and_back(page: Any, address: str) -> None:
    """By keyboard alone one goes from the front page into the first lesson and back to all lessons."""
    page.goto(f"{address}index.html")
    page.get_by_role("link", name="Start here").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{LESSONS[0]}.html")
    page.get_by_role("navigation", name="Where you are").get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#h-lessons")
