"""A headless Chromium with no way out, and a notebook in JupyterLab that is worked as a person works it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Locator, Page, Playwright, Response, expect, sync_playwright

from grader.cli.tests import chromium
from grader.lesson.notebook import release_notebook
from grader.lesson.read import Lesson

NO_BROWSER = "browser tests not run"
PATIENCE = 120_000  # milliseconds that a slow machine with much else to do may take for one thing
expect.set_options(timeout=PATIENCE)
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCAL = ("http://127.0.0.1", "http://localhost", "data:", "blob:", "file:")
# The cells of the notebook in front: others may be open behind it.
CELLS = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell"
# What is ours in a running lesson: its text, and what its cells show. The rest of the page is JupyterLab's.
# ipywidgets gives a slider's handle no name; the box beside it has one (see grader/kernel/interactive.py).
IPYWIDGETS = ".noUi-handle"
OURS = ".jp-Notebook .jp-RenderedMarkdown, .jp-Notebook .jp-OutputArea-output"


class NoBrowser(Exception):
    """There is no Chromium here, or it does not start."""


def start(playwright: Playwright) -> Browser:
    """Start Chromium: the machine's own, else Playwright's."""
    path = chromium() or playwright.chromium.executable_path
    if not Path(path).exists():
        raise NoBrowser(NO_BROWSER)
    try:
        return playwright.chromium.launch(executable_path=path, args=OPTIONS)
    except Error as problem:
        raise NoBrowser(f"{NO_BROWSER}: {problem}") from problem


@contextmanager
def closed_page(browser: Browser, **options: Any) -> Iterator[Any]:
    """Open a page that cannot leave this machine; what it asked for elsewhere is in `page.outside`."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE)
    tab: Any = context.new_page()
    tab.outside = []

    def local_only(route: Any) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            tab.outside.append(route.request.url)
            route.abort()

    context.route("**/*", local_only)
    try:
        yield tab
    finally:
        context.close()


@contextmanager
def chromium_page() -> Iterator[Any]:
    """Open a page in a Chromium of its own."""
    with sync_playwright() as playwright:
        browser = start(playwright)
        with closed_page(browser) as page:
            yield page
        browser.close()


class Lab:
    """A lesson in JupyterLab, its cells named as in its notebook."""

    def __init__(self, page: Page, lesson: Lesson) -> None:
        self.page, self.lesson = page, lesson

    @cached_property
    def names(self) -> list[str]:
        """The names of the cells, in order."""
        return [cell["id"] for cell in release_notebook(self.lesson)["cells"]]

    def ready(self) -> None:
        """Wait until every cell is there and the kernel takes work: JupyterLab drops a run that is asked for before."""
        expect(self.page.locator(CELLS)).to_have_count(len(self.names))
        expect(self.page.get_by_text(re.compile(r"Python 3.* \| Idle"))).to_be_visible()

    def cell(self, name: str) -> Locator:
        """Find a cell by its name and bring it into view: JupyterLab finishes a cell when it is seen."""
        found = self.page.locator(CELLS).nth(self.names.index(name))
        found.scroll_into_view_if_needed()
        return found

    def write(self, name: str, text: str) -> None:
        """Replace what is typed in a cell."""
        self.cell(name).locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def run(self, name: str) -> None:
        """Run a cell as a person does, and wait for its end."""
        before = self.number(name)
        # The space to the left of a cell can be pressed even where its code is folded away.
        self.cell(name).locator(".jp-InputPrompt").first.click()
        self.page.keyboard.press("Shift+Enter")
        self.ended(name, before)

    def ended(self, name: str, before: str = "") -> None:
        """Wait until a cell that was asked to run, its number `before` until then, has run."""
        end = time.monotonic() + PATIENCE / 1_000
        while (now := self.number(name)) == before or not re.search(r"\d", now) or "*" in now:
            assert time.monotonic() < end, f"{name} did not run"
            self.page.wait_for_timeout(50)

    def said(self, name: str) -> str:
        """Run a cell that shows something, and give it; the page may draw it a little after the cell's end."""
        self.run(name)
        shown = self.cell(name).locator(".jp-OutputArea-output")
        expect(shown.first).to_have_text(re.compile(r"\S"), use_inner_text=True)
        return "\n".join(shown.all_inner_texts()).strip()

    def number(self, name: str) -> str:
        """Give the number in front of a cell, which changes when it has run; a folded one has it at what it shows."""
        return "".join(self.cell(name).locator(".jp-InputPrompt, .jp-OutputPrompt").all_inner_texts()[:2])

    def save(self) -> None:
        """Save with the keyboard, and wait until the file is written."""
        with self.page.expect_response(written):
            self.page.keyboard.press("Control+S")

    def take_away(self, to: Path) -> None:
        """Save, then select File, then Download."""
        self.save()
        self.page.get_by_role("menuitem", name="File", exact=True).click()
        with self.page.expect_download() as download:
            self.page.get_by_role("menuitem", name="Download", exact=True).click()
        download.value.save_as(to)

    def bring_back(self, notebook: Path) -> None:
        """Open the lesson's folder in the list of files, upload a notebook over the one there, and run it whole."""
        page = self.page
        page.get_by_role("button", name="foothills").or_(page.locator(".jp-BreadCrumbs-home")).first.click()
        page.locator(".jp-DirListing-item", has_text=self.lesson.name).dblclick()
        page.locator(".jp-DirListing-item", has_text=f"{self.lesson.name}.ipynb").wait_for()
        named = notebook.with_name(f"{self.lesson.name}.ipynb")
        named.write_bytes(notebook.read_bytes())
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Upload Files").click()
        chooser.value.set_files(named)
        with page.expect_response(written):
            page.get_by_role("button", name="Overwrite").click()
        page.locator(".jp-DirListing-item", has_text=f"{self.lesson.name}.ipynb").dblclick()
        self.ready()
        last = [name for name in self.names if name.startswith("check_")][-1]
        before = self.number(last)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.ended(last, before)

    def selected(self) -> str:
        """Give the name of the cell that is selected."""
        cells = self.page.locator(CELLS)
        place = cells.evaluate_all("cells => cells.findIndex(cell => cell.classList.contains('jp-mod-active'))")
        return self.names[place]


def written(answer: Response) -> bool:
    """Tell whether an answer of JupyterLab's says that a file is written."""
    return answer.request.method == "PUT" and "/api/contents/" in answer.url


@dataclass(frozen=True)
class Visit:
    """What a person reads in the first minutes of lesson 1, and what went on behind."""

    first: str
    untouched: str
    slip: str
    right: str
    sentences: tuple[str, str]
    complaints: tuple[str, ...]


EXERCISE, SLIP, RIGHT = "rows_shown", "rows_shown = 5", "rows_shown = len(rescues.head(3))"


def take_lesson(lab: Lab, artefacts: Path, kept_as: str) -> Visit:
    """Take the first minutes of lesson 1, which is open in front: an exercise three times, then the slider."""
    complaints: list[str] = []
    page = lab.page
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    def keep(name: str) -> None:
        page.screenshot(path=artefacts / f"{kept_as}-{name}.png")

    def answer(text: str = "") -> str:
        if text:
            lab.write(EXERCISE, text)
        lab.run(EXERCISE)
        return lab.said(f"check_{EXERCISE}")

    lab.ready()
    keep("1-opened")
    first = lab.said("setup-01")
    lab.run("run-02")
    untouched = answer()
    keep("2-not-tried")
    slip = answer(SLIP)
    keep("3-slip")
    right = answer(RIGHT)
    keep("4-right")
    lab.run("interactive-01")
    before, after = move(lab)
    keep("5-slider")
    return Visit(first, untouched, slip, right, (before, after), tuple(complaints))


def move(lab: Lab) -> tuple[str, str]:
    """Move the slider one step with the keyboard, and give the sentence under it before and after."""
    shown = lab.cell("interactive-01")
    sentence = shown.locator("[role=status]")
    expect(sentence).to_have_text(re.compile(r"\S"))
    before = sentence.inner_text()
    shown.locator("[role=slider]").first.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(sentence).not_to_have_text(before, use_inner_text=True)
    return before, sentence.inner_text()


def words(text: str) -> str:
    """Give the words of a text alone, so that code and line breaks do not matter."""
    return re.sub(r"\W+", " ", text).strip()


def violations(page: Page, within: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
    """Ask axe-core what is not accessible on a page, or in parts of it: one line for each element."""
    from axe_playwright_python.sync_playwright import Axe

    context = {"include": [[part] for part in within] or [["html"]], "exclude": [[part] for part in without]}
    found = Axe().run(page, context, {"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {' '.join(node['target'])} {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]
