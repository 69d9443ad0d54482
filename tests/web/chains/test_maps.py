"""The map of a chain: who sees what, marks with rules, evidence, confirmation, large maps, paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.chain import ChainMap, Industry, Link, Mark, Node, NodeTerms, Stage, to_plain
from lianzhang.kernel import Conflict, clock
from lianzhang.kernel.text import Text
from lianzhang.web.chains.actions.place import decide, place, place_again, put_by_hand
from lianzhang.web.chains.drawing import wrapped
from lianzhang.web.chains.models import Chain, MapVersion, Placement, PlacingRun
from lianzhang.web.chains.queries import in_force
from lianzhang.web.chains.standing import standing_of
from lianzhang.web.journal.models import Event
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.actions.load_pack import load_enterprises
from lianzhang.web.registry.entries import Entries, NameEntry, NewEnterprise, Source, ValueEntry
from lianzhang.web.registry.models import Enterprise

Made = Callable[..., Actor]
FIRMS = {
    "E000000001": ("临清东风轴承厂", "371581", "轴承制造；轴承销售", "", "3451"),
    "E000000002": ("东阿明珠钢球公司", "371524", "", "轴承钢球", ""),
    "E000000003": ("冠县轴承商行", "371525", "轴承销售；货物进出口", "", "3451"),
}  # fmt: skip


def register(officer: Actor, firms: dict[str, tuple[str, ...]] = FIRMS) -> None:
    """Enter firms: id → name, county, business scope, products, industry class."""
    facts = ("county", "business_scope", "products", "industry_code")
    enter(
        officer,
        Entries(
            new=[NewEnterprise(id=pk, name=row[0], name_kind="registered") for pk, row in firms.items()],
            names=list[NameEntry](),
            values=[
                ValueEntry(enterprise=pk, fact=fact, text=text)
                for pk, row in firms.items()
                for fact, text in zip(facts, row[1:], strict=True)
                if text
            ],
            titles=[],
        ),
        source=Source(kind="officer", name="试", as_of=clock.today()),
    )


@pytest.fixture
def officer(pack: None, actor: Made) -> Actor:
    made = actor(Role.chain_officer)
    register(made)
    return made


@pytest.fixture
def placed(officer: Actor) -> Actor:
    place(officer, "bearings")
    return officer


def on(node: str) -> set[str]:
    return set(Placement.objects.filter(chain="bearings", node=node).values_list("enterprise_id", flat=True))


def test_the_pack_gives_every_sub_field_its_first_published_map(pack: None) -> None:
    assert MapVersion.objects.filter(state="published", number=1).count() == 7
    assert Event.objects.filter(verb="map.publish").count() == 7


def test_placing_puts_makers_on_nodes_with_the_words_and_dealers_only_by_industry_class(
    placed: Actor,
) -> None:
    maker = Placement.objects.get(chain="bearings", node="BEAR-n12", enterprise="E000000001")
    assert (maker.basis, maker.item, maker.term, maker.item_start) == ("scope", "轴承制造", "轴承制造", 0)
    dealer = Placement.objects.get(chain="bearings", node="BEAR-n12", enterprise="E000000003")
    assert (dealer.basis, dealer.industry) == ("industry", "3451")
    assert Placement.objects.get(node="BEAR-n07", enterprise="E000000002").basis == "products"
    assert on("BEAR-n14") == {"E000000001", "E000000003"}


def test_a_firm_that_matches_by_class_alone_counts_only_when_confirmed(placed: Actor) -> None:
    chain = Chain.objects.get(pk="bearings")
    counted = lambda: {f.id for f in standing_of(placed, chain).coverage.nodes["BEAR-n12"].firms}  # type: ignore[union-attr]  # noqa: E731
    assert counted() == {"E000000001"}
    row = Placement.objects.get(node="BEAR-n12", enterprise="E000000003")
    decide(placed, row.pk, confirmed=True, seen="proposed")
    assert counted() == {"E000000001", "E000000003"}


def test_before_placing_nothing_is_a_gap_and_afterwards_empty_nodes_are(officer: Actor) -> None:
    chain = Chain.objects.get(pk="bearings")
    marks = lambda: standing_of(officer, chain).coverage.counts  # type: ignore[union-attr]  # noqa: E731
    assert marks()[Mark.gap] == 0
    place(officer, "bearings")
    assert marks()[Mark.gap] > 0 and marks()[Mark.unknown] == 0


def test_placing_again_renews_evidence_and_leaves_what_people_decided(placed: Actor) -> None:
    refused = Placement.objects.get(node="BEAR-n14", enterprise="E000000001")
    kept = Placement.objects.get(node="BEAR-n07", enterprise="E000000002")
    decide(placed, refused.pk, confirmed=False, seen="proposed")
    decide(placed, kept.pk, confirmed=True, seen="proposed")
    register(placed, {"E000000009": ("新厂", "371581", "轴承制造", "", "")})
    place(placed, "bearings")
    refused.refresh_from_db(), kept.refresh_from_db()
    assert (refused.state, kept.state) == ("refused", "confirmed")
    assert "E000000009" in on("BEAR-n12")
    assert PlacingRun.objects.count() == 2


def test_one_changed_firm_is_placed_again_as_a_full_run_would(placed: Actor) -> None:
    def everything() -> list[tuple[Any, ...]]:
        columns = ("node", "enterprise", "basis", "item", "term", "item_start", "term_start", "industry")
        return sorted(Placement.objects.values_list(*columns), key=str)

    entry = ValueEntry(enterprise="E000000003", fact="business_scope", text="轴承保持架制造；热处理加工")
    enter(
        placed,
        Entries(new=[], names=[], values=[entry], titles=[]),
        source=Source(kind="officer", name="试二", as_of=clock.today()),
    )
    place_again(placed, "bearings", ["E000000003"])
    after = everything()
    assert "E000000003" in on("BEAR-n09") and on("BEAR-n14") == {"E000000001"}
    place(placed, "bearings")
    assert everything() == after


def test_somebody_else_decided_first_and_nothing_is_overwritten(placed: Actor) -> None:
    row = Placement.objects.get(node="BEAR-n12", enterprise="E000000001")
    decide(placed, row.pk, confirmed=True, seen="proposed")
    with pytest.raises(Conflict):
        decide(placed, row.pk, confirmed=False, seen="proposed")
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert Event.objects.filter(verb="map.confirm").count() == 1


def test_a_person_may_put_a_firm_on_a_node_that_no_words_tell(placed: Actor) -> None:
    put_by_hand(placed, "bearings", "BEAR-n13", "E000000001")
    place(placed, "bearings")
    row = Placement.objects.get(node="BEAR-n13", enterprise="E000000001")
    assert (row.basis, row.state) == ("person", "confirmed")


def test_the_page_draws_nodes_as_links_with_their_mark_and_twins_them_in_a_table(
    placed: Actor, signed_in: Callable[..., Client]
) -> None:
    page = signed_in(Role.chief).get("/chains/bearings/map/").content.decode()
    assert page.count('class="chain-map ') == 2
    assert page.count("chain-node--gap") >= 2
    assert 'href="/chains/bearings/map/node/BEAR-n12/"' in page
    assert "全市企业库中没有企业落在这个环节" in page
    assert "style=" not in page


def test_the_page_of_a_node_marks_the_words_and_lets_only_the_office_decide(
    placed: Actor, signed_in: Callable[..., Client]
) -> None:
    address = "/chains/bearings/map/node/BEAR-n12/"
    chief, office = (
        signed_in(role).get(address).content.decode() for role in (Role.chief, Role.chain_officer)
    )
    assert "<mark>轴承制造</mark>" in chief
    assert 'value="confirm"' not in chief and 'value="confirm"' in office


def test_a_county_officer_sees_counts_of_the_city_and_names_of_the_own_county_only(
    placed: Actor, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(Role.county_officer, region_code="371524")
    assert "临清东风" not in client.get("/chains/bearings/map/").content.decode()
    page = client.get("/chains/bearings/map/node/BEAR-n12/").content.decode()
    assert "临清东风" not in page and "不列名称" in page
    assert "东阿明珠" in client.get("/chains/bearings/map/node/BEAR-n07/").content.decode()


def test_the_overall_chain_shows_how_each_sub_field_stands(
    placed: Actor, signed_in: Callable[..., Client]
) -> None:
    page = signed_in(Role.chain_officer).get("/chains/equipment/map/").content.decode()
    assert page.count('href="/chains/') > 7 and "电线电缆" in page


def test_unknown_nodes_and_chains_out_of_charge_are_not_found(
    placed: Actor, signed_in: Callable[..., Client]
) -> None:
    assert signed_in(Role.chief).get("/chains/bearings/map/node/nobody/").status_code == 404
    stranger = signed_in(Role.chief, chains=("food",))
    assert stranger.get("/chains/bearings/map/").status_code == 404
    other = signed_in(Role.chain_officer, chains=("food",))
    assert other.post("/chains/bearings/map/place/").status_code == 404


def test_decisions_through_the_page_are_journalled(placed: Actor, signed_in: Callable[..., Client]) -> None:
    row = Placement.objects.get(node="BEAR-n12", enterprise="E000000001")
    client = signed_in(Role.chain_officer)
    answer = client.post(f"/chains/bearings/map/place/{row.pk}/", {"decision": "confirm", "seen": "proposed"})
    assert answer.status_code == 302
    assert Event.objects.filter(verb="map.confirm", subject=f"placement:{row.pk}").exists()


def test_a_map_of_hundreds_of_nodes_is_grouped_and_every_node_is_in_the_table(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    nodes = tuple(
        Node(
            id=f"n{at}", name=Text(f"环节{at}", f"node {at}"), stage=list(Stage)[at % 3],
            industries=(Industry(f"{30 + at % 7}11"),), terms=NodeTerms(f"n{at}", ("轴承",)),
        )
        for at in range(320)
    )  # fmt: skip
    links = tuple(Link(source=f"n{at}", target=f"n{at + 1}") for at in range(319))
    version = in_force(Chain.objects.get(pk="bearings"))
    assert version is not None
    MapVersion.objects.filter(pk=version.pk).update(content=to_plain(ChainMap("bearings", nodes, links)))
    client = signed_in(Role.chief)
    page = client.get("/chains/bearings/map/").content.decode()
    assert page.count('class="chain-node ') == 2 * 21
    assert page.count('href="/chains/bearings/map/node/n') == 320
    part = client.get("/chains/bearings/map/?group=upstream-30").content.decode()
    assert 'class="chain-node ' in part and "node/n0/" in part


def test_the_map_prints_as_one_page_of_pdf(placed: Actor, signed_in: Callable[..., Client]) -> None:
    pytest.importorskip("typst")
    import pypdfium2

    answer = signed_in(Role.chief).get("/chains/bearings/map/map.pdf?paper=a3")
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.content)
    width, height = pages[0].get_size()
    assert (len(pages), round(width), round(height)) == (1, 1191, 842)
    assert "保持架" in pages[0].get_textpage().get_text_bounded()


def test_firms_that_sources_name_are_found_by_any_of_their_names(pack: None, actor: Made) -> None:
    made = actor(Role.chain_officer)
    load_enterprises(made, "liaocheng")
    place(made, "bearings")
    assert Enterprise.objects.filter(placements__chain="bearings", placements__leading=True).exists()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("轴承", ("轴承",)),
        ("甲乙丙丁戊己", ("甲乙丙丁", "戊己")),
        ("甲乙丙丁戊己庚辛壬癸", ("甲乙丙丁", "戊己庚…")),
        ("two words here", ("two", "words…")),
        ("", ()),
    ],
)
def test_long_names_are_cut_to_two_lines(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, 8, lines=2) == lines


def test_licensed_boundaries_take_the_place_of_the_squares_with_their_approval_number(
    placed: Actor, signed_in: Callable[..., Client], settings: Any, tmp_path: Path
) -> None:
    settings.LIANZHANG_HOME = tmp_path
    ring = [[115.9, 36.4], [116.1, 36.4], [116.1, 36.6], [115.9, 36.4]]
    content = {"approval": "鲁SG(2025)001号", "rings": {"371581": [ring]}}
    (tmp_path / "boundaries.json").write_text(json.dumps(content), encoding="utf-8")
    page = signed_in(Role.chief).get("/chains/bearings/map/").content.decode()
    assert 'class="county-map"' in page and "审图号：鲁SG(2025)001号" in page
    assert 'class="tiles"' not in page
