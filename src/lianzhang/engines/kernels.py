"""The few loops that must run at the speed of the machine, compiled once and kept on disk.

Planes are laid out [wire, word of 64 enterprises]. All loops go strip by strip, so that the planes of a strip stay
in the cache near the processor while every condition and rule reads them.
"""

from __future__ import annotations

from typing import Any as Anything

import numpy as np
from numba import njit

from lianzhang.engines.layout import STRIP

Words = np.ndarray[Anything, np.dtype[np.uint64]]
#: Up to so many cuts it is quicker to compare with each than to search.
_FEW = 64


@njit(cache=True, nogil=True, inline="always")
def _two(kind, to, a, b):  # type: ignore[no-untyped-def]
    if kind == 0:
        for word in range(to.shape[0]):
            to[word] = a[word] & b[word]
    elif kind == 1:
        for word in range(to.shape[0]):
            to[word] = a[word] | b[word]
    else:
        for word in range(to.shape[0]):
            to[word] = a[word] & ~b[word]


@njit(cache=True, nogil=True, inline="always")
def _two_more(kind, to, a, b):  # type: ignore[no-untyped-def]
    if kind == 0:
        for word in range(to.shape[0]):
            to[word] &= a[word] & b[word]
    else:
        for word in range(to.shape[0]):
            to[word] |= a[word] | b[word]


@njit(cache=True, nogil=True, error_model="numpy")
def fire_gates(gates, planes, begin, end):  # type: ignore[no-untyped-def]
    """Fire the gates of the conditions in the words from `begin` to `end`."""
    kinds, targets, starts, arguments = gates
    for at in range(begin, end, STRIP):
        to = min(end, at + STRIP)
        for gate in range(kinds.shape[0]):
            place, last, kind = starts[gate], starts[gate + 1], kinds[gate]
            target = planes[targets[gate], at:to]
            _two(kind, target, planes[arguments[place], at:to], planes[arguments[place + 1], at:to])
            place += 2
            while place < last:
                other = planes[arguments[min(place + 1, last - 1)], at:to]
                _two_more(kind, target, planes[arguments[place], at:to], other)
                place += 2


@njit(cache=True, nogil=True, inline="always")
def _join_two(kind, fresh, yes, no, a, b, c, d):  # type: ignore[no-untyped-def]
    """Two pairs (a, b) and (c, d) joined into one pair, or into what it holds already."""
    if kind == 0 and fresh:
        for word in range(yes.shape[0]):
            yes[word] = a[word] & c[word]
            no[word] = (b[word] & ~a[word]) | (d[word] & ~c[word])
    elif kind == 0:
        for word in range(yes.shape[0]):
            yes[word] &= a[word] & c[word]
            no[word] |= (b[word] & ~a[word]) | (d[word] & ~c[word])
    elif fresh:
        for word in range(yes.shape[0]):
            yes[word] = a[word] | c[word]
            no[word] = b[word] & d[word] & ~(a[word] | c[word])
    else:
        for word in range(yes.shape[0]):
            yes[word] |= a[word] | c[word]
            no[word] &= b[word] & d[word] & ~(a[word] | c[word])


@njit(cache=True, nogil=True, inline="always")
def _join_four(kind, fresh, yes, no, a, b, c, d, e, f, g, h):  # type: ignore[no-untyped-def]
    """Four pairs (a, b), (c, d), (e, f) and (g, h) joined likewise."""
    if kind == 0 and fresh:
        for word in range(yes.shape[0]):
            yes[word] = a[word] & c[word] & e[word] & g[word]
            no[word] = (b[word] & ~a[word]) | (d[word] & ~c[word])
            no[word] |= (f[word] & ~e[word]) | (h[word] & ~g[word])
    elif kind == 0:
        for word in range(yes.shape[0]):
            yes[word] &= a[word] & c[word] & e[word] & g[word]
            no[word] |= (b[word] & ~a[word]) | (d[word] & ~c[word])
            no[word] |= (f[word] & ~e[word]) | (h[word] & ~g[word])
    elif fresh:
        for word in range(yes.shape[0]):
            one = a[word] | c[word] | e[word] | g[word]
            yes[word] = one
            no[word] = b[word] & d[word] & f[word] & h[word] & ~one
    else:
        for word in range(yes.shape[0]):
            one = a[word] | c[word] | e[word] | g[word]
            yes[word] |= one
            no[word] &= b[word] & d[word] & f[word] & h[word] & ~one


@njit(cache=True, nogil=True, inline="always")
def _strip(wire, planes, scratch, at, to):  # type: ignore[no-untyped-def]
    """The strip of a plane, or of a scratch wire, which come after all planes."""
    first = planes.shape[0]
    return planes[wire, at:to] if wire < first else scratch[wire - first, 0 : to - at]


@njit(cache=True, nogil=True, error_model="numpy")
def _judge_group(kind, yes, no, pairs, planes, scratch, at, to):  # type: ignore[no-untyped-def]
    """Join all pairs of a group in one strip, four at a time; a pair that is missing at the end is the last again."""
    place, last, fresh = 0, pairs.shape[0], True
    while place < last:
        second = min(place + 1, last - 1)
        a = _strip(pairs[place, 0], planes, scratch, at, to)
        b = _strip(pairs[place, 1], planes, scratch, at, to)
        c = _strip(pairs[second, 0], planes, scratch, at, to)
        d = _strip(pairs[second, 1], planes, scratch, at, to)
        if place + 2 >= last:
            _join_two(kind, fresh, yes, no, a, b, c, d)
        else:
            fourth = min(place + 3, last - 1)
            e = _strip(pairs[place + 2, 0], planes, scratch, at, to)
            f = _strip(pairs[place + 2, 1], planes, scratch, at, to)
            g = _strip(pairs[fourth, 0], planes, scratch, at, to)
            h = _strip(pairs[fourth, 1], planes, scratch, at, to)
            _join_four(kind, fresh, yes, no, a, b, c, d, e, f, g, h)
        fresh = False
        place += 4


@njit(cache=True, nogil=True, error_model="numpy")
def judge_strips(gates, ranges, rules, planes, scratch, answer, words, strip):  # type: ignore[no-untyped-def]
    """Judge the rules `rules[0]` to `rules[1]` in the words `words[0]` to `words[1]`.

    A target below zero is a rule, whose two planes of the answer are written; others are scratch.
    """
    kinds, targets, starts, arguments = gates
    for at in range(words[0], words[1], strip):
        to = min(words[1], at + strip)
        for rule in range(rules[0], rules[1]):
            for group in range(ranges[rule, 0], ranges[rule, 1]):
                target = targets[group]
                if target < 0:
                    yes = answer[-2 - 2 * target, at:to]
                    no = answer[-1 - 2 * target, at:to]
                else:
                    yes = _strip(target, planes, scratch, at, to)
                    no = _strip(target + 1, planes, scratch, at, to)
                pairs = arguments[starts[group] : starts[group + 1]]
                _judge_group(kinds[group], yes, no, pairs, planes, scratch, at, to)


@njit(cache=True, nogil=True, error_model="numpy")
def _mark(wire, readers, queue):  # type: ignore[no-untyped-def]
    """Note that a plane changed, and put the rules that read it in the queue, each once."""
    starts, rules = readers
    marks, waiting, dirty, changed, lengths = queue
    if dirty[wire] == 0:
        dirty[wire] = 1
        changed[lengths[1]] = wire
        lengths[1] += 1
    for place in range(starts[wire], starts[wire + 1]):
        rule = rules[place]
        if marks[rule] == 0:
            marks[rule] = 1
            waiting[lengths[0]] = rule
            lengths[0] += 1


@njit(cache=True, nogil=True, error_model="numpy")
def set_bit(planes, wire, word, mask, on, readers, queue):  # type: ignore[no-untyped-def]
    """Write one bit of one plane; its readers are queued only where it was different."""
    before = planes[wire, word]
    after = before | mask if on else before & ~mask
    if after != before:
        planes[wire, word] = after
        _mark(wire, readers, queue)


@njit(cache=True, nogil=True, error_model="numpy")
def set_code(planes, place, code, known, row, gates, readers, queue):  # type: ignore[no-untyped-def]
    """Write the code of one enterprise and bring the conditions of its fact up to date.

    `place` is (first wire, bits, known wire, first gate, last gate) of the fact.
    """
    first, bits, known_wire, begin, last = place
    kinds, targets, starts, arguments = gates
    word, mask = row // 64, np.uint64(1) << np.uint64(row % 64)
    for number in range(bits):
        on = (code >> np.uint64(number)) & np.uint64(1) != np.uint64(0)
        set_bit(planes, first + number, word, mask, on, readers, queue)
    set_bit(planes, known_wire, word, mask, known, readers, queue)
    for gate in range(begin, last):
        value = planes[arguments[starts[gate]], word]
        kind = kinds[gate]
        for argument in range(starts[gate] + 1, starts[gate + 1]):
            other = planes[arguments[argument], word]
            value = value & other if kind == 0 else value | other if kind == 1 else value & ~other
        target = targets[gate]
        if planes[target, word] != value:
            planes[target, word] = value
            _mark(target, readers, queue)


@njit(cache=True, nogil=True, error_model="numpy")
def _settled(kind, pairs, planes, word, mask, dirty):  # type: ignore[no-untyped-def]
    """Whether a condition that did not change settles the group for the enterprise at `mask`, as it did before."""
    for place in range(pairs.shape[0]):
        one, two = pairs[place, 0], pairs[place, 1]
        if one < planes.shape[0] and dirty[one] == 0 and dirty[two] == 0:
            yes = planes[one, word]
            if (planes[two, word] & ~yes if kind == 0 else yes) & mask:
                return True
    return False


@njit(cache=True, nogil=True, error_model="numpy")
def judge_queued(gates, ranges, planes, answer, row, queue, scratch):  # type: ignore[no-untyped-def]
    """Judge the queued rules again for one enterprise and the others of its word, and empty the queue.

    Most rules are refused by more than one condition: those are left alone, and their answer is not even read.
    """
    kinds, targets, starts, arguments = gates
    marks, waiting, dirty, changed, lengths = queue
    first_scratch = planes.shape[0]
    word, mask = row // 64, np.uint64(1) << np.uint64(row % 64)
    for place in range(lengths[0]):
        rule = waiting[place]
        marks[rule] = 0
        whole = ranges[rule, 1] - 1
        pairs = arguments[starts[whole] : starts[whole + 1]]
        if _settled(kinds[whole], pairs, planes, word, mask, dirty):
            continue
        for group in range(ranges[rule, 0], ranges[rule, 1]):
            every = kinds[group] == 0
            yes, no = np.uint64(0), np.uint64(0)
            for argument in range(starts[group], starts[group + 1]):
                one, two = arguments[argument, 0], arguments[argument, 1]
                a = planes[one, word] if one < first_scratch else scratch[one - first_scratch]
                b = planes[two, word] if two < first_scratch else scratch[two - first_scratch]
                b &= ~a
                if argument == starts[group]:
                    yes, no = a, b
                elif every:
                    yes, no = yes & a, no | b
                else:
                    yes, no = yes | a, no & b
            target = targets[group]
            if target < 0:
                answer[-2 - 2 * target, word] = yes
                answer[-1 - 2 * target, word] = no
            else:
                scratch[target - first_scratch] = yes
                scratch[target + 1 - first_scratch] = no
    for place in range(lengths[1]):
        dirty[changed[place]] = 0
    lengths[:] = 0


@njit(cache=True, nogil=True, error_model="numpy")
def count_passed(values, cuts, codes):  # type: ignore[no-untyped-def]
    """How many of the rising `cuts` each value reaches; none where it is missing (NaN)."""
    for at in range(0, values.shape[0], 512):
        some, told = values[at : at + 512], codes[at : at + 512]
        if cuts.shape[0] <= _FEW:
            told[:] = 0
            for cut in cuts:
                for place in range(some.shape[0]):
                    told[place] += some[place] >= cut
        else:
            for place in range(some.shape[0]):
                low, high = 0, cuts.shape[0]
                while low < high:
                    middle = (low + high) // 2
                    if some[place] >= cuts[middle]:
                        low = middle + 1
                    else:
                        high = middle
                told[place] = low


@njit(cache=True, nogil=True, error_model="numpy")
def write_bits(codes, planes):  # type: ignore[no-untyped-def]
    """Write the bits of the codes into one plane each, lowest first; words beyond the last code are left alone."""
    for word in range(-(-codes.shape[0] // 64)):
        some = codes[64 * word : 64 * word + 64]
        for bit in range(planes.shape[0]):
            gathered = np.uint64(0)
            if some.shape[0] == 64:  # a length that the compiler knows is what makes it quick
                for place in range(64):
                    gathered |= ((np.uint64(some[place]) >> np.uint64(bit)) & np.uint64(1)) << np.uint64(
                        place
                    )
            else:
                for place in range(some.shape[0]):
                    gathered |= ((np.uint64(some[place]) >> np.uint64(bit)) & np.uint64(1)) << np.uint64(
                        place
                    )
            planes[bit, word] = gathered


@njit(cache=True, nogil=True, error_model="numpy")
def write_passing(values, cut, plane):  # type: ignore[no-untyped-def]
    """Write the plane of the values that reach one cut; missing ones (NaN) do not."""
    for word in range(-(-values.shape[0] // 64)):
        some = values[64 * word : 64 * word + 64]
        gathered = np.uint64(0)
        if some.shape[0] == 64:
            for place in range(64):
                gathered |= np.uint64(some[place] >= cut) << np.uint64(place)
        else:
            for place in range(some.shape[0]):
                gathered |= np.uint64(some[place] >= cut) << np.uint64(place)
        plane[word] = gathered
