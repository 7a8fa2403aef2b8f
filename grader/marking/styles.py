"""Which styles of a learner's stay: those that dress a table or a few words, and load, cover and hide nothing. Pure."""

from __future__ import annotations

import re

MAX_SHEET = 500_000
STYLE = re.compile(r"(?i)<style\b[^<>]*>([^<]*)</style\s*>")
TABLE_ID = re.compile(r"T_[\w-]{1,100}")
TABLE_CLASS = re.compile(r"dataframe|data|blank|index_name|(?:col|row)_heading|(?:level|row|col)\d{1,6}")
PROPERTIES = re.compile(
    r"color|background(-color)?|text-(align|decoration|indent|transform)|font(-\w+)?|border(-[\w-]+)?|padding(-\w+)?"
    r"|margin(-\w+)?|(min-|max-)?(width|height)|line-height|white-space|vertical-align|display|opacity|overflow(-\w+)?"
    r"|caption-side|table-layout|word-(break|wrap)"
)
FUNCTIONS = {"rgb", "rgba", "hsl", "hsla", "linear-gradient"}
_FUNCTION = re.compile(r"([\w-]*)\(")
_VALUE = re.compile(r"[\w\s#%.,()!'\"-]*")
_NEGATIVE = re.compile(r"(?<![\w-])-[\d.]")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_OF_A_TABLE = re.compile(r"(?:\.dataframe|#T_)[\w\s.#:>()-]*")


def harmless_style(text: str) -> bool:
    """Say whether declarations only dress what they belong to, where it is."""
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        if not declaration.strip():
            continue
        if not PROPERTIES.fullmatch(name.strip().lower()) or not _VALUE.fullmatch(value) or _NEGATIVE.search(value):
            return False
        if {each.lower() for each in _FUNCTION.findall(value)} - FUNCTIONS:
            return False
    return True


def harmless_sheet(text: str) -> bool:
    """Say whether the rules of a style sheet only dress the cells of pandas' tables."""
    if len(text) > MAX_SHEET or _RULE.sub("", text).strip():
        return False
    return all(
        harmless_style(declarations) and all(_OF_A_TABLE.fullmatch(each.strip()) for each in selectors.split(","))
        for selectors, declarations in _RULE.findall(text)
    )
