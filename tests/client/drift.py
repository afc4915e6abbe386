"""How a generated file differs from the committed one: in words alone, or in what it does."""

import ast
from pathlib import PurePath
from typing import Literal

_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def difference(name: str, committed: bytes, fresh: bytes) -> Literal["words", "code"]:
    """Say whether two files differ in docstrings, comments and pages alone, or in code, such as a type."""
    match PurePath(name).suffix:
        case ".md":
            return "words"
        case ".py":
            return "words" if _code(committed) == _code(fresh) else "code"
        case _:
            return "code"


def _code(source: bytes) -> str:
    """Return what is run of a module: its syntax tree without texts that stand alone, such as docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED):
            node.body = [each for each in node.body if not _is_text(each)]
    return ast.dump(tree)


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
