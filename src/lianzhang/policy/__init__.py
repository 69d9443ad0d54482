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
from lianzhang.policy.self_check import (
    Answer,
    CheckQuestion,
    SelfCheck,
    check_questions,
    questions_for,
    self_check,
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
from lianzhang.policy.tiers import NamedTier, named_tiers, tier_named
from lianzhang.policy.tree import Confidence, Relation, conditions, facts_of

__all__ = [
    "CLASSES",
    "DERIVATIONS",
    "FOLDERS",
    "Advice",
    "Answer",
    "Case",
    "CheckQuestion",
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
    "NamedTier",
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
    "SelfCheck",
    "SizeFinding",
    "SizeStandard",
    "Standing",
    "Step",
    "ask",
    "cases",
    "check_questions",
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
    "named_tiers",
    "need_of",
    "questions_for",
    "read_rules",
    "rule_book",
    "rule_lines",
    "self_check",
    "sentence",
    "size_class",
    "size_standard",
    "size_standards",
    "standard_on",
    "steps_to",
    "tier_named",
    "tree_reader",
]
