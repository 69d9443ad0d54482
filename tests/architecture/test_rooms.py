"""Who may know whom: the walls between the rooms."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

from tests.architecture.sources import (
    PACKAGE,
    ROOT,
    WEB,
    called_name,
    imported_modules,
    python_files,
    tree,
    where,
)

ROOMS = (
    "kernel",
    "reading",
    "casework",
    "naming",
    "chain",
    "policy",
    "tables",
    "metrics",
    "engines",
    "reporting",
)
CORE = [PACKAGE / room for room in ROOMS]
WALL_CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "timezone.now"}
#: What a web noun keeps to itself; its queries, actions, permission and plain values are for all.
INNER_PARTS = {"models", "pages", "forms", "urls", "admin"}


def test_the_import_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_core_asks_only_the_kernel_clock_for_the_time() -> None:
    found = [
        where(path, node.lineno)
        for path in python_files(*CORE)
        if path.name != "clock.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called_name(node) in WALL_CLOCKS
    ]
    assert found == []


def test_the_core_and_the_web_never_import_the_command_line() -> None:
    found = [
        where(path, line)
        for path in python_files(*CORE, WEB)
        for line, name in imported_modules(path)
        if name.startswith("lianzhang.cli")
    ]
    assert found == []


def test_a_command_imports_the_web_only_when_it_runs() -> None:
    found = []
    for path in python_files(PACKAGE / "cli"):
        for node in tree(path).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            if any(name.split(".")[0] == "django" or name.startswith("lianzhang.web") for name in names):
                found.append(where(path, node.lineno))
    # The worker is the web: the server imports it once the settings are chosen.
    assert [place for place in found if "cli/worker.py" not in place] == []


def test_a_web_noun_uses_the_doors_of_its_neighbours_not_their_inner_parts() -> None:
    nouns = {path.name for path in WEB.iterdir() if (path / "apps.py").is_file()}
    found = []
    for noun in nouns - {"ui"}:
        for path in python_files(WEB / noun):
            for line, name in imported_modules(path):
                parts = name.split(".")
                if parts[:2] != ["lianzhang", "web"] or len(parts) < 4:
                    continue
                if parts[2] in nouns - {noun} and parts[3] in INNER_PARTS:
                    found.append(f"{where(path, line)} imports {name}")
    assert found == []


def test_rooms_with_nothing_in_them_do_not_exist() -> None:
    empty = [
        str(room.relative_to(ROOT))
        for room in PACKAGE.iterdir()
        if room.is_dir() and room.name not in {"__pycache__", "packs"} and not list(room.rglob("*.py"))
    ]
    assert empty == []
