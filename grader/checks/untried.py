"""Whether an answer has been tried at all, and what to say where it has not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from typing import Any

from grader.checks.exercise import Exercise
from grader.checks.snapshot import Snapshot
from grader.checks.values import Opaque

NOT_RUN = "The cell above has not been run yet. Select it, press Shift and Enter together, then run this one again."
DOTS = "You have not changed this cell yet. Replace the ... with your answer, then run it again."
QUOTED_DOTS = (
    "You have not changed this cell yet. Replace the dots with your answer, keep the quote marks, then run it again."
)
NOT_CHANGED = "You have not changed this cell yet. Put it right, then run it again."
STOPPED = "You have not changed this cell yet. The last line of Python's message says what it did not understand: start there."
ADD_CODE = "You have not added anything to this cell yet. Type your answer in it, then run it."


def bare_code(source: str) -> str:
    """Return source without notes, blank lines and spaces: two cells are the same when these are."""
    lines = (re.sub(r"(^|\s)#.*$", "", line) for line in source.splitlines())
    return "\n".join(re.sub(r"\s+", "", line) for line in lines if line.strip())


def untouched(exercise: Exercise, snapshot: Snapshot, value: Any) -> bool:
    """Say whether the cell has not been run, or is as it was given. `value` is None where there is no answer."""
    if snapshot.source is None:
        return snapshot.trouble is None and (value is None or all_blank(value))
    code = bare_code(snapshot.source)
    return code == bare_code(exercise.starter) or not code


def untouched_words(exercise: Exercise, snapshot: Snapshot) -> str:
    """Say what to do with a cell that is as it was given."""
    if snapshot.source is None:
        return NOT_RUN
    if "..." in exercise.starter:
        return QUOTED_DOTS if '"..."' in exercise.starter else DOTS
    if snapshot.trouble is not None:
        return STOPPED
    return NOT_CHANGED if bare_code(exercise.starter) else ADD_CODE


def gives(exercise: Exercise, snapshot: Snapshot) -> bool:
    """Say whether the cell gives a value to a name of the exercise; else the value is from an earlier run."""
    source = snapshot.source or ""
    return any(re.search(rf"^\s*{name}\b[^=\n]*=", source, flags=re.MULTILINE) for name in exercise.variables)


def near_name(name: str, source: str) -> str:
    """Return the name in a cell that is nearly the one asked for, or ""."""
    given = re.findall(r"^\s*(\w+)\s*=(?!=)", source, flags=re.MULTILINE)
    like = {other.lower(): other for other in given}
    near = difflib.get_close_matches(name.lower(), like, n=1, cutoff=0.8)
    return like[near[0]] if near else ""


def is_blank(value: Any) -> bool:
    """Say whether a value is the dots that a cell starts with."""
    dots = type(value) is Opaque and value.kind == "ellipsis"
    return dots or (type(value) is str and value.strip() in ("...", "…"))


def all_blank(value: Any) -> bool:
    """Say whether a value, or every one of several, is still the dots."""
    return is_blank(value) or (type(value) is dict and bool(value) and all(map(is_blank, value.values())))


def still_dots(names: Collection[str]) -> str:
    """Say which names still hold the dots."""
    has, dots = ("have", "their") if len(names) > 1 else ("has", "its")
    return f"{' and '.join(names)} still {has} {dots} dots. Replace them with your answer, then run the cell again."
