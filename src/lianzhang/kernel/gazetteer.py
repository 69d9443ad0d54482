"""Every province, prefecture and county of China by name, so that places are known and not guessed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_SUFFIXES = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "县", "区")
#: Short forms that are ordinary words and would be taken for places where none is meant.
_WORDS = frozenset(
    """
    和平 新华 东方 朝阳 长安 永安 安宁 民乐 新兴 广安 新建 新城 城区
    郊区 矿区 桥东 桥西 路南 路北 开平 向阳 前进 红旗 建华 友好 东安
    爱民 南山 海港 港口 鼓楼 中原 解放 山阳 大通 城关 城中 城东 城西
    城北 河东 河西 江东 江北 江南 江岸 青山 平安 兴安 宝山 龙江 东风
    站前 老城 西湖 东湖 南湖 北湖 太平 大东 铁东 铁西 立山 振兴 振安
    古城 银州 清河 双塔 龙城 连山 南票 昌平 东城 西城 丰台 大兴 兴隆
    建设 经济 高新 开发 中山 普陀 虹口 静安 安定 大方 合作 汇川 乐业
    永和 永福 永顺 光明 新北 新吴 新洲 新会 新昌 新津 天桥 天心 天宁
    中站 上街 惠济 万全 崇礼 礼县 勉县 吉县 兴县 集美 同安 海曙 金山
    松江 共和 同心 民和 互助 达日 平顺 武功 富民 富顺 富源 富裕 依安
    望都 定兴 容城 雄县 清新 台前 内乡 大同 大安 大足 大英 水城 水富
    石泉 石门 石林 石龙 白云 白河 红桥 红岗 红花岗 花山 花溪 龙华 龙山
    龙门 龙湾 龙泉 东山 东海 西和 西畴 南海 南部 南城 南关 北关 北林
    北塔 北仑 湖里 湖滨 海南 海城 资源 兴业 民权 高明 市中 新和 兴国 清流
    港南 工农 前锋 宝塔 钢城 惠民 高密 天台 三门 兴城 集安 城口 新民 保康
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


@dataclass(frozen=True)
class Gazetteer:
    """`full` maps names to codes (the first code where a name is not unique), `short` short forms to full names.

    `rows` are all (code, name) pairs of the list.
    """

    full: dict[str, str]
    short: dict[str, str]
    rows: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The bundled list, read once."""
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    text = resources.files("lianzhang.kernel").joinpath("divisions.txt").read_text(encoding="utf-8")
    lines = (line.partition(" ") for line in text.splitlines() if not line.startswith("#"))
    rows = tuple((code, name) for code, _, name in lines)
    # Where a name or short form is not unique the higher level has it: 河北 is the province.
    for code, name in sorted(
        rows, key=lambda row: (not row[0].endswith("0000"), not row[0].endswith("00"), row[0])
    ):
        full.setdefault(name, code)
        brief = _brief(name)
        if len(brief) >= 2 and brief not in _WORDS:
            short.setdefault(brief, name)
    return Gazetteer(full, short, rows)


def _brief(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name
