"""Chains: the map of a chain as a value, and everything that can be computed from it alone."""

from lianzhang.chain.checks import GRAVE, Fault, Finding, findings
from lianzhang.chain.compare import Change, Difference, differences
from lianzhang.chain.coverage import (
    Coverage,
    Firm,
    Mark,
    NodeCoverage,
    Supply,
    Thresholds,
    coverage,
)
from lianzhang.chain.grouping import MOST_NODES, Grouped, grouped, part_of
from lianzhang.chain.layout import Band, Box, Form, Line, Plan, plan
from lianzhang.chain.load import load_map
from lianzhang.chain.model import (
    ChainMap,
    Industry,
    Link,
    LinkKind,
    NamedFirm,
    Node,
    NodeTerms,
    Stage,
    State,
)
from lianzhang.chain.positions import depths, derived_stages
from lianzhang.chain.written import (
    LINK_COLUMNS,
    NODE_COLUMNS,
    TableError,
    from_plain,
    from_rows,
    link_rows,
    node_of_row,
    node_row,
    node_rows,
    to_plain,
)

__all__ = [
    "GRAVE",
    "LINK_COLUMNS",
    "MOST_NODES",
    "NODE_COLUMNS",
    "Band",
    "Box",
    "ChainMap",
    "Change",
    "Coverage",
    "Difference",
    "Fault",
    "Finding",
    "Firm",
    "Form",
    "Grouped",
    "Industry",
    "Line",
    "Link",
    "LinkKind",
    "Mark",
    "NamedFirm",
    "Node",
    "NodeCoverage",
    "NodeTerms",
    "Plan",
    "Stage",
    "State",
    "Supply",
    "TableError",
    "Thresholds",
    "coverage",
    "depths",
    "derived_stages",
    "differences",
    "findings",
    "from_plain",
    "from_rows",
    "grouped",
    "link_rows",
    "load_map",
    "node_of_row",
    "node_row",
    "node_rows",
    "part_of",
    "plan",
    "to_plain",
]
