"""Faults of a map are found and named: circles, orphans, double names, loose ends."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianzhang.chain import ChainMap, Fault, Link, Node, findings
from lianzhang.chain.positions import depths
from tests.chain.maps import DOWN, UP, chain_map, node


def faults(found: ChainMap) -> list[Fault]:
    return [finding.fault for finding in findings(found)]


def test_a_sound_map_has_no_findings() -> None:
    assert faults(chain_map([node("a", UP), node("b"), node("c", DOWN)], "a>b b>c")) == []


def test_a_circle_is_named_with_the_whole_way_round() -> None:
    (circle,) = findings(chain_map([node("a"), node("b"), node("c")], "a>b b>c c>a"))
    assert circle.fault is Fault.circle and circle.is_grave
    assert "a→b→c→a" in circle.say()


def test_two_circles_are_both_named() -> None:
    found = chain_map([node(name) for name in "abcd"], "a>b b>a c>d d>c")
    assert faults(found) == [Fault.circle, Fault.circle]


def test_a_node_without_links_is_an_orphan_but_may_be_published() -> None:
    (orphan,) = findings(chain_map([node("a"), node("b"), node("x", name="热处理")], "a>b"))
    assert (orphan.fault, orphan.is_grave, orphan.nodes) == (Fault.orphan, False, ("x",))
    assert "热处理" in orphan.say()


def test_names_that_differ_by_spaces_only_are_one_name() -> None:
    found = chain_map([node("a", name="热 处理"), node("b", name="热处理")], "a>b")
    assert faults(found) == [Fault.double_name]


def test_double_ids_double_links_loose_ends_and_links_to_oneself_are_grave() -> None:
    found = chain_map([node("a", name="甲"), node("a", name="乙"), node("b")], "a>b a>b a>z b>b")
    said = findings(found)
    assert {finding.fault for finding in said} == {
        Fault.double_id, Fault.double_link, Fault.loose_end, Fault.self_link,
    }  # fmt: skip
    assert all(finding.is_grave for finding in said)


def test_a_link_back_to_an_earlier_stage_is_shown() -> None:
    assert faults(chain_map([node("a", DOWN), node("b", UP)], "a>b")) == [Fault.backward]


def test_a_term_that_holds_its_own_veto_never_places_and_is_named() -> None:
    from lianzhang.chain import NodeTerms, Stage
    from lianzhang.kernel.text import Text

    wrong = Node(
        id="a", name=Text("甲", "A"), stage=Stage.midstream, terms=NodeTerms("a", ("轴承销售",), ("销售",))
    )
    assert faults(chain_map([wrong])) == [Fault.contradiction]


def test_a_finding_of_a_file_carries_file_and_line() -> None:
    from dataclasses import replace

    found = replace(chain_map([node("a"), node("b")], "a>b"), origin="chains/x.yaml")
    broken = replace(found, links=(*found.links, Link(source="b", target="q", line=12)))
    assert findings(broken)[0].say().startswith("chains/x.yaml 第12行：")
    assert findings(broken)[0].say("en").startswith("chains/x.yaml, line 12: ")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=14))
def test_without_the_circles_it_names_every_map_runs_one_way(pairs: list[tuple[str, str]]) -> None:
    found = chain_map([node(name) for name in "abcdef"], " ".join(f"{a}>{b}" for a, b in pairs))
    deep = depths(found)
    assert set(deep) == set("abcdef")
    circles = [finding for finding in findings(found) if finding.fault is Fault.circle]
    if not circles:
        assert all(deep[a] < deep[b] for a, b in pairs if a != b)
