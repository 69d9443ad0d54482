"""Statements that are not measured: titles held, counties and their sub-fields, projects, paired policy counts."""

from __future__ import annotations

import re
from decimal import Decimal

from lianzhang.kernel import ClaimKind, Text
from lianzhang.reading.draft import Draft
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.scene import Scene
from lianzhang.reading.subject import Subject
from lianzhang.reading.timeline import Timeline

_PAIR = re.compile(
    r"“?(?P<first>\d{1,2})\+(?P<second>\d{1,2})(?![\d+])”?(?P<noun>举措|措施|工程|行动|计划|体系|模式|战略|机制|工作法|政策|任务)?"
)
_HONOUR = re.compile(
    r"之[乡都城县市区镇]$|基地$|示范[区县市镇城]?$|集群$|企业$|品牌$|工厂$|车间$|奖$|称号$|单位$|镇$|标杆$|冠军$|小巨人$|中心$|产品$|百强|名单$|榜$|强县$|名城$"
)
#: What ends a list of honours told without quotation marks.
_LISTED_HONOUR = re.compile(
    r"(?:之[乡都城]|示范[区县市镇基地]*|试点[区县市]?|示范基地|基地|名[县城镇]|强[县镇市]|百强县|称号|示范县)$"
)
_LIST_END = re.compile(r"[,。;:\d]|等(?:荣誉|称号|多项)")
#: 素有“中国轴承锻造第一镇”之称的清水镇
_CALLED = re.compile(r"”(?:之称|美誉|称号|之誉)的(?P<name>[\u3400-\u9fff]{1,8}?(?:镇|乡|县|市|区|村|街道))")
#: 被授予全省创业辅导基地、山东省轴承制造业基地荣誉称号
_HONOURS_TOLD = re.compile(r"(?P<list>[\u3400-\u9fff、]{4,80}?)(?:等)?(?:荣誉称号|称号)$")
_QUOTED = re.compile(r"“(?P<title>[^”\n]{3,30})”")
_AND = re.compile(r"、|以及|和|及|与")
_LIST_TAIL = re.compile(
    r"等?(?:\d+[家个项种件款户])?(?:多家|几家)?(?:本土|本地|龙头|骨干|重点)?(?:企业|公司|单位|产品|品牌|(?:产业)?集群|园区|县市区)?(?:成功|顺利|先后|均|双双)?$"
)
_FIELD_TAIL = re.compile(
    r"等?(?:为|作为)?(?:特色|主导|重点|优势)?(?:细分领域|细分产业|细分赛道|产业|领域|方向|赛道|行业|链条)?$"
)
_PLACES_TAIL = re.compile(r"(?:等(?:\d+个)?|\d+个?)(?:县市区|县(?:\(市、?区\))?|区县|地|县区|市县)?$")
_PLACE_NAME = re.compile(r"[\u3400-\u9fff]{1,8}(?:市|县|区|镇|乡|街道|园|开发区)$")
_BATCH = re.compile(r"第[一二三四五六七八九十\d]+批")
#: “小巨人”企业12家 counts those who hold a title and gives nobody one.
_COUNTED = re.compile(r"[^,。;、]{0,6}?\d")
#: One of these stands in every sentence that states a title, a project, a pairing, a sub-field or a doubling.
_CUE = re.compile(
    r"项目|工程|番|\d\+\d|之[乡都城]|称号|美誉|荣|入选|获|被评|被认定|被授|被列|上榜|命名|享有|素有|跻身|细分|分别|主攻|百强"
)
_UNPAIRED = Text(
    "县市区与细分领域的个数不一致，无法一一对应。",
    "The counties and the sub-fields differ in number and cannot be paired.",
)
_LEVEL = re.compile(r"国家级|省级|市级|中国|山东省|省")
_GIVER = re.compile(r"^(?:国家级|省级以上|省级|市级以上|市级|山东省|全省|国家|省|市)(?=\S)")
_NAMES_A_NOUN = re.compile(r"”?[\u3400-\u9fff]{0,8}(?:产业|集群|园区|格局|布局|县域|市域)")
_PROJECT = re.compile(
    r"(?:启动|上马|在做|建设|实施|推进|推动|聚焦|新上|投资建设|谋划|引进|开工建设|布局)(?:了|好)?(?P<name>“[^”\n]{3,40}”(?:等)?(?:项目|工程)?|[^,。;:“”、的\d]{4,30}?(?:项目|工程)(?!\d))"
)

#: Who may build a project, before the verb: Han characters without a particle or a list.
_BUILDER = re.compile(r"[\u3400-\u9fff()]{2,24}(?<![的了着])")
_BEFORE_VERB = re.compile(
    r"(?:正在|正|已经|已|还|也|将|又|计划|拟|准备|先后|成功|积极|全力|加快|持续|共同|联合|同步)+$"
)


class Statements:
    """Reads unmeasured statements of one reading copy."""

    def __init__(self, text: str, lexicon: Lexicon, timeline: Timeline) -> None:
        self._text = text
        self._lexicon = lexicon
        self._timeline = timeline
        self._assigning = re.compile(lexicon.assigning)
        self._awarding = re.compile(lexicon.awarding)
        self._respective = re.compile(
            rf"(?P<places>[\u3400-\u9fff、()]{{5,80}}?)分别(?:{lexicon.assigning})(?:了|为|以)?(?P<fields>[^,。;:]{{3,80}})"
        )
        self._single = re.compile(
            rf"(?P<place>[\u3400-\u9fff]{{2,8}}?[市县区镇])(?:重点)?(?:{lexicon.assigning})(?:了|以|为)?(?P<field>[^,。;:、\d]{{2,16}}?)(?:为|作为)?(?:细分领域|细分赛道|主攻方向)"
        )

    def may_state(self, start: int, end: int) -> bool:
        """Whether a sentence has a word without which it states nothing of this sort."""
        return _CUE.search(self._text, start, end) is not None

    def clause(self, start: int, end: int, scene: Scene) -> None:
        """Add what the clause says of its subject to the scene."""
        phrase = self._text[start:end]
        if "+" in phrase:
            self._pairs(phrase, start, scene)
        verb = self._awarding.search(phrase)
        if verb is not None:
            self._titles(phrase, start, verb, scene)
        if "项目" in phrase:
            self._project(phrase, start, scene)

    def sentence(self, start: int, end: int, scene: Scene) -> list[Draft]:
        """Which county chose which sub-field."""
        phrase = self._text[start:end]
        if self._assigning.search(phrase) is None:
            return []
        if "分别" in phrase:
            return self._assignments(phrase, start, scene)
        found = []
        for match in self._single.finditer(phrase):
            found.append(
                self._assignment(
                    start + match.start(), start + match.end(), match["place"], match["field"], scene
                )
            )
        return found

    def _assignments(self, phrase: str, start: int, scene: Scene) -> list[Draft]:
        match = self._respective.search(phrase)
        if match is None:
            return []
        places = [place for place in _AND.split(_PLACES_TAIL.sub("", match["places"])) if place]
        fields = [field for field in _AND.split(_FIELD_TAIL.sub("", match["fields"])) if field]
        known = [place in self._lexicon.places or _PLACE_NAME.search(place) is not None for place in places]
        if len(places) < 2 or not fields or not all(known):
            return []
        first, last = start + match.start(), start + match.end()
        if len(places) != len(fields):
            draft = self._assignment(first, last, "、".join(places), "、".join(fields), scene)
            draft.doubts.append(_UNPAIRED)
            return [draft]
        return [
            self._assignment(first, last, place, field, scene)
            for place, field in zip(places, fields, strict=True)
        ]

    def _assignment(self, start: int, end: int, place: str, field: str, scene: Scene) -> Draft:
        draft = Draft(
            start, end, ClaimKind.ASSIGNMENT, "细分领域", number_start=end, sub_field=field.strip("“”")
        )
        draft.subject, draft.subject_support = self._lexicon.places.get(place, place), "named"
        draft.known = True
        draft.period, draft.period_support = self._timeline.period_of(draft, scene.previous)
        draft.number_start = -1
        return draft

    def _pairs(self, phrase: str, start: int, scene: Scene) -> None:
        """10+7 announces two counts at once; the “3+2” of “3+2”主导产业 is part of a name."""
        for match in _PAIR.finditer(phrase):
            if not match["noun"] and _NAMES_A_NOUN.match(phrase, match.end()):
                continue
            for group in ("first", "second"):
                if group == "first" and match["first"] == "1" and match["second"] == "1":
                    continue
                draft = Draft(
                    start=start + match.start(),
                    end=start + match.end(),
                    kind=ClaimKind.POLICY_COUNT,
                    indicator=f"{match['noun'] or '举措'}数（“{match['first']}+{match['second']}”之“{match[group]}”）",
                    known=True,
                    value=Decimal(match[group]),
                    unit="项",
                    number_start=start + match.start(group),
                    number_end=start + match.end(group),
                )
                draft.subject, draft.subject_support = scene.subject.name, scene.subject.support
                draft.period, draft.period_support = None, "none"
                scene.found.append(draft)

    def _titles(self, phrase: str, start: int, verb: re.Match[str], scene: Scene) -> None:
        after = phrase[verb.end() :]
        titles = [
            match["title"]
            for match in _QUOTED.finditer(after)
            if _HONOUR.search(match["title"]) and not _COUNTED.match(after, match.end())
        ]
        if titles:
            titles += [title for title in _in_the_same_list(after) if title not in titles]
        if not titles and (told := _HONOURS_TOLD.match(after)):
            titles = [item for item in _AND.split(told["list"]) if 4 <= len(item) <= 30]
        if not titles:
            known = self._lexicon.title_pattern.search(after)
            if (
                known is None
                or known.start() > 24
                or re.search(r"\d+[家个户]", after)
                or verb[0] in ("有", "通过", "成为")
            ):
                return
            titles = [
                re.sub(r"^(?:了|为|第.+?批|20\d\d年度?|首批|全市|全国)+", "", after[: known.end()]).strip(
                    "“”"
                )
            ]
        called = _CALLED.search(after)
        holders = [called["name"]] if called else self._holders(phrase[: verb.start()], scene.subject)
        for name in holders:
            for title in titles:
                draft = Draft(start, start + len(phrase), ClaimKind.TITLE, "称号", title=title, known=True)
                draft.number_start = start + len(phrase)
                draft.subject, draft.subject_support = (
                    name,
                    scene.subject.support if name == scene.subject.name else "named",
                )
                draft.period, draft.period_support = self._timeline.period_of(draft, None)
                draft.number_start = -1
                level = _LEVEL.search(title + after)
                draft.level = self._lexicon.levels.get(level[0], "") if level else ""
                draft.title = _without_level(title) if draft.level else title
                batch = _BATCH.search(after)
                draft.batch = batch[0] if batch else ""
                scene.found.append(draft)

    def _holders(self, before: str, subject: Subject) -> list[str]:
        if "、" in before and "的" not in before:
            names = [name for name in _AND.split(_LIST_TAIL.sub("", before)) if name]
            if len(names) >= 2 and all(2 <= len(name) <= 20 for name in names):
                return names
        return [subject.name] if subject.name else []

    def _project(self, phrase: str, start: int, scene: Scene) -> None:
        match = _PROJECT.search(phrase)
        if (
            match is None
            or re.search(r"\d|重点项目|重大项目|一批", match["name"])
            and "“" not in match["name"]
        ):
            return
        draft = Draft(
            start,
            start + match.end(),
            ClaimKind.PROJECT,
            "项目",
            project=_plain_project(match["name"]),
            known=True,
        )
        builder, draft.subject_support = self._builder(phrase[: match.start()], scene.subject)
        if not builder:
            return
        draft.subject = builder
        draft.period, draft.period_support = None, "none"
        scene.found.append(draft)

    def _builder(self, before: str, subject: Subject) -> tuple[str, str]:
        """Who builds the project: whom the clause names, else the name that stands before the verb.

        A subject carried over from another sentence yields to such a name, and so does a project,
        for 甲公司在做某项目 ends like a project as a whole.
        """
        own = subject.support in ("named", "pronoun", "weak") and subject.kind != "project"
        name = _BEFORE_VERB.sub("", self._lexicon.openers.sub("", before))
        if not own and _BUILDER.fullmatch(name) and not self._is_common(name):
            return self._lexicon.places.get(name, name), "weak"
        return (subject.name, subject.support) if subject.kind != "project" else ("", "none")

    def _is_common(self, phrase: str) -> bool:
        """Whether a phrase opens with a verb or ends with a common noun, so that it names nobody."""
        lexicon = self._lexicon
        return (
            lexicon.predicates.match(phrase) is not None
            or lexicon.generic.search(phrase) is not None
            or phrase in lexicon.pronouns
        )


def _in_the_same_list(after: str) -> list[str]:
    """Honours without quotation marks in the list that a quoted one stands in: “中国轴承之乡”、全国试点县和某省名县."""
    listed = _LIST_END.split(after, maxsplit=1)[0]
    if "”" not in listed or "、" not in listed:
        return []
    items = (item for item in _AND.split(listed) if "“" not in item and "”" not in item)
    return [item for item in items if 4 <= len(item) <= 30 and _LISTED_HONOUR.search(item)]


def _plain_project(name: str) -> str:
    """The project's name without quotation marks and without 等项目 behind it."""
    return re.sub(r"等?(?=项目$|工程$)", "", name.replace("“", "").replace("”", ""), count=1)


def _without_level(title: str) -> str:
    """A title without the words that say who gives it (省级, 山东省), which are told as its level."""
    return (
        re.sub(r"^(?:国家级|省级以上|省级|市级以上|市级|山东省|全省|国家|省|市)(?=[^\s])", "", title) or title
    )
