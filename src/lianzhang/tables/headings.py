"""What a header cell says: the name of the column, its unit, its year."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lianzhang.tables.values import periods
from lianzhang.tables.values.currencies import FOREIGN, currency_of, plain_unit

_SCALED = r"(?:百万|千万|万|亿|千)"
_UNITS = (
    rf"{_SCALED}?(?:{FOREIGN})",
    "百万元",
    "千万元",
    "亿元",
    "万元",
    "千元",
    "元",
    "万人",
    "人",
    "名",
    "台",
    "套",
    "辆",
    "件",
    "家",
    "吨",
    "个",
    "项",
    "%",
)
_UNIT = "|".join(_UNITS)
_BRACKETED_UNIT = re.compile(
    rf"[(\[【]\s*(?:单位\s*:?\s*)?(?:人民币)?(?P<unit>{_UNIT}|亿)(?:人民币)?\s*[)\]】]|[/,，:]\s*(?P<tail>{_UNIT})$"
    rf"|[,，、;]\s*(?P<inner>{_UNIT})\s*[)\]】]"
    rf"|(?<=\S)\s*(?P<behind>{_SCALED}(?:元|{FOREIGN})|美元|欧元)$",
    re.IGNORECASE,
)
_UNIT_LINE = re.compile(rf"单位\s*:\s*(?P<units>(?:{_UNIT})(?:\s*[、,，/;]\s*(?:{_UNIT}))*)", re.IGNORECASE)
#: The same without a colon, where it is all that a cell says: 单位 亿元.
_UNIT_ALONE = re.compile(
    rf"[(\[【]?(?:金额|计量)?单位(?P<units>{_SCALED}?(?:元|{FOREIGN}))[)\]】]?", re.IGNORECASE
)
_UNIT_CELL = re.compile(rf"[(\[【]?\s*(?P<unit>{_UNIT})\s*[)\]】]?", re.IGNORECASE)
#: A title that ends in a unit of money: 主要经济指标表（亿元）.
_TITLE_UNIT = re.compile(rf"[(\[【]\s*(?P<units>{_SCALED}?(?:元|{FOREIGN}))\s*[)\]】]\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:截至|截止)?(?P<year>(?:19|20)\d{2})\s*年?\s*(?:度|底|末|全年)?")
#: The last day of a year: figures up to it are those of the year.
_YEARS_END = re.compile(r"截[至止]\s*((?:19|20)\d{2})\s*[年.-]\s*12\s*[月.-]\s*31")
_MARKS = re.compile(
    r"[\s*()\[\]【】、/\\·:;,，。.'\"“”_\-—*＊\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+"
)
_COLUMN_NUMBERS = re.compile(r"(?:[甲乙丙丁戊己]|\(?\d{1,2}\)?)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A header as shown, its bare form for comparison, the unit and the year it names.

    Where columns may stand for a period each, `year` is any period, and `part` one whose year stands elsewhere.
    `lower` is the lower of two rows.
    """

    text: str
    bare: str
    unit: str = ""
    year: str = ""
    part: str = ""
    lower: str = ""


def heading(text: str, *, dated: bool = False) -> Heading:
    """Read one header; blanks, stars, brackets and letter case do not matter. `dated` ones may name any period."""
    plain = unicodedata.normalize("NFKC", text).strip()
    rest, unit, year = plain, "", ""
    if match := _BRACKETED_UNIT.search(rest):
        said = match["unit"] or match["tail"] or match["inner"] or match["behind"]
        unit = "亿元" if said == "亿" else plain_unit(said)
        rest = rest[: match.start()] + rest[match.end() :]
    shown = re.sub(r"\s+", " ", text).strip()
    if dated:
        return _dated(shown, rest, unit)
    if (match := _YEAR.search(rest)) and match.end() - match.start() < len(rest):
        year = match["year"]
        rest = rest[: match.start()] + rest[match.end() :]
    return Heading(shown, bare(rest), unit, year)


def _dated(shown: str, rest: str, unit: str) -> Heading:
    if found := periods.period_in(rest):
        return Heading(shown, bare(found[1]), unit, found[0])
    if part := periods.part_in(rest):
        return Heading(shown, bare(part[1]), unit, part=part[0])
    return Heading(shown, bare(rest), unit)


def bare(text: str) -> str:
    """The characters of a name that count in a comparison."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def unit_line(text: str) -> str:
    """The unit that a line such as `单位：万元、人` names; the first, when it names money among others."""
    plain = _of_yuan(text)
    match = _UNIT_LINE.search(plain) or _UNIT_ALONE.fullmatch(plain) or _TITLE_UNIT.search(plain)
    if not match:
        return ""
    units = [plain_unit(unit.strip()) for unit in re.split(r"[、,，/;]", match["units"])]
    money = [unit for unit in units if currency_of(unit)]
    return (money or units)[0]


def _of_yuan(text: str) -> str:
    """The text without blanks and 人民币, which stand wherever they please: 金额 单位：人民币 亿元, 人民币：亿元."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"^([(\[【]?)人民币:", r"\1单位:", plain).replace("人民币", "")


def is_unit_line(text: str) -> bool:
    """Whether a cell names units and nothing beside them: （单位：万元、人）."""
    plain = _of_yuan(text).strip("()[]【】").removeprefix("金额").removeprefix("计量")
    return bool(_UNIT_LINE.fullmatch(plain) or _UNIT_ALONE.fullmatch(plain))


def unit_only(text: str) -> str:
    """The unit that a cell names and nothing beside it, as rows of units below a header do."""
    match = _UNIT_CELL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return plain_unit(match["unit"]) if match else ""


def title_year(text: str) -> str:
    """The one year that a title names; empty for none or several."""
    years = set(re.findall(r"(?:19|20)\d{2}(?=\s*年)", unicodedata.normalize("NFKC", text)))
    return years.pop() if len(years) == 1 else ""


def title_period(text: str) -> str:
    """The one period that a title names; empty for none, several, or a day, on which a table may have been printed."""
    plain = unicodedata.normalize("NFKC", text)
    found = periods.period_in(plain)
    ended = _YEARS_END.search(plain)
    return found[0] or (ended[1] if ended else "") if found else ""


def is_column_numbers(cells: list[str]) -> bool:
    """Whether a row only numbers the columns, as statistical tables do (甲 乙 1 2 3)."""
    filled = [unicodedata.normalize("NFKC", cell) for cell in cells if cell]
    if len(filled) < 3 or not all(_COLUMN_NUMBERS.fullmatch(cell) for cell in filled):
        return False
    numbers = [int(cell.strip("()")) for cell in filled if cell.strip("()").isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
