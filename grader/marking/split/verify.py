"""Before anyone is marked: do the lesson's tests come out the same in two children as in one?

The reference and the untouched notebook are marked both ways. A test that differs is marked in one child from then on,
and its marks are called unverified.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from grader.marking.engine import Warm
from grader.marking.gradebook import Course
from grader.marking.notebook import Cell, Unreadable, name_of, parse
from grader.marking.one_child import run_together
from grader.marking.parts import Source
from grader.marking.rebuild import LOCKED, Rebuilt, rebuild
from grader.marking.scoring import scores_of_tests
from grader.marking.split.names import imports_of_answers, names_of_answers, names_of_lesson, words_outside_tests
from grader.marking.split.plan import Plan, plan_from_json
from grader.marking.split.two_children import SplitNotebook, run_in_two

ENGINE = Path(__file__).parents[1]
PACKAGES = ("ipython", "matplotlib", "numpy", "pandas")  # whose objects answers are made of


def plans_for(
    course: Course, assignment: str, sources: Sequence[Source], data: Mapping[str, Path], warm: Warm
) -> dict[str, Plan]:
    """Return the plan of each notebook of an assignment.

    Made once, then kept in the course until the source changes, or what marks it.
    """
    content = {name: path.read_bytes() for name, path in data.items()}
    masters = {source.name: _master(course, assignment, source) for source in sources}
    key = _key(sources, masters, content)
    place = course.root / ".foothills" / "plans" / f"{assignment}.json"
    kept = _kept(place, key)
    if kept is not None:
        return kept
    plans = {source.name: make_plan(warm, source, masters[source.name], content) for source in sources}
    _keep(place, key, plans)
    return plans


def make_plan(warm: Warm, source: Source, master: Sequence[Cell], data: Mapping[str, bytes]) -> Plan:
    """Return the plan of one notebook, found by marking its reference and its blank both ways.

    The first run takes every test for one that looks at objects, and every file for one that answers write.
    """
    reference = rebuild(source, master)
    blank = rebuild(source, _as_shown(source, master))
    lesson_names = names_of_lesson(reference.cells)
    written = _not_locked(reference)
    words = words_outside_tests(reference.cells)
    every = frozenset(map(name_of, reference.cells))
    draft = Plan(
        names_of_answers(written),
        lesson_names,
        imports_of_answers(written),
        words,
        objects=every,
        files=frozenset(data),
    )
    _, seen = run_in_two(SplitNotebook(warm, draft, reference.cells, data, data))
    touched = frozenset(name for names in seen.touched.values() for name in names)
    files = seen.files.intersection(data)
    plan = replace(draft, shared=lesson_names & touched, objects=seen.objects, files=files)
    differ, changes = _differing(warm, plan, reference, data)
    also, _ = _differing(warm, plan, blank, data)
    return replace(plan, changes=changes, unverified=differ | also)


def _differing(
    warm: Warm, plan: Plan, notebook: Rebuilt, data: Mapping[str, bytes]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the tests that do not come out the same apart, and those whose own data the answers change."""
    together = run_together(warm, notebook.cells, data, frozenset())
    apart, seen = run_in_two(SplitNotebook(warm, plan, notebook.cells, data, data))
    one, other = scores_of_tests(notebook.cells, together), scores_of_tests(notebook.cells, apart)
    return frozenset(name for name, score in one.items() if other.get(name) != score), seen.changes


def _not_locked(notebook: Rebuilt) -> list[Cell]:
    return [cell for cell, origin in zip(notebook.cells, notebook.origins, strict=True) if origin != LOCKED]


def _as_shown(source: Source, master: Sequence[Cell]) -> list[Cell]:
    """Return the cells of the source as learners are given them."""
    shown = {part.grade_id: part.shown for part in source.parts}
    return [cell | {"source": shown.get(name_of(cell), cell.get("source", ""))} for cell in master]


def _master(course: Course, assignment: str, source: Source) -> list[Cell]:
    """Return the cells of the source notebook; without it, those that the gradebook keeps."""
    path = course.folder("source", assignment) / f"{source.name}.ipynb"
    try:
        return list(parse(path.read_bytes())["cells"])
    except (OSError, Unreadable):
        return [part.cell for part in source.parts]


def _key(sources: Sequence[Source], masters: Mapping[str, Sequence[Cell]], data: Mapping[str, bytes]) -> str:
    found = hashlib.sha256(" ".join([sys.version, *map(version, PACKAGES)]).encode())
    for file in sorted(ENGINE.rglob("*.py")):
        found.update(file.read_bytes())
    for source in sources:
        found.update(json.dumps([source.name, [(p.grade_id, p.text, p.shown) for p in source.parts]]).encode())
        found.update(json.dumps([cell.get("source") for cell in masters[source.name]]).encode())
    for name, content in sorted(data.items()):
        found.update(name.encode() + hashlib.sha256(content).digest())
    return found.hexdigest()


def _kept(place: Path, key: str) -> dict[str, Plan] | None:
    try:
        held: Any = json.loads(place.read_text(encoding="utf-8"))
        return {name: plan_from_json(plan) for name, plan in held["plans"].items()} if held["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(place: Path, key: str, plans: Mapping[str, Plan]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".new")
    held = {"key": key, "plans": {name: plan.to_json() for name, plan in plans.items()}}
    try:
        beside.write_text(json.dumps(held), encoding="utf-8")
        os.replace(beside, place)
    finally:
        beside.unlink(missing_ok=True)
