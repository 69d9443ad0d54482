"""`lianzhang demo`: from a bulletin to accepted figures, without touching anybody's data."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import yaml

from lianzhang.kernel.pack import open_pack
from tests.cli.programs import lianzhang


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demonstration of the bundled bulletins prints, and the data folder it leaves.

    It runs where a city's own data are set to be used.
    """
    folder = tmp_path_factory.mktemp("demo")
    city = folder / "city"
    city.mkdir()
    (city / "lianzhang.sqlite3").write_bytes(b"a city's data")
    settings = {"LIANZHANG_HOME": str(city), "LIANZHANG_DATABASE": "postgres://city@127.0.0.1:1/city"}
    done = lianzhang(folder, "demo", "--no-serve", "--home", str(folder / "home"), settings=settings)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout, folder / "home"


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "lianzhang.sqlite3") as connection:
        return connection.execute(query).fetchall()


def test_the_summary_shows_the_public_figures_with_unit_period_and_source(bundled: tuple[str, Path]) -> None:
    printed, _ = bundled
    for words in ("318.4亿元", "增长7.1%", "176.88亿元", "同比增长18.9%", "2025年上半年", "出处"):
        assert words in printed


def test_what_is_damaged_is_listed_apart_and_became_no_fact(bundled: tuple[str, Path]) -> None:
    printed, home = bundled
    assert "原文损坏，程序没有采纳" in printed
    [(damaged,)] = rows(home, "select count(*) from bulletins_claim where damaged")
    [(accepted,)] = rows(
        home,
        "select count(*) from facts_fact join bulletins_claim on claim_id = bulletins_claim.id where damaged",
    )
    assert damaged
    assert accepted == 0


def test_the_registry_holds_the_real_firms_and_samples_that_are_marked(bundled: tuple[str, Path]) -> None:
    printed, home = bundled
    assert "公开报道里的92家" in printed
    firms = rows(home, "select name, sample, doubt from registry_enterprise")
    assert len([name for name, sample, _ in firms if not sample]) == 92
    assert all(str(name).startswith("样例") for name, sample, _ in firms if sample)
    assert all(doubt for _, sample, doubt in firms if not sample)
    assert rows(home, "select count(*) from registry_correction where state = 'proposed'") == [(1,)]


def test_samples_can_be_left_out_and_english_spoken(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = lianzhang(tmp_path, "demo", "--no-serve", "--no-samples", "--language", "en", "--home", str(home))
    assert done.returncode == 0, done.stderr
    assert "waiting for review" in done.stdout
    assert rows(home, "select count(*), sum(sample) from registry_enterprise") == [(92, 0)]


def test_only_sure_claims_are_accepted_and_the_officer_is_named_in_the_journal(
    bundled: tuple[str, Path],
) -> None:
    _, home = bundled
    decided = rows(
        home, "select certainty, count(*) from bulletins_claim where state != 'proposed' group by 1"
    )
    assert [certainty for certainty, _ in decided] == ["sure"]
    [(people,)] = rows(home, "select count(distinct actor) from journal_event where verb = 'claim.accept'")
    assert people == 1


def test_there_is_an_account_for_every_role_and_passwords_are_not_printed_without_a_site(
    bundled: tuple[str, Path],
) -> None:
    printed, home = bundled
    wanted = open_pack("demo").read_yaml("people.yaml")["people"]
    names = {row["username"] for row in wanted}
    assert {name for (name,) in rows(home, "select username from people_person")} == names
    assert len({row["role"] for row in wanted}) == 11
    assert "口令" not in printed


def test_every_bundled_bulletin_says_that_it_is_a_sample() -> None:
    pack = open_pack("demo")
    for row in yaml.safe_load(pack.read_text("bulletins/index.yaml"))["bulletins"]:
        first_line = pack.read_text(f"bulletins/{row['file']}").splitlines()[0]
        assert "样例" in first_line or "樣例" in first_line, row["file"]


def test_a_bulletin_of_one_s_own_is_read_instead(tmp_path: Path) -> None:
    own = tmp_path / "通报.txt"
    own.write_text("2025年上半年，聊城市装备制造产业营业收入190.5亿元，同比增长12.3%。", encoding="utf-8")
    done = lianzhang(tmp_path, "demo", "--no-serve", "--bulletin", str(own))
    assert done.returncode == 0, done.stderr
    assert "190.5亿元" in done.stdout
    assert "318.4" not in done.stdout


def test_real_data_are_never_touched(bundled: tuple[str, Path], tmp_path: Path) -> None:
    real = bundled[1].parent / "city"
    refused = lianzhang(tmp_path, "demo", "--no-serve", "--home", str(real))
    assert refused.returncode == 1
    assert "拒绝" in refused.stderr
    assert (real / "lianzhang.sqlite3").read_bytes() == b"a city's data"
    assert [path.name for path in real.iterdir()] == ["lianzhang.sqlite3"]


@pytest.mark.parametrize(
    ("content", "words"), [(None, "没有文件"), (b"", "空"), (bytes(range(256)) * 40, "请")]
)
def test_a_bulletin_that_cannot_be_read_stops_it_with_a_sentence(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "通报.txt"
    if content is not None:
        file.write_bytes(content)
    done = lianzhang(tmp_path, "demo", "--no-serve", "--bulletin", str(file))
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
