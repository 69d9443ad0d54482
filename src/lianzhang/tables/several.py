"""Several titles in one cell of a list: one row for each, with the year and the batch that stand beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import polars as pl

from lianzhang.tables.check import Checked
from lianzhang.tables.kinds.records import LEVELS
from lianzhang.tables.values.column import reason

_ALIKE = str.maketrans("；｜，／＋", ";|,/+")
#: Signs that always stand between two titles; the others may belong to the name of one.
_SURE, _WEAK = ";|", "、,/+\n\r"
_OPEN, _CLOSE = "([（【「《{“‘", ")]）】」》}”’"
_NUMBERED = re.compile(r"(?:^|(?<=[\s;,、。]))[(（]?\d{1,2}(?:[)）、]|[.．](?!\d))\s*|[①-⑳]\s*")
_YEAR = re.compile(
    r"[(（\[【]\s*((?:19|20)\d{2})\s*年?(?:度|认定|获评|获批|公布)?\s*[)）\]】]|((?:19|20)\d{2})\s*年度?"
)
_BATCH = re.compile(r"[(（\[【]?\s*(第[一二三四五六七八九十百\d]+批)次?\s*[)）\]】]?")
#: What may stand behind the words of a title, so that it is still one.
_TAIL = re.compile(
    r"(?:培育|示范|种子|入库|标杆|领军|提名)*(?:企业|产品|品牌|单位|项目|工厂|车间|奖|中心|称号)?(?:\(.*\))?"
)
#: What the last title may say of all before it: 专精特新、瞪羚培育企业. Those that end in a noun stand by themselves.
_OF_ALL = re.compile(r"培育|示范|种子|入库|产品|品牌")
_NOUN = re.compile(r"(?:企业|冠军|工厂|车间|中心|产品|品牌|单位|奖|平台|实验室|工作站|项目)$")
#: No title is longer.
LONGEST = 120
_BESIDE = ("awarded", "batch", "level")

#: The words in a text in half-width signs by which it is known for a title.
Words = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Title:
    """One title of a cell; `awarded`, `batch` and `level` are empty where they do not stand beside it."""

    title: str
    awarded: str = ""
    batch: str = ""
    level: str = ""


@dataclass(slots=True)
class Several:
    """By row the titles of cells that were taken apart, and the cells left whole though they may be several."""

    apart: dict[int, tuple[str, ...]] = field(default_factory=dict)
    doubtful: dict[int, str] = field(default_factory=dict)


def each_title(checked: Checked, words: Words) -> Several:
    """Give each title of a cell a row of its own in the good rows; the other columns apply to all of them."""
    if "title" not in checked.good.columns or not checked.good.height:
        return Several()
    distinct = checked.good["title"].unique().to_list()
    read = {text: titles_of(text, words) for text in distinct}
    told = {text: titles for text, titles in read.items() if titles and titles != (Title(text),)}
    rows = _rows_with(checked.good, [text for text, titles in told.items() if len(titles) > 1])
    found = Several({row: tuple(one.title for one in told[text]) for row, text in rows.items()})
    found.doubtful = _rows_with(checked.good, [text for text, titles in read.items() if titles is None])
    if told:
        checked.good = _apart(checked, told)
    _refuse_long(checked)
    return found


def titles_of(text: str, words: Words) -> tuple[Title, ...] | None:
    """The titles of one cell; None when it looks like several and not all of them are known."""
    plain = _NUMBERED.sub(";", text.translate(_ALIKE))
    pieces = [piece for part in _split(plain, _SURE) if (piece := part.strip(f" \u3000。{_WEAK}"))]
    apart: list[str] = []
    for piece in pieces:
        parts = _parts(piece, words)
        if parts is None and len(pieces) == 1:
            return None
        apart += parts or [piece]
    titles = tuple(dict.fromkeys(_read(part, words) for part in apart))
    if len(titles) > 1:
        return tuple(replace(one, level=_level_in(one.title)) for one in titles)
    # A single title is kept as it is written, but for the year or batch beside it.
    return titles if titles and (titles[0].awarded or titles[0].batch) else (Title(text),)


def _parts(piece: str, words: Words) -> list[str] | None:
    """The titles between the weaker signs; None when there may be several and that is not sure."""
    parts = [part.strip() for part in _split(_masked(piece, words), _WEAK) if part.strip()]
    parts = [part.replace("\0", "、") for part in parts]
    if len(parts) < 2:
        return [piece]
    if not all(_is_title(part, words) for part in parts):
        broken = not any(sign in piece for sign in _WEAK.strip())
        return [piece] if broken or not any(words(_half_width(part)) for part in parts) else None
    bare = any(not _NOUN.search(_alone(part)) for part in parts[:-1])
    return None if bare and _OF_ALL.search(parts[-1]) else parts


def _masked(piece: str, words: Words) -> str:
    """Without the signs that belong to the name of one title, such as 智能工厂、数字化车间."""
    plain = _half_width(piece)
    for word in words(plain) if len(plain) == len(piece) else ():
        if "、" in word:
            at = plain.find(word)
            own = piece[at : at + len(word)]
            piece = piece.replace(own, own.replace("、", "\0"))
    return piece


def _split(text: str, signs: str) -> list[str]:
    """Apart at the signs, those within brackets and quotation marks left alone."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if sign in signs and depth <= 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _alone(part: str) -> str:
    return _BATCH.sub("", _YEAR.sub("", part)).strip()


def _is_title(part: str, words: Words) -> bool:
    plain = _half_width(_alone(part))
    end = max((plain.rfind(word) + len(word) for word in words(plain)), default=0)
    return bool(end) and bool(_TAIL.fullmatch(plain[end:]))


def _read(part: str, words: Words) -> Title:
    """A title and what stands beside it; of an unknown one nothing is taken away."""
    if not _is_title(part, words):
        return Title(part)
    year, batch = _YEAR.search(part), _BATCH.search(part)
    awarded = (year[1] or year[2]) if year else ""
    return Title(_alone(part), awarded, batch[1] if batch else "")


def _level_in(title: str) -> str:
    return next((level for level in LEVELS if level in title), "")


def _rows_with(good: pl.DataFrame, texts: list[str]) -> dict[int, str]:
    return dict(good.filter(pl.col("title").is_in(texts)).select("row", "title").rows())


def _apart(checked: Checked, told: dict[str, tuple[Title, ...]]) -> pl.DataFrame:
    """The good rows, those with several titles once for each; further ones get numbers behind the last row."""
    missing = [name for name in _BESIDE if name not in checked.good.columns]
    good = checked.good.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)
    further = int(checked.rows.numbers.max()) + 1
    rows: list[tuple[int, int, str, str | None, str | None, str | None]] = []
    for row, text, awarded, batch, level in good.select("row", "title", *_BESIDE).iter_rows():
        titles = told.get(text, (Title(text),))
        if len(titles) == 1 and _says_otherwise(titles[0], awarded, batch):
            titles = (Title(text),)
        for place, one in enumerate(titles):
            number = row
            if place:
                number, further = further, further + 1
                checked.parts[number] = row
            given = awarded if (awarded or "")[:4] == one.awarded else one.awarded or awarded
            rows.append((number, row, one.title, given, one.batch or batch, (level and one.level) or level))
    schema = {"number": pl.UInt32, "row": pl.UInt32, **dict.fromkeys(("title", *_BESIDE), pl.String)}
    whole = pl.DataFrame(rows, schema=schema, orient="row").join(
        good.drop("title", *_BESIDE), on="row", how="left", maintain_order="left"
    )
    unsaid = [name for name in missing if whole[name].null_count() == whole.height]
    return whole.drop("row", *unsaid).rename({"number": "row"})


def _says_otherwise(one: Title, awarded: str | None, batch: str | None) -> bool:
    """Whether the columns of the row give another year or batch than stands beside its only title."""
    year = bool(awarded and one.awarded and awarded[:4] != one.awarded)
    return year or bool(batch and one.batch and batch != one.batch)


def _refuse_long(checked: Checked) -> None:
    long = checked.good.filter(pl.col("title").str.len_chars() > LONGEST)["row"].to_list()
    checked.refuse_rows(
        long,
        "title",
        reason(
            "text_length",
            f"一个称号超过{LONGEST}个字；几个称号请用分号隔开，或检查是否错列。",
            f"A title has more than {LONGEST} characters; put semicolons between several, "
            "or see whether columns were shifted.",
        ),
    )
