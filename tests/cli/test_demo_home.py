"""A demonstration empties its own folder and never anybody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianzhang.cli.demo_home import MARKER, demo_home
from lianzhang.cli.serving import Address, only_server
from lianzhang.cli.up import refuse_demo
from lianzhang.kernel.errors import LianzhangError, SettingsError

HERE = Address("127.0.0.1", 8761)


def test_without_a_wish_the_folder_is_temporary_and_goes_away() -> None:
    with demo_home(None, HERE) as home:
        assert (home / MARKER).is_file()
        (home / "lianzhang.sqlite3").write_bytes(b"x")
    assert not home.exists()


def test_a_new_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with demo_home(tmp_path / "a" / "demo", HERE) as home:
        assert (home / MARKER).is_file()
        assert home.stat().st_mode & 0o077 == 0
    assert home.is_dir()


def test_an_earlier_demonstration_is_replaced(tmp_path: Path) -> None:
    with demo_home(tmp_path, HERE) as home:
        (home / "lianzhang.sqlite3").write_bytes(b"old")
        (home / "documents").mkdir()
        (home / "documents" / "one").write_bytes(b"old")
    with demo_home(tmp_path, HERE) as home:
        assert not (home / "lianzhang.sqlite3").exists()
        assert not (home / "documents").exists()


def test_a_folder_with_anything_else_in_it_is_refused_untouched(tmp_path: Path) -> None:
    real = tmp_path / "lianzhang.sqlite3"
    real.write_bytes(b"a city's data")
    with pytest.raises(SettingsError, match="拒绝"), demo_home(tmp_path, HERE):
        raise AssertionError("the demonstration must not begin")
    assert real.read_bytes() == b"a city's data"
    assert [item.name for item in tmp_path.iterdir()] == ["lianzhang.sqlite3"]


def test_a_folder_in_use_by_a_running_demonstration_is_refused_untouched(tmp_path: Path) -> None:
    with demo_home(tmp_path, HERE) as home:
        (home / "lianzhang.sqlite3").write_bytes(b"in use")
        with pytest.raises(LianzhangError, match="另一个"), demo_home(tmp_path, HERE):
            raise AssertionError("the second demonstration must not begin")
        assert (home / "lianzhang.sqlite3").read_bytes() == b"in use"


def test_the_data_of_a_demonstration_never_become_real(tmp_path: Path) -> None:
    with demo_home(tmp_path, HERE):
        pass
    with pytest.raises(SettingsError, match="演示"):
        refuse_demo(tmp_path)


def test_one_data_folder_has_one_server_and_the_second_is_told_where_the_first_is(tmp_path: Path) -> None:
    with (
        only_server(tmp_path, HERE),
        pytest.raises(LianzhangError) as refusal,
        only_server(tmp_path, Address("127.0.0.1", 9999)),
    ):
        raise AssertionError("the second server must not start")
    assert "http://127.0.0.1:8761/" in refusal.value.say("zh")
    assert "--database" in refusal.value.say("en")
    with only_server(tmp_path, HERE):
        pass
