"""Plain values as JSON and raw bytes, and back: exact types only, and reading them builds nothing but plain values."""

from __future__ import annotations

import datetime
import decimal
import fractions
import math
import pathlib
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

MISSING = object()  # no value, where None is one
BIG = 1 << 63
MAX_DIGITS = 5_000
GOOD_DTYPE = re.compile(r"[<>|=](?:[biufc](?:1|2|4|8|16|32)|[mM]8(?:\[\w{1,10}\])?|[US]\d{1,6})")


class NotPlain(Exception):
    """The value does not travel."""


class BadData(Exception):
    """What the other side sent is not a value."""


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise BadData("a number of too many digits")
    return int(text, 16)


def _unit(text: Any) -> Any:
    if text not in ("s", "ms", "us", "ns"):
        raise BadData("not a unit of time")
    return text


def _taker(name: str, method: str) -> Callable[[Any], dict[str, Any]]:
    return lambda value: {"is": name, "v": getattr(value, method)()}


def _giver(read: Callable[[str], Any]) -> Callable[[dict[str, Any]], Any]:
    return lambda data: read(str(data["v"]))


def _stamp(data: dict[str, Any]) -> Any:
    stamp = pd.Timestamp(int(data["v"]), unit=str(data["unit"]))
    return stamp.tz_localize("UTC").tz_convert(str(data["zone"])) if data["zone"] else stamp


def _stamp_data(value: pd.Timestamp) -> dict[str, Any]:
    return {"v": value.asm8.view("i8").item(), "unit": value.unit, "zone": str(value.tz) if value.tz else ""}


_ISO: dict[str, Any] = {
    "datetime": datetime.datetime,
    "date": datetime.date,
    "clock": datetime.time,
}
_TEXT: dict[str, Any] = {
    "decimal": decimal.Decimal,
    "fraction": fractions.Fraction,
    "path": pathlib.PosixPath,
}
_ONE = {"ellipsis": ..., "NotImplemented": NotImplemented, "NaT": pd.NaT, "NA": pd.NA}
_TAKE: dict[type, Callable[[Any], dict[str, Any]]] = {
    bytes: lambda v: {"is": "bytes", "v": v.hex()},
    complex: lambda v: {"is": "complex", "v": [repr(v.real), repr(v.imag)]},
    range: lambda v: {"is": "range", "v": [v.start, v.stop, v.step]},
    datetime.timedelta: lambda v: {"is": "timedelta", "v": [v.days, v.seconds, v.microseconds]},
    pd.Timestamp: lambda v: {"is": "stamp"} | _stamp_data(v),
    pd.Timedelta: lambda v: {"is": "span", "v": v.asm8.view("i8").item(), "unit": v.unit},
    pd.Period: lambda v: {"is": "period", "v": v.ordinal, "freq": v.freqstr},
    **{kind: _taker(name, "isoformat") for name, kind in _ISO.items()},
    **{kind: _taker(name, "__str__") for name, kind in _TEXT.items()},
}
_GIVE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "int": lambda d: _whole(d["v"]),
    "float": lambda d: float(d["v"]),
    "bytes": lambda d: bytes.fromhex(d["v"]),
    "complex": lambda d: complex(float(d["v"][0]), float(d["v"][1])),
    "range": lambda d: range(*(int(n) for n in d["v"])),
    "timedelta": lambda d: datetime.timedelta(*d["v"]),
    "stamp": _stamp,
    "span": lambda d: pd.Timedelta(np.timedelta64(int(d["v"]), _unit(d["unit"]))),
    "period": lambda d: pd.Period(ordinal=int(d["v"]), freq=str(d["freq"])),
    "one": lambda d: _ONE[d["v"]],
    "number": lambda d: scalar(d["dtype"], bytes.fromhex(d["v"])),
    "text": lambda d: np.str_(str(d["v"])),
    **{name: _giver(kind.fromisoformat) for name, kind in _ISO.items()},
    **{name: _giver(kind) for name, kind in _TEXT.items()},
}


def atom(value: Any) -> Any:
    """Return a value that has no parts as JSON; raise NotPlain for any other."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if -BIG < value < BIG else {"is": "int", "v": hex(value)}
    if kind is float:
        return value if math.isfinite(value) else {"is": "float", "v": repr(value)}
    for name, one in _ONE.items():
        if value is one:
            return {"is": "one", "v": name}
    if kind in _TAKE:
        return _TAKE[kind](value)
    if kind is np.str_:
        return {"is": "text", "v": str(value)}
    if isinstance(value, np.generic) and kind.__module__ == "numpy" and value.dtype.kind in "biufcmM":
        return {"is": "number", "dtype": value.dtype.str, "v": value.tobytes().hex()}
    raise NotPlain(kind.__name__)


def from_atom(data: dict[str, Any]) -> Any:
    """Return the value that `atom` wrote; raise BadData for anything else."""
    give = _GIVE.get(data["is"])
    if give is None:
        raise BadData(str(data["is"])[:50])
    return give(data)


def text_or_none(value: Any) -> str | None:
    """Return text, as much of it as travels; None for anything else."""
    return value[:20_000] if type(value) is str else None


def plain_dtype(dtype: np.dtype[Any]) -> Any:
    """Return what `good_dtype` reads; raise NotPlain for a dtype that holds objects."""
    if dtype.hasobject or dtype.subdtype is not None:
        raise NotPlain(str(dtype))
    if dtype.names is None:
        return dtype.str
    return [[name, plain_dtype(dtype[name])] for name in dtype.names]


def good_dtype(text: Any, depth: int = 0) -> np.dtype[Any]:
    """Return the dtype of raw numbers, times or text that this names; raise BadData for objects and the like."""
    if type(text) is list and depth < 4:
        return np.dtype([(str(name), good_dtype(part, depth + 1)) for name, part in text])
    if type(text) is not str or not GOOD_DTYPE.fullmatch(text):
        raise BadData("not a dtype")
    return np.dtype(text)


def scalar(dtype: str, raw: bytes) -> Any:
    """Return one numpy number."""
    found = np.frombuffer(raw, good_dtype(dtype))
    if found.size != 1:
        raise BadData("not one number")
    return found[0]
