"""How to mark: with nbgrader's own engine or with the fast one."""

from __future__ import annotations

from dataclasses import dataclass

STOCK, FAST = "stock", "fast"
DEFAULT = FAST


@dataclass(frozen=True)
class Choice:
    """`jobs`, `compat` and `fair` are the fast engine's."""

    engine: str = DEFAULT
    jobs: int | None = None
    compat: bool = False
    fair: bool = False
