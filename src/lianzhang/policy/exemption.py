"""Minor violations: grounds for not fining, in the order of the law – advice to an officer, never a decision.

What is not covered reads “no listed exemption”; the Administrative Penalty Law (第33条) may still apply, and
whether it does is the officer's to judge. A first violation is never assumed from an empty record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from lianzhang.kernel.fact import FactType
from lianzhang.kernel.fact_dictionary import both_languages
from lianzhang.kernel.lined_yaml import LinedMapping, read_lined_yaml
from lianzhang.kernel.pack import Pack
from lianzhang.kernel.text import Text
from lianzhang.kernel.verdict import Verdict
from lianzhang.policy.evaluate import Outcome, Reason, explain_tree
from lianzhang.policy.judge import NO, UNKNOWN, YES, Facts, value_of
from lianzhang.policy.load import tree_reader
from lianzhang.policy.rule import RuleError, months_before
from lianzhang.policy.tree import All, Confidence, Ground, Node


class ItemKind(StrEnum):
    """How the law treats an act."""

    ORDER_FIRST = "order_first"  # correction is ordered first; a fine only when it is refused
    DISCRETIONARY = "discretionary"  # fined at once, or may be; relief through 第33条 or a list
    FIRST_VIOLATION = "first_violation"  # 首违不罚 list
    MINOR = "minor"  # 轻微免罚 list
    FINE_WAIVED = "fine_waived"  # the statute itself waives the fine on stated facts
    NOT_EXEMPT = "not_exempt"  # bottom line: no listed exemption


class Advice(StrEnum):
    """What the program finds; the decision is not among them."""

    MUST_NOT_PUNISH = "must_not_punish"
    MAY_NOT_PUNISH = "may_not_punish"
    NO_FINE_IF_CORRECTED = "no_fine_if_corrected"
    MITIGATE_POSSIBLE = "mitigate_possible"
    NO_LISTED_EXEMPTION = "no_listed_exemption"
    NEED_FACTS = "need_facts"

    @property
    def label(self) -> Text:
        """The words on screen."""
        return _ADVICE[self]


_ADVICE = {
    Advice.MUST_NOT_PUNISH: Text("依法不予行政处罚", "not to be penalised by law"),
    Advice.MAY_NOT_PUNISH: Text("可以不予行政处罚", "may go without penalty"),
    Advice.NO_FINE_IF_CORRECTED: Text(
        "先责令改正；已按期改正的不罚款", "correction first; no fine once corrected"
    ),
    Advice.MITIGATE_POSSIBLE: Text(
        "清单内无免罚情形，可研究减轻", "no listed exemption; mitigation may be studied"
    ),
    Advice.NO_LISTED_EXEMPTION: Text("未见清单内的免罚情形", "no listed exemption"),
    Advice.NEED_FACTS: Text("尚缺事实，不能判断", "facts are missing"),
}


@dataclass(frozen=True, slots=True)
class General:
    """A general ground of the law: its clause and the conditions it needs."""

    id: str
    label: Text
    clause: str
    requires: Node | None
    confidence: Confidence
    advice: Advice | None = None


@dataclass(frozen=True, slots=True)
class ExemptionItem:
    """One act on the list. `extra` must hold on every route; `usual` names the routes a list prescribes."""

    id: str
    act: Text
    basis: str
    kind: ItemKind
    extra: Node | None
    fine: Text | None
    mitigation: Text | None
    notes: tuple[Text, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ExemptionList:
    """The items and the general grounds of a pack."""

    items: dict[str, ExemptionItem]
    general: dict[str, General]
    caution: Text

    def __getitem__(self, item_id: str) -> ExemptionItem:
        """The item of this id; raises `RuleError` when there is none."""
        if item_id not in self.items:
            raise RuleError(
                Text(f"没有编号为“{item_id}”的违法事项。", f"There is no item “{item_id}”."),
                Text("编号如 E01、F03、M02、N05。", "Ids look like E01, F03, M02, N05."),
            )
        return self.items[item_id]


@dataclass(frozen=True, slots=True)
class ExemptionFinding:
    """What the facts of a case say of one item: advice, the clause it rests on, reasons, and what is missing."""

    item: ExemptionItem
    advice: Advice
    ground: Text
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    notes: tuple[Text, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether a ground for not fining is found."""
        if self.advice is Advice.NEED_FACTS:
            return UNKNOWN
        relief = {Advice.MUST_NOT_PUNISH, Advice.MAY_NOT_PUNISH, Advice.NO_FINE_IF_CORRECTED}
        return YES if self.advice in relief else NO


_MEMORY = (
    Text(
        "注意：本事项的依据凭记忆、未核实，核对原文前不得据以办理。",
        "Caution: the ground of this item is from memory, not confirmed; do not act before the text is read.",
    ),
)


def exemption(
    listed: ExemptionList, item_id: str, facts: Facts, *, trust_memory: bool = False
) -> ExemptionFinding:
    """Go through the grounds in the order of the law and stop at the first that holds.

    An item that rests on memory stays open unless `trust_memory`, and a note says so either way.
    Order: limitation (第36条); bottom line; no fault (第33条第2款); correction first, or the list; 第33条第1款.
    """
    item = listed[item_id]
    notes = (*item.notes, *(_MEMORY if item.confidence is Confidence.MEMORY else ()), listed.caution)
    late = _limitation(listed, item, facts, notes)
    if late is not None:
        return late
    if item.kind is ItemKind.NOT_EXEMPT:
        said = Text("底线事项，清单内没有免罚情形。", "A bottom-line item: the lists hold no exemption.")
        more = Text(
            "当事人有证据足以证明没有主观过错的，仍应按处罚法第33条第2款审查。",
            "Evidence of no fault is still to be weighed under article 33, paragraph 2.",
        )
        return ExemptionFinding(item, _refusal(item), said, (), (), (*notes, more))
    if value_of(facts, "evidence_no_fault") is True:
        return _found(item, Advice.MUST_NOT_PUNISH, listed.general["G3"], facts, notes)
    if item.kind is ItemKind.ORDER_FIRST:
        grounds = [(listed.general["order_first"], Advice.NO_FINE_IF_CORRECTED)]
    elif item.kind is ItemKind.FINE_WAIVED:
        grounds = [(listed.general["fine_waived"], Advice.MUST_NOT_PUNISH)]
    else:
        grounds = [
            (listed.general["G1"], Advice.MUST_NOT_PUNISH),
            (listed.general["G2"], Advice.MAY_NOT_PUNISH),
        ]
    return _route(item, facts, notes, grounds, trust_memory=trust_memory)


def _route(
    item: ExemptionItem,
    facts: Facts,
    notes: tuple[Text, ...],
    grounds: list[tuple[General, Advice]],
    *,
    trust_memory: bool,
) -> ExemptionFinding:
    """The first ground that holds with the item's own conditions; must beats may, and open stays open."""
    outcomes = [
        (general, advice, explain_tree(_with_extra(item, general), facts, trust_memory=trust_memory))
        for general, advice in grounds
    ]
    for general, advice, outcome in outcomes:
        if outcome.verdict is YES:
            return _finding(item, advice, general, [outcome], notes)
    open_ones = [(general, outcome) for general, _, outcome in outcomes if outcome.verdict is UNKNOWN]
    if open_ones:
        return _finding(item, Advice.NEED_FACTS, open_ones[0][0], [out for _, out in open_ones], notes)
    said = Text("所列情形均不满足。", "None of the grounds is met.")
    reasons = tuple(reason for _, _, outcome in outcomes for reason in _leaves(outcome))
    return ExemptionFinding(item, _refusal(item), said, _once(reasons), (), notes)


def _with_extra(item: ExemptionItem, general: General) -> Node:
    return All(tuple(node for node in (general.requires, item.extra) if node is not None))


def _finding(
    item: ExemptionItem, advice: Advice, general: General, outcomes: list[Outcome], notes: tuple[Text, ...]
) -> ExemptionFinding:
    reasons = _once(tuple(reason for outcome in outcomes for reason in _leaves(outcome)))
    missing = tuple(dict.fromkeys(name for reason in reasons for name in reason.missing))
    said = Text(f"{general.label.zh}（{general.clause}）", f"{general.label.en} ({general.clause})")
    return ExemptionFinding(
        item, advice, said, reasons, missing if advice is Advice.NEED_FACTS else (), notes
    )


def _found(
    item: ExemptionItem, advice: Advice, general: General, facts: Facts, notes: tuple[Text, ...]
) -> ExemptionFinding:
    assert general.requires is not None
    return _finding(item, advice, general, [explain_tree(general.requires, facts)], notes)


def _refusal(item: ExemptionItem) -> Advice:
    return Advice.MITIGATE_POSSIBLE if item.mitigation is not None else Advice.NO_LISTED_EXEMPTION


def _limitation(
    listed: ExemptionList, item: ExemptionItem, facts: Facts, notes: tuple[Text, ...]
) -> ExemptionFinding | None:
    """Undiscovered for two years, five where life, health or finance was harmed (处罚法第36条)."""
    ended, found = value_of(facts, "act_ended_on"), value_of(facts, "discovered_on")
    if not isinstance(ended, date) or not isinstance(found, date) or ended >= months_before(found, 24):
        return None
    general = listed.general["G5"]
    harmed = value_of(facts, "life_or_finance_harmed")
    said = Text(f"{general.label.zh}（{general.clause}）", f"{general.label.en} ({general.clause})")
    if harmed is False or ended < months_before(found, 60):
        return ExemptionFinding(item, Advice.MUST_NOT_PUNISH, said, (), (), notes)
    if harmed is None:
        return ExemptionFinding(item, Advice.NEED_FACTS, said, (), ("life_or_finance_harmed",), notes)
    return None


def _leaves(outcome: Outcome) -> Iterator[Reason]:
    if outcome.reason is not None:
        yield outcome.reason
    for part in outcome.parts:
        yield from _leaves(part)


def _once(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Each fact once: two grounds ask for the same correction."""
    seen = {(reason.fact.name if reason.fact else "", reason.need.zh): reason for reason in reasons}
    return tuple(seen.values())


@lru_cache(maxsize=8)
def exemption_list(pack: Pack) -> ExemptionList:
    """The exemption list of a pack; raises `PackError` with file, line and remedy."""
    path = "exemptions.yaml"
    content = read_lined_yaml(pack.read_text(path), file=f"{pack.id}/{path}")
    content.only(("caution", "documents", "general", "items"))
    general = {row["id"]: _general(row, pack) for row in content.need("general")}
    items: dict[str, ExemptionItem] = {}
    for row in content.need("items"):
        item = _item(row, pack)
        if item.id in items:
            raise row.place.refuse(
                Text(f"“{item.id}”写了两次。", f"{item.id} stands twice."),
                Text("请删去其中一个，或换一个编号。", "Remove one, or give it another id."),
            )
        items[item.id] = item
    return ExemptionList(items, general, both_languages(content, "caution"))


def _general(row: LinedMapping, pack: Pack) -> General:
    row.only(("id", "label", "clause", "facts", "advice", "confidence", "note", "source"))
    confidence = Confidence(row.need("confidence"))
    ground = Ground(str(row.need("clause")), confidence, None, row.place)
    return General(
        id=str(row.need("id")),
        label=both_languages(row, "label"),
        clause=ground.clause,
        requires=_facts_tree(row, "facts", pack, ground) if "facts" in row else None,
        confidence=confidence,
        advice=Advice(row["advice"]) if "advice" in row else None,
    )


def _item(row: LinedMapping, pack: Pack) -> ExemptionItem:
    row.only(
        ("id", "act", "basis", "kind", "facts", "except", "also", "fine", "mitigation", "note", "confidence")
    )
    confidence = Confidence(row.need("confidence"))
    basis = str(row.need("basis"))
    ground = Ground(basis, confidence, None, row.place)
    parts = []
    if "facts" in row:
        parts.append(_facts_tree(row, "facts", pack, ground))
    if "except" in row:
        parts.append(_facts_tree(row, "except", pack, ground, wanted=False))
    if "also" in row:
        parts.append(tree_reader(pack).read(row["also"], ground))
    return ExemptionItem(
        id=str(row.need("id")),
        act=both_languages(row, "act"),
        basis=basis,
        kind=ItemKind(row.need("kind")),
        extra=All(tuple(parts)) if parts else None,
        fine=both_languages(row, "fine") if "fine" in row else None,
        mitigation=both_languages(row, "mitigation") if "mitigation" in row else None,
        notes=(both_languages(row, "note"),) if "note" in row else (),
        confidence=confidence,
    )


def _facts_tree(row: LinedMapping, key: str, pack: Pack, ground: Ground, *, wanted: bool = True) -> Node:
    """A list of yes-or-no facts that must all be so (or none of them)."""
    reader = tree_reader(pack)
    nodes: list[Node] = []
    for name in row[key]:
        leaf = LinedMapping(row.at(key))
        leaf.put("fact", name, row.at(key).line)
        leaf.put("equals", wanted, row.at(key).line)
        if reader.fact(leaf, "fact").type is not FactType.BOOLEAN:
            raise row.at(key).refuse(
                Text(f"“{name}”不是“是否”类事实。", f"{name} is no yes-or-no fact."),
                Text("请换用“是否”类的事实。", "Use a fact of yes or no."),
            )
        nodes.append(reader.read(leaf, ground))
    return All(tuple(nodes))
