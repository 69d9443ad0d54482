"""Everything an enterprise can be matched with: measures in force, policies and titles of the pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.urls import reverse

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Confidence, Rule, RuleKind, rule_book
from lianzhang.policy.tree import All, Ground, HasAny
from lianzhang.web.measures.conditions import rule_of
from lianzhang.web.measures.queries import measures_in_force


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing an enterprise may have: its rule, from where it comes, and where its card is."""

    key: str
    rule: Rule
    origin: Text
    standing: str
    href: str = ""
    gives: str = ""


#: What guidance asks is a duty, not an offer; nor is an exemption one.
_OFFERS = (RuleKind.TITLE, RuleKind.POLICY, RuleKind.SERVICE)
_NO_OFFERS = frozenset({"compliance", "exemption"})


def offers(actor: Actor, *, on: date) -> list[Offered]:
    """All offers on a day, published measures first. A published measure replaces the pack's of its code."""
    found: dict[str, Offered] = {}
    for measure in measures_in_force(actor, on):
        listed = measure.version.list
        if listed.kind in _NO_OFFERS:
            continue
        try:
            rule = rule_of(measure)
        except LianzhangError:
            # A text of an older dictionary can no longer be judged; it stays on its list.
            continue
        found[measure.code] = Offered(
            f"measure:{measure.pk}",
            _for_chains(rule, (listed.chain_id,) if listed.chain_id else ()),
            Text(listed.title, listed.title_en or listed.title),
            measure.status,
            reverse("measures:card", args=[measure.pk]),
            measure.gives or measure.summary,
        )
    book = rule_book(open_pack(settings.LIANZHANG_PACK))
    for rule in book.of(*_OFFERS):
        if rule.id not in found and rule.force.covers(on):
            document = rule.document.title
            gives = rule.offer.gives
            found[rule.id] = Offered(
                f"rule:{rule.id}",
                _for_chains(rule, rule.chains),
                document,
                rule.standing.value,
                gives=gives.zh if gives else "",
            )
    return list(found.values())


def _for_chains(rule: Rule, chains: Sequence[str]) -> Rule:
    """The rule with what it leaves unsaid: a measure of one chain is for the enterprises on it."""
    if not chains:
        return rule
    fact = fact_dictionary(open_pack(settings.LIANZHANG_PACK))["chains"]
    on_chain = HasAny(fact, frozenset(chains), Ground(confidence=Confidence.OFFICIAL, place=rule.place))
    return replace(rule, requires=All((on_chain, rule.requires)))
