"""Tracebacks in marked notebooks: as IPython writes them, with what it works out anew each time kept instead."""

from __future__ import annotations

import json
import subprocess
import sys

LOOK = """
import json, sys
from pygments.lexer import RegexLexerMeta
from IPython.core.interactiveshell import InteractiveShell
from grader.marking import tracebacks

shell = InteractiveShell()
CELLS = ["def half(x):\\n    return x / 0", "import pandas\\nhalf(3)", "pandas.DataFrame({'a': [1]})['b']"]
rules, work_out = [], RegexLexerMeta.process_tokendef
RegexLexerMeta.process_tokendef = lambda *given: rules.append(1) or work_out(*given)

def shown():
    shell.showtraceback = lambda *_, **__: told.append(shell.InteractiveTB.structured_traceback(*sys.exc_info()))
    told, before, shell.execution_count = [], len(rules), 1
    for cell in CELLS:
        shell.run_cell(cell)
    return ["\\n".join(lines) for lines in told], len(rules) - before

shown()
stock, worked_out = shown()
tracebacks.keep_rules()
tracebacks.know_cells(shell.compile)
ours, worked_out_now = shown()
print(json.dumps([stock, ours, worked_out, worked_out_now]))
"""


def test_tracebacks_are_word_for_word_ipythons_and_no_rule_of_colours_is_worked_out_again() -> None:
    """An error in a cell's own function, and one deep in pandas."""
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    stock, ours, worked_out, worked_out_now = json.loads(done.stdout.splitlines()[-1])
    assert 2 == len(stock)
    assert "ZeroDivisionError" in stock[0] and "half" in stock[0] and "KeyError" in stock[1]
    assert stock == ours
    assert worked_out > worked_out_now == 0
