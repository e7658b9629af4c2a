"""Finds what looks like a guard in the source: conditional changes with a limit, UNIQUEs, loaders by owner."""

import ast
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import UniqueConstraint

from marketplace.db import db
from tests.house.files import modules

CHANGES = {"update", "delete", "_change"}
ORDERINGS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
LIMITS = {"in_", "not_in", "is_", "is_not", "between"}
OWNERS = {"shop_id", "user_id", "cart_id", "token"}


def found(root: Path) -> Iterator[str]:
    """Every place (`marketplace/counters.py:take`) and every UNIQUE (`uq_answer_key`) that must be on the list."""
    yield from _uniques()
    for module in modules(root):
        if module.path.parts[1] == "demo":
            continue
        for function in (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef)):
            if _is_limited_change(function) or _loads_through_owner(function):
                yield f"{module.path}:{function.name}"


def _uniques() -> Iterator[str]:
    """Of the models; that migrations make the same is tested elsewhere (`db check`)."""
    for table in db.metadata.sorted_tables:
        yield from (str(each.name) for each in table.constraints if isinstance(each, UniqueConstraint))
        yield from (str(each.name) for each in table.indexes if each.unique)


def _is_limited_change(function: ast.FunctionDef) -> bool:
    """An UPDATE or DELETE that asks for more than which row it is."""
    calls = {
        node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return bool(calls & CHANGES) and any(_is_limit(node) for node in ast.walk(function))


def _is_limit(node: ast.AST) -> bool:
    """`Payment.refunded + n <= Payment.due`, `Order.state.in_(sources)`; which ids it may be is no limit."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ORDERINGS):
        return _column(node.left) is not None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LIMITS:
        column = _column(node.func.value)
        return column is not None and (column == "user_id" or not column.endswith("id"))
    return False


def _column(node: ast.AST) -> str | None:
    """The first column of a model that an expression names."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and _is_model(each.value.id):
            return each.attr
    return None


def _is_model(name: str) -> bool:
    return name == "model" or (name[0].isupper() and not name.isupper())


def _loads_through_owner(function: ast.FunctionDef) -> bool:
    """A comparison of an owner's column with what the caller says of the owner."""
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq) and isinstance(node.left, ast.Attribute):
            who = node.comparators[0]
            is_column = isinstance(node.left.value, ast.Name) and _is_model(node.left.value.id)
            if is_column and node.left.attr in OWNERS and isinstance(who, ast.Name) and who.id in given:
                return True
    return False
