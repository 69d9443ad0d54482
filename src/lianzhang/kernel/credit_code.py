"""The 18-character unified social credit code (GB 32100-2015).

Positions 1–17 are weighted by 3^(i-1) mod 31; positions 9–17 are an organisation code with a
check of their own (GB 11714-1997). Some codes that were really issued fail the final check, so
a failed check is a question for a person, never a silent correction.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from lianzhang.kernel.errors import CreditCodeError
from lianzhang.kernel.text import Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, i, 31) for i in range(LENGTH - 1))
_ENTITY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_INVISIBLE = dict.fromkeys([*map(ord, " \t\r\n\u3000\u00a0\u200b\u200c\u200d\ufeff-")])


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A well-formed code. `checked` is False when a check character disagrees."""

    text: str
    checked: bool

    @property
    def department(self) -> str:
        """Registering department: 9 is market supervision, 1 is staffing, 5 civil affairs …"""
        return self.text[0]

    @property
    def entity_class(self) -> str:
        """Class inside the department: 91 is a company, 92 an individual business, 93 a cooperative."""
        return self.text[1]

    @property
    def registering_authority(self) -> str:
        """Division code of the authority at registration, which is not today's address."""
        return self.text[2:8]

    @property
    def entity_id(self) -> str:
        """The nine-character organisation code inside."""
        return self.text[8:17]


def normalise(raw: str) -> str:
    """Upper case, half width, without blanks; letters are never swapped for look-alike digits."""
    return unicodedata.normalize("NFKC", raw).translate(_INVISIBLE).upper()


def check_character(first_seventeen: str) -> str:
    """The final check character for the first seventeen signs."""
    total = sum(_VALUE[sign] * weight for sign, weight in zip(first_seventeen, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def entity_check_character(first_eight: str) -> str:
    """The check character of the organisation code (GB 11714-1997)."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(first_eight, _ENTITY_WEIGHTS, strict=True))
    return "0123456789X0"[(11 - total % 11)]


def faults(raw: str) -> tuple[Text, ...]:
    """Everything wrong with `raw`, in the order a reader would mend it; empty when it is sound."""
    code = normalise(raw)
    if len(code) != LENGTH:
        return (Text(f"应为18位，实为{len(code)}位。", f"It should have 18 characters and has {len(code)}."),)
    strange = [(place, sign) for place, sign in enumerate(code, 1) if sign not in _VALUE]
    if strange:
        return tuple(
            Text(
                f"第{place}位“{sign}”不在代码字符集内（不用I、O、Z、S、V）。",
                f"Character {place}, “{sign}”, is not used in codes (I, O, Z, S and V never are).",
            )
            for place, sign in strange
        )
    if not code[2:8].isdigit():
        return (
            Text(
                f"第3至8位“{code[2:8]}”应为登记机关的6位行政区划码。",
                f"Characters 3–8, “{code[2:8]}”, should be a six-digit division code.",
            ),
        )
    found = []
    wanted = check_character(code[:17])
    if code[17] != wanted:
        found.append(
            Text(
                f"第18位校验码不符：按前17位应为“{wanted}”，实为“{code[17]}”。",
                f"The last check character should be “{wanted}” and is “{code[17]}”.",
            )
        )
    wanted = entity_check_character(code[8:16])
    if code[16] != wanted:
        found.append(
            Text(
                f"第17位组织机构代码校验不符：应为“{wanted}”，实为“{code[16]}”。",
                f"Character 17, the organisation code's own check, should be “{wanted}” and is “{code[16]}”.",
            )
        )
    return tuple(found)


def parse(raw: str) -> CreditCode:
    """Read a code; raises `CreditCodeError` unless it is well formed.

    A wrong check character does not raise: the code comes back with `checked=False`.
    """
    code = normalise(raw)
    wrong = faults(code)
    well_formed = len(code) == LENGTH and all(sign in _VALUE for sign in code) and code[2:8].isdigit()
    if not well_formed:
        zh, en = "".join(fault.zh for fault in wrong), " ".join(fault.en for fault in wrong)
        raise CreditCodeError(
            Text(
                f"统一社会信用代码“{raw}”有误：{zh}", f"The unified social credit code “{raw}” is wrong. {en}"
            )
        )
    return CreditCode(code, checked=not wrong)
