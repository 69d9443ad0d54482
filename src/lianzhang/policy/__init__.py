"""Rules as data: who may have what, under which clause – read, checked, judged, said in words, and explained."""

from lianzhang.policy.ask import Question, ask
from lianzhang.policy.derived import DERIVATIONS, Derivation, derive
from lianzhang.policy.evaluate import Evaluation, Outcome, Reason, ScoreOutcome, evaluate, flip
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
from lianzhang.policy.tree import Confidence, Relation, conditions, facts_of

__all__ = [
    "DERIVATIONS",
    "FOLDERS",
    "Confidence",
    "Derivation",
    "Document",
    "Evaluation",
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
    "Standing",
    "Step",
    "ask",
    "condition_text",
    "conditions",
    "derive",
    "evaluate",
    "facts_of",
    "flip",
    "judge",
    "ladder",
    "need_of",
    "read_rules",
    "rule_book",
    "rule_lines",
    "sentence",
    "steps_to",
    "tree_reader",
]
