"""Drafting a map: nodes, links, Excel, faults, two officers at once, publication."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.chain import Link, Node, NodeTerms, Stage, differences, from_plain
from lianzhang.kernel import Conflict, LianzhangError, clock
from lianzhang.kernel.text import Text
from lianzhang.web.chains.actions.draft import begin_draft, drop_link, drop_node, put_link, put_node
from lianzhang.web.chains.actions.place import place
from lianzhang.web.chains.actions.publish import publish
from lianzhang.web.chains.models import Chain, MapVersion, Placement
from lianzhang.web.chains.queries import draft_of, in_force
from lianzhang.web.chains.workbook import map_of_workbook, workbook_of
from lianzhang.web.journal.models import Event
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, NewEnterprise, Source, ValueEntry

DESK = "/chains/bearings/map/draft/"


@pytest.fixture
def officer(pack: None, actor: Callable[..., Actor]) -> Actor:
    made = actor(Role.chain_officer)
    begin_draft(made, "bearings")
    return made


def bearings() -> Chain:
    return Chain.objects.get(pk="bearings")


def draft() -> MapVersion:
    found = draft_of(bearings())
    assert found is not None
    return found


def new(node_id: str = "BEAR-x1", name: str = "新环节") -> Node:
    terms = NodeTerms(node_id, ("新材",))
    return Node(id=node_id, name=Text(name, name), stage=Stage.midstream, terms=terms)


def test_a_chain_has_one_draft_which_begins_as_the_map_in_force(officer: Actor) -> None:
    again = begin_draft(officer, "bearings")
    assert again.pk == draft().pk and again.number == 2
    assert differences(from_plain(in_force(bearings()).content), from_plain(again.content)) == ()  # type: ignore[union-attr]


def test_nodes_and_links_are_written_and_each_change_is_journalled(officer: Actor) -> None:
    put_node(officer, "bearings", new(), revision=1)
    put_link(officer, "bearings", Link(source="BEAR-n01", target="BEAR-x1"), revision=2)
    put_node(officer, "bearings", new("BEAR-y1"), revision=3, replaces="BEAR-x1")
    content = from_plain(draft().content)
    assert "BEAR-y1" in content.by_id and "BEAR-x1" not in content.by_id
    assert "BEAR-y1" in content.buyers["BEAR-n01"]
    drop_link(officer, "bearings", "BEAR-n01", "BEAR-y1", revision=4)
    drop_node(officer, "bearings", "BEAR-y1", revision=5)
    assert differences(from_plain(in_force(bearings()).content), from_plain(draft().content)) == ()  # type: ignore[union-attr]
    assert Event.objects.filter(verb="map.edit").count() == 6


def test_an_officer_who_saw_an_older_draft_changes_nothing(officer: Actor) -> None:
    put_node(officer, "bearings", new(), revision=1)
    with pytest.raises(Conflict):
        put_node(officer, "bearings", new("BEAR-x2", "别的"), revision=1)
    assert "BEAR-x2" not in from_plain(draft().content).by_id


def test_an_id_that_is_taken_is_refused(officer: Actor) -> None:
    with pytest.raises(LianzhangError, match="BEAR-n01"):
        put_node(officer, "bearings", new("BEAR-n01"), revision=1)


def test_a_map_with_a_circle_or_a_double_name_cannot_be_published(officer: Actor) -> None:
    put_link(officer, "bearings", Link(source="BEAR-n12", target="BEAR-n01"), revision=1)
    with pytest.raises(LianzhangError, match="绕成一圈"):
        publish(officer, "bearings", revision=2)
    drop_link(officer, "bearings", "BEAR-n12", "BEAR-n01", revision=2)
    put_node(officer, "bearings", new(name="轴承钢"), revision=3)
    with pytest.raises(LianzhangError, match="重名"):
        publish(officer, "bearings", revision=4)
    assert in_force(bearings()).number == 1  # type: ignore[union-attr]


def test_publishing_puts_the_draft_in_force_and_keeps_the_older_version(officer: Actor) -> None:
    put_node(officer, "bearings", new(), revision=1)
    published = publish(officer, "bearings", revision=2)
    assert in_force(bearings()).pk == published.pk  # type: ignore[union-attr]
    assert draft_of(bearings()) is None
    assert bearings().maps.count() == 2


def test_the_table_goes_out_to_excel_and_comes_back_unchanged(officer: Actor) -> None:
    content = from_plain(draft().content)
    again = map_of_workbook(workbook_of(content), chain="bearings", name=content.name)
    assert differences(content, again) == ()


def test_an_edited_workbook_replaces_the_draft_through_the_page(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(Role.chain_officer)
    sent = client.get("/chains/bearings/map/versions/2/table.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    book["环节"]["B2"] = "特种轴承钢"
    out = io.BytesIO()
    book.save(out)
    answer = client.post(
        f"{DESK}upload/",
        {"file": SimpleUploadedFile("图谱.xlsx", out.getvalue()), "revision": draft().revision},
    )
    assert answer.status_code == 302
    assert from_plain(draft().content).by_id["BEAR-n01"].name.zh == "特种轴承钢"


@pytest.mark.parametrize(("content", "said"), [(b"no workbook", ""), (b"", ""), (b"PK\x03\x04broken", "")])
def test_what_is_no_workbook_is_refused_and_the_draft_stays(
    officer: Actor, signed_in: Callable[..., Client], content: bytes, said: str
) -> None:
    before = draft().content
    answer = signed_in(Role.chain_officer).post(
        f"{DESK}upload/", {"file": SimpleUploadedFile("x.xlsx", content), "revision": 1}
    )
    assert answer.status_code == 400
    assert draft().content == before


def test_a_wrong_row_of_the_workbook_is_named(officer: Actor, signed_in: Callable[..., Client]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(from_plain(draft().content))))
    book["环节"]["D3"] = "头部"
    out = io.BytesIO()
    book.save(out)
    answer = signed_in(Role.chain_officer).post(
        f"{DESK}upload/", {"file": SimpleUploadedFile("x.xlsx", out.getvalue()), "revision": 1}
    )
    assert "“环节”表第3行" in answer.content.decode()


def test_the_desk_shows_faults_and_the_forms_write(officer: Actor, signed_in: Callable[..., Client]) -> None:
    client = signed_in(Role.chain_officer)
    given = {
        "id": "BEAR-x1", "name": "镀膜", "stage": "中游", "any": "镀膜；涂层", "industries": "3360 表面处理",
        "status": "draft", "revision": 1,
    }  # fmt: skip
    assert client.post(f"{DESK}node/", given).status_code == 302
    assert from_plain(draft().content).by_id["BEAR-x1"].terms.any == ("镀膜", "涂层")
    page = client.get(DESK).content.decode()
    assert "BEAR-x1“镀膜”没有任何连接" in page
    wrong = client.post(f"{DESK}node/", {**given, "id": "BEAR-x2", "industries": "轴承", "revision": 2})
    assert wrong.status_code == 400 and "行业代码" in wrong.content.decode()
    link = {"source": "BEAR-n01", "target": "BEAR-x1", "kind": "material", "revision": 2}
    assert client.post(f"{DESK}link/", link).status_code == 302
    assert client.post(f"{DESK}link/", {**link, "target": "nobody", "revision": 3}).status_code == 400
    assert client.post(f"{DESK}publish/", {"revision": 3}).status_code == 302
    compared = client.get("/chains/bearings/map/versions/2/compared/").content.decode()
    assert "BEAR-x1" in compared and "BEAR-n01→BEAR-x1" in compared


def test_drafts_are_for_those_who_draw(officer: Actor, signed_in: Callable[..., Client]) -> None:
    chief = signed_in(Role.chief)
    assert chief.get(DESK).status_code == 403
    assert chief.get("/chains/bearings/map/versions/2/").status_code == 404
    assert chief.get("/chains/bearings/map/versions/1/").status_code == 200
    assert "草稿" not in chief.get("/chains/bearings/map/versions/").content.decode()


def test_publishing_places_the_registry_again_on_changed_nodes_only(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    entry = ValueEntry(enterprise="E00000000Z", fact="business_scope", text="轴承制造；镀膜加工")
    enter(
        officer,
        Entries(new=[NewEnterprise(id="E00000000Z", name="样厂", name_kind="registered")], values=[entry]),
        source=Source(kind="officer", name="试", as_of=clock.today()),
    )
    place(officer, "bearings")
    where = Placement.objects.filter(chain="bearings", enterprise="E00000000Z")
    before = set(where.values_list("node", flat=True))
    changed = replace(from_plain(draft().content).by_id["BEAR-n05"], terms=NodeTerms("BEAR-n05", ("镀膜",)))
    put_node(officer, "bearings", changed, revision=1, replaces="BEAR-n05")
    drop_node(officer, "bearings", "BEAR-n12", revision=2)
    assert signed_in(Role.chain_officer).post(f"{DESK}publish/", {"revision": 3}).status_code == 302
    assert set(where.values_list("node", flat=True)) == before - {"BEAR-n12"} | {"BEAR-n05"}
    place(officer, "bearings")
    assert set(where.values_list("node", flat=True)) == before - {"BEAR-n12"} | {"BEAR-n05"}
