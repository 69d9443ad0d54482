"""Chinese read aloud, with a twentieth of the memory that the library's table of phrases takes.

Of its 47,000 phrases only those count that are not read as their single characters are (重庆, 银行): some three
thousand. The rest would sit in every server process for nothing.
"""

from __future__ import annotations

import gc
import json
import sys
import unicodedata
from functools import cache
from threading import Lock
from typing import Any

#: Longer phrases are sayings, not names.
_LONGEST = 4
_lock = Lock()


def syllables(text: str) -> list[str]:
    """The pinyin of each Chinese character without tones, ü as v; other signs one by one as they are."""
    library = _library()
    found: list[str] = library.lazy_pinyin(
        text, style=library.Style.NORMAL, errors=lambda signs: [signs], v_to_u=False
    )
    return found


def prepare() -> None:
    """Read the tables now, while there is room for all phrases for a moment; else the first reading does it."""
    _library()


def _library() -> Any:
    with _lock:
        return _loaded()


@cache
def _loaded() -> Any:
    # The settings ask the library to leave its phrases out; where they came too late nothing is left to save.
    alone = "pypinyin.phrases_dict" not in sys.modules
    import pypinyin

    if alone:
        # Written out and read again, so that the words kept do not pin the memory of those that are not.
        told = json.dumps(_telling_phrases())
        sys.modules.pop("pypinyin.phrases_dict", None)
        vars(pypinyin).pop("phrases_dict", None)
        gc.collect()
        pypinyin.load_phrases_dict(json.loads(told))
    return pypinyin


def _telling_phrases() -> dict[str, list[list[str]]]:
    """The phrases that are read otherwise than their characters."""
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.phrases_dict import phrases_dict

    def usual(sign: str) -> str:
        return _toneless(str(PINYIN_DICT.get(ord(sign), "")).split(",")[0])

    return {
        phrase: [list(one) for one in said]
        for phrase, said in phrases_dict.items()
        if len(phrase) <= _LONGEST
        and any(_toneless(one[0]) != usual(sign) for sign, one in zip(phrase, said, strict=False))
    }


def _toneless(said: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", said) if not unicodedata.combining(sign))
