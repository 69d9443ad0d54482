"""Words of the pages about facts in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language, pgettext


def is_english() -> bool:
    """Whether the page is being made in English."""
    return (get_language() or "").startswith("en")


def kinds() -> dict[str, str]:
    """The kinds of statements by their stored names."""
    return {
        "metric": pgettext("kind", "指标数值"),
        "count": pgettext("kind", "数量"),
        "title_count": pgettext("kind", "称号企业数"),
        "title": pgettext("kind", "获得称号"),
        "share": pgettext("kind", "占比"),
        "rank": pgettext("kind", "位次"),
        "gap": pgettext("kind", "差距"),
        "duration": pgettext("kind", "时长"),
        "project": pgettext("kind", "项目"),
        "project_count": pgettext("kind", "项目数"),
        "assignment": pgettext("kind", "细分领域"),
        "policy_count": pgettext("kind", "举措和清单数"),
        "spec": pgettext("kind", "规格参数"),
    }
