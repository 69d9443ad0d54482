"""How likely a character is in ordinary Chinese, and how surprising it is where it stands.

Damage is found by comparing two readings of the same bytes, so only the order of magnitude
counts: a few hundred characters make up four fifths of all text, GB 2312 keeps 3,755 common
characters in rows 16-55 and 3,008 rarer ones behind them, and kana, zhuyin or drawing signs
hardly ever stand alone between Chinese characters. Values are natural logarithms.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache

from lianzhang.reading.script import simplify

#: The 600 most frequent characters, most frequent first, counted over general word lists and news
#: of the 1990s; with the words of industry reports they cover four fifths of running text.
_FREQUENT = (
    "的一国人是了在中不有大和年为上会这地个来他出要我以发到民行家业生作时成工对们经部学市日主多全长新于进"
    "下说方政本就自后也子分产过高天动道公得之开同用实等理区能可现建力者面法定重前事关而着月体里展文北机与"
    "制化小都心加代外其好种员电军合表去起平当两场门社从还明所十将报各三水内济资美你如然度务利通南元问总名"
    "万第最那设位金西已安委华东记些正次此入提山海间向品使性由点院系立特科省世并战意手无农应看相治只目又口"
    "任但教情没党物活及改京导强量领因统期二基想把题城路头么今见管术共江义结老企交司常队比解原数程保决技增"
    "先级样张组达书议计界气被府联取形持干回话身放她更处少据广族武五信调规团四风首知女王别指集收给职步果很"
    "至运革论条式变石受几斯流马县际举或众认近商局难质价件克反己接求育亚车村拉传办台研神选走百权清格李声做"
    "直州再才打深布志命色精光项米儿河节专图造争湖真它汉观历思群住林德尔史单太周带投极每施完感线何便必整花"
    "示支师推积究片该参非证服创转纪势央标称构根空具白连视游乡影快类英型协始织营许备查黄约准春困副续边望什"
    "士优兵却费较则古段功八效率列剧听象乐亲考土官号房股值阳确往即需眼划席红罗况引字让艺告校严演千亿户批包"
    "热速源防供责兴爱言赛境越识青器响断远消球客装采助巴双息益银易满落案环策复切坚九谈医初容属未随夫范洲火"
    "仅律贫模素致富护铁低照居均负候融失维阿半送存令获港钱刘吃像显网料站足算飞占死依除继余且察早层镇突笑派"
)
_OF_THE_TRADE = "链煤吨辆套冠瞪羚钢铜铝轴承缆械焊锻铸订仓储聊园亩"
_VERY_FREQUENT = frozenset(_FREQUENT[:200])
_COMMON = frozenset(_FREQUENT[200:] + _OF_THE_TRADE)
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·％－～／＋．　")


class Tier(IntEnum):
    """Classes of characters, from everyday to never."""

    EVERYDAY = 0
    COMMON = 1
    LEVEL_1 = 2
    LEVEL_2 = 3
    RARE = 4
    PUNCTUATION = 5
    ALIEN = 6
    OTHER = 7


#: Reading a byte pair as such a character: the odds of it in text.
_READ = {
    Tier.EVERYDAY: -6.0,
    Tier.COMMON: -7.3,
    Tier.LEVEL_1: -9.7,
    Tier.LEVEL_2: -13.2,
    Tier.RARE: -15.9,
    Tier.PUNCTUATION: -6.5,
    Tier.ALIEN: -17.0,
    Tier.OTHER: -20.0,
}
_READ_SELDOM = -10.5
#: Seeing such a character in print. Names may be rare, so rarity counts for less than above.
_SEEN = {
    Tier.EVERYDAY: -6.0,
    Tier.COMMON: -7.3,
    Tier.LEVEL_1: -9.7,
    Tier.LEVEL_2: -11.5,
    Tier.RARE: -13.0,
    Tier.PUNCTUATION: -6.5,
    Tier.ALIEN: -14.0,
    Tier.OTHER: -9.0,
}
_SEEN_AMONG_ITS_KIND = -5.0
UNREADABLE = -20.0


@cache
def tier(character: str) -> Tier:
    """The class of one character; traditional characters count as their simplified form."""
    if character in _PUNCTUATION or "！" <= character <= "～":
        return Tier.PUNCTUATION
    if alphabet(character):
        return Tier.ALIEN
    if not ("\u3400" <= character <= "\u9fff" or character >= "\U00020000"):
        return Tier.OTHER
    plain = simplify(character)
    if plain in _VERY_FREQUENT:
        return Tier.EVERYDAY
    if plain in _COMMON:
        return Tier.COMMON
    try:
        row = plain.encode("gb2312")[0]
    except UnicodeEncodeError:
        return Tier.RARE
    return Tier.LEVEL_1 if row < 0xD8 else Tier.LEVEL_2


@cache
def alphabet(character: str) -> str:
    """The foreign alphabet or kind of sign, or nothing for Chinese and plain characters."""
    code = ord(character)
    if 0x3040 <= code <= 0x30FF or 0xFF66 <= code <= 0xFF9F:
        return "kana"
    if 0x00C0 <= code <= 0x024F and code not in (0xD7, 0xF7):
        return "latin"
    if 0x3100 <= code <= 0x312F:
        return "zhuyin"
    if 0x0370 <= code <= 0x03FF:
        return "greek"
    if 0x0400 <= code <= 0x04FF:
        return "cyrillic"
    if 0x2500 <= code <= 0x25FF or 0x2200 <= code <= 0x22FF:
        return "drawing"
    if 0x2460 <= code <= 0x24FF or 0x2160 <= code <= 0x217F or 0x3220 <= code <= 0x33FF:
        return "numbering"
    return "private" if 0xE000 <= code <= 0xF8FF else ""


def odds_of_reading(text: str) -> float:
    """Log odds of `text` as something an author wrote."""
    return sum(_odds_of_reading(character) for character in text)


@cache
def _odds_of_reading(character: str) -> float:
    found = tier(character)
    return _READ_SELDOM if found is Tier.PUNCTUATION and character not in "，。、" else _READ[found]


def odds_of_sight(character: str, before: str = "", after: str = "") -> float:
    """Log odds of seeing `character` between its neighbours, a rare name allowed for."""
    if character == before:
        return _SEEN_AMONG_ITS_KIND
    kind = alphabet(character)
    if kind and kind != "private" and kind in (before and alphabet(before), after and alphabet(after)):
        return _SEEN_AMONG_ITS_KIND
    return _SEEN[tier(character)]


@cache
def suspicious(character: str) -> bool:
    """Whether the character is worth a second look: rare, foreign or a sign of loss."""
    if character < "\u0080":
        return character == "?"
    return (
        character == "\ufffd"
        or tier(character) in (Tier.LEVEL_2, Tier.RARE, Tier.ALIEN)
        or "\u0080" <= character <= "\u00ff"
    )
