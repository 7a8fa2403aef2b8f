"""Where there is no Chromium the tests say that they left something out, and where one is required they do not pass."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ONE = f"{TESTS / 'test_browser_lesson.py'}::test_the_first_cell_says_ready"


@pytest.mark.parametrize(("required", "code"), [("", 0), ("1", 1)])
def test_no_browser_is_said(required: str, code: int, tmp_path: Path) -> None:
    """Without any Chromium the summary says "browser tests not run"; FOOTHILLS_REQUIRE_BROWSER makes that a failure."""
    without = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "FOOTHILLS_REQUIRE_BROWSER": required}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", ONE],
        capture_output=True,
        text=True,
        cwd=TESTS.parent,
        env={**os.environ, **without},
    )

    assert "browser tests not run (1 left out" in run.stdout
    assert code == run.returncode
