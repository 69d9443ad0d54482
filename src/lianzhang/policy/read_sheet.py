"""YAML → score sheet: items, their bands, first matches and best-of choices, groups with ceilings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from lianzhang.kernel.fact import Fact, FactType
from lianzhang.kernel.fact_dictionary import both_languages
from lianzhang.kernel.lined_yaml import LinedList, LinedMapping, Place
from lianzhang.kernel.text import Text
from lianzhang.policy.read_tree import TreeReader
from lianzhang.policy.tree import Award, Comparison, FirstMatch, Ground, Item, Relation, Sheet

_WAYS = ("bands", "first", "best_of", "judged_by_people")


def read_sheet(row: LinedMapping, reader: TreeReader, ground: Ground) -> tuple[Sheet, dict[str, Fact]]:
    """A sheet and the facts that hold an official score for its groups, where one may be known."""
    row.only(("total", "stated", "groups", "items", "note"))
    groups: dict[str, Decimal] = {}
    labels: dict[str, Text] = {}
    for name, group in (row.get("groups") or {}).items():
        group.only(("most", "label"))
        groups[name] = points(group.need("most"), group.at("most"))[1]
        labels[name] = both_languages(group, "label")
    items = tuple(
        _item(item, row["items"].at(index), reader, ground) for index, item in enumerate(row.need("items"))
    )
    stated = row.get("stated")
    facts = (
        {group: reader.fact(stated, group) for group in stated} if isinstance(stated, LinedMapping) else {}
    )
    sheet = Sheet(points(row.need("total"), row.at("total"))[1], items, groups, labels)
    _check(sheet, row)
    return sheet, facts


def _check(sheet: Sheet, row: LinedMapping) -> None:
    seen: set[str] = set()
    for item in sheet.items:
        if item.id in seen:
            raise item.ground.place.refuse(
                Text(f"评分项“{item.id}”写了两次。", f"Score item {item.id} stands twice."),
                Text("请删去其中一个，或换一个编号。", "Remove one, or give it another id."),
            )
        seen.add(item.id)
        if sheet.groups and item.group not in sheet.groups:
            raise item.ground.place.refuse(
                Text(f"评分表中没有“{item.group}”这一组。", f"The sheet has no group “{item.group}”."),
                Text("请在 groups 中加入它。", "Add it to `groups`."),
            )
    for name, most in sheet.groups.items():
        reachable = sum((item.most for item in sheet.items if item.group == name), Decimal(0))
        if reachable != most:
            raise row.at("groups").refuse(
                Text(
                    f"“{name}”组各项满分之和是{reachable}，与组的满分{most}不符。",
                    f"The items of {name} add up to {reachable}, not to its maximum {most}.",
                ),
                Text("请核对各项满分。", "Check the maxima of the items."),
            )


def _item(row: LinedMapping, place: Place, reader: TreeReader, above: Ground) -> Item:
    row.only(("id", "group", "label", "most", "confidence", "clause", "note", *_WAYS))
    ground = replace(reader.ground(row, above), place=place)
    most = points(row.need("most"), row.at("most"))[1]
    item = Item(
        id=str(row.need("id")),
        group=str(row.get("group", "")),
        label=both_languages(row, "label"),
        most=most,
        ways=_ways(row, reader, ground, most),
        ground=ground,
    )
    for award in (award for way in item.ways for award in way.awards):
        if not 0 <= award.low <= award.high <= most:
            raise place.refuse(
                Text(
                    f"“{item.label.zh}”的分值{award.low}—{award.high}超出0—{most}。",
                    f"{item.id}: points {award.low}–{award.high} lie outside 0–{most}.",
                ),
                Text("请改正分值，或该项的满分 most。", "Correct the points, or `most` of the item."),
            )
    return item


def _ways(row: LinedMapping, reader: TreeReader, ground: Ground, most: Decimal) -> tuple[FirstMatch, ...]:
    heads = [key for key in _WAYS if key in row]
    if len(heads) != 1:
        raise row.place.refuse(
            Text("评分项须有且只有一种给分办法。", "A score item has exactly one way of giving points."),
            Text(f"可用：{'、'.join(_WAYS)}。", f"Use one of: {', '.join(_WAYS)}."),
        )
    if heads[0] == "best_of":
        return tuple(way for part in row["best_of"] for way in _ways(part, reader, ground, most))
    if heads[0] == "judged_by_people":
        return (FirstMatch((Award(None, Decimal(0), most),)),)
    awards = _bands(row["bands"], reader, ground) if heads[0] == "bands" else _first(row, reader, ground)
    return (FirstMatch(tuple(awards)),)


def _first(row: LinedMapping, reader: TreeReader, ground: Ground) -> list[Award]:
    awards = []
    listed = row["first"]
    for index, step in enumerate(listed):
        step.only(("when", "points"))
        place = replace(ground, place=listed.at(index))
        when = reader.read(step["when"], place) if "when" in step else None
        awards.append(Award(when, *points(step.need("points"), step.at("points"))))
    return awards


def _bands(row: LinedMapping, reader: TreeReader, ground: Ground) -> list[Award]:
    """Bands of one fact, best first: [[5, 20], [3, 15]] under at_least means 20 points from 5 on, 15 from 3 on."""
    row.only(("fact", "unit", "at_least", "more_than", "at_most", "less_than", "equals", "otherwise"))
    fact = reader.fact(row, "fact")
    reader.check_unit(fact, row)
    form = reader.form(row, [relation.value for relation in Relation])
    awards = []
    listed = row[form]
    for index, pair in enumerate(listed):
        place = listed.at(index)
        if not isinstance(pair, LinedList) or len(pair) not in {2, 3}:
            raise place.refuse(
                Text("每一档写成 [界限, 分值]。", "A band is written as [bound, points]."),
                Text("例如 [[20, 3], [50, 5]]。", "For example [[20, 3], [50, 5]]."),
            )
        own = replace(reader.ground(LinedMapping(place), ground), place=place)
        if len(pair) == 3:  # a band may rest on less than the rest of its item
            letter = LinedMapping(place)
            letter.put("confidence", pair[2], place.line)
            own = reader.ground(letter, ground)
        when = Comparison(fact, Relation(form), reader.value(fact, pair[0], place), own)
        awards.append(Award(when, *points(pair[1], place)))
    _ordered(fact, form, awards, row.at(form))
    awards.append(Award(None, *points(row.get("otherwise", 0), row.at("otherwise"))))
    return awards


def _ordered(fact: Fact, form: str, awards: list[Award], place: Place) -> None:
    """A band behind a wider one could never be reached."""
    if fact.type not in {FactType.NUMBER, FactType.INTEGER} or form == "equals":
        return
    bounds = [award.when.value for award in awards if isinstance(award.when, Comparison)]
    wanted = sorted(bounds, key=lambda bound: Decimal(str(bound)), reverse=form in {"at_least", "more_than"})
    if bounds != wanted or len(set(bounds)) != len(bounds):
        raise place.refuse(
            Text(
                "各档的顺序不对，后面的档永远轮不到。",
                "The bands are out of order; a later one is never reached.",
            ),
            Text("请从得分最高的档写起。", "Begin with the band that gives most."),
        )


def points(raw: object, place: Place) -> tuple[Decimal, Decimal]:
    """Points, or the lowest and highest of a range that experts choose from."""
    ends = raw if isinstance(raw, list) else [raw, raw]
    if len(ends) != 2 or any(isinstance(end, bool) or not isinstance(end, int | float) for end in ends):
        raise place.refuse(
            Text(f"“{raw}”不是分值。", f"“{raw}” is not points."),
            Text("写一个数，或写 [最低, 最高]。", "Write a number, or [lowest, highest]."),
        )
    low, high = (Decimal(repr(end)) for end in ends)
    return low, high
