"""From a file to the registry and back: compared, written whole, sent again, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict, LianzhangError, clock
from lianzhang.tables import TableRefused
from lianzhang.tables.export import export_csv, export_xlsx
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.imports.actions import commit as committing
from lianzhang.web.imports.actions.change import change
from lianzhang.web.imports.actions.commit import confirm
from lianzhang.web.imports.actions.receive import receive
from lianzhang.web.imports.actions.see_through import see_through
from lianzhang.web.imports.actions.undo import undo
from lianzhang.web.imports.listing import enterprises_listing
from lianzhang.web.imports.models import Batch
from lianzhang.web.journal.models import Event
from lianzhang.web.people.permission import Forbidden
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import enter
from lianzhang.web.registry.entries import Entries, Source, ValueEntry
from lianzhang.web.registry.models import (
    Contact,
    Enterprise,
    EnterpriseValue,
    ExportRecord,
    SupplyLink,
    TitleHolding,
)
from lianzhang.web.registry.titles import holdings_in_force, state_on, valid_until
from tests.tables.books import code
from tests.web.imports.conftest import HEAD, counts, imported, previewed, rows, table

pytestmark = pytest.mark.django_db


def values_of(name: str) -> dict[str, Any]:
    firm = Enterprise.objects.get(name=name)
    found = {}
    for row in queries.values_of([firm.pk]):
        found[f"{row.fact}@{row.period}" if row.period else row.fact] = (
            row.number if row.number is not None else row.text
        )
    return found


def test_good_rows_become_enterprises_with_source_and_everything_said(officer: Actor) -> None:
    batch = imported(officer, table(*rows(3)), source="市工信局名录")
    assert counts(batch) == {"new": 3, "changed": 0, "unchanged": 0, "duplicate": 0, "errors": 0}
    firm = Enterprise.objects.get(credit_code=code(2))
    assert (firm.name, firm.status, firm.region) == ("样例2号机械有限公司", "active", "371526")
    assert firm.recording.source == "市工信局名录" and firm.recording.batch == batch.pk
    said = values_of(firm.name)
    assert (said["registered_capital"], said["established_on"]) == (Decimal(200), "2012-05-18")
    assert said["products"] == "拖拉机\n柴油机"
    assert Contact.objects.get(enterprise=firm).phone_masked == "138****0000"


def test_the_same_file_again_changes_nothing(officer: Actor) -> None:
    imported(officer, table(*rows(3)))
    again = imported(officer, table(*rows(3)))
    assert counts(again) == {"new": 0, "changed": 0, "unchanged": 3, "duplicate": 0, "errors": 0}
    assert Enterprise.objects.count() == 3
    assert not EnterpriseValue.objects.filter(recording__batch=again.pk).exists()


def test_changes_show_old_and_new_and_blank_cells_change_nothing(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    newer = rows(2)
    newer[0][3], newer[0][4], newer[1][5] = "超150", "", "注销"
    batch = previewed(officer, table(*newer))
    assert counts(batch) == {"new": 0, "changed": 2, "unchanged": 0, "duplicate": 0, "errors": 0}
    shown = {(item["row"], item["zh"]): (item["old"], item["new"]) for item in batch.preview["changes"]}
    assert shown == {(2, "注册资本"): ("100", "over 150"), (3, "登记状态"): ("存续", "注销")}
    confirm(officer, batch.pk, version=batch.version, in_background=False)
    see_through(batch.pk)
    assert Enterprise.objects.get(credit_code=code(2)).status == "cancelled"
    assert counts(imported(officer, table(*newer)))["unchanged"] == 2


def test_bad_rows_stay_out_and_their_corrected_file_brings_them_in(officer: Actor) -> None:
    lines = rows(6)
    lines[2][4], lines[4][0] = "去年", "9.137E+17"
    batch = imported(officer, table(*lines))
    assert counts(batch)["new"] == 4 and counts(batch)["errors"] == 2
    assert {(item["row"], item["rule"]) for item in batch.preview["faults"]} == {
        (4, "date_form"),
        (6, "code_as_number"),
    }
    assert counts(imported(officer, table(*rows(6)))) == {
        "new": 2, "changed": 0, "unchanged": 4, "duplicate": 0, "errors": 0,
    }  # fmt: skip


def test_a_whole_batch_is_taken_back_and_what_it_changed_is_as_before(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    newer = rows(4)
    newer[0][3] = "999"
    batch = imported(officer, table(*newer))
    assert undo(officer, batch.pk) == 3
    assert queries.every().count() == 2
    assert counts(previewed(officer, table(*rows(2))))["unchanged"] == 2
    with pytest.raises(Conflict, match="已经撤销"):
        undo(officer, batch.pk)


def test_after_seven_days_or_later_work_a_batch_is_not_undone(officer: Actor) -> None:
    batch = imported(officer, table(*rows(2)))
    Batch.objects.filter(pk=batch.pk).update(committed_at=clock.now() - timedelta(days=8))
    with pytest.raises(Conflict, match="7天"):
        undo(officer, batch.pk)
    Batch.objects.filter(pk=batch.pk).update(committed_at=clock.now())
    firm = Enterprise.objects.get(credit_code=code(1))
    entry = ValueEntry(enterprise=firm.pk, fact="address", text="高唐")
    enter(officer, Entries(values=[entry]), source=Source(kind="officer", name="电话"))
    with pytest.raises(Conflict, match="样例1号"):
        undo(officer, batch.pk)
    assert queries.every().count() == 2


def test_a_failure_while_writing_leaves_nothing_behind(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = previewed(officer, table(*rows(3)))
    confirm(officer, batch.pk, version=batch.version, in_background=False)
    events = Event.objects.count()

    def fail(*arguments: Any, **named: Any) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(committing, "_remember", fail)
    with pytest.raises(RuntimeError):
        see_through(batch.pk)
    assert Enterprise.objects.count() == 0
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.FAILED
    assert list(Event.objects.filter(seq__gt=events).values_list("verb", "result")) == [
        ("import.read", "failed")
    ]


def test_a_batch_left_half_way_by_a_stopped_process_is_taken_up_again(officer: Actor) -> None:
    batch = previewed(officer, table(*rows(3)))
    confirm(officer, batch.pk, version=batch.version, in_background=False)
    Batch.objects.filter(pk=batch.pk).update(attempts=2)
    assert see_through(batch.pk).state == Batch.State.DONE
    assert see_through(batch.pk).state == Batch.State.DONE
    assert Enterprise.objects.count() == 3


def test_what_stopped_the_program_three_times_is_not_begun_again(officer: Actor) -> None:
    batch = receive(officer, table(*rows(1)), kind="enterprises", name="a.csv", in_background=False)
    Batch.objects.filter(pk=batch.pk).update(attempts=3)
    assert see_through(batch.pk).state == Batch.State.FAILED


def test_two_officers_do_not_write_one_batch_twice(officer: Actor, actor: Callable[..., Actor]) -> None:
    batch = previewed(officer, table(*rows(2)))
    confirm(officer, batch.pk, version=batch.version, in_background=False)
    with pytest.raises(Conflict):
        confirm(actor(Role.chain_officer), batch.pk, version=batch.version, in_background=False)
    with pytest.raises(Conflict):
        change(officer, batch.pk, version=batch.version, chosen={"0": "-"}, in_background=False)


def test_a_name_whose_enterprise_has_another_code_is_asked_about_and_stays_out(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    other = rows(1, start=50)
    other[0][1] = "样例1号机械有限公司"
    batch = previewed(officer, table(*other))
    assert counts(batch)["duplicate"] == 1
    firm = Enterprise.objects.get()
    [asked] = batch.preview["duplicates"]
    assert (asked["row"], asked["name"], asked["like"]) == (2, firm.name, [firm.pk])
    confirm(officer, batch.pk, version=batch.version, in_background=False)
    see_through(batch.pk)
    assert Enterprise.objects.count() == 1
    second = previewed(officer, table(*other))
    change(officer, second.pk, version=second.version, decisions={"2": "new"}, in_background=False)
    assert counts(see_through(second.pk))["new"] == 1
    third = previewed(officer, table(*other))
    change(officer, third.pk, version=third.version, decisions={"2": firm.pk}, in_background=False)
    assert counts(see_through(third.pk))["changed"] == 1


def test_chosen_columns_are_remembered_for_the_next_file(officer: Actor) -> None:
    head = [*HEAD[:2], "备用栏"]
    line = [*rows(1)[0][:2], "高唐县人民路1号"]
    batch = previewed(officer, table(line, head=head))
    assert batch.preview["columns"][2]["field"] == ""
    changed = change(officer, batch.pk, version=batch.version, chosen={"2": "address"}, in_background=False)
    again = see_through(changed.pk)
    confirm(officer, again.pk, version=again.version, in_background=False)
    see_through(again.pk)
    assert values_of("样例1号机械有限公司")["address"] == "高唐县人民路1号"
    later = previewed(officer, table([*rows(1, start=9)[0][:2], "某路"], head=head))
    assert (later.preview["columns"][2]["field"], later.preview["columns"][2]["how"]) == ("address", "memory")


def test_a_code_failing_its_check_comes_in_knowingly_and_stays_unverified(officer: Actor) -> None:
    line = rows(1)[0]
    line[0] = line[0][:17] + ("0" if line[0][17] != "0" else "1")
    assert counts(previewed(officer, table(line)))["errors"] == 1
    imported(officer, table(line), keep_unverified=True)
    assert Enterprise.objects.get().code_verified is False


def test_all_or_nothing_writes_nothing_while_a_row_is_bad(officer: Actor) -> None:
    lines = rows(3)
    lines[1][4] = "去年"
    batch = previewed(officer, table(*lines))
    batch = change(officer, batch.pk, version=batch.version, all_or_nothing=True, in_background=False)
    batch = see_through(batch.pk)
    with pytest.raises(TableRefused, match="全有或全无"):
        confirm(officer, batch.pk, version=batch.version, in_background=False)


def test_county_officers_import_their_own_county_only(actor: Callable[..., Actor]) -> None:
    county = actor(Role.county_officer)
    lines = rows(3)
    lines[1][2], lines[2][2] = "临清市", ""
    batch = imported(county, table(*lines))
    assert counts(batch) == {"new": 2, "changed": 0, "unchanged": 0, "duplicate": 0, "errors": 1}
    assert batch.preview["faults"][0]["rule"] == "other_county"
    assert set(Enterprise.objects.values_list("region", flat=True)) == {"371526"}


def test_chiefs_and_analysts_import_nothing(actor: Callable[..., Actor]) -> None:
    for role in (Role.chief, Role.analyst, Role.enterprise_user, Role.audit_admin):
        with pytest.raises(Forbidden):
            receive(actor(role), table(*rows(1)), kind="enterprises", name="a.csv", in_background=False)


def test_departments_bring_titles_but_no_enterprises(officer: Actor, actor: Callable[..., Actor]) -> None:
    imported(officer, table(*rows(1)))
    titles = table(
        ["样例1号机械有限公司", "瞪羚企业", "2023年", "2026-12-31"],
        head=["企业名称", "称号", "认定时间", "有效期至"],
    )
    department = actor(Role.department_officer)
    assert imported(department, titles, kind="titles").state == Batch.State.DONE
    assert imported(department, table(*rows(1, start=7))).state == Batch.State.FAILED
    assert Enterprise.objects.count() == 1


def test_each_further_kind_is_written_once_and_then_unchanged(officer: Actor) -> None:
    load_pack("liaocheng")
    imported(officer, table(*rows(2)))
    one, two = "样例1号机械有限公司", "样例2号机械有限公司"
    files = {
        "titles": table([one, "瞪羚企业", "省级", "2023年"], head=["企业名称", "称号", "级别", "认定时间"]),
        "figures": table(
            [one, "2024", "近1.2", "30"], head=["企业名称", "年份", "营业收入（亿元）", "从业人员"]
        ),
        "exports": table(
            [one, "2025年上半年", "3000多万元", "俄罗斯"], head=["企业名称", "年份", "出口额", "目的国"]
        ),
        "links": table([one, two, "轴承", "500"], head=["供应商", "采购商", "产品", "采购金额（万元）"]),
        "projects": table(["样例项目", one, "1.2"], head=["项目名称", "建设单位", "总投资（亿元）"]),
    }
    batches = {}
    for kind, content in files.items():
        batches[kind] = imported(officer, content, kind=kind)
        assert counts(batches[kind]) == {
            "new": 1,
            "changed": 0,
            "unchanged": 0,
            "duplicate": 0,
            "errors": 0,
        }, kind
        assert counts(imported(officer, content, kind=kind))["unchanged"] == 1, kind
    assert values_of(one)["revenue_ly@2024"] == Decimal(12000)
    assert EnterpriseValue.objects.get(fact="revenue_ly").qualifier == "near"
    assert TitleHolding.objects.get().level == "省级"
    assert (ExportRecord.objects.get().qualifier, SupplyLink.objects.get().buyer.name) == ("over", two)
    for kind, batch in batches.items():
        assert undo(officer, batch.pk) >= 1, kind
        assert counts(previewed(officer, files[kind], kind=kind))["new"] == 1, kind


def test_rows_about_unknown_enterprises_are_named_errors(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    batch = previewed(
        officer,
        table(
            ["没有这家有限公司", "瞪羚企业"], ["样例1号机械有限公司", "瞪羚企业"], head=["企业名称", "称号"]
        ),
        kind="titles",
    )
    assert counts(batch)["errors"] == 1 and batch.preview["faults"][0]["rule"] == "unknown_enterprise"


@pytest.mark.parametrize("write", [export_csv, export_xlsx])
def test_what_is_exported_imports_again_without_a_change(officer: Actor, write: Callable[..., bytes]) -> None:
    lines = rows(5)
    lines[3][1] = "=样例@公司"
    imported(officer, table(*lines))
    back = previewed(officer, write(enterprises_listing(officer)))
    assert counts(back) == {"new": 0, "changed": 0, "unchanged": 5, "duplicate": 0, "errors": 0}


def test_a_refused_file_leaves_a_batch_that_says_why_and_nothing_else(officer: Actor) -> None:
    batch = previewed(officer, table(["2025-08-15", "会议室"], head=["会议时间", "会议地点"]))
    assert batch.state == Batch.State.FAILED
    assert "没有找到" in batch.failure["what"]["zh"]
    with pytest.raises(LianzhangError):
        receive(officer, b"%PDF-1.7", kind="enterprises", name="a.xlsx", in_background=False)
    assert Batch.objects.count() == 1


def test_a_form_sent_twice_brings_one_batch(officer: Actor) -> None:
    from uuid import uuid4

    key = uuid4()
    one, two = (
        receive(officer, table(*rows(1)), kind="enterprises", name="a.csv", form_key=key, in_background=False)
        for _ in range(2)
    )
    assert one.pk == two.pk == key


def test_a_list_of_titles_links_what_is_sure_and_asks_about_the_middle_band(officer: Actor) -> None:
    from tests.web.registry.conftest import make_enterprise

    sure = make_enterprise(officer, "山东时风(集团)有限责任公司")
    first = make_enterprise(officer, "临清市宏达轴承有限公司", county="371581")
    second = make_enterprise(officer, "冠县宏达轴承有限公司", county="371525")
    content = table(
        ["山东時風集团有限责任公司", "瞪羚企业"],
        ["宏达轴承", "瞪羚企业"],
        ["没有这家有限公司", "瞪羚企业"],
        head=["企业名称", "称号"],
    )
    batch = previewed(officer, content, kind="titles")
    assert counts(batch) == {"new": 1, "changed": 0, "unchanged": 0, "duplicate": 1, "errors": 1}
    asked = batch.preview["duplicates"][0]
    assert set(asked["like"]) == {first.pk, second.pk}
    imported(officer, content, kind="titles")
    assert [row.enterprise_id for row in TitleHolding.objects.all()] == [sure.pk]


def test_rows_that_name_their_source_keep_it(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    head = ["企业名称", "称号", "来源"]
    lines = [
        ["样例1号机械有限公司", "瞪羚企业", "鲁工信发〔2024〕1号"],
        ["样例2号机械有限公司", "瞪羚企业", ""],
    ]
    batch = imported(officer, table(*lines, head=head), kind="titles", source="市里名单")
    said = dict(TitleHolding.objects.values_list("enterprise__name", "recording__source"))
    assert said == {"样例1号机械有限公司": "鲁工信发〔2024〕1号", "样例2号机械有限公司": "市里名单"}
    assert undo(officer, batch.pk) == 2


def test_what_became_of_titles_comes_with_the_list_and_is_not_said_twice(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    one, two = "样例1号机械有限公司", "样例2号机械有限公司"
    head = ["企业名称", "称号", "认定时间", "有效期至", "复核日期", "状态", "撤销日期", "撤销原因"]
    lines = table(
        [one, "瞪羚企业", "2020", "2026-12-31", "2023-12-20", "复核通过", "", ""],
        [two, "瞪羚企业", "2020", "2023-12-31", "", "已撤销", "2022-06-01", "迁出本市"],
        head=head,
    )
    assert counts(imported(officer, lines, kind="titles"))["new"] == 2
    first, second = holdings_in_force().order_by("enterprise__name")
    assert [state_on(first, date(year, 7, 1)) for year in (2022, 2025, 2027)] == ["valid", "valid", "lapsed"]
    assert [state_on(second, date(year, 7, 1)) for year in (2021, 2022)] == ["valid", "revoked"]
    assert counts(imported(officer, lines, kind="titles"))["unchanged"] == 2
    assert [change.because for change in second.told_changes] == ["迁出本市"]


def test_a_later_word_on_a_title_is_added_to_it_and_is_undone_alone(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    one, head = "样例1号机械有限公司", ["企业名称", "称号", "认定时间", "有效期至"]
    imported(officer, table([one, "瞪羚企业", "2020", ""], head=head), kind="titles")
    later = imported(officer, table([one, "瞪羚企业", "2020", "2026-12-31"], head=head), kind="titles")
    assert counts(later)["changed"] == 1
    [title] = holdings_in_force()
    assert valid_until(title) == date(2026, 12, 31)
    assert undo(officer, later.pk) == 1
    assert valid_until(holdings_in_force().get()) is None


def test_a_batch_in_another_process_is_left_alone_until_it_was_silent_for_long(officer: Actor) -> None:
    from lianzhang.web.imports.actions.see_through import is_left_behind

    batch = receive(officer, table(*rows(1)), kind="enterprises", name="a.csv", in_background=False)
    assert not is_left_behind(batch)
    batch.begun = clock.now() - timedelta(minutes=6)
    assert is_left_behind(batch)
    assert not is_left_behind(see_through(batch.pk))
