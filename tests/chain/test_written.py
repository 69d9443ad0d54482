"""A map survives being kept and being a table; a wrong row is named by sheet and number."""

from __future__ import annotations

import json

import pytest

from lianzhang.chain import (
    Stage,
    TableError,
    differences,
    from_plain,
    from_rows,
    link_rows,
    load_map,
    node_rows,
    to_plain,
)
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.text import Text

PACK = open_pack("liaocheng")
MAPS = [found for path in PACK.files("chains") if (found := load_map(PACK.read_text(path), file=path)).nodes]
ROW = {"id": "A", "name": "轴承钢", "stage": "上游"}


@pytest.mark.parametrize("found", MAPS, ids=lambda found: found.chain)
def test_every_map_of_the_pack_is_kept_and_brought_back_unchanged(found) -> None:  # type: ignore[no-untyped-def]
    assert differences(found, from_plain(json.loads(json.dumps(to_plain(found))))) == ()


@pytest.mark.parametrize("found", MAPS, ids=lambda found: found.chain)
def test_every_map_of_the_pack_goes_into_tables_and_back(found) -> None:  # type: ignore[no-untyped-def]
    again = from_rows(found.chain, found.name, node_rows(found), link_rows(found))
    assert differences(found, again) == ()


def test_a_stage_left_empty_follows_from_the_links_and_empty_rows_are_skipped() -> None:
    nodes = [{**ROW, "stage": ""}, {"id": "", "name": ""}, {"id": "B", "name": "轴承", "stage": ""}]
    found = from_rows("c", Text("链", "chain"), nodes, [{"source": "A", "target": "B"}, {"source": ""}])
    assert [node.stage for node in found] == [Stage.upstream, Stage.downstream]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": ""}, "“环节”表第2行：缺少编号"),
        ({"name": " "}, "“环节”表第2行：缺少环节"),
        ({"stage": "头部"}, "上游、中游或下游"),
        ({"industries": "轴承 3451"}, "不是行业代码"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_allowed(change: dict[str, str], said: str) -> None:
    with pytest.raises(TableError, match=said):
        from_rows("c", Text("链", "chain"), [{**ROW, **change}], [])


def test_a_link_with_one_end_or_an_unknown_kind_is_named() -> None:
    with pytest.raises(TableError, match="“连接”表第3行：两端"):
        from_rows("c", Text("链", "chain"), [ROW], [{"source": "A", "target": "A"}, {"source": "A"}])
    with pytest.raises(TableError, match="类别"):
        from_rows("c", Text("链", "chain"), [ROW], [{"source": "A", "target": "A", "kind": "水"}])
