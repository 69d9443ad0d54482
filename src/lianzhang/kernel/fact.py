"""One fact about an enterprise: its name, type, unit, period, origin, and how its values read and look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Any
from unicodedata import normalize

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.lined_yaml import Place
from lianzhang.kernel.quantity import decimal
from lianzhang.kernel.text import Text

NOWHERE = Place("", 0)

#: What a known fact holds; a missing one is None, never zero, never an empty text.
FactValue = Decimal | int | str | bool | date | frozenset[str]


#: Before a choice of several: nobody knows whether it applies. What stands without it does, what is absent does not.
UNSURE = "?"


def unsure(choice: str) -> str:
    """The mark that nobody knows whether a choice applies.

    >>> unsure("little_giant")
    '?little_giant'
    """
    return UNSURE + choice


def choices_known(value: frozenset[str]) -> frozenset[str]:
    """The choices of a set that are known to apply.

    >>> choices_known(frozenset({"srdi_sme", "?little_giant"}))
    frozenset({'srdi_sme'})
    """
    return frozenset(choice for choice in value if not choice.startswith(UNSURE))


def choices_unsure(value: frozenset[str]) -> frozenset[str]:
    """The choices of a set of which nobody knows whether they apply.

    >>> choices_unsure(frozenset({"srdi_sme", "?little_giant"}))
    frozenset({'little_giant'})
    """
    return frozenset(choice.removeprefix(UNSURE) for choice in value if choice.startswith(UNSURE))


class FactType(StrEnum):
    """What kind of value a fact has."""

    NUMBER = "number"  # Decimal
    INTEGER = "integer"  # int
    TEXT = "text"  # str
    CHOICE = "choice"  # str, one of the choices
    #: frozenset[str], any of the choices; empty means none of them applies. A choice that nobody knows of stands
    #: with `UNSURE` before it: {"srdi_sme", "?little_giant"} is held, not known, and no other.
    CHOICES = "choices"
    BOOLEAN = "boolean"  # bool
    DATE = "date"  # datetime.date


class FactPeriod(StrEnum):
    """What the time of a value means: a whole year, a day on which it held, or nothing."""

    YEAR = "year"
    AS_OF = "as_of"
    NONE = "none"


class Origin(StrEnum):
    """Where a value may come from."""

    REGISTRATION = "registration"
    STATEMENT = "statement"
    TAX = "tax"
    STATISTICS = "statistics"
    PATENTS = "patents"
    TITLE_LIST = "title_list"
    CREDIT_RECORD = "credit_record"
    INSPECTION = "inspection"
    BANK = "bank"
    CASE_FILE = "case_file"
    ENTERPRISE = "enterprise"
    OFFICER = "officer"

    @property
    def label(self) -> Text:
        """The word on screen."""
        return _ORIGINS[self]


class Sensitivity(StrEnum):
    """Who may see a value: anybody, the offices, or only those who need it for the matter."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


_ORIGINS = {
    Origin.REGISTRATION: Text("登记信息", "registration"),
    Origin.STATEMENT: Text("财务报表或审计报告", "financial statement or audit report"),
    Origin.TAX: Text("纳税申报", "tax return"),
    Origin.STATISTICS: Text("统计报表", "statistical return"),
    Origin.PATENTS: Text("知识产权登记", "register of intellectual property"),
    Origin.TITLE_LIST: Text("公布的名单", "published list"),
    Origin.CREDIT_RECORD: Text("信用记录", "credit record"),
    Origin.INSPECTION: Text("检查、检验、认证记录", "inspection or certification record"),
    Origin.BANK: Text("银行", "bank"),
    Origin.CASE_FILE: Text("案卷", "case file"),
    Origin.ENTERPRISE: Text("企业自报", "stated by the enterprise"),
    Origin.OFFICER: Text("工作人员判断", "judged by an officer"),
}


_UNITS_IN_ENGLISH = {
    **{"": "", "%": "%", "项": "", "个": "", "名次": "", "万元": " × 10,000 yuan", "元": " yuan"},
    **{"亿美元": " × 100 million US dollars", "年": " years", "月": " months", "日": " days"},
    **{"人": " people", "分": " points", "级": " (level)"},
}


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """One entry of the dictionary; two facts are the same only when they are one entry.

    `unit` is the unit every stored value has (万元, %, 人, 名次 …), empty for what has none.
    `effort` says how hard it is for an enterprise to change the fact: 1 a paper or a filing,
    2 within about a year, 3 years or not at all.
    """

    name: str
    label: Text
    type: FactType
    unit: str
    period: FactPeriod
    origins: tuple[Origin, ...]
    sensitivity: Sensitivity
    ask: Text
    topic: str
    choices: Mapping[str, Text] = field(default_factory=dict)
    effort: int = 2
    place: Place = NOWHERE

    def read(self, raw: object) -> FactValue | None:
        """`raw` as a value of this fact's type; None for what is missing (None or empty text).

        Numbers may come as int, Decimal, finite float or digits in text; dates as date or ISO text; lists
        of choices as any iterable of text. Raises `FactError` for anything else: NaN, words in a number,
        a fraction in an integer, numbers in a yes-or-no fact, or a choice the dictionary does not know.
        """
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        value: FactValue = _READERS[self.type](self, raw)
        return value

    def write(self, value: FactValue | None, language: str = "zh") -> str:
        """The value in words with its unit; 未知 for a missing one."""
        english = language.lower().startswith("en")
        if value is None:
            return "unknown" if english else "未知"
        if isinstance(value, bool):
            return ("yes" if value else "no") if english else ("是" if value else "否")
        if isinstance(value, frozenset):
            return self._write_choices(value, language, english)
        if isinstance(value, str):
            return self.choice(value).say(language)
        if isinstance(value, date):
            return value.isoformat()
        amount = format(value, "f") if isinstance(value, Decimal) else str(value)
        amount = amount.rstrip("0").rstrip(".") if "." in amount else amount
        return f"{amount}{_UNITS_IN_ENGLISH.get(self.unit, f' {self.unit}') if english else self.unit}"

    def _write_choices(self, value: frozenset[str], language: str, english: bool) -> str:
        """What applies, and what nobody knows of apart from it."""

        def said(items: frozenset[str]) -> str:
            words = [self.choice(item).say(language) for item in self.choices if item in items]
            words += sorted(item for item in items if item not in self.choices)
            return (", " if english else "、").join(words)

        known, open_ = said(choices_known(value)), said(choices_unsure(value))
        if not open_:
            return known or ("none" if english else "无")
        open_ = f"not known: {open_}" if english else f"未知：{open_}"
        return f"{known}{'; ' if english else '；'}{open_}" if known else open_

    def choice(self, value: str) -> Text:
        """The words of one choice; the value itself where the dictionary has none."""
        return self.choices.get(value, Text(value, value))


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A value an enterprise has, with the time it speaks of and where it came from.

    `period` is a year or a day in the text form of `Period`; `source` a document, list or person in words.
    """

    value: FactValue
    period: str = ""
    source: str = ""


def shortened(raw: object) -> str:
    """A value as it may be quoted in an error: one line, and no pages of it."""
    said = " ".join(str(raw).split())
    return said if len(said) <= 40 else f"{said[:40]}…"


class FactError(LianzhangError):
    """A value that cannot be a value of the fact, or a fact the dictionary does not have."""


_REMEDY = Text("请改正，或不知道时留空。", "Correct it, or leave it empty when it is not known.")


def _refuse(fact: Fact, raw: object, wanted: Text, remedy: Text = _REMEDY) -> FactError:
    said = shortened(raw)
    return FactError(
        Text(
            f"事实“{fact.label.zh}”（{fact.name}）的值“{said}”{wanted.zh}",
            f"{fact.name}: “{said}” {wanted.en}",
        ),
        remedy,
    )


#: No figure of an enterprise has more digits before or after the point; what does is a slip or an attack.
_MOST_DIGITS, _MOST_DECIMALS = 20, 60


def _number(fact: Fact, raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        raise _refuse(fact, raw, Text("不是数字。", "is not a number."))
    if isinstance(raw, str) and fact.unit:
        raw = raw.strip().replace("％", "%").removesuffix(fact.unit).rstrip()
    try:
        # repr of a float is the shortest text that means it: 0.1 stays 0.1.
        number = decimal(repr(raw) if isinstance(raw, float) else raw)
    except LianzhangError as error:
        raise _refuse(
            fact, raw, Text("不是有限的数字。", "is not a finite number."), _digits(fact, raw)
        ) from error
    # The exponent is looked at, and no sum made: a text of a few characters may stand for a million digits.
    if number and number.adjusted() >= _MOST_DIGITS:
        raise _refuse(fact, raw, Text("大得不可能。", "is impossibly large."))
    if int(number.as_tuple().exponent) < -_MOST_DECIMALS:
        raise _refuse(fact, raw, Text("小数位数多得不可能。", "has impossibly many decimals."))
    return number


#: So many choices are listed in an error.
_FEW = 20
#: Counts are not negative, and the first rank is 1: a rank of 0 would pass every “at most”.
_LEAST = {"名次": 1, "人": 0, "项": 0, "个": 0}


def _digits(fact: Fact, raw: object) -> Text:
    """What to write in place of a text that is no number: plain digits for full-width ones, and in which unit."""
    if isinstance(raw, str) and all(c.isascii() or "！" <= c <= "～" for c in raw) and not raw.isascii():
        plain = shortened(normalize("NFKC", raw))
        return Text(f"请写半角数字：{plain}。", f"Write plain digits: {plain}.")
    if isinstance(raw, str) and fact.unit:
        return Text(
            f"请只写数字，单位是“{fact.unit}”；不知道时留空。",
            f"Write digits alone, in {fact.unit}, or leave it empty when it is not known.",
        )
    return _REMEDY


def _integer(fact: Fact, raw: object) -> int:
    number = _number(fact, raw)
    if number != number.to_integral_value():
        raise _refuse(fact, raw, Text("不是整数。", "is not a whole number."))
    if number < (least := _LEAST.get(fact.unit, number)):
        raise _refuse(fact, raw, Text(f"小于{least}，不可能。", f"is below {least}, which cannot be."))
    return int(number)


def _text(fact: Fact, raw: object) -> str:
    if not isinstance(raw, str):
        raise _refuse(fact, raw, Text("不是文字。", "is not a text."))
    return raw.strip()


def _one_choice(fact: Fact, raw: object) -> str:
    word = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    if word in fact.choices:
        return word
    # Regions outside the city are data too: an enterprise may sit elsewhere.
    if word.isdigit() and any(choice.isdigit() for choice in fact.choices):
        return word
    named = [choice for choice, label in fact.choices.items() if word and word in (label.zh, label.en)]
    if len(named) != 1:
        wanted = Text("不在选项之内。", "is not one of the choices.")
        raise _refuse(fact, raw, wanted, _choices_near(fact, word))
    return named[0]


def _choices_near(fact: Fact, word: str) -> Text:
    """What may be written: the choices like a word, or all where they are few."""
    by_label = {
        name: choice for choice, label in fact.choices.items() for name in (choice, label.zh, label.en)
    }
    near = [by_label[name] for name in get_close_matches(word, by_label, n=3, cutoff=0.5)]
    near += [choice for name, choice in by_label.items() if word and word in name]
    listed = list(dict.fromkeys(near))[:3] or (list(fact.choices) if len(fact.choices) <= _FEW else [])
    if not listed:
        return _REMEDY
    zh = "、".join(f"{choice}（{fact.choices[choice].zh}）" for choice in listed)
    return Text(
        f"可写：{zh}；不知道时留空。",
        f"Write one of {', '.join(listed)}, or leave it empty when it is not known.",
    )


def _some_choices(fact: Fact, raw: object) -> frozenset[str]:
    if isinstance(raw, str):
        raw = raw.split("|")
    if not isinstance(raw, Iterable) or isinstance(raw, Mapping | bytes):
        raise _refuse(fact, raw, Text("不是一组选项。", "is not a list of choices."))
    read = {_maybe_choice(fact, item) for item in raw}
    # What somebody knows is no longer open.
    return frozenset(item for item in read if not (item.startswith(UNSURE) and item[1:] in read))


def _maybe_choice(fact: Fact, raw: object) -> str:
    """A choice, or one with the mark that nobody knows of it (in either width)."""
    word = raw.strip().replace("？", UNSURE) if isinstance(raw, str) else raw
    if isinstance(word, str) and word.startswith(UNSURE):
        return unsure(_one_choice(fact, word.removeprefix(UNSURE)))
    return _one_choice(fact, raw)


def _boolean(fact: Fact, raw: object) -> bool:
    words = {"true": True, "是": True, "yes": True, "false": False, "否": False, "no": False}
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().lower() in words:
        return words[raw.strip().lower()]
    raise _refuse(fact, raw, Text("不是“是”或“否”。", "is neither yes nor no."))


def _date(fact: Fact, raw: object) -> date:
    try:
        return date.fromisoformat(raw.strip()) if isinstance(raw, str) else _day(raw)
    except (ValueError, TypeError) as error:
        raise _refuse(
            fact, raw, Text("不是日期（如2025-08-15）。", "is not a date like 2025-08-15.")
        ) from error


def _day(raw: object) -> date:
    if type(raw) is not date:
        raise TypeError
    return raw


_READERS: dict[FactType, Any] = {
    FactType.NUMBER: _number,
    FactType.INTEGER: _integer,
    FactType.TEXT: _text,
    FactType.CHOICE: _one_choice,
    FactType.CHOICES: _some_choices,
    FactType.BOOLEAN: _boolean,
    FactType.DATE: _date,
}
