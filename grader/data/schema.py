"""Ask Frictionless whether tables keep to their schema, and say what it found in plain words."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from grader.data.package import Package, Resource

Found = tuple[int | None, str | None, str]
MOST_TOLD = 20
SENTENCES = {
    "blank-row": "The row is blank.",
    "missing-cell": "A cell is missing.",
    "extra-cell": "There is one cell more than there are headings.",
    "missing-label": "A heading is missing.",
    "extra-label": "There is a heading that the description does not know.",
    "incorrect-label": "The heading is not the one in the description.",
    "duplicate-label": "Two columns have the same heading.",
    "blank-label": "A heading is blank.",
    "blank-header": "The line of headings is blank.",
    "unique-error": "The value must be there only once.",
    "primary-key": "Two rows have the same key.",
    "encoding-error": "This is not text in UTF-8.",
    "source-error": "The file cannot be read as a table.",
}
# these come from our own check, which can say where
OURS = ("bytes", "hash", "fingerprint", "row_count", "rows", "joins", "jsonSchema")


def description_problems(package: Package) -> list[str]:
    """Say what in the description does not keep to the Data Package standard or to ours."""
    import frictionless

    found = []
    try:
        frictionless.Package.from_descriptor(copy.deepcopy(package.descriptor))
    except frictionless.FrictionlessException as problem:
        found += [
            f"It does not keep to the Data Package standard: {e.note}." for e in problem.reasons or [problem.error]
        ]
    if package.name != package.folder.name:
        found.append(f'It is named "{package.name}", its folder "{package.folder.name}".')
    for resource in package.resources:
        for column in resource.fields:
            if not column.get("title"):
                found.append(f"Column {column['name']} of {resource.path} has no title.")
    return found


def table_problems(package: Package, resource: Resource) -> Iterator[Found]:
    """Give row, column and reason for each cell or row that does not keep to the schema."""
    import frictionless

    descriptor = {k: v for k, v in copy.deepcopy(resource.descriptor).items() if k not in OURS}
    descriptor["schema"].pop("foreignKeys", None)
    table = frictionless.Resource.from_descriptor(descriptor, basepath=str(package.folder))
    report = table.validate(limit_errors=MOST_TOLD)
    for task in report.tasks:
        for problem in task.errors:
            if problem.type not in OURS:
                yield _found(problem)


def _found(problem: Any) -> Found:
    row = getattr(problem, "row_number", None) or (1 if "label" in problem.type or "header" in problem.type else None)
    column = getattr(problem, "field_name", None) or getattr(problem, "label", None)
    cell = getattr(problem, "cell", None)
    if problem.type == "type-error":
        kind = problem.note.split('"')[1].partition("/")[0]
        return row, column, f'"{cell}" is not of the type {kind}.'
    if problem.type == "constraint-error":
        return row, column, _constraint(problem.note, cell)
    return row, column, SENTENCES.get(problem.type, f"{problem.note[:1].upper()}{problem.note[1:]}.")


def _constraint(note: str, cell: Any) -> str:
    _, name, _, value, *_ = note.split('"')
    sentences = {
        "required": "A value belongs here.",
        "unique": f'"{cell}" must be there only once.',
        "enum": f'"{cell}" is not one of the values that belong here.',
        "pattern": f'"{cell}" does not have the form that belongs here.',
        "minimum": f'"{cell}" is below {value}, the lowest that can be.',
        "maximum": f'"{cell}" is above {value}, the highest that can be.',
    }
    return sentences.get(name, f'"{cell}" does not keep to {name} {value}.')
