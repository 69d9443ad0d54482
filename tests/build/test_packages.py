"""What is packed: every file the program needs, and nothing of the workshop."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lianzhang"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    program = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def needed() -> set[str]:
    """Files of the package by their place under `src`, compiled translations instead of caches."""
    return {
        path.relative_to(ROOT / "src").as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".part"
    }


def in_wheel(folder: Path) -> set[str]:
    [wheel] = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_has_every_template_style_pack_translation_and_migration(built: Path) -> None:
    names = in_wheel(built)
    assert needed() - names == set()
    for ending in (
        ".html", ".css", ".js", ".svg", ".po", ".mo", "regions.yaml", "0001_initial.py", "MANIFEST.json", "py.typed",
    ):  # fmt: skip
        assert any(name.endswith(ending) for name in names), ending


def test_the_wheel_carries_the_licences_and_no_tests(built: Path) -> None:
    names = in_wheel(built)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    outside = {name for name in names if not name.startswith(("lianzhang/", "lianzhang-"))}
    assert outside == set()


def test_the_source_distribution_can_be_built_and_tested_without_a_network(built: Path) -> None:
    [archive] = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.split("/", 1)[1] for name in file.getnames() if "/" in name}
    assert {f"src/{name}" for name in needed()} - names == set()
    for name in ("hatch_build.py", "frontend/assets.json", "frontend/package-lock.json", "pyproject.toml",
                 "tests/conftest.py", "README.md", "docs/rooms.md"):  # fmt: skip
        assert name in names
    workshop = {name for name in names if name.startswith((".git/", ".venv", "node_modules", "dist/"))}
    assert workshop == set()
