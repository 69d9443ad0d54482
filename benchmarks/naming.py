"""How fast and how rightly names are resolved, beside Splink and tantivy, in one run.

    pip install -r benchmarks/requirements.txt
    python benchmarks/naming.py [--rows 1000000] [--mentions 20000] [--seed 77] [--rounds 3]
        [--peers splink,splink-plain,tantivy]

Seed 1 was used while working, other seeds only to judge. Seconds are CPU seconds of this process, all threads; sides
take turns. Ours takes raw text; the peers are given text already simplified, Splink even our parsed columns. Every
check must hold before a figure is printed.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY), str(Path(__file__).parent)]

import name_checks as checks  # noqa: E402
from name_peers import SLICE, Answer, Splink, Tantivy  # noqa: E402
from names_generator import ABSENT, KINDS, Firm, Mention, mentions, registry  # noqa: E402

from lianzhang.naming import NameIndex, NameKind, clean, places_of_pack, resolve, resolve_all  # noqa: E402
from lianzhang.naming.columns import split_all  # noqa: E402
from tests.naming.hand_written import SHARES, mentions_by_hand, outcome, registry_by_hand  # noqa: E402
from tests.naming.held_out import FATES, held_out  # noqa: E402

GOALS = {"splink": 20, "splink-plain": 1, "tantivy": 500}
GOAL_BUILD, GOAL_MEMORY, GOAL_ADD, GOAL_ONE = 5.0, 250.0, 1.0, 0.2
GOAL_RIGHT, GOAL_WRONG, GOAL_ABSENT = 0.93, 0.003, 0.005
PLACES = places_of_pack()


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def goal(words: str, value: float, limit: float, *, at_least: bool = True, form: str = ",.2f") -> str:
    """One line: the figure, the goal, whether it is met."""
    met = value >= limit if at_least else value <= limit
    return f"  {words}: {value:{form}} – goal {'≥' if at_least else '≤'} {limit:{form}}: {'met' if met else 'NOT MET'}"


def build(firms: Sequence[Firm]) -> NameIndex:
    """Our index of made firms."""
    others = [(number, firm.former, NameKind.FORMER) for number, firm in enumerate(firms) if firm.former]
    others += [(number, firm.short, NameKind.SHORT) for number, firm in enumerate(firms) if firm.short]
    return NameIndex.from_columns(
        [firm.id for firm in firms],
        [firm.name for firm in firms],
        county=[firm.county for firm in firms],
        others=others,
        places=PLACES,
    )


def every_name(firms: Sequence[Firm]) -> tuple[list[str], list[int]]:
    """All names with the number of their firm, as the peers are given them."""
    pairs = [(firm.name, number) for number, firm in enumerate(firms)]
    for number, firm in enumerate(firms):
        pairs += [(name, number) for name in (firm.former, firm.short) if name]
    return [name for name, _ in pairs], [number for _, number in pairs]


def memory(rows: int, seed: int) -> None:
    """Print the memory of the index alone: this runs in a process of its own."""
    import gc

    firms = registry(rows, seed=seed)
    ids, names = [firm.id for firm in firms], [firm.name for firm in firms]
    del firms
    resolve_all(["暖"], NameIndex.from_columns(ids[:1000], names[:1000], places=PLACES))
    gc.collect()
    before = resident()
    index = NameIndex.from_columns(ids, names, places=PLACES)
    gc.collect()
    print(f"{resident() - before:.1f} {len(index)}")


def resident() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def accuracy(firms: Sequence[Firm], asked: Sequence[Mention], index: NameIndex) -> None:
    """The checks, the six shares by kind, and the three goals."""
    texts, contexts = [one.text for one in asked], [one.context for one in asked]
    found = resolve_all(texts, index, contexts=contexts)
    checks.ids_exist(firms, found)
    checks.one_equals_all(texts, contexts, index, found)
    number_of = {firm.id: number for number, firm in enumerate(firms)}
    counts = checks.shares(asked, found, number_of)
    print(f"\n  {'of 100 mentions':28}" + "".join(f"{share:>26}" for share in (*SHARES, "right first")))
    for kind in (*KINDS, "all"):
        of = counts[kind]["mentions"]
        shown = (counts[kind].get(share, 0) / of for share in (*SHARES, "right first"))
        print(f"  {kind:28}" + "".join(f"{share:>26.2%}" for share in shown))
    judged = checks.decidable(firms, asked)
    sure = [number for number, one in judged.items() if one]
    first = sum(
        found.candidates_of(number)[:1].tolist() == [number_of[asked[number].truth]] for number in sure
    )
    linked = sum(int(found.enterprises[number]) == number_of[asked[number].truth] for number in sure)
    print(f"\n  decidable by a plain scan: {len(sure)} of {len(judged)} mentions that mean a firm")
    print(f"  of these linked right {linked / len(sure):.1%}, the others put to a person")
    absent = [counts[kind] for kind in ABSENT if kind in counts]
    wrong = counts["all"].get("linked wrong", 0) / counts["all"]["mentions"]
    of_absent = sum(one.get("linked wrong", 0) for one in absent) / max(
        1, sum(one["mentions"] for one in absent)
    )
    print(goal("right first, of the decidable", first / len(sure), GOAL_RIGHT, form=".3f"))
    print(goal("linked wrong, of all", wrong, GOAL_WRONG, at_least=False, form=".4f"))
    print(goal("absent firms linked", of_absent, GOAL_ABSENT, at_least=False, form=".4f"))


def speed(
    firms: Sequence[Firm], asked: Sequence[Mention], index: NameIndex, peers: Sequence[str], rounds: int
) -> None:
    """Every side in turn, and the median of the ratios."""
    texts, contexts = [one.text for one in asked], [one.context for one in asked]
    names, owners = every_name(firms)
    sides: dict[str, Splink | Tantivy] = {}
    for peer in peers:
        try:
            if peer.startswith("splink"):
                columns = split_all(names, PLACES), split_all(texts, PLACES)
                sides[peer] = Splink(*columns, slips=peer == "splink")
            else:
                sides[peer] = Tantivy(list(map(clean, names)), list(map(clean, texts)))
        except ImportError as error:
            print(f"! {peer} is not installed and not measured ({error})")
    for side in sides.values():
        print(f"  {side.name}: made ready in {side.build_seconds:.1f} CPU seconds (not counted below)")
    ours = []
    theirs: dict[str, list[float]] = {peer: [] for peer in sides}
    answers: dict[str, Answer] = {}
    resolve_all(texts[: len(texts) // 100], index, contexts=contexts[: len(texts) // 100])
    for _ in range(rounds):
        ours.append(cpu(lambda: resolve_all(texts, index, contexts=contexts)) / len(texts))
        for peer, side in sides.items():
            start = time.process_time()
            answers[peer] = side.link()
            theirs[peer].append((time.process_time() - start) / len(answers[peer].first))
    print(f"  ours: {_spread(ours)} µs a mention, parsing included")
    number_of = {firm.id: number for number, firm in enumerate(firms)}
    for peer, side in sides.items():
        ratio = statistics.median(other / mine for other, mine in zip(theirs[peer], ours, strict=True))
        note = "" if peer.startswith("splink") else f" (scaled from {SLICE})"
        print(f"  {side.name}: {_spread(theirs[peer])} µs a mention{note}")
        firsts = [owners[row] if row >= 0 else -1 for row in answers[peer].first]
        print(f"    {_quality(Answer(firsts, answers[peer].score), asked, number_of)}")
        print(goal(f"ours against {peer}, times", ratio, GOALS[peer], form=",.1f"))


def _spread(seconds: Sequence[float]) -> str:
    """Median, least and most, in microseconds."""
    return f"{statistics.median(seconds) * 1e6:,.1f} ({min(seconds) * 1e6:,.1f}–{max(seconds) * 1e6:,.1f})"


def _quality(answer: Answer, asked: Sequence[Mention], number_of: dict[str, int]) -> str:
    """Right, wrong and absent linked at the threshold that is best for the peer (right − 5 × wrong)."""
    truth = [number_of.get(one.truth, -1) for one in asked[: len(answer.first)]]
    ranked = sorted(zip(answer.score, answer.first, truth, strict=True), key=lambda row: -row[0])
    best, right, wrong = (0, 0, 0), 0, 0
    for _, first, meant in ranked:
        right += first == meant >= 0
        wrong += first >= 0 and first != meant
        best = max(best, (right - 5 * wrong, right, wrong))
    count, meaning = len(truth), sum(meant >= 0 for meant in truth)
    first_right = sum(first == meant >= 0 for first, meant in zip(answer.first, truth, strict=True))
    return (
        f"right first {first_right / meaning:.1%} of those that mean a firm; "
        f"at its best threshold linked right {best[1] / count:.1%} and wrong {best[2] / count:.2%} of all"
    )


def single(asked: Sequence[Mention], index: NameIndex) -> None:
    """One mention at a time, and one name added."""
    some = asked[:2000]
    for one in some[:200]:
        resolve(one.text, index, context=one.context)
    seconds = cpu(lambda: [resolve(one.text, index, context=one.context) for one in some]) / len(some)
    print(goal("one mention, warm, ms", seconds * 1e3, GOAL_ONE, at_least=False, form=".3f"))
    texts = [one.text for one in asked]
    added = checks.adding_and_withdrawing_leave_no_trace(
        texts, index, resolve_all(texts, index), time.process_time
    )
    print(goal("one name added, ms", added * 1e3, GOAL_ADD, at_least=False, form=".3f"))


def in_text(firms: Sequence[Firm], asked: Sequence[Mention]) -> None:
    """Names in running text."""
    names = [firm.name for firm in firms[:200_000]]
    sentences = (
        f"据悉，{names[number * 37 % len(names)]}与{one.text}签约，同比增长{number % 97}%。"
        for number, one in enumerate(asked)
    )
    text = "".join(sentences)
    ours, bare = checks.finder_equals_pyahocorasick(names, text, time.process_time)
    rates = f"{len(text) / ours / 1e6:.1f} M", f"{len(text) / bare / 1e6:.1f} M"
    print(f"  {rates[0]} characters a CPU second, pyahocorasick alone {rates[1]}")


def by_hand() -> None:
    """The six shares of the hand-written set."""
    rows = mentions_by_hand()
    index = NameIndex.of(registry_by_hand(), places=PLACES)
    found = resolve_all([row["mention"] for row in rows], index, contexts=[row["context"] for row in rows])
    counts = Counter(outcome(one, row["enterprise"]) for row, one in zip(rows, found, strict=True))
    for share in SHARES:
        print(f"  {share:26} {counts[share]:4} {counts[share] / len(rows):6.1%}")
    print("\nHold-out: mentions written and judged by somebody who had not seen the program")
    fates = held_out()
    for fate in FATES:
        print(f"  {fate:26} {fates[fate]:4} {fates[fate] / fates.total():6.1%}")


def main() -> None:
    """Run everything and say which goals are met."""
    parser = argparse.ArgumentParser(description="Speed and accuracy of naming, beside two known tools.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--mentions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--peers", default="splink,splink-plain,tantivy", help="which of these; empty for none"
    )
    parser.add_argument("--memory-only", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory_only:
        memory(options.rows, options.seed)
        return
    print("Hand-written mentions")
    by_hand()
    firms = registry(options.rows, seed=options.seed)
    asked = mentions(firms, options.mentions, seed=options.seed)
    build(firms[:1000])
    print(f"\nIndex of {len(firms):,} firms, seed {options.seed}")
    start = time.process_time()
    index = build(firms)
    per_million = 1e6 / len(firms)
    seconds = (time.process_time() - start) * per_million
    print(goal("build, CPU seconds per million", seconds, GOAL_BUILD, at_least=False))
    command = [
        sys.executable,
        __file__,
        "--memory-only",
        "--rows",
        str(options.rows),
        "--seed",
        str(options.seed),
    ]
    used = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[0])
    print(goal("memory, MB per million", used * per_million, GOAL_MEMORY, at_least=False, form=".0f"))
    print(f"\n{len(asked):,} mentions")
    accuracy(firms, asked, index)
    print("\nSpeed")
    speed(firms, asked, index, [peer for peer in options.peers.split(",") if peer], options.rounds)
    single(asked, index)
    print("\nNames in running text")
    in_text(firms, asked)


if __name__ == "__main__":
    main()
