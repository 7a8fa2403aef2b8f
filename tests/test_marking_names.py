"""Names: which of them answers and tests know of one another, and that a right answer is not read from a test's own."""

from __future__ import annotations

from pathlib import Path

import marking_room as room
import pytest

from grader.marking.mark import mark_assignment
from grader.marking.split.names import names_of_answers, words_outside_tests

HELPER = "def longest(words):\n    expected, score = '', 0\n    for word in words:\n        if len(word) > score:\n            score, expected = len(word), word\n    return expected"
COUNTER = "count = 0\ndef bump():\n    global count\n    count += step"
TESTS = (
    "expected = 'dddd'\nassert longest(['dddd', 'e']) == expected",
    "score = 0\nif longest(['q']) == 'q':\n    score += 1\nif longest(['xyz', 'zy']) == 'xyz':\n    score += 1\nscore",
    "count, step = 1, 2\nbump()\nbump()\nassert count == 5",
)


@pytest.mark.parametrize(
    ("code", "answers", "looked_up"),
    [
        (HELPER, {"longest"}, {"len"}),
        (COUNTER, {"count", "bump"}, {"count", "step"}),
        ("def f():\n    '''Return the result.'''\n    result = table.query('a > @limit')\n    return result", {"f"}, {"table", "a", "limit"}),
        ("total = sum(n for n in numbers)\nclass Shop:\n    rate = tax\n    def price(self):\n        return self.net * rates[0]", {"total", "Shop"}, {"sum", "numbers", "tax", "rates"}),
        ("%timeit total\nimport a.b as c\nfrom d import *", {"c", "*"}, {"timeit", "total"}),
        ("this is no Python", set(), set()),
    ],
)  # fmt: skip
def test_what_functions_bind_for_themselves_is_their_own(code: str, answers: set[str], looked_up: set[str]) -> None:
    """Only names of the notebook count: those that are bound, and those that are looked up, also in texts that are asked."""
    cells = [room.cell("code", code, room.marks("answer", solution=True))]

    assert answers == names_of_answers(cells)
    assert looked_up == words_outside_tests(cells)


def test_an_answer_is_not_read_from_the_tests_own_names(tmp_path: Path) -> None:
    """A test may call what it expects as the reference's functions call theirs: answers that look there find nothing."""
    answer = room.marks("longest", solution=True)
    cells = [
        room.cell("code", HELPER.replace("\n", "\n    ### BEGIN SOLUTION\n", 1) + "\n    ### END SOLUTION", answer)
    ]
    cells += [room.cell("code", f"### BEGIN SOLUTION\n{COUNTER}\n### END SOLUTION", room.marks("bump", solution=True))]
    for number, text in enumerate(TESTS):
        hidden = f"### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS"
        cells.append(room.cell("code", hidden, room.marks(f"test{number}", grade=True, locked=True, points=2)))
    course = room.make_course(tmp_path, cells, {})
    reads = "def longest(words):\n    return globals().get('expected')"
    binds = "score, turns = 0, 0\ndef longest(words):\n    global score, turns\n    turns += 1\n    score = 0 if turns % 2 else 2"
    for learner, text in (("honest", HELPER), ("reads", reads), ("binds", binds)):
        room.hand_in(course, learner, {"longest": text, "bump": COUNTER})
    mark_assignment(course, room.NAME, jobs=2)

    assert {"test0": 2.0, "test1": 2.0, "test2": 2.0} == room.scores(course, "honest")
    assert {"test0": 0.0, "test1": 0.0, "test2": 2.0} == room.scores(course, "reads") == room.scores(course, "binds")
