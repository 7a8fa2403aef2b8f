"""Classes that learners write, and their objects: real classes here that ask the learner's end for everything.

Where the reference answer makes such objects, tests may look at theirs. Comparing is between two of them: no operator
of the learner's is ever asked about a plain value.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from grader.marking.split import known_classes, stand_ins

if TYPE_CHECKING:
    from grader.marking.split.checking import Checking
    from grader.marking.split.packing import Packer
    from grader.marking.split.unpacking import Unpacker

COMPARE = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
_BINARY = "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift".split()
OPERATORS = (
    *(f"__{way}{name}__" for name in _BINARY for way in ("", "r", "i")),
    *(f"__{name}__" for name in "neg pos abs invert int float complex index round trunc floor ceil divmod".split()),
    *(f"__{name}__" for name in "len iter next contains getitem setitem delitem missing reversed call".split()),
    *(f"__{name}__" for name in "str repr format bool hash bytes enter length_hint".split()),
)
OF_CLASS = ("__iter__", "__len__", "__getitem__", "__contains__")
PACKAGES = ("json", "sqlite3", "decimal", "csv", "numpy", "pandas", "re", "struct", "statistics", "zoneinfo", "urllib")
QUIET = ("_repr_", "_ipython_")  # what a notebook looks for before it shows an object


def about_class(kind: Any, packer: Packer) -> dict[str, Any]:
    """Describe a class: what it is made from, which operators it has, its text of help; or its fields alone."""
    fields = known_classes.fields_of(kind)
    if fields is not None:
        return {"fields": list(fields)}
    own = [each for each in kind.__mro__ if each is not object]
    does = [name for name in (*OPERATORS, *COMPARE, "__exit__") if any(name in vars(each) for each in own)]
    doc = kind.__doc__ if type(kind.__doc__) is str else None
    return {
        "from": [packer.pack(each) for each in kind.__bases__ if each is not object],
        "does": does,
        "doc": doc,
        "module": str(kind.__module__),
        "plain": any(issubclass(kind, each) and kind.__eq__ is each.__eq__ for each in known_classes.PLAIN),
        "listed": all(hasattr(type(kind), name) for name in OF_CLASS),
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

    def __getattr__(cls, name: str) -> Any:
        if name.startswith(("__", *QUIET)):
            raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'")
        peer, number = cls._kind
        return peer.look("attribute", {"number": number, "name": name})

    def __setattr__(cls, name: str, value: Any) -> None:
        if name.startswith("__") or "_kind" not in vars(cls):
            super().__setattr__(name, value)
            return
        peer, number = cls._kind
        peer.look("set", {"number": number, "name": name}, (value,))


def _of_class(name: str) -> Any:
    def operate(cls: Any, *arguments: Any) -> Any:
        peer, number = cls._kind
        return peer.look("operator", {"number": number, "name": name}, arguments)

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
    _live_peer: Checking
    _live_number: int

    def __getattr__(self, name: str) -> Any:
        if name.startswith(QUIET) or (name.startswith("__") and name.endswith("__")):
            raise AttributeError(name)
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
        if name in COMPARE and not isinstance(arguments[0], Live):
            return getattr(_look(self, "plain"), name)(arguments[0]) if plain else NotImplemented
        return _look(self, "operator", {"name": name}, *arguments)

    return operate


def _leave(self: Any, *_: Any) -> Any:
    return _look(self, "operator", {"name": "__exit__"}, None, None, None)


def _say(self: Any) -> str:
    return str(self.__dict__.get("_said", ""))


def make_class(peer: Checking, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
    """Return the class that stands for a described one."""
    name = str(data["name"]) or "Object"
    if "fields" in data:
        return known_classes.with_fields(name, data["fields"])
    real = _installed(str(data.get("module")), name)
    if real is not None and issubclass(real, Exception) and real.__module__.partition(".")[0] in PACKAGES:
        return real
    bases = [unpacker.unpack(each) for each in data["from"]]
    above = tuple(each for each in bases if _good_base(each))
    body: dict[str, Any] = {"_kind": (peer, number), "__module__": "__main__"}
    body["__doc__"] = data["doc"] if type(data.get("doc")) is str else None
    if any(issubclass(each, BaseException) for each in above):
        return Kind(name, tuple(each for each in above if issubclass(each, BaseException)), body | {"__str__": _say})
    does = [each for each in data["does"] if each in OPERATORS or each in COMPARE]
    body |= {each: _operator(each, data.get("plain") is True) for each in does} | (
        {"__exit__": _leave} if "__exit__" in data["does"] else {}
    )
    real = next((each for each in bases if each in known_classes.PLAIN), real)
    body["__class__"] = property(type if real is None else lambda _: real)
    kind = Listed if data.get("listed") else Kind
    try:
        return kind(name, above or (Live,), body | {"__slots__": ()})
    except TypeError:  # bases that do not go together
        return kind(name, (Live,), body | {"__slots__": ()})


def _good_base(kind: Any) -> bool:
    return isinstance(kind, type) and (isinstance(kind, Kind) or issubclass(kind, BaseException))


def _installed(module: str, name: str) -> Any:
    """Return the class of an installed package, so that an object of it counts as one here."""
    found = vars(sys.modules[module]).get(name) if module in sys.modules and module != "__main__" else None
    return found if isinstance(found, type) else None


def make_object(peer: Checking, number: int, data: dict[str, Any], unpacker: Unpacker) -> Any:
    """Return what stands for a described object: asking where this test may look at objects, else its plain content."""
    if peer.live and number:
        kind = unpacker.unpack(data["kind"])
        if isinstance(kind, Kind) and issubclass(kind, Live):
            peer.objects_used = True
            made = object.__new__(kind)
            object.__setattr__(made, "_live_peer", peer)
            object.__setattr__(made, "_live_number", number)
            return made
    else:
        peer.dull[number] = {name: value for name, value in data.items() if name != "plain"}
    if "plain" in data:
        return unpacker.unpack(data["plain"])
    if data.get("call"):
        return stand_ins.function(peer, number, data, unpacker)
    return stand_ins.Inert(str(data["name"]))
