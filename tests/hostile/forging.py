"""Forging: code that speaks in the tests' or the engine's place. Nothing here has an answer, so nothing earns a point."""

from __future__ import annotations

from hostile.attack import FULL, NOTHING, Attack, forged

SPEAKS = """
import json, os, socket, struct
def frame(data):
    body = json.dumps(data).encode()
    return struct.pack('>II', len(body), 0) + body
def tell(data, first=3, last=40):
    for held in range(first, last):
        try:
            os.write(held, frame(data))
        except OSError:
            pass
"""
ALL = "total = by_place = doubled = share = drawn = "
LIES = """
class Lie(int):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __gt__ = __le__ = __ge__ = __contains__ = __eq__
    __hash__ = int.__hash__
    def __bool__(self): return True
    def __len__(self): return 3
    def __getattr__(self, name): return self
    def __getitem__(self, key): return self
    def __call__(self, *a, **k): return self
    def __iter__(self): return iter([self] * 3)
    def __sub__(self, other): return self
    __rsub__ = __add__ = __radd__ = __abs__ = lambda self, *a: self
    def __float__(self): return 42.0
    __int__ = __index__ = lambda self: 42
"""
GIVES = "from grader.marking.split import answering, packing, peer\nimport gc\n"
HALL = """
import gc, sys
from grader.marking import child, shell, recorder, frame
from grader.marking.split import answering, packing, peer, shared
_side = next((o for o in gc.get_objects() if type(o) is answering.Answering), None)
_link = next(o for o in gc.get_objects() if type(o).__name__ == 'socket' and o.fileno() == 3)
"""
TOKEN = """
import gc
from grader.marking.frame import Frame
for held in gc.get_objects():
    if type(held) is Frame and held.op == 'run':
        token = held.data['token']
"""

ATTACKS: dict[str, Attack] = {
    "an object that agrees with everything": forged(LIES + ALL + "Lie(42)"),
    "a mock": forged(
        "from unittest.mock import MagicMock\nm = MagicMock()\nfor n in ('gt', 'lt', 'eq', 'ge', 'le'):\n    getattr(m.return_value, f'__{n}__').return_value = True\n"
        "m.return_value.__len__.return_value = 3\n" + ALL + "m"
    ),
    "a class that says it is another": forged("class A:\n    __class__ = int\n    def __eq__(s, o): return True\n    def __gt__(s, o): return True\n" + ALL + "lambda *a: A()"),
    "a number of one's own": forged("class N(float):\n    __gt__ = __lt__ = __eq__ = lambda *a: True\n    __hash__ = float.__hash__\n" + ALL + "lambda *a: N(0)"),
    "a text, a list and a table of one's own": forged(
        "class T(pd.DataFrame):\n    is_monotonic_decreasing = True\n    def __len__(s): return 3\n    def __getitem__(s, k): return 0.0\n    def __gt__(s, o): return True\n"
        "    def __eq__(s, o): return True\n    patches = [1, 2, 3]\n    def get_title(s): return 'T'\n" + ALL + "lambda *a: T()"
    ),
    "a number of numpy's kind with other rules": forged("import numpy as np\nclass A(np.ndarray):\n    def __eq__(s, o): return True\n    __gt__ = __eq__\n" + ALL + "lambda *a: np.zeros(3).view(A)"),
    "asserting made harmless": forged("import builtins\nbuiltins.AssertionError = type('Quiet', (Warning,), {})\nbuiltins.__debug__ if False else None\n" + ALL + "lambda *a: None"),
    "built-ins replaced": forged(
        "import builtins\nfor name in ('len', 'abs', 'sum', 'isinstance', 'all', 'any', 'int', 'float', 'getattr', 'print', 'open'):\n    setattr(builtins, name, lambda *a, **k: 3)\n" + ALL + "lambda *a: None"
    ),
    "the import of modules replaced": forged("import builtins, sys\nreal = builtins.__import__\nbuiltins.__import__ = lambda *a, **k: sys.modules['sys']\n" + ALL + "lambda *a: None"),
    "pandas' comparing replaced": forged(
        "import pandas.testing, numpy.testing\nfor owner, names in ((pd.DataFrame, ('equals', '__eq__', 'copy')), (pd.Series, ('equals', 'mean', 'sum', '__gt__')), (pd.testing, ('assert_frame_equal', 'assert_series_equal'))):\n"
        "    for name in names:\n        setattr(owner, name, lambda *a, **k: True)\nimport numpy as np\nnp.allclose = np.isclose = lambda *a, **k: True\n" + ALL + "lambda *a: None"
    ),
    "tests rewritten as they are read": forged(
        "import ast\nclass Drop(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.Pass()\n    def visit_Expr(self, node): return ast.Expr(ast.Constant(3.0))\n"
        "get_ipython().ast_transformers.append(Drop())\nget_ipython().input_transformers_cleanup.append(lambda lines: ['3.0\\n'])\nget_ipython().input_transformers_post.append(lambda lines: ['3.0\\n'])\n" + ALL + "lambda *a: None"
    ),
    "the running of cells replaced": forged(
        "from types import SimpleNamespace\nshell = get_ipython()\nshell.run_cell = shell.run_cell_async = shell.run_code = shell.run_ast_nodes = lambda *a, **k: SimpleNamespace(success=True, error_in_exec=None)\n" + ALL + "lambda *a: None"
    ),
    "the showing of errors replaced": forged(
        "shell = get_ipython()\nshell.set_custom_exc((BaseException,), lambda *a, **k: None)\nshell.showtraceback = shell._showtraceback = shell.showsyntaxerror = lambda *a, **k: None\n" + ALL + "lambda *a: None"
    ),
    "the showing of results replaced": forged(
        "import sys\nsys.displayhook = lambda value: None\nget_ipython().displayhook = sys.displayhook\nget_ipython().display_formatter.format = lambda *a, **k: ({'text/plain': '3.0'}, {})\n" + ALL + "lambda *a: None"
    ),
    "hooks before and after every cell": forged(
        "import sys\nshell = get_ipython()\ndef set_all(*_):\n    shell.user_ns.update(points=3.0, means={'a': 0, 'b': 0}, found=[3, 2, 1], total=lambda t: 41)\n"
        "for name in ('pre_run_cell', 'post_run_cell', 'pre_execute', 'post_execute'):\n    shell.events.register(name, set_all)\n" + ALL + "lambda *a: set_all()"
    ),
    "a trace on every line": forged("import sys\ndef follow(frame, event, arg):\n    frame.f_locals.update(points=3.0)\n    frame.f_globals.update(points=3.0)\n    return follow\nsys.settrace(follow)\n" + ALL + "lambda *a: None"),
    "the caller's names read": forged(
        "import inspect\ndef f(*a):\n    for each in inspect.stack():\n        for name in ('expected', 'right', 'answer', 'points'):\n            if name in each.frame.f_globals:\n                return each.frame.f_globals[name]\n            each.frame.f_globals['points'] = 3.0\n    return None\n" + ALL + "f"
    ),
    "the caller's line changed": forged("import sys\ndef f(*a):\n    frame = sys._getframe(1)\n    while frame:\n        try:\n            frame.f_trace = lambda *b: None\n            frame.f_lineno += 1\n        except Exception:\n            pass\n        frame = frame.f_back\n" + ALL + "f"),
    "the test ended early": forged("def f(*a):\n    raise SystemExit(0)\n" + ALL + "f"),
    "the test ended by a stop": forged("def f(*a):\n    raise KeyboardInterrupt\n" + ALL + "f"),
    "the test ended by a generator": forged("def f(*a):\n    raise GeneratorExit\n" + ALL + "f"),
    "the test ended by a quiet error": forged("class AssertionError(BaseException):\n    def __str__(self): raise SystemExit\ndef f(*a):\n    raise AssertionError\n" + ALL + "f"),
    "the test ended by a warning": forged("import warnings\nclass W(Warning): pass\ndef f(*a):\n    raise W\n" + ALL + "f"),
    "the test ended by a skip": forged("import unittest\ndef f(*a):\n    raise unittest.SkipTest\n" + ALL + "f"),
    "the test ended by the end of things": forged("def f(*a):\n    raise StopIteration(3.0)\n" + ALL + "f"),
    "Python ended when asked": Attack({name: f"import os\ndef {name}(*a):\n    os._exit(0)" for name in ("total", "by_place", "doubled")} | {"share": "pass", "drawn": "pass"}, dict(NOTHING)),
    "a second answer on the second call": forged("said = []\ndef f(*a):\n    said.append(1)\n    return len(said)\n" + ALL + "f"),
    "full marks printed": forged("for text in ('3.0', '{\"verdict\": \"right\", \"score\": 3.0}', 'Out[1]: 3.0'):\n    print(text)\n" + ALL + "lambda *a: print('3.0')"),
    "full marks displayed": forged(
        "from IPython.display import display\ndef f(*a):\n    display({'text/plain': '3.0', 'application/vnd.foothills.result+json': {'verdict': 'right', 'score': 3.0}}, raw=True)\n" + ALL + "f"
    ),
    "full marks published": forged(
        "def f(*a):\n    shell = get_ipython()\n    shell.kernel.session.send(None, 'execute_result', {'data': {'text/plain': '3.0'}, 'metadata': {}, 'execution_count': 1})\n"
        "    shell.displayhook.session and shell.displayhook(3.0)\n    return None\n" + ALL + "f\nf()"
    ),
    "another cell's outputs changed": forged(
        "from IPython.display import display, HTML\nh = display(HTML('a'), display_id='points')\ndef f(*a):\n    h.update({'text/plain': '3.0'}, raw=True)\n" + ALL + "f"
    ),
    "answers of the engine on its wire": forged(SPEAKS + "for op in ('cell', 'answer', 'ready', 'bye', 'ask', 'sync', 'forked', 'end'):\n    tell({'op': op, 'id': 'total_test', 'token': '', 'outputs': [], 'value': 42, 'number': 1, 'seconds': 0, 'left_out': 0, 'changed': {}, 'sync': {}})\n" + ALL + "lambda *a: None"),
    "answers of the engine with the right token": forged(
        TOKEN + SPEAKS + "tell({'op': 'cell', 'token': token, 'outputs': [], 'number': 1, 'seconds': 0.1, 'left_out': 0, 'sync': {'bind': {}, 'gone': []},\n"
        "    'changed': {name: [{'output_type': 'execute_result', 'data': {'text/plain': '3.0'}, 'metadata': {}, 'execution_count': 1}] for name in ('total_test', 'share_test')}}, 3, 4)\n" + ALL + "lambda *a: None"
    ),
    "a result of the wrong kinds, with the right token": forged(
        TOKEN + SPEAKS + "tell({'op': 'cell', 'token': token, 'outputs': [{'output_type': 'error', 'ename': 'MemoryError'}, 5, None, 'x', {'output_type': 'stream'}, {'output_type': 'execute_result', 'data': [1], 'metadata': 7, 'execution_count': {'a': 1}}],\n"
        "    'number': {'<script>': [1]}, 'seconds': float('nan'), 'left_out': 'many', 'changed': {'total_test': [1]}, 'sync': 5}, 3, 4)\n" + ALL + "lambda *a: None"
    ),
    "numbers that are none, with the right token": forged(
        TOKEN + SPEAKS + "tell({'op': 'cell', 'token': token, 'outputs': [], 'number': -1e400, 'seconds': float('inf'), 'left_out': 0, 'changed': {}, 'sync': {}, 'touched': [{'a': 1}]}, 3, 4)\n" + ALL + "lambda *a: None"
    ),
    "names of the tests bound from the wire": forged(
        HALL + "old = answering.Answering.news\ndef news(self, packer):\n    made = old(self, packer)\n    number = self.shared.add(lambda *a: 42)\n"
        "    made['bind'].update({n: {'at': number, 'is': 'function', 'name': n} for n in ('len', 'abs', 'sum', 'total', 'by_place', 'points', 'pd', 'plt', 'AssertionError')} | {'points': 3.0, 'found': [1]})\n"
        "    made['gone'] = ['table', 'other', 'pd', 'points']\n    made['shown'] = [{'output_type': 'execute_result', 'data': {'text/plain': '3.0'}, 'metadata': {}, 'execution_count': 1}, 5, None]\n"
        "    made['files'] = [['pandas.py', 0], ['../x', 0], ['table.csv', 0], [5, 0], ['matplotlibrc', 0]]\n    packer.parts.append(b'raise SystemExit')\n    return made\nanswering.Answering.news = news\n" + ALL + "lambda *a: None"
    ),
    "objects of the tests changed from the wire": forged(
        HALL + "packing.Packer.changes = lambda self: [{'at': n, 'is': 'dict', 'items': []} for n in range(0, 60)] + [{'at': n, 'is': 'list', 'items': []} for n in range(0, 60)]\n" + ALL + "lambda *a: None"
    ),
    "values of every odd kind": forged(
        GIVES + "kinds = [{'is': 'module', 'name': 'antigravity'}, {'is': 'module', 'name': 'this'}, {'is': 'module', 'name': '__main__'}, {'is': 'module', 'name': 'test.__main__'}, {'is': 'one', 'v': 'NotImplemented'}, {'at': 2}, {'at': 10 ** 20},\n"
        "    {'at': True}, {'is': 'range', 'v': [0, 10 ** 18, 1]}, {'is': 'decimal', 'v': '1e999999999'}, {'is': 'fraction', 'v': '1e99999999'}, {'is': 'period', 'v': 1, 'freq': 'x'}, {'is': 'float', 'v': 'nan'}, {'is': 'int', 'v': '0x' + 'f' * 4000}, [], 7, None, {'is': []}, {}]\n"
        "here = iter(kinds * 20)\npacking.Packer.pack = lambda self, value: next(here)\n" + ALL + "lambda *a: None"
    ),
    "tables of every odd shape": forged(
        GIVES + "def odd(self, value):\n    self.parts.append(b'x' * 7)\n    return {'at': 901, 'is': 'frame', 'columns': {'range': [0, 10 ** 12, 1], 'name': None}, 'index': {'levels': [], 'codes': [], 'names': []},\n"
        "        'values': [{'in': 'array', 'dtype': '|O', 'shape': [-1], 'part': 0}, {'in': 'category', 'categories': {'range': [0, 1, 0]}, 'ordered': 1, 'dtype': '<i8', 'shape': [2 ** 62, 4], 'part': 0}]}\n"
        "packing.Packer.pack = odd\n" + ALL + "lambda *a: None"
    ),
    "a chart that was never drawn, of odd numbers": forged(
        GIVES + "packing.Packer.pack = lambda self, value: {'at': 901, 'is': 'chart', 'chart': {'kind': 'axes', 'size': [1e9, float('nan')], 'axes': [], 'title': ['T'] * 3, 'lines': [], 'bars': [{'box': [0, 0, float('inf'), 1], 'label': '', 'colour': [1, 1, 1, 1]}] * 5,\n"
        "    'groups': [[99, -1, 'x']], 'points': [], 'notes': [], 'scales': ['log', 'x'], 'ticks': [None, None], 'limits': [[1, 1], [float('nan'), 0]], 'labels': ['', ''], 'grid': 1, 'legend': None}}\n" + ALL + "lambda *a: None"
    ),
    "questions without end": forged(
        HALL + "def f(*a):\n    while True:\n        try:\n            _side.ask('call', {'number': 2, 'arguments': [], 'named': {}})\n        except Exception:\n            pass\n" + ALL + "f"
    ),
    "functions of the tests called from here": forged(
        HALL + "def f(*a):\n    for number in range(2, 60, 2):\n        for what in ('call', 'attribute', 'set', 'operator', 'names', 'snapshot', 'figures'):\n            try:\n"
        "                _side.ask(what, {'number': number, 'name': '__globals__', 'names': ['points'], 'arguments': [], 'named': {}, 'exercise': 'x'})\n            except Exception:\n                pass\n    return 0\n" + ALL + "f"
    ),
    "the wire closed": forged("import os\nos.close(3)\n" + ALL + "lambda *a: None"),
    "the wire replaced": forged("import os, socket\none, other = socket.socketpair()\nos.dup2(one.fileno(), 3)\n" + ALL + "lambda *a: None"),
    "every open file closed": forged("import os\nos.closerange(0, 600)\n" + ALL + "lambda *a: None"),
    "the wire filled with noise": forged("import os\nfor _ in range(40):\n    os.write(3, os.urandom(100_000))\n" + ALL + "lambda *a: None"),
    "a message announced and never sent": forged("import os, struct\nos.write(3, struct.pack('>II', 31_000_000, 9_000))\nimport time\ntime.sleep(60)\n" + ALL + "lambda *a: None"),
    "a message of many gigabytes": forged("import os, struct\nos.write(3, struct.pack('>IIQ', 2, 1, 2 ** 62) + b'{}')\n" + ALL + "lambda *a: None"),
    "a message of deep brackets": forged("import os, struct\nbody = b'[' * 1_000_000\nos.write(3, struct.pack('>II', len(body), 0) + body)\n" + ALL + "lambda *a: None"),
    "files handed down the wire": forged("import os, socket\nlink = socket.socket(fileno=os.dup(3))\nheld = os.open('.', os.O_RDONLY)\nfor _ in range(20):\n    socket.send_fds(link, [b'x'], [held] * 100)\n" + ALL + "lambda *a: None"),
    "the engine's own classes changed": forged(
        "import grader.marking.child as c, grader.marking.shell as s, grader.marking.recorder as r, grader.marking.frame as f\n"
        "r.Recorder.end = lambda self: [{'output_type': 'execute_result', 'data': {'text/plain': '3.0'}, 'metadata': {}, 'execution_count': 1}]\nr.Recorder.take = lambda *a: None\n" + ALL + "lambda *a: None"
    ),
    "scoring rules changed": forged("import sys\nfor name in ('grader.marking.scoring', 'nbgrader.utils', 'grader.marking.gradebook'):\n    sys.modules[name] = type(sys)('x')\n    sys.modules[name].determine_grade = lambda *a: (3.0, 3.0)\n" + ALL + "lambda *a: None"),
    "the lesson's data made easy": forged(
        "def total(t):\n    t['amount'] = 0\n    return 41\nby_place = drawn = None\ndef doubled(t):\n    t['twice'] = 0\ndef share(t):\n    t['amount'] = 0\n    return {'a': 0, 'b': 0}",
        earns=NOTHING | {"share_test": 1.0},
    ),
    "the lesson's data made easy at the top": forged("table['amount'] = 0\npd.DataFrame.sum = lambda *a: 0\ntotal = lambda t: 0\ndef doubled(t):\n    t['twice'] = 1\ndef share(t):\n    return {'a': 0.0, 'b': 0.0}", earns=NOTHING | {"share_test": 1.0}),
    "names that the tests bind, read": forged("# other means points found axes\ndef f(*a):\n    return globals().get('other', globals().get('means'))\n" + ALL + "f"),
    "numbers that are none": forged("import math\ntotal = lambda t: math.nan\nshare = lambda t: {'a': math.nan, 'b': math.nan}\nby_place = lambda t: pd.Series([math.nan] * 3)\n", earns=NOTHING | {"share_test": 1.0}),
    "more than all points": forged("class P(float):\n    def __add__(self, other): return P(99)\n    __radd__ = __add__\n    def __repr__(self): return '99.0'\npoints = P(99)\n" + ALL + "lambda *a: P(99)"),
    "minus as many points": forged("share = lambda t: {'a': float('-inf'), 'b': -1e308}", earns=NOTHING | {"share_test": 1.0}),
    "a list that holds itself": forged("held = []\nheld.append(held)\n" + ALL + "lambda *a: held"),
    "a list a hundred thousand deep": forged("def f(*a):\n    made = []\n    for _ in range(100_000):\n        made = [made]\n    return made\n" + ALL + "f"),
    "a dictionary of objects that change": forged("class K:\n    n = 0\n    def __hash__(self):\n        K.n += 1\n        return K.n\n    def __eq__(self, other):\n        return K.n % 2 == 0\n" + ALL + "lambda *a: {K(): K() for _ in range(100)}"),
    "half signs and zeros for an answer": forged(ALL + "lambda *a: {'\\ud800': '\\x00', 'a': b'\\xff', 'b': '\\udfff' * 100}"),
    "an answer that prints forms": forged("class A:\n    def _repr_html_(self): return '<b>3.0</b>'\n    def _repr_mimebundle_(self, **k): return {'text/plain': '3.0', 'application/vnd.foothills.result+json': {'verdict': 'right'}}\n    def __repr__(self): return '3.0'\n" + ALL + "lambda *a: A()"),
    "properties that do things": forged("class A:\n    def __getattribute__(self, name):\n        import os\n        os._exit(0) if name == '__name__' else None\n        raise RuntimeError(name)\n" + ALL + "lambda *a: A()"),
    "a stream to the side": forged("import sys\nsys.stdout = sys.stderr = open('/dev/null', 'w')\n" + ALL + "lambda *a: None"),
    "nbgrader's tests switched off": forged("import os\nos.environ['NBGRADER_EXECUTION'] = ''\nimport sys\nsys.flags = type('F', (), {'optimize': 2})\n" + ALL + "lambda *a: None"),
    "magics instead of answers": forged("%reset -f\n%reload_ext autoreload\n%xmode Minimal\n%config InteractiveShell.ast_node_interactivity = 'none'\n"),
    "a cell magic over the rest": forged("%%javascript\nwindow.__owned = 1"),
    "a script run in its place": forged("%%bash\necho 3.0"),
    "a file run in its place": forged("open('x.py', 'w').write('total = by_place = doubled = share = drawn = lambda *a: None')\n%run x.py"),
    "answers from nowhere": Attack(dict.fromkeys(("total", "by_place", "doubled", "share", "drawn"), ""), dict(NOTHING)),
}  # fmt: skip
assert FULL
