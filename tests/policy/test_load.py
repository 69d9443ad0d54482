"""A faulty rule never loads: the refusal names file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianzhang.kernel import PackError
from lianzhang.kernel.pack import Pack
from lianzhang.policy import RuleError, RuleKind, read_rules, rule_book
from tests.policy.making import BOOK, HEAD, PACK, READER, rule

CONTRADICTION = (
    "{all: [{fact: employees, at_least: 20, unit: 人}, {any: [{fact: exports, equals: true}]}, "
    "{fact: employees, less_than: 20, unit: 人}]}"
)
ITEM = "score: {total: 5, %sitems: [{id: a, %slabel: {zh: 甲, en: a}, most: 5, %s}]}\n"
BANDS = "bands: {fact: employees, unit: 人, at_least: %s}"
GROUP = "groups: {g: {most: 4, label: {zh: 组, en: g}}}, "


@pytest.mark.parametrize(
    ("requires", "words"),
    [
        ("{fact: employes, at_least: 20, unit: 人}", "没有名为“employes”的事实。是否指：employees"),
        ("{fact: revenue_ly, at_least: 20, unit: 亿元}", "单位是“万元”，这里写的是“亿元”"),
        ("{fact: revenue_ly, at_least: 20}", "没有写“上年度营业收入”的单位。请写 unit: 万元"),
        ("{fact: revenue_ly, at_least: 两千, unit: 万元}", "不是有限的数字"),
        ("{fact: revenue_ly, at_least: .nan, unit: 万元}", "不是有限的数字"),
        ("{fact: employees, at_least: 20.5, unit: 人}", "不是整数"),
        (CONTRADICTION, "互相矛盾"),
        ("{all: [{fact: size_class, one_of: [small]}, {fact: size_class, equals: large}]}", "互相矛盾"),
        ("{fact: employees, between: {from: 30, to: 20}, unit: 人}", "下限30高于上限20"),
        ("{fact: county, one_of: ['370102']}", "不在本数据包的辖区内"),
        ("{fact: size_class, one_of: [tiny]}", "没有选项“tiny”|不在选项之内"),
        ("{fact: has_own_brand, at_least: 1}", "类型是boolean，不能用“at_least”"),
        ("{fact: holds, equals: srdi_sme}", "类型是choices"),
        ("{fact: employees, at_least: 20, at_most: 30, unit: 人}", "须有且只有一种比较"),
        ("{fact: employees, all: []}", "须有且只有一种写法"),
        ("{all: []}", "至少一个条件"),
        ("{fact: employees, at_lest: 20, unit: 人}", "不认识的项“at_lest”"),
        ("{use: nothing}", "没有名为“nothing”的共用条件"),
        ("{score: total, at_least: 60}", "没有评分表"),
        ("{fact: revenue_ly, at_least: {parameter: nothing}, unit: 万元}", "没有名为“nothing”的参数"),
        ("{fact: exports, equals: true, confidence: Z}", "把握只能是A、B、C、M"),
        ("{fact: loan_granted_on, within_months: 0}", "不是月数"),
        ("[1, 2]", "条件应写成"),
    ],
)
def test_a_faulty_condition_is_refused_with_its_line(requires: str, words: str) -> None:
    with pytest.raises(PackError) as refused:
        rule(requires)
    said = str(refused.value)
    assert said.startswith("sample.yaml 第5行：")
    assert any(word in said for word in words.split("|")), said
    assert refused.value.remedy is not None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("in_force: {from: 2026-05-01, to: 2026-04-01}\n", "晚于失效日"),
        ("in_force: {from: 春天}\n", "“春天”不是日期"),
        ("chains: [shipbuilding]\n", "没有产业链“shipbuilding”"),
        ("standing: sure\n", "standing 不能是“sure”"),
        ("prio: 3\n", "不认识的项“prio”"),
        (ITEM % ("", "", BANDS % "[[20, 3], [50, 5]]"), "各档的顺序不对"),
        (ITEM % ("", "", BANDS % "[[50, 9]]"), "超出0—5"),
        (ITEM % (GROUP, "group: g, ", "judged_by_people: true"), "各项满分之和是5，与组的满分4不符"),
    ],
)
def test_a_faulty_rule_is_refused_with_its_line(more: str, words: str) -> None:
    with pytest.raises(PackError, match=r"sample\.yaml 第") as refused:
        rule("{fact: exports, equals: true}", more=more)
    assert words in str(refused.value)
    assert refused.value.remedy is not None


def test_a_rule_may_not_outlive_its_paper() -> None:
    text = (
        HEAD.replace("number: 样字〔2026〕1号", "until: 2025-12-31")
        + "requires: {fact: exports, equals: true}\n"
    )
    with pytest.raises(PackError, match="依据文件2025-12-31已到期，规则却一直有效"):
        list(read_rules(text, file="f", kind=RuleKind.POLICY, reader=READER))


def test_a_rule_without_paper_or_confidence_is_refused() -> None:
    text = HEAD.replace("confidence: A\n", "") + "requires: {fact: exports, equals: true}\n"
    with pytest.raises(PackError, match="缺少“confidence”"):
        list(read_rules(text, file="f", kind=RuleKind.POLICY, reader=READER))


def pack_with(folder: Path, files: dict[str, str]) -> Pack:
    """The Liaocheng dictionary with these rule files."""
    for name in ("pack.yaml", "regions.yaml", *PACK.files("facts")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PACK.read_text(name), encoding="utf-8")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return Pack("mine", folder)


GOOD = HEAD + "requires: {fact: exports, equals: true}\n"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"policies/a.yaml": GOOD, "policies/b.yaml": GOOD}, "编号“sample”已在 mine/policies/a.yaml:1 用过"),
        ({"policies/a.yaml": GOOD + "replaced_by: nobody\n"}, "接替它的规则“nobody”不存在"),
        ({"policies/a.yaml": GOOD + "replaced_by: sample\n"}, "互相接替"),
        ({"policies/a.yaml": "a: &a [1]\nb: *a\n"}, "不允许使用锚点"),
        ({"policies/a.yaml": "#" * 10_000_000}, "超过1000000"),
        ({"policies/a.yaml": "- 1\n"}, "规则文件应是一张表"),
        (
            {
                "conditions.yaml": "one: {use: two}\ntwo: {use: one}\n",
                "policies/a.yaml": HEAD + "requires: {use: one}\n",
            },
            "循环引用：one → two → one",
        ),
    ],
)
def test_a_faulty_pack_is_refused_as_a_whole(tmp_path: Path, files: dict[str, str], words: str) -> None:
    with pytest.raises(PackError) as refused:
        rule_book(pack_with(tmp_path, files))
    assert words in str(refused.value)


PARAMETERS = """parameters:
  - name: floor
    label: {zh: 下限, en: floor}
    unit: 万元
    values:
      - {from: 2024-01-01, to: 2025-12-31, value: 100, source: 甲, confidence: A}
      - {from: 2026-01-01, value: 200, source: 乙, confidence: M}
"""


def test_a_parameter_has_the_value_and_the_confidence_of_its_day(tmp_path: Path) -> None:
    from datetime import date
    from decimal import Decimal

    from lianzhang.kernel import Verdict
    from lianzhang.policy import judge

    text = HEAD + "requires: {fact: revenue_ly, at_least: {parameter: floor}, unit: 万元}\n"
    book = rule_book(pack_with(tmp_path, {"parameters.yaml": PARAMETERS, "policies/a.yaml": text}))
    facts = {"revenue_ly": Decimal(100)}
    assert judge(book["sample"].on(date(2025, 12, 31)), facts) is Verdict.YES
    assert judge(book["sample"].on(date(2026, 1, 1)), facts) is Verdict.UNKNOWN  # memory
    assert judge(book["sample"].on(date(2026, 1, 1)), facts, trust_memory=True) is Verdict.NO
    assert judge(book["sample"].on(date(2023, 12, 31)), facts) is Verdict.UNKNOWN  # no value known


def test_overlapping_values_of_a_parameter_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="两个时段重叠"):
        rule_book(pack_with(tmp_path, {"parameters.yaml": PARAMETERS.replace("2025-12-31", "2026-01-01")}))


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(RuleError, match="没有编号为“nobody”的规则"):
        BOOK["nobody"]
