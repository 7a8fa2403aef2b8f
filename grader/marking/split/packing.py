"""Any value of a notebook as JSON and bytes: plain values whole, shared objects by number, the rest by name only.

Reading builds plain values, stand-ins and nothing else: no pickle, no code, exact types.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from grader.marking.split import charts, tables
from grader.marking.split.shared import CALLABLE, Shared, Snapshot, name_of
from grader.marking.split.values import BadData, NotPlain, atom, from_atom

MAX_DEPTH = 60
FILLED = (list, dict, set, bytearray)
WATCHED = (pd.DataFrame, pd.Series, np.ndarray)


class Packer:
    """Packs one message."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self.parts: list[bytes] = []
        self.functions: set[int] = set()
        self._depth = 0
        self._open: set[int] = set()

    def part(self, content: bytes) -> int:
        """Attach bytes and return their place."""
        self.parts.append(content)
        return len(self.parts) - 1

    def pack(self, value: Any) -> Any:
        """Return a value as JSON."""
        try:
            return atom(value)
        except NotPlain:
            pass
        self._depth += 1
        try:
            if self._depth > MAX_DEPTH:
                raise NotPlain("too deep")
            return self._compound(value)
        finally:
            self._depth -= 1

    def safely(self, value: Any) -> Any:
        """Return a value as JSON, whatever odd object it is."""
        depth, count = self._depth, len(self.parts)
        try:
            return self.pack(value)
        except Exception:  # what a learner's object raises when it is looked at
            self._depth = depth
            del self.parts[count:]
            return {"is": "inert", "name": type(value).__name__[:100]}

    def _compound(self, value: Any) -> Any:
        kind = type(value)
        if kind in (tuple, frozenset):
            return {"is": kind.__name__, "items": [self.pack(item) for item in value]}
        if kind is slice:
            return {"is": "slice", "items": [self.pack(item) for item in (value.start, value.stop, value.step)]}
        if isinstance(value, pd.Index) and kind.__module__.startswith("pandas."):
            return self._whole("index", tables.index, value)
        if kind is types.ModuleType:
            return {"is": "module", "name": str(value.__name__)}
        return self._numbered(value)

    def _numbered(self, value: Any) -> Any:
        kind = type(value)
        number = self._shared.number_of(value)
        if kind in WATCHED:
            state = self._shared.state(number) if number is not None else None
            if state is not None and state.same(value):
                return {"at": number}
            content = self._watched(kind, value)
            if content is not None:
                number = self._shared.add(value) if number is None else number
                self._shared.keep(number, Snapshot(value))
                return {"at": number, **content}
        elif kind in FILLED:
            return self._filled(self._shared.add(value) if number is None else number, value)
        if number is not None and self._shared.theirs(number):
            return {"at": number}
        number = self._shared.add(value) if number is None else number
        described = charts.describe(value)
        if described is not None:
            return {"at": number, "is": "chart", "chart": described}
        if not isinstance(value, CALLABLE):
            return {"at": number, "is": "object", "name": name_of(value)}
        self.functions.add(number)
        return {"at": number, "is": "function", "name": name_of(value)}

    def _filled(self, number: int, value: Any) -> dict[str, Any]:
        if number in self._open:  # it holds itself
            return {"at": number}
        self._open.add(number)
        if type(value) is dict:
            made: dict[str, Any] = {"is": "dict", "items": [[self.pack(k), self.pack(v)] for k, v in value.items()]}
        elif type(value) is bytearray:
            made = {"is": "bytearray", "v": value.hex()}
        else:
            made = {"is": type(value).__name__, "items": [self.pack(item) for item in value]}
        self._open.discard(number)
        self._shared.keep(number, self._shared.text(value))
        return {"at": number, **made}

    def _watched(self, kind: type, value: Any) -> dict[str, Any] | None:
        name, describe = _WATCHED_AS[kind]
        made = self._whole(name, describe, value)
        return None if made["is"] == "inert" else made

    def _whole(self, name: str, describe: Callable[[Packer, Any], dict[str, Any]], value: Any) -> dict[str, Any]:
        before = len(self.parts)
        try:
            return {"is": name} | describe(self, value)
        except NotPlain:
            del self.parts[before:]
            return {"is": "inert", "name": name_of(value)}

    def changes(self) -> list[Any]:
        """Return the shared objects that have changed since the other side last heard."""
        found = []
        for number, value in self._shared.items():
            state = self._shared.state(number)
            if not (state.same(value) if type(value) in WATCHED else state == self._shared.text(value)):
                found.append(self.safely(value))
        return found


_WATCHED_AS: dict[type, tuple[str, Any]] = {
    pd.DataFrame: ("frame", tables.frame),
    pd.Series: ("series", tables.series),
    np.ndarray: ("array", tables.array),
}


_KINDS: dict[str, Any] = {"list": list, "dict": dict, "set": set, "bytearray": bytearray}
_READ: dict[str, Any] = {"frame": tables.to_frame, "series": tables.to_series, "array": tables.to_array}


class Unpacker:
    """Reads one message. `make` gives the stand-in for a function or an object of the other side's."""

    def __init__(
        self, shared: Shared, parts: Sequence[bytes], make: Callable[[str, int, str], Any], module: Callable[[str], Any]
    ) -> None:
        self._shared, self._parts, self._make, self._module = shared, parts, make, module

    def part(self, place: Any) -> bytes:
        """Return attached bytes."""
        if type(place) is int and 0 <= place < len(self._parts):
            return self._parts[place]
        raise BadData("no such part")

    def unpack(self, data: Any) -> Any:
        """Return the value; raise BadData when it is none."""
        try:
            return self._unpack(data)
        except BadData:
            raise
        except Exception as trouble:  # whatever data of the wrong shape makes a reader raise
            raise BadData(f"{type(trouble).__name__}: {trouble}"[:200]) from None

    def _unpack(self, data: Any) -> Any:
        if data is None or type(data) in (bool, int, float, str):
            return data
        if type(data) is not dict:
            raise BadData("not a value")
        if "at" in data:
            return self._numbered(data)
        kind = data["is"]
        if kind in ("tuple", "frozenset", "slice"):
            items = [self._unpack(item) for item in data["items"]]
            return tuple(items) if kind == "tuple" else frozenset(items) if kind == "frozenset" else slice(*items)
        if kind == "index":
            return tables.to_index(self, data)
        if kind == "module":
            return self._module(str(data["name"]))
        if kind == "inert":
            return self._make("object", 0, str(data["name"]))
        return from_atom(data)

    def _numbered(self, data: dict[str, Any]) -> Any:
        number, kind = data["at"], data.get("is")
        if type(number) is not int:
            raise BadData("not a number")
        if kind is None:
            return self._shared.get(number)
        held = self._shared.get(number) if self._shared.has(number) else None
        if kind in _READ or kind in _KINDS:
            fill = self._replace if kind in _READ else self._fill
            if held is None or self._shared.theirs(number):
                return fill(number, held, data)
            before = self._shared.state(number)
            if self._shared.guarded:
                return fill(None, None, data)
            value = fill(number, held, data)
            self._shared.changed |= kind in _READ or before != self._shared.state(number)
            return value
        if kind == "chart":
            made = charts.rebuild(data["chart"])
        elif held is not None:
            return held
        else:
            made = self._make(str(kind), number, str(data["name"]))
        self._shared.add(made, number)
        return made

    def _fill(self, number: int | None, held: Any, data: dict[str, Any]) -> Any:
        kind: Any = _KINDS[data["is"]]
        value = held if type(held) is kind else kind()
        if value is not held and number is not None:
            self._shared.add(value, number)
        if kind is bytearray:
            value[:] = bytes.fromhex(data["v"])
        elif kind is dict:
            items = {self._unpack(key): self._unpack(item) for key, item in data["items"]}
            value.clear()
            value.update(items)
        else:
            filled = [self._unpack(item) for item in data["items"]]
            value.clear()
            value.extend(filled) if kind is list else value.update(filled)
        if number is not None:
            self._shared.keep(number, self._shared.text(value))
        return value

    def _replace(self, number: int | None, held: Any, data: dict[str, Any]) -> Any:
        value = _READ[data["is"]](self, data)
        if number is None:
            return value
        if type(held) is type(value) and not isinstance(value, np.ndarray):
            held._update_inplace(value)
            if isinstance(value, pd.Series):
                held.name = value.name
            value = held
        elif isinstance(held, np.ndarray) and held.shape == value.shape and held.dtype == value.dtype:
            held[...] = value
            value = held
        else:
            self._shared.add(value, number)
        self._shared.keep(number, Snapshot(value))
        return value
