"""Any value of a notebook as JSON and bytes: plain values whole, shared objects by number, the rest by name only."""

from __future__ import annotations

import enum
import io
import types
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import numpy as np
import pandas as pd

from grader.marking.split import awaiting, charts, exceptions, handed, known_classes, tables, values
from grader.marking.split.shared import CALLABLE, Shared, Snapshot, name_of_kind
from grader.marking.split.values import NotPlain, atom

MAX_DEPTH = 60
SHORT = 1_000  # bytes that go among the JSON; more are attached
NAMES_OF_FILLED = {kind: name for name, kind in known_classes.FILLED.items()}
WATCHED = (pd.DataFrame, pd.Series, np.ndarray)
STEPPED = ("builtins", "itertools", "_csv")  # where iterators of Python's own come from


class Host(Protocol):
    """The end that a message comes from."""

    describes_classes: bool

    def name_of_lesson_class(self, kind: type) -> str | None:
        """Return the name of a class when it is the lesson's own."""

    def name_in_lesson(self, value: Any) -> dict[str, str]:
        """Return, under "lesson", the name that the lesson gave to a value."""

    def about(self, number: int, value: Any, packer: Packer) -> dict[str, Any]:
        """Return what there is to say about a function or a class of this number, as JSON."""


class Packer:
    """Packs one message."""

    def __init__(self, shared: Shared, host: Host) -> None:
        self._shared, self.host = shared, host
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
        if type(value) is bytes and len(value) > SHORT:
            return {"is": "attached", "part": self.part(value)}
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
        for name, view in known_classes.VIEWS.items():
            if kind is view:
                return {"is": "view", "of": name, "items": [self.pack(item) for item in value]}
        if isinstance(value, pd.Index) and _of_pandas(kind):
            return self._whole("index", tables.index, value)
        if kind is np.matrix or kind is np.ma.MaskedArray:
            return self._whole(kind.__name__, tables.odd_array, value)
        if isinstance(value, pd.api.extensions.ExtensionArray) and _of_pandas(kind):
            return self._whole("column", tables.column, value)
        if isinstance(value, np.dtype):
            return {"is": "dtype", "v": values.plain_dtype(value)}
        if kind is io.StringIO and self.host.describes_classes:
            return {"is": "text_file", "v": value.getvalue(), "place": value.tell()}
        if kind is types.ModuleType:
            return {"is": "module", "name": str(value.__name__)}
        if isinstance(value, BaseException):
            return {"is": "exception"} | exceptions.describe(value, self)
        if isinstance(value, tuple) and (fields := known_classes.fields_of(kind)) is not None:
            items = [self.pack(item) for item in tuple.__iter__(value)]
            return {"is": "fields", "name": kind.__name__, "fields": list(fields), "items": items}
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
                new = number is None
                number = self._shared.add(value) if number is None else number
                self._shared.keep(number, Snapshot(value))
                return {"at": number, **content} | (self.host.name_in_lesson(value) if new else {})
        elif kind in NAMES_OF_FILLED:
            return self._filled(self._shared.add(value) if number is None else number, value)
        lesson_class = self.host.name_of_lesson_class(kind)
        if lesson_class is not None:
            return self._of_lesson(number, lesson_class, value)
        if number is not None and self._shared.theirs(number):
            return {"at": number}
        if isinstance(value, type) and (named := known_classes.named_class(value)) is not None:
            return named
        return self._described(self._shared.add(value) if number is None else number, value)

    def _described(self, number: int, value: Any) -> dict[str, Any]:
        chart = charts.describe(value)
        if chart is not None:
            if self._shared.theirs(number):
                self._shared.keep(number, chart)
            return {"at": number, "is": "chart", "chart": chart}
        made = {"at": number, "name": name_of_kind(value)}
        if isinstance(value, type) and self.host.describes_classes:
            return made | {"is": "class"} | self.host.about(number, value, self)
        if isinstance(value, CALLABLE) or (callable(value) and not self.host.describes_classes):
            self.functions.add(number)
            return made | {"is": "function"} | self.host.about(number, value, self)
        if isinstance(value, Iterator) and type(value).__module__ in STEPPED:
            self.functions.add(number)
            return made | {"is": "iterator"}
        if isinstance(value, awaiting.KINDS):
            self.functions.add(number)
            return made | {"is": "awaited", "name": value.__name__, "steps": hasattr(value, "__anext__")}
        if not self.host.describes_classes:
            return made | {"is": "object"} | self._handed(number, value)
        content = known_classes.plain(value)
        more = {} if content is None else {"plain": self.pack(content)}
        kind = type(value)
        at = self._shared.number_of(kind) or self._shared.add(kind)
        made["kind"] = {"at": at, "name": name_of_kind(kind), "is": "class"} | self.host.about(at, kind, self)
        if callable(value):
            more |= {
                "call": True,
                "called": str(getattr(value, "__name__", "")),
                "doc": values.text_or_none(value.__doc__),
            }
        return made | {"is": "object"} | more

    def _handed(self, number: int, value: Any) -> dict[str, Any]:
        """Say what there is to say of an object of the tests' own that answers may use."""
        if not handed.is_handed(value):
            return {}
        self.functions.add(number)
        kind = type(value)
        return {"kind": {"at": self._shared.number_of(kind) or self._shared.add(kind), **handed.about(value)}}

    def _of_lesson(self, number: int | None, name: str, value: Any) -> dict[str, Any]:
        """Describe an object of a class of the lesson's own, which both ends have."""
        if isinstance(value, enum.Enum):
            return {"is": "member", "class": name, "name": value.name}
        number = self._shared.add(value) if number is None else number
        if number in self._open:
            return {"at": number}
        self._open.add(number)
        held = [[key, self.pack(item)] for key, item in vars(value).items()]
        self._open.discard(number)
        self._shared.keep(number, self._shared.text(value))
        return {"at": number, "is": "thing", "class": name, "held": held}

    def _filled(self, number: int, value: Any) -> dict[str, Any]:
        if number in self._open:  # it holds itself
            return {"at": number}
        self._open.add(number)
        made: dict[str, Any] = {"is": NAMES_OF_FILLED[type(value)]}
        if isinstance(value, dict):
            made["items"] = [[self.pack(k), self.pack(v)] for k, v in value.items()]
            if made["is"] == "defaultdict":
                made["factory"] = self.pack(value.default_factory)  # type: ignore[attr-defined]
        elif type(value) is bytearray:
            made["v"] = value.hex()
        else:
            made["items"] = [self.pack(item) for item in value]
            if made["is"] == "deque":
                made["most"] = value.maxlen
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
            return {"is": "inert", "name": name_of_kind(value)}

    def changes(self) -> list[Any]:
        """Return the shared objects that have changed since the other side last heard."""
        found = []
        for number, value in self._shared.items():
            state = self._shared.state(number)
            if type(state) is dict:
                same = charts.describe(value) == state
                found += [] if same else [self._described(number, value)]
            elif not (state.same(value) if type(value) in WATCHED else state == self._shared.text(value)):
                found.append(self.safely(value))
        return found


_WATCHED_AS: dict[type, tuple[str, Any]] = {
    pd.DataFrame: ("frame", tables.frame),
    pd.Series: ("series", tables.series),
    np.ndarray: ("array", tables.array),
}


def _of_pandas(kind: type) -> bool:
    return kind.__module__.partition(".")[0] == "pandas"
