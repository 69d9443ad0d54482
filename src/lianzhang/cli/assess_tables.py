"""Evaluations as tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.table import Table

from lianzhang.kernel import Text, Verdict
from lianzhang.policy import Evaluation

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
