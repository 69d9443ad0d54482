"""Chinese read one byte off: 出口 printed as 隹?, because each character's halves were paired wrongly.

A lost byte in a GBK text makes the decoder pair the second half of each character with the first
half of the next one, up to the next ASCII sign. Pairing the bytes back the other way turns rare
characters into everyday ones; ordinary text, however rare its names, does the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

from lianzhang.reading.character_odds import (
    UNREADABLE,
    Tier,
    odds_of_reading,
    odds_of_sight,
    suspicious,
    tier,
)

#: Evidence, in natural logarithms, below which rare characters are taken for what they are.
_ENOUGH = 9.0
#: One rare character makes no damage, whatever it turns into, unless much more speaks for it.
_ODD = 2
_BEYOND_DOUBT = 15.0
#: Characters that changed, and not only signs of loss, must have told so much.
_TOLD = 3.0
#: Phrases of nothing but rare characters (魑魅魍魉) need more than this to count as damage.
_BEYOND_NAMES = 12.5
#: A segment beside a replacement sign has that much evidence already.
_BESIDE_LOSS = 4.0
#: How far a run is followed to either side of something suspicious.
_REACH, _FAR_REACH = 10, 200
#: Evidence at one place around something suspicious that makes the whole stretch worth weighing.
_WORTH_A_LOOK = 1.5
#: Suspicious characters closer than this belong to one look.
_NEAR, _LONGEST_LOOK = 4, 400
LOSS = "?？\ufffd"
#: A replacement sign beside a rare character stands for a pair that no character has.
_AT_LOSS = 1.0
_AT_SOLID_LOSS = 2.0
_AT_QUESTION = -1.5
_AT_DOUBTFUL = -0.3
#: Rare characters seldom stand right before a figure.
_BEFORE_FIGURE = 2.0
#: From here on the words of the rest of the text are asked, and what each one adds.
_WORTH_ASKING = 4.0
_WORD_KNOWN = 3.0
_WORDS_ASKED = 12
_UNLIKELY = -13.0
_ORDINARY = -9.0


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch read one byte off; `reading` lacks the halves lost at either end."""

    start: int
    end: int
    reading: str
    gain: float


@cache
def halves(character: str) -> bytes | None:
    """The two GBK bytes of a character; None for those with one, four or no bytes.

    Private-use characters count with the bytes of GBK's user areas, for some decoders put them there.
    """
    try:
        pair = character.encode("gb18030" if "\ue000" <= character <= "\ue765" else "gbk")
    except UnicodeEncodeError:
        return None
    return pair if len(pair) == 2 else None


@cache
def joined(first: int, second: int) -> str | None:
    """The character of two GBK bytes."""
    try:
        return bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None


def find_shifts(text: str, places: Sequence[int]) -> list[Shift]:
    """Shifted stretches around the suspicious `places` (ascending), without overlaps."""
    found: list[Shift] = []
    for first, last in clusters(places):
        floor = found[-1].end if found else 0
        if last < floor or not any(
            _gain(text, place) > _WORTH_A_LOOK for place in range(max(0, first - 1), last + 1)
        ):
            continue
        shift = None
        for reach in (_REACH, _FAR_REACH):
            low, high = _run(text, first, last, floor, reach)
            shift = best_segment(text, low, high) if high - low >= 2 else None
            if shift is None or (shift.start > low and shift.end < high):
                break
        if shift is not None:
            found.append(shift)
    return found


def clusters(places: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for place in places:
        if found and place - found[-1][1] <= _NEAR and place - found[-1][0] < _LONGEST_LOOK:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _run(text: str, first: int, last: int, floor: int, reach: int) -> tuple[int, int]:
    """The stretch of two-byte characters and replacement signs around a cluster."""
    low, high = max(first, floor), max(last + 1, floor)
    lowest, highest = max(floor, first - reach), min(len(text), last + 1 + reach)
    while low > lowest and (halves(text[low - 1]) or text[low - 1] in LOSS):
        low -= 1
    while high < highest and (halves(text[high]) or text[high] in LOSS):
        high += 1
    return low, high


def best_segment(text: str, low: int, high: int, *, given: float = 0.0) -> Shift | None:
    """The segment with the most evidence, followed to its end, where the evidence is enough.

    `given` is what is known already, such as a bracket torn apart right before.
    """
    gains = [_gain(text, place) for place in range(low, high - 1)]
    best, first, last = _steepest(gains)
    if best <= 0:
        return None
    first = _from_the_loss(text, low + first, low + last)
    last = _to_the_end(gains, low, low + last, high)
    reading = shifted(text[first:last])
    if _letter_follows(text, last):
        pair = halves(text[last - 1])
        closing = joined(pair[1], ord(text[last])) if pair else None
        if closing is not None and odds_of_reading(closing) > _UNLIKELY:
            reading, last, best = reading + closing, last + 1, best + _BESIDE_LOSS
    best += given + _from_neighbours(text, first, last)
    if _WORTH_ASKING <= best < _ENOUGH:
        best += _WORD_KNOWN * sum(word in text for word in _words(reading))
    if given:
        return Shift(first, last, reading, best) if best >= _ENOUGH else None
    if best < (_ENOUGH if _telling(text[max(0, first - 1) : last + 1]) else _BEYOND_NAMES):
        return None
    if sum(map(suspicious, text[first:last])) < _ODD and best < _BEYOND_DOUBT:
        return None
    told = sum(
        gain
        for place, gain in enumerate(gains[first - low : last - low - 1], first)
        if text[place] not in LOSS and text[place + 1] not in LOSS
    )
    return Shift(first, last, reading, best) if told >= _TOLD else None


def _steepest(gains: list[float]) -> tuple[float, int, int]:
    """The largest sum of neighbouring gains, and the characters (from, to) it lies between."""
    best, first, last = 0.0, 0, 0
    total, start = 0.0, 0
    for place, gain in enumerate(gains):
        if total <= 0:
            total, start = 0.0, place
        total += gain
        if total > best:
            best, first, last = total, start, place + 2
    return best, first, last


def _from_neighbours(text: str, first: int, last: int) -> float:
    """Evidence from what stands right before and behind a segment."""
    if any(sign in LOSS for sign in text[max(0, first - 1) : first] + text[last : last + 1]):
        return _BESIDE_LOSS
    return _BEFORE_FIGURE if text[last : last + 1].isdigit() else 0.0


def _telling(run: str) -> bool:
    """Whether more than rare characters of level 2 shows: foreign signs, loss, a figure behind."""
    return run[-1].isdigit() or any(sign in LOSS or tier(sign) in (Tier.ALIEN, Tier.RARE) for sign in run)


def _gain(text: str, place: int) -> float:
    """Evidence that the characters at `place` and behind it are halves of other ones."""
    pair = text[place : place + 2]
    if len(pair) < 2:
        return 0.0
    beside = pair.strip(LOSS)
    if len(beside) < 2:
        return _beside_loss(beside, "\ufffd" in pair)
    if place > 1 and pair == text[place - 2 : place]:
        return 0.0
    left, right = halves(text[place]), halves(text[place + 1])
    character = joined(left[1], right[0]) if left and right else None
    read = UNREADABLE if character is None else odds_of_reading(character)
    return read - (_sight(text, place) + _sight(text, place + 1)) / 2


def _beside_loss(character: str, solid: bool) -> float:
    """Evidence of a replacement sign next to `character`: a question mark ends ordinary words too."""
    if not character:
        return 0.0
    if solid:
        return _AT_SOLID_LOSS
    if suspicious(character):
        return _AT_LOSS
    return _AT_QUESTION if odds_of_reading(character) > _ORDINARY else _AT_DOUBTFUL


def _sight(text: str, place: int) -> float:
    before = text[place - 1] if place else ""
    return odds_of_sight(text[place], before, text[place + 1 : place + 2])


def _from_the_loss(text: str, first: int, last: int) -> int:
    """Ordinary characters ahead of a replacement sign stand before the damage, not in it."""
    loss = next((place for place in range(first, last) if text[place] in LOSS), first)
    return first if any(map(suspicious, text[first:loss])) else loss


def _to_the_end(gains: list[float], low: int, last: int, high: int) -> int:
    """A shift lasts until a one-byte sign: follow it there, if that is near and not unlikely."""
    rest = gains[last - 1 - low :]
    if len(rest) <= 3 and sum(rest) > -_BESIDE_LOSS * max(1, len(rest)):
        return high
    return last


def _words(reading: str) -> set[str]:
    """Pairs of characters to look for in the rest of the text, no more than tell."""
    pairs = (first + second for first, second in pairwise(reading) if "…" not in (first, second))
    return set(islice(pairs, _WORDS_ASKED))


def _letter_follows(text: str, place: int) -> bool:
    """A letter there may be the second half of a character, as in 維 printed as 季S."""
    return place < len(text) and "@" <= text[place] <= "~"


def shifted(run: str) -> str:
    """The characters between the first and the last half of `run`, … where halves are missing."""
    parts = []
    for left, right in pairwise(run.strip(LOSS)):
        before, behind = halves(left), halves(right)
        character = joined(before[1], behind[0]) if before and behind else None
        parts.append(character or "…")
    return re.sub("…+", "…", "".join(parts))
