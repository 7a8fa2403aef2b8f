"""The same submissions for Otter-Grader, in an environment of its own that goes with the benchmark.

Each test cell becomes one of Otter's test files, and `grader.check("...")` stands in its place in the notebook, as in
the handouts that Otter makes. Otter's sandbox is Docker (`otter grade`); here it runs as `otter run` does: as the
person who types, with no sandbox and no limits, but in one process for all, which is its fastest way.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from grader.errors import GraderError

LOCK = Path(__file__).with_name("otter.txt")
SCRIPT = Path(__file__).with_name("otter_runs.py")
START = "import otter\ngrader = otter.Notebook()"
TEST = """OK_FORMAT = False

from otter.test_files import test_case

name = {name!r}
CELL = {cell!r}
LAST = {last!r}
value = None


@test_case(points={first})
def test_1(env):
    global value
    exec(CELL, env)
    value = eval(LAST, env)
    assert value is None or value >= {first}
"""
MORE = """

@test_case(points={points})
def test_{number}(env):
    assert value is not None and value >= {until}
"""


def version() -> str:
    """Return the version of Otter that is installed, from its lock."""
    return LOCK.read_text(encoding="utf-8").partition("\notter-grader==")[2].split()[0]


def make_environment(folder: Path) -> Path:
    """Make an environment with Otter at the versions of otter.txt; return its Python. Raise GraderError otherwise."""
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    for step in (
        ["venv", "--python", sys.executable, str(folder)],
        ["pip", "install", "--python", str(python), "--require-hashes", "-r", str(LOCK)],
    ):
        done = subprocess.run([sys.executable, "-m", "uv", "--quiet", *step], capture_output=True, text=True)
        if done.returncode:
            why = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1].strip()
            raise GraderError(f"Otter could not be installed: {why}", todo="See that this machine is online.")
    return python


def make_autograder(python: Path, course: Path, assignment: str, folder: Path) -> Path:
    """Write the tests and the data of an assignment in Otter's form and return the file that `otter run` takes."""
    source = course / "source" / assignment
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for cell in _cells(source / f"{assignment}.ipynb"):
        marks = _marks(cell)
        if is_test(cell):
            text = test_file(marks["grade_id"], "".join(cell["source"]), float(marks["points"]))
            (tests / f"{marks['grade_id']}.py").write_text(text, encoding="utf-8")
    data = [path.name for path in sorted(source.iterdir()) if path.is_file() and path.suffix != ".ipynb"]
    for name in data:
        shutil.copy(source / name, folder / name)
    made = folder / "autograder.zip"
    command = [str(python), "-m", "otter", "generate", "--tests-dir", "tests", "--output-path", str(made), *data]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if not made.is_file():
        raise GraderError(f"otter generate did not work: {done.stderr.strip()[-300:]}")
    return made


def convert(course: Path, assignment: str, folder: Path) -> list[Path]:
    """Write each submission of a course as a notebook for Otter, named after its learner, and return them."""
    folder.mkdir(parents=True)
    made = []
    for path in sorted((course / "submitted").glob(f"*/{assignment}/{assignment}.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        start = {"cell_type": "code", "id": "otter", "metadata": {}, "source": START, "outputs": []}
        notebook["cells"] = [start | {"execution_count": None}, *map(checked, notebook["cells"])]
        made.append(folder / f"{path.parts[-3]}.ipynb")
        made[-1].write_text(json.dumps(notebook), encoding="utf-8")
    return made


def command(python: Path, autograder: Path, results: Path, notebooks: list[Path]) -> list[str]:
    """Return the command that grades notebooks with Otter and writes each learner's score to `results`."""
    return [str(python), str(SCRIPT), str(autograder), str(results), *map(str, notebooks)]


def _cells(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def _marks(cell: dict[str, Any]) -> dict[str, Any]:
    return dict(cell["metadata"].get("nbgrader", {}))


def is_test(cell: dict[str, Any]) -> bool:
    """Tell whether a cell is one of nbgrader's tests."""
    marks = _marks(cell)
    return cell["cell_type"] == "code" and bool(marks.get("grade")) and not marks.get("solution")


def checked(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a test cell as the line that asks Otter for that test; any other cell as it is."""
    return cell | {"source": f'grader.check("{_marks(cell)["grade_id"]}")'} if is_test(cell) else cell


def test_file(name: str, cell: str, points: float) -> str:
    """Return a test file: one case with all the points, or, where the cell gives a number, a case for each point."""
    *_, last = ast.parse(cell).body
    gives = isinstance(last, ast.Expr)
    shown = ast.unparse(last) if gives else "None"
    if not gives:
        return TEST.format(name=name, cell=cell, last=shown, first=points)
    text = TEST.format(name=name, cell=cell, last=shown, first=1)
    return text + "".join(MORE.format(points=1, number=n, until=n) for n in range(2, int(points) + 1))
