"""What many tests share: a home of their own, a browser, and a summary that says what could not be tested."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_helpers import NO_BROWSER, NoBrowser, closed_page, start
from playwright.sync_api import sync_playwright
from site_pages import REPOSITORY

from grader.data.recipes import default_raw

ROOT = Path(__file__).resolve().parents[1]
NO_RECIPES = "recipes not checked"
# a reason to skip -> the variable that forbids it
REQUIRED = {NO_BROWSER: "FOOTHILLS_REQUIRE_BROWSER", NO_RECIPES: "FOOTHILLS_REQUIRE_RECIPES"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a home folder of its own, also to the programs that it starts."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith(("JUPYTER", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


@pytest.fixture(scope="session")
def raw() -> Path:
    """Give the folder of raw data that the recipes start from, or skip where it is not kept."""
    folder = default_raw()
    if not folder.is_dir():
        pytest.skip(NO_RECIPES)
    return folder


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Give the ignored folder for screenshots."""
    folder = ROOT / "tests" / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Start a headless Chromium, or skip where there is none."""
    with sync_playwright() as playwright:
        try:
            started = start(playwright)
        except NoBrowser as problem:
            pytest.skip(str(problem))
        yield started
        started.close()


@pytest.fixture
def page(browser) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """Open a browser page that has no way out to the internet; what it asked for is in `page.outside`."""
    with closed_page(browser) as tab:
        yield tab


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the programme's pages, once, with the command."""
    folder = tmp_path_factory.mktemp("site") / "pages"
    command = [Path(sys.executable).with_name("club"), "site", "--to", folder, "--repository", REPOSITORY]
    subprocess.run(command, check=True, cwd=folder.parent)
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of one group on one worker.

    xdist 3.8 names the group in the test's id in a way that pytest 9.2 no longer takes, and then groups nothing, without
    a word (https://github.com/pytest-dev/pytest-xdist/issues/1386).
    """
    for item in items if config.getoption("loadgroup", False) else []:
        groups = sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")})
        if groups and "@" not in item.nodeid:
            item._id = type(item._id).parse(f"{item.nodeid}@{'_'.join(groups)}")  # type: ignore[attr-defined]


def left_out(reporter: pytest.TerminalReporter) -> dict[str, int]:
    """Count the tests that were skipped for want of something, by what was wanting."""
    reasons = [str(report.longrepr) for report in reporter.stats.get("skipped", [])]
    counts = {known: sum(known in reason for reason in reasons) for known in REQUIRED}
    return {known: count for known, count in counts.items() if count}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Refuse a run that left out what it was told to hold."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and any(os.environ.get(REQUIRED[known]) for known in left_out(reporter)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what could not be tested here."""
    for known, count in left_out(terminalreporter).items():
        required = f", and {REQUIRED[known]} asks for them" if os.environ.get(REQUIRED[known]) else ""
        terminalreporter.write_line(f"{known} ({count} left out{required})", yellow=True)
