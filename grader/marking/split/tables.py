"""Arrays, columns, indexes and tables in parts: raw numbers as bytes, everything else as plain values.

Each kind has two functions: one describes a value as JSON and parts, and raises NotPlain for what does not travel; one,
`to_...`, makes it again, and raises BadData, or what numpy and pandas raise, for what is no description.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas.arrays import (
    BooleanArray,
    DatetimeArray,
    FloatingArray,
    IntegerArray,
    IntervalArray,
    PeriodArray,
    TimedeltaArray,
)

from grader.marking.split.values import BadData, NotPlain, good_dtype, plain_dtype

if TYPE_CHECKING:
    from grader.marking.split.packing import Packer
    from grader.marking.split.unpacking import Unpacker

MASKED = (IntegerArray, FloatingArray, BooleanArray)
TIMES = {DatetimeArray: "time", TimedeltaArray: "span", PeriodArray: "period"}
MAX_CELLS = 50_000_000


def array(packer: Packer, value: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Describe a numpy array of exactly that type."""
    if value.dtype.kind in "biufcmMUSV":
        dtype = plain_dtype(value.dtype)
        value = value.astype(good_dtype(dtype)) if value.dtype.kind == "V" else value  # its fields side by side
        return {"dtype": dtype, "shape": list(value.shape), "part": packer.part(value.tobytes())}
    if value.dtype.kind == "O":
        return {"shape": list(value.shape), "items": [packer.pack(item) for item in value.ravel().tolist()]}
    raise NotPlain(str(value.dtype))


def to_array(unpacker: Unpacker, data: dict[str, Any]) -> np.ndarray[Any, Any]:
    """Return the array that was described."""
    shape = [int(length) for length in data["shape"]]
    if any(length < 0 for length in shape) or int(np.prod(shape, dtype="float64")) > MAX_CELLS:
        raise BadData("not a shape")
    if "part" in data:
        return np.frombuffer(unpacker.part(data["part"]), good_dtype(data["dtype"])).reshape(shape).copy()
    items = data["items"]
    made = np.empty(len(items), dtype=object)
    for place, item in enumerate(items):
        made[place] = unpacker.unpack(item)
        if callable(made[place]) and item.get("is") != "type":
            raise BadData("a function in a table")
    return made.reshape(shape)


def odd_array(packer: Packer, value: Any) -> dict[str, Any]:
    """Describe a matrix, or an array with a mask."""
    made = {"values": array(packer, np.asarray(value))}
    return made | {"mask": array(packer, np.ma.getmaskarray(value))} if isinstance(value, np.ma.MaskedArray) else made


def to_odd_array(unpacker: Unpacker, data: dict[str, Any]) -> Any:
    """Return the matrix or the array with a mask that was described."""
    values = to_array(unpacker, data["values"])
    return np.ma.array(values, mask=to_array(unpacker, data["mask"])) if "mask" in data else np.matrix(values)


def column(packer: Packer, values: Any) -> dict[str, Any]:
    """Describe the values of one column or index, whatever pandas keeps them in."""
    kind = type(values)
    if kind is np.ndarray:
        return {"in": "array"} | array(packer, values)
    if kind in TIMES:
        return {"in": TIMES[kind], "as": str(values.dtype)} | array(packer, values.asi8)
    if isinstance(values.dtype, pd.StringDtype):
        items = [None if missing else item for item, missing in zip(values.tolist(), values.isna(), strict=True)]
        return {"in": "text", "dtype": "str" if str(values.dtype) == "str" else "string", "items": items}
    if kind is pd.Categorical:
        return {
            "in": "category",
            "ordered": bool(values.ordered),
            "categories": index(packer, values.categories),
        } | array(packer, np.asarray(values.codes))
    if kind in MASKED:
        return {
            "in": "masked", "dtype": str(values.dtype),
            "values": array(packer, values._data), "mask": array(packer, values._mask),
        }  # fmt: skip
    if kind is IntervalArray:
        return {
            "in": "interval", "closed": values.closed,
            "left": index(packer, values.left), "right": index(packer, values.right),
        }  # fmt: skip
    raise NotPlain(str(values.dtype))


def to_column(unpacker: Unpacker, data: dict[str, Any]) -> Any:
    """Return the values that were described."""
    kind = data["in"]
    if kind == "array":
        return to_array(unpacker, data)
    if kind in ("time", "span"):
        return pd.array(to_array(unpacker, data).astype("i8").view(_raw(data["as"])), dtype=_time(data["as"]))
    if kind == "period":
        return PeriodArray(to_array(unpacker, data).astype("i8"), dtype=pd.PeriodDtype(_freq(data["as"])))
    if kind == "text":
        if any(item is not None and type(item) is not str for item in data["items"]):
            raise BadData("not text")
        return pd.array(data["items"], dtype="str" if data["dtype"] == "str" else "string")
    if kind == "category":
        categories = to_index(unpacker, data["categories"])
        return pd.Categorical.from_codes(to_array(unpacker, data), categories, ordered=bool(data["ordered"]))
    if kind == "masked":
        values, mask = to_array(unpacker, data["values"]), to_array(unpacker, data["mask"]).astype(bool)
        made = {"i": IntegerArray, "u": IntegerArray, "f": FloatingArray, "b": BooleanArray}[values.dtype.kind]
        return made(values, mask)
    if kind == "interval":
        return IntervalArray.from_arrays(
            to_index(unpacker, data["left"]), to_index(unpacker, data["right"]), closed=_closed(data["closed"])
        )
    raise BadData("not a column")


def _closed(text: Any) -> Any:
    if text not in ("left", "right", "both", "neither"):
        raise BadData("not an interval")
    return text


def _raw(dtype: str) -> str:
    kind, _, rest = dtype.partition("[")
    unit = rest.rstrip("]").split(",")[0]
    if kind not in ("datetime64", "timedelta64") or unit not in ("s", "ms", "us", "ns"):
        raise BadData("not a time")
    return f"{'M' if kind == 'datetime64' else 'm'}8[{unit}]"


def _time(dtype: str) -> Any:
    _, _, rest = dtype.partition("[")
    unit, _, zone = rest.rstrip("]").partition(", ")
    return pd.DatetimeTZDtype(unit, zone) if zone else np.dtype(_raw(dtype))  # type: ignore[call-overload]


def _freq(dtype: str) -> str:
    return dtype.removeprefix("period[").rstrip("]")


def index(packer: Packer, value: pd.Index) -> dict[str, Any]:
    """Describe an index: a range, labels, or labels of several levels."""
    if type(value) is pd.RangeIndex:
        return {"range": [value.start, value.stop, value.step], "name": packer.pack(value.name)}
    if type(value) is pd.MultiIndex:
        return {
            "levels": [index(packer, level) for level in value.levels],
            "codes": [array(packer, np.asarray(codes)) for codes in value.codes],
            "names": [packer.pack(name) for name in value.names],
        }
    held: Any = value
    made = {"labels": column(packer, held._values), "name": packer.pack(value.name)}
    freq = getattr(value, "freqstr", None)
    return made | {"freq": freq} if freq and type(value) in (pd.DatetimeIndex, pd.TimedeltaIndex) else made


def to_index(unpacker: Unpacker, data: dict[str, Any]) -> pd.Index:
    """Return the index that was described."""
    if "range" in data:
        start, stop, step = (int(number) for number in data["range"])
        return pd.RangeIndex(start, stop, step, name=unpacker.unpack(data["name"]))
    if "levels" in data:
        levels: Any = [to_index(unpacker, level) for level in data["levels"]]
        codes: Any = [to_array(unpacker, each) for each in data["codes"]]
        return pd.MultiIndex(
            levels,
            codes,
            names=[unpacker.unpack(name) for name in data["names"]],
        )
    labels = to_column(unpacker, data["labels"])
    dtype = object if isinstance(labels, np.ndarray) and labels.dtype.kind == "O" else None
    made: pd.Index = pd.Index(labels, dtype=dtype, name=unpacker.unpack(data["name"]))
    if "freq" in data and isinstance(made, (pd.DatetimeIndex, pd.TimedeltaIndex)):
        dated: Any = made
        dated.freq = str(data["freq"])
    return made


def series(packer: Packer, value: pd.Series) -> dict[str, Any]:
    """Describe a column with its labels and its name."""
    return {
        "values": column(packer, value._values),
        "index": index(packer, value.index),
        "name": packer.pack(value.name),
    }


def to_series(unpacker: Unpacker, data: dict[str, Any]) -> pd.Series:
    """Return the column that was described."""
    return _column(
        to_column(unpacker, data["values"]), to_index(unpacker, data["index"]), unpacker.unpack(data["name"])
    )


def frame(packer: Packer, value: pd.DataFrame) -> dict[str, Any]:
    """Describe a table, column by column."""
    return {
        "columns": index(packer, value.columns),
        "index": index(packer, value.index),
        "values": [column(packer, value.iloc[:, place]._values) for place in range(value.shape[1])],
    }


def to_frame(unpacker: Unpacker, data: dict[str, Any]) -> pd.DataFrame:
    """Return the table that was described."""
    rows = to_index(unpacker, data["index"])
    columns = {place: _column(to_column(unpacker, each), rows) for place, each in enumerate(data["values"])}
    made = pd.DataFrame(columns, index=rows)
    made.columns = to_index(unpacker, data["columns"])
    return made


def _column(values: Any, rows: pd.Index, name: Any = None) -> pd.Series:
    dtype = object if isinstance(values, np.ndarray) and values.dtype.kind == "O" else None
    return pd.Series(values, index=rows, name=name, dtype=dtype)
