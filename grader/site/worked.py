"""Run what a lesson's page shows worked out: the first cell, the worked example, run steps, the interactive.

Solutions are never run, so nothing on a page can come from one. A run step that needs a learner's answer shows
nothing.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.kernel import session as sessions
from grader.kernel.chart import Chart
from grader.kernel.drawing import describe
from grader.kernel.pictures import in_words
from grader.kernel.plain import show_plain_values
from grader.lesson.build import beside
from grader.lesson.read import Lesson

ROLES = ("setup", "example", "run", "interactive")


@dataclass(frozen=True)
class Shown:
    """One thing that a cell showed: HTML where it has any, else text."""

    html: str = ""
    text: str = ""


def role(cell_id: str) -> str:
    """Return what a cell of a built notebook is for, by its id: setup, example, run, interactive or nothing."""
    name, _, number = cell_id.rpartition("-")
    return name if number.isdigit() and name in ROLES else ""


def worked(lesson: Lesson, notebook: Mapping[str, Any]) -> dict[str, tuple[Shown, ...]]:
    """Return what each cell of the released notebook that a reader may see worked out shows, by cell id."""
    outputs: dict[str, tuple[Shown, ...]] = {}
    with _room(lesson) as (shell, captured):
        for cell in notebook["cells"]:
            kind = role(cell["id"])
            if not kind:
                continue
            captured.clear()
            said, trouble = _run(shell, cell["source"], cell["id"])
            if trouble is None:
                text = (Shown(text=said),) if said.strip() else ()
                outputs[cell["id"]] = (*text, *map(_shown, captured), *_figures())
            elif kind != "run":
                what = f"It stops with {type(trouble).__name__}: {trouble}."
                raise GraderError(what, where=f"{lesson.name}, cell {cell['id']}", todo="Mend that cell.")
    return outputs


def _run(shell: Any, source: str, cell_id: str) -> tuple[str, BaseException | None]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = shell.run_cell(source, store_history=False, cell_id=cell_id)
    return said.getvalue(), result.error_before_exec or result.error_in_exec


def _shown(output: Mapping[str, Any]) -> Shown:
    data = output["data"]
    return Shown(str(data.get("text/html", "")), str(data.get("text/plain", "")))


def _figures() -> list[Shown]:
    """Return the charts that a cell left open, each with words made from what was drawn, and close them."""
    import matplotlib.pyplot as plt

    shown = []
    for number in plt.get_fignums():
        figure = plt.figure(number)
        drawn = describe(figure)
        content = io.BytesIO()
        figure.savefig(content, format="svg", bbox_inches="tight", metadata={"Date": None})
        chart = Chart(content.getvalue(), " ".join(map(in_words, drawn)) or "An empty chart.")
        shown.append(Shown(chart._repr_html_()))
    plt.close("all")
    return shown


@contextlib.contextmanager
def _room(lesson: Lesson) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """Yield a shell in a temporary copy of the lesson, and the list that what is shown goes to."""
    import matplotlib
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell as Shell

    matplotlib.use("agg")
    matplotlib.rcParams["svg.hashsalt"] = "foothills"  # else the same chart has other ids in each build
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="foothills-") as alone:
        folder = Path(alone, lesson.name)
        _write(folder, beside(lesson))
        os.chdir(folder)
        shell: Any = Shell()  # type: ignore[no-untyped-call]
        shell.history_manager.enabled = False
        show_plain_values(shell.display_formatter.formatters["text/plain"])
        shell.showtraceback = lambda *_, **__: None
        shell.display_pub = CapturingDisplayPublisher()  # type: ignore[no-untyped-call]
        captured = shell.display_pub.outputs
        shell.display_trap.hook = CapturingDisplayHook(shell, captured)  # type: ignore[no-untyped-call]
        sessions.hold(sessions.Session(Path.cwd(), shell, None))
        try:
            yield shell, captured
        finally:
            sessions.hold(None)
            os.chdir(before)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
