"""Find which line of a file changed, from a few numbers kept in its description.

A checksum says that a file changed, never where.
We keep three sums over the lines of a file: of each line's hash, of hash times line number, and of hash times
line number squared.
One changed, lost, added, split or joined line then leaves exactly one line number that fits all three.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PRIME = (1 << 61) - 1
Moments = tuple[int, int, int]
# lines of the old file that became lines of the new one -> what happened
EDITS = {(1, 1): "changed", (1, 0): "lost", (0, 1): "added", (2, 1): "joined", (1, 2): "split"}


@dataclass(frozen=True)
class Edit:
    """What happened to a file, and at which line, counted from 1."""

    kind: str
    line: int
    columns: tuple[str, ...] = ()
    was: str | None = None


def fingerprint(content: bytes, table: bool) -> dict[str, Any]:
    """Describe a file well enough to find one change in it."""
    lines = _lines(content)
    found: dict[str, Any] = {"lines": len(lines), "sums": [_hex(s) for s in _moments([_hash(x) for x in lines])]}
    if table and lines:
        found["columns"] = {name: _hex(total) for name, total in _columns(lines).items()}
    return found


def locate(content: bytes, known: dict[str, Any]) -> Edit | None:
    """Find the one line where a file differs from its fingerprint; None where more than one differs."""
    lines = _lines(content)
    wanted = tuple(int(s, 16) for s in known["sums"])
    shift = known["lines"] - len(lines)
    for (old, new), kind in EDITS.items():
        if old - new == shift:
            for place, hashes in _fits([_hash(x) for x in lines], (wanted[0], wanted[1], wanted[2]), old, new):
                changed = kind == "changed"
                was = _restore(lines[place], hashes[0]) if changed else None
                return Edit(kind, place + 1, _changed_columns(lines, known) if changed else (), was)
    return None


def _lines(content: bytes) -> list[bytes]:
    return content.removesuffix(b"\n").split(b"\n") if content else []


def _hash(text: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(text, digest_size=7).digest()) + 1


def _hex(number: int) -> str:
    return f"{number:x}"


def _moments(hashes: list[int], first: int = 0) -> Moments:
    zero = one = two = 0
    for n, h in enumerate(hashes, first):
        zero, one, two = zero + h, one + n * h, two + n * n * h
    return zero % PRIME, one % PRIME, two % PRIME


def _fits(hashes: list[int], wanted: Moments, old: int, new: int) -> Iterator[tuple[int, list[int]]]:
    """Give each place where `old` unknown lines in place of `new` known ones make the sums come out."""
    shift = old - new
    after = _moments(hashes[new:], new + shift)
    before = (0, 0, 0)
    for k in range(len(hashes) - new + 1):
        zero, one, two = ((w - a - b) % PRIME for w, a, b in zip(wanted, after, before, strict=True))
        second = (one - k * zero) % PRIME if old == 2 else 0
        first = (zero - second) % PRIME if old else 0
        terms = ((k, first), (k + 1, second))
        if all(rest == sum(x * n**m for n, x in terms) % PRIME for m, rest in enumerate((zero, one, two))):
            yield k, [first, second][:old]
        if k + new < len(hashes):
            before = _add(before, k, hashes[k], 1)
            after = _add(after, k + new + shift, hashes[k + new], -1)


def _add(moments: Moments, place: int, h: int, sign: int) -> Moments:
    zero, one, two = moments
    return zero + sign * h, one + sign * place * h, two + sign * place * place * h


def _restore(line: bytes, h: int) -> str | None:
    """Give the line back as it was, where only one byte of it changed."""
    for place in range(len(line)):
        for byte in range(256):
            candidate = line[:place] + bytes([byte]) + line[place + 1 :]
            if _hash(candidate) == h:
                return candidate.decode("utf-8", "replace")
    return None


def cells(line: bytes | str) -> list[str]:
    """Split one line of a table into its cells."""
    text = line.decode("utf-8", "replace") if isinstance(line, bytes) else line
    return next(csv.reader([text]), [])


def _columns(lines: list[bytes]) -> dict[str, int]:
    header, *rows = map(cells, lines)
    totals = dict.fromkeys(header, 0)
    for row in rows:
        for name, cell in zip(header, row, strict=False):
            totals[name] += _hash(cell.encode())
    return {name: total % PRIME for name, total in totals.items()}


def _changed_columns(lines: list[bytes], known: dict[str, Any]) -> tuple[str, ...]:
    old = known.get("columns", {})
    return tuple(name for name, total in _columns(lines).items() if old.get(name) != _hex(total)) if old else ()
