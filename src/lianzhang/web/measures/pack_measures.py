"""The measures that come with a city's pack, as rows for a draft: a beginning that the office makes its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from lianzhang.kernel.lined_yaml import LinedMapping, read_lined_yaml
from lianzhang.kernel.pack import Pack, open_pack
from lianzhang.policy import FOLDERS, Rule, RuleKind, rule_book
from lianzhang.web.measures.models import MeasureList

#: Which rules of the pack fill which list.
_KINDS = {
    MeasureList.Kind.MAIN: RuleKind.SERVICE,
    MeasureList.Kind.CHAIN: RuleKind.SERVICE,
    MeasureList.Kind.SERVICE: RuleKind.SERVICE,
    MeasureList.Kind.POLICY: RuleKind.POLICY,
    MeasureList.Kind.COMPLIANCE: RuleKind.GUIDANCE,
}


def pack_measures(kind: str, *, chain: str = "") -> list[dict[str, Any]]:
    """Columns of the measures that the pack has for a list of this kind, in the order of the pack.

    The main list takes the services meant for every chain, the list of a chain those meant for it.
    """
    wanted = _KINDS.get(MeasureList.Kind(kind))
    if wanted is None:
        return []
    pack = open_pack(settings.LIANZHANG_PACK)
    texts = dict(_conditions(pack, wanted))
    rules = [rule for rule in rule_book(pack).of(wanted) if _belongs(rule, kind, chain)]
    return [_columns(rule, position, texts.get(rule.id, "")) for position, rule in enumerate(rules, start=1)]


def _belongs(rule: Rule, kind: str, chain: str) -> bool:
    if kind == MeasureList.Kind.CHAIN:
        return chain in rule.chains
    return not rule.chains if kind == MeasureList.Kind.MAIN else True


def _columns(rule: Rule, position: int, requires: str) -> dict[str, Any]:
    offer = rule.offer
    said = {
        "gives": offer.gives,
        "how": offer.how,
        "papers": offer.papers,
        "time_limit": offer.time_limit,
        "phone": offer.contact,
    }
    return {
        "code": rule.id,
        "position": position,
        "title": rule.title.zh,
        "title_en": rule.title.en,
        "requires": requires,
        "stated": [line.zh for line in rule.stated],
        "basis": [{"document": rule.document.title.zh, "clause": rule.document.number}],
        "is_support": rule.kind is RuleKind.POLICY,
        "status": rule.standing.value,
        **{name: text.zh if text else "" for name, text in said.items()},
    }


def _conditions(pack: Pack, kind: RuleKind) -> Iterator[tuple[str, str]]:
    """(rule, its conditions as the pack writes them)."""
    for folder, found in FOLDERS.items():
        if found is not kind:
            continue
        for path in pack.files(folder):
            content = read_lined_yaml(pack.read_text(path), file=path)
            for row in content.get("rules", [content]):
                if isinstance(row, LinedMapping) and row.get("requires"):
                    text = json.dumps(row["requires"], ensure_ascii=False, indent=1, default=str)
                    yield str(row["id"]), text
