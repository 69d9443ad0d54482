"""What `lianzhang assess --json` prints: one object for each judgement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from lianzhang.policy import Evaluation, Reason
from lianzhang.policy.exemption import ExemptionFinding
from lianzhang.policy.size_class import SizeFinding
from lianzhang.policy.tree import ScoreFloor


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "clause": reason.clause,
        "fact": _fact(reason),
        "need": reason.need.zh,
        "have": _have(reason),
        "gap": _plain(reason.gap),
        "status": reason.status.value,
        "counts": reason.counts.value,
        "confidence": reason.confidence.value,
        **({"negated": True} if reason.negated else {}),
    }


def _fact(reason: Reason) -> str | None:
    """The fact a condition reads; for a score, the name under which an official one would be stated."""
    floor = reason.condition
    if isinstance(floor, ScoreFloor):
        return floor.stated.name if floor.stated is not None else f"score_{floor.group}"
    return reason.fact.name if reason.fact else None


def _have(reason: Reason) -> Any:
    """The value; for a score its points, or [low, high] while facts are missing."""
    if reason.score is None:
        return _plain(reason.known.value) if reason.known else None
    low, high = _plain(reason.score.low), _plain(reason.score.high)
    return low if low == high else [low, high]


def size_record(found: SizeFinding) -> dict[str, Any]:
    """The size class: `verdict` is yes when one class remains; `classes` are all that are possible."""
    clause = found.industry.clause if found.industry else ""
    return {
        "rule": found.standard.id,
        "verdict": "yes" if len(found.classes) == 1 else "unknown",
        "class": found.classes[0] if len(found.classes) == 1 else None,
        "classes": list(found.classes),
        "classes_proven": list(found.proven),
        "reasons": [
            {
                "clause": clause,
                "fact": step.fact.name,
                "need": _plain(step.next_bound),
                "have": _plain(step.value),
                "gap": _plain(step.gap),
                "status": "unknown" if step.value is None else "yes",
                "allows": step.allows,
                "confidence": found.standard.confidence.value,
            }
            for step in found.steps
        ],
        "score": None,
        "missing": list(found.missing),
        "warnings": [warning.zh for warning in found.warnings],
    }


def exemption_record(found: ExemptionFinding) -> dict[str, Any]:
    """An item of exemption: `verdict` is whether a ground for not fining is found, `advice` which."""
    return {
        "rule": found.item.id,
        "verdict": found.verdict.value,
        "outcome": found.advice.value,
        "outcome_text": found.advice.label.zh,
        "ground": found.ground.zh,
        "basis": found.item.basis,
        "reasons": [_reason(reason) for reason in found.reasons],
        "score": None,
        "missing": list(found.missing),
        "warnings": [note.zh for note in found.notes],
    }


def rule_record(found: Evaluation) -> dict[str, Any]:
    """One evaluation: `verdict` counts what rests on memory as it reads, `verdict_proven` leaves it out."""
    score = found.score
    return {
        "rule": found.rule.id,
        "as_of": found.day.isoformat(),
        "verdict": found.verdict.value,
        "verdict_proven": found.proven.value,
        "reasons": [_reason(reason) for reason in found.reasons],
        "score": None
        if score is None
        else {
            "low": _plain(score.total.low),
            "high": _plain(score.total.high),
            "groups": {
                name: {"low": _plain(part.low), "high": _plain(part.high)}
                for name, part in score.groups.items()
            },
            "items": {
                row.item.id: {"low": _plain(row.points.low), "high": _plain(row.points.high)}
                for row in score.items
            },
        },
        "missing": list(found.missing),
        "warnings": [warning.zh for warning in found.warnings],
    }


def _plain(value: Any) -> Any:
    """A value as JSON has it: whole numbers without a point, sets as sorted lists, days as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value
