"""`club bench`: how fast marking is here, beside nbgrader's own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click

from grader.errors import GraderError


@click.command()
@click.option("--sizes", default="24,96", metavar="N,N", help="How many submissions to mark (usually 24,96).")
@click.option(
    "--stock-most", default=24, type=click.IntRange(0), metavar="N",
    help="nbgrader marks at most so many (usually 24); it is slow, and each takes it as long as the last.",
)  # fmt: skip
@click.option(
    "--course", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another nbgrader course."
)
@click.option("--assignment", default="", help="The assignment in that course.")
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="A file to write the figures to, as JSON."
)
def bench(sizes: str, stock_most: int, course: Path | None, assignment: str, save: Path | None) -> None:
    """Mark the same work with our engine and with nbgrader's, and show what each took.

    \b
    Example: club bench
             club bench --sizes 24,96,1000 --save bench.json
    """
    from grader.bench import course as courses
    from grader.bench import measure, results

    counts = _counts(sizes)
    if course is not None and not assignment:
        raise GraderError("Which assignment?", where=str(course), todo="Add --assignment NAME.")
    about = measure.machine()
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        root = Path(scratch)
        if course is None:
            click.echo("Making a course to mark ...", err=True)
            course = root / "course"
            course.mkdir()
            assignment = courses.make(course)
        rows = list(_rows(root, course, assignment, counts, stock_most))
    click.echo(", ".join(f"{name}: {value}" for name, value in about.items()))
    click.echo(results.table(rows))
    if save is not None:
        results.write(save, results.to_json(about, assignment, rows))
        click.echo(f"The figures are in {save}.")


def _counts(sizes: str) -> list[int]:
    try:
        found = [int(each) for each in sizes.split(",")]
    except ValueError:
        found = []
    if not found or min(found) < 1:
        raise GraderError("--sizes takes numbers with commas between them.", todo="For example: --sizes 24,96")
    return found


def _rows(root: Path, course: Path, assignment: str, counts: list[int], stock_most: int) -> list[Any]:
    from grader.bench import course as courses
    from grader.bench import engines, measure, results

    rows: list[Any] = []
    stock = sorted({min(count, stock_most) for count in counts if stock_most})
    for count in sorted({*counts, *stock}):
        for engine in (engines.COMPAT, engines.SPLIT, engines.STOCK):
            if count not in (stock if engine == engines.STOCK else counts):
                continue
            click.echo(f"{engine}: {count} submissions ...", err=True)
            copy = courses.copies(course, assignment, count, root / "copy")
            command = engines.command(engine, copy, assignment)
            took = measure.run(command, copy, courses.environment(), root / "log.txt")
            marked = len(list((copy / "autograded").glob(f"*/{assignment}/*.ipynb")))
            if took.code and not marked:
                last = (root / "log.txt").read_text(errors="replace").strip().splitlines()[-1:]
                raise GraderError(f"{engine} did not work: {' '.join(last)}", todo="Try: club doctor")
            rows.append(results.Row(engine, count, took, marked))
    return rows
