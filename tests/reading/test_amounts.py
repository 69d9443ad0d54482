"""How much: numbers with scale, unit and hedge, and the many numbers that count nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Certainty, Change, Claim, ClaimKind, Qualifier, Quantity
from lianzhang.kernel.quantity import split_scale
from lianzhang.reading import read

EXACT, OVER, NEAR, ABOUT, AT_LEAST, AT_MOST = list(Qualifier)[:6]


def _claims(text: str) -> tuple[Claim, ...]:
    return read(text, published="2025-08-15").claims


def _amount(words: str) -> Quantity:
    (claim,) = _claims(f"2024年，明川市装备制造产业营业收入{words}。")
    assert claim.indicator == "营业收入"
    assert claim.quantity is not None
    return claim.quantity


def _change(words: str) -> Change:
    (claim,) = _claims(f"2024年，明川市出口额{words}。")
    assert claim.quantity is None
    assert claim.change is not None
    return claim.change


@pytest.mark.parametrize(
    ("words", "value", "unit", "qualifier"),
    [
        ("12.5亿元", "12.5", "亿元", EXACT),
        ("0.5亿元", "0.5", "亿元", EXACT),
        ("3000万元", "3000", "万元", EXACT),
        ("7,460万元", "7460", "万元", EXACT),
        ("1,234,567元", "1234567", "元", EXACT),
        ("1.5万亿元", "1.5", "万亿元", EXACT),
        ("12.5亿美元", "12.5", "亿美元", EXACT),
        ("12亿元人民币", "12", "亿元", EXACT),
        ("人民币12亿元", "12", "亿元", EXACT),
        ("达到318.4亿元", "318.4", "亿元", EXACT),
        ("为318.40亿元", "318.4", "亿元", EXACT),
        ("十二亿元", "12", "亿元", EXACT),
        ("一百二十亿元", "120", "亿元", EXACT),
        ("两亿元", "2", "亿元", EXACT),
        ("１２．５亿元", "12.5", "亿元", EXACT),
        ("超3000万元", "3000", "万元", OVER),
        ("超过3000万元", "3000", "万元", OVER),
        ("逾30亿元", "30", "亿元", OVER),
        ("突破100亿元", "100", "亿元", OVER),
        ("3000多万元", "3000", "万元", OVER),
        ("3000余万元", "3000", "万元", OVER),
        ("12亿多元", "12", "亿元", OVER),
        ("50亿元以上", "50", "亿元", OVER),
        ("过百亿元", "100", "亿元", OVER),
        ("近60亿元", "60", "亿元", NEAR),
        ("接近60亿元", "60", "亿元", NEAR),
        ("约1.2亿元", "1.2", "亿元", ABOUT),
        ("大约1.2亿元", "1.2", "亿元", ABOUT),
        ("5000万元左右", "5000", "万元", ABOUT),
        ("不低于3亿元", "3", "亿元", AT_LEAST),
        ("不少于3亿元", "3", "亿元", AT_LEAST),
        ("至少3亿元", "3", "亿元", AT_LEAST),
        ("不超过8000万元", "8000", "万元", AT_MOST),
        ("不足8000万元", "8000", "万元", AT_MOST),
        ("30亿元以内", "30", "亿元", AT_MOST),
        ("30亿元以下", "30", "亿元", AT_MOST),
    ],
)
def test_an_amount_keeps_its_digits_its_unit_and_its_hedge(
    words: str, value: str, unit: str, qualifier: Qualifier
) -> None:
    found = _amount(words)
    assert (found.value, found.unit, found.qualifier) == (Decimal(value), unit, qualifier)


@pytest.mark.parametrize(
    "words",
    [
        "7300万元至8300万元",
        "7300万至8300万元",
        "7300至8300万元",
        "7300-8300万元",
        "7300—8300万元",
        "7300～8300万元",
        "7,300万元到8,300万元",
    ],
)
def test_a_range_has_two_ends_in_one_unit(words: str) -> None:
    assert _amount(words) == Quantity.between(7300, 8300, "万元")


def test_a_range_across_scales_is_told_in_the_second() -> None:
    assert _amount("9000万元至1.2亿元".replace("9000万元", "9000万")) == Quantity.between(
        "0.9", "1.2", "亿元"
    )


units = st.sampled_from(["元", "万元", "亿元", "万美元", "亿千瓦时", "万吨"])
numbers = st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2)


@given(numbers, units, st.booleans())
def test_a_number_in_digits_is_read_to_the_last_place(number: Decimal, unit: str, separated: bool) -> None:
    digits = f"{number:,}" if separated else f"{number}"
    assert _amount(f"{digits}{unit}") == Quantity(number, unit)


@given(numbers, numbers)
def test_a_range_is_read_in_order_or_not_as_a_range(one: Decimal, other: Decimal) -> None:
    if one <= other:
        assert _amount(f"{one}亿元至{other}亿元") == Quantity.between(one, other, "亿元")
        return
    for claim in _claims(f"2024年，明川市装备制造产业营业收入{one}亿元至{other}亿元。"):
        assert claim.quantity is None or claim.quantity.qualifier is not Qualifier.RANGE


@pytest.mark.parametrize(
    "words", ["利润总额为-1.2亿元", "利润总额-1.2亿元", "利润总额为−1.2亿元", "利润总额：-1.2亿元"]
)
def test_a_minus_behind_what_is_measured_makes_the_value_negative(words: str) -> None:
    (claim,) = _claims(f"2024年，明川市工业{words}。")
    assert claim.quantity == Quantity.of("-1.2", "亿元")


def test_a_dash_between_numbers_is_no_minus() -> None:
    for claim in _claims("2024年，明川市装备制造产业营业收入10-12亿元。"):
        assert claim.quantity == Quantity.between(10, 12, "亿元")


@pytest.mark.parametrize(
    ("words", "pct", "qualifier"),
    [
        ("增长18.9%", "18.9", EXACT),
        ("增长百分之三十", "30", EXACT),
        ("增长百分之12.5", "12.5", EXACT),
        ("下降2.8%", "-2.8", EXACT),
        ("下降三成", "-30", EXACT),
        ("下降三成半", "-35", EXACT),
        ("增长近两成", "20", NEAR),
        ("增长1.5倍", "150", EXACT),
        ("增长近1.5倍", "150", NEAR),
        ("增长两倍多", "200", OVER),
        ("增长超60%", "60", OVER),
        ("增长约7%", "7", ABOUT),
        ("翻一番", "100", EXACT),
        ("翻两番", "300", EXACT),
    ],
)
def test_a_change_is_told_in_percent_with_its_sign(words: str, pct: str, qualifier: Qualifier) -> None:
    change = _change(words)
    assert (change.pct, change.qualifier) == (Decimal(pct), qualifier)


def test_a_change_may_be_a_range() -> None:
    change = _change("同比增长5%-8%")
    assert (change.pct, change.low, change.high, change.base) == (None, Decimal(5), Decimal(8), "同比")


def test_a_value_and_the_change_behind_or_before_it_are_one_claim() -> None:
    for words in ("营业收入12亿元，增长20%", "营业收入增长20%，达到12亿元"):
        (claim,) = _claims(f"2024年，明川市{words}。")
        assert claim.quantity == Quantity.of(12, "亿元")
        assert claim.change is not None and claim.change.pct == 20


@pytest.mark.parametrize(
    "words", ["占全市的35%", "占全市的百分之三十五", "占全市比重为35%", "占全市的三成半"]
)
def test_a_part_of_a_whole_is_a_share(words: str) -> None:
    (claim,) = _claims(f"2024年，明川市工业增加值{words}。")
    assert claim.kind is ClaimKind.SHARE
    assert claim.quantity == Quantity.of(35, "%")


def test_kilovolts_are_a_unit_and_no_thousands_of_volts() -> None:
    first, second = _claims("2024年，明川市建成110千伏变电站3座。")
    assert (first.kind, first.quantity) == (ClaimKind.SPECIFICATION, Quantity.of(110, "千伏"))
    assert second.quantity == Quantity.of(3, "座")


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("260余台（套）", "台(套)"),
        ("1.2万平方米", "万平方米"),
        ("2万人次", "万人次"),
        ("150台", "台"),
        ("3120万千瓦时", "万千瓦时"),
    ],
)
def test_units_are_kept_as_written(words: str, unit: str) -> None:
    claims = _claims(f"2024年，甲海重工有限公司新增设备{words}。")
    assert [claim.quantity.unit for claim in claims if claim.quantity] == [unit]


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：0635-8241234。",
        "手机13812345678。",
        "服务热线12345",
        "会议于14:30在明川市召开。",
        "比赛8:30:15开始",
        "2025年8月15日14时30分，会议开幕。",
        "根据明政发〔2024〕15号文件执行。",
        "印发《2024年工作要点》（明办字〔2024〕3号）。",
        "执行《GB/T 2260-2007》。",
        "该公司生产的DF504型拖拉机销往东欧。",
        "T25A拖拉机进入5G工厂。",
        "型号为DN1500的管道已经铺设。",
        "第8届大会、第十二批名单。",
        "邮编252000",
        "网址http://example.com/2024/15亿",
        "邮箱a123@example.com",
        "服务器10.0.0.1上线",
        "平均年龄35岁",
        "温度25℃",
        "版本2.0.1发布",
        "统一社会信用代码91370000745676590X",
        "比分3:2",
        "12月12日12时",
    ],
)
def test_a_number_that_counts_nothing_is_no_figure(text: str) -> None:
    assert _claims(text) == ()


@pytest.mark.parametrize("words", ["12..5亿元", "1.2.3亿元", "12亿亿元元元", "-亿元", "亿元"])
def test_a_number_that_is_none_is_not_made_into_one(words: str) -> None:
    for claim in _claims(f"2024年，明川市装备制造产业营业收入{words}。"):
        assert claim.quantity is None or claim.quantity.value in (Decimal(12),)


def test_a_lost_character_inside_a_number_leaves_no_value() -> None:
    claims = _claims("2024年，明川市装备制造产业营业收入12.\ufffd亿元。")
    assert [claim.quantity for claim in claims if claim.damaged] == [None]
    assert [claim for claim in claims if not claim.damaged] == []


def test_a_digit_taken_by_shifted_characters_leaves_no_value() -> None:
    (claim,) = _claims("??鲜毓ど习肽晖饷吵隹?338.8萬元，同比增長5%。")
    assert claim.damaged and claim.quantity is None
    assert claim.indicator == "出口额"
    assert "338.8" in claim.evidence.quote


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("一亿五千万元", "1.5", "亿元"),
        ("三万五千元", "3.5", "万元"),
        ("1亿5000万元", "1.5", "亿元"),
        ("3万5千元", "3.5", "万元"),
        ("12,5亿元", "12.5", "亿元"),
        ("1 234万元", "1234", "万元"),
        ("12 .5亿元", "12.5", "亿元"),
        ("2.5千亿元", "2500", "亿元"),
    ],
)
def test_an_amount_in_two_pieces_is_one_amount_or_in_doubt(words: str, value: str, unit: str) -> None:
    """Never the first piece or the last alone as a sure value."""
    wanted = Quantity.of(value, unit)
    factor, base = split_scale(unit)
    for claim in _claims(f"2024年，明川市装备制造产业营业收入{words}。"):
        if claim.certainty is Certainty.SURE and claim.quantity is not None:
            assert claim.quantity.value is not None and wanted.value is not None
            own_factor, own_base = split_scale(claim.quantity.unit)
            assert (claim.quantity.value * own_factor, own_base) == (wanted.value * factor, base)


@pytest.mark.parametrize("words", ["12.5 亿元", "12.5\u3000亿元", "12.5\n亿元"])
def test_a_blank_before_the_unit_does_not_lose_the_figure(words: str) -> None:
    assert _amount(words) == Quantity.of("12.5", "亿元")


@pytest.mark.parametrize("words", ["负1.5亿元", "为负1.5亿元", "-1.5亿元"])
def test_a_loss_is_never_told_as_a_gain(words: str) -> None:
    assert _amount(words) == Quantity.of("-1.5", "亿元")


@pytest.mark.parametrize("words", ["数十亿元", "几十亿元", "二三十亿元", "上百亿元", "数百万元"])
def test_a_vague_number_is_not_made_exact(words: str) -> None:
    for claim in _claims(f"2024年，明川市装备制造产业营业收入{words}。"):
        exact = claim.quantity is not None and claim.quantity.qualifier is EXACT
        assert not (exact and claim.certainty is Certainty.SURE)


def test_nearly_is_a_hedge_and_no_plan() -> None:
    (claim,) = _claims("2024年，明川市装备制造产业营业收入将近5000万元。")
    assert not claim.planned


def test_a_fall_in_percentage_points_keeps_its_direction() -> None:
    (rise,) = _claims("2024年，明川市开工率提高5个百分点。")
    (fall,) = _claims("2024年，明川市开工率下降5个百分点。")
    assert rise.quantity != fall.quantity or rise.indicator != fall.indicator or rise.change != fall.change


@pytest.mark.parametrize("rate", ["合格率", "开工率"])
def test_a_rate_is_stored_under_its_own_name(rate: str) -> None:
    (claim,) = _claims(f"2024年，明川市{rate}达到99.5%。")
    assert claim.indicator == rate


def test_a_multiple_of_an_earlier_year_names_what_is_measured() -> None:
    (claim,) = _claims("明川市出口额是2021年的1.8倍。")
    assert "2021" not in claim.indicator


def test_a_rank_tells_its_scope() -> None:
    (claim,) = _claims("2024年，明川市营业收入列全省第3位。")
    assert (claim.scope, claim.quantity) == ("全省", Quantity.of(3, "位"))
    assert claim.indicator.startswith("营业收入")


def test_a_gap_is_named_once() -> None:
    (claim,) = _claims("2024年，明川市工业增加值增幅高于全省2.3个百分点。")
    assert "增速增速" not in claim.indicator


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("建设周期18个月", Decimal(18), "个月"),
        ("历时20天", Decimal(20), "天"),
        ("产成品存货周转天数16.8天", Decimal("16.8"), "天"),
        ("办理时间压缩至1.8个工作日", Decimal("1.8"), "个工作日"),
        ("平均利率同比下降41个基点", Decimal(41), "个基点"),
        ("形成7GW电池片产能", Decimal(7), "GW"),
        ("年产光纤1200万芯公里", Decimal(1200), "万芯公里/年"),
        ("产值占全国的四分之一", Decimal(25), "%"),
        ("已恢复到九成五", Decimal(95), "%"),
        ("品牌强度为891", Decimal(891), ""),
        ("生产线只需12个人", Decimal(12), "人"),
    ],
)
def test_lengths_of_time_parts_and_rarer_units_are_read(text: str, value: Decimal, unit: str) -> None:
    (claim,) = read(f"甲海重工有限公司{text}。", published="2025-08-15").claims
    assert claim.quantity is not None
    assert (claim.quantity.value, claim.quantity.unit) == (value, unit)


@pytest.mark.parametrize("text", ["车间里也就七八个工人", "吸引三四百家企业", "用好周六项目服务日"])
def test_guesses_and_weekdays_are_no_figures(text: str) -> None:
    assert read(f"甲海重工有限公司{text}。", published="2025-08-15").claims == ()


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("产量约占全国的75%", Qualifier.ABOUT),
        ("给予最高200万元的贴息", Qualifier.AT_MOST),
        ("工期超过18个月", Qualifier.OVER),
        ("办结时间不足3天", Qualifier.AT_MOST),
    ],
)
def test_hedges_ahead_of_a_share_a_grant_or_a_length_are_kept(text: str, qualifier: Qualifier) -> None:
    (claim,) = read(f"甲海重工有限公司{text}。", published="2025-08-15").claims
    assert claim.quantity is not None
    assert claim.quantity.qualifier is qualifier


def test_a_figure_that_lost_all_before_its_point_is_damaged_and_has_no_value() -> None:
    text = "裝備製造業?瓿沙隹诮换踔?.46億元,同比增長14.2%。"
    (claim,) = read(text, published="2024-08-20").claims
    assert claim.damaged
    assert claim.quantity is None


def test_a_doubling_told_of_a_value_joins_it() -> None:
    (claim,) = read("2021年，样例市出口14.6亿元，同比翻了一番多。", published="2022-01-14").claims
    assert claim.quantity is not None
    assert claim.change is not None
    assert (claim.quantity.value, claim.change.pct, claim.change.qualifier) == (
        Decimal("14.6"),
        Decimal(100),
        Qualifier.OVER,
    )
