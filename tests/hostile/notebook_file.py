"""The notebook's file: its format, its alphabet, its size, and what is no notebook at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hostile.attack import LOOK, Attack, Places
from hostile.metadata import Handed, both, without


def _old_format(handed: Handed) -> None:
    for cell in handed["cells"]:
        if cell["cell_type"] == "code":
            cell["input"], cell["language"] = cell.pop("source"), "python"
            cell["prompt_number"] = cell.pop("execution_count", None)
        cell.pop("id", None)
    handed["worksheets"] = [{"cells": handed.pop("cells"), "metadata": {}}]
    handed["nbformat"], handed["nbformat_minor"] = 3, 0


def _raw(content: bytes) -> Callable[[Path, Places], Any]:
    def put(folder: Path, _: Places) -> None:
        (folder / "first.ipynb").write_bytes(content)

    return put


def _as(encode: Callable[[str], bytes]) -> Callable[[Path, Places], Any]:
    def put(folder: Path, _: Places) -> None:
        path = folder / "first.ipynb"
        path.write_bytes(encode(path.read_text()))

    return put


def _large(folder: Path, _: Places) -> None:
    path = folder / "first.ipynb"
    path.write_bytes(path.read_bytes().rstrip()[:-1] + b', "more": "' + b"x" * 200_000_000 + b'"}')


def _bad(content: bytes, **more: Any) -> Attack:
    return Attack(earns=None, outcome=LOOK, files=_raw(content), **more)


def _old_and_long(folder: Path, _: Places) -> None:
    cells = [{"cell_type": "heading", "level": {"a": 1}, "source": ["x", 5], "metadata": None}] * 100_000
    held = {"worksheets": [None, {"cells": 5}, {"cells": cells}], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}
    (folder / "first.ipynb").write_text(json.dumps(held))


def _cells(number: int, kind: str) -> Callable[[Handed], Any]:
    def change(handed: Handed) -> None:
        handed["cells"] += [{"cell_type": kind, "metadata": {}, "source": "1", "outputs": []}] * number

    return change


ATTACKS: dict[str, Attack] = {
    "the old format": Attack(change=_old_format),
    "format 4.0": Attack(change=both(without("id"), lambda handed: handed.update(nbformat_minor=0))),
    "a format to come": Attack(change=lambda handed: handed.update(nbformat=5, nbformat_minor=99)),
    "a format of no kind": Attack(change=lambda handed: handed.update(nbformat="four", nbformat_minor=[5])),
    "a format below nothing": Attack(change=lambda handed: handed.update(nbformat_minor=-7)),
    "a mark at the start of the file": Attack(files=_as(lambda text: b"\xef\xbb\xbf" + text.encode())),
    "the file in another alphabet": Attack(earns=None, outcome=LOOK, files=_as(lambda text: text.encode("utf-16"))),
    "the file with Windows line ends": Attack(files=_as(lambda text: json.dumps(json.loads(text), indent=1).replace("\n", "\r\n").encode())),
    "the file cut short": Attack(earns=None, outcome=LOOK, files=_as(lambda text: text[:-200].encode())),
    "the file twice": Attack(earns=None, outcome=LOOK, files=_as(lambda text: (text + text).encode())),
    "cells twice": Attack(earns=None, outcome=LOOK, files=_as(lambda text: (text.rstrip()[:-1] + ', "cells": 7}').encode())),
    "two hundred megabytes": Attack(earns=None, outcome=LOOK, files=_large),
    "brackets only": _bad(b"[" * 3_000_000),
    "ten million empty things": _bad(b'{"cells": [' + b",".join([b"{}"] * 10_000_000) + b"]}"),
    "a number of a million digits": _bad(b'{"cells": [], "nbformat": ' + b"9" * 1_000_000 + b"}"),
    "a list": _bad(b"[]"),
    "a text": _bad(b'"a notebook"'),
    "no number": _bad(b"NaN"),
    "nothing at all": _bad(b""),
    "zeros": _bad(b"\x00" * 5_000),
    "a page of the web": _bad(b"<!doctype html><script>window.__owned=1</script>"),
    "a zip file": _bad(b"PK\x03\x04" + b"\x00" * 500),
    "cells that are no list": _bad(b'{"cells": {"a": 1}, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'),
    "the old format, a hundred thousand cells": Attack(earns=None, outcome=LOOK, files=_old_and_long),
    "thirty thousand cells of text": Attack(earns=None, outcome=LOOK, change=_cells(30_000, "markdown")),
    "thirty thousand cells of code": Attack(earns=None, outcome=LOOK, change=_cells(30_000, "code")),
    "every key twice": Attack(files=_as(lambda text: text.replace('"cell_type":', '"cell_type": "raw", "cell_type":').replace('"source":', '"source": [], "source":').encode())),
    "numbers without end": Attack(change=lambda handed: [cell["metadata"].update(deep=[float("inf"), float("nan"), -1e308]) for cell in handed["cells"]]),
    "a half sign in every name": Attack(change=lambda handed: [cell["metadata"].update({"\ud800": "\udfff"}) for cell in handed["cells"]]),
    "ends of lines of every kind": Attack(change=lambda handed: handed["cells"][-1].update(source="x = 1\r\u2028\x85\x0cy = 2\x0b\x1c")),
}  # fmt: skip
