"""Reports of counties, bureaus and banks: the turns of phrase that unseen ones brought."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lianzhang.kernel import Claim
from lianzhang.reading import read


def _claims(text: str, published: str = "2025-12-15") -> tuple[Claim, ...]:
    return read(text, published=published).claims


def test_a_short_word_for_investment_is_the_thing_and_not_the_subject() -> None:
    claims = _claims("1-3月，云溪县工业固投完成15.22亿元，同比增长77%，位列全市第二名。")
    assert {claim.subject for claim in claims} == {"云溪县"}
    assert claims[0].indicator == "工业固投" and claims[0].change is not None


def test_kilowatt_hours_have_two_names() -> None:
    (claim,) = _claims("1-3月，云溪县工业用电量2.61亿千瓦小时，同比增长18.5%。")
    assert claim.quantity is not None and claim.quantity.unit == "亿千瓦小时" and claim.change is not None


def test_where_firms_settled_is_not_whom_the_next_sentences_speak_of() -> None:
    claims = _claims("2024年，云溪县入驻青石工业园区的2家企业正式投产。新增工业企业22家。")
    assert [claim.subject for claim in claims] == ["云溪县", "云溪县"]


def test_the_growth_of_value_added_keeps_its_whole_name() -> None:
    (claim,) = _claims("2024年，云溪县规模以上工业增加值增幅位居全市第一位。")
    assert claim.indicator.startswith("规模以上工业增加值增幅")


def test_a_month_early_is_no_january() -> None:
    claims = _claims(
        "2021年1-11月，云溪县规上工业营收30.86亿元，提前一个月完成市下达的30亿元的任务；税收1.96亿元。"
    )
    assert [claim.quantity and claim.quantity.value for claim in claims] == [
        Decimal("30.86"),
        Decimal("1.96"),
    ]
    assert {str(claim.period) for claim in claims} == {"2021-01/2021-11"}


def test_among_how_many_something_ranks_is_no_count() -> None:
    (claim,) = _claims("一季度，云溪县金融业贡献率在九大行业中排第3位。")
    assert claim.quantity is not None and claim.quantity.value == 3


def test_growth_behind_a_landmark_is_of_what_reached_it() -> None:
    (claim,) = _claims("2024年，云溪县各项贷款余额突破3000亿元大关，同比增长11.95%。")
    assert claim.change is not None and claim.change.pct == Decimal("11.95")


def test_a_sign_in_brackets_inside_a_word_divides_nothing() -> None:
    claims = _claims("1-8月，云溪县开（复）工项目累计65个，协议投资额1055.97亿元。")
    assert [claim.subject for claim in claims] == ["云溪县", "云溪县"]
    assert claims[0].indicator == "开(复)工项目数"


def test_the_level_of_last_month_in_brackets_is_no_figure_of_its_own() -> None:
    (claim,) = _claims("9月，云溪县出口11.8亿美元，同比增长19.4%，较上月（26.5%）有所放缓。")
    assert claim.change is not None and claim.change.pct == Decimal("19.4")


@pytest.mark.parametrize(
    ("code", "period"), [("25Q2", "2025Q2"), ("2025Q2", "2025Q2"), ("25H1", "2025H1"), ("2025H1", "2025H1")]
)
def test_analysts_write_quarters_and_halves_as_codes(code: str, period: str) -> None:
    (claim,) = _claims(f"{code}甲海机械股份有限公司毛利率22.11%。")
    assert str(claim.period) == period


def test_a_share_that_was_kept_is_a_share() -> None:
    (claim,) = _claims("2024年，云溪县一般贸易占出口总额的比重保持在70%以上。")
    assert claim.indicator == "一般贸易占出口总额比重"


def test_who_publishes_figures_is_not_whom_they_speak_of() -> None:
    claims = _claims("2024年，质量强省办发布了成果。云溪县拥有品牌72个。")
    assert [claim.subject for claim in claims] == ["云溪县"]


def test_a_figure_of_the_whole_city_is_not_the_bureaus() -> None:
    (claim,) = _claims("明川市工信局力争全年全市制造业主营业务收入达到3000亿元。")
    assert (claim.subject, claim.indicator) == ("明川市", "制造业主营业务收入")


def test_how_many_of_some_firms_are_ours_is_a_count_of_our_province() -> None:
    claims = _claims("甲海机械有限公司上榜。截至目前，示范企业中我省有25家。")
    assert [(claim.subject, claim.indicator) for claim in claims if claim.quantity] == [
        ("我省", "示范企业数")
    ]


def test_cities_that_a_list_counts_behind_among_them_are_its_subjects() -> None:
    claims = _claims("湖南共有18家企业上榜。其中长沙10家、株洲5家、湘潭3家。")
    assert [claim.subject for claim in claims[1:]] == ["长沙市", "株洲市", "湘潭市"]


def test_a_size_class_of_a_chain_is_no_figure() -> None:
    claims = _claims("2024年，明川市布局了3条产业链，50亿级的新材料产业链，5亿级的食品产业链。")
    assert [claim.quantity and claim.quantity.value for claim in claims] == [3]


def test_half_the_name_of_a_ministry_is_no_industry() -> None:
    claims = _claims("锦川市报道。近日，国家工业和信息化部评选出90户示范企业。")
    assert all("国家工业" not in claim.subject for claim in claims)


def test_who_held_a_meeting_is_not_whom_its_figures_speak_of() -> None:
    claims = _claims("12月20日，明川市政府新闻办公室举行新闻发布会。3个产业集群年营收超500亿元。")
    assert all("办公室" not in claim.subject for claim in claims)
    assert claims[0].indicator == "产业集群数"


def test_the_size_of_the_first_machine_of_its_sort_is_part_of_its_name() -> None:
    claims = _claims("甲海机械有限公司拥有专利32件，研发出国内首台年产35万吨造粒机组。")
    assert [claim.quantity and claim.quantity.value for claim in claims] == [32]


def test_what_several_products_earned_is_told_of_the_chain_and_not_of_firms() -> None:
    claims = _claims(
        "聊城市装备制造产业链2024年营业收入318.4亿元。其中，农业机械95.6亿元、工程机械42.3亿元、激光装备28.7亿元。"
    )
    assert [claim.indicator for claim in claims[1:]] == ["农业机械", "工程机械", "激光装备"]
    assert all("聊城市" in claim.subject for claim in claims)


def test_shares_of_three_places_told_at_once_are_each_places_own() -> None:
    claims = _claims("聊城市报道。2024年，临清轴承、冠县锻件、东阿钢球产量分别占全国的12%、25%和三分之一。")
    assert [claim.subject for claim in claims] == ["临清市", "冠县", "东阿县"]
    assert [claim.indicator for claim in claims] == [
        "轴承产量占全国比重",
        "锻件产量占全国比重",
        "钢球产量占全国比重",
    ]


def test_no_sum_is_as_small_as_a_word() -> None:
    assert _claims("2024年，三元工行为甲海公司授信。动力电池材料三元前驱体投产。") == ()


def test_a_project_behind_its_investment_needs_no_particle() -> None:
    (claim,) = _claims("总投资150亿元海创磷酸铁锂项目已经签约。")
    assert claim.subject == "海创磷酸铁锂项目"


def test_where_a_change_began_dates_nothing_behind_it() -> None:
    claims = _claims(
        "甲海集团上半年产销钢球9.6万吨，出口占比由去年的31%提高到38%；时风集团前8个月销售拖拉机3.2万台，三轮汽车18.9万辆。"
    )
    told = [(claim.subject, str(claim.period)) for claim in claims]
    assert told == [
        ("甲海集团", "2025H1"),
        ("甲海集团", "2024"),
        ("甲海集团", "2025H1"),
        ("时风集团", "2025-01/2025-08"),
        ("时风集团", "2025-01/2025-08"),
    ]


def test_what_is_wanted_of_a_quarter_is_of_the_one_to_come() -> None:
    (claim,) = _claims("会议要求，四季度要新开工亿元以上项目12个。", published="2025-10-12")
    assert str(claim.period) == "2025Q4"


def test_a_rate_behind_an_increase_is_of_the_whole() -> None:
    whole, more = _claims("云溪县1-6月累计完成产值92.35亿元，较上年同期增加7.8亿元，增幅9.2%。")
    assert whole.change is not None and whole.change.pct == Decimal("9.2") and more.change is None


def test_firms_told_in_passing_do_not_take_the_next_sentence() -> None:
    claims = _claims(
        "云溪县电缆产业产值92亿元。其中甲海电缆集团31.2亿元，日辉电缆14.8亿元。产品抽检合格率99.2%。"
    )
    assert "云溪县" in claims[-1].subject


def test_worded_decimals_of_a_hundred_or_a_thousand_are_whole() -> None:
    claims = _claims("2024年，甲海公司不良品率为千分之零点八，合格率提高百分之五点三。")
    values = [
        claim.quantity.value if claim.quantity else claim.change and claim.change.pct for claim in claims
    ]
    assert values == [Decimal("0.8"), Decimal("5.3")]


def test_an_output_of_a_day_is_none_of_a_year() -> None:
    claims = _claims("2024年，甲海轴承有限公司日产能由2.5万套提升至4万套。")
    assert {claim.quantity.unit for claim in claims if claim.quantity} == {"万套"}


def test_who_builds_a_project_is_no_part_of_its_name() -> None:
    claims = _claims("青石产业园项目由甲海农业装备公司投资12亿元建设，占地260亩。")
    assert all("由" not in claim.subject for claim in claims)


def test_a_verb_inside_the_name_of_a_part_does_not_cut_the_name_of_its_trade() -> None:
    claims = _claims("东昌府区轴承保持器产业1-6月份实现产值41.3亿元、产量35亿套。")
    assert {claim.subject for claim in claims} == {"东昌府区轴承保持器产业"}


def test_a_zone_of_a_list_is_its_own_subject_and_what_several_have_is_no_ones() -> None:
    claims = _claims(
        "莘县、茌平区、高新区装备制造企业前三季度分别完成投资6.2亿元、9.8亿元和11.4亿元。三地新增高新技术企业分别为11家、9家和24家。"
    )
    assert [claim.subject for claim in claims] == ["莘县", "茌平区", "聊城高新技术产业开发区", "", "", ""]


def test_what_grew_from_one_count_to_another_is_named_for_both() -> None:
    claims = _claims("甲海集团海外经销商由2022年的18家发展到53家。")
    assert [(claim.indicator, claim.quantity and claim.quantity.value) for claim in claims] == [
        ("海外经销商数", Decimal(18)),
        ("海外经销商数", Decimal(53)),
    ]


def test_a_manager_of_the_group_speaks_for_the_group() -> None:
    claims = _claims(
        "今年一季度，时风集团外贸出口额同比增长97%。“我们建了组装厂，年组装能力5000台。”集团外贸公司总经理说。",
        published="2025-08-15",
    )
    assert {claim.subject for claim in claims} == {"时风集团"}


def test_what_was_added_to_a_sum_is_not_the_sum() -> None:
    whole, more = _claims("1-9月，甲海集团应收账款38.7亿元，同比增加4.2亿元。")
    assert whole.indicator == "应收账款" and more.indicator != "应收账款"


def test_a_firm_that_calls_itself_no_more_than_a_company_is_named() -> None:
    claims = _claims(
        "走进位于茌平区信发街道的山东某智能装备公司，机器人正在作业。该公司今年前三季度接单1.7亿元，已超去年全年；出口额2300万元。"
    )
    assert {claim.subject for claim in claims} == {"山东某智能装备公司"}
    assert {str(claim.period) for claim in claims} == {"2025-01/2025-09"}


@pytest.mark.parametrize("firm", ["三一锻造集团", "一汽轴承集团", "多维电气有限公司"])
def test_a_name_may_begin_like_a_number(firm: str) -> None:
    claims = _claims(f"产品上印着“{firm}”的字样。该公司2024年出口1.2亿元。")
    assert {claim.subject for claim in claims} == {firm}
