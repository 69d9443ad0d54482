"""What stands beside a name in tables and reports: titles, labels, codes, places, Latin spellings, words written twice.

链主企业信发集团, 申报单位：时风集团, 中通客车（000957）, 金帝股份-东昌府区, Jindi 金帝, 山东山东友升铝业.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lianzhang.kernel.gazetteer import gazetteer
from lianzhang.naming.clean import clean
from lianzhang.naming.lexicon import lexicon
from lianzhang.naming.likeness import readings

_SHORTEST, _LONGEST_COUNTY = 2, 8
_CHINESE = r"[\u3400-\u9fff]"
#: Titles that firms are given, as they stand before 企业.
_TITLE = (
    r"(?:链主|龙头|骨干|重点|规上|规模以上|领军|领航|培育|示范|试点|标杆|瞪羚|独角兽|小巨人|专精特新|高新技术|科技型|中小|小微"
    r"|冠军|上市|百强|[0-9０-９]+强|民营|国有|外资|知名|优秀|优势|骄傲|明星|支柱|本土|本地|辖区|头部|配套|协作|会员|成员|试验)"
)
_CLOSING = r"[”\"’'」』》)）]?"
#: 企业 that goes on as a word of the firm's own: 企业管理, 企业集团.
_OWN = r"(?!管理|服务|咨询|集团|有限|股份|联|协会|总部|孵化|发展|投资|文化|培育|认定|申报|名单|家|的|等)"
_TITLED = re.compile(
    rf"(?P<before>.{{0,40}})(?:(?:{_TITLE}{_CLOSING}(?:企业|单位)|上市公司){_OWN}|链主|小巨人{_CLOSING}|(?:单项|隐形)冠军{_CLOSING})"
    rf"[“\"‘'「『《—:：\s-]*(?P<name>[^”\"’'」』》)）\s].+)",
    re.DOTALL,
)
#: Who stands before a title is a firm too: 信发集团龙头企业…
_FIRM = re.compile(r"(?<!上市)公司|集团|股份|厂")
_LABEL = re.compile(
    r"(?:(?:申报|承担|牵头|建设|责任|供货|采购|投资|实施|参展|获奖|依托|所属|用人|生产|制造|投标|中标)?(?:企业|单位|公司|主体)"
    r"|供应商|供货商|制造商|投标人|中标人|采购人|厂家|厂商|客户|甲方|乙方)(?:名称|全称|简称)?\s*[:：]\s*(?=..)",
    re.DOTALL,
)
_EXCHANGE = r"(?:[Ss][ZzHh]|[Bb][Jj]|[Hh][Kk])"
_STOCK = rf"(?:{_EXCHANGE}\s?[.:：]?\s?)?[0-9]{{6}}(?:\s?\.\s?{_EXCHANGE})?"
_CREDIT = r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}"
_SAID_CODE = r"(?:(?:股票|证券|统一社会信用|社会信用|信用)?代码|税号)"
_CODES = (
    re.compile(rf"[（(\[【]\s?(?:{_SAID_CODE}?\s?[:：]?\s?(?:{_STOCK}|{_CREDIT}))\s?[)）\]】]"),
    re.compile(rf"(?:[,，\s]?{_SAID_CODE}\s?[:：]?\s?|(?<={_CHINESE})\s?)(?:{_STOCK}|{_CREDIT})\Z"),
    re.compile(rf"\A(?:{_SAID_CODE}\s?[:：]?\s?)?(?:{_STOCK}|{_CREDIT})\s?(?={_CHINESE}{{2}})"),
)
DIVISION_SIGNS = "省市县区镇乡"
_PLACE_BEHIND = re.compile(
    rf"(?<=..)(?<=[\u3400-\u9fff)）])\s?[-—–－,，\s]\s?(?P<place>{_CHINESE}{{1,8}}[{DIVISION_SIGNS}])\Z"
)
#: A division at the head, with and without its last character, or any word: said twice.
_PLACE_TWICE = re.compile(rf"\A(?P<place>{_CHINESE}{{2,4}})[省市县区]?[:：]?(?=(?P=place)(?![镇乡]))")
_TWICE = re.compile(rf"(?P<word>{_CHINESE}{{2,5}})(?P=word)")
_LATIN = r"[A-Za-z][A-Za-z .,&'’-]*[A-Za-z]\.?"
_LATIN_BEFORE = re.compile(rf"(?P<latin>{_LATIN})\s?(?P<name>{_CHINESE}{{2}}.*)", re.DOTALL)
_LATIN_BEHIND = re.compile(rf"(?P<name>.*{_CHINESE}{{2}}[)）]?)\s?(?P<latin>{_LATIN})", re.DOTALL)
_FEWEST_LETTERS = 3
#: One of these stands in every text that holds any of this.
MARKED = re.compile(
    rf"企业|链主|上市|巨人|冠军|单位|[:：]|[0-9]{{6}}|{_CHINESE}.{{0,2}}[A-Za-z]|[A-Za-z].{{0,2}}{_CHINESE}"
    rf"|[{DIVISION_SIGNS}]\Z|{_TWICE.pattern}|\A(?P<place>{_CHINESE}{{2,4}})[省市县区](?P=place)",
    re.DOTALL,
)
#: The same by two characters that stand together; a colon suffices.
PAIRS = ("企业", "链主", "上市", "巨人", "冠军", "单位")
COLONS = ":："


def without_what_stands_beside(text: str) -> str:
    """The text without titles and labels before the name and codes behind it; a place behind it in brackets.

    >>> without_what_stands_beside("国家级“小巨人”企业金帝股份"), without_what_stands_beside("金帝股份-冠县")
    ('金帝股份', '金帝股份(冠县)')
    """
    for pattern in _CODES:
        text = _kept(pattern.sub("", text, count=1), text)
    if (label := _LABEL.match(text)) is not None:
        text = text[label.end() :]
    titled = _TITLED.match(text)
    if titled is not None and not _FIRM.search(titled["before"]) and not _is_of_a_trade(titled["name"]):
        county = _county_in(titled["before"])
        text = titled["name"] + (f"({county})" if county else "")
    if (found := _PLACE_BEHIND.search(text)) is not None:
        text = f"{text[: found.start()]}({_county_in(found['place']) or found['place']})"
    if (found := _PLACE_TWICE.match(text)) is not None:
        text = text[found.end() :]
    text = _TWICE.sub(r"\g<word>", text, count=1)
    latin, name = latin_beside(text)
    return name if latin and _spells(clean(latin), name) else text


def _county_in(text: str) -> str:
    """The first county a text names in full; empty where it names none: 临清市重点企业, 临清市烟店镇."""
    for start in range(len(text) - 1):
        for end in range(min(len(text), start + _LONGEST_COUNTY), start + 1, -1):
            if text[start:end] in _counties():
                return text[start:end]
    return ""


@cache
def _counties() -> frozenset[str]:
    return frozenset(name for code, name in gazetteer().rows if not code.endswith("00"))


def _kept(rest: str, text: str) -> str:
    return rest if len(rest.strip()) >= _SHORTEST else text


def latin_beside(text: str) -> tuple[str, str]:
    """A name in Latin letters and the Chinese one beside it; both empty where they do not stand side by side.

    >>> latin_beside("Gambol 乖宝"), latin_beside("BOT轴承")
    (('Gambol', '乖宝'), ('', ''))
    """
    found = _LATIN_BEFORE.fullmatch(text) or _LATIN_BEHIND.fullmatch(text)
    if found is None or _is_of_a_trade(found["name"]):
        return "", ""
    letters = clean(found["latin"])
    if len(letters) < _FEWEST_LETTERS or letters in lexicon().forms:
        return "", ""
    return found["latin"], found["name"]


def _is_of_a_trade(name: str) -> bool:
    """Whether a text begins with a word of trades or forms: then it is no name of its own (BOT轴承, 小巨人机床)."""
    words, text = lexicon(), clean(name)
    return any(text[:size] in words.trades for size in words.trade_lengths) or any(
        text[:size] in words.forms for size in words.form_lengths
    )


def _spells(letters: str, name: str) -> bool:
    """Whether letters spell the first characters of a name, at least two."""
    ends = {0}
    for number, sign in enumerate(clean(name), 1):
        ends = {
            end + len(reading)
            for end in ends
            for reading in readings(sign)
            if letters.startswith(reading.replace("v", "u"), end) or letters.startswith(reading, end)
        }
        if len(letters) in ends and number >= _SHORTEST:
            return True
    return False


def said_twice(codes: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Where a word may begin that is said twice, in texts laid end to end as code points."""
    found = []
    for distance in range(2, 6):
        at = np.flatnonzero((codes[:-distance] == codes[distance:]) & (codes[distance:] >= 0x3400))
        found.append(_in_a_row(at, distance))
        # 聊城市聊城: two in a row, and the one behind them is 市.
        place = _in_a_row(at, distance - 1) if distance > 2 else at[:0]
        found.append(place[np.isin(codes[place + distance - 1], [ord(sign) for sign in "省市县区"])])
    return np.concatenate(found)


def _in_a_row(at: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Which of some positions are the first of so many in a row."""
    first = at[: max(len(at) - count + 1, 0)]
    begun: NDArray[np.intp] = first[at[count - 1 :] - first == count - 1]
    return begun
