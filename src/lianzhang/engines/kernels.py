"""The few loops that must run at the speed of the machine, compiled once and kept on disk.

A block is a few thousand enterprises; all its planes fit the cache near the processor. Arrays are laid out
[block, wire, word of 64 enterprises].
"""

from __future__ import annotations

from typing import Any as Anything

import numpy as np
from numba import njit

Words = np.ndarray[Anything, np.dtype[np.uint64]]


@njit(cache=True, nogil=True, inline="always")
def _row(wire, kept, scratch, first_scratch):  # type: ignore[no-untyped-def]
    return kept[wire] if wire < first_scratch else scratch[wire - first_scratch]


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
def _four(kind, to, a, b, c, d):  # type: ignore[no-untyped-def]
    if kind == 0:
        for word in range(to.shape[0]):
            to[word] = a[word] & b[word] & c[word] & d[word]
    else:
        for word in range(to.shape[0]):
            to[word] = a[word] | b[word] | c[word] | d[word]


@njit(cache=True, nogil=True, inline="always")
def _two_more(kind, to, a, b):  # type: ignore[no-untyped-def]
    if kind == 0:
        for word in range(to.shape[0]):
            to[word] &= a[word] & b[word]
    else:
        for word in range(to.shape[0]):
            to[word] |= a[word] | b[word]


@njit(cache=True, nogil=True, error_model="numpy")
def fire(kinds, targets, starts, arguments, first, last, kept, scratch, out):  # type: ignore[no-untyped-def]
    """Fire gates `first` to `last` of one block; negative targets are planes of the answer, counted from -1."""
    first_scratch = kept.shape[0]
    for gate in range(first, last):
        place, end, kind, target = starts[gate], starts[gate + 1], kinds[gate], targets[gate]
        to = out[-1 - target] if target < 0 else _row(target, kept, scratch, first_scratch)
        a = _row(arguments[place], kept, scratch, first_scratch)
        if end - place == 1:
            to[:] = a
            continue
        b = _row(arguments[place + 1], kept, scratch, first_scratch)
        if end - place < 4:
            _two(kind, to, a, b)
            place += 2
        else:
            c = _row(arguments[place + 2], kept, scratch, first_scratch)
            d = _row(arguments[place + 3], kept, scratch, first_scratch)
            _four(kind, to, a, b, c, d)
            place += 4
        while place < end:
            a = _row(arguments[place], kept, scratch, first_scratch)
            b = _row(arguments[min(place + 1, end - 1)], kept, scratch, first_scratch)
            _two_more(kind, to, a, b)
            place += 2


@njit(cache=True, nogil=True)
def fire_blocks(kinds, targets, starts, arguments, first, last, kept, scratch, out, begin, end):  # type: ignore[no-untyped-def]
    """Fire gates `first` to `last` in blocks `begin` to `end`."""
    for block in range(begin, end):
        fire(kinds, targets, starts, arguments, first, last, kept[block], scratch, out[block])


@njit(cache=True, nogil=True, error_model="numpy")
def _mark(wire, reader_starts, reader_rules, marks, queue, length):  # type: ignore[no-untyped-def]
    """Put the rules that read a plane in the queue, each once; returns the new length of the queue."""
    for place in range(reader_starts[wire], reader_starts[wire + 1]):
        rule = reader_rules[place]
        if marks[rule] == 0:
            marks[rule] = 1
            queue[length] = rule
            length += 1
    return length


@njit(cache=True, nogil=True, error_model="numpy")
def set_bit(kept, wire, word, mask, on, reader_starts, reader_rules, marks, queue, length):  # type: ignore[no-untyped-def]
    """Write one bit of one plane; its readers are queued only where it was different."""
    before = kept[wire, word]
    after = before | mask if on else before & ~mask
    if after == before:
        return length
    kept[wire, word] = after
    return _mark(wire, reader_starts, reader_rules, marks, queue, length)


@njit(cache=True, nogil=True, error_model="numpy")
def set_code(kept, place, code, known, at, gates, readers, marks, queue, length):  # type: ignore[no-untyped-def]
    """Write the code of one enterprise and bring the conditions of its fact up to date.

    `place` is (first wire, bits, known wire, first gate, last gate) of the fact, `at` (word, bit) of the enterprise.
    """
    first, bits, known_wire, begin, last = place
    word, bit = at
    kinds, targets, starts, arguments = gates
    mask = np.uint64(1) << np.uint64(bit)
    for number in range(bits):
        on = (code >> np.uint64(number)) & np.uint64(1) != np.uint64(0)
        length = set_bit(kept, first + number, word, mask, on, readers[0], readers[1], marks, queue, length)
    length = set_bit(kept, known_wire, word, mask, known, readers[0], readers[1], marks, queue, length)
    for gate in range(begin, last):
        value = kept[arguments[starts[gate]], word]
        kind = kinds[gate]
        for argument in range(starts[gate] + 1, starts[gate + 1]):
            other = kept[arguments[argument], word]
            value = value & other if kind == 0 else value | other if kind == 1 else value & ~other
        target = targets[gate]
        if kept[target, word] != value:
            kept[target, word] = value
            length = _mark(target, readers[0], readers[1], marks, queue, length)
    return length


@njit(cache=True, nogil=True, error_model="numpy")
def fire_queued(kept, out, word, gates, ranges, marks, queue, length, scratch):  # type: ignore[no-untyped-def]
    """Judge the queued rules again for one word of 64 enterprises, and empty the queue."""
    kinds, targets, starts, arguments = gates
    first_scratch = kept.shape[0]
    for place in range(length):
        rule = queue[place]
        marks[rule] = 0
        for gate in range(ranges[rule, 0], ranges[rule, 1]):
            begin, end = starts[gate], starts[gate + 1]
            wire = arguments[begin]
            value = kept[wire, word] if wire < first_scratch else scratch[wire - first_scratch]
            kind = kinds[gate]
            for argument in range(begin + 1, end):
                wire = arguments[argument]
                other = kept[wire, word] if wire < first_scratch else scratch[wire - first_scratch]
                value = value & other if kind == 0 else value | other if kind == 1 else value & ~other
            target = targets[gate]
            if target < 0:
                out[-1 - target, word] = value
            else:
                scratch[target - first_scratch] = value
