"""From the text as found to a reading copy: signs in one form, readings out, characters simplified.

Bracketed readings such as 產(chǎn)業(yè) come from web pages whose font layer was copied along with
the text. Only a pinyin syllable right behind a Chinese character counts as one; (LNG), (km), (e)
and English words stay. Everything is one to one but for what is removed, and plain text without
any of this costs a few look-ups per distinct character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Set

from lianzhang.reading.clean_text import OPENING_BRACKETS, CleanText
from lianzhang.reading.pinyin import LETTERS, TONED, plain_syllable
from lianzhang.reading.script import leaning, script_of, simplify
from lianzhang.reading.signs import Signs
from lianzhang.reading.torn_readings import with_letters_mended

_HAN = "\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_READING = re.compile(rf"(?<=[{_HAN}])[(（\[［〔] ?([{LETTERS}]{{1,14}}) ?[)）\]］〕]")
_BRACKETS = frozenset(OPENING_BRACKETS)
_TONED = frozenset(TONED)
_LOST = frozenset("?\ufffd")
#: So many toned readings make a text one with residue; a bare syllable (們(men)) is then residue as
#: well behind a traditional character, for only those were given readings.
_RESIDUE_HABIT = 2
#: Particles are read without a tone: 的(de).
_UNSTRESSED = {
    sign: syllable
    for syllable, signs in {
        "de": "的地得",
        "le": "了",
        "zhe": "着著",
        "men": "们們",
        "zi": "子",
        "me": "么麼",
    }.items()
    for sign in signs
}
_INVISIBLE = re.compile(
    "[\r\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef]+"
)
_INVISIBLE_SIGNS = frozenset(chr(i) for i in (*range(0x200B, 0x2010), *range(0x202A, 0x202F))) | frozenset(
    chr(i) for i in (0x0D, 0xAD, 0x34F, 0x61C, *range(0x180B, 0x180F), *range(0x2060, 0x2070), 0xFEFF)
)
#: 29.7%，、24.1%，。 A comma right ahead of another stop is the residue of a copying page, not a pause.
_STRAY_COMMA = re.compile("[,，]+(?=[,，、;；。])")
#: 达 6220 台: typesetters' spaces between Chinese and figures; two in a row divide columns and stay.
_SPACES = frozenset(" \u00a0\u2009\u202f")
_SPACED = re.compile(
    rf"(?<=[{_HAN}，、：（“)）])[ \u00a0\u2009\u202f](?=[0-9０-９])"
    rf"|(?<=[0-9０-９%％])[ \u00a0\u2009\u202f](?=[{_HAN}%％，。、；）])"
)
_BEFORE_COMMA = re.compile(rf"[{_HAN}0-9%％)）”]")
_COMPATIBLE = Signs(lambda sign: "\uf900" <= sign <= "\ufaff" or sign >= "\U0002f800")
_SELECTORS = frozenset(chr(i) for i in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
#: Radicals that PDF fonts put in place of the character; Unicode gives these no decomposition.
_RADICALS = dict(
    zip(
        "⺒⺝⺟⺠⺩⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻪⻬⻮⻰⻳",
        "巳月母民王虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟麦黄黾齐齿龙龟",
        strict=True,
    )
)
_SIGNS = {
    **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F) if wide not in (0xFF02, 0xFF07)},
    **{chr(i): unicodedata.normalize("NFKC", chr(i)) for i in range(0x2F00, 0x2FD6)},
    **_RADICALS,
    **dict.fromkeys("\u3000\u00a0\u1680\u2007\u2008\u2009\u200a\u202f\u205f", " "),
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\x1f\x1c\x1d\x1e\x7f", " "),
    **dict.fromkeys("\u2028\u2029\x0b\x0c\x85", "\n"),
    **dict.fromkeys("「﹁〝＂", "“"),
    **dict.fromkeys("」﹂〞〟", "”"),
    **dict.fromkeys("『﹃", "‘"),
    **dict.fromkeys("』﹄＇", "’"),
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    "〜": "~",
    "｡": "。",
    "､": "、",
    "﹐": ",",
    "﹑": "、",
    "﹔": ";",
    "﹕": ":",
    "﹖": "?",
    "﹗": "!",
    "﹙": "(",
    "﹚": ")",
    "﹪": "%",
    "﹢": "+",
    "﹣": "-",
    "〈": "《",
    "〉": "》",
    "‧": "·",
    "∙": "·",
    "・": "·",
}
_SIGN_TABLE = {ord(found): wanted for found, wanted in _SIGNS.items()}
_SIGN_SET = frozenset(_SIGNS)
#: Above this number of different signs one table pass is cheaper than one replacement each.
_MANY_SIGNS = 24
_STRAIGHT = re.compile("[\"'\n]")
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


def clean(text: str) -> CleanText:
    """The reading copy of `text`, with the map back to it."""
    signs = frozenset(text)
    whole = text if signs.isdisjoint(_LOST) or signs.isdisjoint(_TONED) else with_letters_mended(text)
    gaps = list(_gaps(whole, signs if whole is text else frozenset(whole)))
    if gaps:
        kept, pieces = _cut(whole, gaps)
        signs = frozenset(kept)
    else:
        kept, pieces = text, ((0, 0),)
    kept = _one_form(kept, signs)
    one_form = frozenset(kept)
    return CleanText(simplify(kept, one_form), text, pieces, script_of(kept, signs))


def without_readings(text: str) -> CleanText:
    """The text without bracketed readings and otherwise as it is."""
    gaps = list(readings(text))
    kept, pieces = _cut(text, gaps) if gaps else (text, ((0, 0),))
    return CleanText(kept, text, pieces)


def readings(text: str) -> tuple[tuple[int, int], ...]:
    """Places of bracketed readings behind a Chinese character, brackets included."""
    if not any(sign in text for sign in OPENING_BRACKETS):
        return ()
    found = []
    toned = 0
    for match in _READING.finditer(text):
        syllable = plain_syllable(match[1])
        if syllable is not None:
            toned += syllable[1]
            found.append((match.start(), match.end(), syllable))
    if not toned:
        return ()
    habit = toned >= _RESIDUE_HABIT
    return tuple(
        (start, end)
        for start, end, (bare, marked) in found
        if marked
        or (
            habit
            and len(bare) > 1
            and (leaning(text[start - 1]) > 0 or _UNSTRESSED.get(text[start - 1]) == bare)
        )
    )


def _gaps(text: str, signs: Set[str]) -> Iterator[tuple[int, int]]:
    """Stretches to leave out, in order."""
    with_readings = not signs.isdisjoint(_BRACKETS) and not signs.isdisjoint(_TONED)
    with_invisible = not (signs.isdisjoint(_INVISIBLE_SIGNS) and signs.isdisjoint(_SELECTORS))
    found = list(readings(text)) if with_readings else []
    stray = [
        match.span()
        for match in _STRAY_COMMA.finditer(text)
        if _BEFORE_COMMA.match(text[match.start() - 1 : match.start()])
    ]
    spaces = [match.span() for match in _SPACED.finditer(text)] if not signs.isdisjoint(_SPACES) else []
    if with_invisible or stray or spaces:
        found += stray + spaces
        found += [match.span() for match in _INVISIBLE.finditer(text)] if with_invisible else []
        found.sort()
    yield from found


def _cut(text: str, gaps: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    kept: list[str] = []
    pieces: list[tuple[int, int]] = []
    place = origin = 0
    for start, end in [*gaps, (len(text), len(text))]:
        if start > origin:
            pieces.append((place, origin))
            kept.append(text[origin:start])
            place += start - origin
        origin = end
    return "".join(kept), tuple(pieces) or ((0, 0),)


def _one_form(text: str, signs: Set[str]) -> str:
    """Half-width signs, one kind of quotation mark, ordinary characters for compatibility ones."""
    variants = signs & _SIGN_SET
    if len(variants) > _MANY_SIGNS:
        text = text.translate(_SIGN_TABLE)
    else:
        for sign in variants:
            text = text.replace(sign, _SIGNS[sign])
    if '"' in signs or "'" in signs:
        text = _curl_quotes(text)
    if _COMPATIBLE.among(signs):
        text = _COMPATIBILITY.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return text


def _curl_quotes(text: str) -> str:
    """Straight quotation marks opened and closed in turn, afresh in each paragraph."""
    inside = {'"': False, "'": False}

    def curl(found: re.Match[str]) -> str:
        sign, place = found[0], found.start()
        if sign == "\n":
            inside.update({'"': False, "'": False})
            return sign
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if not inside[sign] and before.isascii() and before.isalnum() and (sign == '"' or after.isalnum()):
            return sign if sign == '"' else "’"  # an inch sign, an apostrophe
        inside[sign] = not inside[sign]
        if sign == '"':
            return "“" if inside[sign] else "”"
        return "‘" if inside[sign] else "’"

    return _STRAIGHT.sub(curl, text)
