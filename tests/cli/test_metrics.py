"""`lianzhang metrics`: tables in, tables out; an error is a sentence and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from lianzhang.cli.main import run


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


@pytest.fixture
def network(tmp_path: Path) -> list[str]:
    """A small network: a sells to b, b to c; the options that name its tables."""
    firms = write(
        tmp_path, "firms.csv", "firm,sector,revenue,costs,heads\n01,x,9,1,3\n1,y,8,4,2\nc,y,7,5,1\n"
    )
    links = write(tmp_path, "links.csv", "supplier,buyer,weight\n01,1,4\n1,c,2\n")
    levels = write(tmp_path, "levels.csv", "supplier_sector,buyer_sector,level\nx,x,2\nx,y,2\ny,x,1\ny,y,1\n")
    return ["--firms", firms, "--links", links, "--essential", levels]


def test_systemic_risk_keeps_identifiers_as_given_and_writes_a_row_for_each_weight(
    tmp_path: Path, network: list[str]
) -> None:
    out = tmp_path / "risk.csv"
    assert run(["metrics", "systemic-risk", *network, "--weights", "heads,revenue", "--out", str(out)]) == 0
    table = pl.read_csv(out, infer_schema=False)
    assert table.columns == ["scenario", "weight", "esri", "esri_down", "esri_up", "steps"]
    assert table["scenario"].to_list() == ["01", "01", "1", "1", "c", "c"]
    assert table["weight"].to_list() == ["heads", "revenue"] * 3
    assert float(table["esri_down"][0]) == pytest.approx(1.0)  # the only supplier stops


def test_systemic_risk_takes_sources_scenarios_and_every_setting(tmp_path: Path, network: list[str]) -> None:
    out = str(tmp_path / "risk.csv")
    sources = write(tmp_path, "sources.csv", "firm\nc\n")
    shocks = write(tmp_path, "shocks.csv", "firm,scenario,loss\n1,flood,0.5\nc,flood,1\n01,fire,0.2\n")
    settings = ["--stop", "ratio", "--epsilon", "0.001", "--no-replacement", "--threads", "2"]
    totals = ["--revenue", "revenue", "--costs", "costs"]
    assert run(["metrics", "systemic-risk", *network, "--sources", sources, *settings, "--out", out]) == 0
    assert pl.read_csv(out)["scenario"].to_list() == ["c"]
    assert run(["metrics", "systemic-risk", *network, "--scenarios", shocks, *totals, "--out", out]) == 0
    assert pl.read_csv(out)["scenario"].to_list() == ["flood", "fire"]
    both = ["--sources", sources, "--scenarios", shocks]
    assert run(["metrics", "systemic-risk", *network, *both, "--out", out]) == 1


def test_second_suppliers_are_ranked_by_what_they_take_away(tmp_path: Path) -> None:
    firms = write(
        tmp_path,
        "firms.csv",
        "firm,sector,county,chance\n007,ball,371524,0.1\n8,ball,371525,0\nb,bearing,371581,0\nc,bearing,371581,0\n",
    )
    links = write(tmp_path, "links.csv", "supplier,buyer,weight\n007,b,9\n8,c,5\n")
    levels = write(tmp_path, "levels.csv", "supplier_sector,buyer_sector,level\nball,bearing,2\n")
    given, out = ["--firms", firms, "--links", links, "--essential", levels], tmp_path / "seconds.csv"
    asked = [*given, "--buyer", "b", "--region", "county", "--probability", "chance"]
    assert run(["metrics", "second-suppliers", *asked, "--out", str(out)]) == 0
    row = pl.read_csv(out, schema_overrides={"supplier": pl.String, "second": pl.String}).row(0, named=True)
    assert (row["supplier"], row["second"], row["scope"], row["growth"]) == ("007", "8", "city", 0.9)
    assert row["esri_after"] < row["esri_before"]
    assert row["relief"] == pytest.approx(0.1 * (row["esri_before"] - row["esri_after"]))
    out.unlink()
    for wrong in (["--buyer", "nobody"], ["--region", "town"], ["--weight", "sector"]):
        assert run(["metrics", "second-suppliers", *given, *wrong, "--out", str(out)]) == 1
        assert not out.exists()


def test_survival_tells_days_and_leaves_blank_who_is_never_missed(tmp_path: Path) -> None:
    firms = write(tmp_path, "firms.csv", "firm,sector,sold\n007,ball,0\nb,bearing,9\nc,tool,1\n")
    links = write(tmp_path, "links.csv", "supplier,buyer,weight\n007,b,9\nb,c,9\n")
    levels = write(
        tmp_path, "levels.csv", "supplier_sector,buyer_sector,level\nball,bearing,2\nbearing,tool,2\n"
    )
    given, out = ["--firms", firms, "--links", links, "--essential", levels], tmp_path / "days.csv"
    assert run(["metrics", "survival", *given, "--cover", "7", "--out", str(out)]) == 0
    assert out.read_text().split() == ["firm,days", "007,14.0", "b,7.0", "c,"]
    assert run(["metrics", "survival", *given, "--final", "sold", "--out", str(out)]) == 0
    assert out.read_text().split()[1] != "007,14.0"
    out.unlink()
    for wrong in (["--final", "sector"], ["--final", "none"], ["--sources", str(tmp_path / "no.csv")]):
        assert run(["metrics", "survival", *given, *wrong, "--out", str(out)]) == 1
        assert not out.exists()


def test_complexity_writes_three_tables(tmp_path: Path) -> None:
    rows = "region,field,value\na,f,3\na,g,1\nb,g,5\nb,h,1\nc,f,1\nc,h,4\nc,k,2\n"
    values = write(tmp_path, "v.csv", rows)
    assert run(["metrics", "complexity", "--values", values, "--out", str(tmp_path / "out")]) == 0
    read = {path.name: pl.read_csv(path).columns for path in (tmp_path / "out").iterdir()}
    assert read == {
        "regions.csv": ["region", "diversity", "eci", "coi"],
        "fields.csv": ["field", "ubiquity", "pci"],
        "density.csv": ["region", "field", "rca", "present", "density", "cog"],
    }
    assert len(pl.read_csv(tmp_path / "out" / "density.csv")) == 12


def test_agglomeration_reads_gb18030_and_parquet_alike(tmp_path: Path) -> None:
    text = "plant,industry,region,employees\n1,轴承,临清,5\n2,轴承,冠县,3\n3,电缆,阳谷,8\n"
    (tmp_path / "old.csv").write_bytes(text.encode("gb18030"))
    pl.read_csv(text.encode()).write_parquet(tmp_path / "new.parquet")
    for name in ("old.csv", "new.parquet"):
        folder = tmp_path / name.replace(".", "_")
        assert run(["metrics", "agglomeration", "--plants", str(tmp_path / name), "--out", str(folder)]) == 0
    for table in ("industries.csv", "regions.csv", "location_quotient.csv"):
        assert (tmp_path / "old_csv" / table).read_bytes() == (tmp_path / "new_parquet" / table).read_bytes()
    assert "NaN" in (tmp_path / "old_csv" / "industries.csv").read_text("utf-8")


def test_distance_density_writes_the_curve_and_its_band(tmp_path: Path) -> None:
    places = "x,y,w\n" + "".join(f"{at % 7},{at * 3 % 11},{at % 4 + 1}\n" for at in range(30))
    points = write(tmp_path, "p.csv", places)
    out = tmp_path / "k.csv"
    command = ["metrics", "distance-density", "--points", points, "--max-distance", "8", "--steps", "4"]
    assert run([*command, "--out", str(out)]) == 0
    assert pl.read_csv(out).columns == ["r", "density"]
    assert run([*command, "--weighted", "--envelope", "40", "--seed", "3", "--out", str(out)]) == 0
    table = pl.read_csv(out)
    assert table.columns == ["r", "density", "low", "high"]
    assert table["r"].to_list() == [0.0, 2.0, 4.0, 6.0, 8.0]
    assert (table["low"] <= table["high"]).all()


def test_reconstruct_writes_possible_networks_marked_as_estimated(tmp_path: Path) -> None:
    firms = "firm,sector,out_strength,in_strength\n" + "".join(
        f"{at},{at % 2},{at + 1},{20 - at}\n" for at in range(20)
    )
    given = ["--firms", write(tmp_path, "firms.csv", firms)]
    given += [
        "--io",
        write(tmp_path, "io.csv", "supplier_sector,buyer_sector,flow\n0,1,3\n1,0,2\n1,1,4\n0,0,1\n"),
    ]
    given += ["--known", write(tmp_path, "known.csv", "supplier,buyer,weight\n3,4,0.5\n")]
    levels = "supplier_sector,buyer_sector,level\n0,0,2\n0,1,2\n1,0,1\n1,1,1\n"
    given += ["--essential", write(tmp_path, "levels.csv", levels), "--links", "60", "--seed", "2"]
    out = tmp_path / "out"
    assert (
        run(["metrics", "reconstruct", *given, "--ensemble", "4", "--threads", "1", "--out", str(out)]) == 0
    )
    links = pl.read_csv(out / "links.csv")
    assert links.columns == ["draw", "supplier", "buyer", "weight", "estimated"]
    assert links["draw"].unique().sort().to_list() == [0, 1, 2, 3]
    assert links.filter(~pl.col("estimated")).select("supplier", "buyer").unique().rows() == [(3, 4)]
    model = dict(pl.read_csv(out / "model.csv").rows())
    assert model["expected_links"] == 60 and model["draws"] == 4 and 0 < model["coverage"] < 0.01
    assert pl.read_csv(out / "risk.csv").columns == ["firm", "esri_low", "esri_median", "esri_high"]
    assert "sales_median" in pl.read_csv(out / "firms.csv").columns


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "是空文件"),
        ("plant,industry,region\n1,a,b\n", "缺少列 employees"),
        ("industry,region,employees\na,b,3\na,b,-1\n", "第 3 行 employees 列"),
        ("industry,region,employees\na,b,nan\n", "第 2 行 employees 列"),
        ("industry,region,employees\na,b,1\na,b,1e308\n", "第 3 行 employees 列"),
        ("industry,region,employees\na,b,1e-200\n", "第 2 行 employees 列"),
        ("industry,region,employees\na,b,Infinity\n", "第 2 行 employees 列"),
        ("industry,region,employees\n,b,1\n", "第 2 行 industry 列是空的"),
        ("industry,region,employees\na,b,1,9\n", "不是能读的表"),
        ("industry,region,employees\n", "没有数据行"),
        ("industry,region,employees\n,,\n\n", "没有数据行"),
        ("industry,region,employees\na,b,1\n\na,b,2\n", "第 3 行 employees 列"),
        ("industry,region,region,employees\na,b,b,1\n", "有两列都叫 region"),
        ("industry,region, region ,employees\na,b,b,1\n", "有两列都叫 region"),
    ],
)
def test_a_bad_table_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    plants = write(tmp_path, "plants.csv", text)
    out = tmp_path / "out"
    code = run(["metrics", "agglomeration", "--plants", plants, "--out", str(out), "--language", "zh"])
    assert code == 1
    printed = capsys.readouterr().err
    assert said in printed and "plants.csv" in printed
    assert not out.exists()


def test_a_missing_file_and_an_unwritable_place_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["metrics", "agglomeration", "--plants", "nowhere.csv", "--out", str(tmp_path)]) == 1
    plants = write(tmp_path, "plants.csv", "industry,region,employees\na,b,1\n")
    assert run(["metrics", "agglomeration", "--plants", plants, "--out", plants]) == 1
    told = capsys.readouterr().err
    assert "nowhere.csv" in told and "plants.csv/industries.csv" in told and ".part" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["plants.csv"]


def test_an_interrupt_while_writing_leaves_no_half_written_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    plants = write(tmp_path, "plants.csv", "industry,region,employees\na,b,1\n")
    monkeypatch.setattr(pl.DataFrame, "write_csv", interrupted)
    assert run(["metrics", "agglomeration", "--plants", plants, "--out", str(tmp_path / "out")]) == 130
    assert capsys.readouterr().err.endswith("已中断。\n")
    assert not (tmp_path / "out").exists()


def test_files_as_spreadsheets_write_them_are_read(tmp_path: Path) -> None:
    text = 'industry, region ,employees\r\n"a,1",007,3\r\nb,7,4\r\n,,\r\n\r\n'
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        plants = tmp_path / "plants.csv"
        plants.write_bytes(text.encode(encoding))
        out = tmp_path / encoding
        assert run(["metrics", "agglomeration", "--plants", str(plants), "--out", str(out)]) == 0
        table = pl.read_csv(out / "location_quotient.csv", infer_schema=False)
        assert set(table["region"]) == {"007", "7"} and set(table["industry"]) == {"a,1", "b"}


def test_sales_inside_the_network_are_a_weight_beside_others(tmp_path: Path, network: list[str]) -> None:
    out = tmp_path / "r.csv"
    assert (
        run(["metrics", "systemic-risk", *network, "--weights", "out_strength,heads", "--out", str(out)]) == 0
    )
    alone = tmp_path / "alone.csv"
    assert run(["metrics", "systemic-risk", *network, "--out", str(alone)]) == 0
    both = pl.read_csv(out).filter(pl.col("weight") == "out_strength")
    assert both["esri"].to_list() == pl.read_csv(alone)["esri"].to_list()


def test_what_would_be_counted_twice_or_too_high_is_remarked(
    tmp_path: Path, network: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    plants = write(tmp_path, "p.csv", "plant,industry,region,employees\n1,a,b,3\n1,a,c,4\n2,d,c,1\n")
    assert run(["metrics", "agglomeration", "--plants", plants, "--out", str(tmp_path / "out")]) == 0
    assert "1 行的企业编号" in capsys.readouterr().err
    small = write(tmp_path, "small.csv", "firm,sector,revenue,costs\n01,x,9,1\n1,y,1,1\nc,y,7,5\n")
    network[1] = small
    given = [*network, "--revenue", "revenue", "--costs", "costs", "--out", str(tmp_path / "r.csv")]
    assert run(["metrics", "systemic-risk", *given]) == 0
    assert "1 家企业的营业收入小于网内销售，1 家" in capsys.readouterr().err


def test_every_nan_of_complexity_has_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    values = write(tmp_path, "v.csv", "region,field,value\na,f,1\nb,g,1\nz,f,0\n")
    assert run(["metrics", "complexity", "--values", values, "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err
    assert "互不相连" in told and "coi）记为 NaN" in told and "1 个地区、0 个领域合计为 0" in told


def test_lists_are_no_identifiers_and_places_on_earth_have_bounds(
    tmp_path: Path, network: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    lists = tmp_path / "lists.parquet"
    pl.DataFrame({"firm": [["01"], ["1"]], "sector": ["x", "y"]}).write_parquet(lists)
    network[1] = str(lists)
    assert run(["metrics", "systemic-risk", *network, "--out", str(tmp_path / "r.csv")]) == 1
    assert "firm 列每格是一组值" in capsys.readouterr().err
    earth = write(tmp_path, "earth.csv", "longitude,latitude\n115,36\n116,136\n117,37\n")
    command = ["metrics", "distance-density", "--max-distance", "900", "--steps", "2"]
    out = ["--out", str(tmp_path / "k.csv")]
    assert run([*command, "--points", earth, *out]) == 1
    assert "第 3 行 latitude 列" in capsys.readouterr().err
    earth = write(tmp_path, "earth.csv", "longitude,latitude\n115,36\n116,36\n118,37\n")
    sites = write(tmp_path, "sites.csv", "x,y\n" + "1,2\n3,9\n" * 5)
    assert run([*command, "--points", earth, "--sites", sites, "--envelope", "9", *out]) == 1
    assert "平面坐标" in capsys.readouterr().err
    assert not (tmp_path / "k.csv").exists()


def test_the_density_of_a_network_from_sizes_alone_is_that_of_the_literature(tmp_path: Path) -> None:
    sales = [1.0, 2.0, 3.0, 4.0]
    rows = "".join(f"f{at},s,{value},{value}\n" for at, value in enumerate(sales))
    firms = write(tmp_path, "firms.csv", "firm,sector,out_strength,in_strength\n" + rows)
    out = tmp_path / "out"
    assert run(["metrics", "reconstruct", "--firms", firms, "--links", "5", "--out", str(out)]) == 0
    z = dict(pl.read_csv(out / "model.csv").rows())["z"]
    odds = [z * a * b for at, a in enumerate(sales) for to, b in enumerate(sales) if at != to]
    assert sum(each / (1 + each) for each in odds) == pytest.approx(5, rel=1e-9)
