"""What the search box finds an enterprise by: its names, their pinyin, and the initials of the pinyin.

`sfjt` and `shifengjituan` find 时风集团, because both stand in the keys of that name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from lianzhang.web.registry.pinyin import syllables


def search_keys(names: Iterable[str]) -> str:
    """All keys of all names, lower case, one a line. The pinyin of the first name leads, so that sorting by
    the keys sorts as a Chinese register does."""
    return "\n".join(dict.fromkeys(key for name in names for key in _keys(name)))


def name_key(name: str) -> str:
    """A name for comparison: half-width signs, no blanks, nothing unseen; nothing that could make two firms one."""
    plain = unicodedata.normalize("NFKC", name)
    return "".join(
        sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf"
    ).upper()


def visible(text: str) -> str:
    """The text without the signs that nobody sees, which hide others or turn them around."""
    return "".join(
        sign for sign in text if sign in "\r\n\t" or unicodedata.category(sign) not in ("Cc", "Cf")
    )


def normal_query(words: str) -> str:
    """A query in the form in which keys are stored."""
    return unicodedata.normalize("NFKC", words).strip().lower()


def query_forms(word: str) -> tuple[str, ...]:
    """A word of a query as it stands, and as the keys may hold it where signs and sounds are mixed.

    shi风 and s风 are looked for as shifeng and sf; lǚ and lü, which no key holds, as lv; shí as shi.
    """
    toned = unicodedata.normalize("NFC", word).translate(_U_WITH_DOTS)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", toned) if not unicodedata.combining(sign))
    if bare.isascii() or not any(sign.isascii() and sign.isalpha() for sign in bare):
        return tuple(dict.fromkeys((word, bare or word)))
    said = [(sign, sign) if sign.isascii() else (one, one[0]) for sign in bare for one in syllables(sign)]
    whole, initials = "".join(one for one, _ in said), "".join(first for _, first in said)
    return tuple(dict.fromkeys((word, whole, initials)))


def sound_of(name: str) -> str:
    """The pinyin of a name, by which names that sound alike are found."""
    return next(iter(_keys(name)), "")


#: How ü is typed and kept.
_U_WITH_DOTS = str.maketrans(dict.fromkeys("üǖǘǚǜ", "v"))


@lru_cache(maxsize=2000)
def _keys(name: str) -> tuple[str, ...]:
    plain = "".join(sign for sign in normal_query(name) if sign.isalnum())
    if not plain:
        return ()
    said = syllables(plain)
    whole = "".join(said)
    initials = "".join(one if one.isdigit() else one[0] for one in said)
    return tuple(dict.fromkeys((whole, normal_query(name), plain, initials)))


def person_key(name: str) -> str:
    """What two ways of writing a person's name share: 于 某 is 于某."""
    return "".join(name.split())
