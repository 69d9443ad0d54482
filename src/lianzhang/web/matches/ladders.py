"""The cultivation ladders in words: rungs, the one to take next, and a plan, the cheapest steps first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from lianzhang.kernel import Text, Verdict
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Facts, RuleKind, Step, ladder, rule_book
from lianzhang.web.matches.groups import gap_words

EFFORTS = {
    0: Text("只需补充信息", "only state the fact"),
    1: Text("补材料或备案即可", "a paper or a filing"),
    2: Text("约一年内可做到", "within about a year"),
    3: Text("需要数年", "takes years"),
    9: Text("不由企业决定", "not in the enterprise's hands"),
}


def ladders(facts: Facts, *, on: date, language: str) -> list[dict[str, Any]]:
    """Every ladder of the pack with its rungs in rising order."""
    rules = rule_book(open_pack(settings.LIANZHANG_PACK)).of(RuleKind.TITLE)
    names = dict.fromkeys(rule.ladder for rule in rules if rule.ladder)
    # Without any title on record “not known” stands behind every rung and says nothing.
    known = facts.get("holds") is not None
    found = []
    for name in names:
        built = ladder(rules, facts, name=name, on=on)
        rungs = [
            {
                "id": rung.rule.id,
                "title": rung.rule.title.say(language),
                "held": rung.held is Verdict.YES,
                "doubtful": known and rung.held is Verdict.UNKNOWN,
                "verdict": rung.verdict.value,
                "next": rung is built.next,
                "incomplete": rung.rule.incomplete.say(language) if rung.rule.incomplete else "",
                "years": rung.rule.valid_years,
                "plan": [_planned(step, language) for step in rung.steps],
            }
            for rung in built.rungs
        ]
        if rungs:
            found.append({"name": name, "rungs": rungs})
    return found


def _planned(step: Step, language: str) -> dict[str, str]:
    return {
        "what": gap_words(step.reason).say(language),
        "effort": EFFORTS[step.effort].say(language),
        "clause": step.reason.clause,
        "confidence": step.reason.confidence.label.say(language),
    }
