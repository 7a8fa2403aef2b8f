"""How to mark: with nbgrader's own engine or with the fast one."""

from __future__ import annotations

from dataclasses import dataclass

STOCK, FAST = "stock", "fast"
DEFAULT = FAST


@dataclass(frozen=True)
class Choice:
    """Without an `engine` it is the one the course remembers; `remember` keeps this one.

    `jobs`, `compat` and `fair` are the fast engine's.
    """

    engine: str = ""
    remember: bool = False
    jobs: int | None = None
    compat: bool = False
    fair: bool = False
