"""IPython's tracebacks, without what its libraries work out anew for each line: marking writes thousands of them."""

from __future__ import annotations

import inspect
from typing import Any

from pygments.lexer import RegexLexerMeta

NO_MODULE = "a cell of a notebook"


def keep_rules() -> None:
    """Let a lexer that adds no rules take its parent's: stack_data makes a class of them for each piece it colours."""
    make: Any = RegexLexerMeta.__call__

    def made(kind: Any, *given: Any, **named: Any) -> Any:
        own, above = kind.__dict__, kind.__mro__[1]
        if "_tokens" not in own and "tokens" not in own and "_tokens" in above.__dict__:
            kind._all_tokens, kind._tmpname, kind._tokens = above._all_tokens, above._tmpname, above._tokens
        return make(kind, *given, **named)

    lexers: Any = RegexLexerMeta
    lexers.__call__ = made


def know_cells(compiler: Any) -> None:
    """Have a cell's code known to be no module's: `inspect` would look through all modules for it, at each line."""
    name_of = compiler.cache
    files: Any = inspect

    def named(*given: Any, **more: Any) -> str:
        name: str = name_of(*given, **more)
        files.modulesbyfile[name] = NO_MODULE
        return name

    compiler.cache = named
