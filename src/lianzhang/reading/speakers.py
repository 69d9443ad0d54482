"""Whose 我们 it is: the firm that a quotation is from, named behind its closing sign or before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_QUOTATION = re.compile(r"“[^”\n]{6,400}”")
_FIRST_PERSON = re.compile("我们|我厂|我公司|俺|咱|我司|公司|厂里|企业")
_SAYS = re.compile(
    r"[,。]?(?P<who>[^“”。\n]{2,48}?)(?:介绍|告诉|表示|坦言|感慨|高兴地|自豪|信心|笑着|透露|接受|说|如是|称)"
)
_POST = re.compile(
    "局长|镇长|县长|市长|书记|科长|会长|秘书长|董事长|总经理|经理|厂长|负责人|主任|总裁|总监|工程师|创始人|主管|技术员|法人"
)
_FIRM = re.compile(
    r"(?:^|[,、的在]|位于[^,。]{2,10}的)?(?P<name>[\u3400-\u9fffA-Za-z()]{2,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|股份|公司|厂))"
)
_OFFICIAL = re.compile("局|委|政府|镇长|县长|市长|书记|办公室|协会|商会|海关|银行|税务|县|市|区|镇$")


def quotations(
    text: str, company: Callable[[], str], firm_at: Callable[[str], str]
) -> Iterator[tuple[int, int, str]]:
    """Every quotation in the first person: start, end, and the firm it is from, empty for an official's.

    `company` tells whom 公司 means, `firm_at` the firm that a phrase opens with, if it does so.
    """
    for match in _QUOTATION.finditer(text):
        if _FIRST_PERSON.search(match[0]) is None:
            continue
        says = _SAYS.match(text, match.end())
        if says is None or _POST.search(says["who"]) is None:
            continue
        yield match.start(), match.end(), _speaker(says["who"], company, firm_at)


def _speaker(who: str, company: Callable[[], str], firm_at: Callable[[str], str]) -> str:
    post = _POST.search(who)
    before = who[: post.start()] if post else who
    if post is not None and post[0][-1] in "长记" and post[0] not in ("董事长", "厂长"):
        return ""
    firm = _FIRM.match(before)
    if firm is not None and firm["name"].startswith(("集团", "公司", "该公司", "该厂")):
        # 集团外贸公司总经理: somebody of the group that the text speaks of.
        return company()
    if firm is not None:
        return firm["name"]
    known = firm_at(before)
    if known:
        return known
    return "" if _OFFICIAL.search(before) else company()
