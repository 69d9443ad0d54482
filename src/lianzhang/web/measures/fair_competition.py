"""Words in a measure that a fair-competition reviewer should look at; hints, never a judgement."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings

from lianzhang.kernel import Text
from lianzhang.kernel.pack import open_pack

_LOOKED_AT = ("title", "summary", "gives", "how", "papers")


@lru_cache(maxsize=4)
def _words(pack_id: str) -> tuple[tuple[str, Text], ...]:
    pack = open_pack(pack_id)
    path = "lists/fair_competition.yaml"
    if path not in pack.files("lists"):
        return ()
    return tuple((word, Text(**row["why"])) for row in pack.read_yaml(path)["words"] for word in row["any"])


def warnings_of(measure: Any, language: str) -> list[tuple[str, str]]:
    """(word, why it matters) for each warning word in the text or the stated conditions of a measure."""
    text = "\n".join([*(getattr(measure, name) for name in _LOOKED_AT), *measure.stated])
    return [(word, why.say(language)) for word, why in _words(settings.LIANZHANG_PACK) if word in text]
