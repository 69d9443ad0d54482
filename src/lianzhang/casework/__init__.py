"""Who may do what on which subject, how cases move, and until when — without a database or a web page."""

from lianzhang.casework.calendar import Calendar, CalendarUnknown, Span, statutory
from lianzhang.casework.clocks import Clock, Limit, Pause, Standing
from lianzhang.casework.delegation import may_stand_in, term_refused
from lianzhang.casework.escalation import Colour, Rung, reached
from lianzhang.casework.flow import FLOWS, Case, Decision, Flow, Party, decide, offers, owner_of, parties_of
from lianzhang.casework.numbering import file_number, public_number, read_public_number
from lianzhang.casework.presets import KindPresets, load_calendar, load_presets
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
    "FLOWS",
    "PROGRAM",
    "VERBS",
    "Actor",
    "Allowed",
    "Calendar",
    "CalendarUnknown",
    "Case",
    "Clock",
    "Colour",
    "Decision",
    "Flow",
    "KindPresets",
    "Limit",
    "Party",
    "Pause",
    "Refused",
    "Role",
    "Rung",
    "Scope",
    "Span",
    "Standing",
    "Subject",
    "Verb",
    "decide",
    "file_number",
    "load_calendar",
    "load_presets",
    "may",
    "may_ever",
    "may_stand_in",
    "offers",
    "owner_of",
    "parties_of",
    "posts_clash",
    "public_number",
    "reached",
    "read_public_number",
    "statutory",
    "term_refused",
]
