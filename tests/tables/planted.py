"""A workbook as an office sends it, with errors planted at known places: journey J4."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass

import xlsxwriter

from tests.tables.books import code

HEAD = tuple(
    """
    序号 统一社会信用代码 企业名称 曾用名 登记状态 县区 地址 行业代码 经营范围 企业类型
    注册资本（万元） 成立日期 法定代表人 主要产品 联系人 职务 联系电话
    2024年营业收入（万元） 2024年从业人员 2024年研发费用（万元）
    """.split()  # noqa: SIM905 - a list of words reads best as words
)
#: Rows above the data: a merged title, a unit line, the header.
ABOVE = 3
SHARES = {
    "code_as_number": 12, "code_check": 5, "code_form": 4, "date_form": 4,
    "amount_form": 4, "county": 3, "missing": 3, "duplicate": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """The file, and the rule that each bad row of the spreadsheet breaks."""

    content: bytes
    corrected: bytes
    truth: dict[int, str]


def workbook(rows: int, *, seed: int = 4) -> Planted:
    """`rows` rows of twenty columns, 37 of them bad."""
    rng = random.Random(seed)
    good = [_row(i, rng) for i in range(rows)]
    bad = [list(row) for row in good]
    rules = [rule for rule, share in SHARES.items() for _ in range(share)]
    # A repeated row needs a sound one before it.
    places = sorted(rng.sample(range(1, rows // 2), len(rules)))
    truth = {}
    for rule, half in zip(rules, places, strict=True):
        index = half * 2
        _spoil(bad, index, rule)
        truth[index + ABOVE + 1] = rule
    return Planted(_write(bad), _write(good), truth)


def _row(i: int, rng: random.Random) -> list[str | float]:
    return [
        str(i + 1),
        code(i),
        f"聊城样例{i:05d}号机械有限公司",
        "" if i % 5 else f"聊城旧名{i}厂",
        ("存续", "在业", "注销")[i % 3],
        ("高唐县", "临清市", "茌平区", "371502")[i % 4],
        f"聊城市某路{i}号",
        ("3571", "3514", "3831")[i % 3],
        "农业机械制造；机械零件、零部件加工；货物进出口",
        ("有限责任公司", "股份有限公司")[i % 2],
        ("1,200.5", "5000", "300万元")[i % 3],
        ("2012-05-18", "2012/5/18", "2012年5月18日", "20120518")[i % 4],
        "张三",
        "拖拉机；收获机",
        "李四",
        "经理",
        "0635-1234567",
        float(rng.randint(100, 90000)),
        float(rng.randint(1, 900)),
        round(rng.random() * 500, 2),
    ]


def _spoil(rows: list[list[str | float]], index: int, rule: str) -> None:
    row = rows[index]
    sound = str(row[1])
    changes: dict[str, tuple[int, str | float]] = {
        "code_as_number": (1, float(f"9137152600{index:08d}")),
        "code_check": (1, sound[:17] + ("0" if sound[17] != "0" else "1")),
        "code_form": (1, sound[:16]),
        "date_form": (11, "2023-02-30"),
        "amount_form": (10, "一百万"),
        "county": (5, "聊城"),
        "missing": (2, "　"),
        "duplicate": (1, rows[index - 1][1]),
    }
    column, value = changes[rule]
    row[column] = value


def _write(rows: list[list[str | float]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("名录")
    bold = book.add_format({"bold": True})
    sheet.merge_range(0, 0, 0, len(HEAD) - 1, "聊城市企业名录", bold)
    sheet.write_string(1, 0, "单位：万元")
    for column, name in enumerate(HEAD):
        sheet.write_string(2, column, name, bold)
    for line, row in enumerate(rows, ABOVE):
        for column, value in enumerate(row):
            if isinstance(value, float):
                sheet.write_number(line, column, value)
            elif value:
                sheet.write_string(line, column, value)
    book.close()
    return out.getvalue()
