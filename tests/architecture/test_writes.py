"""Rows change in one kind of place only: actions, which write the journal in the same transaction."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.sources import WEB, python_files, tree, where

WRITES = {
    "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "update", "delete", "save",
    "aget_or_create", "acreate", "asave", "adelete", "aupdate",
}  # fmt: skip
#: What is no fact about the city and is written by the machinery of signing in itself.
MACHINERY = {
    "people/sessions.py": "session rows",
    "people/limits.py": "counters of failed sign-ins",
    "people/backend.py": "the time of the last sign-in",
    "meetings/official_paper.py": "a Word file in memory",
}


def _touches_rows(call: ast.Call) -> bool:
    """`x.objects.….update(…)`, or `.save()` / `.delete()` on something that is not a form or a file."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    chain = ast.unparse(call.func.value)
    if ".objects" in chain or "_default_manager" in chain or ".filter(" in chain:
        return True
    return call.func.attr == "save" and "super()" not in chain


def _in_actions(path: Path) -> bool:
    return "actions" in path.relative_to(WEB).parts


def test_rows_are_written_only_by_actions() -> None:
    found = [
        f"{where(path, node.lineno)} {ast.unparse(node.func)}"
        for path in python_files(WEB)
        if not _in_actions(path) and path.relative_to(WEB).as_posix() not in MACHINERY
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _touches_rows(node)
    ]
    assert found == []


def test_every_action_that_writes_runs_in_a_transaction() -> None:
    found = []
    for path in python_files(WEB):
        if not _in_actions(path):
            continue
        writes = any(isinstance(node, ast.Call) and _touches_rows(node) for node in ast.walk(tree(path)))
        if writes and "atomic" not in path.read_text("utf-8"):
            found.append(str(path.relative_to(WEB)))
    assert found == []
