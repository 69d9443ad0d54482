"""The pack of a city becomes rows, as often as one likes."""

from __future__ import annotations

from typing import Any

import pytest

from lianzhang.kernel import PackError
from lianzhang.web.chains.actions import load_pack
from lianzhang.web.chains.models import Chain, ChainPlace, County, CountyChoice


def test_the_overall_chain_comes_first_and_has_seven_sub_field_chains(pack: None) -> None:
    first = Chain.objects.first()
    assert first is not None
    assert first.pk == "equipment"
    assert first.sub_chains.count() == 7


def test_all_eight_counties_and_three_zones_are_there_each_with_a_tile_of_its_own(pack: None) -> None:
    counties = list(County.objects.all())
    assert [county.level for county in counties].count("zone") == 3
    assert len(counties) == 11
    places = [(county.tile_row, county.tile_column) for county in counties]
    assert None not in {row for row, _ in places}
    assert len(set(places)) == 11


def test_loading_twice_changes_nothing(pack: None) -> None:
    before = _everything()
    load_pack("liaocheng")
    assert _everything() == before


def test_a_county_whose_choice_no_source_states_has_a_remark_and_no_field(pack: None) -> None:
    choice = CountyChoice.objects.get(county="371503")
    assert choice.sub_field == ""
    assert choice.doubt
    assert choice.doubt_en


def test_a_pack_that_does_not_exist_is_refused_in_words_and_writes_nothing(db: Any) -> None:
    with pytest.raises(PackError) as refusal:
        load_pack("nowhere")
    assert "nowhere" in refusal.value.say("zh")
    assert Chain.objects.count() == 0


def _everything() -> list[Any]:
    # Places and choices are written anew, so their row numbers differ and nothing else may.
    return [
        *Chain.objects.values(),
        *County.objects.values(),
        *ChainPlace.objects.values("chain", "county", "note"),
        *CountyChoice.objects.values(
            "chain", "county", "sub_field", "field_chain", "reported", "doubt", "status"
        ),
    ]
