"""Files and functions stay short enough to read."""

from __future__ import annotations

import ast

from tests.architecture.sources import PACKAGE, ROOT, python_files, tree, where

LINES_PER_FILE = 400
#: A tall screen. Long tables of data inside a function would be data in the wrong place.
LINES_PER_FUNCTION = 60


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    files = [*python_files(PACKAGE, ROOT / "tests"), *(PACKAGE / "web" / "static").glob("lianzhang/**/*.js")]
    long = {
        str(path.relative_to(ROOT)): count
        for path in files
        if (count := len(path.read_text("utf-8").splitlines())) > LINES_PER_FILE
    }
    assert long == {}


def test_every_function_fits_a_screen() -> None:
    long = [
        f"{where(path, node.lineno)} {node.name}: {node.end_lineno - node.lineno + 1}"
        for path in python_files(PACKAGE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LINES_PER_FUNCTION
    ]
    assert long == []


def test_no_module_is_called_after_nothing_in_particular() -> None:
    vague = {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "managers",
        "service",
        "services",
        "misc",
        "common",
    }
    found = [
        str(path.relative_to(ROOT))
        for path in python_files(PACKAGE)
        if path.stem in vague or path.parent.name in vague
    ]
    assert found == []
