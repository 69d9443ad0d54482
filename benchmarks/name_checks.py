"""Checks of benchmarks/naming.py: no figure is printed unless they hold."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np
from names_generator import ABSENT, Firm, Mention

from lianzhang.naming import Finder, Listed, NameIndex, Resolutions, resolve, resolve_all

#: Mentions whose decidability is found by a plain scan of all firms.
SCANNED = 500


def hold(what: str, found: Sequence[object]) -> None:
    """Go on where nothing disagrees; else show the first five and leave."""
    if found:
        print(f"CHECK FAILED: {what}")
        for item in found[:5]:
            print(f"  {item}")
        sys.exit(1)
    print(f"  checked: {what}")


def one_equals_all(
    texts: Sequence[str], contexts: Sequence[str], index: NameIndex, found: Resolutions
) -> None:
    """One by one and together give the same."""
    differing = [
        (texts[number], context)
        for number, context in enumerate(contexts[:SCANNED])
        if resolve(texts[number], index, context=context) != found[number]
    ]
    hold(f"{SCANNED} mentions resolved one by one equal the batch", differing)


def ids_exist(firms: Sequence[Firm], found: Resolutions) -> None:
    """Every id that is returned is one of the registry."""
    known = {firm.id for firm in firms}
    returned = {candidate.enterprise for number in range(SCANNED) for candidate in found[number].candidates}
    hold("every id returned is in the registry", sorted(returned - known))


def adding_and_withdrawing_leave_no_trace(
    texts: Sequence[str], index: NameIndex, before: Resolutions, time: Callable[[], float]
) -> float:
    """Add 1,000 names, withdraw them: every answer as before. Gives the seconds one addition took."""
    start = time()
    for number in range(1000):
        index.add(Listed(f"new{number}", f"聊城加名{number}轴承有限公司"))
    seconds = (time() - start) / 1000
    added = resolve("聊城加名999轴承有限公司", index)
    hold("an added name is found", [] if added.enterprise == "new999" else [added])
    for number in range(1000):
        index.withdraw(f"new{number}")
    after = resolve_all(texts, index)
    changed = np.flatnonzero(after.enterprises != before.enterprises).tolist()
    hold("adding and withdrawing 1,000 names leaves every answer", changed)
    return seconds


def decidable(firms: Sequence[Firm], mentions: Sequence[Mention]) -> dict[int, bool]:
    """Of the first mentions that mean somebody: whether exactly one firm agrees in every part the mention states.

    A plain scan over all firms. A core with a slip agrees with a core one slip away, unless one agrees to the letter.
    """
    cores = np.array([firm.core for firm in firms])
    forms = np.array([firm.form for firm in firms])
    befores = np.array([firm.before for firm in firms])
    places = np.array([firm.place for firm in firms])
    number_of = {firm.id: number for number, firm in enumerate(firms)}
    found = {}
    for number, mention in enumerate(mentions[:SCANNED]):
        if mention.kind in ABSENT or mention.kind in ("former name", "short name"):
            continue
        firm = firms[number_of[mention.truth]]
        fits = np.ones(len(firms), bool)
        if mention.form:
            fits &= forms == mention.form
        if mention.exact or (mention.place and mention.place == firm.place and not mention.context):
            fits &= befores == firm.before
        elif mention.place:
            level = 10_000 if mention.place % 10_000 == 0 else 100 if mention.place % 100 == 0 else 1
            fits &= places // level == mention.place // level
        to_the_letter = fits & (cores == mention.core)
        if not to_the_letter.any():
            near = [row for row in np.flatnonzero(fits).tolist() if one_slip(mention.core, cores[row])]
            found[number] = len(near) == 1
        else:
            rows = np.flatnonzero(to_the_letter).tolist()
            found[number] = rows == [number_of[mention.truth]]
    return found


def one_slip(one: str, other: str) -> bool:
    """Whether one character was replaced, dropped or added."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = next(
        (at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )
    return one[at + 1 :] == other[at + 1 :] or one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]


def finder_equals_pyahocorasick(
    names: Sequence[str], text: str, time: Callable[[], float]
) -> tuple[float, float]:
    """The same hits as the bare automaton, a thousand names coming late. Seconds of ours and of the bare one."""
    import ahocorasick

    bare = ahocorasick.Automaton()
    for name in names:
        bare.add_word(name, name)
    bare.make_automaton()
    finder = Finder((name, name) for name in names[1000:])
    for name in names[:1000]:
        finder.add(name, name)
    list(finder.every("暖"))
    start = time()
    expected = {(last + 1 - len(name), name) for last, name in bare.iter(text)}
    middle = time()
    found = {(hit.start, hit.name) for hit in finder.every(text)}
    end = time()
    hold(
        f"names in {len(text):,} characters equal those of pyahocorasick ({len(expected):,})",
        sorted(found ^ expected),
    )
    return end - middle, middle - start


def shares(
    mentions: Sequence[Mention], found: Resolutions, number_of: dict[str, int]
) -> dict[str, dict[str, int]]:
    """The six outcomes by kind of mention, and together; a mention right first counts beside them."""
    counts: dict[str, dict[str, int]] = {}
    enterprises = found.enterprises.tolist()
    for number, mention in enumerate(mentions):
        truth = number_of.get(mention.truth, -1)
        candidates = found.candidates_of(number).tolist()
        if enterprises[number] >= 0:
            what = "linked right" if enterprises[number] == truth else "linked wrong"
        elif candidates:
            what = "ambiguous with the truth" if truth in candidates[:10] else "ambiguous without it"
        else:
            what = "refused right" if truth < 0 else "refused wrong"
        for kind in (mention.kind, "all"):
            of_kind = counts.setdefault(kind, {})
            of_kind[what] = of_kind.get(what, 0) + 1
            of_kind["mentions"] = of_kind.get("mentions", 0) + 1
            of_kind["right first"] = of_kind.get("right first", 0) + (candidates[:1] == [truth])
    return counts
