"""When a figure holds: as the words say, else as the publication date and the sentence before say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Certainty, Claim, Period
from lianzhang.reading import read

PUBLISHED = "2025-08-15"


def _claims(text: str, published: str | None = PUBLISHED) -> tuple[Claim, ...]:
    return read(text, published=published).claims


def _periods(text: str, published: str | None = PUBLISHED) -> list[str]:
    return [str(claim.period) for claim in _claims(text, published)]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("2024年", "2024"),
        ("2024年度", "2024"),
        ("2024年全年", "2024"),
        ("二〇二四年", "2024"),
        ("2025年上半年", "2025H1"),
        ("2024年下半年", "2024H2"),
        ("2025年一季度", "2025Q1"),
        ("2025年第一季度", "2025Q1"),
        ("2024年前三季度", "2024-01/2024-09"),
        ("2025年7月", "2025-07"),
        ("2025年7月份", "2025-07"),
        ("2025年1—7月", "2025-01/2025-07"),
        ("2025年1-7月", "2025-01/2025-07"),
        ("2025年1至7月", "2025-01/2025-07"),
        ("2025年1—6月", "2025H1"),
        ("2024年1月至11月", "2024-01/2024-11"),
        ("2024年1—12月", "2024"),
        ("2024年前11个月", "2024-01/2024-11"),
        ("2021—2024年", "2021/2024"),
        ("2025年8月1日", "2025-08-01"),
    ],
)
def test_a_period_that_names_its_year_needs_no_publication_date(words: str, period: str) -> None:
    for published in (PUBLISHED, "2027-01-01", None):
        assert _periods(f"{words}，明川市工业营业收入12亿元。", published) == [period]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("今年", "2025"),
        ("去年", "2024"),
        ("上年", "2024"),
        ("上半年", "2025H1"),
        ("今年上半年", "2025H1"),
        ("去年下半年", "2024H2"),
        ("一季度", "2025Q1"),
        ("今年第一季度", "2025Q1"),
        ("7月", "2025-07"),
        ("7月份", "2025-07"),
        ("1—7月", "2025-01/2025-07"),
        ("1-6月", "2025H1"),
        ("前7个月", "2025-01/2025-07"),
        ("前七个月", "2025-01/2025-07"),
        ("目前", "2025-08-15"),
    ],
)
def test_a_relative_period_is_resolved_against_the_publication_date(words: str, period: str) -> None:
    assert _periods(f"{words}，明川市工业营业收入12亿元。") == [period]


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("下半年", "2024H2"),
        ("四季度", "2024Q4"),
        ("12月", "2024-12"),
        ("前三季度", "2024-01/2024-09"),
        ("前11个月", "2024-01/2024-11"),
    ],
)
def test_a_stretch_that_is_not_over_yet_is_that_of_the_year_before(words: str, period: str) -> None:
    assert _periods(f"{words}，明川市工业营业收入12亿元。") == [period]


@pytest.mark.parametrize(("words", "period"), [("下半年", "2025H2"), ("四季度", "2025Q4")])
def test_a_stretch_still_to_come_is_this_year_s_when_the_sentence_plans(words: str, period: str) -> None:
    (claim,) = _claims(f"{words}，明川市将实现营业收入12亿元。")
    assert str(claim.period) == period
    assert claim.planned


def test_next_year_is_a_plan() -> None:
    (claim,) = _claims("明年，明川市将实现营业收入12亿元。")
    assert (str(claim.period), claim.planned) == ("2026", True)


@given(st.integers(2001, 2040), st.integers(1, 12), st.integers(1, 28))
def test_last_year_is_the_year_before_the_publication_whenever_that_is(
    year: int, month: int, day: int
) -> None:
    published = f"{year}-{month:02d}-{day:02d}"
    assert _periods("去年，明川市工业营业收入12亿元。", published) == [str(year - 1)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("截至2024年底", "2024-12-31"),
        ("截至2024年末", "2024-12-31"),
        ("截至6月底", "2025-06-30"),
        ("截至6月末", "2025-06-30"),
        ("截至2025年2月底", "2025-02-28"),
        ("截至2024年2月底", "2024-02-29"),
        ("截至2025年7月15日", "2025-07-15"),
        ("截至目前", "2025-08-15"),
    ],
)
def test_up_to_the_end_of_a_stretch_is_its_last_day(words: str, day: str) -> None:
    (claim,) = _claims(f"{words}，明川市有规上企业203家。")
    assert str(claim.period) == day
    assert claim.period is not None and claim.period.start == claim.period.end


def test_a_sentence_without_a_period_carries_the_one_before_and_says_so() -> None:
    first, second = _claims("2024年，明川市营业收入12亿元。税收5000万元。")
    assert (str(first.period), first.certainty) == ("2024", Certainty.SURE)
    assert (str(second.period), second.certainty) == ("2024", Certainty.UNSURE)
    assert [doubt.zh for doubt in second.doubts] == ["时期承接自上文。"]


def test_a_semicolon_does_not_end_a_period() -> None:
    first, second = _claims("2024年，明川市营业收入12亿元；利润总额1亿元。")
    assert str(first.period) == str(second.period) == "2024"
    assert second.certainty is Certainty.SURE


def test_a_day_of_counting_is_not_carried_on_to_what_was_earned() -> None:
    text = "2025年上半年，明川市营业收入26亿元。截至6月底，明川市有规上企业64家。税收2亿元。"
    assert _periods(text) == ["2025H1", "2025-06-30", "2025H1"]


def test_a_month_told_in_passing_does_not_replace_the_year() -> None:
    text = "2024年明川市装备制造业营业收入12亿元，其中12月营业收入1亿元。利润总额2亿元。"
    assert _periods(text) == ["2024", "2024-12", "2024"]


def test_each_part_of_a_sentence_keeps_its_own_period() -> None:
    text = "今年第一季度，明川市营业收入2亿元；上半年，营业收入5亿元。"
    assert _periods(text) == ["2025Q1", "2025H1"]


@pytest.mark.parametrize(
    ("comparison", "base"),
    [
        ("较2021年增长50%", "较2021年"),
        ("比2021年增长50%", "较2021年"),
        ("同比增长50%", "同比"),
        ("较去年同期增长50%", "同比"),
        ("环比增长50%", "环比"),
    ],
)
def test_what_a_figure_is_compared_with_is_never_its_period(comparison: str, base: str) -> None:
    (claim,) = _claims(f"2025年上半年，明川市营业收入12亿元，{comparison}。")
    assert str(claim.period) == "2025H1"
    assert claim.change is not None
    assert (claim.change.base, claim.change.pct) == (base, 50)


@pytest.mark.parametrize("comparison", ["较2021年", "与2021年相比", "比2021年", "较去年同期"])
def test_a_base_before_the_figure_is_not_its_period_either(comparison: str) -> None:
    (claim,) = _claims(f"2025年上半年，明川市营业收入{comparison}增长50%。")
    assert str(claim.period) == "2025H1"


def test_a_base_is_not_carried_to_the_next_sentence() -> None:
    text = "2025年上半年，明川市营业收入12亿元，较2021年增长50%。利润总额1亿元。"
    assert _periods(text) == ["2025H1", "2025H1"]


def test_the_value_of_the_year_before_is_a_figure_of_that_year() -> None:
    now, before = _claims("明川市2025年上半年营业收入12亿元，上年同期为10亿元。")
    assert (str(now.period), str(before.period)) == ("2025H1", "2024H1")
    assert before.indicator == now.indicator == "营业收入"
    assert before.quantity is not None and before.quantity.value == 10


def test_an_origin_long_ago_is_no_period() -> None:
    assert _periods("自2012年以来，明川市累计培育企业12家。") == ["None"]


@pytest.mark.parametrize("words", ["13月", "2月30日", "2025年2月29日", "1—13月"])
def test_a_date_that_does_not_exist_is_not_made_into_one(words: str) -> None:
    for claim in _claims(f"{words}，明川市工业营业收入12亿元。"):
        assert claim.period is None or claim.period.text == "2025"


def test_the_document_s_own_date_is_used_when_none_is_given() -> None:
    reading = read("明川市工业运行\n2025年7月28日\n上半年，明川市营业收入26.4亿元。")
    assert str(reading.document.published) == "2025-07-28"
    assert str(reading.claims[0].period) == "2025H1"


def test_the_given_date_wins_over_the_document_s_own() -> None:
    reading = read("2025年7月28日\n去年，明川市营业收入26.4亿元。", published="2024-07-28")
    assert str(reading.document.published) == "2024-07-28"
    assert str(reading.claims[0].period) == "2023"


def test_without_any_date_a_relative_period_stays_open() -> None:
    reading = read("上半年，明川市营业收入12亿元。")
    assert reading.document.published is None
    assert reading.claims[0].period is None


@given(st.integers(2001, 2040), st.integers(1, 12), st.integers(1, 12))
def test_a_named_month_is_never_later_than_the_month_of_publication(
    year: int, month: int, named: int
) -> None:
    published = Period.month(year, month)
    (claim,) = _claims(f"{named}月，明川市工业营业收入12亿元。", str(published))
    assert claim.period is not None
    assert claim.period.start.month == named
    assert claim.period.start <= published.end


@pytest.mark.parametrize("words", ["今年上半年", "今年", "去年"])
def test_a_year_that_had_to_be_guessed_is_in_doubt(words: str) -> None:
    claims = _claims(f"2024年，明川市营业收入12亿元。{words}，明川市出口额5亿元。", None)
    (told,) = [claim for claim in claims if claim.indicator == "出口额"]
    assert told.period is None or told.certainty is Certainty.UNSURE


def test_the_same_stretch_of_a_named_year_is_a_figure_of_that_year() -> None:
    now, before = _claims("明川市2025年上半年营业收入12亿元，2024年同期为10亿元。")
    assert (before.indicator, str(before.period)) == (now.indicator, "2024H1")


def test_where_a_value_came_from_is_not_a_second_value_of_the_year() -> None:
    reading = read("2024年，明川市营业收入由10亿元增长到12亿元。", published=PUBLISHED)
    assert reading.contradictions == ()
    held = [c.quantity.value for c in reading.claims if c.quantity and str(c.period) == "2024"]
    assert held == [12]


def test_a_goal_of_the_half_year_is_one_of_the_year_to_come() -> None:
    assert _periods("样例市确保上半年项目开工率达到100%。", "2024-04-03") == ["2024H1"]


def test_this_month_is_the_last_one_of_the_period_reported_on() -> None:
    text = "上半年，样例市工业增加值增长13%，其中当月工业增加值增长12%。"
    assert _periods(text, "2015-07-20") == ["2015H1", "2015-06"]


def test_when_a_firm_was_founded_is_no_time_of_its_figures() -> None:
    text = "2023年样例市产值5亿元。甲海重工有限公司成立于2003年，占地20亩。"
    assert "2003" not in _periods(text, "2024-05-09")


def test_where_orders_reach_to_is_no_time_of_the_order_book() -> None:
    text = "甲海重工有限公司订单已经排到了今年6月份，订单量20万台。"
    assert _periods(text, "2022-03-02") != ["2022-06"]


def test_the_goal_of_the_year_is_no_time_of_how_much_of_it_is_done() -> None:
    text = "上半年，样例市工业投资216.5亿元，完成全年目标的59.2%。"
    assert _periods(text, "2015-07-20") == ["2015H1", "2015H1"]


def test_a_second_period_in_the_sentence_holds_for_the_second_growth() -> None:
    text = "样例市确保一季度工业投资增长15%以上、全年增长10.5%以上。"
    assert _periods(text, "2025-03-26") == ["2025Q1", "2025"]


def test_what_is_signed_at_a_ceremony_is_signed_on_its_day() -> None:
    text = "2024年1至8月，样例市产值5亿元。9月17日，样例市召开博览会。签约仪式上，样例市签约项目15个。"
    assert _periods(text, "2024-09-19")[-1] == "2024-09-17"


def test_a_yearly_sum_to_be_reached_is_no_present_state() -> None:
    text = "甲海重工有限公司项目达产后可实现年销售收入20亿元。"
    assert _periods(text, "2023-03-07") != ["2023-03-07"]


def test_what_flows_over_a_year_is_of_the_year_and_what_stands_of_its_last_day() -> None:
    text = "截至去年底，样例市有工业企业3513家，实现营业收入623.2亿元。"
    assert _periods(text, "2023-08-01") == ["2022-12-31", "2022"]


def test_a_month_in_words_is_that_month() -> None:
    assert _periods("三月份，样例市挖掘机销量3.6万台。", "2018-05-04") == ["2018-03"]
    assert _periods("截至十月底，样例市有企业70家。", "2018-12-04") == ["2018-10-31"]
