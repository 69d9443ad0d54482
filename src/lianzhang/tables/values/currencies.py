"""Which money an amount is in. Amounts of different money are never turned into one another: no rate is stated."""

from __future__ import annotations

import re
from types import MappingProxyType

from lianzhang.kernel.quantity import split_scale

YUAN = "元"
#: What people write for a currency, in half-width capitals, and the word it is kept by.
CURRENCIES = MappingProxyType(
    {
        word: kept
        for kept, words in {
            YUAN: "元 人民币 人民币元 RMB CNY ¥",
            "美元": "美元 美金 USD US$ $",
            "欧元": "欧元 EUR €",
            "日元": "日元 日圆 JPY",
            "英镑": "英镑 GBP £",
            "港元": "港元 港币 HKD HK$",
        }.items()
        for word in words.split()
    }
)
#: The words of every money but the yuan, as patterns look for them: longer ones first.
FOREIGN = "|".join(
    re.escape(word)
    for word in sorted(CURRENCIES, key=len, reverse=True)
    if CURRENCIES[word] != YUAN and len(word) > 1
)


def currency_of(unit: str) -> str:
    """The money of a unit such as 万美元; empty for a unit of something else."""
    return CURRENCIES.get(split_scale(unit)[1].upper(), "")


def kept_unit(unit: str, stated: str) -> str:
    """The unit that amounts are kept in where money may be foreign: `unit` of yuan, 万美元 for any unit of dollars."""
    money = currency_of(stated)
    return f"万{money}" if money not in ("", YUAN) else unit


def plain_unit(text: str) -> str:
    """A unit with the word for its money by which it is kept: 万USD is 万美元."""
    for word in sorted(CURRENCIES, key=len, reverse=True):
        if CURRENCIES[word] != YUAN and text.upper().endswith(word):
            return text[: -len(word)] + CURRENCIES[word]
    return text
