"""Notebooks as plain JSON: read, written, and what nbgrader's marks on a cell mean. Pure; nbgrader is not imported."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from grader.marking import words

Cell = dict[str, Any]

CELL_TYPES = ("code", "markdown", "raw")
CHECK = "grader.check("  # what every test of our own lessons calls
SPLIT = ("application/javascript", "image/svg+xml")  # saved line by line, as every kind of text is
MAX_CELLS = 20_000
MAX_PARTS = 2_000_000  # brackets in the file: as objects they take far more memory than as text
GOOD_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class Unreadable(Exception):
    """The file is not a notebook; the text is one sentence that says what was found."""


def parse(content: bytes) -> dict[str, Any]:
    """Return the notebook as JSON of format 4; raise Unreadable with one plain sentence."""
    if content.count(b"{") + content.count(b"[") > MAX_PARTS:
        raise Unreadable(words.PARTS)
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable("The notebook is not complete: it is cut short or damaged.") from None
    if type(notebook) is dict and "worksheets" in notebook and notebook.get("nbformat") in (2, 3):
        notebook = _from_old_format(notebook)
    if type(notebook) is not dict or type(notebook.get("cells")) is not list:
        raise Unreadable("The file does not hold a notebook.")
    notebook["cells"] = [cell for cell in notebook["cells"] if _is_cell(cell)]
    if len(notebook["cells"]) > MAX_CELLS:
        raise Unreadable(words.PARTS)
    return notebook


def _from_old_format(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return what counts of a notebook of format 2 or 3: its cells' kinds, labels and texts."""
    sheets = notebook["worksheets"] if type(notebook["worksheets"]) is list else []
    held = [sheet.get("cells") for sheet in sheets if type(sheet) is dict]
    cells = [_from_old_cell(cell) for part in held if type(part) is list for cell in part if type(cell) is dict]
    return {"cells": cells, "nbformat": 4, "nbformat_minor": 0}


def _from_old_cell(cell: dict[str, Any]) -> Cell:
    kind, level = cell.get("cell_type"), cell.get("level")
    text = text_of({"source": cell.get("input" if kind == "code" else "source", "")})
    if kind == "heading":
        text = f"{'#' * (level if level in (1, 2, 3, 4, 5, 6) else 1)} {text}"
    return {
        "cell_type": kind if kind in ("code", "raw") else "markdown", "metadata": cell.get("metadata"), "source": text
    }  # fmt: skip


def dump(notebook: Mapping[str, Any]) -> str:
    """Return the notebook as nbformat would write it."""
    held = json.loads(json.dumps(notebook))
    for cell in held["cells"]:
        cell["source"] = _lines(cell["source"])
        for output in cell.get("outputs", ()):
            if output["output_type"] == "stream":
                output["text"] = _lines(output["text"])
            for kind, value in output.get("data", {}).items():
                if isinstance(value, str) and (kind.startswith("text/") or kind in SPLIT):
                    output["data"][kind] = _lines(value)
    return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")) + "\n"


def _lines(text: Any) -> Any:
    return text.splitlines(True) if isinstance(text, str) else text


def _is_cell(cell: object) -> bool:
    return type(cell) is dict and cell.get("cell_type") in CELL_TYPES


def text_of(cell: Mapping[str, Any]) -> str:
    """Return a cell's text, whichever of the two ways it was saved, safe to write as UTF-8."""
    source = cell.get("source", "")
    if type(source) is list:
        source = "".join(line for line in source if type(line) is str)
    return source.encode("utf-8", "replace").decode("utf-8") if type(source) is str else ""


def marks_of(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return nbgrader's metadata of a cell, or an empty dictionary."""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if type(metadata) is dict else None
    return marks if type(marks) is dict else {}


def grade_id_of(cell: Mapping[str, Any]) -> str | None:
    """Return the name that nbgrader knows a cell by."""
    name = marks_of(cell).get("grade_id")
    return name if type(name) is str and name else None


def name_of(cell: Mapping[str, Any]) -> str:
    """Return the name that nbgrader knows a cell by; "" where it has none."""
    return grade_id_of(cell) or ""


def is_test(cell: Mapping[str, Any]) -> bool:
    """Say whether the cell is a test that runs."""
    marks = marks_of(cell)
    return cell["cell_type"] == "code" and is_grade(marks) and not is_solution(marks)


def is_lesson_code(cell: Mapping[str, Any]) -> bool:
    """Say whether the cell is code of the lesson's own, and no test."""
    return cell["cell_type"] == "code" and is_locked(marks_of(cell)) and not is_test(cell)


def is_grade(marks: Mapping[str, Any]) -> bool:
    """Say whether the cell earns points by itself or by hand."""
    return bool(marks.get("grade", False))


def is_solution(marks: Mapping[str, Any]) -> bool:
    """Say whether the learner writes in the cell."""
    return bool(marks.get("solution", False))


def is_task(marks: Mapping[str, Any]) -> bool:
    """Say whether the cell is a task marked by hand."""
    return bool(marks.get("task", False))


def is_locked(marks: Mapping[str, Any]) -> bool:
    """Say whether the cell's text belongs to the source."""
    return not is_solution(marks) and (is_grade(marks) or bool(marks.get("locked", False)))


def is_marked(marks: Mapping[str, Any]) -> bool:
    """Say whether nbgrader keeps the cell in its gradebook."""
    return is_grade(marks) or is_solution(marks) or is_locked(marks) or is_task(marks)


def checksum_of(cell: Mapping[str, Any]) -> str:
    """Return nbgrader's checksum of a cell (nbgrader.utils.compute_checksum)."""
    marks = marks_of(cell)
    parts = [
        text_of(cell),
        str(cell["cell_type"]),
        str(marks.get("grade", False)),
        str(marks.get("solution", False)),
        str(_locked_flag(marks)),
        str(marks["grade_id"]),
    ]
    if is_grade(marks):
        parts.append(str(float(marks["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _locked_flag(marks: Mapping[str, Any]) -> bool:
    if is_solution(marks):
        return False
    return True if is_grade(marks) else marks.get("locked", False)
