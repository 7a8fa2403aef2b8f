"""`club data`: list, show, check, make and refresh the data sets, and write their catalogue."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from grader.data import catalogue as catalogues
from grader.data.card import markdown
from grader.data.package import DESCRIPTOR, ROOT, Package, load, names
from grader.errors import GraderError

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
raw_folder = click.option(
    "--raw",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder of the publishers' raw files (usually beside the checkout).",
)


@click.group()
def data() -> None:
    """List, show, check and refresh the data sets.

    \b
    Example: club data show animal-rescues
    """


@data.command("list")
@as_json
def list_sets(as_json: bool) -> None:
    """List the data sets: rows, period, licence and the lessons that use them.

    \b
    Example: club data list
    """
    packages = [load(name) for name in names()]
    if as_json:
        click.echo(json.dumps([_summary(package) for package in packages], ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Data set", "Rows", "Period", "Licence", "Lessons"):
        table.add_column(heading, justify="right" if heading == "Rows" else "left", no_wrap=heading == "Data set")
    for package in packages:
        lessons = ", ".join(map(str, package.lessons)) or "spare"
        table.add_row(package.name, f"{package.resource().rows:,}", package.period, package.licence.name, lessons)
    Console().print(table)


@data.command()
@click.argument("name")
@as_json
def show(name: str, as_json: bool) -> None:
    """Show a data set's card, its files, and what is odd in it on purpose.

    \b
    Example: club data show animal-rescues
    """
    package = load(name)
    if as_json:
        click.echo(json.dumps(package.descriptor, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(markdown(package) + _files(package)))


@data.command()
@click.argument("data_sets", nargs=-1, metavar="[NAME]...")
@as_json
def check(data_sets: tuple[str, ...], as_json: bool) -> None:
    """Check that data sets are whole and keep to their description; all of them when none is named.

    Says file, row, column and reason. Ends with exit code 1 where something is not right.

    \b
    Example: club data check
    """
    from grader.data.check import check as check_one

    checked = data_sets or tuple(names())
    found = [problem for name in checked for problem in check_one(name)]
    if as_json:
        problems = [problem.as_dict() for problem in found]
        click.echo(json.dumps({"checked": checked, "problems": problems}, ensure_ascii=False, indent=2))
    else:
        for problem in found:
            click.echo(str(problem))
        click.echo(f"{len(checked)} data sets checked: {_count(len(found), 'problem')}.")
    if found:
        raise SystemExit(1)


@data.command()
@click.argument("data_sets", nargs=-1, required=True, metavar="NAME...")
@raw_folder
def prepare(data_sets: tuple[str, ...], raw: Path | None) -> None:
    """Make a data set's files again from the raw files, by its recipe.

    \b
    Example: club data prepare animal-rescues --raw ~/raw
    """
    from grader.data.recipes import prepare as prepare_one

    for name in data_sets:
        package, changed = prepare_one(name, raw)
        click.echo(f"{package.name}: {'wrote ' + ', '.join(changed) if changed else 'nothing changed'}.")


@data.command()
@click.argument("name")
@raw_folder
@click.option("--accept", is_flag=True, help="Take the new file. Without this nothing is changed.")
@click.option("--anyway", is_flag=True, help="With --accept: take it although it looks older or cut short.")
@as_json
def refresh(name: str, raw: Path | None, accept: bool, anyway: bool, as_json: bool) -> None:
    """Fetch the publisher's current file and show what would change; change nothing until --accept.

    \b
    Example: club data refresh bank-holidays
             club data refresh bank-holidays --accept
    """
    import platformdirs

    from grader.data import recipes
    from grader.data import refresh as refreshing

    kept = Path(platformdirs.user_cache_dir("foothills")) / "raw"
    fallback = raw or (recipes.default_raw() if recipes.default_raw().is_dir() else None)
    plan = refreshing.plan(name, kept, fallback)
    lessons = _lesson_figures(plan) if plan.changes and not plan.stops else []
    if as_json:
        click.echo(json.dumps(_plan(plan, lessons), ensure_ascii=False, indent=2))
    else:
        _tell(plan, lessons)
    if accept and plan.files:
        written = refreshing.accept(plan, anyway)
        click.echo(f"Wrote {', '.join(written)}. The raw files are in {kept}.", err=as_json)
        click.echo(f"Now bring the words of {DESCRIPTOR} up to date, and run `club data check`.", err=as_json)
    elif plan.stops:
        raise GraderError("This file cannot be taken as it is.", where=name, todo="Nothing was changed.")


@data.command()
@click.option("--check", "only_check", is_flag=True, help="Only say whether the page is up to date.")
def catalogue(only_check: bool) -> None:
    """Write the table of data sets in datasets/README.md.

    \b
    Example: club data catalogue
    """
    page = ROOT / catalogues.FILE
    if only_check and page.read_text(encoding="utf-8") != catalogues.current():
        raise GraderError("The catalogue is not up to date.", where=str(page), todo="Run: club data catalogue")
    changed = False if only_check else catalogues.update()
    click.echo("The catalogue was written." if changed else "The catalogue is up to date.")


def _summary(package: Package) -> dict[str, Any]:
    rows = {resource.path: resource.rows for resource in package.resources if resource.is_table}
    return {
        "name": package.name,
        "title": package.title,
        "row": package.row,
        "rows": rows,
        "period": package.period,
        "licence": asdict(package.licence),
        "lessons": package.lessons,
    }


def _files(package: Package) -> str:
    """Write the files, columns and quirks of a package as Markdown."""
    lines = []
    for resource in package.resources:
        size = f"{resource.rows:,} rows" if resource.is_table else f"{resource.bytes:,} bytes"
        lines += ["", f"## {resource.path} ({resource.title}, {size})", ""]
        for column in resource.fields:
            unit = f", {column['unit']}" if column.get("unit") else ""
            note = f". {column['description']}" if column.get("description") else ""
            lines.append(f"- `{column['name']}` ({column['type']}{unit}): {column['title']}{note}")
    if package.quirks:
        lines += ["", "## Odd on purpose", ""]
        lines += [f"- {quirk.text}{_lessons(quirk.lessons)}" for quirk in package.quirks]
    return "\n".join(lines) + "\n"


def _lessons(numbers: tuple[int, ...]) -> str:
    word = "lesson" if len(numbers) == 1 else "lessons"
    return f" ({word} {', '.join(map(str, numbers))})" if numbers else ""


def _count(number: int, word: str) -> str:
    return f"no {word}s" if number == 0 else f"{number} {word}" if number == 1 else f"{number} {word}s"


def _lesson_figures(plan: Any) -> list[tuple[str, str, str, str]]:
    """Ask every lesson that uses the data set what it would say of the new files."""
    import shutil
    import tempfile

    from grader.cli.figures import changed

    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "datasets"
        shutil.copytree(plan.package.folder.parent, copy)
        for name, content in plan.files.items():
            (copy / plan.package.name / name).write_bytes(content)
        return changed(plan.package.name, copy)


def _plan(plan: Any, lessons: list[tuple[str, str, str, str]]) -> dict[str, Any]:
    return {
        "data_set": plan.package.name,
        "changes": [asdict(change) for change in plan.changes],
        "warnings": plan.warnings,
        "stops": plan.stops,
        "lesson_figures": [dict(zip(("lesson", "name", "now", "then"), row, strict=True)) for row in lessons],
    }


def _tell(plan: Any, lessons: list[tuple[str, str, str, str]]) -> None:
    """Say what would change, in the order in which a person would ask."""
    if not plan.changes:
        click.echo(f"{plan.package.name}: the publisher's file gives the same tables as ours.")
    for change in plan.changes:
        click.echo(f"{change.file}: {change.rows[0]:,} rows now, {change.rows[1]:,} then.")
        click.echo(f"  {change.rows_gone:,} lines would go, {change.rows_new:,} would be new.")
        for word, columns in (("go", change.columns_gone), ("be new", change.columns_new)):
            if columns:
                click.echo(f"  Columns that would {word}: {', '.join(columns)}.")
        for column, before, after in change.totals:
            click.echo(f"  Total of {column}: {before:,.10g} now, {after:,.10g} then.")
        if change.newest:
            click.echo("  Latest {}: {} now, {} then.".format(*change.newest))
    for lesson, name, now, then in lessons:
        click.echo(f"  {lesson}, {name}: {now[:60]} now, {then[:60]} then.")
    for sentence in (*plan.warnings, *plan.stops):
        click.echo(f"  Look: {sentence}")
