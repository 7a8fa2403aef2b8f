"""Classes that learners write, and their objects: real classes here that ask the learner's end for everything.

Where the reference answer makes such objects, tests may look at theirs. Comparing is between two of them: no operator
of the learner's is ever asked about a plain value.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grader.marking.split import known_classes

if TYPE_CHECKING:
    from grader.marking.split.packing import Packer
    from grader.marking.split.peer import Peer
    from grader.marking.split.unpacking import Unpacker

COMPARE = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
_BINARY = "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift".split()
OPERATORS = (
    *(f"__{way}{name}__" for name in _BINARY for way in ("", "r", "i")),
    *(f"__{name}__" for name in "neg pos abs invert int float complex index round trunc floor ceil divmod".split()),
    *(f"__{name}__" for name in "len iter next contains getitem setitem delitem missing reversed call".split()),
    *(f"__{name}__" for name in "str repr format bool hash bytes enter length_hint aiter anext aenter".split()),
)
LEAVE = ("__exit__", "__aexit__")
OF_OBJECTS = ("__doc__", "__name__", "__qualname__", "__wrapped__")  # of which each object may have its own
OF_CLASS = ("__iter__", "__len__", "__getitem__", "__contains__")
PACKAGES = (
    *("csv", "dataclasses", "decimal", "json", "numpy", "pandas", "re", "sqlite3", "statistics", "struct", "urllib"),
    "zoneinfo",
)
OURS = ("__", "_abc_", "_is_", "_kind", "_live_", "_repr_", "_ipython_")  # not asked of the learner's end


def about_class(kind: Any, packer: Packer) -> dict[str, Any]:
    """Describe a class: what it is made from, which operators it has, its text of help; or its fields alone."""
    fields = known_classes.fields_of(kind)
    if fields is not None:
        return {"fields": list(fields), "defaults": packer.pack(getattr(kind, "_field_defaults", {}))}
    lesson = packer.host.name_of_lesson_class(kind)
    own = [each for each in kind.__mro__ if each is not object]
    does = [name for name in (*OPERATORS, *COMPARE, *LEAVE) if any(name in vars(each) for each in own)]
    doc = kind.__doc__ if type(kind.__doc__) is str else None
    return {
        **({} if lesson is None else {"lesson": lesson}),
        "from": [packer.pack(each) for each in kind.__bases__ if each is not object],
        "does": does,
        "doc": doc,
        "module": str(kind.__module__),
        "plain": any(issubclass(kind, each) and kind.__eq__ is each.__eq__ for each in known_classes.PLAIN),
        "listed": all(hasattr(type(kind), name) for name in OF_CLASS),
        **known_classes.dataclass_data(kind, packer),
    }


class Kind(type):
    """The class of classes that stand for a learner's."""

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        """Make an object at the learner's end."""
        held = vars(cls).get("_kind")
        if held is None:
            raise TypeError(f"{cls.__name__} is made from a class of another process")
        peer, number = held
        return peer.call(number, arguments, named)

    def __getattribute__(cls, name: str) -> Any:
        if name.startswith(OURS) or "_kind" not in vars(cls):
            return super().__getattribute__(name)
        return _look_at_class(cls, "attribute", {"name": name})

    def __setattr__(cls, name: str, value: Any) -> None:
        if name.startswith(OURS) or "_kind" not in vars(cls):
            super().__setattr__(name, value)
        else:
            _look_at_class(cls, "set", {"name": name}, value)


def _look_at_class(cls: Any, what: str, wish: dict[str, Any], *arguments: Any) -> Any:
    peer, number = cls._kind
    return peer.look(what, {"number": number, **wish}, arguments)


def _of_class(name: str) -> Any:
    def operate(cls: Any, *arguments: Any) -> Any:
        return _look_at_class(cls, "operator", {"name": name}, *arguments)

    return operate


class Listed(Kind):
    """A class that lists its members, as those of `enum` do."""

    def __bool__(cls) -> bool:
        """Be a class, however many members there are."""
        return True


for _name in OF_CLASS:
    setattr(Listed, _name, _of_class(_name))


class Live:
    """Stands for an object of the learner's."""

    __slots__ = ("_live_number", "_live_peer")
    _live_peer: Peer
    _live_number: int

    def __getattribute__(self, name: str) -> Any:
        if name.startswith(OURS) and name not in OF_OBJECTS:
            return object.__getattribute__(self, name)
        return _look(self, "attribute", {"name": name})

    def __setattr__(self, name: str, value: Any) -> None:
        _look(self, "set", {"name": name}, value)

    def __delattr__(self, name: str) -> None:
        _look(self, "delete", {"name": name})

    def __dir__(self) -> Any:
        return _look(self, "dir")

    def __copy__(self) -> Any:
        return _look(self, "copy")

    def __deepcopy__(self, _: Any) -> Any:
        return _look(self, "deepcopy")

    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        """What the object holds, by name."""
        return _look(self, "attribute", {"name": "__dict__"})


def _look(held: Live, what: str, wish: dict[str, Any] | None = None, *arguments: Any) -> Any:
    return held._live_peer.look(what, {"number": held._live_number, **(wish or {})}, arguments)


def _operator(name: str, plain: bool) -> Any:
    def operate(self: Any, *arguments: Any) -> Any:
        if name in COMPARE and not isinstance(arguments[0], Live) and not self._live_peer.describes_classes:
            content = self._live_peer.request("plain", {"number": self._live_number}) if plain else None
            return getattr(content, name)(arguments[0]) if plain else NotImplemented
        return _look(self, "operator", {"name": name}, *arguments)

    return operate


def _call(self: Any, *arguments: Any, **named: Any) -> Any:
    return self._live_peer.call(self._live_number, arguments, named)


def _leave(name: str) -> Any:
    return lambda self, *_: _look(self, "operator", {"name": name}, None, None, None)


def _say(self: Any) -> str:
    return str(self.__dict__.get("_said", ""))


def make_class(peer: Peer, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
    """Return the class that stands for a described one."""
    name = str(data["name"]) or "Object"
    own = peer.lesson_class_named(str(data.get("lesson")))
    if own is not None:
        return own
    if "fields" in data:
        return known_classes.with_fields(name, data["fields"], unpacker.unpack(data["defaults"]))
    real = _installed(str(data.get("module")), name)
    if real is not None and issubclass(real, Exception) and real.__module__.partition(".")[0] in PACKAGES:
        return real
    bases = [unpacker.unpack(each) for each in data["from"]]
    above = sorted((each for each in bases if _good_base(peer, each)), key=lambda each: not isinstance(each, Kind))
    body: dict[str, Any] = {"_kind": (peer, number), "__module__": "__main__"}
    body["__doc__"] = data["doc"] if type(data.get("doc")) is str else None
    body |= known_classes.like_dataclass(data, unpacker)
    if any(issubclass(each, BaseException) for each in above):
        return Kind(name, tuple(each for each in above if issubclass(each, BaseException)), body | {"__str__": _say})
    does = [each for each in data["does"] if each in OPERATORS or each in COMPARE]
    body |= {each: _operator(each, data.get("plain") is True) for each in does}
    if "__call__" in does:
        body["__call__"] = _call
    body |= {each: _leave(each) for each in LEAVE if each in data["does"]}
    real = next((each for each in bases if each in known_classes.PLAIN), real)
    body["__class__"] = property(type if real is None else lambda _: real)
    body["__dict__"] = vars(Live)["__dict__"]
    made: type[Kind] = Listed if data.get("listed") else Kind
    below = above if above and isinstance(above[0], Kind) else [Live, *above]
    try:
        return _finished(_metaclass(made, above)(name, tuple(below), body | {"__slots__": ()}))
    except Exception:  # bases that do not go together
        return made(name, (Live,), body | {"__slots__": ()})


def _good_base(peer: Peer, kind: Any) -> bool:
    if not isinstance(kind, type):
        return False
    return isinstance(kind, Kind) or issubclass(kind, BaseException) or kind is peer.lesson_class_named(kind.__name__)


def _metaclass(kind: type[Kind], above: Sequence[type]) -> Any:
    """Return the class of a class below these: theirs as well where they have one of their own."""
    more = {type(each) for each in above if not issubclass(kind, type(each))}
    more = {each for each in more if not any(each is not other and issubclass(other, each) for other in more)}
    if len(more) == 1 and issubclass(next(iter(more)), kind):
        return more.pop()
    return type("Kind", (kind, *more), {}) if more else kind


def _finished(kind: Any) -> Any:
    """Return the class as one that objects are made of, whatever the lesson's class leaves to be written."""
    if getattr(kind, "__abstractmethods__", None):
        kind.__abstractmethods__ = frozenset()
    return kind


def _installed(module: str, name: str) -> Any:
    """Return the class of an installed package, so that an object of it counts as one here."""
    found = vars(sys.modules[module]).get(name) if module in sys.modules and module != "__main__" else None
    return found if isinstance(found, type) else None
