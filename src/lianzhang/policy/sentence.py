"""A rule in words, Chinese and English: what an official reads and signs is made from the tree that is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any as Anything

from lianzhang.kernel.fact import Fact, FactType, FactValue
from lianzhang.kernel.text import Text
from lianzhang.policy.judge import Facts, threshold_at, value_of
from lianzhang.policy.rule import Rule
from lianzhang.policy.tree import (
    TOTAL,
    All,
    Any,
    Between,
    Comparison,
    Condition,
    HasAny,
    Known,
    Node,
    Not,
    OneOf,
    OutOfForce,
    Relation,
    ScoreFloor,
    Step,
    Stepped,
    Under,
    Undetermined,
    WithinMonths,
)

_WORDS = {
    Relation.AT_LEAST: Text("不低于", "at least "),
    Relation.MORE_THAN: Text("超过（不含）", "more than "),
    Relation.AT_MOST: Text("不超过", "at most "),
    Relation.LESS_THAN: Text("低于（不含）", "less than "),
    Relation.EQUALS: Text("为", "exactly "),
}
_DATE_WORDS = {
    Relation.AT_LEAST: Text("不早于", "not before "),
    Relation.MORE_THAN: Text("晚于", "after "),
    Relation.AT_MOST: Text("不晚于", "not after "),
    Relation.LESS_THAN: Text("早于", "before "),
    Relation.EQUALS: Text("为", "on "),
}
#: A rank is better the smaller it is: “at most 3” reads as “the first three”.
_RANK = "名次"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rule in words: how deep it stands in the tree, and what it says."""

    depth: int
    text: Text
    condition: Condition | None = None


def sentence(rule: Rule, language: str = "zh") -> str:
    """The whole rule as indented lines: judged conditions, then those that people judge."""
    english = language.lower().startswith("en")
    lines = [("  " * line.depth) + line.text.say(language) for line in rule_lines(rule.requires)]
    if rule.stated:
        lines.append("Judged by people:" if english else "由人判断：")
        lines += [f"  {text.say(language)}" for text in rule.stated]
    return "\n".join(lines)


def rule_lines(node: Node, depth: int = 0) -> Iterator[Line]:
    """A tree as lines, groups as headings above their parts."""
    if isinstance(node, Not):
        if isinstance(node.part, All | Any):
            yield Line(depth, Text("以下不成立：", "The following does not hold:"))
            yield from rule_lines(node.part, depth + 1)
        else:
            text = condition_text(node.part) if not isinstance(node.part, Not) else Text("", "")
            yield Line(depth, Text(f"不得：{text.zh}", f"not: {text.en}"), _leaf(node.part))
    elif isinstance(node, All | Any):
        if len(node.parts) == 1:
            yield from rule_lines(node.parts[0], depth)
            return
        heading = (
            Text("同时满足：", "All of:") if isinstance(node, All) else Text("满足其中一项：", "Any of:")
        )
        if isinstance(node, Any) and node.label is not None:
            heading = Text(f"{node.label.zh}（满足其中一项）：", f"{node.label.en} (any of):")
        yield Line(depth, heading)
        for part in node.parts:
            yield from rule_lines(part, depth + 1)
    else:
        yield Line(depth, condition_text(node), node)


def _leaf(node: Node) -> Condition | None:
    return None if isinstance(node, All | Any | Not) else node


def condition_text(condition: Condition) -> Text:
    """One condition as a clause: 上年度研发费用不低于100万元."""
    need = need_of(condition)
    if isinstance(condition, ScoreFloor):
        group = condition.sheet.labels.get(condition.group)
        name = Text("评价总分", "total score") if condition.group == TOTAL or group is None else group
    elif isinstance(condition, Undetermined | OutOfForce):
        return need
    else:
        name = condition.fact.label
    return Text(name.zh + need.zh, f"{name.en}: {need.en}")


def need_of(condition: Condition, facts: Facts | None = None) -> Text:
    """What a condition wants, without the name of its fact; with facts, a stepped threshold is resolved."""
    if isinstance(condition, Stepped) and facts is not None:
        leading: Anything = value_of(facts, condition.leading.name)
        threshold = None if leading is None else threshold_at(condition, leading)
        if threshold is not None:
            return _related(condition.fact, condition.relation, threshold)
    return _NEEDS[type(condition)](condition)


def _related(fact: Fact, relation: Relation, value: FactValue) -> Text:
    if fact.type is FactType.BOOLEAN:
        return Text(f"为“{fact.write(value)}”", fact.write(value, "en"))
    if fact.unit == _RANK and relation is Relation.AT_MOST:
        return Text(
            f"在前{fact.write(value).removesuffix(_RANK)}名以内", f"among the first {fact.write(value, 'en')}"
        )
    words = (_DATE_WORDS if fact.type is FactType.DATE else _WORDS)[relation]
    return Text(f"{words.zh}{fact.write(value)}", f"{words.en}{fact.write(value, 'en')}")


def _comparison(condition: Comparison) -> Text:
    if condition.value is None:
        words = _WORDS[condition.relation]
        return Text(f"{words.zh}某一数值（原文未读到）", f"{words.en}a number that was not read")
    return _related(condition.fact, condition.relation, condition.value)


def _values(fact: Fact, values: frozenset[Anything], language: str) -> str:
    order = list(fact.choices)
    ranked = sorted(values, key=lambda v: (order.index(v) if v in order else len(order), str(v)))
    return ("、" if language == "zh" else ", ").join(
        fact.choice(str(value)).say(language) for value in ranked
    )


def _one_of(condition: OneOf) -> Text:
    return Text(
        f"属于：{_values(condition.fact, condition.values, 'zh')}",
        f"one of {_values(condition.fact, condition.values, 'en')}",
    )


def _has_any(condition: HasAny) -> Text:
    return Text(
        f"至少有其一：{_values(condition.fact, condition.values, 'zh')}",
        f"at least one of {_values(condition.fact, condition.values, 'en')}",
    )


def _under(condition: Under) -> Text:
    return Text(f"在下列代码之下：{'、'.join(condition.codes)}", f"under {', '.join(condition.codes)}")


def _between(condition: Between) -> Text:
    low, high = condition.fact.write(condition.low), condition.fact.write(condition.high)
    end = Text("（不含）", " (not included)") if condition.open_end else Text("", "")
    low_en, high_en = condition.fact.write(condition.low, "en"), condition.fact.write(condition.high, "en")
    return Text(f"在{low}至{high}{end.zh}之间", f"from {low_en} to {high_en}{end.en}")


def _known(condition: Known) -> Text:
    return Text("已填报", "is stated")


def _within_months(condition: WithinMonths) -> Text:
    return Text(f"在近{condition.months}个月之内", f"within the last {condition.months} months")


def _stepped(condition: Stepped) -> Text:
    zh, en = [], []
    for step, following in zip(condition.steps, (*condition.steps[1:], None), strict=True):
        if step.threshold is None:
            continue
        need, when = (
            _related(condition.fact, condition.relation, step.threshold),
            _when(condition, step, following),
        )
        zh.append(f"{when.zh}{need.zh}")
        en.append(f"{when.en}{need.en}")
    return Text("；".join(zh), "; ".join(en))


def _when(condition: Stepped, step: Step, following: Step | None) -> Text:
    """For which values of the leading fact a step holds: 上年度营业收入10000万元及以上时."""
    name, fact = condition.leading.label, condition.leading
    if step.start is not None:
        start, start_en = fact.write(step.start), fact.write(step.start, "en")
        if step.above:
            return Text(f"{name.zh}超过{start}时", f"with {name.en} above {start_en}, ")
        return Text(f"{name.zh}{start}及以上时", f"with {name.en} of {start_en} or more, ")
    if following is None or following.start is None:
        return Text("", "")
    end, end_en = fact.write(following.start), fact.write(following.start, "en")
    if following.above:
        return Text(f"{name.zh}{end}及以下时", f"with {name.en} up to {end_en}, ")
    return Text(f"{name.zh}不足{end}时", f"with {name.en} below {end_en}, ")


def _score_floor(condition: ScoreFloor) -> Text:
    words = _WORDS[condition.relation]
    return Text(f"{words.zh}{condition.value:f}分", f"{words.en}{condition.value:f} points")


def _undetermined(condition: Undetermined) -> Text:
    return condition.why


def _out_of_force(condition: OutOfForce) -> Text:
    start = condition.start.isoformat() if condition.start else "…"
    end = condition.end.isoformat() if condition.end else "…"
    return Text(
        f"规则施行期间 {start} 至 {end}，不含 {condition.day}",
        f"the rule is in force {start} to {end}, not on {condition.day}",
    )


_NEEDS: dict[type, Callable[[Anything], Text]] = {
    Comparison: _comparison,
    OneOf: _one_of,
    HasAny: _has_any,
    Under: _under,
    Between: _between,
    Known: _known,
    WithinMonths: _within_months,
    Stepped: _stepped,
    ScoreFloor: _score_floor,
    Undetermined: _undetermined,
    OutOfForce: _out_of_force,
}
