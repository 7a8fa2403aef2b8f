"""What is known about a notebook's tests before anyone's answers are marked: read from the source, no code run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """How the tests of one notebook are marked."""

    unverified: frozenset[str] = frozenset()
