"""What lessons say of a data set, as JSON: run as a program, so that it can read another copy of the data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from grader.checks.wire import to_json
from grader.lesson.folders import folders
from grader.lesson.read import inspect

Figures = dict[str, dict[str, str]]


def figures(package: str, lessons: Path | None = None) -> Figures:
    """Give lesson -> name -> value for each expected answer and figure of the lessons that use a package."""
    found: Figures = {}
    for folder in folders(lessons):
        lesson, problems = inspect(folder)
        if lesson is None:
            found[folder.name] = {"the lesson": "; ".join(map(str, problems))}
        elif any(entry.partition("/")[0] == package for entry in lesson.front.data):
            answers = {name: _short(exercise.expect) for name, exercise in lesson.exercises.items()}
            found[folder.name] = answers | {f"figure {name}": text for name, text in lesson.figures.items()}
    return found


def changed(package: str, datasets: Path, lessons: Path | None = None) -> list[tuple[str, str, str, str]]:
    """Give lesson, name, value now and value with another copy of the data, where the two differ."""
    command = [sys.executable, "-m", "grader.cli.figures", package, *([str(lessons)] if lessons else [])]
    made = subprocess.run(
        command, env=os.environ | {"FOOTHILLS_DATASETS": str(datasets)}, capture_output=True, text=True, check=True
    )
    then, now = json.loads(made.stdout), figures(package, lessons)
    return [
        (lesson, name, values.get(name, "gone"), then.get(lesson, {}).get(name, "gone"))
        for lesson, values in now.items()
        for name in sorted(values | then.get(lesson, {}))
        if values.get(name) != then.get(lesson, {}).get(name)
    ]


def _short(expect: Any) -> str:
    value = getattr(expect, "value", expect)
    return (
        str(value) if isinstance(value, int | float | str) else json.dumps(to_json(value), sort_keys=True, default=str)
    )


if __name__ == "__main__":
    print(json.dumps(figures(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None)))
