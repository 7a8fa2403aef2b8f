"""Kinds of value that both ends have: well-known classes by name, containers of the standard library, plain content."""

from __future__ import annotations

import collections
import dataclasses
import decimal
import fractions
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from grader.marking.split.values import BadData

MODULES = ("builtins", "collections", "datetime", "decimal", "fractions", "numbers", "numpy", "pandas", "types")
MAPPINGS: dict[str, Any] = {
    "dict": dict,
    "Counter": collections.Counter,
    "OrderedDict": collections.OrderedDict,
    "defaultdict": collections.defaultdict,
}
FILLED: dict[str, Any] = {
    **MAPPINGS,
    "list": list,
    "set": set,
    "bytearray": bytearray,
    "deque": collections.deque,
}
_OF_NAMEDTUPLE = {*vars(collections.namedtuple("_", "")), *"__annotations__ __orig_bases__".split()}
_ASKED = ("init", "repr", "compare", "kw_only")
VIEWS: dict[str, Any] = {"keys": type({}.keys()), "values": type({}.values()), "items": type({}.items())}
_PLAIN: dict[type, Callable[[Any], Any]] = {
    bool: bool,
    int: int.__pos__,
    float: float.__pos__,
    complex: complex.__pos__,
    str: str.__str__,
    bytes: lambda v: bytes(memoryview(v)),
    tuple: lambda v: tuple(tuple.__iter__(v)),
    list: lambda v: list(list.__iter__(v)),
    set: lambda v: set(set.__iter__(v)),
    frozenset: lambda v: frozenset(set(frozenset.__iter__(v))),
    dict: lambda v: dict(dict.items(v)),
    fractions.Fraction: lambda v: fractions.Fraction(int(v.numerator), int(v.denominator)),
    decimal.Decimal: lambda v: decimal.Decimal(decimal.Decimal.__str__(v)),
    np.ndarray: lambda v: np.ndarray.view(v, np.ndarray),
    pd.DataFrame: pd.DataFrame,
    pd.Series: pd.Series,
}


PLAIN = tuple(_PLAIN)
_BELOW = (int, float, complex, str, bytes, tuple, list, set, frozenset, dict)


def named_class(value: type) -> dict[str, Any] | None:
    """Return the name of a class that every Python here has; None for a class of the learner's."""
    module = value.__module__
    if type(module) is not str or module.partition(".")[0] not in MODULES:
        return None
    found: Any = sys.modules.get(module)
    for part in value.__qualname__.split("."):
        found = getattr(found, part, None)
    return {"is": "type", "module": module, "name": value.__qualname__} if found is value else None


def class_named(data: dict[str, Any]) -> type:
    """Return the class of this name; raise BadData for anything else."""
    module = str(data["module"])
    if module.partition(".")[0] not in MODULES:
        raise BadData("not a class that both ends have")
    found: Any = sys.modules.get(module)
    for part in str(data["name"]).split("."):
        found = getattr(found, part, None)
    if not isinstance(found, type):
        raise BadData("not a class")
    return found


def plain(value: Any) -> Any:
    """Return the plain content of an object whose class is made from a plain one; None when there is none."""
    for kind, content in _PLAIN.items():
        if isinstance(value, kind) and type(value) is not kind:
            return content(value)
    return None


def below(content: Any, name: str, missing: Any = None) -> Any:
    """Return plain content as an object of a class of this name below its own: whoever asks for its type shall see one."""
    kind = type(content)
    if kind not in _BELOW:
        return content
    more = {} if missing is None or kind is not dict else {"__missing__": missing}
    return type(name, (kind,), {"__module__": "__main__", **more})(content)


def fields_of(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a class that `namedtuple` made and nobody added to; None for any other."""
    fields = getattr(kind, "_fields", None)
    if kind.__bases__ != (tuple,) or type(fields) is not tuple or not all(type(name) is str for name in fields):
        return None
    return fields if vars(kind).keys() <= {*_OF_NAMEDTUPLE, *fields} else None


def with_fields(name: str, fields: Any, defaults: Any = None) -> Any:
    """Return a class of `namedtuple`'s; raise BadData when the names are none."""
    make: Any = collections.namedtuple
    try:
        made = make(name, [str(each) for each in fields])
    except ValueError:
        raise BadData("not the names of fields") from None
    if type(defaults) is dict and defaults:
        made.__new__.__defaults__ = tuple(defaults[each] for each in made._fields if each in defaults)
        made._field_defaults = defaults
    return made


def dataclass_data(kind: type, packer: Any) -> dict[str, Any]:
    """Describe the fields of a dataclass: name, type, default, and which of its questions are answered with yes."""
    if not dataclasses.is_dataclass(kind):
        return {}
    found = []
    for each in dataclasses.fields(kind):
        made = {"name": each.name, "type": packer.safely(each.type), "yes": [n for n in _ASKED if getattr(each, n)]}
        if each.default is not dataclasses.MISSING:
            made["default"] = packer.safely(each.default)
        found.append(made | {"made": each.default_factory is not dataclasses.MISSING})
    return {"dataclass": found}


def like_dataclass(data: dict[str, Any], unpacker: Any) -> dict[str, Any]:
    """Return what makes a class count as the dataclass that was described."""
    if "dataclass" not in data:
        return {}
    parts: list[Any] = []
    for each in data["dataclass"]:
        more: Any = {name: name in each["yes"] for name in _ASKED} | ({"default_factory": list} if each["made"] else {})
        more |= {"default": unpacker.unpack(each["default"])} if "default" in each else {}
        parts.append((str(each["name"]), unpacker.unpack(each["type"]), dataclasses.field(**more)))
    return {"__dataclass_fields__": vars(dataclasses.make_dataclass("Fields", parts))["__dataclass_fields__"]}


def view(name: str, items: list[Any]) -> Any:
    """Return the keys, values or items of a dictionary that holds these."""
    if name == "items":
        return dict(items).items()
    held = dict.fromkeys(items) if name == "keys" else dict(enumerate(items))
    return held.keys() if name == "keys" else held.values()
