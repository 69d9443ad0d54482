"""The page of flows for the documents, written from the tables themselves."""

from __future__ import annotations

from collections.abc import Iterable

from lianzhang.casework.flow.grammar import Flow, Transition


def diagram(flows: Iterable[Flow]) -> str:
    """Markdown: for each flow a drawing (Mermaid) and the table of its transitions."""
    head = "# 流转 · Flows\n\n由程序从流转表生成，改表即改图。 Generated from the tables; a test compares the two.\n"
    return head + "".join(_flow(flow) for flow in flows)


def _flow(flow: Flow) -> str:
    edges: dict[tuple[str, str], list[str]] = {}
    for row in flow.transitions:
        for source in row.source:
            target = source if row.target == "=" else row.target
            if target != source:
                edges.setdefault((source, target), []).append(row.label.zh)
    lines = [f"    {state.name} : {state.label.zh}" for state in flow.states]
    lines += [f"    [*] --> {name}" for name in flow.first[:1]]
    lines += [f"    {a} --> {b} : {' / '.join(dict.fromkeys(words))}" for (a, b), words in edges.items()]
    lines += [f"    {state.name} --> [*]" for state in flow.states if state.final]
    drawing = "\n".join(lines)
    rows = "\n".join(_row(flow, row) for row in flow.transitions)
    return (
        f"\n## {flow.label.zh} · {flow.label.en}\n\n```mermaid\nstateDiagram-v2\n{drawing}\n```\n\n"
        "| 从 From | 动作 Action | 到 To | 谁 By | 条件 Guards | 必填 Asks | 时钟 Clocks | 告知 Tells |\n"
        f"|---|---|---|---|---|---|---|---|\n{rows}\n"
    )


def _row(flow: Flow, row: Transition) -> str:
    sources = "、".join(flow.state(name).label.zh for name in row.source)
    target = "（不变）" if row.target == "=" else flow.state(row.target).label.zh
    conditions = ([f"若 {row.when}"] if row.when else []) + list(row.guards)
    cells = (
        sources,
        f"{row.label.zh} `{row.action}`",
        target,
        "、".join(party.label.zh for party in row.by),
        ", ".join(conditions),
        ", ".join(row.must_give),
        ", ".join(row.deadline),
        "、".join(party.label.zh for party in row.tells),
    )
    return "| " + " | ".join(cells) + " |"
