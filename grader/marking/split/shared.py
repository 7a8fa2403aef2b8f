"""Objects that both children have a copy of, by number, and whether one has changed since the other last heard."""

from __future__ import annotations

import functools
import types
from collections import deque
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

MAX_WATCHED = 8_000_000
CALLABLE = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, functools.partial, np.ufunc, type)


def name_of_kind(value: Any) -> str:
    """Return the name of a function or a class, or of the class of anything else."""
    name = getattr(value, "__name__", None) if isinstance(value, CALLABLE) else type(value).__name__
    return name[:100] if type(name) is str else ""


class Shared:
    """Numbers for shared objects. One side counts in odd numbers, the other in even ones.

    `changed` says that the other side has changed an object of ours; with `guarded` such changes are not taken over, but
    for those of the objects in `free`.
    """

    def __init__(self, first: int) -> None:
        self._next = first
        self._own = first % 2
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._states: dict[int, Any] = {}
        self.changed = self.guarded = False
        self.free: set[int] = set()

    def number_of(self, value: Any) -> int | None:
        """Return the number of an object that is shared already."""
        return self._numbers.get(id(value))

    def add(self, value: Any, number: int | None = None) -> int:
        """Share an object, under a number that the other side chose or a new one."""
        if number is None:
            number = self._next
            self._next += 2
        self._objects[number] = value  # kept, so that its id stays its own
        self._numbers[id(value)] = number
        return number

    def get(self, number: int) -> Any:
        """Return a shared object; raise KeyError when there is none of this number."""
        return self._objects[number]

    def theirs(self, number: int) -> bool:
        """Say whether the other side gave the number."""
        return number % 2 != self._own

    def text(self, value: Any) -> str:
        """Return what tells one content of a container or object from another; what is shared counts by number."""
        if type(value) is bytearray:
            return value.hex()
        if isinstance(value, dict):
            return "\n".join(f"{self._item(key)}: {self._item(item)}" for key, item in value.items())
        if not isinstance(value, (list, tuple, set, frozenset, deque)):
            return self.text(vars(value))
        items = map(self._item, value)
        return "\n".join(sorted(items) if type(value) in (set, frozenset) else items)

    def _item(self, value: Any) -> str:
        if value is None or type(value) in (bool, int, float, str):
            return repr(value)
        if type(value) in (tuple, frozenset):
            return f"{type(value).__name__}({self.text(value)})"
        number = self.number_of(value)
        if number is not None:
            return f"@{number}"
        return f"{type(value).__name__} {value!r}" if isinstance(value, np.generic) else type(value).__name__

    def has(self, number: int) -> bool:
        """Say whether an object of this number is shared."""
        return number in self._objects

    def keep(self, number: int, state: Any) -> None:
        """Keep what an object is like now: what the other side knows of it."""
        self._states[number] = state

    def state(self, number: int) -> Any:
        """Return what the other side knows of an object."""
        return self._states.get(number)

    def items(self) -> Iterator[tuple[int, Any]]:
        """Return numbers and objects whose content can change."""
        return iter([(number, self._objects[number]) for number in self._states])


class Snapshot:
    """A table, column or array as it is now. pandas copies on writing, so a view is enough to tell a change by."""

    __slots__ = ("_held", "_places")

    def __init__(self, value: Any) -> None:
        if isinstance(value, np.ndarray):
            self._held: Any = value.tobytes() if value.nbytes <= MAX_WATCHED and value.dtype.kind != "O" else None
            self._places: Any = None
        else:
            self._held = value.copy(deep=False)
            self._places = _places(value)

    def same(self, value: Any) -> bool:
        """Say whether the object still is as it was."""
        if isinstance(value, np.ndarray):
            return self._held is not None and bool(value.tobytes() == self._held)
        if self._places is None or type(value) is not type(self._held):
            return False
        return _places(value) == self._places and _labels_same(value, self._held)


def alike(one: Any, other: Any) -> bool:
    """Say whether two tables, columns or arrays of numbers hold the same."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (pd.DataFrame, pd.Series)):
        return bool(one.equals(other)) and (isinstance(one, pd.DataFrame) or one.name == other.name)
    same = isinstance(one, np.ndarray) and (one.dtype, one.shape) == (other.dtype, other.shape)
    return same and one.dtype.kind != "O" and bool(one.tobytes() == other.tobytes())


def _places(value: Any) -> list[tuple[Any, ...]] | None:
    """Return where in memory each block of a table or column is; None when that cannot be told."""
    found = []
    for block in value._mgr.blocks:
        held = block.values
        for raw in (held, getattr(held, "_ndarray", None), getattr(held, "_data", None)):
            if isinstance(raw, np.ndarray):
                mask = getattr(held, "_mask", None)
                found.append((_place(raw), _place(mask), tuple(block.mgr_locs.as_array.tolist())))
                break
        else:
            return None
    return found


def _place(raw: Any) -> tuple[Any, ...] | None:
    if not isinstance(raw, np.ndarray):
        return None
    return (raw.__array_interface__["data"][0], raw.shape, raw.strides, raw.dtype.str)


def _labels_same(value: Any, held: Any) -> bool:
    if isinstance(value, pd.Series) and not _equal_names([value.name], [held.name]):
        return False
    pairs = zip(value.axes, held.axes, strict=True)
    return all(one.is_(other) and _equal_names(list(one.names), list(other.names)) for one, other in pairs)


def _equal_names(one: list[Any], other: list[Any]) -> bool:
    return all(
        a is b or (type(a) is type(b) and isinstance(a, (str, int, tuple)) and a == b)
        for a, b in zip(one, other, strict=True)
    )
