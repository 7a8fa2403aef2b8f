"""The benchmarks compare like with like: ratios within a run, and for Otter the same tests for the same points."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from grader.bench import lesson, measure, results, with_otter
from grader.bench.engines import OTTER, SPLIT, STOCK
from grader.bench.measure import Took
from grader.bench.results import Row
from grader.errors import GraderError


def row(engine: str, count: int, cpu: float, wall: float, memory: int, **scores: float) -> Row:
    """Return a row of made-up figures."""
    return Row(engine, count, Took(cpu, wall, memory, 0), count, scores)


ROWS = [
    row(SPLIT, 24, 12, 8, 400, ann=3.0, bo=1.0),
    row(STOCK, 24, 60, 48, 200, ann=3.0, bo=2.0),
    row(OTTER, 24, 72, 96, 100, ann=3.0, bo=2.0),
    row(SPLIT, 96, 30, 16, 500),
]


def test_ratios_are_per_submission_and_within_the_run() -> None:
    """Where nbgrader marked fewer, it counts as taking as long for each; memory is that of the whole run."""
    small, _, _, large = results.to_json(ROWS)

    assert [5.0, 6.0, 0.5] == [small[f"times less {name}"] for name in ("cpu", "wall", "memory")]
    assert [6.0, 12.0] == [small[f"times less {name} than Otter"] for name in ("cpu", "wall")]
    assert [8.0, 12.0] == [large[f"times less {name}"] for name in ("cpu", "wall")]


def test_growth_and_points_are_shown() -> None:
    """Each submission more has its own figure, and so has how many points are as nbgrader's."""
    small, _, otter, large = results.to_json(ROWS)

    assert 0.25 == large["cpu each more"] and "cpu each more" not in small
    assert (1, 2) == (small["same points as nbgrader"], otter["same points as nbgrader"])


def test_the_short_table_has_our_large_run_and_the_others() -> None:
    """For a README: ours at 96, the others at what they did, each with how many times less it took."""
    _, _, *others, ours = results.summary({"rows": results.to_json(ROWS)}).splitlines()

    assert ["nbgrader", "Otter"] == [line.split("|")[1].strip() for line in others]
    assert "| ours | 96 | 0.31 | 6.0 | 0 | 8.0, 12.0 | 9.6, 24.0 |" == ours


def test_memory_is_told_for_the_command_and_for_what_runs_under_it(tmp_path: Path) -> None:
    """The lowest process is the child, the one above it the warm one, and the command is by itself."""
    size = 80_000_000
    lowest = f"import time; held = b'x' * {size}; time.sleep(2)"
    middle = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {lowest!r}])"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {middle!r}])"]

    took = measure.run(command, tmp_path, os.environ, tmp_path / "log")

    assert 0 == took.code and took.cpu > 0 and took.wall >= 2
    assert took.child >= size and took.memory > size
    assert 0 < took.warm < size and 0 < took.parent < size


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Give the list that Otter's test files put their cases in, here without Otter."""
    found: list[Any] = []

    def test_case(points: float) -> Any:
        return lambda function: found.append((points, function))

    module = ModuleType("otter.test_files")
    module.test_case = test_case  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "otter", ModuleType("otter"))
    monkeypatch.setitem(sys.modules, "otter.test_files", module)
    return found


def points(text: str, cases: list[Any], names: dict[str, Any]) -> float:
    """Run a test file in the learner's names and return the points of the cases that hold."""
    cases.clear()
    exec(text, {})
    won = 0.0
    for worth, function in cases:
        try:
            function(names)
        except Exception:
            continue
        won += worth
    return won


def test_a_test_cell_gives_the_same_points_with_otter(cases: list[Any]) -> None:
    """A cell of assertions gives all or nothing; one that ends in a number gives so many points."""
    whole = with_otter.test_file("a", "found = answer()\nassert found == 2", 2)
    parts = with_otter.test_file(
        "b", "points = 0.0\nif answer() > 1:\n    points += 1\nif answer() > 2:\n    points += 1\npoints", 2
    )

    assert [2, 0] == [points(whole, cases, {"answer": lambda value=value: value}) for value in (2, 3)]
    assert [0, 1, 2] == [points(parts, cases, {"answer": lambda value=value: value}) for value in (1, 2, 3)]


def test_names_of_a_test_cell_stay_for_the_next_one(cases: list[Any]) -> None:
    """What one test cell makes is there for the tests that follow, as in the notebook."""
    names: dict[str, Any] = {}
    points(with_otter.test_file("a", "found = 5\nassert found", 1), cases, names)

    assert 1 == points(with_otter.test_file("b", "assert found == 5", 1), cases, names)


def test_every_test_cell_of_the_measured_lesson_can_be_made_one_of_otters() -> None:
    """Each test cell becomes a file that Python reads, and a line that asks for it takes its place."""
    tests = [cell for cell in lesson.cells() if with_otter.is_test(cell)]

    assert len(lesson.EXERCISES) == len(tests)
    for cell in tests:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        compile(with_otter.test_file(name, cell["source"], 2), name, "exec")
        assert f'grader.check("{name}")' == with_otter.checked(cell)["source"]


def test_without_otters_packages_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Otter cannot be had, the reason is said in one line."""
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "empty"))

    with pytest.raises(GraderError, match="Otter could not be installed") as told:
        with_otter.make_environment(tmp_path / "otter")

    assert 1 == len(str(told.value).splitlines())
