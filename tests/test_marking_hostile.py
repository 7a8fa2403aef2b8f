"""Hostile and unlucky submissions of every kind, in batches with honest work before, between and after.

What they hold is in `tests/hostile`, with the points each has honestly earned, worked out by hand. Marked here are some
of each kind and all that once got through; with FOOTHILLS_HOSTILE=all every one is marked, under every layer and also in one
process, which takes some twenty minutes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hostile_room
import marking_room as room
import pytest
from hostile import own, resources
from hostile.attack import FULL, LOOK, MARKED, REPAIRED, Attack
from hostile.ways import LESSON, WAYS, Way
from hostile_room import CANARY, LIMITS, SECRET, Batch

from grader.course import gradebook
from grader.course.folder import Course
from grader.course.mark import to_mark
from grader.lesson import build
from grader.lesson.read import lesson
from grader.marking.mark import mark_assignment
from grader.marking.sandbox.enter import LANDLOCK
from grader.marking.sandbox.layers import layers
from grader.report import feedback, feedback_page
from grader.report import read as report

pytestmark = [pytest.mark.xdist_group("marking-hostile"), pytest.mark.timeout(1800)]

# Of hidden tests, of mark schemes, and what learners say in the place of our checks.
SECRETS = ("total(table.head(4)) == 42", "means['a'] - table.loc", "secret-scheme", "FORGED</")
HERE = [layer.name for layer in layers() if layer.available]


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give two courses to which nobody has handed in: another's assignment, and a lesson of ours."""
    other = room.make_course(tmp_path_factory.mktemp("hostile") / "course")
    config = other / "nbgrader_config.py"
    config.write_text(config.read_text() + 'c.LateSubmissionPlugin.penalty_method = "zero"\n')
    ours = tmp_path_factory.mktemp("hostile-own") / "course"
    for name, content in build.source(lesson(LESSON)).items():
        path = ours / "source" / LESSON / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (ours / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "club"\n')
    assert room.nbgrader(ours, "generate_assignment", LESSON, "--create").returncode == 0
    return {room.NAME: other, LESSON: ours}


@pytest.fixture(scope="module", params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    """Give one way to mark."""
    chosen: Way = request.param
    if chosen.layer not in HERE:
        pytest.skip(f"this machine has no {chosen.layer}")
    return chosen


@pytest.fixture(scope="module")
def batch(way: Way, courses: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Batch]:
    """Give a course after all attacks have been marked that way."""
    import matplotlib

    course = shutil.copytree(courses[way.lesson], tmp_path_factory.mktemp("batch") / "course")
    open_to_all = [Path(tempfile.mkdtemp(prefix="hostile-")) for _ in range(2)]
    open_to_all[1].chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPLCONFIGDIR", matplotlib.get_cachedir())
        patch.setenv("HOME", str(course.parent / "home"))
        patch.setenv(SECRET, f"{CANARY} environment")
        patch.setattr(tempfile, "tempdir", str(open_to_all[1]))
        yield hostile_room.marked(
            course, way.attacks, lambda c: mark_assignment(c, way.lesson, jobs=2, compat=way.compat, limits=LIMITS, layer=way.layer),
            course.parent / "home", open_to_all[0], way.lesson, own.RIGHT if way.lesson == LESSON else FULL,
        )  # fmt: skip
    left = list(open_to_all[1].iterdir())
    for folder in open_to_all:
        shutil.rmtree(folder)
    assert [] == left


def test_each_has_the_points_its_answers_earned(batch: Batch, way: Way) -> None:
    """Nobody has a point that was not earned, and nobody lacks one; where no score can be, there is none."""
    amiss = {}
    for learner, name in batch.learners.items():
        attack = batch.attacks[name] if name else Attack(earns=batch.full)
        if way.compat and attack.apart:
            continue
        found, earned = batch.scores(learner), way.earned(attack)
        if batch.of(learner).outcome == LOOK and attack.apart:  # it broke its own run: some cells have no score
            found = {cell: score or 0.0 for cell, score in found.items()}
        if found != earned:
            amiss[learner] = (found, batch.of(learner).sentence, batch.of(learner).notes)

    assert {} == amiss


def test_each_ends_in_one_of_three_ways_with_a_sentence(batch: Batch, way: Way) -> None:
    """Everybody is in the summary as marked, marked with repairs or needs a look; the last two say why in plain words."""
    amiss = {}
    for learner, name in batch.learners.items():
        ended = batch.of(learner)
        attack = batch.attacks[name] if name else Attack()
        allowed = (MARKED, REPAIRED, LOOK) if attack.apart else (attack.outcome,)
        plain = ended.sentence.endswith((".", "?")) and not any(
            word in ended.sentence for word in ("Error", "engine met", "Traceback")
        )
        plain = plain and ended.sentence.isprintable()
        if ended.outcome not in allowed or (ended.outcome != MARKED and not plain):
            amiss[learner] = (ended.outcome, ended.sentence)

    assert {} == amiss
    assert sorted(batch.learners) == [each.learner for each in batch.summary.submissions]


def test_honest_neighbours_keep_what_they_have(batch: Batch) -> None:
    """Work before, between and after the attacks is marked as if it were alone: same scores, same notebook."""
    rows = [hostile_room.honest_rows(batch.course, learner) for learner in batch.honest]

    assert {MARKED} == {batch.of(learner).outcome for learner in batch.honest}
    assert all(row == rows[0] for row in rows) and len(rows) >= 2
    assert batch.full.items() <= {name: row[0] for name, row in rows[0].items()}.items()


def test_nothing_private_is_read(batch: Batch) -> None:
    """What lies in the gradebook, the source, other people's folders, the home folder and the environment shows nowhere."""
    assert [] == [learner for learner, name in batch.learners.items() if name and CANARY in batch.written(learner)]


def test_nothing_outside_is_changed(batch: Batch) -> None:
    """Every file outside the learner's own folder, and every file that was handed in, is as it was."""
    assert batch.before == batch.after


def test_nothing_leaves_the_machine(batch: Batch) -> None:
    """Nobody knocked at any door of this machine."""
    assert [] == batch.knocks


def test_nothing_stays_behind(batch: Batch) -> None:
    """No program runs on, no shared memory is left, and never was there more of it than the limit, for each of two."""
    assert set() == batch.left
    assert batch.grown < 2 * LIMITS.memory


def test_each_limit_is_said(batch: Batch, way: Way) -> None:
    """Who met a limit reads so in the marked notebook, and what stopped the cell also on the feedback page."""
    amiss = {}
    with gradebook.opened(Course(batch.course)) as book:
        marks = {made.learner: made for made in gradebook.marks_of(book, way.lesson)}
    for learner, name in batch.learners.items():
        attack = batch.attacks[name] if name else Attack()
        if attack.says and not (way.layer == LANDLOCK and attack.refused):
            pages = [batch.written(learner)]
            if attack.says not in resources.CUT:
                notebook = batch.course / "autograded" / learner / way.lesson / f"{way.lesson}.ipynb"
                pages.append(feedback_page.page(notebook, frozenset(), marks[learner], {}))
            if not all(attack.says in page for page in pages):
                amiss[learner] = (attack.says, batch.of(learner).notes)

    assert {} == amiss


def test_the_commands_after_marking_read_it_all(batch: Batch, way: Way) -> None:
    """What has changed since, the feedback of everyone and the report are made of all this, and none of it stops them."""
    course = Course(batch.course)

    assert sorted(batch.learners) == sorted(to_mark(course, way.lesson, again=True))
    to_mark(course, way.lesson, again=False)
    assert len(feedback.write(course, way.lesson).left_out) == sum(
        each.score is None for each in batch.summary.submissions
    )
    assert len(batch.learners) == len(report.read(course, way.lesson).people)
    pages = "".join(path.read_text() for path in course.step("feedback").rglob("*.html"))
    assert [] == [secret for secret in SECRETS if secret in pages]


def test_every_program_reads_what_was_written(batch: Batch) -> None:
    """Marked notebooks hold nothing that JSON has no word for."""
    for path in (batch.course / "autograded").glob("*/*/*.ipynb"):
        json.loads(path.read_text(), parse_constant=pytest.fail)


def test_a_late_hand_in_stays_late(batch: Batch) -> None:
    """A file that is too large to take does not hide the time at which it was handed in."""
    late = [learner for learner, name in batch.learners.items() if "a hole of ten gigabytes handed in" in name]
    for learner in late:
        penalties = {row[4] for row in hostile_room.honest_rows(batch.course, learner).values()}
        assert {sum(FULL.values())} == penalties


def test_a_check_says_only_its_own_words(batch: Batch, way: Way) -> None:
    """What a learner's code shows while a check of ours looks at it is not shown as the check's."""
    for learner, name in batch.learners.items() if way.lesson == LESSON else ():
        path = batch.course / "autograded" / learner / LESSON / f"{LESSON}.ipynb"
        for cell in json.loads(path.read_text())["cells"]:
            told = [
                output["data"]["application/vnd.foothills.result+json"]["verdict"]
                for output in cell.get("outputs", ())
                if "application/vnd.foothills.result+json" in output.get("data", {})
            ]
            if cell["id"].startswith("check_"):
                assert ["right"] == told or "right" not in told
                assert "FORGED" not in json.dumps(cell["outputs"]), name
            else:
                assert [] == told
