"""Whether HTML is nested as it should be: a parser mends what is not, and some text costs it minutes and gigabytes. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

SMALL = 2_000  # letters; whatever they are, they cost next to nothing
MOST_DEEP = 100
VOID = {"area", "br", "col", "hr", "img", "wbr"}
# What a parser opens anew in the next paragraph when it was not closed in the last.
FORMATTING = {"a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"}
INSIDE_TEXT = FORMATTING | VOID - {"hr", "col"} | {"span", "sub", "sup", "kbd", "abbr", "cite", "q", "mark", "del", "ins", "label"}  # fmt: skip
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+))?)*+\s*+/?>"
)
_ANY = re.compile(r"<(?=[a-zA-Z/!?])")


def is_nested_well(text: str, tags: Collection[str]) -> bool:
    """Say whether HTML is small, or made of these tags alone, each closed where it belongs."""
    if len(text) <= SMALL:
        return True
    found = list(_TAG.finditer(text))
    if len(found) != len(_ANY.findall(text)):
        return False
    open_tags: list[str] = []
    formatting = 0
    for each in found:
        closes, name = each[1], each[2].lower()
        if closes:
            if not open_tags or open_tags.pop() != name:
                return False
            formatting -= name in FORMATTING
        elif name not in tags or (formatting and name not in INSIDE_TEXT) or len(open_tags) > MOST_DEEP:
            return False
        elif name not in VOID:
            open_tags.append(name)
            formatting += name in FORMATTING
    return not open_tags


def only_text(text: str) -> str:
    """Return what HTML says without its tags; it is still to be made safe."""
    return re.sub(r"<[^<>]*>?", " ", text)
