"""The pages about enterprises, as each role meets them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.journal.models import Event
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import enter, judge, load_enterprises
from lianzhang.web.registry.entries import ContactEntry, Entries, TitleEntry
from lianzhang.web.registry.models import Contact, Enterprise, SavedView
from tests.web.registry.conftest import CODE, GAOTANG, LINQING, SHIFENG, make_enterprise, say, source, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def test_initials_pinyin_and_short_names_find_the_enterprise(office: Client, officer: Actor) -> None:
    make_enterprise(officer, short=("时风集团",))
    make_enterprise(officer, "山东金帝精密机械科技股份有限公司", county="371502")
    for words in ("sfjt", "SFJT", "ｓｆｊｔ", "shifeng", "时风", "时风 集团", "時風"):
        page = text_of(office.get("/enterprises/", {"words": words}))
        assert SHIFENG in page and "金帝" not in page, words
    assert "没有符合这些条件的企业" in text_of(office.get("/enterprises/", {"words": "zzzz"}))


def test_filters_narrow_by_county_title_and_industry(office: Client, officer: Actor) -> None:
    load_pack("liaocheng")
    row = make_enterprise(officer, industry_code="3572", chains="equipment\nagricultural-machinery")
    make_enterprise(officer, "临清某轴承有限公司", county=LINQING, industry_code="3451")
    titled = TitleEntry(enterprise=row.pk, title="专精特新中小企业", awarded="2024")
    enter(officer, Entries(titles=[titled]), source=source("名单"))
    for wanted in (
        {"county": GAOTANG},
        {"industry": "357"},
        {"title": "专精特新中小企业"},
        {"chain": "agricultural-machinery"},
    ):
        page = text_of(office.get("/enterprises/", wanted))
        assert SHIFENG in page and "临清某轴承" not in page, wanted
    assert "临清某轴承" in text_of(office.get("/enterprises/", {"industry": "abc", "county": "nowhere"}))


def test_a_filter_that_is_not_understood_says_so(office: Client, officer: Actor) -> None:
    make_enterprise(officer)
    for wrong in ({"words": "长" * 101}, {"industry": "C34"}):
        page = text_of(office.get("/enterprises/", wrong))
        assert SHIFENG in page and "这一条没有用来筛选。" in page, wrong
    assert "没有用来筛选" not in text_of(office.get("/enterprises/", {"words": "时风", "industry": "35"}))


def test_the_csv_holds_what_is_shown_and_no_formula(office: Client, officer: Actor) -> None:
    make_enterprise(officer, "=HYPERLINK(1)有限公司", credit_code=CODE)
    make_enterprise(officer, "临清某轴承有限公司", county=LINQING)
    answer = office.get("/enterprises/export/", {"county": GAOTANG, "as": "csv"})
    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK(1)有限公司" in table and "临清" not in table.split("企业名称")[1]
    assert "高唐县" in table and CODE in table


def cells_of(answer: Any) -> list[list[Any]]:
    """The first sheet of a workbook, every cell with whether it is a formula."""
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[(cell.value, cell.data_type) for cell in row] for row in book.worksheets[0].iter_rows()]


def test_the_workbook_has_the_chosen_columns_says_whence_it_comes_and_runs_nothing(
    office: Client, officer: Actor
) -> None:
    make_enterprise(officer, "=cmd|'/c calc'!A1有限公司", credit_code=CODE, revenue_ly=1200)
    make_enterprise(officer, "临清某轴承有限公司", county=LINQING)
    wanted = {"county": GAOTANG, "columns": ["name", "credit_code", "fact.revenue_ly", "nonsense"]}
    cells = cells_of(office.get("/enterprises/export/", wanted))
    assert not any(kind == "f" for row in cells for _, kind in row)
    about = " ".join(str(row[0][0]) for row in cells[:8])
    assert "链长企业库" in about and "高唐县" in about and "测试链长办工作人员" in about
    head, *rows = [[value for value, _ in row] for row in cells[8:]]
    assert head[0] == "企业名称" and len(head) == 3 and "万元" in head[2]
    assert rows == [["=cmd|'/c calc'!A1有限公司", CODE, "1200 [2024]"]]


def test_columns_are_kept_with_the_view_and_shown_on_the_page(office: Client, officer: Actor) -> None:
    make_enterprise(officer, address="高唐县人和路")
    query = f"county={GAOTANG}&columns=name&columns=fact.address&columns=nonsense"
    office.post("/enterprises/views/", {"name": "地址", "query": query})
    view = SavedView.objects.get()
    assert view.query == f"county={GAOTANG}&columns=name&columns=fact.address"
    page = text_of(office.get(f"/enterprises/?{view.query}"))
    assert "高唐县人和路" in page and "fact.address" in page


def test_restricted_values_stay_out_of_the_files_of_those_who_may_not_see_them(
    signed_in: Browser, officer: Actor
) -> None:
    make_enterprise(officer, total_assets=5000)
    wanted = {"columns": ["name", "fact.total_assets"]}
    for role, seen in ((Role.chain_officer, True), (Role.analyst, False)):
        text = str(cells_of(signed_in(role).get("/enterprises/export/", wanted)))
        assert ("5000 [2024]" in text) == seen and ("限阅" in text) != seen


def test_a_view_is_kept_and_forgotten_by_its_owner_alone(signed_in: Browser) -> None:
    mine, other = signed_in(Role.chain_officer), signed_in(Role.analyst)
    kept = {"name": "高唐企业", "query": f"county={GAOTANG}&evil=1"}
    assert mine.post("/enterprises/views/", kept).status_code == 302
    view = SavedView.objects.get()
    assert view.query == f"county={GAOTANG}"
    assert "高唐企业" in text_of(mine.get("/enterprises/"))
    assert "高唐企业" not in text_of(other.get("/enterprises/"))
    other.post(f"/enterprises/views/{view.pk}/remove/")
    assert SavedView.objects.exists()
    mine.post(f"/enterprises/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


def test_an_empty_registry_offers_the_firms_of_the_pack(signed_in: Browser) -> None:
    office, analyst = signed_in(Role.chain_officer), signed_in(Role.analyst)
    assert "载入数据包" in text_of(office.get("/enterprises/"))
    assert "载入数据包" not in text_of(analyst.get("/enterprises/"))
    assert office.post("/enterprises/load/").status_code == 302
    assert Enterprise.objects.count() == 92


def test_the_profile_shows_source_date_doubt_and_what_was_said_before(office: Client, officer: Actor) -> None:
    load_enterprises(officer, "liaocheng")
    row = Enterprise.objects.get(pk="E037")
    page = text_of(office.get("/enterprises/E037/"))
    assert "未核实" in page and "可信度低" in page and "公开报道" in page
    say(officer, row, "address", "高唐县人和路", name="走访", as_of=date(2025, 8, 1))
    say(officer, row, "address", "高唐县鼓楼路", name="年报", as_of=date(2025, 9, 1))
    page = text_of(office.get("/enterprises/E037/"))
    assert page.index("高唐县鼓楼路") < page.index("高唐县人和路")
    assert "2025年9月1日" in page and "走访" in page
    assert "不详" in page


def test_an_earlier_day_can_be_asked_for(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer, address="旧址", from_source=source(as_of=date(2023, 1, 1)))
    say(officer, row, "address", "新址", as_of=date(2025, 1, 1))
    assert "新址" not in text_of(office.get(f"/enterprises/{row.pk}/", {"on": "2024-06-30"}))
    assert "新址" in text_of(office.get(f"/enterprises/{row.pk}/", {"on": "2024-13-99"}), status=400)


def test_titles_say_ever_named_and_valid_today_apart(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    titles = [
        TitleEntry(
            enterprise=row.pk, title="专精特新中小企业", awarded="2019", valid_until=date(2022, 12, 31)
        ),
        TitleEntry(enterprise=row.pk, title="瞪羚企业", awarded="2024"),
    ]
    enter(officer, Entries(titles=titles), source=source("名单"))
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert "曾获2项" in page and "仍有效0项" in page and "1项没有写明有效期" in page


def test_a_title_told_with_its_level_and_again_without_it_counts_once_and_is_shown_as_a_possible_double(
    office: Client, officer: Actor
) -> None:
    row = make_enterprise(officer)
    until = date(2099, 12, 31)
    titles = [
        TitleEntry(
            enterprise=row.pk, title="专精特新中小企业", level="省级", awarded="2024", valid_until=until
        ),
        TitleEntry(enterprise=row.pk, title="专精特新中小企业", awarded="2024"),
    ]
    enter(officer, Entries(titles=titles), source=source("名单"))
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert "曾获1项" in page and "仍有效1项" in page and "没有写明有效期" not in page
    assert page.count("似与另一条是同一称号") == 1


def test_an_alias_leads_to_the_record_it_became(office: Client, officer: Actor) -> None:
    old, new = make_enterprise(officer, "时风集团"), make_enterprise(officer)
    judge(officer, old.pk, new.pk, "same")
    answer = office.get(f"/enterprises/{new.pk}/")
    assert answer.status_code == 302 and answer["Location"] == f"/enterprises/{old.pk}/"
    assert new.pk in text_of(office.get(f"/enterprises/{old.pk}/"))


def test_a_county_sees_its_own_firms_and_cannot_tell_others_from_none(
    signed_in: Browser, officer: Actor
) -> None:
    own, other = make_enterprise(officer), make_enterprise(officer, "临清某轴承有限公司", county=LINQING)
    county = signed_in(Role.county_officer, region_code=GAOTANG)
    page = text_of(county.get("/enterprises/"))
    assert SHIFENG in page and "临清" not in page.split("<tbody>")[1]
    assert county.get(f"/enterprises/{own.pk}/").status_code == 200
    missing = county.get("/enterprises/E000000000/")
    foreign = county.get(f"/enterprises/{other.pk}/")
    assert (foreign.status_code, missing.status_code) == (404, 404)


def test_restricted_figures_are_hidden_from_analysts(signed_in: Browser, officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=123456, registered_capital=888)
    page = text_of(signed_in(Role.analyst).get(f"/enterprises/{row.pk}/"))
    assert "123456" not in page and "限阅" in page
    assert "888" in page
    assert "123456" in text_of(signed_in(Role.chain_officer).get(f"/enterprises/{row.pk}/"))


def test_an_officer_records_a_value_of_each_sort(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    for fact, said in (
        ("employees", {"value": "320", "period": "2024"}),
        ("has_own_brand", {"value": "yes"}),
        ("valid_honours", {"value": ["ip_demo", "ip_advantage"]}),
        ("established_on", {"value": "2001-05-08"}),
        ("products", {"value": "拖拉机\r\n 收获机 \r\n"}),
        ("credit_code", {"value": CODE.lower()}),
    ):
        row.refresh_from_db()
        form = {"fact": fact, "source": "走访", "as_of": "2025-06-30", "version": row.version, **said}
        assert text_of(office.get(f"/enterprises/{row.pk}/value/", {"fact": fact}))
        assert office.post(f"/enterprises/{row.pk}/value/", form).status_code == 302, fact
    row.refresh_from_db()
    assert (row.credit_code, row.products) == (CODE, "拖拉机\n收获机")
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    for words in ("320人", "是", "国家知识产权示范企业", "2001-05-08", "拖拉机、收获机"):
        assert words in page


@pytest.mark.parametrize(
    ("fact", "said", "words"),
    [
        ("employees", {"value": "很多", "period": "2024"}, "不是有限的数字"),
        ("employees", {"value": "12.5", "period": "2024"}, "不是整数"),
        ("employees", {"value": "12", "period": "2999"}, "还没有到"),
        ("employees", {"value": "12", "period": "去年"}, "时期"),
        ("employees", {"value": "", "period": "2024"}, "employees"),
        ("credit_code", {"value": "123"}, "18位"),
        ("established_on", {"value": "八月"}, "日期"),
        ("county", {"value": "火星"}, "火星"),
        ("address", {"value": "x", "as_of": "2999-01-01"}, "今天之后"),
        ("address", {"value": "x", "source": ""}, "field--wrong"),
    ],
)
def test_a_value_that_cannot_be_is_refused_beside_its_field(
    office: Client, officer: Actor, fact: str, said: dict[str, Any], words: str
) -> None:
    row = make_enterprise(officer)
    form = {"fact": fact, "source": "走访", "as_of": "2025-06-30", "version": row.version, **said}
    assert words in text_of(office.post(f"/enterprises/{row.pk}/value/", form), status=422)
    assert not queries.values_of([row.pk], [fact]).exclude(recording__source="县区月报").exists()


def test_the_second_of_two_officers_is_told(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    form = {
        "fact": "address",
        "value": "甲路",
        "source": "走访",
        "as_of": "2025-06-30",
        "version": row.version,
    }
    assert office.post(f"/enterprises/{row.pk}/value/", form).status_code == 302
    assert "别人改过" in text_of(
        office.post(f"/enterprises/{row.pk}/value/", form | {"value": "乙路"}), status=409
    )
    assert [row.text for row in queries.values_of([row.pk], ["address"])] == ["甲路"]


def test_adding_a_firm_that_is_there_asks_first(office: Client, officer: Actor) -> None:
    make_enterprise(officer, short=("时风集团",))
    form = {"name": "时风集团", "source": "走访", "county": GAOTANG}
    assert SHIFENG in text_of(office.post("/enterprises/new/", form), status=409)
    assert Enterprise.objects.count() == 1
    assert office.post("/enterprises/new/", form | {"anyway": "on"}).status_code == 302
    assert Enterprise.objects.count() == 2


def test_a_phone_is_masked_and_a_look_needs_a_reason(signed_in: Browser, officer: Actor) -> None:
    row = make_enterprise(officer)
    contact = ContactEntry(enterprise=row.pk, name="于某", phone="13812345678")
    enter(officer, Entries(contacts=[contact]), source=source("走访"))
    office, chief = signed_in(Role.chain_officer), signed_in(Role.chief)
    address = f"/enterprises/{row.pk}/contacts/{Contact.objects.get().pk}/"
    for browser in (office, chief):
        page = text_of(browser.get(f"/enterprises/{row.pk}/"))
        assert "138****5678" in page and "13812345678" not in page
    assert office.post(address, {"because": " "}).status_code == 302
    assert chief.post(address, {"because": "联系"}).status_code == 403
    assert not Event.objects.filter(verb="contact.reveal", result="done").exists()
    assert "13812345678" in text_of(office.post(address, {"because": "通知走访"}))
    [event] = Event.objects.filter(verb="contact.reveal", result="done")
    assert "通知走访" in event.after and "13812345678" not in event.after


def test_every_page_speaks_english(signed_in: Browser, officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200, county=GAOTANG)
    say(officer, row, "revenue_ly", 1300, name="年报")
    office = signed_in(Role.chain_officer)
    office.cookies["lianzhang-language"] = "en"
    for address in (
        "/enterprises/",
        f"/enterprises/{row.pk}/",
        "/enterprises/conflicts/",
        "/enterprises/new/",
    ):
        assert "Registry" in text_of(office.get(address)) or "enterprise" in text_of(office.get(address))
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert "12 million yuan" in page and "Gaotang County" in page


@pytest.mark.parametrize(
    "nonsense", ["\x00", "x" * 5000, "९९", "-1", "9" * 40, "𠀀𠀁", "' OR 1=1 --", "<script>"]
)
def test_nonsense_in_any_field_breaks_nothing(office: Client, officer: Actor, nonsense: str) -> None:
    row = make_enterprise(officer)
    gets = ("/enterprises/", "/enterprises/duplicates/", "/enterprises/conflicts/", f"/enterprises/{row.pk}/")
    asked = dict.fromkeys(
        ("words", "county", "industry", "page", "left", "right", "enterprise", "on"), nonsense
    )
    for address in gets:
        assert office.get(address, asked).status_code == (400 if row.pk in address else 200), address
    said = dict.fromkeys(
        ("left", "right", "seen", "because", "fact", "period", "chosen", "seen_up_to", "version", "name", "query",
         "value", "source", "as_of", "organisation", "county", "credit_code"),
        nonsense,
    )  # fmt: skip
    posts = (
        "duplicates/judge/",
        f"{row.pk}/settle/",
        f"{row.pk}/value/",
        "new/",
        "views/",
        f"{row.pk}/link/",
    )
    for address in posts:
        for decision in ("same", nonsense):
            answer = office.post(f"/enterprises/{address}", {**said, "decision": decision})
            assert answer.status_code < 500, address
    row.refresh_from_db()
    assert row.version == 1


def test_no_view_gives_way_unasked(office: Client) -> None:
    for number in range(21):
        office.post("/enterprises/views/", {"name": f"视图{number}", "query": f"county={GAOTANG}"})
    assert SavedView.objects.count() == 20 and SavedView.objects.filter(name="视图0").exists()
    assert "已有20个视图" in text_of(office.get("/enterprises/"))
    office.post("/enterprises/views/", {"name": "视图3", "query": f"county={LINQING}"})
    assert SavedView.objects.get(name="视图3").query == f"county={LINQING}"


def test_a_view_has_a_name_that_can_be_seen(office: Client) -> None:
    office.post("/enterprises/views/", {"name": "\u200b\u202e", "query": f"county={GAOTANG}"})
    assert not SavedView.objects.exists()
    assert "请给视图取个名字" in text_of(office.get("/enterprises/"))


def test_a_view_whose_title_is_gone_says_that_it_no_longer_narrows(office: Client, officer: Actor) -> None:
    make_enterprise(officer)
    page = text_of(office.get("/enterprises/", {"title": "早已没有的称号", "county": GAOTANG}))
    assert SHIFENG in page and "这一条没有用来筛选" in page
