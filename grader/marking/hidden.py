"""Take out of a cell's text what learners never see: hidden tests and mark schemes. Pure."""

from __future__ import annotations

import re

MARKERS = ("HIDDEN TESTS", "MARK SCHEME")
_SECRET = re.compile(
    rf"^[^\n]*BEGIN ({'|'.join(MARKERS)})[^\n]*\n?.*?(?:^[^\n]*END \1[^\n]*\n?|\Z)", flags=re.DOTALL | re.MULTILINE
)


def without_secrets(source: str) -> str:
    """Return a cell's text without hidden tests and mark schemes; one that is not closed ends with the cell."""
    return _SECRET.sub("", source)
