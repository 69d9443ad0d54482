"""The chart library: locked, checked by our own sums, fetched once, and missed politely."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from lianzhang.cli.assets import INTACT, asset_states, vendor_folder
from lianzhang.kernel.errors import LianzhangError

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
LOCK = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))
EXPECTED = json.loads((FRONTEND / "assets.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A source folder without the browser files."""
    shutil.copytree(FRONTEND, tmp_path / "frontend")
    (tmp_path / "src" / "lianzhang").mkdir(parents=True)
    return tmp_path


def npm_that(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put an `npm` that runs `script` first on PATH."""
    program = folder / "bin" / "npm"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def test_the_lock_pins_every_package_by_content_and_names_no_registry() -> None:
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
    wanted = json.loads((FRONTEND / "package.json").read_text("utf-8"))["dependencies"]
    assert wanted == EXPECTED["packages"]
    for name, version in wanted.items():
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == version


def test_the_installed_files_are_those_we_vouch_for() -> None:
    states = asset_states()
    assert {asset.name for asset in states} == set(EXPECTED["files"])
    assert all(asset.state is INTACT for asset in states)
    manifest = json.loads(vendor_folder().joinpath("MANIFEST.json").read_text("utf-8"))
    assert manifest["files"] == {name: entry["sha256"] for name, entry in EXPECTED["files"].items()}


def test_a_licence_travels_with_each_package() -> None:
    for package in EXPECTED["packages"]:
        assert f"{package}/LICENSE" in EXPECTED["files"]


def test_a_changed_or_missing_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "MANIFEST.json").write_text(
        json.dumps({"files": {"a.js": hashlib.sha256(b"a").hexdigest(), "b.js": "0" * 64, "c.js": "0" * 64}}),
        "utf-8",
    )
    (tmp_path / "a.js").write_bytes(b"a")
    (tmp_path / "b.js").write_bytes(b"b")
    assert [asset.state.en for asset in asset_states(tmp_path)] == ["intact", "changed", "missing"]


def test_without_the_list_the_check_says_how_to_repair(tmp_path: Path) -> None:
    with pytest.raises(LianzhangError, match="MANIFEST"):
        asset_states(tmp_path)


def test_files_already_there_are_left_alone_even_without_npm(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Path(str(vendor_folder()))
    shutil.copytree(installed, checkout / hook.VENDOR)
    monkeypatch.setenv("PATH", "")
    built = hook.CustomBuildHook(str(checkout), {}, None, None, "", "wheel")
    assert built.dependencies() == []
    times = {path: path.stat().st_mtime_ns for path in (checkout / hook.VENDOR).rglob("*")}
    built.initialize("standard", {})
    assert {path: path.stat().st_mtime_ns for path in (checkout / hook.VENDOR).rglob("*")} == times


def test_node_is_asked_for_only_when_files_are_missing_and_there_is_no_npm(
    hook: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = hook.CustomBuildHook(str(checkout), {}, None, None, "", "wheel")
    monkeypatch.setattr(hook.shutil, "which", lambda name: None)
    assert built.dependencies() == [hook.NODE_FROM_PYPI]
    monkeypatch.setattr(hook.shutil, "which", lambda name: "npm")
    assert built.dependencies() == []


@pytest.mark.skipif(os.name != "posix", reason="the stand-in npm is a shell script")
def test_a_registry_out_of_reach_ends_in_one_sentence_with_two_remedies_and_leaves_nothing(
    hook: ModuleType, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm_that(tmp_path, "echo 'npm error code ECONNREFUSED' >&2; exit 1", monkeypatch)
    with pytest.raises(SystemExit) as stop:
        hook.BrowserFiles(checkout).fetch()
    sentence = str(stop.value)
    assert "npm ECONNREFUSED" in sentence
    assert "镜像" in sentence
    assert "registry you can reach" in sentence
    assert "pip install lianzhang-*.whl" in sentence
    assert "\n" not in sentence
    assert not (checkout / hook.VENDOR).exists()


@pytest.mark.skipif(os.name != "posix", reason="the stand-in npm is a shell script")
def test_a_file_with_other_content_is_refused_and_nothing_is_copied(
    hook: ModuleType, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = "mkdir -p node_modules/echarts/dist && echo x > node_modules/echarts/dist/echarts.min.js"
    npm_that(tmp_path, script, monkeypatch)
    with pytest.raises(SystemExit, match="SHA-256"):
        hook.BrowserFiles(checkout).fetch()
    assert not (checkout / hook.VENDOR).exists()


def test_translations_are_compiled_once(hook: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "src" / "lianzhang" / "web" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "接受"\nmsgstr "Accept"\n',
        "utf-8",
    )
    hook.compile_translations(tmp_path)
    compiled = folder / "django.mo"
    assert b"Accept" in compiled.read_bytes()
    first = compiled.stat().st_mtime_ns
    hook.compile_translations(tmp_path)
    assert compiled.stat().st_mtime_ns == first


def test_compiled_translations_do_not_carry_the_time_of_the_build(hook: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "src" / "lianzhang" / "web" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "接受"\nmsgstr "Accept"\n', "utf-8")
    hook.compile_translations(tmp_path)
    assert b"POT-Creation-Date: 1970-01-01 00:00+0000" in (folder / "django.mo").read_bytes()
