"""Words for what stands in the journal: verbs that are no permissions of their own, results."""

from __future__ import annotations

from types import MappingProxyType

from lianzhang.casework import FLOWS, VERBS
from lianzhang.kernel import Text

_FURTHER = MappingProxyType(
    {
        "session.open": Text("登录", "sign in"),
        "session.close": Text("退出登录", "sign out"),
        "session.moved": Text("登录来源地址改变", "session went on from another address"),
        "session.end_others": Text("退出其他设备", "sign out elsewhere"),
        "password.change": Text("修改口令", "change a password"),
        "factor.on": Text("启用第二因素", "switch the second factor on"),
        "factor.off": Text("关闭第二因素", "switch the second factor off"),
        "link.use": Text("使用一次性链接", "use a one-time link"),
        "person.install": Text("初始化账号", "set up an account"),
        "post.create": Text("新建岗位", "create a post"),
        "request.file": Text("提出诉求", "file a request"),
        "request.note": Text("内部备注（诉求）", "note inside (request)"),
        "request.say": Text("给企业留言（诉求）", "word to the firm (request)"),
        "request.edit": Text("修改诉求草稿", "edit a draft (request)"),
        "meeting.file": Text("筹备会议", "prepare a meeting"),
        "meeting.order": Text("调整议程次序", "order an agenda"),
        "meeting.add_item": Text("添加议题", "add an item"),
        "meeting.drop_item": Text("拿下议题", "take an item off"),
        "meeting.restore_item": Text("放回议题", "put an item back"),
        "meeting.no_decision": Text("不形成决定", "record that nothing was decided"),
        "resolution.file": Text("记下决定", "record a decision"),
        "project.file": Text("登记项目", "register a project"),
        "project.milestone": Text("加节点", "add a milestone"),
        "project.postpone": Text("节点改期", "put a milestone off"),
        "project.reach": Text("完成节点", "reach a milestone"),
        "project.promise": Text("登记承诺", "record a promise"),
        "project.actual": Text("报实际数", "report an actual"),
        "need.file": Text("提出需求", "raise a need"),
        "consent.give": Text("授权", "consent"),
        "consent.withdraw": Text("撤回授权", "withdraw a consent"),
        "visit.file": Text("安排走访", "plan a visit"),
        "factor.file": Text("提要素需求", "ask for a factor"),
        "bulletin.read": Text("识读通报", "read a bulletin"),
        "import.read": Text("比对导入的表", "compare an imported table"),
        "import.change": Text("调整导入的列和选项", "adjust columns and options of an import"),
        "import.commit": Text("导入入库", "write an import"),
        "enterprise.enter": Text("写入企业库", "write to the registry"),
        "view.save": Text("保存视图", "save a view"),
        "view.forget": Text("删除视图", "remove a view"),
    }
)

RESULTS = MappingProxyType(
    {
        "done": Text("办成", "done"),
        "refused": Text("拒绝", "refused"),
        "failed": Text("失败", "failed"),
    }
)


def verb_label(verb: str, language: str) -> str:
    """The verb in words; a verb nobody named is shown as it is."""
    known = VERBS.get(verb)
    label = known.label if known else _FURTHER.get(verb) or _of_a_flow(verb)
    return label.say(language) if label else verb


def _of_a_flow(verb: str) -> Text | None:
    """The label of an act on a case, such as `request.assign`."""
    kind, _, action = verb.partition(".")
    flow = FLOWS.get(kind)
    rows = [row for row in flow.transitions if row.action == action] if flow else []
    return (
        Text(f"{rows[0].label.zh}（{flow.label.zh}）", f"{rows[0].label.en} ({flow.label.en})")
        if flow and rows
        else None
    )


def result_label(result: str, language: str) -> str:
    """The result in words."""
    known = RESULTS.get(result)
    return known.say(language) if known else result
