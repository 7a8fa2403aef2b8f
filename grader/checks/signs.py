"""Signs that people write and Python reads another way, or not at all."""

from __future__ import annotations

import re

_ROWS = (
    ("percent_sign", r"\d\s*%\s*(#.*)?$", "Leave out the % sign: Python keeps it for another sum. Type only the number."),
    ("times_sign", r"×|(?<=[\])\w]) +[xX] +(?!in\b)(?=[\w(])", "Python multiplies with *, not with x."),
    ("divide_sign", r"÷", "Python divides with /, not with ÷."),
    ("minus_sign", r"[−–](?=\s*[\w(])", "That dash is not a minus sign to Python. Type the one beside the 0 on your keyboard."),
)  # fmt: skip


def sign(source: str) -> tuple[str, str] | None:
    """Return the short name and the sentence for the first such sign in code that Python could not read."""
    bare = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", '""', source)
    for name, pattern, say in _ROWS:
        if re.search(pattern, bare, flags=re.MULTILINE):
            return name, say
    return None
