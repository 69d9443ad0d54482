"""Names for the tests: made of the parts that real ones have, so that they collide as real ones do."""

from __future__ import annotations

from hypothesis import strategies as st

PLACES = (
    "",
    "山东",
    "山东省",
    "聊城",
    "聊城市",
    "临清市",
    "临清",
    "冠县",
    "山东聊城",
    "聊城市茌平区",
    "永康",
    "鼓楼区",
    "聊城高新区",
)
BRANDS = (
    "鑫亚",
    "新亚",
    "宏达",
    "祥光",
    "翔光",
    "昊天",
    "吴天",
    "时风",
    "鑫大地",
    "格林鲍尔",
    "第一",
    "第二",
    "永康达",
    "𬭎泰",
    "B2",
)
TRADES = ("", "轴承", "轴承科技", "重工机械", "电缆", "农机", "激光装备", "机械", "抽承", "新能源科技发展")
FORMS = (
    "",
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "集团",
    "（集团）有限公司",
    "厂",
    "公司",
    "专业合作社",
    "有限公司聊城分公司",
    "（山东）有限公司",
    "有线公司",
    "有限责仼公司",
    "股分有限公司",
    "限公司公司",
    "有限公司（原鑫亚轴承厂）",
    " Co., Ltd.",
    "股份",
    "合作社",
    "合伙企业（有限合伙）",
    "合伙企业有限合伙",
    "有限",
    "责任公司",
    "股份有",
    "动力分公司",
    "集团动力分公司",
    "（集团）股份有限公司动力分公司",
)

names = st.builds("".join, st.tuples(*(st.sampled_from(part) for part in (PLACES, BRANDS, TRADES, FORMS))))
#: Anything somebody may paste into a cell.
anything = st.one_of(
    names, st.text(max_size=30), st.text(alphabet="()（）集团公司有限聊城市县轴承 a1\n\t\0𠀀", max_size=20)
)
