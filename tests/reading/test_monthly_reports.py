"""Monthly reports on works, customs, statistics and banks: the turns of phrase that unseen ones brought."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lianzhang.kernel import Claim, Qualifier
from lianzhang.reading import read


def _claims(text: str, published: str = "2025-12-15") -> tuple[Claim, ...]:
    return read(text, published=published).claims


def _value(claim: Claim) -> Decimal | None:
    return claim.quantity.value if claim.quantity is not None else None


def _told(text: str) -> list[tuple[str, str, Decimal | None]]:
    return [(claim.subject, claim.indicator, _value(claim)) for claim in _claims(text)]


def test_what_was_spent_of_an_investment_is_no_plan_and_no_total() -> None:
    claims = _claims("云溪县博远轴承精密加工项目总投资3亿元，已完成1.2亿元，占年度计划的63%。")
    total, spent, share = claims
    assert (total.indicator, total.planned) == ("总投资", True)
    assert (spent.indicator, spent.planned, _value(spent)) == ("完成投资", False, Decimal("1.2"))
    assert spent.subject == share.subject == total.subject
    assert share.indicator == "完成投资完成年度计划比例"


def test_each_project_of_a_list_keeps_what_was_spent_on_it() -> None:
    claims = _claims(
        "云溪县顺通智能农机产业园项目总投资15.8亿元，1-10月完成4.9亿元；明达客车扩产项目总投资12亿元，累计完成7.35亿元。"
    )
    spent = {claim.subject: _value(claim) for claim in claims if claim.indicator == "完成投资"}
    assert spent == {
        "云溪县顺通智能农机产业园项目": Decimal("4.9"),
        "明达客车扩产项目": Decimal("7.35"),
    }


def test_works_that_began_are_some_of_those_told_before() -> None:
    assert _told("云溪县共实施重点项目158个，已开工152个，竣工30个。") == [
        ("云溪县", "重点项目数", Decimal(158)),
        ("云溪县", "重点项目开工数", Decimal(152)),
        ("云溪县", "重点项目竣工数", Decimal(30)),
    ]


def test_places_of_a_ranked_list_tell_what_they_are_ranked_by_and_leave_the_subject_alone() -> None:
    claims = _claims(
        "截至10月31日，全市158个重点项目累计完成投资287.3亿元。\n"
        "分县（市、区）看，完成率居前三位的是：高唐县97.2%、茌平区95.8%、阳谷县93.1%；后三位的是：莘县78.6%、冠县80.2%、东阿县81.7%。\n"
        "其中装备制造类项目完成投资92.6亿元。"
    )
    ranked = {claim.subject: _value(claim) for claim in claims if claim.indicator == "完成率"}
    assert len(ranked) == 6 and ranked["莘县"] == Decimal("78.6")
    assert (claims[-1].subject, claims[-1].indicator) == ("全市", "装备制造类项目完成投资")


def test_a_share_of_a_plan_is_measured_against_it_and_no_plan_itself() -> None:
    claims = _claims("云溪县累计完成投资287.3亿元，完成年度投资计划的88.4%，高于时序进度5.1个百分点。")
    assert [claim.planned for claim in claims] == [False, False, False]


def test_more_of_what_was_counted_is_told_of_that() -> None:
    assert _told(
        "云溪县现有高新技术企业37家，较年初净增5家；有出口实绩的企业达到1,036家，同比增加118家。"
    ) == [
        ("云溪县", "高新技术企业数", Decimal(37)),
        ("云溪县", "高新技术企业较年初净增数", Decimal(5)),
        ("云溪县", "出口实绩的企业数", Decimal(1036)),
        ("云溪县", "出口实绩的企业同比增加数", Decimal(118)),
    ]


def test_output_told_of_the_first_goods_is_told_of_the_others() -> None:
    assert [(indicator, value) for _, indicator, value in _told(
        "云溪县新能源汽车产量1,842辆，增长1.3倍；拖拉机1.26万台，下降8.2%；变压器1,520万千伏安，增长35.6%。"
    )] == [
        ("新能源汽车产量", Decimal(1842)),
        ("拖拉机产量", Decimal("1.26")),
        ("变压器产量", Decimal(1520)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "division", ["金属制品业", "电气机械和器材制造业", "黑色金属冶炼和压延加工业", "纺织业"]
)
def test_a_division_of_the_standard_is_an_industry_by_its_full_name(division: str) -> None:
    claims = _claims(f"云溪县规模以上工业增加值同比增长9.1%。其中，汽车制造业增长22.4%，{division}下降3.5%。")
    assert (claims[-1].subject, claims[-1].indicator) == (f"云溪县{division}", "规模以上工业增加值")


def test_whom_a_bank_gave_what_is_paired_behind_respectively() -> None:
    assert _told("云溪农商银行分别向鑫远机床、明达机械授信3000万元和1500万元。") == [
        ("鑫远机床", "授信", Decimal(3000)),
        ("明达机械", "授信", Decimal(1500)),
    ]


def test_an_agreement_is_no_hedge() -> None:
    (claim,) = _claims("云溪县银企对接活动现场签约42.6亿元。")
    assert claim.quantity is not None and claim.quantity.qualifier is Qualifier.EXACT


@pytest.mark.parametrize(
    ("sign", "qualifier"), [("强", Qualifier.OVER), ("弱", Qualifier.NEAR), ("", Qualifier.EXACT)]
)
def test_a_fraction_and_a_bit_is_hedged(sign: str, qualifier: Qualifier) -> None:
    claims = _claims(f"云溪县轴承年产量达30亿套，占全国的十分之一{sign}。")
    assert claims[-1].quantity is not None and claims[-1].quantity.value == 10
    assert claims[-1].quantity.qualifier is qualifier


def test_costs_for_each_hundred_yuan_are_told_as_that() -> None:
    claims = _claims("云溪县规上工业每百元营业收入中的成本为87.62元，减少0.21元。")
    assert claims[0].indicator == "每百元营业收入中的成本"


def test_customs_only_count_what_the_city_sells() -> None:
    claims = _claims(
        "聊城海关：前三季度聊城市出口情况\n据聊城海关统计，前三季度，全市机电产品出口98.7亿元。\n从市场看，对东盟出口24.1亿元。聊城海关推出便利措施。"
    )
    assert {claim.subject for claim in claims} == {"聊城市"}


def test_a_meeting_lends_no_words_to_the_industry_it_is_about() -> None:
    claims = _claims(
        "11月12日，临清市轴承产业链现场推进会举行。去年，全产业链实现产值360亿元，较2020年翻了一番，年均增长15%左右。"
    )
    assert claims[0].subject == "临清市轴承产业链"
    assert [claim.change.base for claim in claims if claim.change is not None] == ["较2020年", ""]


def test_reached_for_the_first_time_is_no_part_of_the_thing() -> None:
    claims = _claims("云溪县84家规上企业累计实现营业收入211.6亿元，明达电缆集团营收首次突破20亿元大关。")
    assert [claim.indicator for claim in claims] == ["规上企业数", "营业收入", "营业收入"]


def test_where_a_rate_stood_years_ago_is_no_part_of_its_name() -> None:
    claims = _claims("云溪县本地配套率由五年前的35%提高到现在的68%。")
    assert [claim.indicator for claim in claims] == ["本地配套率", "本地配套率"]


@pytest.mark.parametrize("verb", ["低于", "慢于", "落后"])
def test_less_than_elsewhere_is_not_told_as_more(verb: str) -> None:
    claims = _claims(f"一季度，云溪县工业增加值增长5%，{verb}全省1.7个百分点。")
    assert (claims[-1].indicator, _value(claims[-1])) == ("工业增加值增速低于全省", Decimal("1.7"))


def test_two_things_below_are_told_as_below() -> None:
    claims = _claims("云溪县工业投资、技改投资分别增长5%、8%，分别低于全市1.1个、2.3个百分点。")
    assert [claim.indicator for claim in claims[2:]] == ["工业投资增速低于全市", "技改投资增速低于全市"]


def test_what_is_lacking_of_a_loan_is_no_loan() -> None:
    (claim,) = _claims("云溪县线缆企业融资缺口约8.5亿元。")
    assert claim.indicator.endswith("融资缺口")


def test_firms_below_a_rate_are_counted_and_have_no_common_rate() -> None:
    claims = _claims("云溪县有23户企业产能利用率低于60%。")
    assert [_value(claim) for claim in claims] == [Decimal(23)]


def test_a_price_at_the_beginning_of_the_year_dates_nothing_after_it() -> None:
    claims = _claims("1-9月，云溪县钢板均价由年初的每吨4150元跌至3780元，每吨毛利不足60元。")
    assert str(claims[-1].period) == "2025-01/2025-09"


def test_levels_in_a_bracket_are_of_the_title_before_it() -> None:
    claims = _claims("云溪县拥有单项冠军企业7家（国家级2家、省级5家）。")
    assert [(claim.title, claim.level, _value(claim)) for claim in claims] == [
        ("单项冠军", "", Decimal(7)),
        ("单项冠军", "国家级", Decimal(2)),
        ("单项冠军", "省级", Decimal(5)),
    ]


def test_a_total_is_of_what_was_newly_counted() -> None:
    claims = _claims("云溪县新认定高新技术企业28家，总数达到176家。")
    assert [claim.indicator for claim in claims] == ["新认定高新技术企业数", "高新技术企业数"]


def test_revenue_told_of_the_first_branch_is_told_of_the_others() -> None:
    claims = _claims("云溪县汽车制造营收176.3亿元，增长18.9%；通用设备138.5亿元，增长7.4%。")
    assert claims[-1].indicator == "通用设备营收"


def test_firms_that_were_helped_are_no_part_of_what_they_got() -> None:
    claims = _claims("云溪县为明达农机等6家企业落实惠企资金486.3万元。")
    assert [claim.indicator for claim in claims] == ["企业数", "惠企资金"]


def test_a_share_keeps_what_it_is_a_share_of() -> None:
    claims = _claims("云溪县明达装备有限公司出口占比从一成提高到近三成。")
    assert [claim.indicator for claim in claims] == ["出口占比", "出口占比"]


def test_a_firm_that_reports_on_itself_is_the_subject_and_plans_nothing_by_what_it_has() -> None:
    claims = _claims(
        "山东明达（集团）有限责任公司2024年度质量信用报告\n公司始建于1993年，占地面积326万平方米，国内市场占有率连续26年第一。\n"
        "当年产品监督抽查12批次，合格率100%。\n公司先后荣获多项奖励。公司有专利96件。"
    )
    assert {claim.subject for claim in claims} == {"山东明达(集团)有限责任公司"}
    assert not any(claim.planned for claim in claims)
    assert claims[2].indicator == "国内市场占有率位次"


def test_a_work_in_its_second_phase_keeps_its_name_in_front_of_a_bracket() -> None:
    (claim,) = _claims("云溪县因缺少土地指标，明达农机二期项目（总投资1.8亿元）暂未开工。")
    assert claim.subject == "明达农机二期项目"


def test_what_a_project_will_bring_is_of_it_and_not_of_the_place() -> None:
    claims = _claims(
        "云溪县有7个项目入选，年度计划投资16.9亿元，入库数量较上年增加3个。其中，电驱动系统产业化项目总投资10.2亿元，占地180亩，"
        "建设6条生产线，建成后年产电驱动总成50万套，可实现年产值25亿元。"
    )
    assert not claims[2].planned and claims[2].indicator.startswith("新增入库")
    assert {claim.subject for claim in claims[3:]} == {"电驱动系统产业化项目"}


def test_a_heading_in_brackets_is_no_part_of_a_place() -> None:
    claims = _claims("【链上速递】临清市签约额达50亿元。")
    assert {claim.subject for claim in claims} == {"临清市"}


def test_an_industry_ends_before_what_is_said_of_all_and_of_the_mean() -> None:
    claims = _claims("云溪县轴承产业年均增长11.8%，云溪县轴承产业链共认定链主企业12家。")
    assert {claim.subject for claim in claims} == {"云溪县轴承产业", "云溪县轴承产业链"}


def test_what_a_bank_lends_to_is_no_industry_of_its_own() -> None:
    claims = _claims("截至10月末，云溪农商银行制造业贷款余额43.2亿元，加权平均利率4.12%，较去年下降38个BP。")
    assert [(claim.subject, claim.indicator) for claim in claims] == [
        ("云溪农商银行", "制造业贷款余额"),
        ("云溪农商银行", "加权平均利率"),
        ("云溪农商银行", "加权平均利率下降"),
    ]


def test_a_thing_goes_on_in_another_size_of_its_unit() -> None:
    claims = _claims(
        "2022年，云溪县明达节能有限公司销售额6800万元，去年达到1.53亿元，今年前三季度已突破1.4亿元。"
    )
    assert [(claim.indicator, str(claim.period)) for claim in claims] == [
        ("销售额", "2022"),
        ("销售额", "2024"),
        ("销售额", "2025-01/2025-09"),
    ]


def test_a_sum_of_money_is_of_what_was_counted_before_it() -> None:
    claims = _claims("云溪县集中签约项目23个，总金额52.7亿元。")
    assert claims[1].indicator.endswith("签约项目总金额")


def test_firms_that_something_was_set_up_for_are_counted_alone() -> None:
    claims = _claims("云溪县为47家企业建立最高计量标准63项。")
    assert [claim.indicator for claim in claims] == ["企业数", "最高计量标准数"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云溪县营业收入增长8.7%，增速较去年回落1.2个百分点。", "营业收入增速回落"),
        ("云溪县工业用电量2.36亿千瓦时，下降1.9%，降幅比上月收窄2.4个百分点。", "工业用电量降幅收窄"),
        ("云溪县产值286.9亿元，同比增长4.6%，较上半年收窄0.9个百分点。", "产值增速收窄"),
        ("云溪县规上工业增加值同比增长7.3%，比9月份加快0.8个百分点。", "规模以上工业增加值增速加快"),
        ("云溪县本地配套率53.3%，同比提高4.2个百分点。", "本地配套率提高"),
    ],
)
def test_a_rate_of_growth_that_changes_is_not_told_as_what_grows(text: str, name: str) -> None:
    assert _claims(text)[-1].indicator == name


def test_a_capacity_that_rises_is_one_thing_twice() -> None:
    claims = _claims("云溪县明达汽车产业园二期建成后，年产能将由3万辆提高至5万辆。")
    assert [(claim.indicator, _value(claim)) for claim in claims] == [
        ("设计产能", Decimal(3)),
        ("设计产能", Decimal(5)),
    ]


def test_a_rank_is_of_the_number_and_not_of_what_came_to_it() -> None:
    claims = _claims(
        "2025年，云溪县认定瞪羚企业21家，较上年多6家，数量居全省第9位；62家企业户均营收3.4亿元。"
    )
    assert [claim.indicator for claim in claims] == [
        "认定瞪羚企业数",
        "认定瞪羚企业较上年多数",
        "认定瞪羚企业数全省位次",
        "企业数",
        "企业户均营收",
    ]


def test_so_many_aims_of_so_many_each_are_no_count() -> None:
    assert _claims("云溪县要抓好“5个100”。") == ()


def test_a_firm_keeps_its_first_sign_where_its_orders_doubled() -> None:
    (claim,) = _claims("云溪县新泺机械订单同比翻番。")
    assert (claim.subject, claim.indicator) == ("云溪县新泺机械", "订单")
