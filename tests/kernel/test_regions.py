"""Divisions are found under the codes and names they had as well as those they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from lianzhang.kernel import PackError, Regions
from lianzhang.kernel.pack import Pack, open_pack


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.from_pack(open_pack("liaocheng"))


@pytest.mark.parametrize("key", ["371503", "371523"])
def test_a_county_that_became_a_district_is_found_by_either_code(regions: Regions, key: str) -> None:
    found = regions.by_code(key)
    assert found is not None
    assert (found.code, found.name, found.level) == ("371503", "茌平区", "district")


@pytest.mark.parametrize("name", ["茌平区", "茌平县", "茌平"])
def test_a_county_that_became_a_district_is_found_by_either_name(regions: Regions, name: str) -> None:
    found = regions.by_name(name)
    assert found is not None
    assert found.code == "371503"
    assert ("371523", "茌平县") in found.former


#: The divisions of the city with a code of GB/T 2260, from the public register.
COUNTIES = {
    "371502": "东昌府区",
    "371503": "茌平区",
    "371521": "阳谷县",
    "371522": "莘县",
    "371524": "东阿县",
    "371525": "冠县",
    "371526": "高唐县",
    "371581": "临清市",
}


def test_all_counties_of_the_city_lie_within_it(regions: Regions) -> None:
    within = {region.code: region.name for region in regions.within("371500") if region.code}
    assert within == COUNTIES


def test_a_functional_zone_has_an_id_and_no_code(regions: Regions) -> None:
    zones = [region for region in regions if not region.code]
    assert {"高新区", "经开区", "度假区"} <= {name for zone in zones for name in zone.short_names} | {
        zone.name[-3:] for zone in zones
    }
    for zone in zones:
        assert regions.by_code(zone.id) is zone
        assert not zone.id.isdigit()


def test_every_region_is_found_by_its_id_its_code_and_all_its_names(regions: Regions) -> None:
    for region in regions:
        assert regions.by_code(region.id) is region
        for code, name in ((region.code, region.name), *region.former):
            assert not code or regions.by_code(code) is region
            assert regions.by_name(name) is region


@pytest.mark.parametrize("unknown", ["", "999999", "茌", "华山县"])
def test_an_unknown_code_or_name_is_no_region(regions: Regions, unknown: str) -> None:
    assert regions.by_code(unknown) is None
    assert regions.by_name(unknown) is None


def test_a_region_without_a_name_is_told_by_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "regions.yaml").write_text('regions:\n  - id: "1"\n    level: county\n', encoding="utf-8")
    with pytest.raises(PackError) as caught:
        Regions.from_pack(Pack("sample", tmp_path))
    assert "regions.yaml" in caught.value.say("zh") and "“name”" in caught.value.say("zh")
    assert "regions.yaml" in caught.value.say("en") and "“name”" in caught.value.say("en")
