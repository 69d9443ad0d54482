"""What the surroundings may say, and what is refused with a sentence."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from lianzhang.kernel import SettingsError
from lianzhang.web.settings import environment


def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    entry = environment.database("", folder=tmp_path)
    assert entry["ENGINE"] == "lianzhang.web.database.sqlite"
    assert entry["NAME"] == tmp_path / "lianzhang.sqlite3"
    assert entry["OPTIONS"] == {"timeout": 20, "transaction_mode": "IMMEDIATE"}


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    entry = environment.database("postgres://li:p%40ss%2Fword@db.example:5433/chain", folder=tmp_path)
    assert [entry[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "chain", "li", "p@ss/word", "db.example", "5433",
    ]  # fmt: skip
    assert entry["CONN_HEALTH_CHECKS"] is True
    assert "statement_timeout=30000" in entry["OPTIONS"]["options"]


@pytest.mark.parametrize("address", ["mysql://a/b", "postgres://host", "chain.sqlite3", "postgres://u@h/"])
def test_an_address_that_is_none_is_refused_without_repeating_its_password(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(SettingsError) as refusal:
        environment.database(address, folder=tmp_path)
    assert "postgres://用户:口令@主机:端口/库名" in refusal.value.say("zh")


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "home" / "secret.key"
    first = environment.read_secret_key(file)
    assert len(first) >= 64
    assert environment.read_secret_key(file) == first
    assert environment.read_secret_key(tmp_path / "other.key") != first
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_secret_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    environment.read_secret_key(file)
    file.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        environment.read_secret_key(file)


def test_half_a_secret_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    environment.read_secret_key(file)
    file.write_text("short")
    with pytest.raises(SettingsError, match="不完整"):
        environment.read_secret_key(file)


def test_an_unknown_choice_names_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTH_PROFILE", "relaxed")
    with pytest.raises(SettingsError, match="mlps3, asvs"):
        environment.choice("AUTH_PROFILE", ("mlps3", "asvs"))
    monkeypatch.delenv("AUTH_PROFILE")
    assert environment.choice("AUTH_PROFILE", ("mlps3", "asvs")) == "mlps3"


def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANZHANG_HOSTS", " a.example , ,b.example")
    assert environment.names("LIANZHANG_HOSTS") == ["a.example", "b.example"]


def test_a_mail_address_is_taken_apart_and_a_password_is_only_said_over_tls() -> None:
    entry = environment.mail("smtp://li:p%40ss@mail.example:2525")
    assert (entry["EMAIL_HOST"], entry["EMAIL_PORT"], entry["EMAIL_HOST_PASSWORD"]) == (
        "mail.example",
        2525,
        "p@ss",
    )
    assert entry["EMAIL_USE_TLS"] and not entry["EMAIL_USE_SSL"]
    assert environment.mail("smtps://mail.example")["EMAIL_PORT"] == 465
    assert not environment.mail("smtp://mail.example")["EMAIL_USE_TLS"]
    assert "console" in environment.mail("")["EMAIL_BACKEND"]


@pytest.mark.parametrize("address", ["yes", "http://a", "smtp://", "smtp://li:geheim@host:x"])
def test_a_mail_address_that_is_none_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        environment.mail(address)
    assert "geheim" not in refusal.value.say("zh")
