"""The levels of evidence. Every level is a word an officer can read; scorers put numbers to them."""

from __future__ import annotations

from enum import IntEnum


class Way(IntEnum):
    """By which keys a pair was found."""

    FULL = 0
    CORE = 1
    SHORT = 2
    BRAND = 3
    SLIP = 4
    SOUND = 5
    OVERSTATED = 6
    ROMAN = 7
    BARE = 8  # by the core with a doubtful division word, which then is no place
    HALF = 9  # by everything but one of two characters of the trade name
    BARE_SHORT = 10  # as BARE, against a core put shorter
    CONTEXT = 11  # by the trade name and an industry the context names


class NameLevel(IntEnum):
    """How the name itself agrees."""

    REJECTED = 0
    REGISTERED = 1  # the registered name to the letter
    FORMER = 2  # a former name to the letter
    SHORT = 3  # a listed short or English name to the letter
    CORE = 4  # trade name and industry
    ABBREVIATED = 5  # trade name and part of the industry
    BRAND_LONG = 6  # only a trade name of three characters or more
    BRAND_SHORT = 7  # only a trade name of two characters
    SLIP_TRADE = 8  # one character off in the industry, which then is no word
    SLIP_LONG = 9  # one character mistaken in a trade name of three or more
    SLIP_SHORT = 10  # one character mistaken in a trade name of two
    SLIP_OTHER = 11  # one character differs and is not easily mistaken
    SOUND = 12  # sounds the same, several characters differ
    ROMAN = 13  # written in Latin letters as it sounds

    OVERSTATED = 14  # the mention says more than an incomplete entry of the registry
    HALF = 15  # one of two characters of the trade name agrees, and all around it
    SPOKEN = 16  # the trade name, and the industry its context speaks of


class PlaceLevel(IntEnum):
    """How the divisions agree."""

    SAME = 0
    WITHIN = 1  # the firm lies in the division the mention names
    UNSTATED = 2  # the mention names none
    UNKNOWN = 3  # the registry knows none
    BROADER = 4  # the registry knows only a wider one
    ELSEWHERE = 5
    RENAMED = 6  # as SAME, of a full name, but the firm's own name names another division
    RENAMED_WITHIN = 7  # as WITHIN, the same


class FormLevel(IntEnum):
    """How the legal forms agree."""

    SAME = 0
    UNSTATED = 1
    KIN = 2  # 有限公司 and 有限责任公司
    MISSING = 3  # the registry's name has none
    OTHER = 4


class GroupLevel(IntEnum):
    """Whether both are a group (集团)."""

    SAME = 0
    UNSTATED = 1  # a short mention of a firm that is a group
    ONLY_MENTION = 2
    ONLY_FIRM = 3  # a full name without 集团 against one with


class BranchLevel(IntEnum):
    """Whether both are the firm itself, or the same branch."""

    SAME = 0
    ONLY_MENTION = 1
    ONLY_FIRM = 2  # a full name of the firm, and the registry has only a branch
    OTHER = 3
    UNSTATED = 4  # a short mention, and the registry has only a branch


class SaidLevel(IntEnum):
    """What the mention says besides the name: of former names, and of several firms."""

    UNSAID = 0
    FORMER = 1  # said to be a former name, and it is one of the firm's
    CURRENT = 2  # said to be a former name, and the registry has it as one in use
    BOTH = 3  # the name and the former name beside it lead to one firm
    ONE = 4  # of the two only one leads to this firm
    AMONG = 5  # one of several names that stand side by side, or the firm named behind its group
