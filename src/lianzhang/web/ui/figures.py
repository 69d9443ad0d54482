"""A number ready for the page: amount, unit, qualifier, change, period, as-of date, source, marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.translation import get_language, gettext

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.period import Period
from lianzhang.kernel.quantity import Change, Qualifier, Quantity
from lianzhang.web.ui.units import amount_and_unit


@dataclass(frozen=True, slots=True)
class Figure:
    """What `<c-figure>` shows. All texts are in the reader's language; empty ones are left out."""

    subject: str
    number: str
    unit: str
    qualifier: str
    change: str
    direction: str
    period: str
    #: The period is the as-of day itself, so that `period` is left empty rather than said twice.
    at_a_day: bool
    as_of: str
    source_href: str
    planned: bool
    mark: str

    @property
    def damaged(self) -> bool:
        """Whether the number stands on damaged text and was not typed in by a person."""
        return self.mark == "damaged"

    @property
    def said(self) -> str:
        """Number, unit and change on one line, for sentences, charts and screen readers."""
        return " ".join(part for part in (self.amount, self.change) if part)

    @property
    def amount(self) -> str:
        """Number and unit on one line."""
        if not self.number:
            return ""
        space = " " if _language().startswith("en") and self.unit and self.unit != "%" else ""
        return f"{self.qualifier}{self.number}{space}{self.unit}"


def figure_of(stated: Any) -> Figure | None:
    """The figure of anything stated like a fact or a claim; None stays None, a Figure stays itself."""
    if stated is None or isinstance(stated, Figure):
        return stated
    language = _language()
    quantity = quantity_of(stated)
    number, unit = amount_and_unit(quantity, language=language) if quantity else ("", "")
    change = change_of(stated)
    return Figure(
        subject=str(getattr(stated, "subject", "") or ""),
        number=number,
        unit=unit,
        qualifier=quantity.qualifier.word.say(language) if quantity else "",
        change=change.label(language) if change else "",
        direction=change.direction if change else "flat",
        at_a_day=_same_day(stated),
        period="" if _same_day(stated) else period_label(getattr(stated, "period", "")),
        as_of=date_label(getattr(stated, "as_of", None)),
        source_href=source_href(stated),
        planned=bool(getattr(stated, "planned", False)),
        mark=_mark(stated),
    )


def quantity_of(stated: Any) -> Quantity | None:
    """The kernel quantity behind a fact or claim; None when it states only a change or a name."""
    value, low, high = (_decimal(getattr(stated, name, None)) for name in ("value", "low", "high"))
    unit = getattr(stated, "unit", "") or ""
    if value is not None:
        qualifier = Qualifier(getattr(stated, "qualifier", "") or Qualifier.EXACT)
        return Quantity(value, unit, Qualifier.EXACT if qualifier is Qualifier.RANGE else qualifier)
    if low is not None and high is not None:
        return Quantity(None, unit, Qualifier.RANGE, low, high)
    return None


def change_of(stated: Any) -> Change | None:
    """The kernel change behind a fact or claim; None when it states none."""
    pct, low, high = (_decimal(getattr(stated, f"change_{name}", None)) for name in ("pct", "low", "high"))
    if pct is None and low is None and high is None:
        return None
    qualifier = Qualifier(getattr(stated, "change_qualifier", "") or Qualifier.EXACT)
    return Change(pct, qualifier, low, high, getattr(stated, "change_base", "") or "")


def period_label(period: Any) -> str:
    """A stored period in words; what cannot be read is shown as stored rather than hidden."""
    if not period:
        return ""
    try:
        return (period if isinstance(period, Period) else Period.parse(str(period))).label(_language())
    except LianzhangError:
        return str(period)


def date_label(day: date | str | None) -> str:
    """A day in words: 2025年8月15日, 15 Aug 2025."""
    if not day:
        return ""
    return formats.date_format(date.fromisoformat(str(day)[:10]), gettext("Y年n月j日"))


def source_href(stated: Any) -> str:
    """Where the highlighted place in the original can be seen; empty for what has no document."""
    given = getattr(stated, "source_href", "")
    if given:
        return str(given)
    claim_id = getattr(stated, "claim_id", None)
    if not claim_id:
        return ""
    try:
        page = reverse("bulletins:source", args=[stated.claim.document_id, claim_id])
    except NoReverseMatch:
        return ""
    return f"{page}#c{claim_id}"


def _same_day(stated: Any) -> bool:
    """Whether the period is just the day up to which the figure holds, so that saying both says it twice."""
    as_of = getattr(stated, "as_of", None)
    return bool(as_of) and str(getattr(stated, "period", "")) == str(as_of)[:10]


def _mark(stated: Any) -> str:
    if getattr(stated, "damaged", False):
        return "damaged"
    certainty = str(getattr(stated, "certainty", "") or "")
    return certainty if certainty in ("unsure", "damaged") else ""


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _language() -> str:
    return get_language() or "zh-hans"
