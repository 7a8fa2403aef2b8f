"""A chart that somebody's code draws has a text alternative, in a real kernel as JupyterLab shows it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

from grader.checks.snapshot import Bar, Drawn, Line
from grader.kernel.pictures import in_words

# grader.ready() imports pyplot in a lesson that draws
SETUP = (
    "import grader\nimport matplotlib.pyplot\nimport pandas as pd\ncounts = pd.Series({'cat': 3666, 'dog & fox': 17})"
)
PYPLOT = "import matplotlib.pyplot as plt\nplt.barh(counts.index, counts)\nplt.title('Cats are most of it')\nplt.show()"


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Start a kernel that has the checks and a small column of counts."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute_interactive(SETUP, timeout=60, output_hook=lambda message: None)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def shown(client: Any, code: str) -> list[dict[str, str]]:
    """Run a cell and return what it showed with a picture in it."""
    found: list[dict[str, str]] = []

    def keep(message: dict[str, Any]) -> None:
        data = message["content"].get("data", {})
        found.extend([data] if "image/png" in data else [])

    client.execute_interactive(code, timeout=60, output_hook=keep)
    return found


@pytest.mark.parametrize("code", ["counts.plot.barh(title='Cats are most of it')", PYPLOT])
def test_a_drawn_chart_says_what_it_shows(client: Any, code: str) -> None:
    """The picture's alt text gives the title and the longest and the shortest bar, from pandas and from pyplot."""
    [chart] = shown(client, code)
    alt = html.unescape(re.findall(r'<img alt="([^"]+)"', chart["text/html"])[0])
    assert "Cats are most of it" in alt
    assert "cat, 3,666" in alt
    assert "dog & fox, 17" in alt


def test_big_and_small_numbers_are_written_for_people() -> None:
    """No power of 10 is in the words, and a number under 100 keeps 3 figures."""
    words = in_words(Drawn(bars=(Bar("", 0.12345, place=3734470.5), Bar("x", 21000000.0)), direction="across"))
    assert "0.123" in words
    assert "3,734,470" in words
    assert "21,000,000" in words


def test_lines_and_points_are_told_apart() -> None:
    """A line says where it starts and ends; points say how many they are."""
    assert "from 1 to 2.5" in in_words(Drawn(lines=(Line((0.0, 1.0), (1.0, 2.5)),)))
    assert "3 points" in in_words(Drawn(points=((0.0, 1.0), (1.0, 1.0), (2.0, 3.0))))
