"""Legal forms with one character wrong, missing, doubled, crossed or too many, or cut off: 有限责仼公司, 有限公可.

A form says nothing that tells firms apart but its kind, and it is long: with one slip it is still known for certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lianzhang.naming.lexicon import ANY_COMPANY, lexicon
from lianzhang.naming.likeness import sound_alike

#: Forms long enough to be known with a slip, longest first.
_FORMS = ("股份有限公司", "有限责任公司", "责任有限公司", "专业合作社", "有限公司")
#: What each character is taken for besides what sounds like it.
_LOOKS = {"有": "冇肴右在", "股": "般殷服胶", "份": "分仿扮纷汾伤", "责": "贵债", "专": "传转"}
#: What is left of a form where a cell ends too early, or too little was copied.
_CUT = re.compile(r"(?<=..)(?:股份有限?|有限责任?|有限|责任公司|专业合作)$")
_WHOLE = {"股份有限": "股份有限公司", "股份有": "股份有限公司", "有限": "有限公司", "专业合作": "专业合作社"}
#: A slip changes one of these, so the others stand near the end of every name to be looked at.
SIGNS = "有限作责"
#: How far from the end of a name they stand.
REACH = 8
#: Characters that make a word with 股: 控股, 参股.
_OWN_STOCK = "控参持合入"
#: One of these stands in 股份 with one slip.
STOCK_SIGNS = "股份"


@cache
def _slips() -> re.Pattern[str]:
    """Every form with one slip in it, at the end of a text, each in a group of its own."""
    return re.compile("(?<=..)(?:" + "|".join(f"({'|'.join(_slipped(form))})" for form in _FORMS) + ")$")


def _slipped(form: str) -> Iterator[str]:
    yield form + "公司"
    yield form[0] + form
    for at in range(1, len(form)):
        yield form[:at] + "." + form[at:]
        yield form[:at] + "." + form[at + 1 :]
        yield form[:at] + form[at + 1 :]
    yield form + "."
    for at in range(len(form) - 1):
        yield form[:at] + form[at + 1] + form[at] + form[at + 2 :]


@cache
def _beheaded() -> re.Pattern[str]:
    """Every form whose first character is wrong or missing."""
    return re.compile("(?<=..)(?:" + "|".join(f"(.?{form[1:]})" for form in _FORMS) + ")$")


def miswritten(text: str, form: int) -> tuple[str, int] | None:
    """The name without a legal form that has one slip in it, and the form; None where none stands there.

    `form` is the form read so far, which the text has lost: none, or 公司.

    >>> miswritten("聊城鑫亚轴承有限责仼公司", 0) == ("聊城鑫亚轴承", lexicon().forms["有限责任公司"])
    True
    >>> miswritten("聊城鑫亚轴承有限", 0) == ("聊城鑫亚轴承", lexicon().forms["有限公司"])
    True
    """
    whole = text + "公司" if form == ANY_COMPANY else text
    if not any(sign in whole[-REACH:] for sign in SIGNS):
        return None
    found = _slips().search(whole)
    if found is not None:
        return whole[: found.start()], _number(found)
    cut = _CUT.search(whole)
    if cut is not None:
        return whole[: cut.start()], lexicon().forms[_WHOLE.get(cut.group(), "有限责任公司")]
    found = _beheaded().search(whole)
    if found is None:
        return None
    first = _FORMS[(found.lastindex or 1) - 1][0]
    wrong = whole[found.start()]
    # 承限公司 has lost a character, 冇限公司 has one that is wrong.
    lost = found.end() - found.start() < len(_FORMS[(found.lastindex or 1) - 1])
    start = found.start() + (0 if lost or _taken_for(wrong, first) else 1)
    return whole[:start], _number(found)


def _number(found: re.Match[str]) -> int:
    return lexicon().forms[_FORMS[(found.lastindex or 1) - 1]]


def without_joint_stock(text: str) -> str:
    """The name before 有限公司 without 股份, written right or with one slip; empty where it is no such.

    >>> without_joint_stock("中通客车股分"), without_joint_stock("中通控股")
    ('中通客车', '')
    """
    ending, before = text[-2:], text[:-2]
    if len(before) < 2:
        return ""
    one, other = ending[0], ending[1]
    if (one == "股" and _taken_for(other, "份")) or (other == "份" and _taken_for(one, "股")):
        return before
    # 轴承份 and 轴承股 have lost a character; 控股 has not.
    if other == "份" or (other == "股" and one not in _OWN_STOCK):
        return text[:-1]
    return ""


def _taken_for(wrong: str, right: str) -> bool:
    return wrong == right or wrong in _LOOKS.get(right, "") or sound_alike(wrong, right)
