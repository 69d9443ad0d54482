"""Units in the reader's language. Chinese amounts stay as stated; English ones are converted exactly."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext, npgettext

from lianzhang.kernel.quantity import Quantity, plain, split_scale

_ENGLISH_SCALES = (
    (Decimal(10) ** 9, "billion"),
    (Decimal(10) ** 6, "million"),
)


def unit_name(unit: str, *, single: bool = False) -> str:
    """The unit as the reader says it. A unit without a translation is shown as it was written.

    `single` asks for the form that goes with exactly one, which only English tells apart.
    """
    several = 1 if single else 2
    names = {
        "元": npgettext("unit", "元", "元", several),
        "家": npgettext("unit", "家", "家", several),
        "台": npgettext("unit", "台", "台", several),
        "辆": npgettext("unit", "辆", "辆", several),
        "套": npgettext("unit", "套", "套", several),
        "件": npgettext("unit", "件", "件", several),
        "项": npgettext("unit", "项", "项", several),
        "个": npgettext("unit", "个", "个", several),
        "条": npgettext("unit", "条", "条", several),
        "张": npgettext("unit", "张", "张", several),
        "人": npgettext("unit", "人", "人", several),
        "名": npgettext("unit", "名", "名", several),
        "吨": npgettext("unit", "吨", "吨", several),
        "亩": npgettext("unit", "亩", "亩", several),
        "平方米": npgettext("unit", "平方米", "平方米", several),
        "千米": npgettext("unit", "千米", "千米", several),
        "天": npgettext("unit", "天", "天", several),
        "年": npgettext("unit", "年", "年", several),
        "美元": npgettext("unit", "美元", "美元", several),
        "欧元": npgettext("unit", "欧元", "欧元", several),
        "日元": npgettext("unit", "日元", "日元", several),
        "英镑": npgettext("unit", "英镑", "英镑", several),
        "港元": npgettext("unit", "港元", "港元", several),
        "个百分点": npgettext("unit", "个百分点", "个百分点", several),
    }
    base, stroke, per = unit.partition("/")
    if stroke:
        return f"{names.get(base, base)}/{unit_name(per, single=True)}"
    return names.get(unit, unit)


def column_unit(unit: str, *, language: str) -> str:
    """The unit of a whole column of numbers, in brackets behind its heading; nothing where English has no word."""
    if not language.startswith("en"):
        return f"（{unit}）" if unit else ""
    factor, base = split_scale(unit)
    said = unit_name(base)
    if not said.isascii() or not said:
        return ""
    return f" ({int(factor):,} {said})" if factor != 1 else f" ({said})"


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

    single = not scale and quantity.value is not None and quantity.value * factor == 1
    return _span(quantity, say), " ".join(part for part in (scale, unit_name(base, single=single)) if part)


def _span(quantity: Quantity, say: Callable[[Decimal | None], str]) -> str:
    if quantity.value is not None:
        return say(quantity.value)
    return gettext("%(low)s至%(high)s") % {"low": say(quantity.low), "high": say(quantity.high)}


def _grouped(value: Decimal) -> str:
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}"
