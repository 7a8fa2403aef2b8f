"""nbgrader's settings of a course, read as nbgrader reads them: this machine's, then the course's own."""

from __future__ import annotations

import contextlib
import functools
from copy import deepcopy
from pathlib import Path

from jupyter_core.paths import jupyter_config_path
from traitlets.config.loader import Config, PyFileConfigLoader

from grader.errors import GraderError

NAME = "nbgrader_config.py"
FILE = "sqlite:///"


def settings(root: Path) -> Config:
    """Return the settings; a course without a file of its own has this machine's, or nbgrader's own."""
    config = Config()
    for folder in (*reversed(jupyter_config_path()), str(root)):
        path = Path(folder, NAME)
        if path.is_file():
            config.merge(deepcopy(_loaded(path, path.stat().st_mtime_ns, root)))
    url = str(config.CourseDirectory.get("db_url", ""))
    if url.startswith(FILE) and not Path(url.removeprefix(FILE)).is_absolute():
        config.CourseDirectory.db_url = FILE + str(root / url.removeprefix(FILE))  # nbgrader runs in the course
    return config


@functools.lru_cache(maxsize=32)
def _loaded(path: Path, changed: int, root: Path) -> Config:
    """Return the settings of a file; `changed`, the time it was written, has it read again after a change."""
    try:
        with contextlib.chdir(root):
            return PyFileConfigLoader(path.name, str(path.parent)).load_config()
    except Exception as problem:
        raise GraderError(
            f"It cannot be read: {type(problem).__name__}: {problem}.", where=str(path), todo="Mend that line."
        ) from None


def directory(root: Path, step: str) -> str:
    """Return the name of the folder that one of nbgrader's steps has in a course."""
    return str(settings(root).CourseDirectory.get(f"{step}_directory", step))


def structure(root: Path) -> str:
    """Return how folders lie inside a course, as nbgrader writes it; "" where it is the usual way."""
    return str(settings(root).CourseDirectory.get("directory_structure", ""))
