"""The source tree as the architecture tests see it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lianzhang"
WEB = PACKAGE / "web"
TEMPLATES = WEB / "templates"
HAN = re.compile(r"[\u3400-\u9fff]")


def python_files(*folders: Path) -> list[Path]:
    """Python files under the folders, without migrations, sorted."""
    return sorted(
        path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts
    )


@lru_cache(maxsize=512)
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def imported_modules(path: Path) -> Iterator[tuple[int, str]]:
    """(line, full dotted name) of everything the file imports, also inside functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def called_name(call: ast.Call) -> str:
    """The dotted name of what is called, as far as it is written out: `datetime.now`, `gettext`."""
    parts: list[str] = []
    node: ast.expr = call.func
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))


def where(path: Path, line: int) -> str:
    """`src/lianzhang/…:12`, for messages."""
    return f"{path.relative_to(ROOT)}:{line}"
