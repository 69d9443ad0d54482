"""What shows that words in a reading copy are a name, whose, and where it ends."""

from __future__ import annotations

import re

#: Characters that end a name when they follow an ending such as 市 or 公司.
AFTER = "的为是有将在已被获以拟与和及则仅、,。;:!?()“”《》 \n\t约超近"
NOT_PLACE_NEXT = "域级场值民位块间理法直政容委员托长区城内外房商家址价"
#: 某市民营经济 is of the place, 某市民 is not.
PRIVATE = re.compile("民营|民间")
NO_NAME = re.compile(
    r"[我们你他她这那抓稳凝推促聚抢每某何如若能会要应可让使令给看做很最更较越被着过吗呢吧啊]|力$|^市领导|^记者|^领导|怎么|什么|如何|为何|为什么|^首期|^分[县区行产领]|^[一二三]期|^三次产业|^总投|^查|^免|^抽"
)
#: What a firm does: a name of unknown build in front of one of these is taken for a firm.
FIRM_VERBS = re.compile(
    r"看准|上马|盯住|紧盯|抢抓|抓住|锁定|把|聚焦|瞄准|启动|投资|自主|研发|获评|获批|获|入选|荣获|签订|签约|出口|生产|年产|中标|斩获|成立|增加|拥有|位于|坐落|专注|主营|从事|计划|实现|完成|建设|建成|新上|购置|预计|拟|上榜|推出|创建|成为|是|现有|始建|成功|产品|与|共|累计|增资|发布|攻克|坚持|依托|围绕|通过|投入|引进|购进|改造|升级|交付|占|主打|深耕|凭借|制造|供应|承担|参与|牵头|每年|年|总经理|董事长|财务|负责人|副总|厂长|车间|有关"
)
PLACE_SIGNS = "市县区镇乡村"
#: 装备制造企业: makers of a kind and no firm's name.
MAKERS = re.compile(
    "(?:制造|生产|加工|及|和|与)?(?:企业|业|产业|厂家)|制造|成果|创新|型|人才|专项|设备|制品|零部件|配件|技术|市场|小镇|装置|用品|部件|创业|产品|城|谷|小镇"
)
FULL_FORM = re.compile("[\u3400-\u9fff]{0,8}?(?:公司|集团|股份)")
#: What follows an organ's name where a person is meant: 市委副书记.
PERSON = re.compile(
    "会?(?:常务)?(?:副|主任|书记|局长|厅长|主席|处长|科长|常委|委员|会长|院长|行长|关长|负责人|相关负责|有关负责|党组|领导|干部|工作人员|新闻发言)"
)
ADVERBS = "已经正将也还均都又再更并仅就共"
BANK = re.compile("(?:银行|信用社|公司|集团)(?=.{2})")
FULL_FIRM = re.compile(r"[\u3400-\u9fff()]{4,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司)")
#: A firm that speaks of itself without its name, sentence after sentence.
ITSELF = re.compile(r"\n(?:本|我)?公司(?!法).*[。;\n](?:本|我)?公司(?!法)", re.DOTALL)
#: 聊城海关, 统计局: who counts what others do, and whom its figures hardly ever speak of.
REPORTS = re.compile("(?:海关|统计局|调查队)$")
#: 轴承产业链现场推进会: a meeting about an industry, whose words are no part of the industry's name.
MEETING = re.compile(
    "[\u3400-\u9fff]{0,6}?(?:现场会|推进会|对接会|座谈会|观摩会|调度会|工作会|专题会|恳谈会|交流会|发布会|大会|会议|论坛|仪式)"
)
#: 关于某有限公司年产…项目环境影响报告表的公示: the notice is about the firm.
NOTICE = re.compile(
    r"(?:关于)?(?P<firm>[\u3400-\u9fff()]{4,24}?有限(?:责任)?公司)[^\n。]{0,40}?(?:公示|公告|简介|通知|批复)"
)
#: 湖南知名民企三一重工: what sort of firm it is, in front of its name.
DESCRIBED = re.compile(
    r"^[\u3400-\u9fff]{0,8}?(?:民企|国企|央企|(?:龙头|骨干|重点|链主|上市|外资|民营|国有)(?:企业|公司))(?=[\u3400-\u9fff]{4})"
)
#: 规上工业, 省级工业: how a figure is bounded and no industry of its own.
SCOPED = re.compile(
    r"(?:[\u3400-\u9fff]{2,4})??(?:规模(?:以上|以下)?|规上|规下|限上|限下|全部|国家级|省级|市级)"
)
#: 制造业和装备制造业分别…: the first of a list of things that are told of one place.
PAIRED = re.compile(r"[和及与][^,。;:\d]{2,16}?分别")
#: 某某(苏州)股份有限公司(以下简称“某某风能”)
SHORTENED = re.compile(r"公司\((?:以下)?简称[:：]?“?(?P<short>[\u3400-\u9fff]{4,8})”?\)")
#: 国家级绿色工厂9家, 此类集群6个: a sort that is counted, and nobody's name.
LEVELLED = re.compile("(?:国家级|省级|市级|县级|[此该]类)")
#: What is told of the whole country is not told of the place of the text.
WIDER = ("中国", "全国", "我国", "世界", "全球", "国际")
PAUSE = re.compile(r"[,、;:。!?\n(]")
SENTENCE_WORDS = re.compile("[是在于了不出]")
HAS_PLACE = re.compile(r"[\u3400-\u9fff]{2,}[省市县区镇乡]")
NO_ORGAN = re.compile(r"[举主承查创开兴帮代督交协申]办$|[受转寄]委$")
FIRM_ACTS = re.compile(r"投资|出口|投入|计划投资|销售|生产")
#: What is said of goods as often as of firms.
SELLS = re.compile("出口|销售|生产")
FIRM_TAIL = re.compile(
    r"等(?:企业|公司|龙头)|[,、]?(?:聚焦|瞄准|投资|研发|入选|获|签|中标|成立|增加|位于|专注|主营|从事|实现|发布|公告|晚间|总经理|董事长|负责人)"
)
MONEY_WORDS = re.compile(r"资金|回购|持有|发行|募集|认购")
#: 这家公司, 一家集团: told of without a name.
SOME = re.compile("[该这那某]家?(?:企业|公司|集团)|本(?:公司|集团)|我们|[这那某一几多各两三十余]+家")
ANY_COMPANY = re.compile(
    r"[\u3400-\u9fff()]{2,20}(?:有限责任公司|股份有限公司|有限公司|集团)|[\u3400-\u9fff]{2,6}股份(?!有限)|[\u3400-\u9fff]{5,14}(?<!担保)(?<!供电)(?<!保险)(?<!投资)(?<!管理)公司"
)
#: 记者日前走进甲海有限公司
CAME_TO = re.compile(
    "^关于(?=.{4})|.*(?:走进|来到|走入|步入|走访|[局委办厅院组队行长]到|[一日]行到|(?<=.{2})[赴到](?=[^,。]*公司$))了?(?=.{4})"
)
#: 入驻邓坪工业园区的2家企业: where somebody settled, and not whom the clause speaks of.
SETTLED = re.compile("入驻|落户|进驻")
#: 国家工业和信息化部: no industry, but half of the name of a ministry.
MINISTRY = re.compile("和信息化")
#: 产业园项目由甲公司: the firm builds it.
BUILT_BY = re.compile("(?P<work>.{3,}(?:项目|工程))由.{3,}")
NO_FIRM = ("工业", "农业", "全县", "全市")
