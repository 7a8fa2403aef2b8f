"""Numbers and lists as words, for pages and messages."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence


def number(value: float) -> str:
    """Return a number without a needless .0."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def people(count: int) -> str:
    """Return a number of people."""
    return "1 person" if count == 1 else f"{count} people"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return items as a list in a sentence."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def stretch(low: int, high: int) -> str:
    """Return a stretch of scores."""
    return str(low) if low == high else f"{low} to {high}"


def text(words: str) -> str:
    """Return text as HTML, with words in back ticks set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(words, quote=False))
