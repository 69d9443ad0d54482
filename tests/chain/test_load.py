"""A map is read from YAML; whatever is wrong is named with file and line."""

from __future__ import annotations

import re

import pytest

from lianzhang.chain import Stage, findings, load_map
from lianzhang.kernel.errors import PackError
from lianzhang.kernel.pack import open_pack

GOOD = """id: bearings
name: {zh: 轴承, en: Bearings}
word_lists:
  making: [制造, 生产]
nodes:
  - id: B1
    name: {zh: 轴承钢, en: Bearing steel}
    stage: upstream
    products: [钢棒]
    terms: {any: [轴承钢], needs: making, veto: [销售代理]}
    industry: {code: "3120", name: 炼钢}
    firms:
      - {name: 某钢厂, note: 待核}
  - id: B2
    name: 装配
    stage: midstream
edges:
  - {from: B1, to: B2}
"""


def test_a_map_keeps_nodes_links_terms_and_lines() -> None:
    found = load_map(GOOD, file="chains/b.yaml")
    steel, assembly = found.nodes
    assert (steel.terms.any, steel.terms.needs, steel.terms.veto) == (
        ("轴承钢",), ("制造", "生产"), ("销售代理",),
    )  # fmt: skip
    assert (steel.stage, steel.industries[0].code, steel.firms[0].note) == (Stage.upstream, "3120", "待核")
    assert (steel.line, assembly.line, found.links[0].line) == (6, 14, 18)
    assert found.suppliers["B2"] == ("B1",) and found.buyers["B2"] == ()


@pytest.mark.parametrize(
    ("wrong", "right", "line", "said"),
    [
        ("stage: middle", "stage: midstream", 16, "stage"),
        ('code: "31x0"', 'code: "3120"', 11, "行业代码"),
        ("needs: trading", "needs: making", 10, "词表"),
        ("colour: red", "products: [钢棒]", 9, "colour"),
        ("nodes: 3", "nodes:", 5, ""),
        ("products: 钢棒", "products: [钢棒]", 9, "一列词"),
        ('products: ["", 钢]', "products: [钢棒]", 9, "空词"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(wrong: str, right: str, line: int, said: str) -> None:
    with pytest.raises(PackError) as caught:
        load_map(GOOD.replace(right, wrong, 1), file="chains/b.yaml")
    assert re.search(rf"chains/b\.yaml 第{line}行", str(caught.value)) or said == ""
    assert said in str(caught.value)


def test_a_file_that_is_no_set_of_keys_is_refused() -> None:
    with pytest.raises(PackError, match="第1行"):
        load_map("- 1\n", file="x.yaml")


def test_every_map_of_the_pack_can_be_published_and_every_node_has_terms() -> None:
    pack = open_pack("liaocheng")
    maps = [load_map(pack.read_text(path), file=path) for path in pack.files("chains")]
    detailed = [found for found in maps if found.nodes]
    assert len(detailed) == 7
    assert sum(len(found) for found in detailed) == 130
    assert sum(len(found.links) for found in detailed) == 160
    for found in detailed:
        assert [finding.say() for finding in findings(found) if finding.is_grave] == []
        assert all(node.terms.any for node in found.nodes)
