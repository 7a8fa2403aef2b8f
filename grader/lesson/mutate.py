"""Change a solution in every small way: another operator, number, column, tool or file, or a part left out."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from grader.lesson.mutate_table import FUNCTIONS, OPERATORS, OPTIONS, TESTS, TOOLS

Item = TypeVar("Item")
MOST_OTHERS = 12  # other columns, files or tables that one name is changed to
_BIG = 100  # counts above this are not made ten times bigger: a loop would take too long


@dataclass(frozen=True)
class Names:
    """What a name in a solution may be mistaken for: headings, tables, files, and the letters of a choice."""

    columns: Collection[str] = ()
    tables: Collection[str] = ()
    files: Collection[str] = ()
    letters: Collection[str] = ()


@dataclass(frozen=True)
class Mutant:
    """A changed solution. `rounding` says that only how a number is rounded was touched: `round`, `//`."""

    code: str
    line: int
    rounding: bool = field(default=False, compare=False)


def mutants(code: str, names: Names = Names()) -> list[Mutant]:
    """Return every small change to `code`, each once; raise SyntaxError where Python cannot read it."""
    tree = ast.parse(code)
    rounding = {id(inner) for node in ast.walk(tree) if _rounds(node) for inner in ast.walk(node) if _in_round(node, inner)}  # fmt: skip
    found: dict[str, Mutant] = {}
    for node in ast.walk(tree):
        for other in _others(node, names):
            made = _swapped(tree, node, other)
            line = getattr(node, "lineno", 1)
            cut = isinstance(other, ast.BinOp) and isinstance(other.op, ast.FloorDiv)
            found.setdefault(made, Mutant(made, line, cut or id(node) in rounding))
    for made, line in _without_a_line(tree):
        found.setdefault(made, Mutant(made, line))
    found.pop(ast.unparse(tree), None)
    return list(found.values())


def _rounds(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name == "round"


def _in_round(call: ast.AST, inner: ast.AST) -> bool:
    """Say whether a node is the rounding itself, not the number that is rounded."""
    assert isinstance(call, ast.Call)
    places = call.args[1:] if isinstance(call.func, ast.Name) else call.args
    return inner is call or inner is call.func or inner in places


def _swapped(tree: ast.Module, node: ast.AST, other: ast.AST) -> str:
    """Return the code of `tree` with one node in another's place."""
    copies: dict[int, ast.AST] = {}
    made = copy.deepcopy(tree, copies)
    target = copies[id(node)]

    class Swap(ast.NodeTransformer):
        def visit(self, now: ast.AST) -> ast.AST:
            return other if now is target else self.generic_visit(now)

    return ast.unparse(ast.fix_missing_locations(Swap().visit(made)))


def _without_a_line(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for place, statement in enumerate(tree.body):
        if len(tree.body) > 1:
            rest = ast.Module([*tree.body[:place], *tree.body[place + 1 :]], [])
            yield ast.unparse(rest), statement.lineno


def _others(node: ast.AST, names: Names) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    if isinstance(node, ast.BinOp):
        yield from (ast.BinOp(node.left, op(), node.right) for op in OPERATORS.get(type(node.op), ()))
        yield from (node.left, node.right, ast.BinOp(node.right, node.op, node.left))
    elif isinstance(node, ast.Compare):
        yield from (ast.Compare(node.left, [op()], node.comparators) for op in TESTS.get(type(node.ops[0]), ()))
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from (ast.Constant(value) for value in _constants(node.value, names))
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names.tables:
        yield from (ast.Name(other, ast.Load()) for other in _but(names.tables, node.id))
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield from (ast.Attribute(node.value, other, ast.Load()) for other in TOOLS.get(node.attr, ()))
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield node.value
    elif isinstance(node, (ast.List, ast.Tuple)) and isinstance(node.ctx, ast.Load):
        yield from (_with_items(node, _without(node.elts, place)) for place in range(len(node.elts)))
    elif isinstance(node, ast.Call):
        yield from _calls(node)


def _with_items(node: ast.List | ast.Tuple, items: list[ast.expr]) -> ast.AST:
    return ast.List(items, ast.Load()) if isinstance(node, ast.List) else ast.Tuple(items, ast.Load())


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    """Yield a call left out, with one thing in its brackets left out or changed about, or to another function."""
    if isinstance(node.func, ast.Attribute):
        yield node.func.value
    yield from (inside for inside in node.args[:1])
    for place in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, _without(node.keywords, place))
    for place in range(len(node.args)):
        yield ast.Call(node.func, _without(node.args, place), node.keywords)
    if len(node.args) == 2:
        yield ast.Call(node.func, [node.args[1], node.args[0]], node.keywords)
    if isinstance(node.func, ast.Name):
        for other in FUNCTIONS.get(node.func.id, ()):
            yield ast.Call(ast.Name(other, ast.Load()), node.args, node.keywords)
    for place, option in enumerate(node.keywords):
        for value in OPTIONS.get(str(option.arg), ()):
            changed = [*node.keywords]
            changed[place] = ast.keyword(option.arg, ast.Constant(value))
            yield ast.Call(node.func, node.args, changed)


def _without(items: list[Item], place: int) -> list[Item]:
    return [*items[:place], *items[place + 1 :]]


def _constants(value: object, names: Names) -> Iterator[str | bool | int | float]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, -value)
        yield from (value * 10,) if value < _BIG else (value // 10,)
    elif isinstance(value, float):
        yield from (value * 1.1, value + 1, -value)
    elif isinstance(value, str):
        for known in (names.columns, names.files, names.letters):
            if value in known:
                yield from _but(known, value)
        yield from dict.fromkeys((f"{value}x", value.upper(), value.lower(), value.capitalize(), f" {value}"))


def _but(known: Collection[str], one: str) -> list[str]:
    return [name for name in known if name != one][:MOST_OTHERS]
