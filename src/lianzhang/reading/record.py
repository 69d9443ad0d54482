"""A reading as one JSON object, the contract of `lianzhang read --json`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lianzhang.kernel import Certainty, Claim, Period, Qualifier, Text
from lianzhang.reading.reading import Contradiction, Reading


def as_json(reading: Reading, language: str = "zh") -> dict[str, Any]:
    """The whole reading as plain JSON values; numbers are JSON numbers, periods their text form."""
    document = reading.document
    return {
        "document": {
            "name": document.name,
            "title": document.title,
            "format": document.format,
            "encoding": document.encoding,
            "published": _period(document.published),
            "script": document.script,
            "characters": len(document.text),
            "damaged": [
                {
                    "start": damage.start,
                    "end": damage.end,
                    "text": damage.text,
                    "reason": damage.reason.say(language),
                    "suggestion": damage.suggestion,
                }
                for damage in document.damaged
            ],
        },
        "claims": [claim_as_json(claim, language) for claim in reading.claims],
        "contradictions": [_contradiction(item, language) for item in reading.contradictions],
    }


def claim_as_json(claim: Claim, language: str = "zh") -> dict[str, Any]:
    """One claim, flat."""
    quantity, change = claim.quantity, claim.change
    qualifier = quantity.qualifier if quantity else change.qualifier if change else Qualifier.EXACT
    return {
        "subject": claim.subject,
        "subject_hint": claim.subject_hint,
        "indicator": claim.indicator,
        "value": _number(quantity.value) if quantity else None,
        "value_min": _number(quantity.low) if quantity else None,
        "value_max": _number(quantity.high) if quantity else None,
        "unit": quantity.unit if quantity else claim.unit_hint,
        "period": _period(claim.period),
        "change_pct": _number(change.pct) if change else None,
        "change_min": _number(change.low) if change else None,
        "change_max": _number(change.high) if change else None,
        "change_qualifier": change.qualifier.value if change else None,
        "base": change.base if change else "",
        "direction": change.direction if change else None,
        "qualifier": qualifier.value,
        "kind": claim.kind.value,
        "title": claim.title,
        "level": claim.level,
        "batch": claim.batch,
        "planned": claim.planned,
        "project": claim.project,
        "sub_field": claim.sub_field,
        "scope": claim.scope,
        "found": claim.found,
        "damaged": claim.damaged,
        "reason": claim.reason.say(language) if claim.reason else "",
        "quote": claim.evidence.quote,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "mentions": [{"start": m.start, "end": m.end, "quote": m.quote} for m in claim.mentions],
        "status": _status(claim.certainty, language),
        "certainty": claim.certainty.value,
        "doubts": [doubt.say(language) for doubt in claim.doubts],
    }


def _contradiction(item: Contradiction, language: str) -> dict[str, Any]:
    return {"what": item.what.say(language), "claims": list(item.claims)}


def _status(certainty: Certainty, language: str) -> str:
    words = {
        Certainty.SURE: Text("确定", "sure"),
        Certainty.UNSURE: Text("存疑", "unsure"),
        Certainty.DAMAGED: Text("损坏", "damaged"),
    }
    return words[certainty].say(language)


def _period(period: Period | None) -> str | None:
    return str(period) if period else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
