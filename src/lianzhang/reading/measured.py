"""What a number measures: the noun before it, the noun behind it, or the verb that is itself the thing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lianzhang.kernel import ClaimKind, Qualifier
from lianzhang.reading.amounts import Amount
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.phrases import (
    JOINT,
    indicator_in,
    noun_after,
    strip_leading,
    strip_verbs,
    verb_indicator,
)
from lianzhang.reading.places import NO_PLACE

_TALLIED = ("bodies", "people", "items")
_COUNTED = ("bodies", "people", "items", "goods")
_THRESHOLD_TAIL = re.compile(r"(?:以上|以下|及以上|级以?上?)的?[^,。;:!?\d]{1,16}")
_BOUNDED_NOUN = re.compile(
    r"的?[\u4e00-\u9fff]{0,8}?(?:项目|企业|集群|产业|品牌|园区|公司|产品|工程|户|商户|主体)"
)
#: 100亿元项目3个
_OF_THAT_SIZE = re.compile(r"(?:级|元)?(?:项目|企业|集群|产业|园区)(?=\d|[一二两三四五六七八九十]+[个家])")
#: 每百元营业收入中的成本, 每吨钢综合能耗: a ratio that is told as an amount.
_OF_EACH = re.compile("每(?:百|千|万|亿)?(?:元|吨|亩)[\u3400-\u9fff]{2,16}$")
_NAME_TAIL = re.compile(
    r"(?!的)(?:/年)?[\u4e00-\u9fffA-Za-z]{2,24}?(?:项目|工程|生产线)(?![\d一二三四五六七八九十]*[个条])"
)
_OUTPUT = re.compile(r"(?P<per>年|日)(?:产|加工|处理|生产)(?P<product>[\u3400-\u9fffA-Za-z]{1,12})$")
#: What is paid for something.
_PAID = ("奖补资金", "贷款余额", "税收", "总收入", "订单")
_REACHED = re.compile("(?:惠及|涉及|覆盖|培训|服务|慰问|组织|安置|招聘|招录|引进|输送|帮扶|救助|选派|受益)$")
#: 保持器, 检测仪: a verb in front of one of these is the name of a thing.
_NOUN_ENDS = frozenset("器架仪剂业值者额")
#: What a product, and no firm, begins with.
_BRANCHES = re.compile("农业|工程|激光|电线|通用|专用|电气|矿山|建筑|纺织|包装|食品|精密")
#: 重点项目中甲海有限公司: the firm is one of those.
_AMONG_THEM = re.compile("^.{0,8}(?:项目|企业|工程)中(?=.{6})")
_SORT_OF_FIRM = re.compile(
    "研发(?:费用|人员|中心|机构|平台|团队)|投资企业|控股企业|创新企业|服务企业|生产企业|出口企业"
)
_AMONG = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:中|里|当中)(?:有|[\u3400-\u9fff]{4,})?$")
_QUOTE = re.compile("[“”]")
#: A bracket, unless it is inside a word as in 开(复)工.
_OPEN_BRACKET = re.compile(r"\((?![\u4e00-\u9fff]\)[\u4e00-\u9fff])")
_SOON_A_DIGIT = re.compile(r"[^,。;:!?、]{0,8}?\d")
_CLAUSE_SIGNS = re.compile(r"[,;:。()\s]")
_SENTENCE_SIGNS = re.compile(r"[,;:。\s]")
_POLICY_NOUN = re.compile(r"清单|措施|举措|政策|任务|保障|行动|意见|办法|条款|机制|制度|做法|抓手|标准")
_PROJECT_NOUN = re.compile(r"项目|工程|生产线")
_SPEC_UNITS = frozenset(
    {"毫米", "厘米", "微米", "纳米", "英寸", "千伏", "马力", "伏", "度", "克", "毫克", "升"}
)
_LENGTHS = frozenset({"米", "吨", "兆瓦", "千瓦", "千伏", "马力", "毫米", "厘米"})
#: 世界首台10米采煤机: a size that is part of a name.
_FIRST_OF = re.compile(r"(?:首[台套条艘辆个款]|首台套|全球最大|国内最大|一[台款辆])$")
_LEVELS = re.compile(r"国家级|省级以上|省级|市级以上|市级|县级|山东省|全国|^国家|^省|^市(?!场)")
#: Words that make a count an increment and no stock.
_ADDED = re.compile(r"(新增|新培育|新认定|新入选|净增)(?!长)[^,;:。]*$")
_VERB_HEAD = re.compile(
    r"^(?:共?(?:组织|对接|实现|完成|拥有|达到|形成|带动|预计|新增|新培育|新认定|新上|培育|引进|购置|建设|签约|谋划|实施|入选|获得|吸引|开工|竣工|投产|累计|包括|其中)+)"
)


#: 通过多种形式走访主导产业企业: what was visited, helped or served is what is counted.
_ACTED_ON = re.compile(r"^.+(?:走访|帮助|支持|引导|帮扶|惠及|涵盖|聚集|集聚|汇聚|云集)(?=.{4,}$)")
#: 从业人员较去年增加300人: how many more there are, of what.
_GREW = re.compile(
    r"^(?P<what>(?![较比同环]).{2,}?)(?:数量?)?(?:[较比](?:去年|上年|年初)(?:同期|末|底)?|同比)?(?:净?增加|(?P<less>减少))$"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured thing: `name` as stored, whether the lexicon knows it, and how far its words reach."""

    name: str
    known: bool
    end: int
    thing: str = ""
    modifier: str = ""
    title: str = ""
    level: str = ""
    yearly: bool = False
    threshold: bool = False
    subject: str = ""
    #: How well the thing itself supports its subject.
    support: str = "named"
    group: str = ""

    def renamed(self, name: str) -> Measured:
        """The same thing under another name."""
        return replace(self, name=name)

    def of(self, subject: str) -> Measured:
        """The same thing as a statement about `subject`."""
        return replace(self, subject=subject)


class MeasuredThings:
    """Names what numbers measure in one reading copy."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._lexicon = lexicon
        #: Where the subject of the present clause ends; nothing before it is part of a measured thing.
        self.floor = -1
        #: Where the last noun that stood behind its number ends.
        self._counted_to = -1
        #: Where the last subject that this sentence named ends.
        self.named_to = -1

    def before(self, phrase: str, token: Amount | None, at: int | None = None) -> Measured:
        """The thing named by the words before the number; the name may be empty."""
        if at is not None and self.floor > at:
            phrase = phrase[self.floor - at :]
        stripped = strip_verbs(phrase)
        if each := _OF_EACH.search(stripped):
            return Measured(each[0], True, -1)
        found = (
            self._known_thing(stripped, token) or self._verb_thing(stripped) or self._output(stripped, token)
        )
        if found is not None:
            return found
        noun = self._noun(stripped)
        title, level = self._title(noun)
        if noun and (added := _ADDED.search(stripped)) and not noun.startswith(added[1]):
            noun = f"{added[1]}{noun}"
        return Measured(noun, bool(title), -1, modifier=noun, title=title, level=level)

    def _known_thing(self, stripped: str, token: Amount | None) -> Measured | None:
        """营业收入, 三轮车出口量: an indicator of the lexicon at the end of the words."""
        known = indicator_in(stripped, self._lexicon)
        if known is None:
            return None
        start, stop, indicator = known
        tail = stripped[stop:]
        if tail.endswith(("率", "缺口", "需求", "意向", "难的", "得分", "评分")):
            return None
        counts = token is not None and token.kind in _TALLIED
        if tail and token is not None and token.kind == "goods" and indicator.thing in _PAID:
            # 补贴机具5230台: the machines are counted.
            return None
        if tail and (counts or len(tail) > 8 or self._lexicon.predicates.search(tail)):
            return None
        modifier, owner = self._owner(self._modifier(stripped[:start]))
        modifier = "" if modifier in ("企业", "公司") else modifier
        name = indicator.thing
        if indicator.group == "people" and not tail and (reached := _REACHED.search(stripped[:start])):
            # 惠及职工11.7万人 tells of those who were helped, and not how many there are.
            return Measured(f"{reached[0]}{stripped[start:stop]}", False, -1, subject=owner)
        counted = group_of_projects(modifier) and not stripped.startswith("其中")
        modifier = "" if counted and indicator.group == "project" else modifier
        shown = f"{modifier}{stripped[start:stop]}" if modifier else indicator.name
        if tail and name in ("出口", "进口", "投资", "收入"):
            shown = f"{name}{tail}"
        return Measured(
            shown,
            True,
            -1,
            thing=name,
            modifier=modifier,
            yearly=name == "设计产能" and not stripped[:start].endswith("日"),
            subject=owner,
            group=indicator.group,
        )

    def _verb_thing(self, stripped: str) -> Measured | None:
        """占地, 年产: a verb that is itself the measured thing."""
        verb = verb_indicator(stripped)
        if verb is None:
            return None
        start, name = verb
        modifier, owner = self._owner(self._modifier(stripped[:start]))
        yearly = name in ("设计产能", "年加工能力", "年处理能力")
        return Measured(name, True, -1, thing=name, modifier=modifier, subject=owner, yearly=yearly)

    def _output(self, stripped: str, token: Amount | None) -> Measured | None:
        """年产车桥30万根: a yearly output of a product."""
        if token is None or token.kind not in ("goods", "weight", "area", "volume"):
            return None
        output = _OUTPUT.search(stripped)
        if output is None:
            return None
        modifier, owner = self._owner(self._modifier(stripped[: output.start()]))
        name = f"设计产能（{output['product']}）"
        yearly = output["per"] != "日"
        return Measured(name, True, -1, thing="设计产能", modifier=modifier, subject=owner, yearly=yearly)

    def around(self, token: Amount, near: str, clause_end: int) -> Measured | None:
        """The thing counted or measured by a value; None when the number is part of something else."""
        at = token.hedge_start - len(near)
        text = self._text
        after, stop = noun_after(text, token.end, min(len(text), max(clause_end, token.end)))
        if self._is_threshold(token, clause_end):
            return Measured("", False, -1, threshold=True)
        if self._in_project_name(token) or self._sizes_a_machine(token, near):
            return None
        if token.unit in ("大", "大类"):
            token.unit = "类" if token.unit == "大类" else "个"
            return (
                self._counted(after, stop, token, Measured("", False, -1))
                if after
                else self.before(near, token, at)
            )
        left = self.before(near, token, at)
        if left.name and not left.known and at < self._counted_to < at + len(near):
            # 为6家企业落实惠企资金486万元: the firms were counted by the number before.
            left = self.before(near[self._counted_to - at :], token, self._counted_to)
        if after and self._belongs_to_the_number_before(near, at):
            left = Measured("", False, -1)
        if near.endswith("等"):
            left = replace(left, modifier="")
        if not left.name and token.kind == "money" and self._is_class(token):
            return Measured("", False, -1, threshold=True)
        counts_noun = token.kind in _COUNTED and after and not after.startswith(("的", "左右"))
        verb_only = left.name in ("新增", "培育", "生产", "销售", "投资", "出口")
        if counts_noun and (not left.known or verb_only or not strip_verbs(near[max(0, self.floor - at) :])):
            return self._counted(after, stop, token, left)
        if token.unit in _SPEC_UNITS and after and (not left.known or left.name in ("产量", "销量")):
            return Measured(f"{after}规格", False, stop, thing="规格")
        if left.name and after and not left.known and self._lexicon.predicates.fullmatch(left.name):
            left = replace(left, name="")
        if left.name:
            return _fitted(left, token)
        return self._behind(after, stop, token, left) if after else left

    def _belongs_to_the_number_before(self, near: str, at: int) -> bool:
        """2个驰名商标、1家技术中心: what stands before the second number was counted by the first."""
        rest = near[self._counted_to - at :] if at < self._counted_to <= at + len(near) else ""
        return rest != "" and JOINT.fullmatch(rest) is not None

    def _behind(self, after: str, stop: int, token: Amount, left: Measured) -> Measured:
        """The thing named by the noun behind the number."""
        if token.kind not in ("money", "weight", "power", "area"):
            return self._counted(after, stop, token, left)
        known = indicator_in(after, self._lexicon)
        if known is None:
            return Measured(after, False, stop)
        return Measured(known[2].name, True, stop, thing=known[2].thing)

    def is_body(self, name: str) -> bool:
        """Whether a noun is the name of a place, park or firm and no measured thing."""
        match = self._lexicon.ending_pattern.search(name)
        kinds = ("place", "park", "company", "trade")
        return (
            name in self._lexicon.places
            or match is not None
            and len(name) >= 3
            and self._lexicon.ending_kinds[match[0]] in kinds
            and not (self._lexicon.ending_kinds[match[0]] == "trade" and self._is_product(name))
            and NO_PLACE.search(name) is None
        )

    def _is_product(self, name: str) -> bool:
        """Whether a name of a trade is what is made and no firm: 农业机械, 激光装备, 电线电缆."""
        return self._lexicon.firm_name.fullmatch(name) is None or _BRANCHES.match(name) is not None

    def _is_threshold(self, token: Amount, clause_end: int) -> bool:
        """50亿元以上项目3个, 过亿元企业5家: the number is part of what is counted."""
        tail = self._text[token.end : max(clause_end, token.end)]
        if token.kind not in ("money", "scale", "people", "area", "weight"):
            return False
        bounded = (
            self._text[token.end - 2 : token.end] in ("以上", "以下")
            or token.qualifier is not Qualifier.EXACT
        )
        match = (
            _BOUNDED_NOUN.match(tail) if bounded else _THRESHOLD_TAIL.match(tail) or _OF_THAT_SIZE.match(tail)
        )
        return match is not None and _SOON_A_DIGIT.match(tail, match.end()) is not None

    def _is_class(self, token: Amount) -> bool:
        """建立10亿元以上特色产业集群培育库: the number bounds a class that is not counted here."""
        bounded = self._text[token.end - 2 : token.end] in ("以上", "以下")
        return bounded and _BOUNDED_NOUN.match(self._text, token.end) is not None

    def _sizes_a_machine(self, token: Amount, near: str) -> bool:
        """世界首台10米采煤机, 国内首台年产35万吨造粒机组: a size that is part of what a machine is called."""
        yearly = near.removesuffix("年产")
        return (token.unit in _LENGTHS or yearly != near) and _FIRST_OF.search(yearly) is not None

    def _in_project_name(self, token: Amount) -> bool:
        """3000吨电子级双氧水项目: a capacity that is part of a name, unless 年产 says what it is."""
        if (
            token.kind not in ("weight", "goods", "power", "volume", "area")
            or self._text[token.hedge_start - 1 : token.hedge_start] in "产能工理供"
        ):
            return False
        return _NAME_TAIL.match(self._text, token.end) is not None

    def kind(self, measured: Measured, token: Amount) -> ClaimKind:
        """What sort of statement a value of this thing is."""
        if measured.title:
            return ClaimKind.TITLE_COUNT
        if measured.thing == "规格":
            return ClaimKind.SPECIFICATION
        if token.kind in _COUNTED:
            if _PROJECT_NOUN.search(measured.name) and token.kind == "items":
                return ClaimKind.PROJECT_COUNT
            if _POLICY_NOUN.search(measured.name):
                return ClaimKind.POLICY_COUNT
            if not measured.thing:
                return ClaimKind.COUNT
        if measured.name.startswith("亩均"):
            return ClaimKind.METRIC
        if measured.group == "project" or measured.thing in ("设计产能",):
            return ClaimKind.PROJECT
        return ClaimKind.METRIC

    def _counted(self, noun: str, stop: int, token: Amount, left: Measured) -> Measured:
        noun = self._only_bodies(_AMONG.sub("", noun)) if token.kind in ("bodies", "items") else noun
        title, level = self._title(noun)
        prefix = ""
        if left.name in ("新增", "培育"):
            prefix = left.name
        elif (
            len(noun) <= 3
            and 1 < len(left.modifier) <= 6
            and not left.known
            and not self._lexicon.predicates.search(left.modifier)
        ):
            prefix = left.modifier if not left.modifier.endswith(("中", "里", "等")) else ""
        self._counted_to = stop
        return Measured(f"{prefix}{noun}数", bool(title), stop, title=title, level=level)

    def _only_bodies(self, noun: str) -> str:
        """规上工业企业 of 484家规上工业企业增加值: what is counted, without the thing measured of it."""
        known = indicator_in(noun, self._lexicon)
        return noun[: known[0]] if known is not None and known[1] == len(noun) and known[0] >= 2 else noun

    def _title(self, noun: str) -> tuple[str, str]:
        match = self._lexicon.title_pattern.search(noun)
        if match is None:
            return "", ""
        level = _LEVELS.search(noun)
        return self._lexicon.titles[match[0]], self._lexicon.levels.get(level[0], "") if level else ""

    def _modifier(self, phrase: str) -> str:
        """The words that narrow a measured thing down: 三轮车 in 三轮车出口量."""
        phrase = _CLAUSE_SIGNS.split(phrase)[-1]
        for match in self._lexicon.predicates.finditer(phrase):
            if phrase[match.end() : match.end() + 1] in _NOUN_ENDS or _SORT_OF_FIRM.match(
                phrase, match.start()
            ):
                continue
            if match[0] == "有" and phrase[match.start() - 1 : match.start()] in ("国", "私"):
                continue
            if (
                len(match[0]) >= 2
                or match[0] in "的为是"
                or match[0] == "有"
                and phrase[match.end() : match.end() + 1] != "限"
            ):
                phrase = "\0" * match.end() + phrase[match.end() :]
        phrase = phrase.replace("\0", "")
        if "、" in phrase and self._lexicon.ending_pattern.search(phrase):
            phrase = phrase.rsplit("、", 1)[1]
        return strip_leading(_QUOTE.split(phrase)[-1])

    def _owner(self, modifier: str) -> tuple[str, str]:
        """Split a modifier that is itself a body (某公司) off as the subject."""
        modifier = _AMONG_THEM.sub("", modifier)
        match = self._lexicon.ending_pattern.search(modifier)
        if match is None or len(modifier) < 4 or len(match[0]) == 1 and modifier not in self._lexicon.places:
            return modifier, ""
        if self._lexicon.ending_kinds[match[0]] not in ("company", "place", "park", "organ"):
            return modifier, ""
        return "", modifier

    def _noun(self, stripped: str) -> str:
        phrase = _SENTENCE_SIGNS.split(stripped)[-1]
        phrase = _OPEN_BRACKET.split(phrase)[-1]
        noun = strip_leading(_VERB_HEAD.sub("", strip_leading(phrase)))[-24:]
        noun = _ACTED_ON.sub("", noun)
        if grew := _GREW.match(noun):
            noun = f"{'减少' if grew['less'] else '新增'}{grew['what']}"
        return noun if noun.count("“") == noun.count("”") else _QUOTE.sub("", noun)


def group_of_projects(modifier: str) -> bool:
    """建设类项目 in 6个建设类项目总投资240亿元: whose investment it is and no part of what it is called."""
    return modifier.endswith(("类项目", "个项目")) or modifier == "项目"


def _fitted(thing: Measured, token: Amount) -> Measured:
    """The thing under the name that fits what is counted: firms are a 数, exported goods a 量."""
    if token.kind in _COUNTED and not thing.thing and not thing.name.endswith(("数", "量")):
        return replace(thing, name=f"{thing.name}数")
    if thing.thing == "出口" and token.kind in ("goods", "weight"):
        return replace(thing, name=thing.name.replace("出口", "出口量", 1))
    if thing.name == "销量" and token.kind == "money":
        return replace(thing, name="销售额")
    return replace(thing, name="出口额") if thing.name == "出口" else thing
