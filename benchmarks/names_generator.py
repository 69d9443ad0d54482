"""Made company names and mentions of them, with the truth: the same seed gives the same names. None is a real firm.

python benchmarks/names_generator.py registry.parquet mentions.parquet [--rows N] [--mentions N] [--seed N]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("name_words.yaml").read_text(encoding="utf-8")
)
#: Kinds of mentions and how often each comes, of 100.
KINDS = {
    "to the letter": 12,
    "no place": 10,
    "no form": 12,
    "trade name and industry": 10,
    "traditional": 6,
    "residue": 3,
    "spaces and brackets": 5,
    "one slip": 12,
    "wider place": 4,
    "former name": 4,
    "short name": 4,
    "county in context": 5,
    "absent": 7,
    "absent, one character off": 3,
    "absent, other county": 3,
}
ABSENT = {kind for kind in KINDS if kind.startswith("absent")}
_BATCH = 1 << 16


@dataclass(frozen=True, slots=True)
class Firm:
    """A made firm and the parts its name is made of."""

    id: str
    name: str
    before: str
    place: int
    brand: str
    trade: str
    form: str
    county: str = ""
    former: str = ""
    short: str = ""

    @property
    def core(self) -> str:
        """Trade name and industry."""
        return self.brand + self.trade


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention: its text, the firm it means (empty: none), and what it states of each part (empty: nothing)."""

    kind: str
    text: str
    truth: str
    place: int
    core: str
    form: str
    context: str = ""
    exact: bool = False


def _choose(rng: np.random.Generator, weights: Sequence[float], count: int) -> list[int]:
    share = np.asarray(weights, float)
    return [int(number) for number in rng.choice(len(share), count, p=share / share.sum())]


def registry(rows: int, *, seed: int) -> list[Firm]:
    """Firms whose names collide as names do: few characters make most trade names."""
    rng = np.random.default_rng(seed)
    signs = list(dict.fromkeys("".join(WORDS["brands"].split())))
    weight = 1 / (np.arange(len(signs)) + 15.0)
    seen: set[str] = set()
    firms: list[Firm] = []
    while len(firms) < rows:
        count = min(_BATCH, rows - len(firms))
        drawn = np.array(_choose(rng, weight, count * 4)).reshape(count, 4)
        length = rng.choice([2, 3, 4], count, p=[0.62, 0.28, 0.10])
        places = _choose(rng, [place[2] for place in WORDS["places"]], count)
        trades = _choose(rng, [trade[1] for trade in WORDS["trades"]], count)
        forms = _choose(rng, [form[1] for form in WORDS["forms"]], count)
        luck = rng.random((count, 5))
        for row in range(count):
            firm = _firm(
                len(firms),
                brand="".join(signs[sign] for sign in drawn[row, : length[row]]),
                place=WORDS["places"][places[row]],
                trade=WORDS["trades"][trades[row]][0],
                form=WORDS["forms"][forms[row]][0],
                luck=luck[row],
            )
            if firm.name not in seen:
                seen.add(firm.name)
                firms.append(firm)
    return firms


def _firm(number: int, *, brand: str, place: list[Any], trade: str, form: str, luck: Any) -> Firm:
    code, ways, _ = place
    before = ways[int(luck[0] * len(ways))]
    if form in ("厂", "经营部") and luck[1] < 0.3 and code % 100:
        before += WORDS["towns"][int(luck[2] * len(WORDS["towns"]))]
    name = before + brand + trade + form
    return Firm(
        id=f"F{number:07}",
        name=name,
        before=before,
        place=code,
        brand=brand,
        trade=trade,
        form=form,
        county=str(code) if code % 100 and luck[3] < 0.6 else "",
        former=ways[-1] + brand + "实业" + ("公司" if luck[2] < 0.5 else "总厂") if luck[4] < 0.05 else "",
        short=brand + trade[:2] + "集团" if 0.05 <= luck[4] < 0.1 else "",
    )


def mentions(firms: Sequence[Firm], count: int, *, seed: int) -> list[Mention]:
    """Mentions of random firms, of the kinds above."""
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(firms), count, replace=False)
    kinds = list(KINDS)
    cores = {firm.core for firm in firms}
    found = []
    for number, kind in zip(chosen.tolist(), _choose(rng, list(KINDS.values()), count), strict=True):
        found.append(_mention(firms[number], kinds[kind], rng, cores))
    return found


def _mention(firm: Firm, kind: str, rng: np.random.Generator, cores: set[str]) -> Mention:
    whole = Mention(kind, firm.name, firm.id, firm.place, firm.core, firm.form)
    make = _MAKERS.get(kind)
    made = make(firm, whole, rng) if make else whole
    if kind in ABSENT:
        made = replace(made, truth="")
        # A name that some firm bears is not absent, wherever that firm is.
        if made.core in cores and kind != "absent, other county":
            return _mention(firm, "to the letter", rng, cores)
    return made


def _slip(firm: Firm, whole: Mention, rng: np.random.Generator) -> Mention:
    """One character of trade name or industry mistaken, dropped, doubled, or any other in its place."""
    core = firm.core
    mistaken = {sign: group for (group,) in WORDS["mistaken"] for sign in group}
    at = [place for place, sign in enumerate(core) if sign in mistaken]
    luck = rng.random()
    if at and luck < 0.6:
        place = at[int(rng.integers(len(at)))]
        others = [sign for sign in mistaken[core[place]] if sign != core[place]]
        wrong = others[int(rng.integers(len(others)))]
    else:
        place = int(rng.integers(len(core)))
        wrong = "" if luck < 0.75 else core[place] * 2 if luck < 0.9 else "某"
    slipped = core[:place] + wrong + core[place + 1 :]
    return replace(whole, text=firm.before + slipped + firm.form, core=slipped)


def _neighbour(firm: Firm, whole: Mention, rng: np.random.Generator) -> Mention:
    signs = "".join(WORDS["brands"].split())
    place = int(rng.integers(len(firm.brand)))
    brand = firm.brand[:place] + signs[int(rng.integers(len(signs)))] + firm.brand[place + 1 :]
    return replace(whole, text=firm.before + brand + firm.trade + firm.form, core=brand + firm.trade)


def _elsewhere(firm: Firm, whole: Mention, rng: np.random.Generator) -> Mention:
    return replace(whole, text="云南省昆明市" + firm.core + firm.form, place=530100)


def _absent(firm: Firm, whole: Mention, rng: np.random.Generator) -> Mention:
    signs = "".join(WORDS["brands"].split())
    brand = "".join(signs[int(sign)] for sign in rng.integers(0, len(signs), 5))
    return replace(whole, text=firm.before + brand + firm.trade + firm.form, core=brand + firm.trade)


def _wider(firm: Firm, whole: Mention, rng: np.random.Generator) -> Mention:
    if firm.place // 100 != 3715:
        return whole
    wide = [("聊城市", 371500), ("山东省", 370000)][int(rng.integers(2))]
    return replace(whole, text=wide[0] + firm.core + firm.form, place=wide[1])


def _spaced(firm: Firm, whole: Mention, rng: np.random.Generator) -> Mention:
    text = firm.name.replace("（", "(").replace("）", ")")
    place = int(rng.integers(1, len(text)))
    return replace(whole, text=f"　{text[:place]} {text[place:]} ", exact=True)


def _traditional(text: str) -> str:
    table = WORDS["traditional"]
    return text.translate(str.maketrans(table["simple"], table["full"]))


_MAKERS: dict[str, Callable[[Firm, Mention, np.random.Generator], Mention]] = {
    "to the letter": lambda firm, whole, rng: replace(whole, exact=True),
    "no place": lambda firm, whole, rng: replace(whole, text=firm.core + firm.form, place=0),
    "no form": lambda firm, whole, rng: replace(whole, text=firm.before + firm.core, form=""),
    "trade name and industry": lambda firm, whole, rng: replace(whole, text=firm.core, place=0, form=""),
    "traditional": lambda firm, whole, rng: replace(whole, text=_traditional(firm.name), exact=True),
    "residue": lambda firm, whole, rng: replace(
        whole, text=firm.name.replace("业", "業(yè)").replace("机", "機(jī)"), exact=True
    ),
    "spaces and brackets": _spaced,
    "one slip": _slip,
    "wider place": _wider,
    "former name": lambda firm, whole, rng: replace(
        whole, text=firm.former or firm.name, exact=not firm.former
    ),
    "short name": lambda firm, whole, rng: replace(whole, text=firm.short or firm.name, exact=not firm.short),
    "county in context": lambda firm, whole, rng: replace(
        whole, text=firm.core, place=firm.place, form="", context=str(firm.place)
    ),
    "absent": _absent,
    "absent, one character off": _neighbour,
    "absent, other county": _elsewhere,
}


def main() -> None:
    """Write a registry and mentions as Parquet."""
    import polars as pl

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registry")
    parser.add_argument("mentions")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    firms = registry(options.rows, seed=options.seed)
    found = mentions(firms, min(options.count, options.rows), seed=options.seed)
    pl.DataFrame(
        {
            "id": [firm.id for firm in firms],
            "name": [firm.name for firm in firms],
            "former_names": [firm.former for firm in firms],
            "short_names": [firm.short for firm in firms],
            "county": [firm.county for firm in firms],
        }
    ).write_parquet(options.registry)
    pl.DataFrame(
        {
            "mention": [mention.text for mention in found],
            "context": [mention.context for mention in found],
            "kind": [mention.kind for mention in found],
            "id": [mention.truth for mention in found],
        }
    ).write_parquet(options.mentions)


if __name__ == "__main__":
    main()
