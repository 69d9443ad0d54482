"""Who may do what, over random actors and subjects; and the three administrators kept apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianzhang.casework import (
    ADMINISTRATORS,
    ANONYMOUS,
    PROGRAM,
    VERBS,
    Actor,
    Refused,
    Role,
    Scope,
    Subject,
    may,
    may_ever,
    posts_clash,
)

COUNTIES = ["371502", "371503", "371521", "371526", "371581"]
REGIONS = [None, "371500", "370000", "371100", *COUNTIES]
CHAINS = [None, "equipment", "WIRE", "AGRI", "textile"]
PEOPLE = ["p1", "p2", "p3"]
PLACES = [None, "o1", "o2", "o3"]
PEOPLES_ROLES = [role for role in Role if role not in {Role.visitor, Role.program}]
#: Verbs of the business of the chains: everything an administrator must not even read.
BUSINESS = [verb for verb in VERBS if verb.split(".")[0] in {"bulletin", "claim", "fact", "chain"}]

actors = st.one_of(
    st.just(ANONYMOUS),
    st.builds(
        Actor,
        person_id=st.sampled_from(PEOPLE),
        name=st.just("某人"),
        role=st.sampled_from(PEOPLES_ROLES),
        organisation_id=st.sampled_from(PLACES),
        region_code=st.sampled_from(REGIONS),
        chains=st.frozensets(st.sampled_from(["equipment", "WIRE", "AGRI", "*"])),
    ),
)
subjects = st.builds(
    Subject,
    kind=st.sampled_from(["fact", "bulletin", "person", "claim", "chain"]),
    id=st.sampled_from([None, *PEOPLE]),
    organisation_id=st.sampled_from(PLACES),
    region_code=st.sampled_from(REGIONS),
    chain=st.sampled_from(CHAINS),
    enterprise=st.sampled_from(PLACES),
    state=st.sampled_from([None, "proposed", "active", "disabled", "accepted"]),
    public=st.booleans(),
)
verbs = st.sampled_from(sorted(VERBS))


@given(actors, verbs, subjects)
def test_a_refusal_always_says_why_in_both_languages(actor: Actor, verb: str, subject: Subject) -> None:
    answer = may(actor, verb, subject)
    if isinstance(answer, Refused):
        assert answer.reason.zh.endswith("。")
        assert answer.reason.en.endswith(".")
    assert answer.allowed is not isinstance(answer, Refused)


@given(actors, verbs, subjects)
def test_nobody_without_the_role_is_allowed_except_to_read_what_is_published(
    actor: Actor, verb: str, subject: Subject
) -> None:
    if may(actor, verb, subject).allowed and actor.role not in VERBS[verb].scopes:
        assert subject.public
        assert VERBS[verb].reads
        assert actor.role not in ADMINISTRATORS


@given(actors, verbs, subjects)
def test_what_is_allowed_for_a_subject_is_allowed_for_the_role(
    actor: Actor, verb: str, subject: Subject
) -> None:
    if may(actor, verb, subject).allowed and not subject.public:
        assert may_ever(actor, verb).allowed


@given(st.sampled_from(COUNTIES), st.sampled_from(COUNTIES), verbs, subjects)
def test_a_county_officer_is_never_allowed_on_another_county(
    own: str, other: str, verb: str, subject: Subject
) -> None:
    officer = Actor(
        person_id="p1", name="县办", role=Role.county_officer, organisation_id="o1", region_code=own
    )
    scope = VERBS[verb].scopes.get(Role.county_officer)
    theirs = Subject(subject.kind, id=subject.id, region_code=other, chain=subject.chain, state=subject.state)
    if other != own and scope is Scope.own_county:
        assert not may(officer, verb, theirs).allowed


def test_a_county_officer_reads_the_own_county_and_the_city_above_it_but_no_other_city() -> None:
    officer = Actor(person_id="p1", name="县办", role=Role.county_officer, region_code="371526")
    allowed = {code: may(officer, "fact.see", Subject("fact", region_code=code)).allowed for code in REGIONS}
    assert [code for code, yes in allowed.items() if yes] == ["371500", "370000", "371526"]


@given(actors, subjects)
def test_a_chain_officer_accepts_claims_of_the_own_chains_only(actor: Actor, subject: Subject) -> None:
    if may(actor, "claim.accept", subject).allowed:
        assert actor.role is Role.chain_officer
        own_chain = subject.chain in actor.chains or "*" in actor.chains
        without_chain = subject.chain is None and subject.organisation_id == actor.organisation_id
        assert own_chain or without_chain


@given(actors, st.sampled_from(BUSINESS), subjects)
def test_administrators_see_no_business_at_all(actor: Actor, verb: str, subject: Subject) -> None:
    if actor.role in ADMINISTRATORS:
        assert not may(actor, verb, subject).allowed


@given(actors, verbs, verbs, subjects, subjects)
def test_nobody_both_creates_and_approves(
    actor: Actor, first: str, second: str, one: Subject, other: Subject
) -> None:
    creates = {"person.create", "post.propose", "link.issue", "organisation.create"}
    approves = {"person.approve", "post.approve", "link.approve"}
    if first in creates and second in approves:
        assert not (may(actor, first, one).allowed and may(actor, second, other).allowed)


def test_nobody_decides_about_the_own_account() -> None:
    admin = Actor(person_id="p1", name="安全", role=Role.security_admin)
    assert may(admin, "person.approve", Subject("person", "p2", state="proposed")).allowed
    assert not may(admin, "person.approve", Subject("person", "p1", state="proposed")).allowed


def test_only_the_audit_administrator_reads_the_journal() -> None:
    readers = [role for role in PEOPLES_ROLES if role in VERBS["journal.see"].scopes]
    assert readers == [Role.audit_admin]


@given(verbs, subjects)
def test_the_program_and_strangers_are_allowed_nothing_but_published_reading(
    verb: str, subject: Subject
) -> None:
    assert not may(PROGRAM, verb, subject).allowed
    if may(ANONYMOUS, verb, subject).allowed:
        assert subject.public
        assert VERBS[verb].reads


def test_an_administrators_post_goes_with_no_other() -> None:
    for admin in ADMINISTRATORS:
        assert not posts_clash(admin, admin)
        assert all(
            posts_clash(admin, role) and posts_clash(role, admin) for role in Role if role is not admin
        )
    assert not posts_clash(Role.chain_officer, Role.department_officer)


def test_an_act_out_of_season_is_refused_with_its_name() -> None:
    admin = Actor(person_id="p1", name="安全", role=Role.security_admin)
    answer = may(admin, "person.approve", Subject("person", "p2", state="active"))
    assert isinstance(answer, Refused)
    assert "批准账号" in answer.reason.zh


def test_every_verb_and_role_and_scope_has_words_in_both_languages() -> None:
    texts = [verb.label for verb in VERBS.values()]
    texts += [role.label for role in Role] + [scope.label for scope in Scope]
    assert all(text.zh and text.en for text in texts)
    assert all(any("一" <= character <= "鿿" for character in text.zh) for text in texts)
