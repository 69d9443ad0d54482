"""Whom a figure speaks of, and which phrases name one project."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Projects told of as a number or a sort, which have no name of their own.
_MANY_PROJECTS = re.compile(
    r"(?:^[此本这上各全]|集中|重点|重大|签约|新开工|开\(复\)工|在建|续建|各类|亿元|以上|类|个|批)(?:项目|工程)$|^\d|^(?:此次|本次|集中开工)"
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject and how well it is supported.

    `support`: `named` in the clause, `pronoun` (该公司, 全市), `weak` (an unknown name in subject
    position), `carried` from before, `title` (whom the document is about), or `none`.
    """

    name: str
    kind: str
    support: str
    end: int = -1


NOBODY = Subject("", "", "none")


def is_one_project(name: str) -> bool:
    """Whether a phrase that ends in 项目 names one project and not a number or a sort of them."""
    if name.startswith("“"):
        return True
    numbered = "年产" not in name and _DIGIT.search(name) is not None
    return len(name) >= 5 and not numbered and _MANY_PROJECTS.search(name) is None
