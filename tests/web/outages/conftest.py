"""Four firms on the bearing chain: steel balls go into bearings, bearings into machine tools."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.kernel import clock
from lianzhang.web.chains.actions import load_pack
from lianzhang.web.chains.actions.place import place
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, NewEnterprise, Source, SupplyEntry, ValueEntry

FIRMS = {"E00000000A": "东阿钢球样厂", "E00000000B": "临清轴承样厂", "E00000000C": "聊城机床样厂",
         "E00000000D": "冠县钢球样厂"}  # fmt: skip
PRODUCTS = {
    "E00000000A": "轴承钢球",
    "E00000000B": "滚动轴承",
    "E00000000C": "数控机床",
    "E00000000D": "轴承钢球",
}
LINKS = [("E00000000A", "E00000000B"), ("E00000000B", "E00000000C")]


@pytest.fixture
def officer(db: object, actor: Callable[..., Actor]) -> Actor:
    load_pack("liaocheng")
    made = actor(Role.chain_officer)
    enter(
        made,
        Entries(
            new=[NewEnterprise(id=pk, name=name, name_kind="registered") for pk, name in FIRMS.items()],
            values=[ValueEntry(enterprise=pk, fact="products", text=text) for pk, text in PRODUCTS.items()],
            supply=[
                SupplyEntry(supplier=left, supplier_name=FIRMS[left], buyer=right, buyer_name=FIRMS[right],
                            product=PRODUCTS[left], amount=Decimal(100), unit="万元")
                for left, right in LINKS
            ],
        ),
        source=Source(kind="officer", name="试", as_of=clock.today()),
    )  # fmt: skip
    place(made, "bearings")
    return made
