"""Take out of a cell's text what learners never see: hidden tests and mark schemes. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

MARKERS = ("HIDDEN TESTS", "MARK SCHEME")
SHORT = 9  # letters; a line of so few may be anything
_SECRET = re.compile(
    rf"^[^\n]*BEGIN ({'|'.join(MARKERS)})[^\n]*\n?.*?(?:^[^\n]*END \1[^\n]*\n?|\Z)", flags=re.DOTALL | re.MULTILINE
)


def without_secrets(source: str) -> str:
    """Return a cell's text without hidden tests and mark schemes; one that is not closed ends with the cell."""
    return _SECRET.sub("", source)


def secret_lines(source: str) -> set[str]:
    """Return the lines of a cell's hidden tests that tell something."""
    lines = "\n".join(found[0] for found in _SECRET.finditer(source)).splitlines()
    return {line.strip() for line in lines if len(line.strip()) > SHORT and not any(each in line for each in MARKERS)}


def without_lines(value: Any, lines: Collection[str]) -> Any:
    """Return outputs without these lines: code that runs in one process with the tests can find and print them."""
    if isinstance(value, str):
        for line in lines:
            value = value.replace(line, "...")
        return value
    if isinstance(value, dict):
        return {name: without_lines(item, lines) for name, item in value.items()}
    return [without_lines(item, lines) for item in value] if isinstance(value, list) else value
