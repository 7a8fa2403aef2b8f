"""Exchange: what is said between answers and tests is forged, or made to look like what a test looks for."""

from __future__ import annotations

from hostile.attack import NOTHING, Attack, forged
from hostile.forging import ALL, GIVES, HALL, SPEAKS

LOOKS = "is_monotonic_decreasing = True\n    patches = [1, 2, 3]\n    columns = ['twice']\n    def get_title(*a): return 'T'\n"
LISTS = f"""
class Lists(type):
    def __len__(c): return 3
    def __iter__(c): return iter([3, 2, 1])
    def __getitem__(c, key): return 0.0
    def __contains__(c, key): return True
class K(metaclass=Lists):
    {LOOKS}"""
SAYS = SPEAKS.replace("last=40", "last=4")
ANSWER = "{'op': 'answer', 'value': 41, 'sync': {'changed': [], 'files': {}, 'world': {}, 'bind': {'points': 3.0}, 'gone': [], 'shown': [], 'figures': []}}"
CELL = "{'op': 'cell', 'token': '', 'outputs': [], 'number': 1, 'seconds': 0, 'left_out': 0, 'changed': {}, 'sync': {}}"
GIVEN = NOTHING | {"share_test": 1.0}

SPY = """
import gc, inspect, linecache
def total(table):
    shell = get_ipython()
    for text in (*shell.user_ns.get('In', []), *shell.history_manager.input_hist_raw, *linecache.cache.values()):
        print(text)
    for each in inspect.stack():
        print(each.code_context)
    for each in gc.get_objects():
        if type(each) in (list, dict, tuple) and len(each) < 20 and 'BEGIN HID' + 'DEN' in str(each)[:5_000]:
            print(str(each)[:5_000])
    return int(table['amount'].sum())
""".strip()

ATTACKS: dict[str, Attack] = {
    "a class that lists": forged(LISTS + ALL + "lambda *a: K"),
    "a class that lists, in place of the answers": forged(LISTS + ALL + "K"),
    "an enumeration with what tests look for": forged("import enum\nclass K(enum.Enum):\n    A = 1\n    B = 2\n    is_monotonic_decreasing = 3\n" + ALL + "lambda *a: K"),
    "an exception given back": forged("def f(*a):\n    made = ValueError(1, 2, 3)\n    made.patches = [1, 2, 3]\n    made.get_title = lambda: 'T'\n    return made\n" + ALL + "f"),
    "an exception of one's own given back": forged(f"class E(Exception):\n    {LOOKS}def f(*a):\n    made = E(1, 2, 3)\n    made.patches = [1, 2, 3]\n    made.get_title = lambda: 'T'\n    return made\n" + ALL + "f"),
    "a column with what tests look for": forged("def f(*a):\n    return pd.Series({'patches': [1, 2, 3], 'get_title': lambda: 'T', 'columns': ['twice']}, dtype=object)\n" + ALL + "f"),
    "a table with what tests look for": forged("def f(*a):\n    return pd.DataFrame({'patches': [1, 2, 3], 'get_title': [lambda: 'T'] * 3})\n" + ALL + "f"),
    "a tuple with what tests look for": forged("from collections import namedtuple\nA = namedtuple('A', 'patches get_title is_monotonic_decreasing')\n" + ALL + "lambda *a: A([1, 2, 3], lambda: 'T', True)"),
    "a class of such tuples": forged("from collections import namedtuple\n" + ALL + "namedtuple('A', 'is_monotonic_decreasing')"),
    "fields with what tests look for": forged("import numpy as np\n" + ALL + "lambda *a: np.rec.array([(1, 2.0)] * 3, dtype=[('patches', 'i4'), ('is_monotonic_decreasing', 'f8')])"),
    "a dataclass with what tests look for": forged("from dataclasses import dataclass\n@dataclass\nclass D:\n    patches: list\n    is_monotonic_decreasing: bool = True\n    def get_title(self): return 'T'\n    def __len__(self): return 3\n" + ALL + "lambda *a: D([1, 2, 3])"),
    "a module with what tests look for": forged("import sys, types\nm = types.ModuleType('mine')\nm.patches = [1, 2, 3]\nm.get_title = lambda: 'T'\nm.is_monotonic_decreasing = True\nsys.modules['mine'] = m\n" + ALL + "lambda *a: m"),
    "a function with what tests look for": forged("def g(*a): return 'T'\ng.patches = [1, 2, 3]\ng.get_title = g\ng.is_monotonic_decreasing = True\n" + ALL + "lambda *a: g"),
    "a chart's class made one's own": forged("from matplotlib.axes import Axes\nclass A(Axes):\n    patches = [1, 2, 3]\n    def __init__(self): pass\n    def get_title(self): return 'T'\n" + ALL + "lambda *a: A()"),
    "an object that is called": forged("class D:\n    patches = [1, 2, 3]\n    def get_title(self): return 'T'\n    def __call__(self, *a): return self\n" + ALL + "D()"),
    "classes that everyone has": forged("import numpy as np\ntotal, by_place, doubled, share, drawn = np.ma.MaskedArray, pd.Series, pd.DataFrame, dict, type"),
    "modules that everyone has": forged("import matplotlib, unittest.mock, numpy.ma\n" + ALL + "lambda *a: numpy.ma\ndrawn = matplotlib\ntotal = unittest.mock"),
    "numbers behind a mask": forged("import numpy as np\n" + ALL + "lambda *a: np.ma.array([42, 42, 42], mask=True)"),
    "one number behind a mask": forged("import numpy as np\n" + ALL + "lambda *a: np.ma.masked"),
    "neither true nor false": forged("said = iter([pd.NA, NotImplemented, ..., pd.NaT] * 50)\n" + ALL + "lambda *a: next(said)"),
    "an array of no dimension": forged("import numpy as np\n" + ALL + "lambda *a: np.array(float('inf'))"),
    "a dictionary that has everything": forged("from collections import defaultdict\n" + ALL + "lambda *a: defaultdict(lambda: 0.0, {'x': 1, 'y': 2})", earns=GIVEN),
    "a dictionary of one's own": forged("class S(dict):\n    is_monotonic_decreasing = True\n    def __getitem__(self, key): return 0.0\n    def __len__(self): return 2\n" + ALL + "lambda *a: S()"),
    "a text of one's own": forged("class S(str):\n    is_monotonic_decreasing = True\n    def __len__(self): return 3\n" + ALL + "lambda *a: S('abc')"),
    "a flag of one's own": forged("import enum\nclass K(enum.IntFlag):\n    A = 41\n    def __eq__(self, other): return True\n    __hash__ = None\n" + ALL + "lambda *a: K.A"),
    "an iterator that never ends": forged(ALL + "lambda *a: iter(int, 1)"),
    "an end of iteration in place of an answer": forged("def f(*a):\n    raise StopIteration(42)\n" + ALL + "f"),
    "steps in place of an answer": forged("def f(*a):\n    yield 3\n    yield 2\n    yield 1\n" + ALL + "f"),
    "a module that ends Python, asked for": forged(GIVES + "packing.Packer.pack = lambda self, value: {'is': 'module', 'name': 'unittest.__main__'}\n" + ALL + "lambda *a: None"),
    "warnings made errors": forged("import warnings\nwarnings.simplefilter('error')\nwarnings.filterwarnings('error', '(a+)+$', Warning)\n" + ALL + "lambda *a: None"),
    "parameters that are none": forged("def f(*a): return 41\nf.__signature__ = 5\nf.__name__ = f.__qualname__ = 'x' * 1_000_000\nf.__doc__ = 'd' * 30_000_000\nf.__wrapped__ = f\n" + ALL + "f"),
    "answers before they are asked for": forged(SAYS + f"def f(*a):\n    for _ in range(3):\n        tell({ANSWER})\n    return 0\ntotal = f"),
    "an end of the test's cell": forged(SAYS + f"def f(*a):\n    tell({CELL})\n    return 0\n" + ALL + "f"),
    "a question that is a list": forged(SAYS + "tell({'op': ['ask'], 'what': {'a': 1}, 'sync': 5})\n" + ALL + "lambda *a: None"),
    "a number of thousands of digits said": forged(SAYS + "tell({'op': 'answer', 'value': int('9' * 4_000), 'sync': {}})\n" + ALL + "lambda *a: None"),
    "what is sent changed on its way": forged(
        HALL + "from grader.marking import child\nold = child.send\ndef send(link, data, parts=(), until=None):\n    if data.get('op') == 'cell':\n"
        "        full = [{'output_type': 'execute_result', 'data': {'text/plain': '3.0'}, 'metadata': {}, 'execution_count': 1}]\n"
        "        data = dict(data, outputs=full, changed={name: full for name in ('total_test', 'share_test')})\n    old(link, data, parts)\nchild.send = peer.send = send\n" + ALL + "lambda *a: None"
    ),
    "the ways to send replaced": forged("import json, struct\njson.dumps = lambda *a, **k: '{}'\n" + ALL + "lambda *a: None"),
    "another process on the wire": forged(SAYS + f"held = os.dup(3)\nif not os.fork():\n    import time\n    for _ in range(200):\n        os.write(held, frame({ANSWER}))\n        time.sleep(0.01)\n    os._exit(0)\n" + ALL + "lambda *a: None"),
    "another Python on the wire": forged(SAYS + f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', f'import os, time\\nfor _ in range(200):\\n    os.write(3, {{frame({ANSWER})!r}})\\n    time.sleep(0.01)'], pass_fds=[3])\n" + ALL + "lambda *a: None"),
    "questions taken from the wire": forged("import os, threading\ndef take():\n    os.read(3, 100_000)\nthreading.Thread(target=take, daemon=True).start()\n" + ALL + "lambda *a: None"),
    "a copy of the process that goes on too": forged("import os\nos.fork()\n" + ALL + "lambda *a: None"),
    "every module forgotten": forged("import sys\nsys.modules.clear()\n" + ALL + "lambda *a: None"),
    "the tests' text looked for": Attack({"total": SPY}),
    "the notebook's own names bound": forged("_ = __ = In = Out = get_ipython = display = exit = __builtins__ = None\n" + ALL + "lambda *a: None"),
}  # fmt: skip
