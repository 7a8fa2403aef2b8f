"""A learner's own cell goes astray in a real kernel: one plain sentence above what Python says, and no traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager

from grader.jupyter.server import SETTINGS, Start, prepare
from grader.kernel import plain
from grader.lesson.build import beside
from grader.lesson.read import lesson

READ_FILE = 'import pandas as pd\nrescues = pd.read_csv("data/animal_rescues.csv")'
ONE_LINE = 2  # the message itself, and the end of its line


@dataclass(frozen=True)
class Shown:
    """What a cell showed: plain texts, pages of HTML, Python's message, and what went to the error stream."""

    texts: tuple[str, ...]
    pages: tuple[str, ...]
    stopped: str
    stream: str


class Kernel:
    """A real kernel that is told each cell's name, as JupyterLab tells it."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(cwd=str(folder), env={**variables})
        self.client: Any = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code: str, name: str = "of-their-own") -> Shown:
        """Run one cell."""
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "stop_on_error": True}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": name})
        self.client.shell_channel.send(message)
        texts, pages, stopped, stream = [], [], "", ""
        while True:
            got = self.client.get_iopub_msg(timeout=60)
            if got["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            kind, told = got["msg_type"], got["content"]
            if kind == "status" and told["execution_state"] == "idle":
                return Shown(tuple(texts), tuple(pages), stopped, stream)
            if kind in ("display_data", "execute_result"):
                texts.append(told["data"].get("text/plain", ""))
                pages.append(told["data"].get("text/html", ""))
            elif kind == "error":
                stopped = "\n".join(told["traceback"])
            elif kind == "stream" and told["name"] == "stderr":
                stream += told["text"]

    def close(self) -> None:
        """Stop the kernel."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def lay_out(folder: Path) -> None:
    """Put lesson 1's files in a folder."""
    for name, content in beside(lesson(1)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def started(folder: Path, variables: Mapping[str, str]) -> Kernel:
    """Start a kernel beside lesson 1's files, as far as the first exercise."""
    lay_out(folder)
    kernel = Kernel(folder, variables)
    kernel.run("import grader")
    kernel.run(READ_FILE)
    return kernel


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """Give a learner's kernel."""
    variables = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    made = started(tmp_path_factory.mktemp("lesson"), variables)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("animals", "run the cells above from the top"),
        ("resques", "did you mean rescues?"),
        ('rescues["Animal"]', "did you mean animal?"),
        ("len(rescues", "count the brackets in pairs"),
        ("word = “text”", "quote mark here is curly"),
        ('pd.read_csv("data/rescues.csv")', "cannot see a file with that name"),
    ],
)
def test_a_sentence_stands_above_pythons_message(kernel: Kernel, code: str, sentence: str) -> None:
    """A cell of the learner's own that stops says why in one plain sentence, before Python's own words."""
    shown = kernel.run(code)

    assert 1 == len(shown.texts)
    assert sentence in shown.texts[0].lower()
    assert 'role="status"' in shown.pages[0]
    assert shown.stopped


def test_pythons_message_is_one_line(kernel: Kernel) -> None:
    """Of Python's own message only the last line is left: no traceback."""
    shown = kernel.run("def deep():\n    rescues['Animal']\ndeep()")

    assert "Animal" in shown.stopped
    assert "Traceback" not in shown.stopped
    assert shown.stopped.count("\n") < ONE_LINE


def test_an_exercise_sends_on_to_its_check(kernel: Kernel) -> None:
    """Where the cell has a check, the sentence sends the learner there, and the check names the slip."""
    shown = kernel.run("n_rows = len(Rescues)", "n_rows")
    told = kernel.run('grader.check("n_rows")', "check_n_rows")

    assert (plain.READ_THE_CHECK,) == shown.texts
    assert "Did you mean rescues?" in told.pages[0]


def test_a_line_to_mend_is_meant_to_stop(kernel: Kernel) -> None:
    """A fix exercise that is run as it came sends the learner to Python's last line."""
    name = "second_look"
    shown = kernel.run(lesson(1).exercises[name].starter, name)

    assert (plain.MEANT_TO_STOP,) == shown.texts
    assert "'data' is not defined" in shown.stopped


def test_a_check_that_is_run_first_says_to_run_the_cell(kernel: Kernel) -> None:
    """A check whose answer cell has not been run says so, whatever ran before it."""
    kernel.run("rescues.head(3)", "run-03")

    assert "has not been run yet" in kernel.run('grader.check("years")', "check_years").pages[0]


def test_dots_from_an_earlier_run_do_not_hide_a_stop(kernel: Kernel) -> None:
    """A cell that was run as it came, then changed into one that stops, is told why it stops."""
    kernel.run("animals = ...", "animals")
    kernel.run('animals = rescues["Animal"]', "animals")

    assert "capital letters" in kernel.run('grader.check("animals")', "check_animals").pages[0]


def test_an_answer_with_no_name_is_not_taken_for_untouched(kernel: Kernel) -> None:
    """A cell that shows the answer and keeps the dots under its name is asked for the name."""
    kernel.run("n_rows = ...", "n_rows")
    kernel.run("len(rescues)", "n_rows")

    assert "Start your line with n_rows =" in kernel.run('grader.check("n_rows")', "check_n_rows").pages[0]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('rescues["year"].max()', "2021"),
        ('rescues["year"].max() > 2020', "True"),
        ("rescues.head", plain.TOOL_NOT_RUN),
        ('rescues.groupby("year")', plain.GROUPS_MADE),
        ('rescues.groupby("year")["cost"]', plain.GROUPS_MADE),
    ],
)
def test_what_is_shown_is_plain(kernel: Kernel, code: str, text: str) -> None:
    """Numbers are shown without numpy's name, and a tool or grouping says what it is waiting for."""
    assert (text,) == kernel.run(code).texts


def test_a_change_that_was_lost_is_said(kernel: Kernel) -> None:
    """A change on a copy is told in a sentence in place of pandas' warning; other warnings stay."""
    lost = kernel.run('rescues["animal"][0] = "Dodo"')
    other = kernel.run('import warnings\nwarnings.warn("the file is old")')

    assert (plain.COPY_CHANGED,) == lost.texts
    assert "" == lost.stream
    assert "the file is old" in other.stream


def test_a_fresh_kernel_says_to_run_all_cells(tmp_path: Path) -> None:
    """After a break, a check in the middle of the page says how to go on; once the first cell has run, it is silent."""
    lay_out(tmp_path)
    variables = {name: value for name, value in os.environ.items() if name != "NBGRADER_EXECUTION"}
    start = Start(tmp_path, tmp_path, "lesson.ipynb", 8888, "secret", False, SETTINGS)
    kernel = Kernel(tmp_path, {**variables, **prepare(start, variables)})
    fresh = kernel.run('grader.check("n_rows")', "check_n_rows")
    names = kernel.run("[name for name in dir() if 'fresh' in name]")
    kernel.run("import grader")
    later = kernel.run("resques")
    kernel.close()

    assert 1 == len(fresh.texts)
    assert "Run All Cells" in fresh.texts[0]
    assert 'role="status"' in fresh.pages[0]
    assert "NameError: name 'grader' is not defined" == fresh.stopped
    assert ("[]",) == names.texts
    assert "Run All Cells" not in "".join(later.texts)


def test_marking_is_left_as_it_is(tmp_path: Path) -> None:
    """In nbgrader's own run nothing is shortened or added."""
    marking = started(tmp_path, {**os.environ, "NBGRADER_EXECUTION": "autograde"})
    shown, stopped = marking.run('rescues["year"].max()'), marking.run("resques")
    marking.close()

    assert ("np.int64(2021)",) == shown.texts
    assert () == stopped.texts
    assert "Traceback" in stopped.stopped
