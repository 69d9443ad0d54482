"""Enterprises are placed by the words of their scopes: every item for itself, each place with its evidence."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.chain import Industry, Node, NodeTerms, Stage
from lianzhang.chain.placing import (
    PLACES,
    Scopes,
    Standing,
    cut_items,
    place,
    place_by_industry,
    place_node,
    place_registry,
    place_table,
    place_text,
)
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

BEARINGS = NodeTerms("bearings", ("轴承",), ("保持架", "除外"), ("制造", "生产"))
WORDS = ["轴承", "轴", "承", "制造", "生产", "销售", "不含", "除外", "保持架", "A级", "ａ级", "𠀀钢", " "]
SIGNS = ["；", ";", "。", "：", "，", ",", "、", "（", "）", "(", ")", "\n", "\u3000"]
scope_texts = st.lists(st.sampled_from(WORDS + SIGNS), max_size=14).map("".join)
words = st.lists(st.sampled_from([word for word in WORDS if word.strip()]), max_size=2).map("".join)
node_terms = st.builds(
    NodeTerms,
    st.uuids().map(str),
    st.lists(words, max_size=3).map(tuple),
    st.lists(words.filter(bool), max_size=2).map(tuple),
    st.lists(words.filter(bool), max_size=2).map(tuple),
)


def table_of(texts: list[str], nodes: list[NodeTerms]) -> pl.DataFrame:
    scopes = Scopes.from_texts(pl.Series(texts, dtype=pl.String))
    return pl.concat([place_table(scopes, found) for found in place(scopes, nodes)])


def plain(text: str) -> str:
    """Half-width and small, written independently of the product."""
    narrow = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)
    return "".join(sign.lower() if sign.isascii() else sign for sign in narrow)


def brute_items(text: str) -> list[tuple[str, int]]:
    """Items one character at a time."""
    items, begin, depth = [], 0, 0
    for at, sign in enumerate(text + "\n"):
        if sign in "；;。：:\n\r\t":
            items.append((text[begin:at], begin))
            begin, depth = at + 1, 0
        elif sign in "（(":
            depth += 1
        elif sign in "）)":
            depth -= 1
        elif sign in "，," and depth <= 0:
            items.append((text[begin:at], begin))
            begin = at + 1
    return items


def brute_force(text: str, node: NodeTerms) -> bool:
    return any(
        any(term and plain(term) in plain(item) for term in node.any)
        and (not node.needs or any(plain(word) in plain(item) for word in node.needs))
        and not any(plain(veto) in plain(item) for veto in node.veto)
        for item, _ in brute_items(text)
    )


def test_a_maker_is_placed_and_a_dealer_is_not() -> None:
    placed = place_text("轴承销售；轴承生产、销售", [BEARINGS])
    assert placed["bearings"].item == "轴承生产、销售"
    assert placed["bearings"].item_start == 5
    assert place_text("轴承销售", [BEARINGS]) == {}


def test_a_veto_covers_the_item_it_stands_in_and_no_other() -> None:
    assert "bearings" in place_text("轴承保持架制造；轴承制造", [BEARINGS])
    assert place_text("轴承制造（保持架除外）", [BEARINGS]) == {}
    assert "bearings" in place_text("轴承制造，货物进出口（国家禁止的除外）", [BEARINGS])


def test_a_comma_inside_brackets_ends_no_item() -> None:
    texts = [
        item.text for item in cut_items("机械租赁（不含农机，挖掘机），轴承制造。一般项目：电线、电缆制造")
    ]
    assert texts == ["机械租赁（不含农机，挖掘机）", "轴承制造", "一般项目", "电线、电缆制造"]


def test_an_unclosed_bracket_holds_until_the_item_ends_and_no_further() -> None:
    assert [item.text for item in cut_items("甲（乙，丙；丁，戊")] == ["甲（乙，丙", "丁", "戊"]


def test_width_and_case_do_not_matter_and_the_evidence_keeps_the_place() -> None:
    node = NodeTerms("pvc", ("PVC",))
    evidence = place_text("塑料；ｐｖｃ料制造", [node])["pvc"]
    assert (evidence.item, evidence.term, evidence.term_start) == ("ｐｖｃ料制造", "PVC", 3)


@given(st.lists(scope_texts, min_size=1, max_size=8), st.lists(node_terms, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_the_index_the_rule_and_brute_force_agree_and_every_word_stands_where_it_says(
    texts: list[str], nodes: list[NodeTerms]
) -> None:
    table = table_of(texts, nodes)
    placed = {(row["row"], row["node"]) for row in table.iter_rows(named=True)}
    assert len(placed) == table.height
    assert placed == {(at, n.id) for at, text in enumerate(texts) for n in nodes if brute_force(text, n)}
    for row in table.iter_rows(named=True):
        text = texts[row["row"]]
        assert text[row["item_start"] :].startswith(row["item"])
        assert plain(text[row["term_start"] :]).startswith(plain(row["term"]))
        assert row["item_start"] <= row["term_start"]
        direct = place_text(text, nodes)[row["node"]]
        assert (row["item"], row["item_start"], row["term"], row["term_start"]) == (
            direct.item, direct.item_start, direct.term, direct.term_start,
        )  # fmt: skip


@given(st.lists(scope_texts, min_size=1, max_size=6), node_terms)
@settings(max_examples=60, deadline=None)
def test_one_node_asked_alone_gives_what_the_full_run_gives(texts: list[str], node: NodeTerms) -> None:
    scopes = Scopes.from_texts(pl.Series(texts, dtype=pl.String))
    (full,) = place(scopes, [node])
    assert place_table(scopes, place_node(scopes, node)).equals(place_table(scopes, full))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_after_any_edits_the_standing_placing_equals_a_full_run(data: st.DataObject) -> None:
    texts = data.draw(st.lists(scope_texts, min_size=1, max_size=6))
    nodes = {node.id: node for node in data.draw(st.lists(node_terms, min_size=1, max_size=4))}
    standing = Standing(Scopes.from_texts(pl.Series(texts, dtype=pl.String)), nodes.values())
    for _ in range(data.draw(st.integers(0, 6))):
        kind = data.draw(st.sampled_from(["node", "new", "scope", "remove"]))
        if kind == "scope":
            row = data.draw(st.integers(0, len(texts) - 1))
            texts[row] = data.draw(scope_texts)
            standing.change_scope(row, texts[row])
        elif kind == "remove" and len(nodes) > 1:
            gone = data.draw(st.sampled_from(sorted(nodes)))
            del nodes[gone]
            standing.remove_node(gone)
        elif kind in {"node", "new"}:
            drawn = data.draw(node_terms)
            name = data.draw(st.sampled_from(sorted(nodes))) if kind == "node" else drawn.id
            nodes[name] = NodeTerms(name, drawn.any, drawn.veto, drawn.needs)
            standing.change_node(nodes[name])
    for node in nodes.values():
        assert standing.on_node(node.id) == [at for at, text in enumerate(texts) if brute_force(text, node)]
    for row, text in enumerate(texts):
        assert standing.of_enterprise(row) == {n.id for n in nodes.values() if brute_force(text, n)}


def test_more_segments_than_sixteen_bits_can_number_are_kept_apart() -> None:
    texts = [f"{number}号轴承制造；共用项目" for number in range(70_000)]
    scopes = Scopes.from_texts(pl.Series(texts))
    node = NodeTerms("n", ("号轴承", "69999号"))
    assert len(place_node(scopes, node)) == 70_000
    (shared,) = place(scopes, [NodeTerms("s", ("共用",))])
    assert shared.rows.tolist() == list(range(70_000))
    assert scopes.text(69_999) == texts[69_999]


def test_a_missing_scope_places_nobody_and_an_empty_registry_gives_an_empty_table() -> None:
    scopes = Scopes.from_texts(pl.Series([None, "", "轴承制造"], dtype=pl.String))
    (found,) = place(scopes, [BEARINGS])
    assert found.rows.tolist() == [2]
    empty = pl.DataFrame({"uscc": [], "scope": []}, schema={"uscc": pl.String, "scope": pl.String})
    assert place_registry(empty, [BEARINGS]).is_empty()


def test_kept_scopes_place_the_same_without_the_texts(tmp_path: Path) -> None:
    scopes = Scopes.from_texts(pl.Series(["轴承制造；甲", "轴承销售", None]))
    scopes.write(tmp_path)
    again = Scopes.read(tmp_path)
    for node in (BEARINGS, NodeTerms("x", ("甲",))):
        assert place_table(again, place_node(again, node)).equals(
            place_table(scopes, place_node(scopes, node))
        )


def test_kept_scopes_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    Scopes.from_texts(pl.Series(["甲；乙"])).write(tmp_path)
    pl.DataFrame({"offset": pl.Series([0, 5])}).write_parquet(tmp_path / "offsets.parquet")
    with pytest.raises(LianzhangError, match="前后不符"):
        Scopes.read(tmp_path)


def described(node: str, *codes: str) -> Node:
    return Node(id=node, name=Text(node, node), stage=Stage.midstream, industries=tuple(map(Industry, codes)))


def test_an_industry_class_takes_in_what_lies_below_it() -> None:
    codes = pl.Series(["3451", "3452", "C3451", None, "34", "0113"])
    found = place_by_industry(codes, [described("class", "3451"), described("group", "345")])
    assert found.rows() == [(0, "class", "3451"), (2, "class", "3451"),
                            (0, "group", "345"), (1, "group", "345"), (2, "group", "345")]  # fmt: skip


def test_an_enterprise_may_have_several_industry_classes_and_stands_once_on_a_node() -> None:
    codes = pl.Series([["0113", "3451"], [], None, ["3451", "3452"]], dtype=pl.List(pl.String))
    found = place_by_industry(codes, [described("group", "345")])
    assert found.rows() == [(0, "group", "345"), (3, "group", "345")]


def test_a_registry_is_placed_by_scope_by_products_and_by_industry_each_saying_which() -> None:
    registry = pl.DataFrame(
        {
            "uscc": ["A", "B", "C"],
            "scope": ["轴承制造", None, "百货"],
            "products": [None, "滚动轴承生产", None],
            "industry": ["3451", None, "3451"],
        }
    )
    places = place_registry(registry, [BEARINGS], described=[described("bearings", "3451")])
    assert dict(places.schema) == PLACES
    assert places.select("uscc", "basis", "item", "industry").rows() == [
        ("A", "scope", "轴承制造", None),
        ("B", "products", "滚动轴承生产", None),
        ("A", "industry", None, "3451"),
        ("C", "industry", None, "3451"),
    ]
    assert places["confirmed_by"].null_count() == 4


def test_a_registry_without_scopes_is_refused_by_the_name_of_the_column() -> None:
    with pytest.raises(LianzhangError, match="scope"):
        place_registry(pl.DataFrame({"uscc": ["A"]}), [BEARINGS])
