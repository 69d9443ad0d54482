"""Damage is found where it is and nowhere else, and the figure beside it is never taken for sound."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianzhang.reading import read
from lianzhang.reading.byte_shift import find_shifts, shifted
from lianzhang.reading.clean_text import Damage
from lianzhang.reading.losses import with_losses_marked
from lianzhang.reading.mojibake import find_damage
from lianzhang.reading.repair import clean

FOUND = Path(__file__).resolve().parents[3] / "shared" / "bulletins"
CORPUS = Path(__file__).resolve().parent / "corpus"

#: Sentences in the manner of such reports; every clause before a figure is long enough to be told.
SENTENCES = (
    "全市装备制造业实现营业收入318.4亿元,同比增长7.1%,比去年同期多21.2亿元。",
    "今年前三季度轴承产业集群完成工业总产值96.5亿元,其中外贸出口交货值达到12.3亿元。",
    "县域内农机装备生产企业累计销售拖拉机产品2.6万台,平均每台售价比去年提高5%。",
    "高新技术产业开发区共签约重点项目36个,计划总投资达到180.6亿元。",
    "电线电缆生产企业研究开发费用支出合计4.7亿元,占主营业务收入的比重为2.1%。",
    "截至六月底规模以上工业企业从业人员为35421人,比年初增加860人。",
    "花岗岩精密机械产品出口德国和日本等国家合计7300万元,增长超过六成。",
    "这个镇的钢球加工户年产量已经达到54万吨,销售收入突破32亿元。",
    "市场监督管理部门为企业办理减免手续费用合计1268万元,惠及企业97家。",
    "工程机械制造企业新增发明专利授权147项,新培育省级企业技术中心5家。",
    "新能源汽车零部件项目建成投产后预计年产值13亿元,可以解决就业600人。",
    "银行机构向产业链上的中小企业发放贷款余额71.4亿元,比年初增加8.9亿元。",
)
SOUND = (
    "堽城镇和茌平区、莘县、鄄城县的企业去年出口1.2亿元。",
    "赟喆、鑫淼、燊懋三家公司的负责人到会,共签约12个项目。",
    "㙓家庄的\U00020000姓村民办起了轴承加工厂,年产值300万元。",
    "企业引进ヤンマー和クボタ的技术,年产1500台;优の良品销量增长20%。",
    "产业链怎么补?13条措施给出答案。钱从哪里来?2024年财政安排5亿元。",
    "你准备好了吗?今年能否突破100亿元?请看报道。",
    "去年产值多少?300亿元;增长多快?8%!",
    "德国Müller公司、café、Zürich、naïve与São Paulo的客户订购50台。",
    "①改造升级②延链补链③引进30家企业;→详见附表【三】※",
    "魑魅魍魉、饕餮、踟蹰、龃龉、觊觎、氤氲、逶迤、旖旎等词语共8个。",
    "液化天然气(LNG)价格为3.2元/立方米,含α粒子、β射线与Ω型管。",
    "温度为25℃,面积5㎡,误差±3‰,比例3∶2,网址www.a.cn?id=338&n=2。",
    "蕲春艾草、黟县石墨、郫县豆瓣、儋州、亳州、睢县、濮阳、邳州产值各5亿元。",
    "Что такое промышленность? Это 12 заводов.",
)


def shift(clause: str, losses: str = "?") -> str:
    """`clause` without its first byte, paired anew; pairs that have no character become `losses`."""
    data = clause.encode("gbk")[1:]
    pairs = [data[place : place + 2] for place in range(0, len(data) - 1, 2)]
    return "".join(_character(pair, losses) for pair in pairs)


def _character(pair: bytes, losses: str) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return losses


def clause_before_figure(sentence: str, least: int = 8) -> re.Match[str]:
    """The first run of Chinese characters that ends at a figure."""
    found = re.search(rf"[\u4e00-\u9fff]{{{least},}}(?=\d)", sentence)
    assert found is not None
    return found


def covering(damage: tuple[Damage, ...], start: int, end: int) -> list[Damage]:
    """Damage that covers the whole stretch."""
    return [found for found in damage if found.start <= start and found.end >= end]


def seed_like(clause: str, figure: str) -> str:
    """A clause of a report with its start lost and the first digit of `figure` swallowed."""
    return f"外贸业务实现突破??{shift(clause)}?{figure},同比增长5%。"


def test_a_run_read_one_byte_off_is_found_with_the_figure_behind_it() -> None:
    text = seed_like("肯石重工上半年出口", "338.8萬元")
    (damage,) = find_damage(text)
    assert damage.text == text[damage.start : damage.end]
    assert damage.text.startswith("??") and damage.text.endswith("?338.8萬元")
    assert "工上半年出" in damage.suggestion
    assert damage.swallows_digit


def test_the_words_of_the_document_fill_what_was_lost() -> None:
    text = "县里的肯石重工机械公司新上一条线。" + seed_like("肯石重工上半年出口", "338.8万元")
    (damage,) = find_damage(text.replace("年产", ""))
    assert damage.suggestion == "肯石重工上半年出口"


def test_lost_halves_that_nothing_tells_stay_open() -> None:
    (damage,) = find_damage(f"会上,{shift('磐宇机电制造')}?12台。")
    assert damage.suggestion.startswith("…")
    assert "□" not in damage.suggestion


def test_the_way_out_is_told_in_both_languages() -> None:
    (damage,) = find_damage(seed_like("重工集团上半年出口", "338.8万元"))
    assert "缺了首位" in damage.reason.zh and "first digit" in damage.reason.en


def test_a_reading_in_brackets_that_tore_a_character_apart_is_found() -> None:
    text = "精準(zhǔn)服務(wù)企業(yè)。強化鏈?zhǔn)剿季S,推動產(chǎn)業(yè)發(fā)展。"
    (damage,) = find_damage(text)
    assert damage.text == "?zhǔn)剿季S"
    assert damage.suggestion == "式思維"
    assert not damage.swallows_digit


def test_a_torn_reading_without_help_in_the_document_offers_what_is_sure() -> None:
    (damage,) = find_damage("產(chǎn)業(yè)強化鏈?zhǔn)剿季S,推動發(fā)展。")
    assert damage.suggestion == "…思維"


def test_places_count_in_the_original_text_with_its_readings() -> None:
    ahead = "產(chǎn)業(yè)發(fā)展\u200b。"
    text = ahead + seed_like("重工集团上半年出口", "338.8万元")
    (damage,) = find_damage(text)
    assert text[damage.start : damage.end] == damage.text
    assert damage.start == len(ahead) + len("外贸业务实现突破")


@pytest.mark.parametrize(
    ("text", "covered", "suggestion"),
    [
        ("全年完成产值" + "你好世界".encode().decode("gbk") + "300万元", "300万元", "你好世界"),
        ("据报道," + "营业收入".encode("gbk").decode("latin-1") + "300万元", "300万元", "营业收入"),
        ("据报道," + "營業收入".encode("big5").decode("latin-1") + "300万元", "300万元", "營業收入"),
        ("据报道," + "营业收入".encode().decode("cp1252", "ignore") + "300万元", "300万元", None),
        ("全年完成锟斤拷锟斤拷300万元", "300万元", ""),
        ("贷款余额7\ufffd.4亿元,同比增长", "7\ufffd.4亿元", ""),
        ("累计投放\ufffd.8亿元,同比增长", ".8亿元", ""),
        ("实现收入3?8亿元,同比增长", "3?8亿元", ""),
        ("实现收入?38.8亿元,同比增长", "38.8亿元", ""),
        ("实现收入338.8\ufffd\ufffd元,同比增长", "338.8\ufffd\ufffd", ""),
    ],
)
def test_other_damage_takes_its_figure_along(text: str, covered: str, suggestion: str | None) -> None:
    damage = find_damage(text)
    start = text.index(covered)
    (found,) = covering(damage, start, start + len(covered))
    if suggestion is not None:
        assert found.suggestion == suggestion


@pytest.mark.parametrize("text", SOUND + SENTENCES)
def test_sound_text_is_not_damaged(text: str) -> None:
    assert find_damage(text) == ()
    assert find_damage(clean(text).text) == ()


@pytest.mark.parametrize("text", ["敬请关注“?城镇”建设", "项目落户《?镇志》", "企业负责人王??出席会议并讲话"])
def test_a_character_that_the_encoding_lacked_is_a_loss(text: str) -> None:
    (damage,) = find_damage(text)
    assert set(damage.text) == {"?"}


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("end", ["?", "\ufffd", ""])
@pytest.mark.parametrize("losses", ["?", "\ufffd"])
def test_the_figure_behind_a_shifted_clause_is_always_flagged(sentence: str, end: str, losses: str) -> None:
    clause = clause_before_figure(sentence)
    broken = shift(clause[0], losses) + end
    text = sentence[: clause.start()] + broken + sentence[clause.end() :]
    figure = clause.start() + len(broken)
    found = covering(find_damage(text), figure - 1, figure + 1)
    assert found and found[0].swallows_digit


def test_nearly_every_shifted_clause_offers_its_words() -> None:
    offered = 0
    for sentence in SENTENCES:
        clause = clause_before_figure(sentence)[0]
        damage = find_damage(sentence.replace(clause, shift(clause) + "?", 1))
        words = {clause[place : place + 3] for place in range(len(clause) - 2)}
        offered += any(word in found.suggestion for found in damage for word in words)
    assert offered >= len(SENTENCES) - 1


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SENTENCES), st.integers(min_value=4, max_value=12), st.randoms(use_true_random=False))
def test_a_byte_lost_anywhere_before_a_figure_flags_the_figure(
    sentence: str, reach: int, chance: random.Random
) -> None:
    """However the decoder answers, as long as it leaves a sign that something was lost."""
    figure = clause_before_figure(sentence).end()
    start = figure - reach
    data = bytearray(sentence[start:figure].encode("gbk"))
    del data[2 * chance.randrange(reach)]
    broken = bytes(data).decode("gbk", "replace")
    text = sentence[:start] + broken + sentence[figure:]
    if broken.endswith("\ufffd"):
        place = start + len(broken)
        assert covering(find_damage(text), place - 1, place + 1)
    else:
        assert "\ufffd" in broken or find_damage(text)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SENTENCES), st.integers(min_value=0, max_value=200))
def test_a_replacement_sign_is_damage_wherever_it_stands(sentence: str, place: int) -> None:
    place %= len(sentence)
    text = sentence[:place] + "\ufffd" + sentence[place + 1 :]
    assert any(found.start <= place < found.end for found in find_damage(text))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(SENTENCES), st.integers(min_value=4, max_value=12))
def test_a_clause_in_the_wrong_encoding_flags_the_figure_behind_it(sentence: str, length: int) -> None:
    figure = clause_before_figure(sentence).end()
    clause = sentence[figure - length : figure]
    for broken in (
        clause.encode().decode("gbk", "replace"),
        clause.encode("gbk").decode("latin-1"),
    ):
        text = sentence[: figure - length] + broken + sentence[figure:]
        place = figure - length + len(broken)
        assert covering(find_damage(text), place - 1, place + 1), text


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES + SOUND), min_size=1, max_size=8), st.sampled_from(["", "\n", " "]))
def test_sound_sentences_in_any_order_stay_sound(sentences: list[str], joint: str) -> None:
    assert find_damage(joint.join(sentences)) == ()


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="?\ufffd鲜毓ど肽(zhǔn)锟斤拷Ä好3.元，\n", max_size=60))
def test_any_text_can_be_looked_through(text: str) -> None:
    last = 0
    for damage in find_damage(text):
        assert last <= damage.start < damage.end <= len(text)
        assert damage.text == text[damage.start : damage.end]
        last = damage.start


def test_hostile_text_costs_no_more_than_its_length() -> None:
    for pattern in ("?", "中?", "鑫淼赟", "\ufffd中", "锟", "中(zhǔn", "鲜毓ど习肽瓿隹?1", "é"):
        assert find_damage(pattern * 20_000) is not None


def test_pairs_of_bytes_are_read_the_other_way() -> None:
    run = shift("上半年出口")
    assert shifted(run) == "半年出"
    marked = with_losses_marked(f"突破?{run}?338")
    (found,) = find_shifts(marked, [place for place, sign in enumerate(marked) if sign in "?\ufffd" + run])
    assert "半年出" in found.reading


def test_bundled_texts_without_a_label_of_damage_have_none() -> None:
    quiet = [
        path
        for path in sorted(CORPUS.glob("*.txt"))
        if '"damaged"' not in path.with_suffix(".json").read_text("utf-8")
    ]
    assert len(quiet) > 10
    assert {path.name: find_damage(path.read_text("utf-8")) for path in quiet} == {
        path.name: () for path in quiet
    }


@pytest.mark.skipif(
    not FOUND.is_dir(), reason="the found articles (../shared/bulletins) do not lie beside this checkout"
)
def test_of_the_found_articles_only_the_first_is_damaged() -> None:
    damaged = {path.stem: find_damage(path.read_text("utf-8")) for path in sorted(FOUND.glob("*.txt"))}
    assert [name for name, found in damaged.items() if found] == ["seed"]
    first, second = damaged["seed"]
    assert first.text.endswith("338.8萬元") and first.swallows_digit
    assert "工上半年出口" in first.suggestion
    assert second.text == "?zhǔn)剿季S" and second.suggestion == "式思維"


@pytest.mark.parametrize(
    "text", ["甲海重工年产值28.7亿?,缴税1.05亿元。", "甲海重工总建筑面积26680平方\ufffd,占地80亩。"]
)
def test_a_number_whose_unit_was_torn_off_is_never_accepted(text: str) -> None:
    first, second = read(text, published="2025-08-15").claims
    assert first.damaged and first.quantity is None
    assert not second.damaged and second.quantity is not None


def test_damage_behind_a_whole_unit_leaves_the_number_alone() -> None:
    text = "2024年，甲海重工营业收入28.7亿元\ufffd\ufffd缴税1.05亿元。"
    assert not read(text, published="2025-08-15").claims[0].damaged
