"""The chief opens the page of a chain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.kernel.claim import ClaimKind
from lianzhang.web.chains.overview.sorting import Part, part_of
from lianzhang.web.chains.overview.trade import trade_of
from lianzhang.web.chains.words import Names
from lianzhang.web.facts.models import Fact

PAGE = "/chains/equipment/"
#: Three of them are session, person and posts, asked on every page whatever it shows.
MOST_QUERIES = 10
MOST_BYTES = 150_000


@pytest.fixture
def chief(signed_in: Callable[..., Client]) -> Client:
    """The browser of the chief of the equipment chain."""
    return signed_in(Role.chief)


def words_of(response: Any) -> str:
    """What the page says, without markup, runs of space made one."""
    html = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def part(response: Any, anchor: str) -> str:
    """The markup of one part of the page."""
    found = re.search(
        rf'<section class="card[^"]*" id="{anchor}".*?</section>', response.content.decode(), re.DOTALL
    )
    assert found, anchor
    return found[0]


def test_the_first_sentence_says_scale_and_growth_newest_first(chief: Client, facts: list[Fact]) -> None:
    said = words_of(chief.get(PAGE))
    assert (
        "2025年上半年，聊城市装备制造产业营业收入176.88亿元，同比增长18.9%；2024年为318.4亿元，增长7.1%。"
        in said
    )


def test_titles_are_listed_and_never_added_up(chief: Client, facts: list[Fact]) -> None:
    said = words_of(chief.get(PAGE))
    assert "国家级小巨人12家、省级瞪羚29家" in said
    assert "不能相加" in said
    assert "41家" not in said


def test_every_accepted_fact_is_on_the_page_with_a_link_to_its_place(
    chief: Client, facts: list[Fact]
) -> None:
    html = chief.get(PAGE).content.decode()
    for fact in facts:
        assert fact.claim is not None
        address = reverse("bulletins:source", args=[fact.claim.document_id, fact.claim_id])
        assert f'href="{address}#c{fact.claim_id}"' in html, fact


@pytest.mark.parametrize("kind", [str(kind) for kind in ClaimKind])
@pytest.mark.parametrize("subject", ["聊城市装备制造产业", "临清市", "样例县", "时风集团"])
def test_no_accepted_fact_of_any_kind_is_left_out(
    chief: Client, facts: list[Fact], kind: str, subject: str
) -> None:
    kinds = {"聊城市装备制造产业": "chain", "临清市": "county", "样例县": "county"}
    said = {"kind": kind, "subject": subject, "subject_kind": kinds.get(subject, "enterprise")}
    for fact in facts[:3]:
        Fact.objects.filter(pk=fact.pk).update(**said, title="某称号", sub_field="某领域", project="某项目")
    html = chief.get(PAGE).content.decode()
    for fact in facts[:3]:
        assert f"/source/{fact.claim_id}/" in html, fact


def test_a_year_and_a_half_year_are_two_series_and_the_page_says_so(chief: Client, facts: list[Fact]) -> None:
    response = chief.get(PAGE)
    scale = part(response, "scale")
    data = json.loads(re.search(r'<script id="scale-1-data"[^>]*>(.*?)</script>', scale, re.DOTALL)[1])  # type: ignore[index]
    assert [series["name"] for series in data["series"]] == ["半年", "全年"]
    for series in data["series"]:
        assert sum(point is not None for point in series["points"]) == 1
    assert "不连成一条线" in words_of(response)


def test_what_the_chart_shows_is_what_the_table_says(chief: Client, facts: list[Fact]) -> None:
    scale = part(chief.get(PAGE), "scale")
    data = json.loads(re.search(r'<script id="scale-1-data"[^>]*>(.*?)</script>', scale, re.DOTALL)[1])  # type: ignore[index]
    table = re.search(r"<table.*?</table>", scale, re.DOTALL)[0]  # type: ignore[index]
    for series in data["series"]:
        for point in filter(None, series["points"]):
            for line in point["lines"]:
                assert line in table


def test_trade_is_split_into_firm_product_and_market(chief: Client, facts: list[Fact]) -> None:
    trade = part(chief.get(PAGE), "trade")
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", trade, re.DOTALL)]
    tractors = next(row for row in rows if "东欧、北非市场" in row)
    assert "|拖拉机|" in tractors
    assert "|销量|" in tractors
    assert "同比增长超60%" in trade
    assert "原文只说了变化" in trade


def test_a_planned_number_stands_apart_from_results_and_is_marked(chief: Client, facts: list[Fact]) -> None:
    projects = part(chief.get(PAGE), "projects")
    assert "chip--planned" in projects
    cells = re.findall(r'<td data-label="(计划|结果)">(.*?)</td>', projects, re.DOTALL)
    assert "1500" in dict(cells)["计划"]
    assert "1500" not in dict(cells)["结果"]


def test_an_announced_count_stands_beside_the_number_named_in_the_text(
    chief: Client, facts: list[Fact]
) -> None:
    policy = part(chief.get(PAGE), "policy")
    assert "与公布数不符" in policy
    assert "6项" in re.sub(r"<[^>]+>", "", policy)


def test_all_counties_are_listed_and_only_the_stated_choice_counts(chief: Client, facts: list[Fact]) -> None:
    response = chief.get(PAGE)
    counties = part(response, "counties")
    assert counties.count('class="tile ') == 11
    assert "11个县（市、区）和功能区，1个有出处" in counties
    assert "电机装备" not in re.findall(r'data-label="细分领域">(.*?)</td>', counties, re.DOTALL)


def test_a_withdrawn_fact_is_gone(chief: Client, facts: list[Fact]) -> None:
    from lianzhang.kernel import clock

    Fact.objects.filter(pk=facts[1].pk).update(withdrawn_at=clock.now())
    assert "176.88" not in chief.get(PAGE).content.decode()


def test_a_chain_without_facts_says_why_and_what_normally_appears(chief: Client, pack: None) -> None:
    response = chief.get(PAGE)
    said = words_of(response)
    assert "这条链还没有入库的数据" in said
    assert "逐条接受后" in said
    assert "<table" in part(response, "counties")
    assert 'id="scale"' not in response.content.decode()


def test_the_page_is_in_english_when_asked(chief: Client, facts: list[Fact]) -> None:
    chief.cookies["lianzhang-language"] = "en"
    response = chief.get(PAGE)
    said = words_of(response)
    assert '<html lang="en">' in response.content.decode()
    assert "17.688 billion yuan" in said
    assert "up 18.9% year on year" in said
    assert "over 30 million yuan" in said
    assert "Dongchangfu District" in said


def test_the_page_costs_few_queries_and_few_bytes(
    chief: Client, facts: list[Fact], django_assert_max_num_queries: Any
) -> None:
    chief.get(PAGE)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = chief.get(PAGE)
    assert len(response.content) <= MOST_BYTES


def test_a_chain_that_does_not_exist_and_one_that_is_not_mine_look_the_same(
    signed_in: Callable[..., Client], facts: list[Fact]
) -> None:
    stranger = signed_in(Role.chief, chains=("chemistry",))
    hidden, absent = stranger.get(PAGE), stranger.get("/chains/no-such-chain/")
    assert hidden.status_code == absent.status_code == 404
    assert words_of(hidden) == words_of(absent)


def test_an_administrator_is_refused_the_business_of_the_chains(
    signed_in: Callable[..., Client], facts: list[Fact]
) -> None:
    response = signed_in(Role.system_admin).get(PAGE)
    assert response.status_code == 403
    assert "176.88" not in response.content.decode()


def test_the_list_shows_the_overall_chain_with_its_sub_fields(chief: Client, facts: list[Fact]) -> None:
    said = words_of(chief.get("/chains/"))
    assert "装备制造产业链" in said
    assert "入库数据13条" in said
    assert "电线电缆" in said


def test_somebody_without_a_chain_is_told_what_would_appear(
    signed_in: Callable[..., Client], pack: None
) -> None:
    said = words_of(signed_in(Role.chief, chains=("chemistry",)).get("/chains/"))
    assert "还没有您可查看的产业链" in said


@pytest.mark.parametrize(
    ("indicator", "scope", "expected"),
    [
        ("拖拉机销量(东欧、北非市场)", "", ("拖拉机", "东欧、北非市场", "销量")),
        ("东欧、北非市场拖拉机销量", "", ("拖拉机", "东欧、北非市场", "销量")),
        ("拖拉机销量", "东欧、北非市场", ("拖拉机", "东欧、北非市场", "销量")),
        ("三轮车出口量", "", ("三轮车", "", "出口量")),
        ("外贸累计", "", ("", "", "外贸累计")),
    ],
)
def test_product_and_market_are_found_however_they_are_written(
    facts: list[Fact], indicator: str, scope: str, expected: tuple[str, str, str]
) -> None:
    fact = facts[7]
    fact.indicator, fact.scope = indicator, scope
    assert part_of(fact) is Part.TRADE
    [row] = trade_of([fact], Names(fact.chain)).rows
    assert (row.product, row.market, row.measure) == expected


def test_a_market_share_is_no_export(facts: list[Fact]) -> None:
    fact = facts[7]
    fact.indicator, fact.scope = "国内市场占有率", ""
    assert part_of(fact) is Part.REST


def test_titles_counted_in_one_county_are_not_those_of_the_chain(chief: Client, facts: list[Fact]) -> None:
    Fact.objects.filter(pk=facts[3].pk).update(subject="临清市", subject_kind="county")
    response = chief.get(PAGE)
    assert "省级瞪羚29家" not in words_of(response)
    assert "其他主体的称号数" in part(response, "titles")


def test_an_earlier_count_of_a_title_stays_on_the_page(chief: Client, facts: list[Fact]) -> None:
    Fact.objects.filter(pk=facts[3].pk).update(
        title="小巨人", level="国家级", value="9", period="2024-12-31", subject="聊城市装备制造产业链"
    )
    response = chief.get(PAGE)
    assert "国家级小巨人12家；" in words_of(response)
    assert "9家" in re.sub(r"<[^>]+>", "", part(response, "titles"))


def test_what_has_neither_number_nor_change_is_not_said_to_have_only_a_change(facts: list[Fact]) -> None:
    cells = render_to_string("cotton/fact_cells.html", {"of": facts[10]})
    assert "原文只说了变化" not in cells


def test_the_page_of_a_sub_field_lists_the_counties_it_concerns_and_no_others(
    chief: Client, facts: list[Fact]
) -> None:
    Fact.objects.filter(pk=facts[10].pk).update(field_chain="construction-machinery")
    response = chief.get("/chains/construction-machinery/")
    assert "选定本领域的有：东昌府区工程机械。" in words_of(response)
    rows = re.findall(r'<th scope="row">([^<]+) <span', part(response, "counties"))
    assert [row.strip() for row in rows] == ["东昌府区"]
    assert "未写明" not in part(response, "counties")


def test_parts_without_facts_are_named_once_and_not_shown_empty(chief: Client, facts: list[Fact]) -> None:
    Fact.objects.filter(kind="policy_count").update(
        subject="市场监管局", kind="metric", subject_kind="office"
    )
    response = chief.get(PAGE)
    assert 'id="policy"' not in response.content.decode()
    assert "还没有入库的：举措与清单" in words_of(response)
