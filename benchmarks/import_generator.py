"""A made list of enterprises as an office would send it, with errors planted at known rows. Nobody in it is real."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from lianzhang.kernel import credit_code

HEAD = (
    "统一社会信用代码",
    "企业名称",
    "县区",
    "行业代码",
    "成立日期",
    "注册资本",
    "营业收入",
    "从业人员",
    "登记状态",
    "企业类型",
)
#: The eight checks, and the rules of the product that find what each plants.
CHECKS = {
    "code_check": {"code_check"},
    "code_form": {"code_form"},
    "county": {"county"},
    "industry": {"industry"},
    "date": {"date_form", "date_future"},
    "amount": {"amount_form", "amount_negative", "amount_size"},
    "name": {"missing"},
    "repeated": {"duplicate"},
}
RATE = 0.004
COUNTIES = (
    "371502",
    "371503",
    "371581",
    "371521",
    "371522",
    "371524",
    "371525",
    "371526",
    "370102",
    "371402",
)
INDUSTRIES = (
    "3571",
    "3514",
    "3422",
    "3831",
    "3812",
    "3451",
    "3484",
    "3670",
    "1399",
    "2710",
    "5176",
    "5299",
    "6510",
)
_TRADES = (
    "农业机械",
    "工程机械",
    "激光装备",
    "电线电缆",
    "电机",
    "轴承",
    "精密机械",
    "汽车零部件",
    "食品",
    "商贸",
)
_FORMS = ("有限公司", "科技有限公司", "股份有限公司", "有限责任公司", "厂", "经营部")
_SIGNS = np.array(
    list(
        "鑫亚大地昊泉时风双力中通信发祥光乐普景阳冈齐鲁华瑞恒达泰盛隆宏源利金安永福东方正兴昌顺德润丰海天龙腾飞翔宇博远"
    )
)
_DAY_ZERO = date(1990, 1, 1)


@dataclass(frozen=True)
class Made:
    """The table as text, and for each spreadsheet row the checks it must fail."""

    table: pl.DataFrame
    truth: dict[int, set[str]]


def made(rows: int, *, seed: int) -> Made:
    """`rows` rows; about three in a hundred carry one or more errors, one in twenty another date or number shape."""
    rng = np.random.default_rng(seed)
    county = rng.integers(0, len(COUNTIES), rows)
    days = rng.integers(0, 12_500, rows)
    steps = np.array([10, 30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000])
    columns = {
        HEAD[0]: _codes(rng, [int(COUNTIES[i]) for i in county]),
        HEAD[1]: _names(rng, rows),
        HEAD[2]: [COUNTIES[i] for i in county],
        HEAD[3]: [INDUSTRIES[i] for i in rng.integers(0, len(INDUSTRIES), rows)],
        HEAD[4]: _days(rng, days),
        HEAD[5]: _capital(rng, steps[rng.integers(0, len(steps), rows)]),
        HEAD[6]: _some(rng, 0.35, [f"{amount:.2f}" for amount in rng.lognormal(6, 2, rows)]),
        HEAD[7]: _some(rng, 0.5, [str(count) for count in rng.integers(1, 2000, rows)]),
        HEAD[8]: [("存续", "注销", "吊销", "迁出")[i] for i in rng.choice(4, rows, p=(0.78, 0.17, 0.04, 0.01))],
        HEAD[9]: [_FORMS[i] for i in rng.integers(0, 4, rows)],
    }  # fmt: skip
    truth = _plant(rng, columns, rows)
    return Made(pl.DataFrame(columns), truth)


def _some(rng: np.random.Generator, share: float, texts: list[str]) -> list[str]:
    """A share of the texts; the others are not declared."""
    return [text if known else "" for text, known in zip(texts, rng.random(len(texts)) < share, strict=True)]


def _codes(rng: np.random.Generator, counties: list[int]) -> list[str]:
    base = len(credit_code.ALPHABET)
    signs = np.zeros((len(counties), 18), np.int64)
    signs[:, 0], signs[:, 1] = 9, rng.integers(1, 4, len(counties))
    for place in range(6):
        signs[:, 2 + place] = np.array(counties) // 10 ** (5 - place) % 10
    serial = rng.permutation(len(counties)).astype(np.int64) * base**2 + rng.integers(
        0, base**2, len(counties)
    )
    for place in range(8):
        signs[:, 15 - place] = serial % base
        serial //= base
    signs[:, 16] = rng.integers(0, base, len(counties))
    weights = np.array([pow(3, place, base) for place in range(17)])
    signs[:, 17] = -(signs[:, :17] * weights).sum(axis=1) % base
    letters = np.array(list(credit_code.ALPHABET))[signs]
    return np.ascontiguousarray(letters).view("<U18").ravel().tolist()


def _names(rng: np.random.Generator, rows: int) -> list[str]:
    brands = _SIGNS[rng.integers(0, len(_SIGNS), (rows, 3))]
    trade, form = rng.integers(0, len(_TRADES), rows), rng.integers(0, len(_FORMS), rows)
    return [f"聊城{''.join(brands[i])}{_TRADES[trade[i]]}{i:x}{_FORMS[form[i]]}" for i in range(rows)]


def _days(rng: np.random.Generator, days: np.ndarray) -> list[str]:
    shapes = ("%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日")
    other = rng.random(len(days)) < 0.05
    found = []
    for place, day in enumerate(days.tolist()):
        text = _DAY_ZERO + timedelta(days=day)
        found.append(text.strftime(shapes[place % 3]) if other[place] else text.isoformat())
    return found


def _capital(rng: np.random.Generator, values: np.ndarray) -> list[str]:
    other = rng.random(len(values)) < 0.03
    return [
        f"{value:,.1f}" if strange else str(value)
        for value, strange in zip(values.tolist(), other, strict=True)
    ]


def _plant(rng: np.random.Generator, columns: dict[str, list[str]], rows: int) -> dict[int, set[str]]:
    truth: dict[int, set[str]] = {}
    code, name, county, industry, day, amount = (columns[key] for key in HEAD[:6])
    for check in CHECKS:
        for i in np.flatnonzero(rng.random(rows) < RATE).tolist():
            if check == "code_check":
                if len(code[i]) != 18:
                    continue
                code[i] = code[i][:17] + ("0" if code[i][17] != "0" else "1")
            elif check == "code_form":
                code[i] = code[i][:16] if i % 2 else code[i][:5] + "I" + code[i][6:]
                truth.get(i + 2, set()).discard("code_check")
            elif check == "county":
                county[i] = ("379999", "聊城")[i % 2]
            elif check == "industry":
                industry[i] = ("0000", "机械")[i % 2]
            elif check == "date":
                day[i] = ("2023-02-30", "20231301", "2031-01-01", "去年")[i % 4]
            elif check == "amount":
                amount[i] = ("-5", "一百万", "1,2,3", "NaN", "1e400")[i % 5]
            elif check == "name":
                name[i] = ("", "  ")[i % 2]
            elif i and check == "repeated":
                code[i] = code[i - 1]
                # What was wrong with the code before it is now wrong here, and what was wrong here is gone.
                inherited = truth.get(i + 1, set()) & {"code_check", "code_form"}
                truth[i + 2] = (truth.get(i + 2, set()) - {"code_check", "code_form"}) | inherited
            else:
                continue
            truth.setdefault(i + 2, set()).add(check)
    return {row: checks for row, checks in truth.items() if checks}


def write_csv(table: pl.DataFrame, path: Path) -> None:
    """UTF-8 CSV."""
    table.write_csv(path)


def write_xlsx(table: pl.DataFrame, path: Path, *, shared: bool) -> None:
    """An .xlsx; with shared strings as Excel and WPS write it, else with strings in place."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": not shared})
    sheet = book.add_worksheet("企业名录")
    sheet.write_row(0, 0, table.columns)
    for line, row in enumerate(table.iter_rows(), 1):
        for column, text in enumerate(row):
            sheet.write_string(line, column, text)
    book.close()


def as_bytes(table: pl.DataFrame) -> bytes:
    """The CSV in memory."""
    out = io.BytesIO()
    table.write_csv(out)
    return out.getvalue()
