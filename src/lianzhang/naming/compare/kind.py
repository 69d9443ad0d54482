"""Which kind of body: legal form, group, branch."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.compare.levels import BranchLevel, FormLevel, GroupLevel
from lianzhang.naming.lexicon import ANY_COMPANY, NO_FORM, lexicon

Levels = NDArray[np.uint8]
Flags = NDArray[np.bool_]
#: Families that 公司 alone may stand for.
_COMPANIES = (2, 3)


def form_level(stated: int, known: int) -> FormLevel:
    """The legal form stated against that of the firm, both as numbers of the lexicon."""
    if stated == NO_FORM:
        return FormLevel.UNSTATED
    if known == NO_FORM:
        return FormLevel.MISSING
    if stated == known:
        return FormLevel.SAME
    families = {lexicon().family[stated], lexicon().family[known]}
    kin = len(families) == 1 or (ANY_COMPANY in families and not families.isdisjoint(_COMPANIES))
    return FormLevel.KIN if kin else FormLevel.OTHER


def group_level(stated: bool, known: bool, *, full: bool) -> GroupLevel:
    """集团 in the mention against 集团 in the firm's name; `full` is a mention that states a legal form."""
    if stated == known:
        return GroupLevel.SAME
    if stated:
        return GroupLevel.ONLY_MENTION
    return GroupLevel.ONLY_FIRM if full else GroupLevel.UNSTATED


def branch_level(stated: int, known: int, *, full: bool) -> BranchLevel:
    """What makes the mention a branch against what makes the registry's entry one; 0 is the firm itself."""
    if stated == known:
        return BranchLevel.SAME
    if not known:
        return BranchLevel.ONLY_MENTION
    if stated:
        return BranchLevel.OTHER
    return BranchLevel.ONLY_FIRM if full else BranchLevel.UNSTATED


@cache
def _form_table() -> Levels:
    forms = range(len(lexicon().family))
    return np.array([[form_level(stated, known) for known in forms] for stated in forms], np.uint8)


@cache
def _group_table() -> Levels:
    both = (False, True)
    return np.array([[[group_level(a, b, full=full) for full in both] for b in both] for a in both], np.uint8)


def form_levels(stated: NDArray[np.integer], known: NDArray[np.integer]) -> Levels:
    """`form_level` of many pairs."""
    levels: Levels = _form_table()[stated, known]
    return levels


def group_levels(stated: Flags, known: Flags, *, full: Flags) -> Levels:
    """`group_level` of many pairs."""
    levels: Levels = _group_table()[stated.astype(int), known.astype(int), full.astype(int)]
    return levels


def branch_levels(stated: NDArray[np.uint32], known: NDArray[np.uint32], *, full: Flags) -> Levels:
    """`branch_level` of many pairs."""
    levels = np.full(len(stated), int(BranchLevel.OTHER), np.uint8)
    levels[known == 0] = BranchLevel.ONLY_MENTION
    levels[(stated == 0) & full] = BranchLevel.ONLY_FIRM
    levels[(stated == 0) & ~full] = BranchLevel.UNSTATED
    levels[stated == known] = BranchLevel.SAME
    return levels
