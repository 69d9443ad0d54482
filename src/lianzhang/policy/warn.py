"""What a reader must know beside a verdict: memory, lapsed rules, cut-off texts, edges, values of an old year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from lianzhang.kernel.fact import FactPeriod
from lianzhang.kernel.text import Text
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy.judge import judge, value_of
from lianzhang.policy.tree import Comparison, Confidence, Item, ScoreFloor, conditions

if TYPE_CHECKING:
    from lianzhang.policy.evaluate import Evaluation, Reason

_VERDICTS = {
    Verdict.YES: Text("符合", "yes"),
    Verdict.NO: Text("不符合", "no"),
    Verdict.UNKNOWN: Text("未知", "not known"),
}


def warnings_of(evaluation: Evaluation) -> Iterator[Text]:
    """Every warning of one evaluation, the gravest first."""
    yield from _not_in_force(evaluation)
    yield from _memory(evaluation)
    incomplete = evaluation.rule.incomplete
    if incomplete is not None:
        yield Text(f"规则原文不全：{incomplete.zh}", f"The text of the rule is incomplete: {incomplete.en}")
    yield from _edges(evaluation)
    yield from _ratios(evaluation)
    yield from _stale(evaluation)


def _ratios(evaluation: Evaluation) -> Iterator[Text]:
    """A share of at most 1 in a fact of percent, where a hundred times as much would turn the condition."""
    for reason in evaluation.reasons:
        fact = reason.fact
        if fact is None or fact.unit != "%" or not isinstance(reason.condition, Comparison):
            continue
        value = value_of(evaluation.facts, fact.name)
        if not isinstance(value, Decimal) or not 0 < value <= 1:
            continue
        if judge(reason.condition, {fact.name: value * 100}, trust_memory=True) is not reason.status:
            meant = fact.write(value * 100)
            yield Text(
                f"“{fact.label.zh}”按{fact.write(value)}判断；若指{meant}，请写{meant.removesuffix('%')}。",
                f"{fact.name} was judged as {fact.write(value, 'en')}; if {meant} is meant, write it so.",
            )


def _not_in_force(evaluation: Evaluation) -> Iterator[Text]:
    rule, day = evaluation.rule, evaluation.day
    if rule.force.covers(day):
        return
    if rule.replaced_by:
        zh, en = f"，已由“{rule.replaced_by}”接替", f"; “{rule.replaced_by}” takes its place"
    elif not rule.force.end_sure and rule.force.end is not None and day > rule.force.end:
        zh, en = "，此后是否继续适用未见明文", "; whether it lives on was not found"
    else:
        zh, en = "", ""
    yield Text(f"“{rule.title.zh}”在{day}不施行{zh}。", f"“{rule.title.en}” is not in force on {day}{en}.")


def _memory(evaluation: Evaluation) -> Iterator[Text]:
    """Never silently: what rests on memory is named, and whether the verdict turns on it."""
    named = list(dict.fromkeys(_remembered(evaluation)))
    if not named:
        return
    zh, en = "、".join(text.zh for text in named), ", ".join(text.en for text in named)
    if not evaluation.trusting:
        yield Text(
            f"有{len(named)}处口径凭记忆、未核实，不据以下结论：{zh}。",
            f"{len(named)} conditions rest on memory and decide nothing: {en}.",
        )
    elif evaluation.proven is evaluation.verdict:
        yield Text(
            f"有{len(named)}处口径凭记忆、未核实，本结论不靠它们：{zh}。",
            f"{len(named)} conditions rest on memory; the verdict does not turn on them: {en}.",
        )
    else:
        without = _VERDICTS[evaluation.proven]
        yield Text(
            f"注意：本结论取决于{len(named)}处凭记忆、未核实的口径（{zh}），核对原文前不得据以办理；"
            f"不计这些，结论为“{without.zh}”。",
            f"Caution: the verdict turns on {len(named)} conditions from memory, not confirmed ({en}); do not act "
            f"on it before the text is read. Without them the verdict is “{without.en}”.",
        )


def _remembered(evaluation: Evaluation) -> Iterator[Text]:
    for reason in evaluation.reasons:
        if reason.confidence is Confidence.MEMORY:
            yield _named(reason)
        if isinstance(reason.condition, ScoreFloor) and not _stated(reason):
            for item in reason.condition.sheet.items:
                if _rests_on_memory(item):
                    yield Text(
                        f"评分项“{item.label.zh}”（{item.id}）", f"score item {item.label.en} ({item.id})"
                    )


def _named(reason: Reason) -> Text:
    if reason.fact is None:
        return reason.need
    return Text(
        f"{reason.fact.label.zh}（{reason.fact.name}）", f"{reason.fact.label.en} ({reason.fact.name})"
    )


def _stated(reason: Reason) -> bool:
    """Whether an official score stands in for the sheet."""
    floor = reason.condition
    return (
        isinstance(floor, ScoreFloor)
        and floor.stated is not None
        and value_of(reason.facts, floor.stated.name) is not None
    )


def _rests_on_memory(item: Item) -> bool:
    awards = [award.when for way in item.ways for award in way.awards if award.when is not None]
    return any(leaf.ground.confidence is Confidence.MEMORY for when in awards for leaf in conditions(when))


def _edges(evaluation: Evaluation) -> Iterator[Text]:
    """Values on which two bands of the text meet."""
    for edge in evaluation.rule.edges:
        value = value_of(evaluation.facts, edge.fact.name)
        if value is not None and value in edge.at:
            yield Text(
                f"“{edge.fact.label.zh}”恰为{edge.fact.write(value)}：{edge.note.zh}",
                f"{edge.fact.label.en} is exactly {edge.fact.write(value, 'en')}: {edge.note.en}",
            )


def _stale(evaluation: Evaluation) -> Iterator[Text]:
    """Values of a year before the last complete one: last year's accounts are due by the end of June."""
    day = evaluation.day
    oldest = day.year - (1 if day.month > 6 else 2)
    seen: set[str] = set()
    for reason in evaluation.reasons:
        fact, known = reason.fact, reason.known
        if fact is None or known is None or fact.period is not FactPeriod.YEAR or fact.name in seen:
            continue
        seen.add(fact.name)
        if known.period[:4].isdigit() and int(known.period[:4]) < oldest:
            yield Text(
                f"“{fact.label.zh}”是{known.period}年的数，请更新后再算。",
                f"{fact.label.en} is of {known.period}; bring it up to date.",
            )
