"""A learner's first minutes, in a real browser: JupyterLab opens on the lesson, cells run, checks answer."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.jupyter import server
from grader.lesson.read import lesson

CLUB = Path(sys.executable).with_name("club")
LESSON = 1
SLIP = ("rows_shown", "rows_shown = 5", "empty_brackets")
RIGHT = "rows_shown = len(rescues.head(3))"


@pytest.fixture
def opened(home: Path) -> Iterator[tuple[Path, str]]:
    """Run `club open 1 --no-browser` and give the notebook's path and the address, as printed."""
    command = [CLUB, "open", str(LESSON), "--no-browser"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=home)
    assert running.stdout is not None
    printed = []
    for line in running.stdout:
        printed.append(line.strip())
        if line.startswith("http"):
            break
    else:
        pytest.fail("\n".join([*printed, running.communicate()[1]]))
    try:
        yield Path(printed[0]), printed[-1]
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)


class Lab:
    """A notebook in the browser, its cells named as in the lesson."""

    def __init__(self, page: Any, notebook: Path) -> None:
        cells = json.loads(notebook.read_text())["cells"]
        self.page, self.places = page, {cell["id"]: place for place, cell in enumerate(cells)}

    def cell(self, name: str) -> Any:
        """Find a cell by its name and bring it into view: JupyterLab finishes a cell when it is seen."""
        found = self.page.locator(".jp-Notebook .jp-Cell").nth(self.places[name])
        found.scroll_into_view_if_needed()
        return found

    def write(self, name: str, text: str) -> None:
        """Replace what is typed in a cell."""
        self.cell(name).locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def run(self, name: str) -> str:
        """Run a cell as a person does and give what appears under it once it has run."""
        before = self.number(name)
        self.start(name)
        end = time.monotonic() + 60
        while self.number(name) in (before, "[*]:", "[ ]:"):
            assert time.monotonic() < end, f"{name} did not run"
            self.page.wait_for_timeout(50)
        return str(self.cell(name).locator(".jp-Cell-outputWrapper").inner_text())

    def start(self, name: str) -> None:
        """Select a cell by the space to its left, which also works where its code is folded away, and run it."""
        self.cell(name).locator(".jp-InputPrompt").first.click()
        self.page.keyboard.press("Shift+Enter")

    def number(self, name: str) -> str:
        """Give the number in front of a cell, which changes when it has run."""
        return str(self.cell(name).locator(".jp-InputPrompt").first.inner_text())


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_first_minutes_of_a_lesson(opened: tuple[Path, str], page: Any, artefacts: Path) -> None:
    """Ready, not tried, a known slip, right, and the slider, all offline and with nothing in the way."""
    notebook, address = opened
    exercise, slip, name = SLIP
    said = next(slip.say for slip in lesson(LESSON).exercises[exercise].slips if slip.name == name)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(address)
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.wait_for_timeout(1_000)  # JupyterLab drops a run that is asked for while the kernel is still connecting
    lab = Lab(page, notebook)
    page.screenshot(path=artefacts / "lab-1-opened.png")

    assert f"/lab/tree/{notebook.parent.name}/{notebook.name}" in page.url
    assert "Ready." in lab.run("setup-01")

    lab.run("run-02")
    lab.run(exercise)

    assert "Not tried yet." in lab.run(f"check_{exercise}")

    page.screenshot(path=artefacts / "lab-2-not-tried.png")
    lab.write(exercise, slip)
    lab.run(exercise)

    assert re.sub(r"\W+", " ", said) in re.sub(r"\W+", " ", lab.run(f"check_{exercise}"))

    page.screenshot(path=artefacts / "lab-3-slip.png")
    lab.write(exercise, RIGHT)
    lab.run(exercise)

    assert "Right." in lab.run(f"check_{exercise}")

    page.screenshot(path=artefacts / "lab-4-right.png")
    lab.start("interactive-01")
    sentence = lab.cell("interactive-01").locator("[role=status]")
    before = sentence.inner_text()
    lab.cell("interactive-01").locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1_000)
    page.screenshot(path=artefacts / "lab-5-slider.png")

    assert before != sentence.inner_text()
    assert 0 == page.get_by_text("Would you like to").count()
    assert [] == page.outside
    assert [] == complaints


def test_jupyterlab_listens_to_this_machine_only(tmp_path: Path) -> None:
    """JupyterLab's options keep it on this machine, and its secret is not among them."""
    start = server.Start(tmp_path, tmp_path, "1 a/b.ipynb", 8888, "secret", True)
    options = server.arguments(start, administrator=False)

    assert "--ServerApp.ip=127.0.0.1" in options
    assert not any("secret" in option for option in options)
    assert "http://127.0.0.1:8888/lab/tree/1%20a/b.ipynb?token=secret" == start.address


def test_a_port_in_use_is_passed_over() -> None:
    """A port that another program has is left to it; where all are taken, it is said."""
    with server.socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert port < server.free_port(port)

        with pytest.raises(server.GraderError, match="all in use"):
            server.free_port(port, 1)


def test_our_settings_come_before_those_already_named(tmp_path: Path) -> None:
    """Settings that somebody else named are kept, after ours."""
    start = server.Start(tmp_path, tmp_path, "b.ipynb", 8888, "secret", True)
    variables = server.prepare(start, {"JUPYTER_CONFIG_PATH": "/theirs"})

    assert [str(server.SETTINGS), "/theirs"] == variables["JUPYTER_CONFIG_PATH"].split(server.os.pathsep)
