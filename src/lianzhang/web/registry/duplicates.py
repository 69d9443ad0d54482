"""Pairs of enterprises that may be one, with the reasons in words."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from lianzhang.casework import Actor
from lianzhang.web.registry import queries, words
from lianzhang.web.registry.desks import SHOWN, Pair, decided, latest_judgement, same_code
from lianzhang.web.registry.resolving import alike_pairs


def pairs(actor: Actor) -> list[Pair]:
    """Undecided pairs, the surest first: those of one credit code, then those whose names agree most."""
    done = decided()
    reasons: dict[tuple[str, str], list[str]] = {
        _ordered(*pair): [gettext("信用代码相同")] for pair in same_code()
    }
    for found in alike_pairs():
        said = [reason.text.say(words.language()) for reason in found.reasons]
        reasons.setdefault((found.left, found.right), []).extend(said)
    apart = _registered_apart()
    wanted = [pair for pair in reasons if pair not in done and not apart(pair)][:SHOWN]
    return [shown for pair in wanted for shown in _pair(actor, *pair, reasons=tuple(reasons[pair]))]


def _registered_apart() -> Callable[[tuple[str, str]], bool]:
    """Whether two enterprises have codes that both pass their checks and differ: then they are two for certain."""
    codes = dict(queries.every().filter(code_verified=True).values_list("pk", "credit_code"))
    return lambda pair: pair[0] in codes and pair[1] in codes and codes[pair[0]] != codes[pair[1]]


def asked_pair(actor: Actor, left: str, right: str) -> list[Pair]:
    """The pair that an officer wants to judge, whatever the names say."""
    as_given = _pair(actor, *_ordered(left, right), reasons=())
    return as_given or _pair(actor, *_ordered(left.upper(), right.upper()), reasons=())


def _pair(actor: Actor, left: str, right: str, *, reasons: tuple[str, ...]) -> list[Pair]:
    rows = queries.stored({left, right})
    if len(rows) < 2:
        return []
    return [Pair(rows[left], rows[right], reasons, latest_judgement(left, right))]


def _ordered(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)
