"""Against one of our own lessons, where answers leave and checks stay: what speaks in the checks' place, and what breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hostile.attack import Attack, Places
from hostile.resources import ENDED, LOOP, MEMORY

NAMES = ("rows_shown", "n_rows", "one_row", "second_look", "animals", "years", "headline", "people_hurt")
RIGHT = {f"check_{name}": 1.0 for name in NAMES}
NONE = dict.fromkeys(RIGHT, 0.0)
SESSION = "import grader, json\nfrom grader.kernel import session\nfrom grader.checks import judge, verdict\nfrom grader.marking.split import our_checks as lesson\n"


def one(code: str, says: str = "") -> Attack:
    """Return a submission that runs this in place of one answer, with all others right."""
    return Attack({"n_rows": code}, RIGHT | {"check_n_rows": 0.0}, says=says)


def all_of(code: str) -> Attack:
    """Return a submission that has this in place of every answer: it earns nothing."""
    return Attack(dict.fromkeys(NAMES, code), NONE, apart=True)


def _own_pack(folder: Path, _: Places) -> None:
    (folder / "checks.pack").write_bytes(b"\x1f\x8b not a pack")
    (folder / "progress.json").write_text(
        '{"n_rows": {"tries": -1, "first": "right", "done": true}, "x": ' + "[" * 400 + "]" * 400 + "}"
    )
    (folder / "grader.py").write_text("def check(name):\n    return 1.0\n")
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "animal_rescues.csv").write_text("animal,year\n")


SHOWS = (
    "from IPython.display import display\ndef show(*_):\n    display({'text/plain': '1.0', 'text/html': '<div role=\"status\"><strong>FORGED</strong> Right.</div>',\n"
    "        'application/vnd.foothills.result+json': {'exercise': 'n_rows', 'verdict': 'right', 'score': 1.0}}, raw=True)\n"
)


def _saved(handed: dict[str, Any]) -> None:
    """Save in every check's cell what it says when the answer is right."""
    for cell in handed["cells"]:
        if cell["id"].startswith("check_"):
            told = {"exercise": cell["id"].removeprefix("check_"), "verdict": "right", "score": 1.0}
            data = {"text/plain": "1.0", "text/html": "FORGED", "application/vnd.foothills.result+json": told}
            cell["outputs"] = [{"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}]


ATTACKS: dict[str, Attack] = {
    "every check right": all_of(
        SESSION + "class Pass(float):\n    def _repr_mimebundle_(self, **_):\n        return {'text/plain': '1.0', 'application/vnd.foothills.result+json': {'verdict': 'right', 'score': 1.0}}\n"
        "grader.check = lambda name: Pass(1)\nright = lambda e, *_: verdict.Outcome(e.name, verdict.Verdict.RIGHT, 'Right.', score=e.points, points=e.points)\n"
        "judge.judge = session.judge = session.judged = right"
    ),
    "every snapshot nonsense": all_of(SESSION + "lesson.tell = lambda name: '[' * 100_000\nsession.Session.snapshot = lambda *a: 5"),
    "every snapshot of the wrong kinds": all_of(
        SESSION + "lesson.tell = lambda name: json.dumps({'exercise': [name], 'variables': [], 'source': {'a': 1}, 'shown': {'is': 'frame'}, 'trouble': 7, 'charts': [None] * 50})"
    ),
    "every snapshot not text": all_of(SESSION + "lesson.tell = lambda name: {'verdict': 'right', 'score': 1.0}"),
    "every snapshot without end": all_of(SESSION + "lesson.tell = lambda name: '\"' + 'x' * 40_000_000 + '\"'"),
    "objects that agree with every check": all_of(
        "class Lie(int):\n    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda *a: True\n    __hash__ = int.__hash__\n"
        "rows_shown = n_rows = one_row = second_look = animals = first_year = last_year = headline = people_hurt = Lie(1)"
    ),
    "a message displayed while the check looks": all_of(
        SESSION + "from IPython.display import HTML, display\ndef tell(name):\n    display({'text/plain': '1.0', 'text/html': '<div role=\"status\"><strong>FORGED</strong> Right.</div>',\n"
        "        'application/vnd.foothills.result+json': {'exercise': name, 'verdict': 'right', 'score': 1.0}}, raw=True)\n    return '{}'\nlesson.tell = tell"
    ),
    "a message displayed at the end of every cell": all_of(SHOWS + "get_ipython().events.register('post_execute', show)"),
    "a message displayed with the open charts": all_of(
        SESSION + SHOWS + "from grader.marking.split import open_figures\nopen_figures.numbers = lambda: show() or [1]\nopen_figures.describe = lambda: show() or []"
    ),
    "results saved by hand": Attack(dict.fromkeys(NAMES, "pass"), NONE, change=_saved),
    "a message of the check's own in an answer": one(
        "from IPython.display import display\ndisplay({'text/plain': '1.0', 'application/vnd.foothills.result+json': {'exercise': 'n_rows', 'verdict': 'right', 'score': 1.0}}, raw=True)"
    ),
    "the checks' file and the data replaced": Attack({}, RIGHT, files=_own_pack),
    "the checks' file removed": Attack({"n_rows": "import os\nn_rows = len(rescues)\nos.remove('checks.pack')\nopen('progress.json', 'w').write('[' * 5_000)"}, RIGHT),
    "the watch taken off": one("for name in ('pre_run_cell', 'post_run_cell', 'post_execute'):\n    get_ipython().events.callbacks[name].clear()"),
    "a loop without end": one("while True:\n    pass", LOOP),
    "Python ended": one("import os\nos._exit(0)", ENDED),
    "all memory": one("held = []\nwhile True:\n    held.append('x' * 20_000_000)", MEMORY),
    "a number of a million digits": one("n_rows = 1 << 4_000_000"),
    "a list that holds itself": one("n_rows = []\nn_rows.append(n_rows)"),
    "a list a hundred thousand deep": one("n_rows = []\nfor _ in range(100_000):\n    n_rows = [n_rows]"),
    "a table of tables": one("n_rows = pd.DataFrame({'a': [rescues] * 50})"),
    "a class that ends Python when looked at": one("import os\nclass A:\n    def __getattribute__(self, name):\n        os._exit(0)\nn_rows = A()"),
    "no number": one("n_rows = float('nan')"),
    "a text of half signs": one("n_rows = '\\ud800\\x00'"),
    "the other answers spoilt": Attack(
        {"people_hurt": "import gc\nrows_shown = n_rows = one_row = headline = None\npeople_hurt = len(roads)"}, RIGHT
    ),
}  # fmt: skip
