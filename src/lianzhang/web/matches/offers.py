"""Everything an enterprise can be matched with: measures in force, policies and titles of the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Rule, RuleKind, rule_book
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


#: What guidance asks is a duty, not an offer.
_OFFERS = (RuleKind.TITLE, RuleKind.POLICY, RuleKind.SERVICE)


def offers(actor: Actor, *, on: date) -> list[Offered]:
    """All offers on a day, published measures first. A published measure replaces the pack's of its code."""
    found: dict[str, Offered] = {}
    for measure in measures_in_force(actor, on):
        try:
            rule = rule_of(measure)
        except (
            LianzhangError
        ):  # a text of an older dictionary can no longer be judged: shown in the list only
            continue
        title = measure.version.list.title
        found[measure.code] = Offered(
            f"measure:{measure.pk}",
            rule,
            Text(title, measure.version.list.title_en or title),
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
                f"rule:{rule.id}", rule, document, rule.standing.value, gives=gives.zh if gives else ""
            )
    return list(found.values())
