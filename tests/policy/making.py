"""Rules and facts for tests: written as the pack writes them, read against its dictionary."""

from __future__ import annotations

from datetime import date
from typing import Any

from lianzhang.kernel import FactValue, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Rule, RuleKind, read_rules, rule_book, tree_reader

PACK = open_pack("liaocheng")
FACTS = fact_dictionary(PACK)
BOOK = rule_book(PACK)
READER = tree_reader(PACK)
DAY = date(2026, 5, 1)

HEAD = """id: sample
title: {zh: 样例, en: sample}
document: {title: {zh: 样例文件, en: sample paper}, number: 样字〔2026〕1号}
confidence: A
"""


def rule(requires: str, *, more: str = "") -> Rule:
    """A rule with these requirements in flow style, and further keys of the rule."""
    text = f"{HEAD}{more}requires: {requires}\n"
    return next(read_rules(text, file="sample.yaml", kind=RuleKind.POLICY, reader=READER))


def known(**values: Any) -> dict[str, FactValue]:
    """Typed values by fact name; None is left out."""
    return FACTS.read(values)
