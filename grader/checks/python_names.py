"""What to say of a name that Python does not know."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

BUILT_IN = ("len", "round", "print", "min", "max", "sum", "range", "True", "False", "None")
NUMBERS = "one two three four five six seven eight nine ten eleven twelve twenty fifty hundred thousand".split()
LIBRARIES = {"pd": "import pandas as pd", "plt": "import matplotlib.pyplot as plt", "grader": "import grader"}
LIBRARY_TOOLS = {"read_csv": "pd", "to_datetime": "pd", "DataFrame": "pd", "subplots": "plt"}
TABLE_TOOLS = ("head", "tail", "shape", "columns", "value_counts", "nunique", "min", "max", "mean", "median", "sum",
               "count", "sort_values", "groupby", "merge", "isna", "isin", "round", "plot", "drop", "sample", "where",
               "diff", "str", "dt", "lower", "size", "append", "bar", "barh", "hist", "line", "set_title", "set_xlabel",
               "set_ylabel", "set_ylim")  # fmt: skip
_RUN = "Run the cells above from the top."


def nearest(word: str, words: Iterable[str], cutoff: float = 0.8) -> str:
    """Return the word that was probably meant, or "": capital letters count least."""
    like = {other.casefold(): other for other in words if other != word}
    near = difflib.get_close_matches(word.casefold(), like, n=1, cutoff=cutoff)
    return like[near[0]] if near else ""


def unknown(name: str, known: Collection[str]) -> tuple[str, str]:
    """Return the short name of the trouble, and the sentence to say. `known` holds the names that the lesson makes."""
    if name in known:
        made = f"The one that makes {name} has not been run."
        return "not_run", f"Python does not know the name {name} yet. {_RUN} {made}"
    if name in LIBRARIES:
        made = f"The one with {LIBRARIES[name]} has not been run."
        return "not_run", f"Python does not know {name} yet. {_RUN} {made}"
    near = nearest(name, (*known, *BUILT_IN, *LIBRARY_TOOLS))
    if near and near not in LIBRARY_TOOLS:
        return "near_name", f"Python does not know the name {name}. Did you mean {near}?"
    if near or name in LIBRARY_TOOLS:
        tool = near or name
        return (
            "tool_alone",
            f"Python does not know {name} on its own. Put {LIBRARY_TOOLS[tool]}. in front: {LIBRARY_TOOLS[tool]}.{tool}",
        )
    if name in TABLE_TOOLS:
        return (
            "tool_alone",
            f"Python does not know {name} on its own. Say first what it works on, then a dot, then {name}.",
        )
    if name.lower() == "nan":
        return "blank_mark", "NaN is only how pandas shows a blank on the screen. To ask which are blank, use .isna()."
    if name.lower() in NUMBERS:
        return "number_word", "Python does not know numbers as words. Type them in figures, such as 7."
    either = (
        "If it is a column or a word, put quote marks round it. If it is a name you made, run the cell that makes it."
    )
    return "missing_quotes", f"Python does not know {name}. {either}"
