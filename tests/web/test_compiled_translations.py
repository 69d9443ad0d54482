"""Translations compile themselves when they are missing or older than their source."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from lianzhang.web import translations

SOURCE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "登录"
msgstr "{english}"
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(SOURCE.format(english="Sign in"), "utf-8")
    monkeypatch.setattr(translations, "sources", lambda: [file])
    return file


def said(source: Path) -> str:
    with source.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext("登录")


def test_what_is_missing_is_compiled_and_what_is_fresh_is_left_alone(source: Path) -> None:
    assert translations.compile_if_needed() == [source.with_suffix(".mo")]
    assert said(source) == "Sign in"
    assert translations.compile_if_needed() == []


def test_what_is_older_than_its_source_is_compiled_again(source: Path) -> None:
    translations.compile_if_needed()
    source.write_text(SOURCE.format(english="Log in"), "utf-8")
    later = source.with_suffix(".mo").stat().st_mtime + 5
    os.utime(source, (later, later))
    translations.compile_if_needed()
    assert said(source) == "Log in"


def test_the_package_has_its_english_compiled() -> None:
    assert translations.sources()
    assert all(file.with_suffix(".mo").exists() for file in translations.sources())


def test_nothing_half_written_is_left_behind(source: Path) -> None:
    translations.compile_if_needed()
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
