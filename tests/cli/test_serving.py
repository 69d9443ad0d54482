"""Where the site listens, and what is said when it cannot."""

from __future__ import annotations

import socket

import pytest

from lianzhang.cli.serving import Address, require_free
from lianzhang.kernel.errors import LianzhangError


@pytest.mark.parametrize(
    ("host", "url", "private"),
    [
        ("127.0.0.1", "http://127.0.0.1:8760/", True),
        ("localhost", "http://localhost:8760/", True),
        ("::1", "http://[::1]:8760/", True),
        ("0.0.0.0", "http://127.0.0.1:8760/", False),
        ("192.168.1.5", "http://192.168.1.5:8760/", False),
    ],
)
def test_an_address_knows_its_url_and_who_can_reach_it(host: str, url: str, private: bool) -> None:
    address = Address(host, 8760)
    assert address.url == url
    assert address.is_private is private


def test_a_port_in_use_is_refused_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LianzhangError) as refusal:
            require_free(Address("127.0.0.1", port))
    assert str(port) in refusal.value.say("zh")
    assert "--port" in refusal.value.say("en")
    require_free(Address("127.0.0.1", port))


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(LianzhangError, match="不能"):
        require_free(Address("192.0.2.1", 8760))
