"""`lianzhang match` writes a verdict for every enterprise and rule, or nothing at all."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from lianzhang.cli.main import FAILED, run

CSV = """credit_code,name,main_business_revenue_ly,is_industry,size_class,holds
A,甲,2000,是,small,srdi_sme|high_tech_enterprise
B,乙,"1,999.99",是,,
C,丙,,否,micro,
D,丁,,,,
"""


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "firms.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    return path


def test_missing_values_are_unknown_and_not_no(
    registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "verdicts.parquet"
    assert (
        run(["match", "--registry", str(registry), "--as-of", "2026-05-01", "--out", str(out), "--json"]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert told["enterprises"] == 4
    assert told["rules"]["above_scale_industry"] == {"yes": 1, "no": 2, "unknown": 1}
    found = pl.read_parquet(out)
    assert found["id"].to_list() == ["A", "B", "C", "D"]
    assert found["above_scale_industry"].to_list() == ["yes", "no", "no", "unknown"]


def test_the_rules_are_those_of_the_day(registry: Path, tmp_path: Path) -> None:
    columns = {}
    for day in ("2026-03-31", "2026-04-01"):
        out = tmp_path / f"{day}.parquet"
        assert run(["match", "--registry", str(registry), "--as-of", day, "--out", str(out)]) == 0
        columns[day] = set(pl.read_parquet(out).columns)
    assert {"srdi_sme", "little_giant"} <= columns["2026-03-31"]
    assert {"srdi_sme_2026", "little_giant_2026"} <= columns["2026-04-01"]
    assert "srdi_sme" not in columns["2026-04-01"] and "srdi_sme_2026" not in columns["2026-03-31"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2000,是", "两千,是", "第1行的“main_business_revenue_ly”是“两千”，不是number"),
        ("2000,是", "nan,是", "不是number"),
        ("丙,,否", "丙,,也许", "不是boolean"),
        ("\nB,", "\nA,", "“A”出现两次"),
        ("\nB,", "\n,", "第2行没有“credit_code”"),
        ("main_business_revenue_ly,is_industry,size_class,holds", "a,b,c,d", "没有一列是事实"),
    ],
)
def test_a_bad_registry_is_refused_and_nothing_is_written(
    registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, words: str
) -> None:
    registry.write_text(CSV.replace(old, new), encoding="utf-8")
    out = tmp_path / "verdicts.parquet"
    assert run(["match", "--registry", str(registry), "--out", str(out)]) == FAILED
    assert words in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["firms.csv"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--registry", "nowhere.parquet"],
        ["--registry", "nowhere.csv"],
        ["--as-of", "2026-02-30"],
        ["--pack", "atlantis"],
        ["--out", "no/such/folder/v.parquet"],
    ],
)
def test_what_cannot_be_done_is_said(
    registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    base = ["match", "--out", str(tmp_path / "v.parquet"), "--registry", str(registry)]
    assert run([*base, *arguments]) == FAILED
    assert capsys.readouterr().err.strip()
    assert not (tmp_path / "v.parquet").exists()


def test_an_existing_result_survives_a_failed_run(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "verdicts.parquet"
    out.write_bytes(b"before")
    registry.write_text(CSV.replace("2000", "x"), encoding="utf-8")
    assert run(["match", "--registry", str(registry), "--out", str(out)]) == FAILED
    assert out.read_bytes() == b"before"


@pytest.mark.django_db
def test_without_a_file_the_registry_of_this_installation_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "verdicts.parquet"
    assert run(["match", "--as-of", "2026-05-01", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["enterprises"] == 0
    assert pl.read_parquet(out).height == 0
