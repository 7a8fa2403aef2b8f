"""Answers leave, checks stay: tests run where no code of the learner's has run, and come out as in one process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import marking_room as room
import pytest

from grader.marking import words
from grader.marking.engine import Warm
from grader.marking.marked import CellResult
from grader.marking.one_child import run_together
from grader.marking.outputs import Outputs, with_outputs
from grader.marking.parts import Part, Source
from grader.marking.sandbox.enter import Limits
from grader.marking.sandbox.layers import choose
from grader.marking.scoring import score_cells
from grader.marking.split.apart import run_apart
from grader.marking.split.plan import Plan
from grader.marking.split.two_children import SplitNotebook, run_in_two
from grader.marking.split.verify import make_plan


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    """Give a warm process under the best layer of this machine."""
    with Warm(choose("a"), Limits(cell_time=4, memory=600_000_000)) as started:
        yield started


def cells(*parts: tuple[str, str]) -> list[dict[str, Any]]:
    """Return code cells: kind "lesson", "answer", "test" or "free", and text."""
    flags: Mapping[str, dict[str, Any]] = {
        "lesson": {"locked": True},
        "answer": {"solution": True},
        "test": {"grade": True, "locked": True, "points": 4},
    }
    made = []
    for number, (kind, text) in enumerate(parts):
        metadata = room.marks(f"{kind}{number}", **flags[kind]) if kind in flags else None
        made.append(room.cell("code", text, metadata, name=f"c{number}"))
    return made


def scores(made: list[dict[str, Any]], results: Mapping[str, CellResult]) -> list[float | None]:
    """Return the scores of the test cells in order."""
    shown = [with_outputs(cell, results.get(cell["id"]), Outputs()) for cell in made]
    found, _ = score_cells(shown, {}, fair=False)
    return [each.score for each in found if each.grade_id.startswith("test")]


def both(warm: Warm, *parts: tuple[str, str], files: Mapping[str, bytes] | None = None, reference: Any = None) -> Any:
    """Return the scores in one process, the scores apart, and the plan that was made of the reference."""
    plan = plan_of(warm, reference or parts, files)
    made = cells(*parts)
    together = scores(made, run_together(warm, made, files or {}, frozenset()))
    apart, _ = run_in_two(SplitNotebook(warm, plan, made, files or {}, files or {}))
    return together, scores(made, apart), plan


def plan_of(warm: Warm, parts: Any, files: Mapping[str, bytes] | None = None) -> Plan:
    """Return the plan of a lesson with this reference; answers are blank where nothing is written."""
    made = cells(*parts)
    source = Source(
        "n",
        tuple(
            Part(
                marks["grade_id"], "code", cell["source"],
                "" if marks["solution"] else cell["source"], marks, cell["id"],
            )
            for cell in made
            if (marks := cell["metadata"].get("nbgrader"))
        ),
    )  # fmt: skip
    return make_plan(warm, source, made, files or {})


KINDS = {
    "function": (("answer", "def f(x):\n    return x * x"), ("test", "assert f(3) == 9 and f(-2) == 4")),
    "partial": (("answer", "def f(x):\n    return x"), ("test", "points = 0\nif f(1) == 1:\n    points += 1.5\npoints")),
    "numpy number": (("answer", "import numpy as np\ndef f():\n    return np.float64(0.0)"), ("test", "f()")),
    "values": (
        ("answer", "import numpy as np, pandas as pd, datetime, decimal\nvalues = [1, 2.5, 'a', None, True, (1, {2}), {'k': [3]},"
         " 10**30, float('inf'), 1j, b'x', range(3), datetime.date(2024, 1, 2), decimal.Decimal('1.5'), np.int64(4),"
         " np.array([[1, 2]]), pd.Timestamp('2024-01-02'), pd.NA]"),
        ("test", "kinds = [type(v).__name__ for v in values]\nassert kinds == ['int', 'float', 'str', 'NoneType', 'bool', 'tuple',"
         " 'dict', 'int', 'float', 'complex', 'bytes', 'range', 'date', 'Decimal', 'int64', 'ndarray', 'Timestamp', 'NAType']\n"
         "assert values[5] == (1, {2}) and values[6] == {'k': [3]} and values[7] == 10**30 and values[15].shape == (1, 2)"),
    ),
    "tables": (
        ("answer", "import pandas as pd\nt = pd.DataFrame({'n': [1, 2, 3], 's': ['a', None, 'c'], 'd': pd.to_datetime(['2024-01-01'] * 3),"
         " 'c': pd.Categorical(['x', 'y', 'x']), 'b': pd.array([True, None, False]), 'i': pd.array([1, None, 3], dtype='Int64')})\n"
         "g = t.groupby(['c', 'n'], observed=True)['i'].sum()\nby_day = t.set_index('d')['n']\nbins = pd.cut(t['n'], 2)"),
        ("test", "assert [str(x) for x in t.dtypes] == ['int64', 'str', 'datetime64[us]', 'category', 'boolean', 'Int64']\n"
         "assert t['s'].isna().sum() == 1 and t['d'].dt.year.tolist() == [2024] * 3\n"
         "assert g.index.names == ['c', 'n'] and g.sum() == 4\nassert by_day.index.name == 'd'\nassert len(bins.cat.categories) == 2"),
    ),
    "changed in place": (
        ("answer", "import pandas as pd\ndef grow(things, table):\n    things.append(len(things))\n    table['twice'] = table['a'] * 2"),
        ("test", "import pandas as pd\nthings, table = [5], pd.DataFrame({'a': [1, 2]})\nsame = table\ngrow(things, table)\n"
         "assert things == [5, 1] and list(table.columns) == ['a', 'twice'] and same is table"),
    ),
    "left as it was": (
        ("answer", "def f(table):\n    return table.assign(b=1)"),
        ("test", "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2]})\nf(table)\nassert list(table.columns) == ['a']"),
    ),
    "the lesson's table": (
        ("lesson", "import pandas as pd\ntable = pd.DataFrame({'a': [3, 1, 2]})"),
        ("answer", "table['b'] = table['a'] + 1"),
        ("test", "assert table['b'].tolist() == [4, 2, 3]"),
        ("answer", "table = table.sort_values('a')"),
        ("test", "assert table['a'].tolist() == [1, 2, 3]"),
    ),
    "names that tests bind": (
        ("answer", "def f():\n    return 7"),
        ("test", "held = f()\nassert held == 7"),
        ("answer", "more = held + 1"),
        ("test", "assert more == 8"),
    ),
    "a helper that must be used": (
        ("answer", "def square(n):\n    return n * n\ndef squares(n):\n    return [square(i) for i in range(n)]"),
        ("test", "kept = square\ndel square\ntry:\n    squares(3)\nexcept NameError:\n    pass\nelse:\n    raise AssertionError('use square')\n"
         "finally:\n    square = kept\nassert squares(3) == [0, 1, 4]"),
    ),
    "errors": (
        ("answer", "class Odd(ValueError):\n    pass\ndef f(x):\n    if x < 0:\n        raise Odd('below 0')\n    return {}[x]"),
        ("test", "for value, kind in ((-1, ValueError), (1, KeyError)):\n    try:\n        f(value)\n    except kind as found:\n        assert str(found)\n"
         "    else:\n        raise AssertionError"),
    ),
    "callbacks": (
        ("answer", "def apply(function, items):\n    return [function(item) for item in items]"),
        ("test", "seen = []\nassert apply(lambda n: seen.append(n) or n + 1, [1, 2]) == [2, 3]\nassert seen == [1, 2]"),
    ),
    "objects": (
        ("answer", "class Account:\n    def __init__(self, held=0):\n        self.held = held\n    def add(self, n):\n        self.held += n\n"
         "        return self\n    def __len__(self):\n        return self.held\n    def __eq__(self, other):\n        return self.held == other.held"),
        ("test", "one = Account(2)\none.add(3)\nassert one.held == 5 and len(one) == 5 and isinstance(one, Account)\nassert one == Account(5)"),
    ),
    "charts": (
        ("lesson", "import matplotlib.pyplot as plt\n%matplotlib inline"),
        ("answer", "def draw():\n    figure, axes = plt.subplots()\n    axes.bar(['a', 'b'], [1, 2], label='n')\n    axes.plot([0, 1], [3, 4])\n"
         "    axes.set(title='T', xlabel='X', ylabel='Y')\n    axes.legend()\n    return axes"),
        ("test", "axes = draw()\nassert (axes.get_title(), axes.get_xlabel(), axes.get_ylabel()) == ('T', 'X', 'Y')\n"
         "assert [p.get_height() for p in axes.patches] == [1, 2] and [t.get_text() for t in axes.get_xticklabels()] == ['a', 'b']\n"
         "assert list(axes.lines[0].get_ydata()) == [3, 4] and len(axes.get_legend().get_texts()) == 1"),
    ),
    "files": (
        ("answer", "def save(text):\n    with open('out.txt', 'w') as file:\n        file.write(text)"),
        ("test", "save('kept')\nassert open('out.txt').read() == 'kept'"),
    ),
    "warnings": (
        ("answer", "import warnings\ndef f():\n    warnings.warn('old')\n    return 1"),
        ("test", "assert f() == 1"),
        ("test", "print(f.__name__)"),
    ),
    "an open stream": (
        ("answer", "import sys\ndef f():\n    print('said')"),
        ("test", "import contextlib, io\nheld = io.StringIO()\nwith contextlib.redirect_stdout(held):\n    f()\nassert held.getvalue() == 'said\\n'"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_tests_come_out_the_same_apart(warm: Warm, kind: str) -> None:
    """Tests of every kind give the same score apart as in one process, or the plan says that they do not."""
    together, apart, plan = both(warm, *KINDS[kind])
    named = [f"test{number}" for number, (kind, _) in enumerate(KINDS[kind]) if kind == "test"]

    assert [score for score, name in zip(together, named, strict=True) if name not in plan.unverified] == [
        score for score, name in zip(apart, named, strict=True) if name not in plan.unverified
    ]
    if kind not in ("an open stream",):
        assert frozenset() == plan.unverified


REFERENCE = (
    ("lesson", "import pandas as pd\nexpected = {'a': 4}\ntable = pd.read_csv('table.csv')\ndef agrees(x, y):\n    return x == y"),
    ("answer", "def f(x):\n    return x * x"),
    ("test", "assert agrees(f(3), 9)\nassert f(expected['a']) == 16\nassert f(len(table)) == 4\nresult = f(5)\nassert result == 25"),
    ("answer", "def g():\n    return [1, 2, 3]"),
    ("test", "points = 0.0\nfound = g()\nif isinstance(found, list):\n    points += 1\nif sum(found) == 6:\n    points += 3\npoints"),
)  # fmt: skip
ALWAYS = (
    "class Always(int):\n    def __eq__(self, other):\n        return True\n    def __ne__(self, other):\n        return False\n"
    "    __hash__ = int.__hash__\n"
)
PATCH = "from grader.marking.split import answering, packing\n"
FORGERIES = {
    "an object that equals everything": ALWAYS + "def f(x):\n    return Always(1)\ndef g():\n    return Always(1)",
    "a list of objects that equal everything": ALWAYS
    + "class L(list):\n    __eq__ = lambda *_: True\n    __iter__ = lambda s: iter([6])\ndef f(x):\n    return L()\ndef g():\n    return L()",
    "a transformer that drops tests": "import ast\nclass T(ast.NodeTransformer):\n    def visit_Assert(self, node):\n        return ast.Pass()\n"
    "get_ipython().ast_transformers.append(T())\nf = g = lambda *a: None",
    "the lesson's helper and data replaced": "agrees = lambda *_: True\nexpected = {'a': 0}\ntable = []\nresult = 25\npoints = 4.0\nfound = [1, 2, 3]\n"
    "def f(x):\n    global agrees, expected, table, result, points, found\n    agrees, expected, table = (lambda *_: True), {'a': 0}, []\n    result, points = 25, 4.0\n"
    "    return 0\ndef g():\n    global points, found\n    points, found = 4.0, [1, 2, 3]\n    return 0",
    "built-ins replaced": "import builtins\nbuiltins.AssertionError = Warning\nbuiltins.sum = lambda _: 6\nbuiltins.isinstance = lambda *_: True\nf = g = lambda *a: 0",
    "the test ended early": "def f(x):\n    raise SystemExit(0)\ndef g():\n    raise SystemExit(0)",
    "the test ended by a skip": "import unittest\ndef f(x):\n    raise unittest.SkipTest\ndef g():\n    raise KeyboardInterrupt",
    "Python ended": "import os\ndef f(x):\n    os._exit(0)\ndef g():\n    os._exit(0)",
    "modules and settings planted": "for name in ('pandas', 'numpy', 'sitecustomize', 'usercustomize', 'ast', 'json'):\n"
    "    open(name + '.py', 'w').write('raise SystemExit')\nopen('table.csv', 'w').write('a\\n')\nf = g = lambda *a: 0",
    "messages in the engine's place": "import json, os, struct\nfor op in ('cell', 'answer', 'bye', 'ready'):\n"
    "    body = json.dumps({'op': op, 'id': 'c2', 'token': '', 'outputs': [], 'value': 9, 'number': 1, 'seconds': 0, 'left_out': 0, 'changed': {}, 'sync': {}}).encode()\n"
    "    os.write(3, struct.pack('>II', len(body), 0) + body)\nf = g = lambda *a: 0",
    "names slipped in": PATCH + "old = answering.Answering.news\ndef news(self, packer):\n    made = old(self, packer)\n"
    "    made['bind'].update({n: {'at': 1, 'is': 'function', 'name': 'f'} for n in ('agrees', 'isinstance', 'sum', 'len')} | {'points': 4.0, 'result': 25, 'expected': {'at': 3, 'is': 'dict', 'items': [['a', 0]]}})\n"
    "    made['gone'] += ['agrees', 'expected', 'table']\n    made['shown'] = [{'output_type': 'execute_result', 'data': {'text/plain': '4.0'}, 'metadata': {}, 'execution_count': 1}]\n"
    "    return made\nanswering.Answering.news = news\nf = g = lambda *a: 0",
    "other kinds of value": PATCH + "kinds = iter([{'is': 'module', 'name': 'operator'}, {'is': 'one', 'v': 'NotImplemented'}, {'at': 2}, {'at': 4}, {'is': 'nothing'}, {'is': 'frame'}, [], {'is': 'array', 'dtype': '|O', 'shape': [1], 'part': 0}])\n"
    "packing.Packer.pack = lambda self, value: next(kinds, None)\nf = g = lambda *a: 0",
    "a deep and a large value": "def f(x):\n    made = []\n    for _ in range(100_000):\n        made = [made]\n    return made\ndef g():\n    return 'x' * 300_000_000",
    "the functions of the tests called": PATCH + "from grader.marking.split.stand_ins import function\ndef f(x):\n    for number in range(2, 40, 2):\n        try:\n            function(_peer, number, {}, None)(9, 9)\n"
    "        except Exception:\n            pass\n    return 0\nimport gc\n_peer = next(o for o in gc.get_objects() if type(o) is answering.Answering)\ng = f",
}  # fmt: skip


EARNED = {"a list of objects that equal everything": [0.0, 1.0]}  # it is a list, and that is worth a point


@pytest.fixture(scope="module")
def plan(warm: Warm) -> Plan:
    """Give the plan of the lesson that is to be forged."""
    return plan_of(warm, REFERENCE, {"table.csv": b"a,b\n1,2\n3,4\n"})


@pytest.mark.parametrize("name", FORGERIES)
def test_forging_earns_nothing(warm: Warm, plan: Plan, name: str) -> None:
    """No trick of the learner's code earns a point for answers that are not there."""
    files = {"table.csv": b"a,b\n1,2\n3,4\n"}
    made = cells(*REFERENCE)
    made[1]["source"], made[3]["source"] = FORGERIES[name], "pass"

    results, _ = run_in_two(SplitNotebook(warm, plan, made, files, files))

    assert frozenset() == plan.unverified
    assert EARNED.get(name, [0.0, 0.0]) == [score or 0.0 for score in scores(made, results)]


def with_and_without(warm: Warm, parts: Any, trick: str) -> tuple[frozenset[str], Any, Any]:
    """Return what is unverified, the scores of the reference, and those of a trick in place of its answer."""
    plan, honest, tricky = plan_of(warm, parts), cells(*parts), cells(*parts)
    tricky[1]["source"] = trick
    first, second = (scores(made, run_in_two(SplitNotebook(warm, plan, made, {}, {}))[0]) for made in (honest, tricky))
    return plan.unverified, first, second


DRAWN = (
    ("lesson", "import io, unittest\nimport numpy as np"),
    ("answer", "def f(x):\n    return x * x"),
    ("test", "for _ in range(5):\n    n = np.random.randint(2, 1000)\n    assert f(n) == n * n"),
    ("test", "class Squares(unittest.TestCase):\n    def test_it(self):\n        self.assertEqual(f(3), 9)\n"
     "tests = unittest.defaultTestLoader.loadTestsFromTestCase(Squares)\n"
     "assert unittest.TextTestRunner(stream=io.StringIO()).run(tests).wasSuccessful()"),
)  # fmt: skip
TRICKS = {
    "the draws of the tests chosen": "k = np.random.RandomState(0).randint(2, 1000)\nnp.random.seed(0)\ndef f(x):\n"
    "    np.random.seed(0)\n    return k * k",
    "a skip": "def f(x):\n    raise unittest.SkipTest('not today')",
    "a skip by another name": "class Odd(unittest.SkipTest, ValueError):\n    pass\ndef f(x):\n    raise Odd",
    "a class in the place of a function": "class f:\n    def __new__(cls, x):\n        return super().__new__(cls)\n"
    "    __eq__ = lambda *_: True\n    __hash__ = None",
    "items without end": "def f(x):\n    while True:\n        yield 9",
    "warnings for errors": "import warnings\nwarnings.simplefilter('error')\ndef f(x):\n    return 0",
}  # fmt: skip


@pytest.mark.parametrize("name", TRICKS)
def test_what_both_processes_share_is_no_way_in(warm: Warm, name: str) -> None:
    """Random numbers, skips, classes and iterators of the learner's earn no point for answers that are not there."""
    assert (frozenset(), [4.0, 4.0], [0.0, 0.0]) == with_and_without(warm, DRAWN, TRICKS[name])


HANDED = (
    ("lesson", "import numpy as np\nfrom unittest.mock import Mock"),
    ("answer", "def f(service, dice):\n    service.start()\n    return int(dice.integers(1, 1000))"),
    ("test", "service, dice = Mock(), np.random.default_rng()\nwanted = np.random.default_rng()\n"
     "wanted.bit_generator.state = dice.bit_generator.state\ngot = f(service, dice)\nservice.start.assert_called_once_with()\n"
     "assert got == wanted.integers(1, 1000) and dice.integers(1, 1000) == wanted.integers(1, 1000)"),
)  # fmt: skip
FOUL = {
    "a mock made to say it was called": "def f(service, dice):\n    for name in ('called', 'call_count', 'call_args', 'mock_calls'):\n"
    "        try:\n            setattr(service.start, name, 1)\n        except AttributeError:\n            pass\n"
    "    return int(dice.integers(1, 1000))",
    "the check of a mock replaced": "def f(service, dice):\n    try:\n        service.start.assert_called_once_with = lambda *_: None\n"
    "    except AttributeError:\n        pass\n    return int(dice.integers(1, 1000))",
    "a mock prepared": "def f(service, dice):\n    try:\n        service.configure_mock(start=lambda: None)\n    except AttributeError:\n"
    "        pass\n    return int(dice.integers(1, 1000))",
    "the dice loaded": "def f(service, dice):\n    service.start()\n    return dice.bit_generator.state['state']['state'] % 999",
}  # fmt: skip


@pytest.mark.parametrize("name", FOUL)
def test_what_tests_hand_over_is_used_and_not_prepared(warm: Warm, name: str) -> None:
    """Answers call the mocks of tests and draw from their dice; they do not choose what these say."""
    assert (frozenset(), [4.0], [0.0]) == with_and_without(warm, HANDED, FOUL[name])


TABLES = (
    ("lesson", "import pandas as pd\ntable = pd.DataFrame({'a': [1.0, None, 3.0]})"),
    ("answer", "def f(t):\n    return t.dropna()"),
    ("test", "assert len(f(table)) == 2"),
    ("answer", "n = table['a'].isna().sum()"),
    ("test", "assert n == 1"),
    ("test", "assert table['a'].isna().sum() == 1"),
)
CALLED, LATER = "def f(t):\n    t.loc[1, 'a'] = 2.0\n    return t.head(2)", "n = 1\ntable.loc[1, 'a'] = 2.0"


@pytest.mark.parametrize(("place", "text", "wanted"), [(1, CALLED, [4.0, 0.0, 0.0]), (3, LATER, [4.0, 4.0, 4.0])])
def test_a_table_that_a_test_hands_over_is_the_lessons(warm: Warm, place: int, text: str, wanted: list[float]) -> None:
    """What an answer does to it when called, it does to the learner's own; what a later cell does stays the learner's."""
    parts = [(kind, text if number == place else body) for number, (kind, body) in enumerate(TABLES)]

    together, apart, plan = both(warm, *parts, reference=TABLES)

    assert (frozenset(), wanted) == (plan.unverified, apart)
    assert place == 3 or apart == together


def test_who_makes_the_data_of_a_test_easy_is_told(warm: Warm) -> None:
    """An answer that passes only because it changes the data of the test has not passed, and the note says so."""
    reference = (
        ("lesson", "import numpy as np\nheights = np.array([3.0, 5.0])"),
        ("answer", "def f(x):\n    return x.sum()"),
        ("test", "assert f(heights) == heights.sum()"),
    )
    made = cells(*reference)
    made[1]["source"] = "def f(x):\n    x[:] = 0\n    return 0"

    results = run_apart(SplitNotebook(warm, plan_of(warm, reference), made, {}, {}))

    assert [0.0] == scores(made, results)
    assert words.CHANGED == results["c2"].trouble


def test_the_honest_answer_has_its_points(warm: Warm, plan: Plan) -> None:
    """After all of that an honest answer has its points, and the tests read the lesson's own data."""
    data = {"table.csv": b"a,b\n1,2\n3,4\n"}
    made = cells(*REFERENCE)

    results, _ = run_in_two(SplitNotebook(warm, plan, made, {"table.csv": b"a,b\n"}, data))

    assert [4.0, 4.0] == scores(made, results)
