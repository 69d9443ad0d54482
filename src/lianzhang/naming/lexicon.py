"""The words that company names are made of: legal forms, branches, trades, characters that are mistaken for others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

#: A name states no form, or one that says nothing of the kind of body (时风公司).
NO_FORM, ANY_COMPANY = 0, 1


@dataclass(frozen=True)
class Lexicon:
    """Words by what they say in a name. Endings give the lengths of the words that end in a character.

    `forms` maps a legal form to a number of its own and `family[number]` to the kind of body, so that
    有限公司 and 有限责任公司 are two forms of one family. Up to the number `spoken`, forms are put behind a trade name
    in speech, and a name with them is no full name (公司, 股份, 合作社).
    """

    forms: Mapping[str, int]
    family: tuple[int, ...]
    spoken: int
    form_texts: tuple[str, ...]
    group: tuple[str, ...]
    branches: tuple[str, ...]
    branches_of_firms: tuple[str, ...]
    any_branch: tuple[str, ...]
    branch_signs: frozenset[str]
    trades: frozenset[str]
    english_trades: tuple[str, ...]
    distinct: frozenset[str]
    own_words: tuple[str, ...]
    no_names: tuple[str, ...]
    shape: Mapping[str, str]
    form_endings: Mapping[str, tuple[int, ...]]
    trade_endings: Mapping[str, tuple[int, ...]]
    form_lengths: tuple[int, ...]
    trade_lengths: tuple[int, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The bundled words, read once."""
    text = resources.files("lianzhang.naming").joinpath("words.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    families = {
        form: number for number, forms in enumerate(words["forms"].values(), start=2) for form in forms
    }
    families |= {"": NO_FORM, "公司": ANY_COMPANY} | dict.fromkeys(words["foreign_forms"], ANY_COMPANY)
    texts = list(dict.fromkeys(["", "公司", *words["spoken_forms"], *families]))
    trades = _with_overlaps(frozenset(words["trades"].split()))
    return Lexicon(
        forms={form: number for number, form in enumerate(texts) if form},
        family=tuple(families[form] for form in texts),
        spoken=len(words["spoken_forms"]) + ANY_COMPANY,
        form_texts=tuple(texts),
        group=tuple(words["group"]),
        branches=_longest_first(words["branches"]),
        branches_of_firms=_longest_first(words["branches_of_firms"]),
        any_branch=(*_longest_first(words["branches"]), *_longest_first(words["branches_of_firms"])),
        branch_signs=frozenset(word[-1] for word in (*words["branches"], *words["branches_of_firms"])),
        trades=trades,
        english_trades=_longest_first(words["english_trades"].split()),
        distinct=frozenset(str(words["distinct"])),
        own_words=tuple(words["own_words"]),
        no_names=tuple(words["no_names"]),
        shape={sign: group[0] for group in words["alike"].split() for sign in group},
        form_endings=lengths_by(texts[1:], lambda word: word[-1]),
        trade_endings=lengths_by(trades, lambda word: word[-1]),
        form_lengths=_lengths(texts[1:]),
        trade_lengths=_lengths(trades),
    )


def _with_overlaps(words: frozenset[str]) -> frozenset[str]:
    """The words, and what two of them make that share characters: 矿山机械制造 of 矿山机械 and 机械制造.

    Words are taken off the end of a name, the longest first: without these, 矿山 would stay with the trade name.
    """
    by_ending: dict[str, list[str]] = {}
    for word in words:
        for start in range(1, len(word) - 1):
            by_ending.setdefault(word[start:], []).append(word)
    joined = {
        longer + word[size:]
        for word in words
        for size in range(2, len(word) - 1)
        if word[size:] in words
        for longer in by_ending.get(word[:size], ())
    }
    return words | {word for word in joined if not _taken_off(word, words)}


def _taken_off(text: str, words: frozenset[str]) -> bool:
    """Whether nothing is left of a text when words are taken off its end, the longest first."""
    while text:
        ending = next((text[start:] for start in range(len(text) - 1) if text[start:] in words), "")
        if not ending:
            return False
        text = text[: -len(ending)]
    return True


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def lengths_by(words: Iterable[str], sign: Callable[[str], str]) -> dict[str, tuple[int, ...]]:
    """The lengths of the words that share a sign, such as their last character, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(sign(word), set()).add(len(word))
    return {shared: tuple(sorted(lengths, reverse=True)) for shared, lengths in found.items()}


def _lengths(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in words}, reverse=True))
