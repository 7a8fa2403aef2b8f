"""Reading a message: it builds plain values, stand-ins and nothing else. No pickle, no code, exact types."""

from __future__ import annotations

import collections
import enum
import io
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

from grader.marking.split import charts, exceptions, known_classes, redraw, tables
from grader.marking.split.shared import Shared, Snapshot
from grader.marking.split.values import BadData, from_atom, good_dtype


class Reader(Protocol):
    """The end that a message comes to."""

    def stand_in(self, kind: str, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
        """Return what stands for a function, a class, an iterator or an object of the other side's."""

    def module(self, name: str) -> Any:
        """Return this side's own module of the name."""

    def lesson_class_named(self, name: str) -> type | None:
        """Return this side's own class of the name."""

    def own_of_lesson(self, name: str, value: Any) -> Any:
        """Return this side's own object of the lesson's, where one has the name and holds the same; else the value."""

    def looks(self) -> bool:
        """Say whether names that the other side gave to parts of a value may be asked for here."""


class Unpacker:
    """Reads one message."""

    def __init__(self, shared: Shared, parts: Sequence[bytes], reader: Reader) -> None:
        self._shared, self._parts, self._reader = shared, parts, reader

    def part(self, place: Any) -> bytes:
        """Return attached bytes."""
        if type(place) is not int or not 0 <= place < len(self._parts):
            raise BadData("no such part")
        return self._parts[place]

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
        read = _WHOLE.get(kind)
        return from_atom(data) if read is None else read(self, data)

    def _module(self, data: dict[str, Any]) -> Any:
        return self._reader.module(str(data["name"]))

    def _inert(self, data: dict[str, Any]) -> Any:
        return self._reader.stand_in("object", 0, {"name": str(data["name"])}, self)

    def _fields(self, data: dict[str, Any]) -> Any:
        items = [self._unpack(item) for item in data["items"]]
        kind: Any = self._reader.lesson_class_named(str(data["name"]))
        if kind is not None and known_classes.fields_of(kind) == tuple(data["fields"]):
            return kind(*items)
        if not self._reader.looks():
            return tuple(items)
        return known_classes.with_fields(str(data["name"]), data["fields"])(*items)

    def _exception(self, data: dict[str, Any]) -> Any:
        """Return an exception that was given, not raised."""
        if data.get("held") and not self._reader.looks():
            data = {name: value for name, value in data.items() if name not in ("kind", "held")}
        return exceptions.to_exception(data, self)

    def _member(self, data: dict[str, Any]) -> Any:
        kind = self._reader.lesson_class_named(str(data["class"]))
        if kind is None or not issubclass(kind, enum.Enum):
            raise BadData("not a member")
        return kind[str(data["name"])]

    def _numbered(self, data: dict[str, Any]) -> Any:
        number, kind = data["at"], data.get("is")
        if type(number) is not int:
            raise BadData("not a number")
        if kind is None:
            return self._shared.get(number)
        held = self._shared.get(number) if self._shared.has(number) else None
        if kind in known_classes.FILLED or kind in _FILLS:
            return self._filled(number, held, data)
        if kind == "chart":
            made = self._chart(held, data["chart"])
        elif held is not None:
            return held
        else:
            made = self._reader.stand_in(str(kind), number, data, self)
        self._shared.add(made, number)
        if kind == "chart":
            self._shared.keep(number, charts.describe(made) if self._shared.theirs(number) else None)
        return made

    def _chart(self, held: Any, data: dict[str, Any]) -> Any:
        """Return the chart; drawn anew where this end has it already."""
        if held is None:
            return redraw.to_chart(data)
        held.clear()
        if data["kind"] == "figure":
            return redraw.to_chart(data, held)
        redraw.draw(held, data)
        return held

    def _filled(self, number: int, held: Any, data: dict[str, Any]) -> Any:
        """Return a container, table or object with what it holds now; what is ours changes only where it may."""
        fill = _FILLS.get(data["is"], Unpacker._fill)
        if held is None and "lesson" in data:
            value = self._reader.own_of_lesson(str(data["lesson"]), fill(self, None, None, data))
            self._keep(number, value, None, Snapshot(value))
            return value
        if held is None or self._shared.theirs(number):
            return fill(self, number, held, data)
        if self._shared.guarded and number not in self._shared.free:
            return fill(self, None, None, data)
        before = self._shared.state(number)
        value = fill(self, number, held, data)
        self._shared.changed |= fill is Unpacker._replace or before != self._shared.state(number)
        return value

    def _keep(self, number: int | None, value: Any, held: Any, state: Any = None) -> None:
        if number is not None:
            if value is not held:
                self._shared.add(value, number)
            if state is not None:
                self._shared.keep(number, state)

    def _fill(self, number: int | None, held: Any, data: dict[str, Any]) -> Any:
        name = data["is"]
        kind = known_classes.FILLED[name]
        value = held if type(held) is kind else kind()
        if name == "deque" and value.maxlen != data["most"]:
            value = collections.deque(maxlen=None if data["most"] is None else int(data["most"]))
        self._keep(number, value, held)
        if kind is bytearray:
            value[:] = bytes.fromhex(data["v"])
        elif name in known_classes.MAPPINGS:
            items = {self._unpack(key): self._unpack(item) for key, item in data["items"]}
            value.clear()
            value.update(items)
            if name == "defaultdict":
                factory = self._unpack(data["factory"])
                value.default_factory = factory if factory is None or callable(factory) else None
        else:
            filled = [self._unpack(item) for item in data["items"]]
            value.clear()
            value.update(filled) if kind is set else value.extend(filled)
        self._keep(number, value, value, self._shared.text(value))
        return value

    def _thing(self, number: int | None, held: Any, data: dict[str, Any]) -> Any:
        """Return an object of the lesson's class of this name, with what it holds; none of its code is run."""
        kind = self._reader.lesson_class_named(str(data["class"]))
        if kind is None:
            raise BadData("no such class")
        value = held if type(held) is kind else object.__new__(kind)
        self._keep(number, value, held)
        content = {str(key): self._unpack(item) for key, item in data["held"]}
        value.__dict__.clear()
        value.__dict__.update(content)
        self._keep(number, value, value, self._shared.text(value))
        return value

    def _replace(self, number: int | None, held: Any, data: dict[str, Any]) -> Any:
        value = _TABLES[data["is"]](self, data)
        if type(held) is type(value) and not isinstance(value, np.ndarray):
            held._update_inplace(value)
            if isinstance(value, pd.Series):
                held.name = value.name
            value = held
        elif isinstance(held, np.ndarray) and held.shape == value.shape and held.dtype == value.dtype:
            held[...] = value
            value = held
        self._keep(number, value, held, Snapshot(value))
        return value


def _text_file(_: Unpacker, data: dict[str, Any]) -> Any:
    made = io.StringIO(str(data["v"]))
    made.seek(int(data["place"]))
    return made


def _view(unpacker: Unpacker, data: dict[str, Any]) -> Any:
    if data["of"] not in known_classes.VIEWS:
        raise BadData("not a view")
    return known_classes.view(data["of"], [unpacker.unpack(item) for item in data["items"]])


# By the word that says in a message what it is: what is read whole, and what is filled, as it may change later.
_WHOLE: dict[str, Callable[[Unpacker, dict[str, Any]], Any]] = {
    "attached": lambda unpacker, data: unpacker.part(data["part"]),
    "column": tables.to_column,
    "dtype": lambda _, data: good_dtype(data["v"]),
    "exception": Unpacker._exception,
    "fields": Unpacker._fields,
    "index": tables.to_index,
    "inert": Unpacker._inert,
    "MaskedArray": tables.to_odd_array,
    "matrix": tables.to_odd_array,
    "member": Unpacker._member,
    "module": Unpacker._module,
    "text_file": _text_file,
    "type": lambda _, data: known_classes.class_named(data),
    "view": _view,
}
_TABLES: dict[str, Callable[[Unpacker, dict[str, Any]], Any]] = {
    "frame": tables.to_frame,
    "series": tables.to_series,
    "array": tables.to_array,
}
_FILLS = dict.fromkeys(_TABLES, Unpacker._replace) | {"thing": Unpacker._thing}
