"""Columns and constraints of the registry. Rows are added and never deleted: what no longer holds is known
from later rows, so that an older state can always be asked for."""

from lianzhang.web.registry.models.decisions import Correction, Judgement, SavedView, SubjectLink, ValueChoice
from lianzhang.web.registry.models.enterprise import Enterprise, EnterpriseName, EnterpriseValue, Recording
from lianzhang.web.registry.models.records import (
    BrandListing,
    Contact,
    ExportRecord,
    SupplyLink,
    TitleChange,
    TitleHolding,
    TitleJudgement,
)

__all__ = [
    "BrandListing",
    "Contact",
    "Correction",
    "Enterprise",
    "EnterpriseName",
    "EnterpriseValue",
    "ExportRecord",
    "Judgement",
    "Recording",
    "SavedView",
    "SubjectLink",
    "SupplyLink",
    "TitleChange",
    "TitleHolding",
    "TitleJudgement",
    "ValueChoice",
]
