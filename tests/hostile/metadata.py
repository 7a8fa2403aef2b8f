"""What is said about the cells: the frame is always the lesson's."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from hostile.attack import FULL, MARKED, NOTHING, REPAIRED, WITHOUT_TOTAL, Attack

Handed = dict[str, Any]
TESTS = tuple(FULL)


def cell_of(handed: Handed, name: str) -> dict[str, Any]:
    """Return the cell of a name."""
    found: dict[str, Any] = next(
        c for c in handed["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == name
    )
    return found


def _all(change: Callable[[dict[str, Any]], Any]) -> Callable[[Handed], Any]:
    def every(handed: Handed) -> None:
        for cell in handed["cells"]:
            change(cell)

    return every


def _marks(names: tuple[str, ...], **flags: Any) -> Callable[[Handed], Any]:
    def change(handed: Handed) -> None:
        for name in names:
            cell_of(handed, name)["metadata"]["nbgrader"].update(flags)

    return change


def _emptied(handed: Handed) -> None:
    for name in TESTS:
        cell_of(handed, name.removesuffix("_test"))["source"] = "pass"


def both(*changes: Callable[[Handed], Any]) -> Callable[[Handed], Any]:
    def change(handed: Handed) -> None:
        for each in changes:
            each(handed)

    return change


def _easy_tests(handed: Handed) -> None:
    for name in TESTS:
        cell_of(handed, name)["source"] = "assert True"


def _tests_for_answers(handed: Handed) -> None:
    """Give each answer the test's name and each test the answer's."""
    for name in TESTS:
        answer, test = cell_of(handed, name.removesuffix("_test")), cell_of(handed, name)
        answer["metadata"]["nbgrader"], test["metadata"]["nbgrader"] = (
            test["metadata"]["nbgrader"],
            answer["metadata"]["nbgrader"],
        )


def _test_twice(handed: Handed) -> None:
    """Add another test of the same name, which passes, after and before the real one."""
    for name in TESTS:
        place = handed["cells"].index(cell_of(handed, name))
        for at in (place + 1, place):
            again = copy.deepcopy(handed["cells"][place])
            again["source"], again["id"] = "assert True", f"again-{at}"
            handed["cells"].insert(at, again)


def _answer_twice(handed: Handed) -> None:
    place = handed["cells"].index(cell_of(handed, "total"))
    again = copy.deepcopy(handed["cells"][place])
    again["source"] = "def total(table):\n    return int(table['amount'].sum())"
    handed["cells"][place]["source"] = "def total(table):\n    return 0"
    handed["cells"].insert(place + 1, again)


def _kind(name: str, kind: str) -> Callable[[Handed], Any]:
    def change(handed: Handed) -> None:
        cell = cell_of(handed, name)
        cell["cell_type"] = kind
        cell.pop("outputs", None), cell.pop("execution_count", None)

    return change


def _source(name: str, source: Any) -> Callable[[Handed], Any]:
    return lambda handed: cell_of(handed, name).__setitem__("source", source)


def _deep(levels: int) -> Any:
    made: Any = []
    for _ in range(levels):
        made = [made]
    return made


def without(*keys: str) -> Callable[[Handed], Any]:
    return _all(lambda cell: [cell.pop(key, None) for key in keys])


def _saved_outputs(handed: Handed) -> None:
    """Save full marks as the outputs of tests whose answers are not there."""
    _emptied(handed)
    for name in TESTS:
        cell_of(handed, name)["outputs"] = [
            {"output_type": "execute_result", "data": {"text/plain": "3.0"}, "metadata": {}, "execution_count": 1}
        ]


def _new_exercise(handed: Handed) -> None:
    handed["cells"] += [
        {"cell_type": "code", "id": "bonus", "execution_count": 1, "outputs": [], "source": "100.0",
         "metadata": {"nbgrader": {"grade": True, "solution": False, "locked": True, "task": False, "points": 100, "grade_id": "bonus", "schema_version": 3}}}
    ]  # fmt: skip


def _ten_thousand(handed: Handed) -> None:
    handed["cells"] += [
        {"cell_type": "code" if n % 20 == 0 else "markdown", "metadata": {}, "source": str(n), "id": f"n{n}", **({"outputs": [], "execution_count": None} if n % 20 == 0 else {})}
        for n in range(10_000)
    ]  # fmt: skip


def _odd_cells(handed: Handed) -> None:
    handed["cells"] += [
        None,
        3,
        "text",
        [],
        {},
        {"cell_type": ["code"]},
        {"cell_type": "code", "source": {"a": 1}, "metadata": 5, "id": _deep(500)},
    ]
    handed["cells"].append(
        {"cell_type": "markdown", "source": ["a", None, 3], "metadata": {"nbgrader": []}, "attachments": [1]}
    )
    handed["cells"].append(
        {
            "cell_type": "code",
            "source": "1",
            "metadata": {"nbgrader": {"grade_id": {"a": 1}}},
            "outputs": "x",
            "id": None,
        }
    )
    handed["metadata"] = {
        "kernelspec": _deep(500),
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {str(n): _deep(20) for n in range(2_000)}}},
    }


def _attachments(handed: Handed) -> None:
    picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    cell_of(handed, "why")["attachments"] = {
        "ok.png": {"image/png": picture},
        "huge.png": {"image/png": picture + "A" * 20_000_000},
        "page.html": {"text/html": "<script>window.__owned = 1</script>"},
        "own.svg": {"image/svg+xml": "<svg onload='window.__owned=1'/>"},
        "../../x.png": {"image/png": picture},
        "false.png": {"image/png": "bm90IGEgcGljdHVyZQ=="},
    }


def _points(**found: float) -> Mapping[str, float | None]:
    return FULL | found


def _ids_of_tests(handed: Handed) -> None:
    """Give cells of one's own, which pass, the ids of tests."""
    own = [copy.deepcopy(cell_of(handed, name)) for name in TESTS]
    for cell in own:
        cell["metadata"], cell["source"] = {}, "3.0"
    handed["cells"][1:1] = own


ATTACKS: dict[str, Attack] = {
    "points raised": Attack(change=_marks(TESTS, points=100), outcome=REPAIRED),
    "points raised on answers that are not there": Attack(earns=NOTHING, change=both(_emptied, _marks(TESTS, points=1e308)), outcome=REPAIRED),
    "points that are no number": Attack(change=_marks(TESTS, points={"many": [1]}), outcome=REPAIRED),
    "tests called answers": Attack(earns=NOTHING, change=both(_emptied, _easy_tests, _marks(TESTS, solution=True, locked=False)), outcome=REPAIRED),
    "tests called tasks": Attack(earns=NOTHING, change=both(_emptied, _marks(TESTS, task=True, grade=False)), outcome=REPAIRED),
    "tests no longer graded": Attack(change=_marks(TESTS, grade=False, locked=False), outcome=REPAIRED),
    "tests that always pass": Attack(earns=NOTHING, change=both(_emptied, _easy_tests), outcome=REPAIRED),
    "tests that may stop or be left out": Attack(earns=NOTHING, change=both(_emptied, _all(lambda cell: cell["metadata"].update(tags=["raises-exception", "skip-execution", "remove_cell"], editable=True, deletable=True)))),
    "cells of one's own with the tests' ids": Attack(earns=NOTHING, change=both(_emptied, _ids_of_tests)),
    "checksums of one's own": Attack(earns=NOTHING, change=both(_emptied, _easy_tests, _marks(TESTS, checksum="0" * 32)), outcome=REPAIRED),
    "names of tests and answers swapped": Attack(earns=NOTHING, change=both(_emptied, _tests_for_answers), outcome=REPAIRED),
    "a second test that passes": Attack(earns=NOTHING, change=both(_emptied, _test_twice), outcome=REPAIRED),
    "an answer copied, the last one right": Attack(change=_answer_twice, outcome=REPAIRED, says=""),
    "a test of one's own for a hundred points": Attack(change=_new_exercise, outcome=REPAIRED),
    "results saved by hand": Attack(earns=NOTHING, change=_saved_outputs),
    "an answer made a text": Attack(change=_kind("total", "markdown"), outcome=REPAIRED),
    "a test made a text": Attack(change=_kind("total_test", "markdown"), outcome=REPAIRED),
    "a test made raw": Attack(change=_kind("share_test", "raw"), outcome=REPAIRED),
    "the written answer made code": Attack(change=_kind("why", "code"), outcome=REPAIRED),
    "every label gone": Attack(change=_all(lambda cell: cell.update(metadata={})), outcome=REPAIRED),
    "every label and id gone": Attack(change=both(without("id"), _all(lambda cell: cell.update(metadata={}))), outcome=REPAIRED),
    "labels of the wrong kind": Attack(change=_all(lambda cell: cell.update(metadata=[1, 2])), outcome=REPAIRED),
    "labels that say nbgrader is a list": Attack(change=_all(lambda cell: cell.update(metadata={"nbgrader": [cell["metadata"]]})), outcome=REPAIRED),
    "labels of an old kind": Attack(change=_marks(TESTS, schema_version=0)),
    "labels of a kind to come": Attack(change=_marks(TESTS, schema_version=10**30)),
    "every cell of one id": Attack(change=_all(lambda cell: cell.update(id="same"))),
    "every cell without an id": Attack(change=without("id")),
    "ids that are no ids": Attack(change=_all(lambda cell: cell.update(id="<script>" * 100))),
    "every cell of one name": Attack(
        earns=NOTHING, change=both(_emptied, _all(lambda cell: cell.update(metadata={"nbgrader": {"grade_id": "total", "solution": True}}))), outcome=REPAIRED
    ),
    "an answer that is a number": Attack(earns=WITHOUT_TOTAL, change=_source("total", 5)),
    "an answer that is nothing": Attack(earns=WITHOUT_TOTAL, change=_source("total", None)),
    "an answer in lines": Attack(change=_source("total", ["def total(table):\n", "    return int(table['amount'].sum())"])),
    "an answer with a half sign": Attack(earns=WITHOUT_TOTAL, change=_source("total", "x = '\ud800'\nprint(x)")),
    "a written answer with half signs": Attack(change=_source("why", "It is \udfff and \ud800.")),
    "an answer with signs of zero": Attack(earns=WITHOUT_TOTAL, change=_source("total", "x = 1\x00\x00")),
    "an answer of a million letters": Attack(change=_source("total", "# " + "x" * 1_000_000 + "\ndef total(table):\n    return int(table['amount'].sum())")),
    "an answer of brackets": Attack(earns=WITHOUT_TOTAL, change=_source("total", "(" * 100_000 + ")" * 100_000)),
    "an answer of a sum without end": Attack(earns=WITHOUT_TOTAL, change=_source("total", "+".join(["1"] * 200_000)), says=""),
    "tables in place of labels": Attack(change=lambda handed: handed.update(metadata=["kernelspec"])),
    "another language": Attack(change=lambda handed: handed.update(metadata={"kernelspec": {"name": "bash", "language": "bash", "display_name": "<b>Bash</b>"}})),
    "widgets without number, cells of no kind": Attack(change=_odd_cells),
    "ten thousand cells": Attack(change=_ten_thousand),
    "pictures of all kinds": Attack(change=_attachments),
}  # fmt: skip
assert MARKED
