"""How fast and how rightly figures are read, beside two known tools, in one run.

    pip install -r benchmarks/requirements.txt
    python benchmarks/reading.py [--count 2000] [--seed 1] [--rounds 3] [--slice 300] [--profile]

Two sets of made-up bulletins are read: one about as dense in figures as found ones, and one with a figure in
every sentence. Speed is characters per CPU second of this process (user and system), after a warm-up, sides
taken in turn, median of the rounds. Ours reads the damaged text as found, repairs it and makes whole records;
the peers get the undamaged simplified text, a slice of it, and their rate is scaled from that slice.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY)]

from bulletins_generator import Bulletin, bulletins  # noqa: E402
from mentions import Found, ours, right, stated  # noqa: E402
from peers import Peer, available  # noqa: E402

from lianzhang.kernel.pack import open_pack  # noqa: E402
from lianzhang.reading import read  # noqa: E402
from lianzhang.reading.record import as_json  # noqa: E402
from lianzhang.reading.repair import clean  # noqa: E402
from tests.reading.agreement import Agreement, judge, labels_of, publication_dates  # noqa: E402

CORPUS = REPOSITORY / "tests" / "reading" / "corpus"
GOAL_RATE, GOAL_JIONLP, GOAL_RECOGNIZERS = 450_000, 20, 40


@dataclass(frozen=True, slots=True)
class Speed:
    """Characters per CPU second: the median of the rounds, and the slowest and fastest."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:>11,.0f}  ({self.low:,.0f}–{self.high:,.0f})"


def _bundled() -> list[Bulletin]:
    """The bundled sample bulletins with their labels, as bulletins of the benchmark."""
    pack = open_pack("demo")
    entries = pack.read_yaml("bulletins/index.yaml")["bulletins"]
    return [
        _labelled(
            Path(entry["file"]).stem,
            pack.read_text(f"bulletins/{entry['file']}"),
            entry["published"],
            CORPUS / "samples",
        )
        for entry in entries
    ]


def _corpus() -> list[Bulletin]:
    return [
        _labelled(name, (CORPUS / f"{name}.txt").read_text(encoding="utf-8"), published, CORPUS)
        for name, published in publication_dates(CORPUS).items()
    ]


def _labelled(name: str, text: str, published: str, folder: Path) -> Bulletin:
    """A hand-labelled text. Its undamaged form is what our own repair makes of it, peers are given that."""
    labels = labels_of(folder / f"{name}.json")
    places = [_place(text, label["quote"]) for label in labels]
    repaired = clean(text).text
    spans = [_place(repaired, clean(label["quote"]).text) for label in labels]
    return Bulletin(name, published, text, repaired, "as found", labels, places, spans)


def _place(text: str, quote: str) -> tuple[int, int]:
    start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else (0, 0)


def _claims(bulletin: Bulletin) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = as_json(read(bulletin.text, published=bulletin.published))["claims"]
    return claims


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _speeds(
    texts: Sequence[Bulletin], part: Sequence[Bulletin], peers: Iterable[Peer], rounds: int
) -> dict[str, Speed]:
    """Every side in turn, `rounds` times: ours on all texts, peers on the part."""
    peers = list(peers)
    for bulletin in texts[: max(1, len(texts) // 100)]:
        read(bulletin.text, published=bulletin.published)
        for peer in peers:
            peer.read(bulletin.clean)
    rates: dict[str, list[float]] = {}
    for _ in range(rounds):
        seconds = _cpu(lambda: [read(b.text, published=b.published) for b in texts])
        rates.setdefault("lianzhang", []).append(sum(len(b.text) for b in texts) / seconds)
        for peer in peers:
            seconds = _cpu(lambda peer=peer: [peer.read(b.clean) for b in part])  # type: ignore[misc]
            rates.setdefault(peer.name, []).append(sum(len(b.clean) for b in part) / seconds)
    return {name: Speed(statistics.median(of), min(of), max(of)) for name, of in rates.items()}


def _mentions_line(name: str, texts: Sequence[Bulletin], found: Mapping[str, list[Found]], own: bool) -> str:
    """Amounts right and whole statements right of one side; ours stand in the text as found."""
    totals = []
    for whole in (False, True):
        total: dict[str, list[int]] = {}
        for bulletin in texts:
            mentions = stated(bulletin.labels, bulletin.places if own else bulletin.spans)
            for sort, (hits, of) in right(mentions, found[bulletin.name], whole=whole).items():
                tally = total.setdefault(sort, [0, 0])
                tally[0] += hits
                tally[1] += of
        totals.append(total)
    amounts, statements = (sum(tally[0] for tally in total.values()) for total in totals)
    of = sum(tally[1] for tally in totals[0].values())
    parts = ", ".join(f"{sort} {tally[0]}/{tally[1]}" for sort, tally in sorted(totals[1].items()))
    share = f"{amounts:>6} ({amounts / max(1, of):6.1%})   {statements:>6} ({statements / max(1, of):6.1%})"
    return f"  {name:48s} {share}   {parts}"


def _certain_over_damage(texts: Sequence[Bulletin], find: Callable[[str], list[Found]]) -> str:
    """How many figures with a lost digit a side tells as if they were whole, given the text as found."""
    told = places = 0
    for bulletin in texts:
        for label, (start, end) in zip(bulletin.labels, bulletin.places, strict=True):
            if not label.get("damaged"):
                continue
            places += 1
            told += any(
                item.unit == "元" and item.start < end and start < item.end for item in find(bulletin.text)
            )
    return f"{told} of {places}"


def _accuracy(title: str, texts: Sequence[Bulletin], part: Sequence[Bulletin], peers: Iterable[Peer]) -> None:
    of = sum(len(stated(bulletin.labels, bulletin.places)) for bulletin in part)
    print(f"\nNumber mentions right, {title}: {of} in {len(part)} bulletins, the same for every side")
    print(f"  {'':48s}   amount             with sign, unit and hedge (by sort)")
    claims = {bulletin.name: _claims(bulletin) for bulletin in texts}
    found = {name: ours(of_it) for name, of_it in claims.items()}
    print(_mentions_line("lianzhang (text as found)", part, found, own=True))
    for peer in peers:
        found = {bulletin.name: peer.read(bulletin.clean) for bulletin in part}
        print(_mentions_line(f"{peer.name} {peer.version}", part, found, own=False))
    total = sum((judge(claims[b.name], b.labels) for b in texts), Agreement())
    print(
        f"  whole records, lianzhang alone, all {len(texts)}: {total.whole} of {total.labels} "
        f"({total.whole_share:.1%}), number {total.number_share:.1%}, extra {total.extra_share:.1%}"
    )
    damaged = [b for b in texts if any(label.get("damaged") for label in b.labels)]
    if damaged:
        by_text = {b.text: ours(claims[b.name]) for b in damaged}
        sides = {"lianzhang": by_text.__getitem__, **{peer.name: peer.read for peer in peers}}
        told = "; ".join(f"{name} {_certain_over_damage(damaged, find)}" for name, find in sides.items())
        print(f"  figures with a lost digit told as whole: {told}")


def _goals(speeds: dict[str, Speed]) -> None:
    our_rate = speeds["lianzhang"].median
    print(f"\n  {'':42s} characters per CPU second (slowest–fastest)    ours ÷ theirs")
    for name, speed in speeds.items():
        print(f"  {name:42s} {speed!s:45s} {our_rate / speed.median:>10.1f}×")
    print(_goal(f"≥ {GOAL_RATE:,} characters per CPU second", our_rate, GOAL_RATE))
    for name, goal in (("jionlp (money+time)", GOAL_JIONLP), ("recognizers", GOAL_RECOGNIZERS)):
        rate = next((speed.median for peer, speed in speeds.items() if peer.startswith(name)), None)
        if rate is None:
            print(f"  goal ≥ {goal}× {name}: not measured, the tool is not installed")
        else:
            print(_goal(f"≥ {goal}× {name}", our_rate / rate, goal))


def _goal(words: str, value: float, goal: float) -> str:
    return f"  goal {words}: {value:,.1f} – {'met' if value >= goal else 'not met'}"


def _density(texts: Sequence[Bulletin]) -> str:
    characters = sum(len(b.text) for b in texts)
    numbers = sum(len(stated(b.labels, b.places)) for b in texts)
    return (
        f"{len(texts)} bulletins, {characters:,} characters, a number in {characters / max(1, numbers):.0f}"
    )


def _profile(texts: Sequence[Bulletin]) -> None:
    """Where the time goes: cleaning against grammar, then the costliest functions."""
    cleaning = _cpu(lambda: [clean(b.text) for b in texts])
    whole = _cpu(lambda: [read(b.text, published=b.published) for b in texts])
    print(
        f"\nOf the time cleaning takes {cleaning / whole:.0%}, grammar and records {1 - cleaning / whole:.0%}"
    )
    profile = cProfile.Profile()
    profile.runcall(lambda: [read(b.text, published=b.published) for b in texts[:200]])
    pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(25)


def main() -> None:
    """Run both sets and the labelled texts, print the table and which goals are met."""
    parser = argparse.ArgumentParser(description="Speed and accuracy of reading, beside two known tools.")
    parser.add_argument("--count", type=int, default=2000, help="bulletins in the first set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slice", type=int, default=300, help="bulletins handed to the peers")
    parser.add_argument("--profile", action="store_true", help="also say where our time goes")
    options = parser.parse_args()
    peers, missing = available()
    for sentence in missing:
        print(f"! {sentence}")
    bundled = _bundled()
    dense_count = max(1, options.count // 2)
    sets = {
        "as dense as found bulletins": [*bundled, *bulletins(options.count, seed=options.seed)],
        "a figure in every sentence": list(bulletins(dense_count, seed=options.seed, prose=False)),
    }
    for title, texts in sets.items():
        part = texts[: options.slice]
        print(f"\n== Made bulletins, {title}: {_density(texts)} characters; seed {options.seed}")
        print(
            f"   peers read {len(part)} of them "
            f"({sum(len(b.clean) for b in part):,} characters), rates scaled from that"
        )
        _goals(_speeds(texts, part, peers, options.rounds))
        _accuracy("made bulletins", texts, part, peers)
    labelled = [*bundled, *_corpus()]
    print(f"\n== Hand-labelled texts: {_density(labelled)} characters")
    _accuracy("hand-labelled texts", labelled, labelled, peers)
    if options.profile:
        _profile(sets["as dense as found bulletins"])


if __name__ == "__main__":
    main()
