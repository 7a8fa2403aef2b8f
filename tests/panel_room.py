"""The control panel in a real browser, worked from the keyboard as a facilitator works it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path

from browser_helpers import PATIENCE
from playwright.sync_api import Locator, Page, TimeoutError, expect

from grader.panel.steps import Step

OURS = ".club-panel"
# the words in sight of the control that has the keyboard; null outside the panel
FOCUSED = """() => {
  const at = document.activeElement, label = at.labels && at.labels[0];
  if (!at.closest('.club-panel')) return null;
  const seen = label && label.getBoundingClientRect().width > 0 ? label.innerText : at.innerText;
  return (seen || '').trim();
}"""


class PanelPage:
    """The panel's page. What it says is read from where a screen reader is told of it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)
        page.locator(".jp-Cell").first.wait_for()
        # The indicator is idle before there is a kernel as well.
        expect(page.locator(".jp-KernelName")).to_contain_text("Python 3")
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        self.run()

    def run(self) -> None:
        """Run the panel's cell; a run that is asked for while the kernel still connects is dropped, so ask again."""
        for _ in range(5):
            self.page.keyboard.press("Control+Enter")
            with contextlib.suppress(TimeoutError):
                self.page.locator(OURS).wait_for(timeout=PATIENCE / 5)
                return
            self.page.locator(".jp-InputPrompt").first.click()
        raise AssertionError("the panel does not come")

    def button(self, step: Step) -> Locator:
        """Find a step's button."""
        return self.page.get_by_role("button", name=step.button, exact=True)

    def enter(self, button: Locator) -> None:
        """Press a button with the Enter key."""
        button.focus()
        self.page.keyboard.press("Enter")

    def told(self, begins: str) -> str:
        """Wait until something is said that begins so, and give all of it."""
        said = self.page.get_by_role("status").filter(has_text=re.compile(rf"^\s*{begins}"))
        said.wait_for()
        return str(said.inner_text())

    def press(self, step: Step, done: bool = True) -> str:
        """Press a step's button and give what it says at its end, which is that it was done, or was not."""
        self.enter(self.button(step))
        return self.ended(step, done)

    def ended(self, step: Step, done: bool = True) -> str:
        """Wait for the end of a step and give what it says."""
        said = self.told(rf"(Not done|Done): {re.escape(step.button)}\.")
        assert said.strip().startswith("Done") == done, said
        return said

    def choose(self, button: str, files: Sequence[Path]) -> None:
        """Press a button that asks for files, and choose some."""
        with self.page.expect_file_chooser() as chooser:
            self.enter(self.page.get_by_role("button", name=button).first)
        chooser.value.set_files(files)
        self.page.get_by_text(f"Chosen: {files[0].name}").wait_for()

    def at(self, words: str) -> None:
        """Wait until the control of these words has the keyboard."""
        self.page.wait_for_function(f"words => ({FOCUSED})() === words", arg=words)
