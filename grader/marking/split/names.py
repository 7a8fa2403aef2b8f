"""Which names the cells of a source bind, use and import: read from their text, no code run."""

from __future__ import annotations

import ast
import contextlib
import re
import symtable
from collections.abc import Iterator, Sequence

from grader.marking.notebook import Cell, is_lesson_code, is_test, text_of

MAGIC = re.compile(r"^(\s*)(?:[%!].*|[\w.%]+\?{1,2}\s*)$", re.MULTILINE)
GIVEN_BY_MAGIC = re.compile(r"^([\w\s,.]+=)\s*[%!].*$")
SHELLS_OWN = re.compile(r"_{1,3}|_i{1,3}|_[ido]h|_i?\d+|In|Out|exit|quit|get_ipython|open|__\w+__")
EVERYTHING = "*"
HELPED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
WORD = re.compile(r"[^\W\d]\w*")


def needed_beside_tests(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the ids of the lesson's own cells that bind names which its tests use, directly or through others."""
    wanted: set[str] = set()
    for cell in cells:
        if is_test(cell):
            wanted |= loaded(text_of(cell))
    needed: set[str] = set()
    for cell in reversed([cell for cell in cells if is_lesson_code(cell)]):
        if MAGIC.search(text_of(cell)) or bound(text_of(cell)) & {*wanted, EVERYTHING}:
            needed.add(cell["id"])
            wanted |= loaded(text_of(cell))
    return frozenset(needed)


def classes_of_lesson(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the names of the classes that the lesson's own cells make."""
    return frozenset(
        node.name
        for cell in cells
        if is_lesson_code(cell)
        for node in _tree(text_of(cell)).body
        if isinstance(node, ast.ClassDef)
    )


def words_outside_tests(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the names that code in the learner's child looks up, in the notebook or in a text that is run or asked.

    Only these need to be known there. What functions bind for themselves is not of them: a test may call the right
    answer by the same name.
    """
    found: set[str] = set()
    for cell in cells:
        if cell["cell_type"] == "code" and not is_test(cell):
            found |= _looked_up(text_of(cell))
    return frozenset(found)


def _looked_up(code: str) -> set[str]:
    tree = _tree(code)
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    explained = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, HELPED)}
    lines = [line for line in code.splitlines() if MAGIC.search(line) or GIVEN_BY_MAGIC.search(line)]
    found = {name for text in (*(texts - explained), *lines) for name in WORD.findall(text)}
    changed = {
        node.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    symbols = [(symbol.get_name(), symbol.is_referenced()) for symbol in _symbols(tree)]
    return found | {name for name, read in symbols if read or name in changed}


def _symbols(tree: ast.Module) -> Iterator[symtable.Symbol]:
    """Yield what names of the notebook code uses, in each of its scopes."""
    try:
        scopes = [symtable.symtable(ast.unparse(tree), "cell", "exec")]
    except (SyntaxError, RecursionError):
        return
    for scope in scopes:
        scopes += scope.get_children()
        at_top = scope.get_type() == "module"
        yield from (symbol for symbol in scope.get_symbols() if at_top or symbol.is_global())


def names_of_lesson(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the names that the lesson's own cells and its tests bind to data (not by def, class or import)."""
    found: set[str] = set()
    for cell in cells:
        if is_test(cell) or is_lesson_code(cell):
            found |= _assigned(text_of(cell))
    return frozenset(name for name in found if not SHELLS_OWN.fullmatch(name))


def names_of_answers(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the names that these cells, which are the learner's to write, bind in the reference."""
    found: set[str] = set()
    for cell in cells:
        if cell["cell_type"] == "code":
            found |= bound(text_of(cell))
    return frozenset(name for name in found if not SHELLS_OWN.fullmatch(name))


def imports_of_answers(cells: Sequence[Cell]) -> dict[str, str]:
    """Return what the source's other cells import, by name, as a line that imports it; lines of `import *` under "*"."""
    found: dict[str, str] = {}
    for cell in cells:
        if cell["cell_type"] != "code" or is_test(cell):
            continue
        for node in _tree(text_of(cell)).body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    line = ast.unparse(type(node)(**(dict(ast.iter_fields(node)) | {"names": [alias]})))
                    name = (alias.asname or alias.name).split(".")[0]
                    found[name] = f"{found[name]}\n{line}" if name == EVERYTHING and name in found else line
    return found


def loaded(code: str) -> set[str]:
    """Return the names that code mentions."""
    return {node.id for node in ast.walk(_tree(code)) if isinstance(node, ast.Name)}


def bound(code: str) -> set[str]:
    """Return the names of the notebook that code binds, in whatever way; "*" for all of a module."""
    tree = _tree(code)
    found = {symbol.get_name() for symbol in _symbols(tree) if symbol.is_assigned() or symbol.is_imported()}
    whole = any(isinstance(node, ast.ImportFrom) and node.names[0].name == EVERYTHING for node in ast.walk(tree))
    return found | {EVERYTHING} if whole else found


def _assigned(code: str) -> set[str]:
    return {
        node.id for node in ast.walk(_tree(code)) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    }


def _tree(code: str) -> ast.Module:
    for text in (code, _without_magics(code)):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError):
            return ast.parse(text)
    return ast.Module([], [])


def _without_magics(code: str) -> str:
    return "\n".join(GIVEN_BY_MAGIC.sub(r"\1 None", MAGIC.sub(r"\1pass", line)) for line in code.splitlines())
