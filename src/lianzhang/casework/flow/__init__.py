"""How each kind of case moves: one table per kind, one function that reads it."""

from types import MappingProxyType

from lianzhang.casework.flow.act import Act
from lianzhang.casework.flow.decide import Decision, begin, decide, offers
from lianzhang.casework.flow.diagram import diagram
from lianzhang.casework.flow.grammar import Case, Flow, Party, State, Transition
from lianzhang.casework.flow.guards import CONDITIONS, GUARDS, LOW, RESULTS
from lianzhang.casework.flow.meeting import MEETING, RESOLUTION
from lianzhang.casework.flow.need import NEED, VISIT
from lianzhang.casework.flow.parties import owner_of, parties_of
from lianzhang.casework.flow.problem import PROBLEM
from lianzhang.casework.flow.project import FACTOR, PROJECT
from lianzhang.casework.flow.request import REQUEST, SHOWN
from lianzhang.casework.flow.stages import STAGES

#: Every kind of case there is.
FLOWS = MappingProxyType(
    {flow.kind: flow for flow in (REQUEST, PROBLEM, MEETING, RESOLUTION, PROJECT, FACTOR, NEED, VISIT)}
)

__all__ = [
    "CONDITIONS",
    "FLOWS",
    "GUARDS",
    "LOW",
    "RESULTS",
    "SHOWN",
    "STAGES",
    "Act",
    "Case",
    "Decision",
    "Flow",
    "Party",
    "State",
    "Transition",
    "begin",
    "decide",
    "diagram",
    "offers",
    "owner_of",
    "parties_of",
]
