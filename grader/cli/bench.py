"""`club bench`: how fast marking is here, beside nbgrader's own and Otter, and whether it stands being killed."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path
from typing import Any

import click

from grader.errors import GraderError

OWN = 1  # the lesson of ours that is measured


@click.command()
@click.option("--sizes", default="24,96", metavar="N,N", help="How many submissions to mark (usually 24,96).")
@click.option(
    "--others-most", default=24, type=click.IntRange(0), metavar="N",
    help="nbgrader and Otter mark at most so many (usually 24): each takes them as long as the last.",
)  # fmt: skip
@click.option(
    "--otter", is_flag=True, help="Also mark with Otter, installed for this run in an environment of its own."
)
@click.option(
    "--course", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another nbgrader course."
)
@click.option("--assignment", default="", help="The assignment in that course.")
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="A file to write the figures to, as JSON."
)
@click.option(
    "--kills", type=click.IntRange(1), metavar="N",
    help="Measure nothing: kill the marking of the largest of --sizes at N random moments, and compare the marks.",
)  # fmt: skip
@click.option(
    "--table", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Measure nothing: show the figures of FILE, which --save wrote, as a short table.",
)  # fmt: skip
@click.option("--seed", type=int, metavar="N", help="With --kills: the seed of an earlier run, for the same moments.")
def bench(
    sizes: str,
    others_most: int,
    otter: bool,
    course: Path | None,
    assignment: str,
    save: Path | None,
    kills: int | None,
    table: Path | None,
    seed: int | None,
) -> None:
    """Mark the same work with our engine, with nbgrader and with Otter, and show what each took.

    The work is a made-up lesson of 12 pandas exercises with two charts, handed in again and again in four ways: right,
    right by another way, with slips, half done. Each engine marks a fresh copy of the course by its own command.
    What is measured is the CPU seconds of all its processes, the time by the clock, and the most memory it held.
    Otter runs without its sandbox, which is Docker, and in one process, which is its fastest way.

    Beside that: one of our own lessons; how long a child takes to enter its sandbox; how long a check takes in a
    notebook. For figures to keep, let the machine do nothing else meanwhile.

    \b
    Example: club bench
             club bench --sizes 24,96,1000 --otter --save bench.json
             club bench --sizes 96 --kills 20
    """
    from grader.bench import course as courses
    from grader.bench import results

    if table is not None:
        try:
            click.echo(results.summary(json.loads(table.read_text(encoding="utf-8"))))
        except (ValueError, KeyError, TypeError):
            raise GraderError("There are no figures in it.", where=str(table), todo="Make it with --save.") from None
        return
    counts = _counts(sizes)
    if course is not None and not assignment:
        raise GraderError("Which assignment?", where=str(course), todo="Add --assignment NAME.")
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        root = Path(scratch)
        if course is None:
            _tell("Making a course to mark ...")
            course = root / "course"
            course.mkdir()
            assignment = courses.make(course)
        if kills:
            _killed(root, courses.copies(course, assignment, max(counts), root / "marked"), assignment, kills, seed)
        else:
            _measured(root, course, assignment, counts, others_most, otter, save)


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)


def _counts(sizes: str) -> list[int]:
    try:
        found = [int(each) for each in sizes.split(",")]
    except ValueError:
        found = []
    if not found or min(found) < 1:
        raise GraderError("--sizes takes numbers with commas between them.", todo="For example: --sizes 24,96")
    return found


def _measured(
    root: Path, course: Path, assignment: str, counts: list[int], others_most: int, otter: bool, save: Path | None
) -> None:
    from grader.bench import measure, results, small, with_otter
    from grader.bench.runs import Bench

    about = measure.machine()
    bench = Bench(course, assignment, root, _tell)
    left_out = ""
    try:
        if otter:
            bench.with_otter()
            about |= {"otter-grader": with_otter.version()}
    except GraderError as trouble:
        left_out = f"Otter was left out. {trouble.what}"
        _tell(left_out)
    rows = bench.rows(counts, others_most)
    own = _own(root, sorted(counts)[:2])
    _tell("A child and its sandbox, a check in a notebook ...")
    found: dict[str, Any] = {
        "machine": about,
        "assignment": assignment,
        "notes": list(results.NOTES),
        "rows": results.to_json(rows),
        "own lesson": results.to_json(own),
        "ms": {"child": small.isolation(), "check in a notebook": round(small.check(OWN), 1)},
    } | ({"left out": left_out} if left_out else {})
    click.echo(", ".join(f"{name}: {value}" for name, value in about.items()))
    click.echo(f"{results.table(rows)}\n\nLesson {OWN} of ours:\n\n{results.table(own)}\n")
    for name, value in found["ms"].items():
        click.echo(f"{name}: {value} ms")
    if save is not None:
        results.write(save, found)
        click.echo(f"The figures are in {save}.")


def _own(root: Path, counts: list[int]) -> list[Any]:
    from grader.bench import course as courses
    from grader.bench import engines
    from grader.bench.runs import Bench

    _tell(f"Lesson {OWN} of ours ...")
    course = root / "own"
    bench = Bench(course, courses.make_own(course, OWN), root, _tell)
    return [bench.row(engines.SPLIT, count) for count in counts]


def _killed(root: Path, course: Path, assignment: str, kills: int, seed: int | None) -> None:
    from grader.bench import kills as killing

    chosen = random.randrange(1_000_000) if seed is None else seed
    click.echo(f"Seed {chosen}. To meet the same moments again, add --seed {chosen}.")
    found = killing.disturb(course, assignment, kills, chosen, root)
    click.echo(found.told())
    if found.differences:
        raise GraderError(
            f"{len(found.differences)} things came out another way: {'; '.join(found.differences[:20])}",
            todo=f"Repeat it with --seed {chosen}.",
        )
