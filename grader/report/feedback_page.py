"""One learner's feedback as a page: each exercise, their answer, what the check says, what a person wrote."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from grader.course.gradebook import Mark, Marks
from grader.marking.clean import REST, clean_html, clean_markdown
from grader.marking.hidden import secret_lines, without_lines, without_secrets
from grader.marking.words import STOPPED
from grader.report.page import page as make_page
from grader.report.read import notebook_cells, source_of
from grader.report.sections import Section
from grader.report.words import number, text

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_PICTURE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]*+\)")
MOST = 20_000  # letters of one answer or one output
EMPTY = "<p>You left this empty.</p>"


def given_in(notebook: Path) -> frozenset[str]:
    """Return the texts of a released notebook's cells, also as marking writes them; none where it cannot be read."""
    texts = [source_of(cell) for cell in notebook_cells(notebook)]
    return frozenset(form.strip() for each in texts for form in (each, clean_markdown(each)))


def page(notebook: Path, given: Collection[str], marks: Marks, comments: Mapping[str, str]) -> str:
    """Return the feedback page of one marked notebook.

    `given` are the texts that learners were given: below a task, whatever is not one of them is the learner's.
    """
    cells = _without_hidden_lines(notebook_cells(notebook))
    scores = {mark.cell: mark for mark in marks.marks}
    titles = (re.match(r"\s*# (.+)", source_of(cell)) for cell in cells if _is_given(cell, given))
    title = next((found[1] for found in titles if found), notebook.stem)
    sections = list(_sections(cells, given, scores, comments))
    waiting = " Something of yours is still to be read by a person." if marks.waiting else ""
    under = f"Points so far: {number(marks.score)} of {number(marks.points)}.{waiting}"
    return make_page(title.strip(), sections, over="Your feedback", under=under)


def _without_hidden_lines(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lessons = [source_of(cell) for cell in cells if _labels(cell) and not _labels(cell).get("solution")]
    lines = set[str]().union(*map(secret_lines, lessons))
    return [cell | {"outputs": without_lines(cell["outputs"], lines)} if "outputs" in cell else cell for cell in cells]


def _sections(
    cells: list[dict[str, Any]], given: Collection[str], scores: Mapping[str, Mark], comments: Mapping[str, str]
) -> Iterator[Section]:
    """Yield a section for each heading of the lesson's that has something of the learner's under it."""
    heading, parts = "", list[str]()
    for place, cell in enumerate(cells):
        found = _headings(cell, given)
        if found:
            if parts:
                yield Section(heading, "\n".join(parts))
            heading, parts = found[-1].strip().replace("`", ""), []
        if _labels(cell):
            below = takewhile(lambda one: not _labels(one) and not _headings(one, given), cells[place + 1 :])
            parts += _parts(cell, [one for one in below if not _is_given(one, given)], scores, comments)
            heading = heading or "Your answers"
    if parts:
        yield Section(heading, "\n".join(parts))


def _labels(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    return cell.get("metadata", {}).get("nbgrader") or {}


def _is_given(cell: Mapping[str, Any], given: Collection[str]) -> bool:
    return source_of(cell).strip() in given


def _headings(cell: Mapping[str, Any], given: Collection[str]) -> list[str]:
    """Return the headings in a text cell of the lesson's."""
    labels = _labels(cell)
    own = labels.get("task") or (_is_given(cell, given) and not labels.get("solution"))
    shown = without_secrets(source_of(cell)) if own and cell.get("cell_type") == "markdown" else ""
    return re.findall(r"^#{2,4} (.+)$", shown, flags=re.MULTILINE)


def _parts(
    cell: Mapping[str, Any], below: list[dict[str, Any]], scores: Mapping[str, Mark], comments: Mapping[str, str]
) -> list[str]:
    labels = _labels(cell)
    name = str(labels.get("grade_id", ""))
    made = []
    if labels.get("solution"):
        made.append(_answer(cell))
    if labels.get("task"):
        made += [_answer(one) for one in below if source_of(one).strip()] or [EMPTY]
    if labels.get("grade") and not labels.get("solution"):
        made += _outputs(cell)
    else:
        made += _stops(cell)
    if name in scores:
        made.append(f"<p>{_points(scores[name])}</p>")
    if name in comments:
        made.append(f"<p><strong>From your facilitator:</strong> {text(comments[name])}</p>")
    return made


def _answer(cell: Mapping[str, Any]) -> str:
    source = without_secrets(source_of(cell)).strip()
    if not source:
        return EMPTY
    written = cell.get("cell_type") == "markdown"
    source = _PICTURE.sub("", source) if written else source
    if len(source) > MOST:
        source = f"{source[:MOST]}\n\n{REST}"
    if written:
        words = _MARKDOWN.render(source)
        return "<p>You wrote:</p>" + re.sub(r"<(/?)h[1-6]>", r"<\1p>", words)
    return f"<p>You wrote:</p><pre><code>{html.escape(source)}</code></pre>"


def _points(mark: Mark) -> str:
    if mark.score is None:
        return "A person will read this."
    return f"Points: {number(mark.score)} of {number(mark.points)}."


def _outputs(cell: Mapping[str, Any]) -> list[str]:
    outputs = cell.get("outputs")
    return [made for output in outputs if (made := _output(output))] if isinstance(outputs, list) else []


def _stops(cell: Mapping[str, Any]) -> list[str]:
    """Return the sentences of the marking on a cell that it had to stop."""
    outputs = cell.get("outputs")
    errors = [each for each in outputs if isinstance(each, dict)] if isinstance(outputs, list) else []
    return [f"<p>{text(str(each.get('evalue', '')))}</p>" for each in errors if each.get("ename") == STOPPED]


def _output(output: Any) -> str:
    """Return one output of a check: cleaned HTML, a picture, or text."""
    if not isinstance(output, dict):
        return ""
    data = output.get("data")
    if isinstance(data, dict):
        made = _joined(data.get("text/html"))
        if made and len(made) <= MOST:
            return f'<div class="wide">{clean_html(made)}</div>'
        return _plain(_joined(data.get("text/plain")))
    if output.get("output_type") == "error":
        return _plain(f"{output.get('ename', '')}: {output.get('evalue', '')}")
    return _plain(_joined(output.get("text")))


def _joined(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _plain(words: str) -> str:
    words = re.sub(r"\x1b\[[0-9;]*m", "", words)[:MOST].rstrip()
    return f"<pre>{html.escape(words)}</pre>" if words else ""
