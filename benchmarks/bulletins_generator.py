"""Made-up bulletins with known figures, for measuring how fast and how rightly figures are read.

Every name is invented and every sentence is our own. Found bulletins state about one number in fifty
characters; so do these. About one in six is damaged as pages found on the web are: traditional characters
with pinyin in brackets, or a clause whose GBK bytes were read one byte late, swallowing the digit after it.

A bulletin comes with labels of the same form as `tests/reading/corpus` (subject, indicator, value, unit,
period, change_pct, qualifier, quote …), and with the text as it was before the damage, which is what
other tools are given: they do not repair.

    python benchmarks/bulletins_generator.py FOLDER --count 20 --seed 1      # to look at some
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

_WORDS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "bulletin_words.yaml").read_text(encoding="utf-8")
)
PLACES: list[str] = _WORDS["places"]
TRADES: list[str] = _WORDS["trades"]
INDICATORS: list[str] = _WORDS["indicators"]
PRODUCTS: list[str] = _WORDS["products"]
TITLES: list[str] = _WORDS["titles"]
PINYIN: dict[str, str] = _WORDS["residue"]
SHIFTED_FIRM: str = _WORDS["shifted_firm"]
DIGITS = "零一二三四五六七八九"


@dataclass(slots=True)
class Bulletin:
    """One made-up bulletin; the labels' quotes stand at `places` in `text`, at `spans` in `clean`."""

    name: str
    published: str
    text: str
    clean: str
    damage: str
    labels: list[dict[str, Any]]
    places: list[tuple[int, int]]
    spans: list[tuple[int, int]]


@dataclass(slots=True)
class _Page:
    """A bulletin being written: pieces of text, and labels on the piece just written."""

    random: random.Random
    year: int
    month: int
    day: int
    place: str
    text: str = ""
    labels: list[dict[str, Any]] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    shifted: tuple[int, int] | None = None

    @property
    def today(self) -> str:
        return f"{self.year}-{self.month:02d}-{self.day:02d}"

    def write(self, sentence: str, *labels: dict[str, Any]) -> None:
        start = len(self.text)
        self.text += sentence
        for label in labels:
            quote = label.pop("quote", sentence)
            at = start + sentence.index(quote)
            self.spans.append((at, at + len(quote)))
            self.labels.append(label)

    def firm(self) -> str:
        pick = self.random.choice
        return pick(_WORDS["firm_first"]) + pick(_WORDS["firm_second"]) + pick(TRADES)

    def prose(self) -> str:
        """A sentence without figures."""
        pick = self.random.choice
        parts = (pick(_WORDS[part]) for part in ("prose_openings", "prose_middles", "prose_endings"))
        return "，".join(parts) + "。"

    def tenths(self, low: float, high: float) -> float:
        return round(self.random.uniform(low, high), 1)

    def period(self) -> tuple[str, str]:
        """A phrase for a period that has ended by the date of publication, and what it means."""
        year, month = self.year, self.month
        choices = [(f"{year - 1}年", str(year - 1)), ("去年", str(year - 1))]
        if month > 3:
            choices += [("今年一季度", f"{year}Q1"), (f"{year}年一季度", f"{year}Q1")]
        if month > 6:
            choices += [("今年上半年", f"{year}H1"), ("上半年", f"{year}H1")]
        if month > 9:
            choices += [("前三季度", f"{year}-01/{year}-09")]
        if month in (8, 9, 11, 12):
            choices += [(f"1—{month - 1}月", f"{year}-01/{year}-{month - 1:02d}")]
        return self.random.choice(choices)


def _label(
    subject: str | None,
    indicator: str,
    value: float | None,
    unit: str | None,
    period: str | None,
    **more: Any,
) -> dict[str, Any]:
    return {
        "subject": subject, "indicator": indicator, "value": value, "unit": unit, "period": period,
        "change_pct": None, "qualifier": "exact", "kind": "metric", **more,
    }  # fmt: skip


def _level_and_growth(page: _Page) -> None:
    phrase, period = page.period()
    firm, indicator = page.firm(), page.random.choice(INDICATORS)
    value, growth = page.tenths(0.5, 90), page.tenths(-15, 40) or 1.0
    verb = "增长" if growth > 0 else "下降"
    page.write(
        f"{phrase}，{firm}实现{indicator}{value}亿元，同比{verb}{abs(growth)}%。",
        _label(firm, indicator, value, "亿元", period, change_pct=growth),
    )


def _speed(page: _Page) -> None:
    phrase, period = page.period()
    firm, indicator = page.firm(), page.random.choice(INDICATORS)
    value, growth = page.random.randint(1200, 9900), page.tenths(0.5, 30)
    page.write(
        f"{phrase}{firm}{indicator}达{value}万元，增速{growth}%。",
        _label(firm, indicator, value, "万元", period, change_pct=growth),
    )


def _rough_export(page: _Page) -> None:
    phrase, period = page.period()
    firm, value = page.firm(), page.random.randint(2, 9) * 1000
    page.write(
        f"{phrase}，{firm}出口{value}多万元。",
        _label(firm, "出口额", value, "万元", period, qualifier="over"),
    )


def _multiple(page: _Page) -> None:
    phrase, period = page.period()
    firm, product, times = page.firm(), page.random.choice(PRODUCTS), page.random.choice([1.2, 1.5, 1.8, 2.5])
    page.write(
        f"{phrase}，{firm}{product}出口量同比增长近{times}倍。",
        _label(firm, f"{product}出口量", None, None, period, change_pct=times * 100, qualifier="near"),
    )


def _title_count(page: _Page) -> None:
    chain = f"{page.place}市{page.random.choice(TRADES)}产业链"
    first, second = page.random.sample(TITLES, 2)
    one, two = page.random.randint(3, 60), page.random.randint(3, 200)
    page.write(
        f"目前，{chain}现有省级{first}{one}家、{second}{two}家。",
        _label(
            chain, f"省级{first}数", one, "家", page.today, kind="title_count", quote=f"省级{first}{one}家"
        ),
        _label(chain, f"{second}数", two, "家", page.today, kind="title_count", quote=f"{second}{two}家"),
    )


def _respectively(page: _Page) -> None:
    phrase, period = page.period()
    counties = [f"{name}{page.random.choice('县区')}" for name in page.random.sample(PLACES, 3)]
    values, growths = ([page.tenths(5, 300) for _ in range(3)], [page.tenths(0.5, 20) for _ in range(3)])
    page.write(
        f"{phrase}，{'、'.join(counties)}规上工业营业收入分别为{'、'.join(f'{v}亿元' for v in values)}，"
        f"同比分别增长{'、'.join(f'{g}%' for g in growths)}。",
        *(
            _label(county, "规上工业营业收入", value, "亿元", period, change_pct=growth)
            for county, value, growth in zip(counties, values, growths, strict=True)
        ),
    )


def _rank_and_gap(page: _Page) -> None:
    phrase, period = page.period()
    county, growth, gap = f"{page.place}市", page.tenths(3, 15), page.tenths(0.2, 4)
    rank = page.random.randint(1, 9)
    page.write(
        f"{phrase}，{county}规模以上工业增加值同比增长{growth}%，"
        f"高于全省{gap}个百分点，增速居全省第{rank}位。",
        _label(
            county,
            "规模以上工业增加值",
            None,
            None,
            period,
            change_pct=growth,
            quote=f"增加值同比增长{growth}%",
        ),
        _label(county, "增速高于全省", gap, "百分点", period, kind="gap", quote=f"高于全省{gap}个百分点"),
        _label(county, "增速全省位次", rank, "位", period, kind="rank", quote=f"增速居全省第{rank}位"),
    )


def _project(page: _Page) -> None:
    firm, product = page.firm(), page.random.choice(PRODUCTS)
    money, land, output = page.tenths(0.6, 28), page.random.randint(30, 600), page.random.randint(2, 90)
    project = f"{product}智能工厂项目"
    owner = {"alternatives": [{"subject": firm}], "kind": "project", "planned": True}
    page.write(
        f"{firm}{project}总投资{money}亿元，占地{land}亩，建成后年产{product}{output}万台。",
        _label(project, "总投资", money, "亿元", None, quote=f"总投资{money}亿元", **owner),
        _label(project, "占地", land, "亩", None, quote=f"占地{land}亩", **owner),
        _label(project, "年产能", output, "万台/年", None, quote=f"年产{product}{output}万台", **owner),
    )


def _goal(page: _Page) -> None:
    firm, value = page.firm(), page.random.randint(2, 80)
    page.write(
        f"{firm}力争今年营业收入突破{value}亿元。",
        _label(firm, "营业收入", value, "亿元", str(page.year), qualifier="over", planned=True),
    )


def _people(page: _Page) -> None:
    county, count = f"{page.place}市", page.random.randint(1000, 9800)
    phrase, period = page.period()
    page.write(
        f"{phrase}，{county}城镇新增就业{count:,}人。",
        _label(county, "城镇新增就业", count, "人", period, kind="count"),
    )


def _chinese_numeral(page: _Page) -> None:
    phrase, period = page.period()
    firm, digit = page.firm(), page.random.randint(2, 9)
    page.write(
        f"{phrase}，{firm}上缴税金{DIGITS[digit]}千多万元。",
        _label(firm, "上缴税金", digit * 1000, "万元", period, qualifier="over"),
    )


def _tenths_share(page: _Page) -> None:
    phrase, period = page.period()
    firm, tenths = page.firm(), page.random.randint(3, 8)
    page.write(
        f"{phrase}，{firm}出口收入占营业收入的近{DIGITS[tenths]}成。",
        _label(firm, "出口收入占比", tenths * 10, "%", period, qualifier="near", kind="share"),
    )


def _dollars(page: _Page) -> None:
    phrase, period = page.period()
    firm, value = page.firm(), page.random.randint(200, 4000)
    page.write(
        f"{phrase}，{firm}出口额{value}万美元。",
        _label(firm, "出口额", value, "万美元", period),
    )


def _swallowed_digit(page: _Page) -> None:
    phrase, period = page.random.choice(
        [("去年", str(page.year - 1))] + [("上半年", f"{page.year}H1")] * (page.month > 6)
    )
    value, growth = page.tenths(1000, 9900), page.tenths(2, 20)
    start = len(page.text) - 1  # the full stop before is torn apart too
    sentence = f"{SHIFTED_FIRM}{phrase}出口{value}万元，同比增长{growth}%。"
    label = _label(None, "出口额", None, "万元", period, change_pct=growth, qualifier=None)
    page.write(sentence, label | {"damaged": True, "subject_hint": SHIFTED_FIRM})
    page.spans[-1] = (start, page.spans[-1][1])
    page.shifted = (start, page.text.rindex("出口") + 2)


_FACTS: tuple[Callable[[_Page], None], ...] = (
    _level_and_growth, _speed, _rough_export, _multiple, _title_count, _respectively, _rank_and_gap,
    _project, _goal, _people, _chinese_numeral, _tenths_share, _dollars,
)  # fmt: skip


def bulletins(count: int, *, seed: int, prose: bool = True) -> Iterator[Bulletin]:
    """`count` bulletins, the same ones for the same seed; without `prose` every sentence states a figure."""
    for number in range(count):
        yield _bulletin(random.Random(seed * 1_000_003 + number), f"made-{seed}-{number:05d}", prose)  # noqa: S311 - no secret


def _bulletin(source: random.Random, name: str, prose: bool) -> Bulletin:
    page = _Page(
        source,
        source.randint(2018, 2025),
        source.randint(1, 12),
        source.randint(1, 28),
        source.choice(PLACES),
    )
    damage = source.choices(["", "traditional", "shifted"], [84, 11, 5])[0]
    page.write(f"{page.place}市：{source.choice(_WORDS['prose_endings'])}\n{page.today}\n")
    for paragraph in range(source.randint(2, 4)):
        for _ in range(source.randint(1, 3)):
            for _ in range(source.randint(1, 3) if prose else 0):
                page.write(page.prose())
            source.choice(_FACTS)(page)
        if damage == "shifted" and paragraph == 1:
            _swallowed_digit(page)
        page.write("\n")
    if source.random() < 0.4:
        road, number = source.randint(101, 999), source.randint(1, 99)
        page.write(source.choice(_WORDS["traps"]).format(year=page.year, number=number, road=road) + "\n")
    return _damaged(page, name, damage)


def _damaged(page: _Page, name: str, damage: str) -> Bulletin:
    signs = list(page.text)
    if damage == "traditional":
        signs = list(_traditional().convert(page.text))
        if len(signs) != len(page.text):
            raise ValueError("conversion changed the length of a generated text")
        for at, sign in enumerate(signs):
            if sign in PINYIN and page.random.random() < 0.5:
                signs[at] = f"{sign}({PINYIN[sign]})"
    if page.shifted:
        start, end = page.shifted
        signs[start] = shift_bytes(page.text[start:end], page.text[end])
        signs[start + 1 : end + 1] = [""] * (end - start)
    at = [0, *accumulate(len(sign) for sign in signs)]
    places = [(at[start], at[end]) for start, end in page.spans]
    text = "".join(signs)
    for label, (start, end) in zip(page.labels, places, strict=True):
        label["quote"] = text[start:end]
    return Bulletin(name, page.today, text, page.text, damage, page.labels, places, page.spans)


@cache
def _traditional() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def shift_bytes(clause: str, following: str) -> str:
    """The clause as found when its GBK bytes are read one byte late.

    Pairs that spell no character are lost; the last byte takes the first byte of what follows with it.
    """
    late = clause.encode("gbk")[1:] + following.encode("gbk")[:1]
    seen = ["?"]
    for at in range(0, len(late), 2):
        pair = late[at : at + 2]
        try:
            seen.append(pair.decode("gbk"))
        except UnicodeDecodeError:
            seen.append("?" if len(pair) < 2 or pair[1] < 0x80 else "")
    return "".join(seen).replace("？", "?")


def main() -> None:
    """Write some bulletins and their labels into a folder, to look at."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for bulletin in bulletins(options.count, seed=options.seed):
        (options.folder / f"{bulletin.name}.txt").write_text(bulletin.text, encoding="utf-8")
        (options.folder / f"{bulletin.name}.json").write_text(
            json.dumps(bulletin.labels, ensure_ascii=False, indent=1), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
