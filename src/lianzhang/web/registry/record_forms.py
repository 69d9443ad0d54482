"""Forms for single records of an enterprise: brands, exports, supply links, contacts, what became of a title.

Each gives its `entry` once it is valid, and its `initial_of` a record that is to be corrected.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.casework import Actor
from lianzhang.kernel import Period, clock
from lianzhang.naming import Outcome
from lianzhang.tables.values.currencies import CURRENCIES
from lianzhang.tables.values.periods import parse_period
from lianzhang.web.registry import queries, resolving
from lianzhang.web.registry.entries import BrandEntry, ContactEntry, ExportEntry, SupplyEntry
from lianzhang.web.registry.forms import SourcedForm
from lianzhang.web.registry.models import Enterprise, TitleChange

_LEVELS = ("国家级", "省级", "市级", "县级")
MONEY = tuple(f"万{money}" for money in dict.fromkeys(CURRENCIES.values()))
_DAY = {"placeholder": "2025-06-30", "inputmode": "numeric", "autocomplete": "off"}


class RecordForm(SourcedForm):
    """What all of them ask, and that nobody has written in between."""

    def __init__(
        self, *arguments: Any, actor: Actor, row: Enterprise, record: Any = None, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.actor, self.row, self.record = actor, row, record
        self.initial |= {"version": row.version, "as_of": clock.today().isoformat()}
        if record is not None:
            self.initial |= self.initial_of(record)
        self.order_fields([*(name for name in self.fields if name not in _LAST), *_LAST])

    def initial_of(self, record: Any) -> dict[str, Any]:
        """What the form begins with when `record` is corrected."""
        return {name: getattr(record, name) for name in self.fields if hasattr(record, name)} | {"source": ""}

    def clean_as_of(self) -> date:
        """No later than today."""
        return _not_later(self.cleaned_data["as_of"])


_LAST = ("source", "as_of", "version")


class BrandForm(RecordForm):
    """A brand on an official list."""

    brand = forms.CharField(label=gettext_lazy("品牌"), max_length=120)
    listing = forms.CharField(
        label=gettext_lazy("入选名单"), max_length=120, help_text=gettext_lazy("例如：好品山东、中国驰名商标")
    )
    level = forms.ChoiceField(
        label=gettext_lazy("级别"), required=False, choices=[("", "—"), *((one, one) for one in _LEVELS)]
    )
    listed = forms.CharField(
        label=gettext_lazy("入选时间"), required=False, max_length=20, help_text=gettext_lazy("可以只写年份")
    )
    valid_until = forms.DateField(
        label=gettext_lazy("有效至"),
        required=False,
        help_text=gettext_lazy("名单没写就不填，按“有效期未写明”算"),
        widget=forms.DateInput(attrs=_DAY),
    )

    def clean_listed(self) -> str:
        """A day, a month or a year."""
        return _period(self.cleaned_data["listed"])

    @property
    def entry(self) -> BrandEntry:
        """The brand as it is stored."""
        return BrandEntry(enterprise=self.row.pk, **_said(self))


class ExportForm(RecordForm):
    """What was sold abroad in a period."""

    period = forms.CharField(
        label=gettext_lazy("时期"), max_length=20, help_text=gettext_lazy("例如 2024、2025年上半年、2025-03")
    )
    product = forms.CharField(label=gettext_lazy("产品"), required=False, max_length=120)
    market = forms.CharField(
        label=gettext_lazy("市场"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("国家或地区；不填为全部市场合计"),
    )
    amount = forms.DecimalField(label=gettext_lazy("出口额"), min_value=0, max_digits=18, decimal_places=4)
    unit = forms.ChoiceField(
        label=gettext_lazy("单位"),
        required=False,
        choices=[(unit, unit) for unit in MONEY],
        help_text=gettext_lazy("外币照原币登记，不折算"),
    )

    def clean_period(self) -> str:
        """A period that has begun."""
        return _period(self.cleaned_data["period"])

    def clean_unit(self) -> str:
        """Yuan where nothing else is chosen."""
        return self.cleaned_data["unit"] or MONEY[0]

    @property
    def entry(self) -> ExportEntry:
        """The record as it is stored."""
        return ExportEntry(enterprise=self.row.pk, **_said(self), **_kept(self))


class SupplyForm(RecordForm):
    """Who buys what from whom, seen from one of the two."""

    direction = forms.ChoiceField(
        label=gettext_lazy("方向"),
        choices=[("buys", gettext_lazy("本企业采购自对方")), ("sells", gettext_lazy("本企业销售给对方"))],
    )
    partner = forms.CharField(
        label=gettext_lazy("对方企业"), max_length=200, help_text=gettext_lazy("名称、简称或企业库编号")
    )
    by_name = forms.BooleanField(label=gettext_lazy("认不准是哪家，只按名称登记"), required=False)
    product = forms.CharField(label=gettext_lazy("产品"), required=False, max_length=120)
    amount = forms.DecimalField(
        label=gettext_lazy("金额（万元）"), required=False, min_value=0, max_digits=18, decimal_places=4
    )
    period = forms.CharField(label=gettext_lazy("年度"), required=False, max_length=20)

    def initial_of(self, record: Any) -> dict[str, Any]:
        """The record as this end of it sees it."""
        buys = record.buyer_id in queries.cluster_of([self.row.pk])
        other = record.supplier_name if buys else record.buyer_name
        direction = "buys" if buys else "sells"
        return super().initial_of(record) | {"direction": direction, "partner": other}

    def clean_period(self) -> str:
        """A period that has begun, or none."""
        return _period(self.cleaned_data["period"])

    def clean(self) -> dict[str, Any]:
        """Which enterprise the partner is: `partner_id` is None where it stays a name."""
        said = super().clean() or self.cleaned_data
        if said.get("partner"):
            said["partner_id"] = None if said["by_name"] else self._partner(said["partner"].strip())
        return said

    def _partner(self, text: str) -> str | None:
        if self.record is not None and text == self.initial["partner"]:
            return _other_end(self.record, queries.cluster_of([self.row.pk]))
        named = queries.one(self.actor, text.upper()) if re.fullmatch(r"[Ee]\w{3,12}", text) else None
        found = resolving.resolved(text)
        firm = named or (found.enterprise and queries.one(self.actor, found.enterprise.pk))
        if firm is not None and firm.pk == self.row.pk:
            self.add_error("partner", gettext("对方就是本企业。"))
        seen = [one for one, _ in found.candidates if queries.one(self.actor, one.pk) is not None]
        if firm is None and found.outcome == Outcome.AMBIGUOUS and seen:
            among = gettext("、").join(f"{one.name}（{one.pk}）" for one in seen[:5])
            self.add_error(
                "partner",
                gettext("有几家相符：%(among)s。请填其中一家的编号，或勾选只按名称登记。") % {"among": among},
            )
        return firm.pk if firm is not None else None

    @property
    def entry(self) -> SupplyEntry:
        """The link as it is stored."""
        said = _said(self)
        buys = said.pop("direction") == "buys"
        partner, partner_id = said.pop("partner").strip(), said.pop("partner_id")
        said.pop("by_name")
        known = queries.names_of([partner_id]).get(partner_id, partner) if partner_id else partner
        here, there = (self.row.pk, self.row.name), (partner_id, known)
        buyer, supplier = (here, there) if buys else (there, here)
        return SupplyEntry(
            buyer=buyer[0],
            buyer_name=buyer[1],
            supplier=supplier[0],
            supplier_name=supplier[1],
            unit="万元" if said["amount"] is not None else "",
            **said,
            **_kept(self),
        )


class ContactForm(RecordForm):
    """Whom to call."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    duty = forms.CharField(label=gettext_lazy("职务"), required=False, max_length=40)
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    instead_of = forms.TypedChoiceField(
        label=gettext_lazy("是否接替原来的联系人"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("换了人的，选被接替的那位；他（她）转入历史。同名换号的不用选"),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        standing = () if self.record is not None else queries.contacts_of([self.row.pk])
        choices = [(str(one.pk), _contact_words(one)) for one in standing]
        if choices:
            beside = ("", gettext("不接替，另增一位"))
            self.fields["instead_of"].choices = [beside, *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["instead_of"]
        masked = getattr(self.record, "phone_masked", "")
        self.fields["phone"].help_text = (
            gettext("现为%(masked)s；不填就不改") % {"masked": masked}
            if masked
            else gettext("手机或带区号的座机；存入后只显示首尾几位")
        )

    def clean_phone(self) -> str:
        """Digits, with what people write between them."""
        phone = re.sub(r"[\s\-—－()（）]", "", self.cleaned_data["phone"])
        if phone and not re.fullmatch(r"\+?\d{5,20}", phone):
            raise forms.ValidationError(gettext("电话只能是数字，可带区号。"))
        return phone

    @property
    def entry(self) -> ContactEntry:
        """The contact as it is stored."""
        return ContactEntry(enterprise=self.row.pk, **_said(self))


class TitleChangeForm(RecordForm):
    """What became of a title."""

    what = forms.ChoiceField(
        label=gettext_lazy("变动"),
        choices=[
            (TitleChange.What.RECHECKED, gettext_lazy("复核通过")),
            (TitleChange.What.CONFIRMED, gettext_lazy("查明有效期")),
            (TitleChange.What.LAPSED, gettext_lazy("到期失效")),
            (TitleChange.What.REVOKED, gettext_lazy("被撤销")),
        ],
    )
    on = forms.DateField(
        label=gettext_lazy("日期"),
        help_text=gettext_lazy("复核通过、失效或撤销的那一天；查明有效期的填查到的那一天"),
        widget=forms.DateInput(attrs=_DAY),
    )
    valid_until = forms.DateField(
        label=gettext_lazy("有效至"),
        required=False,
        help_text=gettext_lazy("复核或查明后的新有效期"),
        widget=forms.DateInput(attrs=_DAY),
    )
    because = forms.CharField(
        label=gettext_lazy("原因"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("失效和撤销必须写明"),
    )

    def clean_on(self) -> date:
        """No later than today."""
        return _not_later(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        """A reason where one is due, an end that lies after the day and where there can be one."""
        said = super().clean() or self.cleaned_data
        ends = said.get("what") in (TitleChange.What.LAPSED, TitleChange.What.REVOKED)
        if ends and not said.get("because"):
            self.add_error("because", gettext("请写明失效或撤销的原因。"))
        if ends:
            said["valid_until"] = None
        elif said.get("what") == TitleChange.What.CONFIRMED and not said.get("valid_until"):
            self.add_error("valid_until", gettext("请填查明的有效期。"))
        until, on = said.get("valid_until"), said.get("on")
        if until and on and said.get("what") == TitleChange.What.RECHECKED and until < on:
            self.add_error("valid_until", gettext("有效期至不能早于复核日期。"))
        return said


def _contact_words(contact: Any) -> str:
    return " ".join(one for one in (contact.name, contact.duty, contact.phone_masked) if one)


#: The form for each group of single records.
FORMS: dict[str, type[RecordForm]] = {
    "brands": BrandForm,
    "exports": ExportForm,
    "supply": SupplyForm,
    "contacts": ContactForm,
}


def _said(form: RecordForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name not in _LAST}


def _kept(form: RecordForm) -> dict[str, Any]:
    """What the form does not ask stays with the record that it corrects: an “over” while the amount stays too."""
    if form.record is None:
        return {}
    asked_nowhere = ("quantity", "quantity_unit")
    kept = {name: getattr(form.record, name) for name in asked_nowhere if hasattr(form.record, name)}
    stays = form.cleaned_data["amount"] == form.record.amount
    return kept | {"qualifier": form.record.qualifier if stays else ""}


def _not_later(day: date) -> date:
    if day > clock.today():
        raise forms.ValidationError(gettext("日期不能在今天之后。"))
    return day


def _period(text: str) -> str:
    """The text form of a period that has begun; empty stays empty."""
    if not text.strip():
        return ""
    found = parse_period(text.strip())
    if found is None:
        raise forms.ValidationError(gettext("认不出这个时期；可写 2024、2025-03、2025年上半年。"))
    if Period.parse(found).start > clock.today():
        raise forms.ValidationError(gettext("这个时期还没有到。"))
    return found


def _other_end(record: Any, ids: list[str]) -> str | None:
    other: str | None = record.supplier_id if record.buyer_id in ids else record.buyer_id
    return other
