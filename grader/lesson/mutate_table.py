"""What people take for one another: operators, tests, tools, functions and options."""

from __future__ import annotations

import ast

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
TESTS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq, ast.GtE, ast.LtE),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
TOOLS: dict[str, tuple[str, ...]] = {
    "min": ("max", "mean"),
    "max": ("min", "mean"),
    "mean": ("median", "sum", "max"),
    "median": ("mean", "sum"),
    "sum": ("count", "mean", "max"),
    "count": ("sum", "nunique", "size"),
    "size": ("count", "sum"),
    "nunique": ("count", "unique", "value_counts"),
    "value_counts": ("nunique", "unique", "count"),
    "head": ("tail",),
    "tail": ("head",),
    "lower": ("upper", "title", "strip"),
    "upper": ("lower", "title"),
    "strip": ("lower", "lstrip"),
    "isna": ("notna",),
    "notna": ("isna",),
    "sort_values": ("sort_index",),
    "sort_index": ("sort_values",),
    "barh": ("bar", "line"),
    "bar": ("barh", "line", "hist"),
    "line": ("bar", "area"),
    "hist": ("bar", "line"),
    "scatter": ("line",),
    "diff": ("cumsum", "pct_change"),
    "cumsum": ("diff",),
    "year": ("month", "day"),
    "month": ("year", "day"),
    "day": ("month", "year"),
    "idxmax": ("idxmin", "max"),
    "idxmin": ("idxmax", "min"),
    "round": ("abs",),
    "set_xlabel": ("set_ylabel",),
    "set_ylabel": ("set_xlabel",),
    "set_ylim": ("set_xlim",),
    "set_xlim": ("set_ylim",),
    "drop_duplicates": ("duplicated",),
}
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "len": ("max", "set"),
    "min": ("max",),
    "max": ("min",),
    "sum": ("len", "max"),
    "round": ("int", "abs"),
    "range": ("list",),
}
OPTIONS: dict[str, tuple[str, ...]] = {"how": ("inner", "outer", "left", "right")}
