"""The measured thing: noun phrases around a number."""

from __future__ import annotations

import re

from lianzhang.reading.lexicon import Indicator, Lexicon

_TAIL = re.compile(
    r"(?:达到了?|达成|达|为|是|实现了?|完成了?|突破了?|超过|共计|共有|共|累计|总计|合计|已有|现有|有|拥有|每(?:吨|台|套|件|亩|平方米|公斤|度)|增至|涨至|涨到|增加到了?|增长到了?|升至|上升到|提高到了?|提升至|提升到|扩大到|扩大至|降至|降到|减少到|下降到|稳定在|保持在|维持在|控制在|(?<![签合预节条])约|已|(?<![户人亩件台])均|都|分别|各|仅|就|(?<![返归偿])还|也|将|可|可达|预计|平均|最高|最低|高达|多达|大约|在|到|至|了|的|:|,|、|\(|由|从|[由从](?:去年|上年)同期|由去年|从去年|的产能|目标|等|—|“|”|规模达|之一|来自|近|超|约为|只|全部|并|有望|力争|已经|仅占|首次|首度|走低|走高|再次|一举|率先|(?<![提降走升新])(?:低至|低到|高至)|[由从](?:[一二两三四五六七八九十几\d]{1,3}年前|最初|原来|过去|以前|此前|当初|年初)|\s)+$"
)
_LEADING = re.compile(
    r"^(?:[,、:;()\s]|[一二三四五六七八九十]是|但是?|然而|不过|而且|(?:制造|生产|研制)的|其中|包括|包含|累计|新增|新上|新培育|新认定|全年|实现|完成|拥有|达到|形成|带动|预计|推动|取得|获得|产生|创造|创下|贡献|吸引|涵盖|聚集|集聚|汇聚|云集|囊括|引进|签约|签订|投入|落实|争取到?|获批|兑现|发放|以及|同时|今年|去年|以来|期间|这些|帮助|安排|设立|受理|开展|制定|即|采取|明确|出台|发布|建立|组建|适用|相当于"
    r"|共(?![性享同])|已|新(?!能源|材料|产品|型|兴|加坡|疆|西兰|一代|车|药|区|增|建)|现(?![代金行场])|可(?![再支控比])|后(?=年)|将|总(?![量产投额值资部装数规面收营体成])|约|年(?![产均度龄轻利化])|并|且|及|和|与|有(?![效色限机关])|使(?!用)|让|为|对(?!外|接)|在(?![建孵用手库岗校册线地])|从(?!业|事)|由|是|的|“|”|—|等|也|还|均|都|仅|就(?![业地近医读])|其(?!他|它)|[它他]们?的|该|这|了(?!解))+"
)
_RIGHT_STOP = re.compile(
    r"[户人亩]均|[,。;:!?()\n\t、《》\d]|入选|上榜|获批|获评|获得|获|荣获|通过|被|达到|达|实现|完成|参加|参与|位列|位居|名列|跻身|成功|顺利|现场|先后|已|正在|正|将|均|都|(?<!公)共|全部|纳入|列入|建成|投产|开工|竣工|落地|签约|进入|加入|成为|位于|分布|和|与|及|以及|占|同比|环比|增长|下降|,|，|为|是|在|并|从|落户|涵盖|涉及|覆盖|推进|集中|相继|陆续|销往|出口|总投资|启动|开展|组成|构成|属于|之一|首次|累计|发放|减免|兑付|拨付|投放|落实|争取|申请|解决|办理|兑现|建立|前[一二两三四五六七八九\d]|上半年|全年|今年|去年|本月|突破|年营收|年产值|超过|超(?=\d)"
)
#: 项目29个总投资34.2亿元: another figure of the same things and nothing that is counted.
_SUMS = re.compile(r"(?:计划)?总?投资(?:约|近|超)?\d")
#: 由18家发展到53家: a change goes on, and nothing is counted.
_GOES_ON_TO = re.compile("(?:发展|增加|扩大|提高|提升|减少|下降|增长|上升|减|降|增|升)[到至]")
#: What joins a figure to the one before it.
JOINT = re.compile(r"[,(、;:\s)]*(?:其中|和|及|与|且|并|而|,)*")
_NOUN = re.compile(r"的?(?:[\u3400-\u9fffA-Za-z·“”]{1,24})")
#: 8个县(市、区): the bracket is part of the noun.
_OR_SO = re.compile(r"\((?:市、区|市区|区、市|区)\)")
#: 三大“国之重器”加快建设: what is counted ends with its quotation mark, or with the noun behind it.
_QUOTED_NOUN = re.compile(
    r"“[^”]{2,12}”(?:小巨人(?:企业)?|中小企业|企业|平台|项目|工程|品牌|工厂|车间|基地|行动|集群|清单|计划)?"
)
_QUOTE_SIGNS = re.compile("[“”]")
_LANDS = re.compile(r"国家(?:和|及|与|、)地区")
#: Verbs that are themselves the measured thing, with the name it is stored under.
VERBS = {
    "年产": "设计产能",
    "日产": "日产能力",
    "占地": "占地面积",
    "投资": "投资",
    "出口": "出口额",
    "进口": "进口额",
    "投": "投资",
    "销往": "销售市场",
    "授信": "授信额度",
    "放款": "放款额",
    "发放": "发放额",
    "节约": "节约额",
    "新增": "新增",
    "培育": "培育",
    "生产": "产量",
    "销售": "销量",
    "年销售": "销量",
    "注册资本": "注册资本",
    "年加工": "年加工能力",
    "年处理": "年处理能力",
    "可年产": "设计产能",
    "纳税": "税收",
    "创税": "税收",
    "创汇": "出口额",
    "让利": "让利额",
    "减税": "减税额",
    "退税": "退税额",
}
_LONGEST_FIRST = sorted(VERBS, key=len, reverse=True)
_VERB_END = re.compile("(?:" + "|".join(sorted(VERBS, key=len, reverse=True)) + r")(?:了|约|达|产品|总额)?$")


#: How far back from the number its verbs and particles are looked for.
_TAIL_REACH = 16


def strip_verbs(left: str) -> str:
    """`left` without the verbs and particles that lead over to the number."""
    head, tail = left[:-_TAIL_REACH], left[-_TAIL_REACH:]
    return head + _TAIL.sub("", tail)


def strip_leading(phrase: str) -> str:
    """`phrase` without the verbs and fillers in front of the noun."""
    return _LEADING.sub("", phrase)


def indicator_in(phrase: str, lexicon: Lexicon) -> tuple[int, int, Indicator] | None:
    """The last known measured thing in `phrase` and its place; None when there is none."""
    last = None
    for last in lexicon.indicator_pattern.finditer(phrase):  # noqa: B007 - the last match is wanted
        pass
    if last is None:
        return None
    return last.start(), last.end(), lexicon.indicators[last[0]]


def verb_indicator(stripped: str) -> tuple[int, str] | None:
    """A verb such as 年产 or 占地 at the end of the left text, and the name of what it measures."""
    tail = stripped[-8:]
    match = _VERB_END.search(tail)
    if match is None:
        return None
    word = next(verb for verb in _LONGEST_FIRST if match[0].startswith(verb))
    return len(stripped) - len(tail) + match.start(), VERBS[word]


def noun_after(text: str, position: int, end: int) -> tuple[str, int]:
    """The noun phrase right behind a number and where it ends; empty when none follows."""
    lands = _LANDS.match(text, position, end)
    if lands:
        return "国家和地区", lands.end()
    match = _NOUN.match(text, position, end)
    if match is None:
        return "", position
    if _SUMS.match(text, position) is not None or _GOES_ON_TO.match(text, position) is not None:
        return "", position
    stop = _RIGHT_STOP.search(text, position + 1, match.end())
    finish = stop.start() if stop else match.end()
    quoted = _QUOTED_NOUN.match(text, position, finish)
    finish = quoted.end() if quoted is not None else finish
    noun = text[position:finish]
    also = _OR_SO.match(text, finish)
    if also is not None:
        finish = also.end()
    noun = noun.removeprefix("的").strip("“”")
    return noun if noun.count("“") == noun.count("”") else _QUOTE_SIGNS.sub("", noun), finish
