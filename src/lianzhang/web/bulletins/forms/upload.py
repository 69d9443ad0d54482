"""The form with which a bulletin comes in: a file, or its text pasted."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Period
from lianzhang.reading.document import open_document
from lianzhang.web.bulletins import words
from lianzhang.web.bulletins.actions.receive import refuse_unfit
from lianzhang.web.bulletins.forms.typed import period_from
from lianzhang.web.chains import queries as chains
from lianzhang.web.people.permission import may


class UploadForm(forms.Form):
    """A bulletin, the chain it is about, and when it was published."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("通报文件"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Word（docx）、PDF、网页、文本，20 MiB 以内"),
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.html,.htm,.docx,.pdf,.mht"}),
    )
    text = forms.CharField(
        label=gettext_lazy("或粘贴正文"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    chain = forms.ChoiceField(label=gettext_lazy("产业链"))
    published = forms.CharField(
        label=gettext_lazy("发布日期"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("用来推算“今年”“上半年”；不填就从文中找"),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.chains = {chain.pk: chain for chain in chains.visible_to(actor) if _may_upload(actor, chain)}
        english = words.language() == "en"
        self.fields["chain"].choices = [
            (pk, chain.name_en if english and chain.name_en else chain.name)
            for pk, chain in self.chains.items()
        ]
        self.fields["published"].widget.attrs |= {"autocomplete": "off", "placeholder": "2025-08-15"}
        self.initial.setdefault("form_key", uuid4())

    def clean_published(self) -> Period | None:
        """The date as a period; a year or a month is enough."""
        try:
            return period_from(self.cleaned_data["published"])
        except LianzhangError as error:
            raise forms.ValidationError(error.say(words.language())) from error

    def clean(self) -> dict[str, Any]:
        """Exactly one of file and text, and nothing that is refused at sight."""
        cleaned: dict[str, Any] = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if "file" in self.errors:
            return cleaned
        if file is not None and text.strip():
            self.add_error("text", gettext("已选了文件，又粘贴了正文：请只留一样。"))
        elif file is None and not text.strip():
            self.add_error("file", gettext("请选一份文件，或在下面粘贴正文。"))
        try:
            if file is not None:
                refuse_unfit(file.size)
            elif text.strip():
                self._check_text(text)
        except LianzhangError as error:
            self.add_error("file" if file is not None else "text", error.say(words.language()))
        return cleaned

    def _check_text(self, text: str) -> None:
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        refuse_unfit(len(plain.encode("utf-8", "surrogatepass")))
        open_document(plain)
        self.cleaned_data["text"] = plain

    @property
    def content(self) -> bytes:
        """The bytes to keep."""
        file = self.cleaned_data.get("file")
        return file.read() if file is not None else self.cleaned_data["text"].encode("utf-8")

    @property
    def is_pasted(self) -> bool:
        """Whether the text came without a file."""
        return self.cleaned_data.get("file") is None

    @property
    def name(self) -> str:
        """What the bulletin is called in lists until its title is known."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return str(file.name)
        first = next((line.strip() for line in self.cleaned_data["text"].split("\n") if line.strip()), "")
        return first[:40] or gettext("粘贴的正文")

    @property
    def key(self) -> UUID | None:
        """The key that tells a form sent twice from a file brought twice."""
        return self.cleaned_data.get("form_key")


def _may_upload(actor: Actor, chain: Any) -> bool:
    in_charge = chain.pk if chain.pk in actor.chains else chain.parent_id or chain.pk
    return may(actor, "bulletin.upload", Subject(kind="bulletin", chain=in_charge)).allowed


class PublishedForm(forms.Form):
    """Another date of publication for a bulletin that has been read."""

    use_required_attribute = False

    published = forms.CharField(label=gettext_lazy("发布日期"), max_length=40)

    def clean_published(self) -> Period:
        """The date as a period."""
        try:
            period = period_from(self.cleaned_data["published"])
        except LianzhangError as error:
            raise forms.ValidationError(error.say(words.language())) from error
        if period is None:
            raise forms.ValidationError(gettext("请填发布日期，例如 2025-08-15。"))
        return period


class AddForm(forms.Form):
    """The words of the original on which a statement added by hand rests."""

    use_required_attribute = False

    quote = forms.CharField(
        label=gettext_lazy("原文片段"),
        strip=False,
        help_text=gettext_lazy("从左边原文照原样复制，标点和注音也要带上"),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )
    start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, text: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.text = text
        self.initial.setdefault("form_key", uuid4())

    def clean(self) -> dict[str, Any]:
        """Find the words in the original; they must stand there exactly once unless the place is given."""
        cleaned: dict[str, Any] = super().clean() or {}
        quote = (cleaned.get("quote") or "").replace("\r\n", "\n").strip("\n")
        if not quote.strip():
            if "quote" not in self.errors:
                self.add_error("quote", gettext("请填原文片段。"))
            return cleaned
        start = cleaned.get("start")
        if start is None or self.text[start : start + len(quote)] != quote:
            start = self._only_place(quote)
        if start is not None:
            cleaned["start"], cleaned["end"] = start, start + len(quote)
        return cleaned

    def _only_place(self, quote: str) -> int | None:
        times = self.text.count(quote)
        if times == 1:
            return self.text.index(quote)
        if times:
            self.add_error("quote", gettext("这段文字在原文中出现%(n)s次，请多复制几个字。") % {"n": times})
        else:
            self.add_error("quote", gettext("原文中没有这段文字，请从原文照原样复制。"))
        return None
