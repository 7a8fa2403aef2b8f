"""`grader.check` beside a notebook's shell: one result with three faces, tries, hints, progress, and a light import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pytest
from IPython.core.interactiveshell import InteractiveShell

import grader
from grader.checks import pack as packs
from grader.checks.judge import judge
from grader.checks.snapshot import snapshot_from_json, snapshot_to_json
from grader.checks.verdict import JSON_TYPE, Verdict
from grader.errors import GraderError
from grader.kernel import session as sessions
from grader.kernel.progress import NAME
from grader.kernel.watch import Watch
from grader.lesson import build, template

START = "import grader\nimport pandas as pd\nholidays = pd.read_csv('data/bank_holidays.csv')"
RIGHT = "days_off = holidays['division'].value_counts()"
SLIP = "days_off = holidays['title'].value_counts()"
STUCK = "days_off = holidays['Division'].value_counts()"
CHART = "days_off.plot.barh(title='Northern Ireland has the most bank holidays')"


class Desk:
    """A shell in a folder with a lesson in it, as a notebook has one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()
        self.run(START, "setup")

    def start(self) -> None:
        """Start the kernel again: nothing is known but what lies in the folder."""
        self.shell = InteractiveShell()
        self.shell.history_manager.enabled = False
        self.shell.showtraceback = lambda *_, **__: None
        self.session = sessions.Session(self.folder, self.shell, Watch(self.shell))
        sessions.hold(self.session)

    def run(self, code: str, cell: str | None = None) -> Any:
        """Run a cell and give what it shows; figures are closed after it, as the notebook's own backend does."""
        shown = self.shell.run_cell(code, store_history=False, cell_id=cell).result
        plt.close("all")
        return shown

    def check(self, code: str, name: str = "days_off") -> Any:
        """Run an answer in its own cell, then its check."""
        self.run(code, name)
        return self.run(f'grader.check("{name}")', f"check_{name}")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Give the example lesson in a folder of its own, with a shell beside it."""
    matplotlib.use("agg")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    for name, content in build.handout(template.lesson()).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    yield Desk(tmp_path)
    sessions.hold(None)


class Page(HTMLParser):
    """Reads the HTML of a result: its tags with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_one_result_has_three_faces(desk: Desk) -> None:
    """A result is a plain number for nbgrader, a message for people and JSON for the report, all of one outcome."""
    result = desk.check(SLIP)
    faces = result._repr_mimebundle_()
    page = Page(faces["text/html"])

    assert 0.0 == float(faces["text/plain"])
    assert page.words.startswith("Not yet.")
    assert "status" == page.tags[0][1]["role"]
    assert {"exercise": "days_off", "verdict": "not_yet", "slip": "names", "score": 0.0, "points": 1.0, "try": 1, "first": "not_yet"} == faces[JSON_TYPE]  # fmt: skip


def test_the_message_is_not_told_by_colour_alone(desk: Desk) -> None:
    """Every verdict starts with its words, on a white ground with dark letters."""
    for code, words in ((RIGHT, "Right."), (SLIP, "Not yet."), (STUCK, "Python could not run this."), ("days_off = ...", "Not tried yet.")):  # fmt: skip
        page = Page(desk.check(code).to_html())

        assert page.words.startswith(words)
        assert "strong" in [tag for tag, _ in page.tags]
        assert "background:#ffffff;color:#0b0c0c" in str(page.tags[0][1]["style"])


def test_what_a_learner_typed_is_shown_as_text(desk: Desk) -> None:
    """An answer with HTML in it is quoted, and never becomes part of the page."""
    html = desk.check("one_row = '<img src=x onerror=alert(1)>'", "one_row").to_html()

    assert "img" not in [tag for tag, _ in Page(html).tags]


def test_hints_come_one_by_one_from_the_second_miss(desk: Desk) -> None:
    """The first miss says how to go on; the second brings hint 1, the third hint 2, and the last one stays."""
    said = [desk.check(f"days_off = {number}").sentences for number in (1, 2, 3, 4)]
    own = [" ".join(sentences) for sentences in said]

    assert "Hint" not in own[0]
    assert ["Hint 1 of 2." in own[1], "Hint 2 of 2." in own[2], "Hint 2 of 2." in own[3]] == [True] * 3


def test_the_same_answer_again_is_not_a_new_try(desk: Desk) -> None:
    """Checking without a change costs nothing, and the message says that nothing has changed."""
    first = desk.check(SLIP)
    again = desk.run('grader.check("days_off")', "check_days_off")

    assert (1, 1) == (first.tally.tries, again.tally.tries)
    assert "same as last time" in again.sentences[0]


def test_progress_survives_a_restart(desk: Desk) -> None:
    """How far somebody has come is in progress.json, and a new kernel goes on from there."""
    desk.check(SLIP)
    desk.check(RIGHT)
    before = desk.session.done_line()
    desk.start()
    kept = json.loads((desk.folder / NAME).read_text(encoding="utf-8"))["exercises"]["days_off"]

    assert "1 of 3 core exercises done." == before == desk.session.done_line()
    assert (2, "not_yet", "right") == (kept["tries"], kept["first"], kept["last"])


def test_a_damaged_progress_file_starts_anew(desk: Desk) -> None:
    """A progress.json that cannot be read is no obstacle."""
    for text in ("", "[]", '{"exercises": {"days_off": 3}}', "\x00"):
        (desk.folder / NAME).write_text(text, encoding="utf-8")
        desk.start()
        desk.run(START, "setup")

        assert desk.check(RIGHT).outcome.verdict is Verdict.RIGHT


def test_a_check_works_where_nothing_can_be_written(desk: Desk) -> None:
    """Where progress cannot be kept, checks go on as ever."""
    desk.session.progress.path = desk.folder / "no such folder" / NAME

    assert desk.check(RIGHT).outcome.verdict is Verdict.RIGHT


@pytest.mark.parametrize("code", [RIGHT, SLIP, STUCK, "days_off = ...", "days_off = holidays", "days_off = holidays['division'].value_counts", "other = 1", "1 / 0"])  # fmt: skip
def test_another_process_comes_to_the_same_outcome(desk: Desk, code: str) -> None:
    """The snapshot as JSON, judged by a program that never saw the code, gives the same outcome."""
    result = desk.check(code)
    exercise = desk.session.exercise("days_off")
    snapshot = desk.session.snapshot(exercise)
    sent = json.loads(json.dumps(snapshot_to_json(snapshot)))

    assert result.outcome == judge(exercise, snapshot_from_json(sent), desk.session.pack.words)


@pytest.mark.parametrize(
    "code",
    [
        CHART,
        f"{CHART}\nimport matplotlib.pyplot as plt\nplt.show()",
        "import matplotlib.pyplot as plt\nplt.barh(days_off.index, days_off.values)\nplt.title('Northern Ireland has the most')",
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.barh(days_off.index, days_off.values)\nax.set_title('Northern Ireland has the most')\nplt.show()\nplt.close('all')",
        "holidays['division'].value_counts().plot(kind='barh', title='Northern Ireland has the most')",
    ],
)  # fmt: skip
def test_a_chart_counts_from_any_route(desk: Desk, code: str) -> None:
    """A chart is judged by what was drawn: by pandas, pyplot or axes, shown or closed."""
    desk.run(RIGHT, "days_off")

    assert desk.check(code, "days_chart").outcome.verdict is Verdict.RIGHT


def test_an_answer_in_another_cell_is_found(desk: Desk) -> None:
    """Front ends that do not name cells, and answers typed in a cell below, are understood."""
    desk.run(RIGHT)
    result = desk.run('grader.check("days_off")')

    assert result.outcome.verdict is Verdict.RIGHT


def test_a_stop_is_told_from_the_answers_own_cell(desk: Desk) -> None:
    """Where the answer's cell stopped, the check says why in plain words, whatever was made before."""
    desk.check(RIGHT)
    result = desk.check(STUCK)

    assert (Verdict.COULD_NOT_RUN, "no_column") == (result.outcome.verdict, result.outcome.slip)
    assert "KeyError" not in result.to_html()


def test_help_is_there_when_it_is_earned(desk: Desk) -> None:
    """A worked line comes after 3 misses, the model answer once the own answer is right, the reference at any time."""
    early, closed = repr(grader.worked_line("days_off")), repr(grader.model_answer("days_off"))
    for number in (1, 2, 3):
        desk.check(f"days_off = {number}")
    line = repr(grader.worked_line("days_off"))
    desk.check(RIGHT)

    assert "3 to go" in early
    assert "value_counts" not in early + closed
    assert 'holidays["title"].value_counts()' in line
    assert 'holidays["division"].value_counts()' in repr(grader.model_answer("days_off"))
    assert 3 == len(grader.start_from("days_off"))


def test_progress_and_receipt_say_how_it_stands(desk: Desk) -> None:
    """The list of exercises says what is next; the receipt holds how each came out and nothing about the person."""
    desk.check(RIGHT)
    said, receipt = repr(grader.progress()), repr(grader.receipt())

    assert "14.2 days_off: done" in said
    assert "Exercise 14.1, one_row." in said
    assert "14-" in receipt or "template" in receipt
    assert os.environ.get("USER", "nobody-here") not in receipt


def test_a_name_that_no_exercise_has_is_refused(desk: Desk) -> None:
    """A check of something that is not there lists the names there are."""
    with pytest.raises(GraderError, match="one_row, days_off, days_chart"):
        grader.check("days_of")


def test_a_folder_without_checks_says_what_to_do(desk: Desk) -> None:
    """A notebook moved away from its folder is told to go back to it."""
    (desk.folder / packs.NAME).unlink()
    with pytest.raises(GraderError, match="Keep the notebook in the folder it came in"):
        desk.start()


@pytest.mark.parametrize("content", [b"", b"not ours", b"foothills", os.urandom(400)])
def test_a_damaged_checks_file_is_refused(content: bytes) -> None:
    """Whatever is in checks.pack, it is read or refused, and never runs."""
    with pytest.raises(GraderError):
        packs.from_bytes(content)


def test_importing_grader_brings_in_no_marking_and_no_building() -> None:
    """In a learner's kernel `import grader` brings neither nbgrader nor jupytext, YAML, matplotlib or a web server."""
    program = "import pandas, sys\nbefore = set(sys.modules)\nimport grader\nprint(*sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    brought = set(done.stdout.split())

    assert "grader" in brought
    assert set() == brought & {"nbgrader", "jupytext", "yaml", "matplotlib", "nbformat", "nbconvert", "sqlalchemy", "ipywidgets", "tornado", "click"}  # fmt: skip
