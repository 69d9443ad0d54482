"""The same rule in fewer forms, for machines that judge a whole registry at once.

What is left: all, any, not, comparisons, one_of, under, has_any, known, score floors, “not known” (`Undetermined`)
and “no” (`OutOfForce`). What the judge says of a tree and of its lowered form is the same for every enterprise;
the agreement tests hold it to that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from lianzhang.kernel.text import Text
from lianzhang.policy.tree import (
    All,
    Any,
    Award,
    Between,
    Comparison,
    Confidence,
    FirstMatch,
    Ground,
    HasAny,
    Node,
    Not,
    OutOfForce,
    Relation,
    ScoreFloor,
    Sheet,
    Stepped,
    Undetermined,
    WithinMonths,
)

#: The constant “not known”.
OPEN = Undetermined(Text("不能判断", "cannot be told"), Ground())
_UPWARD = {Relation.AT_LEAST, Relation.MORE_THAN}


def lower(node: Node, *, open_facts: Collection[str] | None = None) -> Node:
    """A tree bound to a day, in the fewer forms.

    `open_facts` are the facts of several choices whose values hold marks that nobody knows of a choice; None is
    all of them. For the others `has_any` stays what it is.
    """
    if isinstance(node, All):
        return _all(lower(part, open_facts=open_facts) for part in node.parts)
    if isinstance(node, Any):
        return _any(lower(part, open_facts=open_facts) for part in node.parts)
    if isinstance(node, Not):
        part = lower(node.part, open_facts=open_facts)
        return OPEN if part is OPEN else Not(part)
    if isinstance(node, Undetermined) or node.ground.confidence is Confidence.MEMORY:
        return OPEN
    if isinstance(node, HasAny):
        # Of a set with marks: one that is held, or one nobody knows of – which is not known, not yes.
        marked = HasAny(node.fact, node.open_values, node.ground)
        return Any((node, All((marked, OPEN)))) if _may_be_open(node, open_facts) else node
    if isinstance(node, Comparison):
        return OPEN if node.value is None else node
    if isinstance(node, Between):
        end = Relation.LESS_THAN if node.open_end else Relation.AT_MOST
        return All(
            (
                Comparison(node.fact, Relation.AT_LEAST, node.low, node.ground),
                Comparison(node.fact, end, node.high, node.ground),
            )
        )
    if isinstance(node, WithinMonths):
        if node.since is None or node.until is None:
            return OPEN
        return lower(Between(node.fact, node.since, node.until, False, node.ground))
    if isinstance(node, Stepped):
        return _stepped(node)
    if isinstance(node, ScoreFloor):
        return replace(node, sheet=_sheet(node.sheet, open_facts))
    return node


def _may_be_open(node: HasAny, open_facts: Collection[str] | None) -> bool:
    return open_facts is None or node.fact.name in open_facts


def _all(parts: Iterable[Node]) -> Node:
    """A flat conjunction; one part that is out of force settles it."""
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, OutOfForce):
            return part
        flat.extend(part.parts if isinstance(part, All) else (part,))
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def _any(parts: Iterable[Node]) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Any) else (part,))
    return flat[0] if len(flat) == 1 else Any(tuple(flat))


def _sheet(sheet: Sheet, open_facts: Collection[str] | None) -> Sheet:
    def award(given: Award) -> Award:
        return given if given.when is None else replace(given, when=lower(given.when, open_facts=open_facts))

    items = tuple(
        replace(item, ways=tuple(FirstMatch(tuple(map(award, way.awards))) for way in item.ways))
        for item in sheet.items
    )
    return replace(sheet, items=items)


def _stepped(node: Stepped) -> Node:
    """Sure without the leading fact where the weakest threshold fails or the strongest holds."""
    ground = node.ground
    thresholds = [step.threshold for step in node.steps if step.threshold is not None]
    weakest, strongest = min(thresholds), max(thresholds)
    if node.relation not in _UPWARD:
        weakest, strongest = strongest, weakest

    def holds(threshold: Decimal) -> Comparison:
        return Comparison(node.fact, node.relation, threshold, ground)

    bands: list[Node] = [holds(strongest)]
    for step, following in zip(node.steps, (*node.steps[1:], None), strict=True):
        inside: list[Node] = [] if step.threshold is None else [holds(step.threshold)]
        if step.start is not None:
            start = Relation.MORE_THAN if step.above else Relation.AT_LEAST
            inside.append(Comparison(node.leading, start, step.start, ground))
        if following is not None and following.start is not None:
            end = Relation.AT_MOST if following.above else Relation.LESS_THAN
            inside.append(Comparison(node.leading, end, following.start, ground))
        bands.append(_all(inside))
    parts: list[Node] = [holds(weakest), Any(tuple(bands))]
    first = node.steps[0]
    if first.start is not None:
        reached = Relation.MORE_THAN if first.above else Relation.AT_LEAST
        parts.append(Comparison(node.leading, reached, first.start, ground))
    return All(tuple(parts))
