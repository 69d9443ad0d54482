"""The drawing plan: three stages in order, no box upon another, the same plan for the same map."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.chain import (
    MOST_NODES,
    ChainMap,
    Form,
    Industry,
    Link,
    Node,
    Plan,
    Stage,
    derived_stages,
    grouped,
    load_map,
    part_of,
    plan,
)
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.text import Text
from tests.chain.maps import DOWN, MID, UP, chain_map, node

PACK = open_pack("liaocheng")
MAPS = [found for path in PACK.files("chains") if (found := load_map(PACK.read_text(path), file=path)).nodes]


def overlapping(drawn: Plan) -> list[tuple[str, str]]:
    return [
        (a.node, b.node)
        for a, b in combinations(drawn.boxes, 2)
        if a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height
    ]


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("found", MAPS, ids=lambda found: found.chain)
def test_every_node_of_the_pack_has_its_own_place_inside_the_band_of_its_stage(
    found: ChainMap, form: Form
) -> None:
    drawn = plan(found, form=form)
    assert sorted(box.node for box in drawn.boxes) == sorted(found.by_id)
    assert overlapping(drawn) == []
    bands = {band.stage: band for band in drawn.bands}
    for box in drawn.boxes:
        band = bands[found.by_id[box.node].stage]
        assert band.x <= box.x and box.x + box.width <= band.x + band.width <= drawn.width
        assert band.y <= box.y and box.y + box.height <= band.y + band.height <= drawn.height


def test_the_narrow_form_fits_a_phone() -> None:
    assert max(plan(found, form=Form.narrow).width for found in MAPS) <= 344


def test_stages_follow_each_other_from_left_to_right_and_from_top_to_bottom() -> None:
    found = chain_map([node("a", UP), node("b"), node("c", DOWN)], "a>b b>c")
    assert all(a.x + a.width < b.x for a, b in pairwise(plan(found).boxes))
    assert all(a.y + a.height < b.y for a, b in pairwise(plan(found, form=Form.narrow).boxes))


def test_neighbours_stand_level_so_that_lines_do_not_cross() -> None:
    ups, mids = [node(f"u{i}", UP) for i in range(4)], [node(f"m{i}") for i in reversed(range(4))]
    found = chain_map(ups + mids, "u0>m0 u1>m1 u2>m2 u3>m3")
    y = {box.node: box.y for box in plan(found).boxes}
    assert [y[f"u{i}"] for i in range(4)] == [y[f"m{i}"] for i in range(4)]


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=25),
    st.lists(st.sampled_from([UP, MID, DOWN]), min_size=12, max_size=12),
)
def test_any_map_even_a_faulty_one_can_be_drawn_and_is_always_drawn_alike(
    pairs: list[tuple[int, int]], stages: list[Stage]
) -> None:
    nodes = [node(f"n{at}", stage) for at, stage in enumerate(stages)]
    found = chain_map(nodes, " ".join(f"n{a}>n{b}" for a, b in pairs))
    for form in Form:
        drawn = plan(found, form=form)
        assert overlapping(drawn) == []
        assert drawn == plan(found, form=form)


def test_an_empty_map_is_three_empty_bands() -> None:
    drawn = plan(chain_map([]))
    assert (len(drawn.bands), drawn.boxes, drawn.lines) == (3, (), ())


def test_a_map_of_hundreds_is_drawn_in_groups_of_stage_and_industry() -> None:
    nodes = tuple(
        Node(
            id=f"n{at}",
            name=Text(f"环节{at}", f"node {at}"),
            stage=list(Stage)[at % 3],
            industries=(Industry(f"{30 + at % 10}11"),),
        )
        for at in range(MOST_NODES + 60)
    )
    links = tuple(Link(source=f"n{at}", target=f"n{at + 1}") for at in range(MOST_NODES))
    whole = grouped(ChainMap("big", nodes, links))
    assert len(whole.map.nodes) == 30
    assert sum(map(len, whole.members.values())) == MOST_NODES + 60
    assert {link.source for link in whole.map.links} <= set(whole.members)
    assert "等12个环节" in whole.map.nodes[0].name.zh
    first = whole.map.nodes[0].id
    assert [found.id for found in part_of(ChainMap("big", nodes, links), whole.members[first])] == list(
        whole.members[first]
    )


def test_a_stage_nobody_stated_follows_from_the_links() -> None:
    found = chain_map([node(name) for name in "abcx"], "a>b b>c")
    assert derived_stages(found) == {"a": UP, "b": MID, "c": DOWN, "x": MID}
