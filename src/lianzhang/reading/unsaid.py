"""What a number leaves unsaid because the words before it have said it: the thing, the goods, the works, the rank."""

from __future__ import annotations

import re
from dataclasses import replace

from lianzhang.kernel import ClaimKind
from lianzhang.reading.amounts import Amount
from lianzhang.reading.draft import Draft
from lianzhang.reading.drafting import Drafting
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.measured import Measured, MeasuredThings
from lianzhang.reading.phrases import strip_leading
from lianzhang.reading.scene import Scene

#: Words between two values of one thing that name nothing themselves: 由18%升至24%.
_LEADS_OVER = re.compile(
    r"(?:[\d上年去同期提升高增降涨低减少下回落走滑缩短至到由从比骤锐跌跃攀的为了 ]|发展|扩大)*"
)
#: 贷款余额100亿元，比年初新增9亿元、同比多增2亿元: by how much the thing before grew.
_INCREMENT = re.compile(
    r"(?:[比较](?:年初|去年|上年)(?:同期|[末底])?|同比|环比)?(?:新增|净增|增加|减少|[多少]增|[增减多少][收支])"
)
_GOODS = ("goods", "weight", "power", "volume", "area")
_AMOUNT_OF_GOODS = re.compile("(?:产量|销量|销售量|出口量|保有量)$")
#: 汽车制造营收176.3亿元，增长18.9%；通用设备138.5亿元
_SUM_OF_MONEY = re.compile("(?<=..)(?:营业收入|营收|产值|增加值|利润总额|利润|税收|出口额?|投资)$")
#: Between goods that are told of in one list stand their changes and nothing else.
_FAR = re.compile("[。\n]|[^,、;]{24}")
_FAR_FROM_SCORE = re.compile("[。\n]|[^;]{40}")
_TALLIES = (ClaimKind.COUNT, ClaimKind.TITLE_COUNT, ClaimKind.PROJECT_COUNT)
#: 前三位的企业分别为:甲48.2亿元, 增速依次为:
_OF_THE_COUNTIES = re.compile("^各?(?:县市区|县区|区县|市县|镇街|乡镇|地市|地区)的?")
_LISTED_BY = re.compile(
    "(?P<thing>[\u3400-\u9fff]{2,14}?)(?:[高低快慢优]于[^,;。:\\d]{2,12}?)?"
    "(?:[前后][一二两三四五六七八九十\\d]+[位名强家]的?[^,;。:\\d]{0,8}?|的?有\\d+[个家][^,;。:\\d]{0,6},?)?"
    "(?:(?:依次|分别|排名)(?:为|是)?):"
)
#: 项目158个，已开工152个: how far some of the works told of before have come.
_STAGE = re.compile(
    "[,、 )]*(?:其中|已经?|累计|共|现|有|正在)*"
    "(?P<stage>(?:新|集中|未|尚未)?(?:开工|复工|竣工|投产|完工|达产|建成投产|建成|落地|签约|入库|纳统|在建|续建))(?:了|达到?)?"
)
_STAGED = tuple(
    f"{stage}数" for stage in ("开工", "复工", "竣工", "投产", "完工", "达产", "建成", "落地", "在建", "续建")
)
#: How far behind the works their stages may stand.
_NEAR_WORKS = 120
#: 完成率居前三位的是:
_RANKED_LIST = re.compile(
    "(?P<thing>(?:[\u3400-\u9fff]{2,12}(?:率|额|量|值|数|比重|占比|幅|速|投资|收入|得分))?)(?:位?居|位列|排名?在?|列)?"
    "(?:全市|全省|全县)?[前后](?:列|[一二两三四五六七八九十\\d]+[位名个])的?[^,。;:\\d]{0,8}:"
)
#: 高新技术企业37家，较年初净增5家: by how many there are more of them.
_MORE = re.compile(
    "[,、 ]*(?:[较比](?:年初|去年|上年|去年同期|上年同期|去年底|上年末)|同比)(?:净增|新增|净增加|增加|减少|多|少)了?"
)
#: 总投资12亿元，累计完成7.35亿元: what was spent of it.
_SPENT = re.compile("完成(?:了|约)?$")
#: 新增51户，累计289户: the sum is of all and not of the new ones.
_ADDED_UP = re.compile("累计(?:已|共|达到?|为)*$")
#: 2022年6800万元,去年达到1.53亿元: one unit, told in two sizes.
_SCALE = re.compile("^[十百千万亿]+(?=.)")
_MONEY_OF_THEM = ("金额", "总金额", "总额", "合计金额")
_SUM_OF_WHAT = re.compile(
    "(?:授信|贷款|放款|融资|签约|合同|意向|投资|补贴|奖补|贴息|担保|采购|交易|订单|减税|退税|扣除)金额$"
)
_SUMS = ("总", "总数", "总量", "数量", "累计总")
#: 单项冠军企业7家(国家级2家、省级5家)
_LEVELS = ("国家级", "省级", "市级", "县级")
_LEVEL_AHEAD = re.compile("^(?:国家级|省级|市级|县级)")
_NEWLY = re.compile("^(?:新增|新培育|新认定|新入选|净增)")
_NEXT_PRODUCT = re.compile(r"、(?P<product>[\u3400-\u9fffA-Za-z]{1,12})")
INCREASED = re.compile(r"(?<=.)(?:(?:[比较]年初|同比)?(?:新增|净增|多增|少增))+$")


class Unsaid:
    """Completes what numbers of one reading copy measure."""

    def __init__(self, text: str, lexicon: Lexicon, things: MeasuredThings, drafting: Drafting) -> None:
        self._text = text
        self._lexicon = lexicon
        self._things = things
        self._drafting = drafting
        #: The word for an amount that was last told (产量, 营收), of what kind, and where its number ended.
        self._sort = ("", "", 0)
        #: What was last told in marks, and where.
        self._scored, self._scored_to = "", 0
        #: The works last counted, whose stages a later sentence may tell: 已竣工38个.
        self._works: tuple[str, str, int] = ("", "", 0)
        #: What the places of the last list were ranked by.
        self._ranking = ""

    def named(self, measured: Measured, token: Amount, near: str, scene: Scene) -> Measured:
        """The thing with what the sentence said of it before; `near` are the clause's words before the number."""
        told = scene.told
        own = measured.name.removesuffix("数")
        if told is not None and told.kind is ClaimKind.METRIC and _INCREMENT.fullmatch(own):
            whole = INCREASED.sub("", told.indicator)
            return Measured(f"{whole}{own}", told.known, -1, thing=own, subject=told.subject)
        if told is not None and told.kind in _TALLIES and told.unit == token.unit and _MORE.fullmatch(near):
            more = near.strip(" ,、").removesuffix("了")
            name = f"{told.indicator.removesuffix('数')}{more}数"
            return Measured(name, told.known, -1, subject=told.subject)
        counted = next((draft for draft in reversed(scene.found) if draft.kind in _TALLIES), None)
        if own == "金额" and (what := _SUM_OF_WHAT.search(near.strip())):
            # 授信企业318户、授信金额24.6亿元: the sum says itself of what it is.
            return replace(measured, name=what[0])
        if counted is not None and own in _MONEY_OF_THEM:
            # 集中签约项目23个,总金额52.7亿元
            name = f"{counted.indicator.removesuffix('数')}{own}"
            return Measured(name, counted.known, -1, subject=counted.subject)
        stage = _STAGE.fullmatch(near)
        works = next((draft for draft in scene.found if draft.kind is ClaimKind.PROJECT_COUNT), None)
        if works is not None and not works.indicator.endswith(_STAGED):
            self._works = (works.indicator, works.unit, works.number_end)
        whole, unit, at = self._works
        if stage is not None and unit == token.unit and token.start - at < _NEAR_WORKS:
            here = works if works is not None and works.indicator == whole else None
            name = f"{whole.removesuffix('数')}{stage['stage']}数"
            return Measured(name, bool(here and here.known), -1, subject=here.subject if here else "")
        return self._of_the_same_sort(measured, token)

    def ranked_by(self, token: Amount, scene: Scene) -> str:
        """完成率居前三位的是:甲县97.2%、乙区95.8%;后三位的是:丙县78.6%: what the places of a list are ranked by."""
        ranked = None
        for ranked in _RANKED_LIST.finditer(self._text, scene.sentence, token.start):  # noqa: B007 - the last
            pass
        if ranked is not None and (ranked["thing"] or self._ranking):
            self._ranking = ranked["thing"] or self._ranking
            return self._ranking
        listed = _LISTED_BY.search(self._text, max(scene.sentence, scene.clause - 60), token.start)
        if listed is None:
            return ""
        words = _OF_THE_COUNTIES.sub("", strip_leading(listed["thing"]))
        thing = self._things.before(words, None)
        if not thing.known:
            return ""
        return words if words.endswith("速") else thing.name

    def scored(self, measured: Measured, token: Amount) -> Measured:
        """甲县得分92.38分,排名第一;乙县91.75分: what is told of the first is told of the others."""
        if measured.name in ("", "得", "分", "获"):
            near_by = self._scored and not _FAR_FROM_SCORE.search(self._text, self._scored_to, token.start)
            measured = Measured(self._scored if near_by else "得分", True, -1, subject=measured.subject)
        self._scored, self._scored_to = measured.name, token.end
        return measured

    def _of_the_same_sort(self, measured: Measured, token: Amount) -> Measured:
        """新能源汽车产量1842辆，增长1.3倍；拖拉机1.26万台: what is told of the first goods is told of the others."""
        if token.kind not in (*_GOODS, "money"):
            return measured
        what = (_SUM_OF_MONEY if token.kind == "money" else _AMOUNT_OF_GOODS).search(measured.name)
        if what is not None:
            self._sort = (what[0], token.kind, token.end)
            return measured
        sort, kind, at = self._sort
        near_by = sort and not _FAR.search(self._text, at, token.start)
        if not near_by or measured.known or not measured.name or (token.kind == "money") != (kind == "money"):
            return measured
        self._sort = (sort, kind, token.end)
        return replace(measured, name=f"{measured.name.removesuffix('数')}{sort}", thing=sort)

    def also_made(self, measured: Measured, token: Amount, left: str, previous: Draft | None) -> Measured:
        """年产整机30万台、零部件170万套: the second product of one yearly output."""
        product = _NEXT_PRODUCT.fullmatch(left)
        listed = previous is not None and previous.indicator.startswith("设计产能（")
        if not listed or product is None or token.kind not in ("goods", "weight", "area", "volume"):
            return measured
        name = f"设计产能（{product['product']}）"
        return Measured(name, True, -1, thing="设计产能", subject=measured.subject, yearly=True)

    def completed(self, measured: Measured, token: Amount, previous: Draft | None) -> Measured:
        """A thing left out because the number before named it: 张店区6家、临淄区5家; 由18%升至24%."""
        body = measured.name.removesuffix("数")
        alone = not self._text[token.end : token.end + 1].isalpha() and self._text[token.start - 1] != "”"
        place = self._drafting.place_of(body, token) if alone and not measured.known else ""
        if previous is None or _bare(previous.unit) != _bare(token.unit):
            return Measured("", False, -1, subject=place) if place else measured
        if not body and _of_a_project(previous) and _SPENT.search(self._text[: token.hedge_start][-6:]):
            owner = previous.subject if previous.project else ""
            return Measured("完成投资", True, -1, thing="投资", subject=owner, group="project")
        if body in _LEVELS and previous.kind in _TALLIES:
            return Measured(
                f"{body}{_LEVEL_AHEAD.sub('', previous.indicator)}",
                True,
                -1,
                title=previous.title,
                level=body,
                subject=previous.subject,
            )
        summed = body in _SUMS and previous.kind in _TALLIES
        if place:
            subject = place
        elif summed:
            subject = ""
        elif alone and not measured.known and "、" not in body and self._things.is_body(body):
            subject = self._lexicon.places.get(body, body)
        elif _LEADS_OVER.fullmatch(body):
            subject = ""
        elif alone and not measured.known and self._is_listed_name(body, token, previous):
            # 甲机械5.6亿元、凯盈2.8亿元: a name that nothing tells as one, and surely not the firm before.
            return Measured(previous.indicator, previous.known, -1, subject=body, support="weak")
        else:
            return measured
        before = self._text[: token.hedge_start][-6:]
        added_up = summed or _ADDED_UP.search(before) is not None
        return Measured(
            _NEWLY.sub("", previous.indicator) if added_up else previous.indicator,
            previous.known,
            -1,
            title=previous.title,
            level=previous.level,
            subject=subject,
            yearly=previous.unit.endswith("/年"),
        )

    def _is_listed_name(self, body: str, token: Amount, previous: Draft) -> bool:
        """Whether a word of a list stands where its firms stand: right behind a pause, right before its number."""
        begin = token.hedge_start - len(body)
        in_list = self._text[begin - 1] in "、,;:" and self._text[begin : token.hedge_start] == body
        firm = previous.subject != "" and self._things.is_body(previous.subject)
        named = firm and self._text.rfind(previous.subject, max(0, begin - 60), begin) >= 0
        return (
            in_list
            and named
            and previous.kind is ClaimKind.METRIC
            and 2 <= len(body) <= 8
            and self._lexicon.predicates.search(body) is None
            and self._lexicon.generic.search(body) is None
            and self._lexicon.product_pattern.search(body) is None
        )


def _bare(unit: str) -> str:
    return _SCALE.sub("", unit).removesuffix("/年")


def _of_a_project(draft: Draft) -> bool:
    return draft.kind is ClaimKind.PROJECT and "投资" in draft.indicator
