"""Who may do what on which subject — decided here, without a database or a web page."""

from lianzhang.casework.roles import (
    ADMINISTRATORS,
    ANONYMOUS,
    PROGRAM,
    VERBS,
    Actor,
    Allowed,
    Refused,
    Role,
    Scope,
    Subject,
    Verb,
    may,
    may_ever,
    posts_clash,
)

__all__ = [
    "ADMINISTRATORS",
    "ANONYMOUS",
    "PROGRAM",
    "VERBS",
    "Actor",
    "Allowed",
    "Refused",
    "Role",
    "Scope",
    "Subject",
    "Verb",
    "may",
    "may_ever",
    "posts_clash",
]
