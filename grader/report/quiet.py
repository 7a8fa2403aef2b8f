"""Counts that could point to a person: 1 to 4 are not shown, nor anything that would give them by subtraction.

A count is shown only in a whole that it is part of, so each function here takes the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEW = 5
TOO_FEW, ALL_BUT_FEW, SOME = "fewer than 5", "all but fewer than 5", "5 or more"


@dataclass(frozen=True)
class Count:
    """A count as it may be shown: `number` is None where only `words` may be said."""

    number: int | None
    words: str


def exact(number: int) -> Count:
    """Return a count that may be shown as it is."""
    return Count(number, str(number))


def small(number: int) -> bool:
    """Tell whether a count could point to a person."""
    return 0 < number < FEW


def alone(number: int, open_: bool = False) -> Count:
    """Return a count that is part of nothing shown."""
    return exact(number) if open_ or not small(number) else Count(None, TOO_FEW)


def part(number: int, whole: int, open_: bool = False) -> Count:
    """Return a count of a whole that is shown too: what is left over is protected as well."""
    if open_ or not (small(number) or small(whole - number)):
        return exact(number)
    return Count(None, TOO_FEW if small(number) else ALL_BUT_FEW)


def parts(numbers: Mapping[str, int], whole: int, open_: bool = False) -> dict[str, Count]:
    """Return counts that share a whole; where what is left over is 1 to 4, the smallest one shown is blurred too."""
    if open_:
        return {name: exact(number) for name, number in numbers.items()}
    made = {name: alone(number) for name, number in numbers.items()}
    known = {name: number for name, number in numbers.items() if made[name].number}
    if known and small(whole - sum(known.values())):
        made[min(known, key=lambda name: known[name])] = Count(None, SOME)
    return made


@dataclass(frozen=True)
class Bin:
    """A stretch of scores, ends included, and how many are in it."""

    low: int
    high: int
    number: int


def bins(scores: Sequence[float], points: float, open_: bool = False) -> tuple[Bin, ...]:
    """Return how many people have each score; unless open, neighbours are joined until each holds 5 or more."""
    if not scores or (small(len(scores)) and not open_):
        return ()
    top = max(int(points), int(max(scores)))
    width = max(1, -(-(top + 1) // 12))
    singles = [
        Bin(low, min(low + width - 1, top), sum(low <= score < low + width for score in scores))
        for low in range(0, top + 1, width)
    ]
    if open_:
        return tuple(singles)
    joined: list[Bin] = []
    for single in reversed(singles):
        if joined and small(joined[-1].number):
            joined[-1] = Bin(single.low, joined[-1].high, joined[-1].number + single.number)
        else:
            joined.append(single)
    while len(joined) > 1 and small(joined[-1].number):
        last = joined.pop()
        joined[-1] = Bin(last.low, joined[-1].high, joined[-1].number + last.number)
    return tuple(reversed(joined))
