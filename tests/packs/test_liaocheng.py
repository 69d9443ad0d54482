"""The Liaocheng pack keeps its own promises: codes, links, sources and doubts."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.regions import Regions

PACK = open_pack("liaocheng")
CHAIN_FILES = [path for path in PACK.files("chains") if path != "chains/equipment.yaml"]
FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"


@lru_cache(maxsize=32)
def content(path: str) -> Any:
    return PACK.read_yaml(path)


def chains() -> list[dict[str, Any]]:
    return [content(path) for path in CHAIN_FILES]


def test_the_main_chain_names_exactly_the_detailed_chains_that_exist() -> None:
    equipment = content("chains/equipment.yaml")
    assert equipment["id"] == content("pack.yaml")["main_chain"]
    assert sorted(equipment["sub_chains"]) == sorted(chain["id"] for chain in chains())
    assert {chain["parent"] for chain in chains()} == {equipment["id"]}
    assert {chain["code"] for chain in chains()} == {
        "WIRE", "AGRI", "CONST", "LASER", "GRANITE", "MOTOR", "BEAR",
    }  # fmt: skip


def test_a_chain_file_is_named_after_its_chain() -> None:
    for path in CHAIN_FILES:
        assert path == f"chains/{content(path)['id']}.yaml"


def test_the_city_has_eight_divisions_and_three_zones_without_codes() -> None:
    regions = Regions.from_pack(PACK)
    parts = regions.within("371500")
    divisions = [region for region in parts if region.code]
    zones = [region for region in parts if not region.code]
    assert sorted(region.code for region in divisions) == [
        "371502", "371503", "371521", "371522", "371524", "371525", "371526", "371581",
    ]  # fmt: skip
    assert len(zones) == 3
    assert {region.level for region in zones} == {"zone"}


def test_chiping_is_found_under_its_code_and_name_of_before_2019() -> None:
    regions = Regions.from_pack(PACK)
    chiping = regions.by_code("371503")
    assert chiping is not None
    assert chiping.name == "茌平区"
    assert regions.by_code("371523") is chiping
    assert regions.by_name("茌平县") is chiping


def test_no_two_regions_answer_to_one_name() -> None:
    seen: dict[str, str] = {}
    for row in content("regions.yaml")["regions"]:
        names = [row["name"], *row.get("short_names", ()), *(old["name"] for old in row.get("former", ()))]
        for name in names:
            assert seen.setdefault(name, row["id"]) == row["id"], name


def test_every_level_status_confidence_and_source_is_defined() -> None:
    pack = content("pack.yaml")
    regions = content("regions.yaml")
    for row in regions["regions"]:
        assert row["level"] in regions["levels"]
        assert row["source"] in pack["sources"], row["id"]
    entries = [entry for chain in chains() for entry in (*chain["nodes"], *chain["edges"])]
    for entry in entries:
        assert entry["status"] in pack["statuses"]
        assert entry["confidence"] in pack["confidences"]
        if "source" in entry:
            assert entry["source"] in pack["sources"]


def test_what_is_called_quoted_has_a_named_source() -> None:
    for chain in chains():
        for entry in (*chain["nodes"], *chain["edges"]):
            if entry["status"] == "quoted":
                assert entry.get("source") not in (None, "public-report")
            if entry.get("source") is None or entry["confidence"] == "low":
                assert entry["status"] == "unverified"


@pytest.mark.parametrize("path", CHAIN_FILES)
def test_a_chain_s_links_join_nodes_of_the_chain_and_never_run_in_a_circle(path: str) -> None:
    chain = content(path)
    ids = [node["id"] for node in chain["nodes"]]
    assert len(ids) == len(set(ids))
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(ids, ()))
    seen = set()
    for edge in chain["edges"]:
        assert edge["from"] in ids
        assert edge["to"] in ids
        assert (edge["from"], edge["to"]) not in seen
        seen.add((edge["from"], edge["to"]))
        sorter.add(edge["to"], edge["from"])
    assert len(list(sorter.static_order())) == len(ids)


def test_each_node_says_its_stage_in_both_languages_and_names_a_product() -> None:
    for chain in chains():
        for node in chain["nodes"]:
            assert node["stage"] in {"upstream", "midstream", "downstream"}
            assert node["name"]["zh"]
            assert re.fullmatch(r"[ -~]+", node["name"]["en"]), node["id"]
            assert node["products"]


def test_one_industry_code_always_has_one_name_and_is_marked_as_a_draft() -> None:
    names: dict[str, str] = {}
    for chain in chains():
        for node in chain["nodes"]:
            industry = node.get("industry")
            if industry is None:
                continue
            assert re.fullmatch(r"\d{4}", industry["code"])
            assert names.setdefault(industry["code"], industry["name"]) == industry["name"]
            assert industry["status"] == "draft", "codes were chosen by name, not confirmed"


def test_each_of_the_eight_divisions_has_a_choice_or_says_that_none_is_known() -> None:
    regions = Regions.from_pack(PACK)
    equipment = content("chains/equipment.yaml")
    choices = equipment["county_choices"]
    divisions = [region.code for region in regions.within("371500") if region.code]
    assert sorted(choice["region"] for choice in choices) == sorted(divisions)
    for choice in choices:
        assert choice["doubt"]["zh"]
        assert choice["doubt"]["en"]
        if "sub_field" in choice:
            assert choice["status"] == "quoted"
            assert choice["chain"] in equipment["sub_chains"]
        else:
            assert choice["status"] == "unverified"


def test_places_of_a_chain_are_divisions_called_by_their_present_name() -> None:
    regions = Regions.from_pack(PACK)
    for chain in chains():
        for place in chain["places"]:
            region = regions.by_code(place["region"])
            assert region is not None
            assert region.name == place["name"]


def test_the_glossary_has_each_term_once_with_all_three_writings() -> None:
    terms = content("glossary.yaml")["terms"]
    assert len({term["zh"] for term in terms}) == len(terms)
    for term in terms:
        assert term["zh"]
        assert term["hant"]
        assert term["en"].isascii()


@pytest.mark.skipif(not FACTS.is_dir(), reason="the collected facts do not lie beside this checkout")
def test_nothing_of_the_collected_facts_was_lost_or_made_surer() -> None:
    confidences = {"高": "high", "中": "medium", "低": "low"}
    nodes = {node["id"]: node for chain in chains() for node in chain["nodes"]}
    edges = {(edge["from"], edge["to"]): edge for chain in chains() for edge in chain["edges"]}
    with (FACTS / "chain_nodes.csv").open(encoding="utf-8-sig") as file:
        collected_nodes = list(csv.DictReader(file))
    with (FACTS / "chain_edges.csv").open(encoding="utf-8-sig") as file:
        collected_edges = list(csv.DictReader(file))
    with (FACTS / "gbt4754_2017.csv").open(encoding="utf-8-sig") as file:
        industries = {row["code"]: row["name_zh"] for row in csv.DictReader(file)}

    assert set(nodes) == {row["node_id"] for row in collected_nodes}
    assert set(edges) == {(row["from_node"], row["to_node"]) for row in collected_edges}
    for row in collected_nodes:
        assert nodes[row["node_id"]]["confidence"] == confidences[row["confidence"]]
        code = nodes[row["node_id"]].get("industry", {}).get("code", "")
        assert code == row["gbt4754_code"]
        assert not code or code in industries
    for row in collected_edges:
        assert edges[row["from_node"], row["to_node"]]["confidence"] == confidences[row["confidence"]]
