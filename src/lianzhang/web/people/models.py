"""Columns and constraints of people, organisations, posts and sign-in. Rules live in casework.roles."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianzhang.casework import Actor, Role
from lianzhang.kernel import clock

#: Roles that a post can carry; the others belong to nobody in particular.
POST_ROLES = [role for role in Role if role not in {Role.visitor, Role.without_post, Role.program}]


class OrganisationRows(models.QuerySet["Organisation"]):
    """Reads of organisations."""

    def visible_to(self, actor: Actor) -> OrganisationRows:
        """All for the two administrators who keep accounts, one's own for everybody else."""
        if actor.role in {Role.system_admin, Role.security_admin}:
            return self
        return self.filter(pk=actor.organisation_id) if actor.organisation_id else self.none()


class Organisation(models.Model):
    """An office, department, county, firm, institute or bank."""

    class Kind(models.TextChoices):
        """What the organisation is."""

        leaders = "leaders", _("市领导")
        chain_office = "chain_office", _("链长办")
        department = "department", _("部门")
        county = "county", _("县（市、区）")
        enterprise = "enterprise", _("企业")
        institute = "institute", _("科研院所")
        bank = "bank", _("银行")
        administration = "administration", _("系统管理")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=100, unique=True)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    region_code = models.CharField(
        _("行政区划代码"), max_length=6, blank=True, validators=[RegexValidator(r"^\d{6}$")]
    )
    #: Ids of the chains it serves; ["*"] = every chain.
    chains = models.JSONField(_("负责的产业链"), default=list, blank=True)
    created = models.DateTimeField(default=clock.now, editable=False)

    objects = OrganisationRows.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="organisation_county_has_region",
                condition=~Q(kind="county") | ~Q(region_code=""),
                violation_error_message=_("县（市、区）须填行政区划代码。"),
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class PersonRows(models.QuerySet["Person"]):
    """Reads of people."""

    def visible_to(self, actor: Actor) -> PersonRows:
        """All for the two administrators who keep accounts, oneself for everybody else."""
        if actor.role in {Role.system_admin, Role.security_admin}:
            return self
        return self.filter(pk=actor.person_id) if actor.person_id else self.none()


class Accounts(BaseUserManager.from_queryset(PersonRows)):  # type: ignore[misc]
    """Django's entry for looking up an account by the name typed at sign-in."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Account names are compared without regard to case."""
        return self.get(username=normal_username(username or ""))


def normal_username(text: str) -> str:
    """The one stored form of an account name: NFKC, lower case, no spaces around."""
    return str(Person.normalize_username(text.strip())).lower()


class Person(AbstractBaseUser):
    """One human being with one account; what they may do comes from the posts they hold."""

    class State(models.TextChoices):
        """Where the account stands."""

        proposed = "proposed", _("待批准")
        active = "active", _("启用")
        refused = "refused", _("未批准")
        disabled = "disabled", _("停用")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        _("账号"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[\w.-]{2,40}$", _("账号用字母、汉字、数字、点、横线，2至40个字符。"))],
    )
    name = models.CharField(_("姓名"), max_length=40)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.proposed)
    must_change_password = models.BooleanField(_("须修改口令"), default=True)
    password_changed = models.DateTimeField(null=True, blank=True, editable=False)
    #: Sealed TOTP seed; empty = no second factor.
    second_factor = models.TextField(blank=True, editable=False)
    #: Time step of the last code that was used, so that no code works twice.
    second_factor_step = models.BigIntegerField(default=0, editable=False)
    proposed_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    decided_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", editable=False)
    created = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = Accounts()

    class Meta:
        ordering = ("username",)
        constraints = [
            models.CheckConstraint(
                name="person_not_decided_by_proposer",
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="person_not_decided_by_oneself",
                condition=Q(decided_by=None) | ~Q(decided_by=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Store the account name in its one form."""
        self.username = normal_username(self.username)

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the account may sign in."""
        return self.state == self.State.active

    def get_full_name(self) -> str:
        """The person's name, as Django's validators ask for it."""
        return self.name


class Post(models.Model):
    """A position in an organisation. Its role never changes: a different role is a different post."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    role = models.CharField(
        _("角色"), max_length=20, choices=[(str(role), role.label.zh) for role in POST_ROLES]
    )
    title = models.CharField(_("职务"), max_length=40)

    class Meta:
        ordering = ("organisation__name", "title")
        constraints = [
            models.UniqueConstraint(name="post_once", fields=["organisation", "role", "title"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"

    @property
    def role_label(self) -> str:
        """The role in the words of the offices."""
        return Role(self.role).label.zh


class HoldingRows(models.QuerySet["Holding"]):
    """Reads of who holds which post."""

    def on(self, day: date) -> HoldingRows:
        """Approved holdings in force on `day`, both ends included."""
        return self.filter(Q(ends=None) | Q(ends__gte=day), state="active", starts__lte=day)


class Holding(models.Model):
    """One person in one post from a day to a day (both included; no end = until further notice).

    A database trigger refuses overlapping holdings by which one person would be an administrator
    and anything else (三员分立).
    """

    class State(models.TextChoices):
        """Whether the security administrator agreed."""

        proposed = "proposed", _("待批准")
        active = "active", _("已批准")
        refused = "refused", _("未批准")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    starts = models.DateField(_("自"), default=clock.today)
    ends = models.DateField(_("至"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.proposed)
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", editable=False)

    created = models.DateTimeField(default=clock.now, editable=False)

    objects = HoldingRows.as_manager()

    class Meta:
        ordering = ("starts", "created", "id")
        constraints = [
            models.CheckConstraint(
                name="holding_ends_after_start", condition=Q(ends=None) | Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="holding_not_decided_by_proposer",
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="holding_not_decided_by_oneself",
                condition=Q(decided_by=None) | ~Q(decided_by=F("person")),
            ),
            models.UniqueConstraint(
                name="holding_open_once",
                fields=["person", "post"],
                condition=Q(ends=None) & ~Q(state="refused"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class DelegationRows(models.QuerySet["Delegation"]):
    """Reads of who stands in for whom."""

    def on(self, day: date) -> DelegationRows:
        """Those whose days include `day`, of people who still hold the post and still have an account."""
        held = Holding.objects.on(day).filter(person__state=Person.State.active)
        return self.filter(holding__in=held, starts__lte=day, ends__gte=day, ended=None)


class Delegation(models.Model):
    """Somebody acts in another's post from a day to a day (both included); it ends by itself.

    Whether the two may is asked when it is given and again whenever it is used (`casework.delegation`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="delegations")
    to = models.ForeignKey(Person, models.PROTECT, related_name="stands_in")
    starts = models.DateField(_("自"))
    ends = models.DateField(_("至"))
    reason = models.CharField(_("事由"), max_length=100, blank=True)
    #: When one of the two ended it early.
    ended = models.DateTimeField(null=True)
    created = models.DateTimeField(default=clock.now, editable=False)

    objects = DelegationRows.as_manager()

    class Meta:
        ordering = ("-starts", "-created")
        constraints = [
            models.CheckConstraint(name="delegation_ends_after_start", condition=Q(ends__gte=F("starts"))),
        ]
        indexes = [models.Index(name="delegation_to", fields=["to", "ends"])]

    def __str__(self) -> str:
        return f"{self.to} {self.holding}"


class OneTimeLink(models.Model):
    """A link with which a person sets a password once. Only the digest of its secret is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="links")
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved = models.BooleanField(default=False)
    created = models.DateTimeField(default=clock.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="link_not_approved_by_issuer",
                condition=Q(approved_by=None) | Q(issued_by=None) | ~Q(approved_by=F("issued_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.created:%Y-%m-%d %H:%M}"


class OldPassword(models.Model):
    """Hashes of earlier passwords, so that the last ones are not used again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="old_passwords")
    password = models.CharField(max_length=128)
    changed = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-changed", "-id")

    def __str__(self) -> str:
        return f"{self.person} {self.changed:%Y-%m-%d}"


class LoginSession(AbstractBaseSession):
    """A server-side session. The key column holds a digest: a copy of the table opens no session."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="login_sessions")
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    opened = models.DateTimeField(default=clock.now)
    seen = models.DateTimeField(default=clock.now)

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads and writes these rows."""
        from lianzhang.web.people.sessions import SessionStore

        return SessionStore


class Attempt(models.Model):
    """One try at something that is limited per time, counted by all server processes together."""

    what = models.CharField(max_length=40)
    #: Digest of the account name or address: the table is no list of names that people typed.
    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(name="attempt_lookup", fields=["what", "who", "at"])]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
