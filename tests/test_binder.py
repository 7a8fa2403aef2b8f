"""What Binder is given: the build file, the environment, and a start that opens lesson 0 and keeps what is there.

The whole of it, in an environment made only from binder/, is `python tests/binder_visit.py DIR`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from binder_room import TOKEN, Room, running
from browser_helpers import Lab, closed_page
from packaging.requirements import Requirement

from grader.jupyter.folder import write
from grader.lesson.build import handout
from grader.lesson.folders import folders
from grader.lesson.read import lesson

ROOT = Path(__file__).resolve().parents[1]
BINDER = ROOT / "binder"


@pytest.fixture(scope="module")
def build_file() -> str:
    """Let repo2docker write the build file of this repository, for the user that Binder has."""
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id=1000", "--user-name=jovyan"]
    return subprocess.run([*command, str(ROOT)], capture_output=True, text=True, check=True).stdout


def start(home: Path, *command: str, **variables: str) -> str:
    """Run binder/start with a command in place of JupyterLab, and give what that command says."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    environment = {**kept, "HOME": str(home), "PATH": f"{Path(sys.executable).parent}:{kept['PATH']}", **variables}
    run = subprocess.run([BINDER / "start", *command], capture_output=True, text=True, check=True, env=environment)
    return run.stdout


def test_the_build_file_uses_binder_and_nothing_else(build_file: str) -> None:
    """repo2docker installs binder's requirements, runs postBuild and starts by way of start, on a Python we support."""
    wanted = (BINDER / "runtime.txt").read_text().strip().removeprefix("python-")

    assert 'pip install --no-cache-dir -r "binder/requirements.txt"' in build_file
    assert re.search(r"^RUN \./binder/postBuild$", build_file, flags=re.MULTILINE)
    assert 'R2D_ENTRYPOINT="${REPO_DIR}/binder/start"' in build_file
    assert "environment-2epy-2d" + wanted.replace(".", "-2e") in build_file  # repo2docker's way to write a file's name
    assert "USER ${NB_USER}" in build_file
    assert " -r requirements" not in build_file


def test_everything_binder_installs_is_locked() -> None:
    """The requirements are the root lock and packages with a hash each, and nbgitpuller needs nothing that is not there."""
    lines = (BINDER / "requirements.txt").read_text().replace("\\\n", "").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    locked = {
        Requirement(line.split()[0]).name
        for line in (ROOT / "requirements.txt").read_text().splitlines()
        if "==" in line
    }

    assert "-r ../requirements.txt" == named[0]
    assert all("--hash=sha256:" in line for line in named[1:])
    assert {"notebook", "jupyter-server", "tornado", "jupyterlab"} <= locked


@pytest.mark.parametrize("name", ["postBuild", "start"])
def test_the_scripts_can_be_run(name: str) -> None:
    """Git keeps the scripts executable, and bash can read them."""
    kept = subprocess.run(["git", "ls-files", "-s", f"binder/{name}"], cwd=ROOT, capture_output=True, text=True)

    assert kept.stdout.startswith("100755 ") or not kept.stdout
    assert os.access(BINDER / name, os.X_OK)
    assert 0 == subprocess.run(["bash", "-n", BINDER / name]).returncode


def test_start_hands_over_without_the_hubs_own_page(tmp_path: Path) -> None:
    """The command runs with our settings first, its words as they were, but not an empty JupyterLab for first page."""
    (tmp_path / "foothills").mkdir()
    words = ["--port=1", "--ServerApp.default_url=/lab", "--NotebookApp.default_url=/lab", "a b"]
    said = start(
        tmp_path,
        "sh",
        "-c",
        'echo "$JUPYTER_CONFIG_PATH"; printf "%s\\n" "$@"',
        "sh",
        *words,
        JUPYTER_CONFIG_PATH="/theirs",
    )
    paths, *rest = said.splitlines()

    assert [str(BINDER / "jupyter"), "/theirs"] == [paths.split(":")[0], paths.split(":")[-1]]
    assert ["--port=1", "a b"] == rest


def test_an_empty_home_gets_every_lesson_and_a_full_one_is_left_alone(tmp_path: Path) -> None:
    """In a home folder that a hub brought the lessons are built at the first start; later starts change nothing."""
    start(tmp_path, "true")
    made = sorted(path.relative_to(tmp_path / "foothills") for path in tmp_path.glob("foothills/*/*.ipynb"))
    work = tmp_path / "foothills" / made[0]
    work.write_text("my work")
    start(tmp_path, "true")

    assert [Path(folder.name) / f"{folder.name}.ipynb" for folder in folders()] == made
    assert "my work" == work.read_text()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_binder_opens_lesson_0_and_says_that_nothing_is_kept(browser: Any, tmp_path: Path, artefacts: Path) -> None:
    """The bare address shows lesson 0, whose first cell says what Binder keeps and leads to the other lessons."""
    room = Room(tmp_path, ROOT, Path(sys.prefix))
    for made in (lesson(0), lesson(1)):
        for file, content in handout(made).items():
            write(room.home / "foothills" / made.name / file, content)
    with running(room, as_another=False) as address, closed_page(browser) as page:
        page.goto(f"{address}?token={TOKEN}")
        lab = Lab(page, lesson(0))
        lab.ready()
        said = lab.said("setup-01")
        page.screenshot(path=artefacts / "binder-0-ready.png")

        assert f"/lab/tree/{lesson(0).name}/{lesson(0).name}.ipynb" in page.url
        assert said.startswith("Ready.") and "keeps nothing" in said

        page.get_by_role("link", name=f"Lesson 1, {lesson(1).front.title}").click()
        Lab(page, lesson(1)).cell("setup-01").wait_for()
        page.screenshot(path=artefacts / "binder-1-lesson-1.png")

        assert [] == page.outside


def test_the_dev_container_is_whole() -> None:
    """The dev container has a Python that we support and runs commands that are there."""
    made = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    commands = f"{made['postCreateCommand']} && {made['postAttachCommand']}".split(" && ")
    files = [word for command in commands for word in command.split() if "/" in word and ".venv" not in word]

    assert re.fullmatch(r"mcr\.microsoft\.com/devcontainers/python:3\.1[123]", made["image"])
    assert files and all((ROOT / name).is_file() for name in files)
