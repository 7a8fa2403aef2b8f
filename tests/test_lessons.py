"""Every lesson holds what it says: a new one is tested by being there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from lesson_room import (
    FOLDERS,
    LESSONS,
    Room,
    autograde,
    built,
    contents,
    hand_in,
    ids,
    known_answers,
    open_room,
    read_notebook,
    submissions,
)
from nbclient import NotebookClient

from grader.checks import pack as packs
from grader.checks.exercise import Exercise
from grader.checks.expect import Number, Several
from grader.cli import club
from grader.lesson import read
from grader.lesson.prove import prove_exercises
from grader.lesson.validate import check
from grader.lesson.validate_messages import every_message
from grader.lesson.validate_run import expected_score

every_folder = pytest.mark.parametrize("folder", FOLDERS, ids=ids(FOLDERS))
every_lesson = pytest.mark.parametrize("folder", LESSONS, ids=ids(LESSONS))
every_course = pytest.mark.parametrize(
    "room", [pytest.param(folder, id=folder.name, marks=pytest.mark.xdist_group(folder.name)) for folder in LESSONS], indirect=True
)  # fmt: skip


@pytest.fixture(scope="module")
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Room:
    """Give a course with the lesson released in it."""
    return open_room(request.param, tmp_path_factory.mktemp(request.param.name))


@every_folder
def test_the_lesson_check_finds_nothing(folder: Path) -> None:
    """`club lesson check` has nothing to say of a lesson that is here."""
    assert [] == list(map(str, check(folder)))


@every_folder
def test_no_changed_solution_survives(folder: Path) -> None:
    """Every small change to a solution that changes its value is noticed."""
    assert [] == list(map(str, prove_exercises(folder, read.lesson(str(folder)).exercises)))


@pytest.mark.timeout(1800)
@every_course
def test_stock_nbgrader_gives_known_answers_their_score(room: Room) -> None:
    """`nbgrader autograde`, as it comes, scores known answers as answers.md says, in whatever company."""
    handed_in = {f"learner{turn:02d}": chosen for turn, chosen in enumerate(submissions(room.lesson))}
    for learner, chosen in handed_in.items():
        hand_in(room, learner, {name: answer.code for name, answer in chosen.items()})
    scores = autograde(room)
    differ = [
        (learner, name, answer.title, score, scores[learner][name])
        for learner, chosen in handed_in.items()
        for name, answer in chosen.items()
        if (score := expected_score(answer, room.lesson.exercises[name].points)) != scores[learner][name]
    ]

    assert [] == differ


@every_course
def test_club_open_gives_the_released_notebook(room: Room, tmp_path: Path) -> None:
    """What `club open` builds equals what nbgrader releases, cell for cell, and the files beside it too."""
    name = room.lesson.name
    done = CliRunner().invoke(club, ["open", name, "--no-launch", "--to", str(tmp_path)], catch_exceptions=False)
    opened = Path(done.output.strip().splitlines()[-1])
    ours, theirs = contents(opened.parent), contents(room.released)
    mine, nbgraders = read_notebook(opened), read_notebook(room.released / f"{name}.ipynb")
    beside = {file: content for file, content in theirs.items() if not file.endswith(".ipynb")}

    assert _with_text(nbgraders) == _with_text(mine)
    assert beside == {file: ours.get(file) for file in beside}


def _with_text(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the cells with their source as one text: a notebook file may also hold it line by line."""
    return [cell | {"source": "".join(cell["source"])} for cell in notebook["cells"]]


@every_course
def test_a_released_lesson_runs_unsolved_from_top_to_bottom(room: Room, tmp_path: Path) -> None:
    """Run all cells as they come: nothing stops, and every check says that it was not tried."""
    for name, content in contents(room.released).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    made = nbformat.read(tmp_path / f"{room.lesson.name}.ipynb", as_version=4)
    NotebookClient(made, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    said = {
        cell["id"].removeprefix("check_"): output["data"]["application/vnd.foothills.result+json"]["verdict"]
        for cell in made.cells
        if cell["id"].startswith("check_")
        for output in cell["outputs"]
    }

    assert dict.fromkeys(room.lesson.exercises, "not_tried") == said


@every_course
def test_a_released_folder_gives_nothing_away(room: Room) -> None:
    """No file that learners get holds a solution, a known answer, a message or an expected value that can be read."""
    texts = {name: content for name, content in contents(room.released).items() if not name.startswith("data/")}
    notebook = f"{room.lesson.name}.ipynb"
    cells = [
        cell | {"source": cell["source"] if cell["cell_type"] == "code" else ""}  # prose says what its author wrote
        for cell in _with_text(read_notebook(room.released / notebook))
    ]
    texts[notebook] = json.dumps(cells, ensure_ascii=False).encode()
    shown = "\n".join(cell["source"] for cell in cells)
    secrets = {secret for secret in _secrets(room) if secret not in shown}
    found = {(name, secret) for name, content in texts.items() for secret in secrets if _escaped(secret) in content}

    assert set() == found
    assert len(secrets) > 3 * len(room.lesson.exercises)


def _secrets(room: Room) -> Iterator[str]:
    """Yield what must not be readable: lines of code longer than a word, messages, numbers of 4 figures or more."""
    for name, exercise in room.lesson.exercises.items():
        for code in (exercise.solution, *(answer.code for answer in known_answers(room.lesson)[name])):
            yield from (line for line in code.splitlines() if line.startswith(exercise.variables) and "..." not in line)
        yield from (text for _, text in every_message(exercise))
        yield from _numbers(exercise)


def _numbers(exercise: Exercise) -> Iterator[str]:
    parts = exercise.expect.parts.values() if isinstance(exercise.expect, Several) else [exercise.expect]
    for part in parts:
        if isinstance(part, Number) and len(re.sub(r"\D", "", str(part.value))) >= 4:
            yield from (str(part.value), f"{part.value:,}")


def _escaped(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False)[1:-1].encode()


@every_course
def test_the_checks_file_holds_every_exercise(room: Room) -> None:
    """What is kept from view is there all the same: checks.pack can be read and has each exercise."""
    pack = packs.from_bytes((room.released / packs.NAME).read_bytes())

    assert tuple(room.lesson.exercises) == pack.names


def test_a_lesson_is_built_the_same_everywhere() -> None:
    """Two processes with other hash seeds build every lesson byte for byte the same."""
    here = {folder.name: _digest(dict(built(folder))) for folder in FOLDERS}
    program = (
        "import sys; sys.path.insert(0, 'tests'); import json, lesson_room, test_lessons;"
        "print(json.dumps({f.name: test_lessons._digest(dict(lesson_room.built(f))) for f in lesson_room.FOLDERS}))"
    )
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, env=os.environ | {"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )  # fmt: skip

    assert here == json.loads(done.stdout)


def _digest(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


@every_lesson
def test_a_lesson_is_in_its_folders_place(folder: Path) -> None:
    """The number in the folder's name is the lesson's own."""
    assert int(folder.name[:2]) == read.lesson(str(folder)).front.lesson
