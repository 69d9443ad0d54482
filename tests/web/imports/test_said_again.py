"""The same thing said again: another figure, another spelling, an older table, after a merger, by another county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict, clock
from lianzhang.tables import TableRefused
from lianzhang.web.imports.actions.commit import confirm
from lianzhang.web.imports.actions.receive import receive
from lianzhang.web.imports.actions.undo import undo
from lianzhang.web.imports.examining import Examined
from lianzhang.web.imports.models import Batch
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import enter, judge, link_subject
from lianzhang.web.registry.entries import ContactEntry, Entries
from lianzhang.web.registry.frames import supply_frame, values_frame
from lianzhang.web.registry.models import Enterprise, EnterpriseName, ExportRecord, SupplyLink, TitleHolding
from lianzhang.web.registry.profile import profile_of
from tests.tables.books import code
from tests.web.imports.conftest import counts, imported, previewed, rows, table
from tests.web.registry.conftest import LINQING, make_enterprise, source

pytestmark = pytest.mark.django_db
ONE, TWO = "样例1号机械有限公司", "样例2号机械有限公司"
LINKS = ["供应商", "采购商", "金额（万元）", "年份"]
EXPORTS = ["企业名称", "年份", "出口额（万元）", "数量"]


def link(amount: str, supplier: str = ONE, buyer: str = TWO) -> bytes:
    return table([supplier, buyer, amount, "2024"], head=LINKS)


def only(batch: Batch, outcome: str) -> bool:
    """Whether all rows had this outcome."""
    return all((name == outcome) == bool(count) for name, count in counts(batch).items())


def test_an_amount_said_anew_takes_the_place_of_the_earlier_one_and_is_not_added_to_it(
    officer: Actor,
) -> None:
    imported(officer, table(*rows(2)))
    imported(officer, link("100"), kind="links")
    later = imported(officer, link("120"), kind="links")
    assert only(later, "changed") and supply_frame()["amount"].to_list() == [Decimal(120)]
    assert only(imported(officer, link("120"), kind="links"), "unchanged")
    undo(officer, later.pk)
    assert supply_frame()["amount"].to_list() == [Decimal(100)]
    assert SupplyLink.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "head", "rest"),
    [
        ("enterprises", ["县区"], ["高唐县"]),
        ("figures", ["年份", "营业收入（万元）"], ["2024", "900"]),
        ("exports", ["年份", "出口额（万元）"], ["2024", "100"]),
        ("titles", ["称号"], ["瞪羚企业"]),
    ],
)
def test_the_code_of_one_beside_the_name_of_another_is_put_to_a_person(
    officer: Actor, kind: str, head: list[str], rest: list[str]
) -> None:
    imported(officer, table(*rows(2)))
    mixed = table([code(1), TWO, *rest], head=["统一社会信用代码", "企业名称", *head])
    batch = previewed(officer, mixed, kind=kind)
    assert only(batch, "duplicate")
    assert len((batch.preview or {})["duplicates"][0]["like"]) == 2
    assert set(Enterprise.objects.values_list("name", flat=True)) == {ONE, TWO}


def test_a_link_with_the_code_of_another_stays_with_the_name(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    head = ["供应企业", "供应企业信用代码", "采购企业"]
    imported(officer, table([ONE, code(2), TWO], head=head), kind="links")
    [link] = SupplyLink.objects.all()
    assert (link.supplier_id, link.supplier_name) == (None, ONE)


def test_a_table_of_figures_does_not_rename_the_firm_of_its_code(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    head = ["统一社会信用代码", "企业名称", "年份", "营业收入（万元）"]
    later = imported(officer, table([code(1), "样例1号机械厂", "2024", "900"], head=head), kind="figures")
    assert only(later, "new")
    assert Enterprise.objects.get().name == ONE
    assert "样例1号机械厂" not in EnterpriseName.objects.values_list("name", flat=True)
    renamed = imported(officer, table([code(1), "样例1号机械厂"], head=head[:2]))
    assert only(renamed, "changed") and Enterprise.objects.get().name == "样例1号机械厂"


def test_a_blank_cell_leaves_the_other_number_of_an_export_as_it_was(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    imported(officer, table([ONE, "2024", "100", "30"], head=EXPORTS), kind="exports")
    later = table([ONE, "2024", "超150", ""], head=EXPORTS)
    assert only(imported(officer, later, kind="exports"), "changed")
    [row] = queries.exports_in_force()
    assert (row.amount, row.qualifier, row.quantity) == (Decimal(150), "over", Decimal(30))
    assert only(imported(officer, later, kind="exports"), "unchanged")


def test_an_import_whose_words_were_replaced_since_is_undone_last(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    batches = [
        imported(officer, table([ONE, "2024", amount, ""], head=EXPORTS), kind="exports")
        for amount in ("100", "120", "130")
    ]
    with pytest.raises(Conflict, match=ONE):
        undo(officer, batches[1].pk)
    undo(officer, batches[2].pk)
    undo(officer, batches[1].pk)
    assert [row.amount for row in queries.exports_in_force()] == [Decimal(100)]
    assert ExportRecord.objects.count() == 3


def test_a_partner_that_joins_the_registry_later_is_the_partner_of_the_old_link(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    imported(officer, link("100"), kind="links")
    assert supply_frame()["buyer"].to_list() == [None]
    imported(officer, table(*rows(2)))
    two = queries.one(officer, Enterprise.objects.get(name=TWO).pk)
    assert two is not None and supply_frame()["buyer"].to_list() == [two.pk]
    assert [row.supplier_name for row in profile_of(officer, two).purchases] == [ONE]
    assert only(imported(officer, link("100"), kind="links"), "unchanged")


def test_partners_are_known_by_the_short_names_of_the_registry(officer: Actor) -> None:
    supplier = make_enterprise(officer, "聊城甲丙轴承有限公司", short=("甲丙轴承",))
    buyer = make_enterprise(officer, "聊城乙丁机床有限公司", short=("乙丁机床",))
    assert only(imported(officer, link("5", "甲丙轴承", "乙丁机床"), kind="links"), "new")
    [row] = SupplyLink.objects.all()
    assert (row.supplier_id, row.buyer_id) == (supplier.pk, buyer.pk)


def test_nobody_supplies_themselves(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    batch = previewed(officer, link("5", ONE, ONE), kind="links")
    assert only(batch, "errors") and batch.preview["faults"][0]["rule"] == "own_supplier"


@pytest.mark.parametrize(
    "written", ["样例(1)号有限公司", "样例（1）号 有限公司", "样例\u200b（1）号有限公司\ufeff"]
)
def test_another_way_of_writing_a_name_is_no_other_name(officer: Actor, written: str) -> None:
    imported(officer, table([code(1), "样例（1）号有限公司"], head=["信用代码", "企业名称"]))
    assert only(imported(officer, table([code(1), written], head=["信用代码", "企业名称"])), "unchanged")
    assert only(previewed(officer, table([written], head=["企业名称"])), "unchanged")
    assert EnterpriseName.objects.count() == 1


def test_an_older_table_is_written_once_and_newer_values_stand(officer: Actor) -> None:
    imported(officer, table(*rows(1)), as_of=date(2025, 6, 30))
    older = rows(1)
    older[0][3] = "50"
    first = imported(officer, table(*older), as_of=date(2024, 1, 1))
    assert [(item["old"], item["new"]) for item in first.preview["changes"]] == [("100", "50")]
    assert only(imported(officer, table(*older), as_of=date(2024, 1, 1)), "unchanged")
    assert only(imported(officer, table(*rows(1)), as_of=date(2025, 6, 30)), "unchanged")
    assert values_frame(facts=["registered_capital"])["number"].to_list() == [Decimal(100)]


def test_data_of_a_day_to_come_are_refused(officer: Actor) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(TableRefused, match="晚于今天"):
        receive(officer, table(*rows(1)), kind="enterprises", name="a.csv", as_of=tomorrow)
    assert not Batch.objects.exists()


@pytest.mark.parametrize("name", [ONE, TWO])
def test_after_a_merger_what_was_said_of_either_record_is_known(officer: Actor, name: str) -> None:
    imported(officer, table(*rows(2)))
    titles = table([name, "瞪羚企业", "2023"], head=["企业名称", "称号", "认定时间"])
    exports = table([name, "2024", "100", ""], head=EXPORTS)
    imported(officer, titles, kind="titles")
    imported(officer, exports, kind="exports")
    judge(officer, *Enterprise.objects.values_list("pk", flat=True), "same", because="同址同法人")
    assert only(imported(officer, titles, kind="titles"), "unchanged")
    assert only(imported(officer, exports, kind="exports"), "unchanged")
    assert TitleHolding.objects.count() == ExportRecord.objects.count() == 1
    # A list of the enterprises would give the one the code of the other, so it asks.
    again = counts(previewed(officer, table(*rows(2))))
    assert again["duplicate"] == 1


def test_an_import_on_whose_enterprises_others_rely_is_not_undone(officer: Actor) -> None:
    batch = imported(officer, table(*rows(2)))
    links = imported(officer, link("100", TWO, "外地某厂"), kind="links")
    with pytest.raises(Conflict, match="外地某厂"):
        undo(officer, batch.pk)
    undo(officer, links.pk)
    link_subject(officer, "样例一号", Enterprise.objects.get(name=ONE).pk)
    with pytest.raises(Conflict, match=ONE):
        undo(officer, batch.pk)
    assert queries.every().count() == 2


def test_rows_about_enterprises_of_another_county_are_named_and_the_others_come_in(
    officer: Actor, actor: Callable[..., Actor]
) -> None:
    make_enterprise(officer, "临清市某轴承有限公司", county=LINQING)
    imported(officer, table(*rows(1)))
    county = actor(Role.county_officer)
    files = {
        "enterprises": (["企业名称", "注册资本（万元）"], ["77"]),
        "figures": (["企业名称", "年份", "营业收入（万元）"], ["2024", "77"]),
        "exports": (["企业名称", "年份", "出口额（万元）"], ["2024", "77"]),
        "links": (["供应商", "采购商", "金额（万元）"], ["外地某厂", "77"]),
    }
    for kind, (head, rest) in files.items():
        content = table(["临清市某轴承有限公司", *rest], [ONE, *rest], head=head)
        batch = imported(county, content, kind=kind)
        assert (batch.state, batch.preview["faults"][0]["rule"]) == ("done", "other_county"), kind
        assert counts(batch)["errors"] == 1 and counts(batch)["unchanged"] == 0, kind
    assert Enterprise.objects.get(name="临清市某轴承有限公司").region == LINQING


def test_a_county_officer_s_new_firms_lie_in_the_county_and_their_links_reach_beyond_it(
    officer: Actor, actor: Callable[..., Actor]
) -> None:
    make_enterprise(officer, "临清市某轴承有限公司", county=LINQING)
    county = actor(Role.county_officer)
    imported(county, table([ONE], head=["企业名称"]))
    assert Enterprise.objects.get(name=ONE).region == "371526"
    batch = imported(county, link("9", ONE, "临清市某轴承有限公司"), kind="links")
    assert only(batch, "new") and undo(county, batch.pk) == 2


def test_two_rows_about_one_firm_under_two_names_are_not_both_believed(officer: Actor) -> None:
    firm = make_enterprise(officer, "聊城甲丙轴承有限公司", short=("甲丙轴承",))
    Enterprise.objects.filter(pk=firm.pk).update(credit_code=code(9))
    head = ["信用代码", "企业名称", "注册资本（万元）"]
    told = previewed(
        officer,
        table(
            [code(9), "聊城甲丙轴承有限公司", "100"],
            ["", "聊城甲丙轴承有限公司", "200"],
            head=head,
        ),
    )
    assert [(item["row"], item["rule"]) for item in told.preview["faults"]] == [(3, "duplicate")]
    lines = table(
        ["甲丙轴承", "外地某厂", "5", "2024"], ["聊城甲丙轴承有限公司", "外地某厂", "6", "2024"], head=LINKS
    )
    batch = imported(officer, lines, kind="links")
    assert counts(batch)["errors"] == 1 and supply_frame()["amount"].to_list() == [Decimal(5)]


def test_namesakes_of_one_table_are_two_firms_only_when_their_codes_say_so(officer: Actor) -> None:
    lines = [[code(1), "甲（集团）公司"], [code(2), "甲(集团)公司"], ["", "甲（集团）公司"], ["", "乙公司"]]
    batch = imported(officer, table(*lines, ["", "乙 公司"], head=["信用代码", "企业名称"]))
    assert counts(batch) == {"new": 3, "changed": 0, "unchanged": 0, "duplicate": 0, "errors": 2}
    assert [item["row"] for item in batch.preview["faults"]] == [4, 6]


def test_what_came_in_meanwhile_is_not_brought_twice(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two officers send the same list, and both were compared before either was written."""
    from lianzhang.web.imports.actions import see_through as seeing

    batch = previewed(officer, table(*rows(3)))
    confirm(officer, batch.pk, version=batch.version, in_background=False)
    look, looked = seeing.look_through, []

    def look_while_another_comes_in(own: Batch) -> Examined:
        examined = look(own)
        if own.pk == batch.pk and not looked:
            looked.append(own.pk)
            imported(officer, table(*rows(2)))
        return examined

    monkeypatch.setattr(seeing, "look_through", look_while_another_comes_in)
    assert counts(seeing.see_through(batch.pk)) == {
        "new": 1, "changed": 0, "unchanged": 2, "duplicate": 0, "errors": 0,
    }  # fmt: skip
    assert Enterprise.objects.count() == 3


def test_a_quantity_keeps_the_unit_of_its_column(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    head = ["企业名称", "年份", "出口额（万元）", "出口数量（台）"]
    assert only(imported(officer, table([ONE, "2024", "100", "1200台"], head=head), kind="exports"), "new")
    [row] = queries.exports_in_force()
    assert (row.quantity, row.quantity_unit) == (Decimal(1200), "台")
    assert only(
        imported(officer, table([ONE, "2024", "100", "1200"], head=head), kind="exports"), "unchanged"
    )
    refused = previewed(officer, table([ONE, "2023", "100", "30台"], head=EXPORTS), kind="exports")
    assert "数量（台）" in refused.preview["faults"][0]["zh"]


def test_a_contact_said_anew_takes_the_place_of_the_one_that_the_preview_showed(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    firm = Enterprise.objects.get()

    def now() -> list[tuple[str, str]]:
        return [(one.name, one.phone_masked) for one in queries.contacts_of([firm.pk])]

    renumbered, replaced = rows(1), rows(1)
    renumbered[0][8] = "13987654321"
    assert only(imported(officer, table(*renumbered)), "changed") and now() == [("张三", "139****4321")]
    replaced[0][7:] = ["李四", "13987654321"]
    batch = imported(officer, table(*replaced))
    assert [(item["old"], item["new"]) for item in batch.preview["changes"]] == [("张三", "李四")]
    assert now() == [("李四", "139****4321")], "the number of the row comes with the name"
    assert only(imported(officer, table(*replaced)), "unchanged")
    undo(officer, batch.pk)
    assert now() == [("张三", "139****4321")]


def test_of_several_contacts_a_table_speaks_of_the_one_it_names(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    firm = Enterprise.objects.get()
    second = ContactEntry(enterprise=firm.pk, name="王五", phone="13700000000")
    enter(officer, Entries(contacts=[second]), source=source())
    assert only(imported(officer, table(*rows(1))), "unchanged")
    changed = rows(1)
    changed[0][8] = "13987654321"
    assert only(imported(officer, table(*changed)), "changed")
    found = queries.contacts_of([firm.pk])
    assert [(one.name, one.phone_masked) for one in found] == [
        ("王五", "137****0000"),
        ("张三", "139****4321"),
    ]


def test_an_older_table_with_another_contact_is_written_once_and_the_newer_one_stands(officer: Actor) -> None:
    imported(officer, table(*rows(1)), as_of=date(2025, 6, 30))
    older = rows(1)
    older[0][7:] = ["赵六", "13611112222"]
    first = imported(officer, table(*older), as_of=date(2024, 1, 1))
    assert only(first, "changed")
    firm = Enterprise.objects.get()
    assert [one.name for one in queries.contacts_of([firm.pk])] == ["张三"]
    assert only(imported(officer, table(*older), as_of=date(2024, 1, 1)), "unchanged")
    undo(officer, first.pk)
    assert [one.name for one in queries.contacts_of([firm.pk])] == ["张三"]
