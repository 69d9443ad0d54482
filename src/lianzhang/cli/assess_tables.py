"""Evaluations as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from lianzhang.kernel import Text, Verdict
from lianzhang.policy import Evaluation
from lianzhang.policy.exemption import ExemptionFinding
from lianzhang.policy.size_class import SizeFinding

_VERDICTS = {
    Verdict.YES: Text("符合", "yes"),
    Verdict.NO: Text("不符合", "no"),
    Verdict.UNKNOWN: Text("未知", "not known"),
}


def print_evaluations(found: Sequence[Evaluation], console: Console, language: str) -> None:
    """One table a rule: each condition with need, have, gap, clause and confidence; then what is missing."""
    for one in found:
        verdict = _VERDICTS[one.verdict].say(language)
        table = Table(
            title=f"{one.rule.title.say(language)} · {one.day} · {verdict}", title_justify="left", expand=True
        )
        for heading in (
            Text("条件", "condition"),
            Text("要求", "needed"),
            Text("现有", "there is"),
            Text("差距", "short by"),
            Text("结论", "result"),
            Text("条款", "clause"),
            Text("把握", "confidence"),
        ):
            table.add_column(heading.say(language))
        for reason in one.reasons:
            gap = (
                reason.fact.write(abs(Decimal(reason.gap)), language)
                if reason.fact and reason.gap is not None
                else ""
            )
            table.add_row(
                reason.fact.label.say(language) if reason.fact else "",
                reason.need.say(language),
                reason.have.say(language),
                gap,
                _VERDICTS[reason.counts].say(language),
                reason.clause,
                reason.confidence.value,
            )
        console.print(table)
        if one.score is not None:
            low, high = one.score.total.low, one.score.total.high
            console.print(Text(f"得分：{low}至{high}", f"Score: {low} to {high}").say(language))
        if one.missing:
            names = "、".join(one.missing)
            console.print(Text(f"待补：{names}", f"To be stated: {', '.join(one.missing)}").say(language))
        for warning in one.warnings:
            console.print(warning.say(language))
        console.print()


def print_sizes(found: Sequence[SizeFinding], console: Console, language: str) -> None:
    """The class, or the classes still possible, and what each figure says."""
    names = {
        "large": Text("大型", "large"),
        "medium": Text("中型", "medium"),
        "small": Text("小型", "small"),
        "micro": Text("微型", "micro"),
    }
    joint = ", " if language.startswith("en") else "、"
    for one in found:
        classes = joint.join(names[name].say(language) for name in one.classes)
        console.print(f"{one.standard.title.say(language)}：{classes}")
        for step in one.steps:
            allows = (
                names[step.allows].say(language) if step.allows else Text("未知", "not known").say(language)
            )
            console.print(
                f"  {step.fact.label.say(language)} {step.fact.write(step.value, language)} → {allows}"
            )
        if one.missing:
            console.print(
                Text(f"待补：{'、'.join(one.missing)}", f"To be stated: {', '.join(one.missing)}").say(
                    language
                )
            )
        for warning in one.warnings:
            console.print(warning.say(language))


def print_exemptions(found: Sequence[ExemptionFinding], console: Console, language: str) -> None:
    """Each item with the advice, its ground, and the facts that are missing; never a decision."""
    table = Table(expand=True)
    for heading in (
        Text("事项", "item"),
        Text("行为", "act"),
        Text("提示", "advice"),
        Text("依据", "ground"),
        Text("待补", "to be stated"),
    ):
        table.add_column(heading.say(language))
    for one in found:
        table.add_row(
            one.item.id,
            one.item.act.say(language),
            one.advice.label.say(language),
            one.ground.say(language),
            ", ".join(one.missing),
        )
    console.print(table)
    for note in dict.fromkeys(note.say(language) for one in found for note in one.notes):
        console.print(note)
