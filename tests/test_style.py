"""The code keeps to the house style."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_ruff_finds_nothing() -> None:
    """Every Python file of the project, the launcher too, passes ruff."""
    found = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "."], cwd=ROOT, capture_output=True)

    assert "" == ("" if found.returncode == 0 else found.stdout.decode() + found.stderr.decode())


def test_no_folder_shadows_a_library() -> None:
    """The folders named like libraries hold no __init__.py."""
    found = [path for name in ("datasets", "lessons", "tests") for path in (ROOT / name).rglob("__init__.py")]

    assert [] == found
