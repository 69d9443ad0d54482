"""`lianzhang chain`: maps checked, enterprises placed, and clear words when it cannot be done."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from lianzhang.cli.main import run
from tests.cli.programs import lianzhang

REGISTRY = pl.DataFrame(
    {
        "uscc": ["91371502A", "91371502B", "91371502C"],
        "scope": ["轴承制造；轴承保持架制造", "轴承销售", None],
        "industry": ["3451", "5179", "3451"],
    }
)


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    path = tmp_path / "R.parquet"
    REGISTRY.write_parquet(path)
    return path


def test_placing_on_a_chain_of_the_pack_writes_places_with_evidence(registry: Path, tmp_path: Path) -> None:
    out = tmp_path / "P.parquet"
    assert run(["chain", "place", "--chain", "bearings", "--registry", str(registry), "--out", str(out)]) == 0
    places = pl.read_parquet(out)
    by_words = places.filter(pl.col("basis") == "scope")
    assert set(by_words["node"]) >= {"BEAR-n09", "BEAR-n12", "BEAR-n14"}
    cage = by_words.row(by_words["node"].to_list().index("BEAR-n09"), named=True)
    assert (cage["uscc"], cage["item"], cage["item_start"]) == ("91371502A", "轴承保持架制造", 5)
    assert {"91371502C"} <= set(places.filter(pl.col("basis") == "industry")["uscc"])


def test_terms_of_a_file_place_and_kept_items_give_the_same_places(registry: Path, tmp_path: Path) -> None:
    nodes, items = tmp_path / "N.json", tmp_path / "items"
    nodes.write_text(json.dumps([{"id": "N1", "any": ["轴承"], "veto": ["销售"]}]), encoding="utf-8")
    outs = [tmp_path / "1.parquet", tmp_path / "2.parquet"]
    for out in outs:
        arguments = ["--nodes", str(nodes), "--registry", str(registry), "--items", str(items)]
        assert run(["chain", "place", *arguments, "--out", str(out)]) == 0
    first, second = map(pl.read_parquet, outs)
    assert first.equals(second)
    assert first.select("uscc", "node", "term").rows() == [("91371502A", "N1", "轴承")]


def test_items_of_another_registry_are_made_anew(registry: Path, tmp_path: Path) -> None:
    nodes, items = tmp_path / "N.json", tmp_path / "items"
    nodes.write_text(json.dumps([{"id": "N1", "any": ["百货"]}]), encoding="utf-8")
    other, out = tmp_path / "other.parquet", tmp_path / "P.parquet"
    pl.DataFrame({"uscc": ["X"], "scope": ["日用百货"]}).write_parquet(other)
    for source in (registry, other):
        arguments = ["--nodes", str(nodes), "--registry", str(source), "--items", str(items)]
        assert run(["chain", "place", *arguments, "--out", str(out)]) == 0
    assert pl.read_parquet(out)["uscc"].to_list() == ["X"]


def test_the_maps_of_the_pack_are_checked_and_may_be_published(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["chain", "check"]) == 0
    said = capsys.readouterr().out
    assert "轴承：19个环节，21条连接" in said
    assert "bearings.yaml 第" in said


def test_a_circle_in_a_file_is_named_with_its_line_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.yaml"
    rows = "".join(f"  - {{id: {name}, name: 环节{name}, stage: midstream}}\n" for name in "ab")
    links = "edges:\n  - {from: a, to: b}\n  - {from: b, to: a}\n"
    path.write_text(f"id: x\nname: 试\nnodes:\n{rows}{links}", encoding="utf-8")
    assert run(["chain", "check", "--file", str(path)]) == 1
    assert f"{path} 第8行：连接绕成一圈：a→b→a" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--chain", "no-such"], "可用：agricultural-machinery"),
        ([], "其中一个"),
        (["--chain", "bearings", "--nodes", "N.json"], "其中一个"),
        (["--nodes", "missing.json"], "missing.json"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_and_writes_nothing(
    registry: Path, tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "P.parquet"
    assert run(["chain", "place", *arguments, "--registry", str(registry), "--out", str(out)]) == 1
    assert said in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '[{"id": "N", "any": ["x"]}, {"id": "N", "any": ["y"]}]',
        '[{"any": ["x"]}]',
        '[{"id": "N", "any": [""]}]',
        '[{"id": "N", "any": "轴承"}]',
        "[3]",
    ],
)
def test_terms_that_cannot_be_read_are_refused_with_an_example(
    registry: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    nodes = tmp_path / "N.json"
    nodes.write_text(text, encoding="utf-8")
    arguments = ["--nodes", str(nodes), "--registry", str(registry), "--out", str(tmp_path / "P.parquet")]
    assert run(["chain", "place", *arguments]) == 1
    assert "轴承制造" in capsys.readouterr().err


@pytest.mark.parametrize(("codes", "said"), [(["A", None], "没有 uscc"), (["A", "A"], "前面已经出现过")])
def test_enterprises_without_a_code_or_with_the_code_of_another_are_refused(
    tmp_path: Path, codes: list[str | None], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    registry, out = tmp_path / "R.parquet", tmp_path / "P.parquet"
    pl.DataFrame({"uscc": codes, "scope": ["轴承制造"] * 2}).write_parquet(registry)
    assert run(["chain", "place", "--chain", "bearings", "--registry", str(registry), "--out", str(out)]) == 1
    told = capsys.readouterr().err
    assert "第 2 家" in told and said in told and not out.exists()


def test_a_registry_may_be_csv_and_its_texts_lists(tmp_path: Path) -> None:
    table = tmp_path / "R.csv"
    table.write_bytes("scope,uscc\n轴承制造,007\n".encode("gb18030"))
    lists = tmp_path / "L.parquet"
    pl.DataFrame({"uscc": ["007"], "scope": [["电缆销售", "轴承制造"]]}).write_parquet(lists)
    for registry in (table, lists):
        out = tmp_path / "new" / f"{registry.stem}.parquet"
        assert (
            run(["chain", "place", "--chain", "bearings", "--registry", str(registry), "--out", str(out)])
            == 0
        )
        assert pl.read_parquet(out)["uscc"].unique().to_list() == ["007"]


def test_a_folder_is_no_place_for_the_places(
    registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--chain", "bearings", "--registry", str(registry), "--out", str(tmp_path)]
    assert run(["chain", "place", *arguments]) == 1
    assert "写不了" in capsys.readouterr().err
    assert not list(tmp_path.parent.glob(".*.part"))


def test_a_registry_that_is_no_parquet_or_lacks_scopes_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, out = tmp_path / "R.parquet", tmp_path / "P.parquet"
    wrong.write_text("no parquet")
    assert run(["chain", "place", "--chain", "bearings", "--registry", str(wrong), "--out", str(out)]) == 1
    pl.DataFrame({"uscc": ["A"]}).write_parquet(wrong)
    assert run(["chain", "place", "--chain", "bearings", "--registry", str(wrong), "--out", str(out)]) == 1
    assert "scope" in capsys.readouterr().err
    assert not out.exists()


def test_without_a_registry_and_a_database_the_way_out_is_said(tmp_path: Path) -> None:
    done = lianzhang(tmp_path, "chain", "place", "--chain", "bearings", "--out", str(tmp_path / "P.parquet"))
    assert done.returncode == 1
    assert "--registry" in done.stderr and "Traceback" not in done.stderr
