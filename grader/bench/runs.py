"""A run of benchmarks: each engine on fresh copies of one course, one after the other, on this machine."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from grader.bench import course as courses
from grader.bench import engines, measure, with_otter
from grader.bench.results import Row
from grader.errors import GraderError

POINTS = """
select s.student_id, sum(g.auto_score) from grade g join submitted_notebook n on g.notebook_id = n.id
join submitted_assignment s on n.assignment_id = s.id group by s.student_id
"""
Tell = Callable[[str], None]


class Bench:
    """A course to mark over and over. `tell` hears what is being done, as it may take minutes."""

    def __init__(self, course: Path, assignment: str, scratch: Path, tell: Tell) -> None:
        self.course, self.assignment, self.scratch, self.tell = course, assignment, scratch, tell
        self._copy, self._log = scratch / "copy", scratch / "log.txt"
        self._otter: Path | None = None

    def with_otter(self) -> None:
        """Have Otter installed for this run; raise GraderError when it cannot be."""
        self.tell("Installing Otter in an environment of its own ...")
        self._otter = with_otter.make_environment(self.scratch / "otter")

    def rows(self, counts: Sequence[int], others_most: int) -> list[Row]:
        """Mark so many submissions with each engine; with nbgrader and Otter at most `others_most`."""
        others = {min(count, others_most) for count in counts} - {0}
        found = []
        for count in sorted({*counts, *others}):
            ours = [engines.COMPAT, engines.SPLIT] if count in counts else []
            theirs = [engines.STOCK, *([engines.OTTER] if self._otter else [])] if count in others else []
            for engine in ours + theirs:
                found.append(self.row(engine, count))
        return found

    def row(self, engine: str, count: int) -> Row:
        """Mark so many submissions with one engine."""
        self.tell(f"{engine}: {count} submissions ...")
        self._log.write_bytes(b"")
        copy = courses.copies(self.course, self.assignment, count, self._copy)
        if engine == engines.OTTER and self._otter:
            return self._graded_by_otter(self._otter, copy, count)
        took = self._run(engines.command(engine, copy, self.assignment), copy)
        marked = len(list((copy / "autograded").glob(f"*/{self.assignment}/*.ipynb")))
        if not marked:
            raise self._trouble(engine)
        with closing(sqlite3.connect(copy / "gradebook.db")) as book:
            scores = dict(book.execute(POINTS))
        return Row(engine, count, took, marked, scores)

    def _graded_by_otter(self, python: Path, copy: Path, count: int) -> Row:
        folder, results = copy / "for otter", copy / "otter.json"
        autograder = with_otter.make_autograder(python, copy, self.assignment, folder)
        notebooks = with_otter.convert(copy, self.assignment, folder / "notebooks")
        took = self._run(with_otter.command(python, autograder, results, notebooks), folder)
        if not results.is_file():
            raise self._trouble(engines.OTTER)
        scores = json.loads(results.read_text(encoding="utf-8"))
        return Row(engines.OTTER, count, took, len(scores), scores)

    def _run(self, command: Sequence[str], cwd: Path) -> measure.Took:
        settings = {"XDG_CONFIG_HOME": str(self.scratch / "settings")}  # the course used last stays what it was
        return measure.run(command, cwd, courses.environment() | settings, self._log)

    def _trouble(self, engine: str) -> GraderError:
        last = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        return GraderError(f"{engine} did not work: {' '.join(last)}", todo="Try: club doctor")
