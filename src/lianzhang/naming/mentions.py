"""Mentions to be resolved: their parts, their place as the words around them tell, and the keys they are sought by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.clean import clean, without_residue
from lianzhang.naming.columns import Columns, split_all
from lianzhang.naming.lexicon import lexicon
from lianzhang.naming.places import NOWHERE, Places, contains, extent

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Mentions:
    """Mentions taken apart. `around` is the place the context speaks of, 0 where it speaks of none or of several."""

    texts: Sequence[str]
    columns: Columns
    around: Ints
    trades: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.texts)


def mentions_of(texts: Sequence[str], contexts: Sequence[str], places: Places) -> Mentions:
    """Take mentions and their contexts apart."""
    around = np.zeros(len(texts), np.int64)
    trades: list[tuple[str, ...]] = [()] * len(texts)
    known: dict[str, tuple[int, tuple[str, ...]]] = {}
    for number, context in enumerate(contexts if any(contexts) else ()):
        if context:
            if context not in known:
                known[context] = (place_spoken_of(context, places), trades_spoken_of(context))
            around[number], trades[number] = known[context]
    return Mentions(texts, split_all(texts, places), around, tuple(trades))


def place_spoken_of(context: str, places: Places) -> int:
    """The one place a sentence or cell names, the narrowest where one holds the other; 0 where there are several.

    >>> from lianzhang.naming.places import places_of_pack
    >>> place_spoken_of("聊城市高唐县的农机企业", places_of_pack())
    371526
    """
    if not context:
        return NOWHERE
    text = clean(context)
    known = places.zone(text) or (places.named(text) if text.isdigit() else NOWHERE)
    if known:
        return known
    found: set[int] = set()
    start = 0
    while start < len(text) - 1:
        for length in range(min(places.longest, len(text) - start), 1, -1):
            word = text[start : start + length]
            place = places.of(word) or places.zones.get(word)
            if place and (word not in places.bare or place in places.home):
                found.add(place)
                start += length - 1
                break
        start += 1
    narrowest = {
        place for place in found if not any(other != place and contains(place, other) for other in found)
    }
    if len(narrowest) == 1:
        return narrowest.pop()
    return NOWHERE


#: Words of trades that sentences use without naming a trade.
_EVERYDAY = frozenset(
    """
    发展 开发 管理 服务 建设 工程 生产 销售 投资 产业 工业 技术 科技 制造 加工 设备 装备 企业管理 经营
    研究 研发 设计 交通 环境 文化 教育 信息 数据 市场 系统 控制 规划 项目管理 生态 健康 培训 金融 资本 基金 回收 采购
    批发 零售 经销 外贸 商务 公路 道路 铁路 城建 防护 净化 人才 科研 种植 养殖 计量 认证 发电
    用品 产品 系列产品 原料 资源 集团 配套 零件 会议 养护 修复 通用 专用 特种 新型 园区 复合
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


def trades_spoken_of(context: str) -> tuple[str, ...]:
    """The words of trades in a sentence or cell, longest first."""
    words, found = lexicon(), dict[str, None]()
    text = clean(without_residue(context))
    for start in range(len(text) - 1):
        for length in words.trade_lengths:
            word = text[start : start + length]
            if len(word) == length and word in words.trades and word not in _EVERYDAY:
                found[word] = None
    return tuple(sorted(found, key=len, reverse=True))


def narrower(stated: int, around: int) -> bool:
    """Whether the context says more than the mention about the place."""
    return bool(around) and (not stated or (contains(stated, around) and extent(around) < extent(stated)))
