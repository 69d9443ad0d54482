"""The words of the pack by which a text is known for a title."""

from __future__ import annotations

from functools import lru_cache

from lianzhang.kernel.pack import Pack
from lianzhang.policy import named_tiers
from lianzhang.tables.title_text import Words

_PATH = "lexicon/titles.yaml"


@lru_cache(maxsize=8)
def title_words(pack: Pack) -> Words:
    """Which words for titles stand in a text in half-width signs."""
    rows = pack.read_yaml(_PATH) if pack.has(_PATH) else ()
    named = (word for row in rows for word in row["words"])
    words = tuple(dict.fromkeys((*named, *(word for tier in named_tiers(pack) for word in tier.words))))
    return lambda text: tuple(word for word in words if word in text)
