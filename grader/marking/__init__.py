"""The marking engine: any nbgrader course, fast, sandboxed, one submission never in another's way.

`mark_assignment` marks; what it gives back is in `grader.marking.result`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.marking.mark import mark_assignment
    from grader.marking.result import MarkingSummary

_HOMES = {"mark_assignment": "grader.marking.mark", "MarkingSummary": "grader.marking.result"}
__all__ = ["MarkingSummary", "mark_assignment"]


def __getattr__(name: str) -> Any:
    """Import on first use: the warm process imports this package too, and must not import nbgrader."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
