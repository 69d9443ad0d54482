"""Units in the reader's language. Chinese amounts stay as stated; English ones are converted exactly."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from lianzhang.kernel.quantity import Quantity, plain, split_scale

_ENGLISH_SCALES = (
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)


def unit_name(unit: str) -> str:
    """The unit as the reader says it. A unit without a translation is shown as it was written."""
    names = {
        "元": pgettext("unit", "元"),
        "家": pgettext("unit", "家"),
        "台": pgettext("unit", "台"),
        "辆": pgettext("unit", "辆"),
        "套": pgettext("unit", "套"),
        "件": pgettext("unit", "件"),
        "项": pgettext("unit", "项"),
        "个": pgettext("unit", "个"),
        "条": pgettext("unit", "条"),
        "张": pgettext("unit", "张"),
        "人": pgettext("unit", "人"),
        "名": pgettext("unit", "名"),
        "吨": pgettext("unit", "吨"),
        "亩": pgettext("unit", "亩"),
        "平方米": pgettext("unit", "平方米"),
        "千米": pgettext("unit", "千米"),
        "天": pgettext("unit", "天"),
        "年": pgettext("unit", "年"),
        "美元": pgettext("unit", "美元"),
        "个百分点": pgettext("unit", "个百分点"),
    }
    base, stroke, per = unit.partition("/")
    if stroke:
        return f"{names.get(base, base)}/{names.get(per, per)}"
    return names.get(unit, unit)


def amount_and_unit(quantity: Quantity, *, language: str) -> tuple[str, str]:
    """The amount and its unit apart, so that a page can set them in two sizes.

    In Chinese both stay exactly as stated. English has no 万 and no 亿: the amount is multiplied out
    without rounding (176.88亿元 becomes 17.688 billion yuan).
    """
    if not language.startswith("en"):
        return _span(quantity, plain), unit_name(quantity.unit)
    factor, base = split_scale(quantity.unit)
    largest = max(abs(end) for end in (quantity.value, quantity.low, quantity.high) if end is not None)
    divisor, scale = next(
        ((size, name) for size, name in _ENGLISH_SCALES if largest * factor >= size), (Decimal(1), "")
    )

    def say(value: Decimal | None) -> str:
        return _grouped(value * factor / divisor) if value is not None else ""

    return _span(quantity, say), " ".join(part for part in (scale, unit_name(base)) if part)


def _span(quantity: Quantity, say: Callable[[Decimal | None], str]) -> str:
    if quantity.value is not None:
        return say(quantity.value)
    return gettext("%(low)s至%(high)s") % {"low": say(quantity.low), "high": say(quantity.high)}


def _grouped(value: Decimal) -> str:
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}"
