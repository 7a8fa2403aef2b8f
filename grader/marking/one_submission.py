"""From a submission's folder to a marked notebook: read, rebuild, run, score. No database and no writing here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.marking import submission, words
from grader.marking.clean import clean_markdown
from grader.marking.engine import Warm
from grader.marking.gradebook import read_timestamp
from grader.marking.marked import CellResult, MarkedNotebook
from grader.marking.notebook import Cell, Unreadable, name_of, parse, text_of
from grader.marking.one_child import run_together
from grader.marking.outputs import with_outputs
from grader.marking.parts import Source
from grader.marking.rebuild import ADDED, ANSWER, RESTORED, Rebuilt, rebuild
from grader.marking.saved_results import read_saved
from grader.marking.scoring import score_cells
from grader.marking.split.apart import run_apart
from grader.marking.split.two_children import SplitNotebook
from grader.marking.work import Work


@dataclass(frozen=True)
class Ready:
    """A submission after its run; nothing is written yet."""

    marked: dict[str, MarkedNotebook | None]
    files: dict[str, Path]
    timestamp: str
    looks: tuple[str, ...] = ()


def mark_submission(warm: Warm | None, work: Work, folder: Path) -> Ready:
    """Mark one submission; without a warm process nothing is run, and saved results are read.

    Raises only what is our own fault, such as Broken, and never because of what a submission holds.
    """
    names = [source.name for source in work.sources]
    handed = submission.find(folder, names, work.ignore, work.data)
    time = submission.small_text(handed.files["timestamp.txt"]) if "timestamp.txt" in handed.files else ""
    untimed = (words.NO_TIME,) if "timestamp.txt" in handed.files and read_timestamp(time) is None else ()
    marked: dict[str, MarkedNotebook | None] = {}
    looks = []
    for source in work.sources:
        path = handed.notebooks.get(source.name)
        if path is None:
            if len(names) == 1:
                looks.append(words.NO_NOTEBOOK.format(name=f"{source.name}.ipynb"))
            marked[source.name] = None
            continue
        first = (*((handed.repairs[source.name],) if source.name in handed.repairs else ()), *handed.left_out, *untimed)
        try:
            notebook = parse(submission.read(path))
            marked[source.name] = _mark(warm, work, source, notebook, handed.files, first)
        except Unreadable as trouble:
            looks.append(str(trouble))
    return Ready(marked, handed.files, time, tuple(looks))


def _mark(
    warm: Warm | None,
    work: Work,
    source: Source,
    notebook: dict[str, Any],
    files: Mapping[str, Path],
    first: tuple[str, ...],
) -> MarkedNotebook:
    rebuilt = rebuild(source, notebook["cells"])
    own = {name: path.read_bytes() for name, path in work.data.items()}
    content = submission.contents(files) | own
    skip = frozenset(
        cell["id"] for cell, origin in zip(rebuilt.cells, rebuilt.origins, strict=True) if origin == RESTORED
    )
    if warm is None:
        results, skip = read_saved(rebuilt, notebook["cells"]), frozenset()
    elif work.compat or source.name in work.kernels:
        results = run_together(warm, rebuilt.cells, content, skip, work.kernels.get(source.name))
    else:
        results = run_apart(SplitNotebook(warm, work.plans[source.name], rebuilt.cells, content, own, skip))
    cells = [with_outputs(cell, results.get(cell["id"]), work.outputs) for cell in rebuilt.cells]
    reached = {name_of(cell): results[cell["id"]].reached for cell in rebuilt.cells if cell["id"] in results}
    scores, above = score_cells(cells, reached, work.fair)
    return MarkedNotebook(
        name=source.name,
        cells=tuple(_finished(cell, origin) for cell, origin in zip(cells, rebuilt.origins, strict=True)),
        scores=scores,
        minor=notebook["nbformat_minor"] if type(notebook.get("nbformat_minor")) is int else 5,
        repairs=(*first, *rebuilt.repairs),
        looks=_looks(results, above),
        remarks=_troubles(rebuilt, results),
        seconds={
            name: results[cell["id"]].seconds
            for cell in rebuilt.cells
            if (name := name_of(cell)) and cell["id"] in results
        },
    )


def _finished(cell: Cell, origin: str) -> Cell:
    if cell["cell_type"] == "markdown" and origin in (ANSWER, ADDED):
        return cell | {"source": clean_markdown(text_of(cell), cell.get("attachments", {}).keys())}
    return cell


def _looks(results: Mapping[str, CellResult], above: tuple[str, ...]) -> tuple[str, ...]:
    found = [f"The test cell {name} gave more than its points, so it has no score." for name in above]
    missing = [result for result in results.values() if not result.reached]
    if missing:
        found.append(f"{len(missing)} cells have no result: {missing[0].trouble}")
    return tuple(found)


def _troubles(rebuilt: Rebuilt, results: Mapping[str, CellResult]) -> tuple[str, ...]:
    """Say in which cells a limit or an ending stopped the run."""
    found = []
    for cell in rebuilt.cells:
        result = results.get(cell["id"])
        if result is not None and result.trouble and result.reached:
            found.append(f"{name_of(cell) or 'A cell of the learner'}: {result.trouble}")
    return tuple(found)
