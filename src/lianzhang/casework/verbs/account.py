"""What everybody with an account may do: look at the first page and look after the account."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import ADMINISTRATORS, SIGNED_IN, Role, Scope, Verb
from lianzhang.kernel import Text

_EVERYBODY = MappingProxyType(dict.fromkeys(SIGNED_IN, Scope.everywhere))
_ONESELF = MappingProxyType(dict.fromkeys(SIGNED_IN, Scope.oneself))
#: Administrators never lend their posts, and whoever has no post has none to lend.
_LENDING: tuple[Role, ...] = tuple(
    role for role in SIGNED_IN if role not in {*ADMINISTRATORS, Role.without_post}
)
_LENDERS = MappingProxyType(dict.fromkeys(_LENDING, Scope.oneself))

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "home.see": Verb(Text("打开首页", "open the first page"), _EVERYBODY, reads=True),
        "account.see": Verb(Text("查看本人账号", "see one's own account"), _ONESELF, reads=True),
        "account.change": Verb(
            Text("修改本人口令和第二因素", "change one's own password and second factor"), _ONESELF
        ),
        "identity.switch": Verb(Text("切换当前身份", "switch the present identity"), _ONESELF),
        "delegation.see": Verb(Text("查看委托代行", "see one's delegations"), _LENDERS, reads=True),
        "delegation.give": Verb(Text("委托他人代行职务", "let somebody act in one's post"), _LENDERS),
        "permission.see": Verb(Text("查看本人权限", "see one's own permissions"), _ONESELF, reads=True),
    }
)
