"""Where Python, the packages and the fonts are: what a learner's code may read besides the system."""

from __future__ import annotations

import os
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def trees_to_show(course: Path | None = None) -> list[str]:
    """Return the folders that Python and the lessons' packages live in: what a child may read besides the system.

    A folder of PYTHONPATH that has the course in it, or is in it, is not one of them.
    """
    found = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sysconfig.get_paths().values()}
    found |= {os.path.realpath(path) for path in found} | {str(PACKAGE)}
    added = {os.path.realpath(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path}
    found |= {path for path in added if course is None or os.path.commonpath([path, course]) not in (path, str(course))}
    found.add(os.path.dirname(os.path.dirname(os.path.realpath(sys.executable))))
    return sorted(path for path in found if os.path.isdir(path) and path not in ("/", "/usr"))


def font_lists() -> list[str]:
    """Return matplotlib's list of fonts, which takes seconds to make; found without importing matplotlib."""
    if find_spec("matplotlib") is None:
        return []
    base = os.environ.get("MPLCONFIGDIR") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "matplotlib"
    )
    return [str(path) for path in Path(base).glob("fontlist-*.json")]
