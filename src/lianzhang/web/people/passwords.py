"""Rules for passwords beyond Django's own; which of them apply is decided by AUTH_PROFILE."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lianzhang.kernel import clock
from lianzhang.web.people.models import Person

_MAXIMUM = 256
_REMEMBERED = 5
#: Words that anybody in the office would try first.
_LOCAL_WORDS = (
    "聊城",
    "链长",
    "产业链",
    "liaocheng",
    "lianzhang",
    "chanyelian",
    "shandong",
    "山东",
    "password",
    "admin",
)
#: A password made of a local word must keep at least this many characters of its own.
_OWN_CHARACTERS = 8


class MaximumLength:
    """Long pass phrases are welcome; megabytes are an attack on the hash."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError when the password is absurdly long."""
        if len(password) > _MAXIMUM:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return _("口令最长 %(number)s 个字符。") % {"number": _MAXIMUM}


class CharacterClasses:
    """Three of four kinds of characters, as GB/T 22239-2019 8.1.4.1 a) is assessed."""

    _NEEDED = 3

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError when fewer kinds are used. Chinese characters count as “other”."""
        kinds = {
            "lower"
            if re.match(r"[a-z]", character)
            else "upper"
            if re.match(r"[A-Z]", character)
            else "digit"
            if character.isdigit()
            else "other"
            for character in password
        }
        if len(kinds) < self._NEEDED:
            raise ValidationError(self.get_help_text(), code="password_few_kinds")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return _("口令须含大写字母、小写字母、数字、其他字符中的至少三类。")


class LocalWords:
    """Names of the place and of the person's own organisation, with or without a year, are guessed first."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError when little remains after local words and years are taken out."""
        rest = unicodedata.normalize("NFKC", password).lower()
        words = [*_LOCAL_WORDS, *_organisation_words(user)]
        found = False
        for word in words:
            if word and word in rest:
                found = True
                rest = rest.replace(word, "")
        rest = re.sub(r"(19|20)\d\d", "", rest)
        if found and len(rest) < _OWN_CHARACTERS:
            raise ValidationError(self.get_help_text(), code="password_local_word")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return _("口令不能主要由地名、单位名、系统名加年份组成。")


class NotAmongLastFive:
    """The present password and the ones before it are used up."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError when the password was used before."""
        if user is None or user._state.adding:
            return
        earlier = user.old_passwords.values_list("password", flat=True)[:_REMEMBERED]
        if any(check_password(password, encoded) for encoded in earlier):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return _("口令不能与最近 %(number)s 次用过的相同。") % {"number": _REMEMBERED}


def has_expired(person: Person) -> bool:
    """Whether the profile asks for a new password by now."""
    days = settings.PASSWORD_LIFETIME_DAYS
    if days is None or person.password_changed is None:
        return False
    return clock.now() - person.password_changed > timedelta(days=days)


def _organisation_words(person: Person | None) -> list[str]:
    if person is None or person._state.adding:
        return []
    names = person.holdings.values_list("post__organisation__name", "post__organisation__short_name")
    return [word.lower() for pair in names for word in pair if len(word) > 1]
