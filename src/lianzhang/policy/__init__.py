"""Rules as data: who may have what, under which clause – read, checked, judged, said in words, and explained."""

from lianzhang.policy.ask import Question, ask
from lianzhang.policy.cases import Case, cases, faults
from lianzhang.policy.derived import DERIVATIONS, Derivation, derive
from lianzhang.policy.evaluate import Evaluation, Outcome, Reason, ScoreOutcome, evaluate, flip
from lianzhang.policy.exemption import (
    Advice,
    ExemptionFinding,
    ExemptionItem,
    ExemptionList,
    exemption,
    exemption_list,
)
from lianzhang.policy.judge import Facts, Interval, judge
from lianzhang.policy.ladder import Ladder, Rung, Step, ladder, steps_to
from lianzhang.policy.load import FOLDERS, read_rules, rule_book, tree_reader
from lianzhang.policy.rule import (
    Document,
    Force,
    Offer,
    Parameter,
    Rule,
    RuleBook,
    RuleError,
    RuleKind,
    Standing,
)
from lianzhang.policy.sentence import Line, condition_text, need_of, rule_lines, sentence
from lianzhang.policy.size_class import (
    CLASSES,
    SizeFinding,
    SizeStandard,
    size_class,
    size_standard,
    size_standards,
    standard_on,
)
from lianzhang.policy.tree import Confidence, Relation, conditions, facts_of

__all__ = [
    "CLASSES",
    "DERIVATIONS",
    "FOLDERS",
    "Advice",
    "Case",
    "Confidence",
    "Derivation",
    "Document",
    "Evaluation",
    "ExemptionFinding",
    "ExemptionItem",
    "ExemptionList",
    "Facts",
    "Force",
    "Interval",
    "Ladder",
    "Line",
    "Offer",
    "Outcome",
    "Parameter",
    "Question",
    "Reason",
    "Relation",
    "Rule",
    "RuleBook",
    "RuleError",
    "RuleKind",
    "Rung",
    "ScoreOutcome",
    "SizeFinding",
    "SizeStandard",
    "Standing",
    "Step",
    "ask",
    "cases",
    "condition_text",
    "conditions",
    "derive",
    "evaluate",
    "exemption",
    "exemption_list",
    "facts_of",
    "faults",
    "flip",
    "judge",
    "ladder",
    "need_of",
    "read_rules",
    "rule_book",
    "rule_lines",
    "sentence",
    "size_class",
    "size_standard",
    "size_standards",
    "standard_on",
    "steps_to",
    "tree_reader",
]
