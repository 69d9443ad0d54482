"""`lianzhang regions import`: only boundaries of an approved map, of this city, and whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lianzhang.chain.boundaries import Boundaries, paths
from lianzhang.cli.main import run

RING = [[115.9, 36.4], [116.1, 36.4], [116.1, 36.6], [115.9, 36.6], [115.9, 36.4]]


def geojson(code: str = "371502", ring: Any = RING, kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"adcode": code}, "geometry": geometry}
    return {"type": "FeatureCollection", "features": [feature]}


def import_(tmp_path: Path, content: Any, *options: str) -> int:
    file = tmp_path / "x.geojson"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return run(["regions", "import", str(file), "--home", str(tmp_path / "home"), *options])


def test_boundaries_are_kept_with_their_approval_number_and_drawn(tmp_path: Path) -> None:
    assert import_(tmp_path, geojson(), "--approval", "鲁SG(2025)001号") == 0
    kept = Boundaries.from_plain(json.loads((tmp_path / "home" / "boundaries.json").read_text("utf-8")))
    assert kept.approval == "鲁SG(2025)001号"
    drawn, height = paths(kept, width=300)
    assert drawn["371502"].startswith("M0.0 ") and drawn["371502"].endswith("Z") and height > 300


def test_a_former_code_means_the_division_of_today(tmp_path: Path) -> None:
    assert import_(tmp_path, geojson("371523"), "--approval", "1") == 0
    assert "371503" in (tmp_path / "home" / "boundaries.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "不是 JSON"),
        ({"type": "Feature"}, "FeatureCollection"),
        ({"type": "FeatureCollection", "features": []}, "没有要素"),
        (geojson("110101"), "第1个要素的区划代码“110101”"),
        (geojson(ring=RING[:-1]), "坐标有误"),
        (geojson(ring=[[500, 1], [1, 1], [1, 2], [500, 1]]), "坐标有误"),
        (geojson(ring=[[float("nan"), 1], [1, 1], [1, 2], [float("nan"), 1]]), "坐标有误"),
        (geojson(kind="Point"), "不是面"),
        (geojson(ring="x"), "坐标有误"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_kept(
    tmp_path: Path, content: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_(tmp_path, content, "--approval", "1") == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "home" / "boundaries.json").exists()


def test_without_an_approval_number_nothing_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert import_(tmp_path, geojson()) == 1
    assert "审图号" in capsys.readouterr().err
