"""Name the parts of a syntax tree that a learner has to be taught."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.Mod: "%", ast.FloorDiv: "//", ast.MatMult: "@",
    ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>", ast.Invert: "~", ast.Not: "not",
    ast.USub: "-x", ast.UAdd: "+x", ast.And: "and", ast.Or: "or", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=", ast.Is: "is", ast.IsNot: "is", ast.In: "in", ast.NotIn: "in",
}  # fmt: skip
_PARTS: dict[type[ast.AST], str] = {
    ast.For: "for", ast.While: "while", ast.If: "if", ast.IfExp: "if", ast.FunctionDef: "def", ast.AsyncFunctionDef: "def",
    ast.Lambda: "lambda", ast.ClassDef: "class", ast.Try: "try", ast.With: "with", ast.ListComp: "[for]", ast.SetComp: "{for}",
    ast.DictComp: "{for}", ast.GeneratorExp: "(for)", ast.JoinedStr: "f-string", ast.Slice: "[:]", ast.AugAssign: "+=",
    ast.AnnAssign: "x: type =", ast.NamedExpr: ":=", ast.Dict: "{:}", ast.Set: "{,}", ast.List: "[,]", ast.Starred: "*x",
    ast.Delete: "del", ast.Assert: "assert", ast.Raise: "raise", ast.Global: "global", ast.Return: "return", ast.Pass: "pass",
    ast.Await: "await", ast.Match: "match", ast.Break: "break", ast.Continue: "continue",
}  # fmt: skip
_IN_WORDS = re.compile(r"\.\w+|\b\w+(?=\()|\b\w+(?==)(?!==)|[=!<>]=|[+\-*/&|~<>%]")


@dataclass(frozen=True)
class Used:
    """A token, and the line of the cell where it is used."""

    token: str
    line: int


def tokens(code: str) -> list[Used]:
    """Return the tokens of a cell, each once; raise SyntaxError where Python cannot read it."""
    found: dict[str, Used] = {}
    for node in ast.walk(ast.parse(code)):
        for token in _tokens(node):
            found.setdefault(token, Used(token, getattr(node, "lineno", 1)))
    return list(found.values())


def _tokens(node: ast.AST) -> Iterator[str]:
    if type(node) in _OPERATORS:
        yield _OPERATORS[type(node)]
    elif type(node) in _PARTS:
        yield _PARTS[type(node)]
    elif isinstance(node, ast.Attribute):
        yield "grader" if _is_ours(node) else f".{node.attr}"
    elif isinstance(node, ast.Call):
        yield from _call(node)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        yield from (f"import:{name.split('.')[0]}" if name.split(".")[0] != "grader" else "grader" for name in names)
    elif isinstance(node, ast.Assign):
        yield from (
            "=" if isinstance(target, ast.Name) else "(,)=" if isinstance(target, ast.Tuple) else "[]="
            for target in node.targets
        )
    elif isinstance(node, ast.Subscript):
        yield from _subscript(node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "True/False"
    elif isinstance(node, ast.Constant) and node.value is None:
        yield "None"


def _call(node: ast.Call) -> Iterator[str]:
    if isinstance(node.func, ast.Name):
        yield f"{node.func.id}()"
    if not _is_ours(node.func):
        asks = isinstance(node.func, ast.Name) and node.func.id == "ask"
        yield from ("any=" if asks else f"{option.arg}=" if option.arg else "**x" for option in node.keywords)


def _subscript(node: ast.Subscript) -> Iterator[str]:
    inside = node.slice
    if isinstance(inside, ast.Constant):
        yield "[text]" if isinstance(inside.value, str) else "[1]"
    elif isinstance(inside, (ast.Compare, ast.BinOp, ast.UnaryOp, ast.Call)):
        yield "[1]" if isinstance(inside, ast.UnaryOp) and isinstance(inside.op, ast.USub) else "[test]"


def _is_ours(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "grader"


def tokens_of_word(word: str) -> set[str]:
    """Return the tokens in a code word as an author lists it, such as `.pivot(index=)`."""
    found = set()
    for part in _IN_WORDS.findall(word):
        if part.startswith(".") or not part[0].isalpha():
            found.add(part)
        else:
            found.add(f"{part}()" if f"{part}(" in word else f"{part}=")
    return found
