"""What hostile work reaches for in our own code is there under that name: else its attack would be none."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

HOSTILE = Path(__file__).parent / "hostile"
IMPORTED = re.compile(r"from (grader[\w.]*) import ([\w, ]+)")
TWICE = {"shell", "frame"}  # what attacks call IPython's shell and Python's frames too


def texts() -> list[str]:
    """Return every piece of text in the modules of attacks, and in those of forgeries beside them."""
    paths = [*HOSTILE.glob("*.py"), HOSTILE.parent / "test_marking_split.py"]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def reached() -> set[tuple[str, str]]:
    """Return module and name for everything of ours that the attacks import, and what they look up in that."""
    found: set[tuple[str, str]] = set()
    everything = "\n".join(texts())
    for module, names in IMPORTED.findall(everything):
        for each in names.split(","):
            name, _, alias = each.strip().partition(" as ")
            found.add((module, name))
            for looked_up in re.findall(rf"(?<![\w.]){alias or name}\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)", everything):
                if name not in TWICE and find_spec(f"{module}.{name}") is not None:
                    found.add((f"{module}.{name}", looked_up))
    return found


@pytest.mark.parametrize(("module", "name"), sorted(reached()))
def test_what_attacks_reach_for_is_there(module: str, name: str) -> None:
    """A renamed module, class or function of ours is noticed here, and the attack follows it."""
    held = import_module(module)
    for part in name.split("."):
        held = getattr(held, part, None) or import_module(f"{held.__name__}.{part}")

    assert held is not None
