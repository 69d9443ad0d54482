"""A title on a list is the tier that its words and its level mean, and none where they leave it open."""

from __future__ import annotations

import shutil
from importlib.resources import as_file
from pathlib import Path

import pytest

from lianzhang.kernel import PackError, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import named_tiers, tier_named

PACK = open_pack("liaocheng")


@pytest.mark.parametrize(
    ("title", "level", "tier"),
    [
        ("专精特新中小企业", "", "srdi_sme"),
        ("“专精特新”中小企业", "省级", "srdi_sme"),
        ("山东省“专精特新”中小企业", "", "srdi_sme"),
        ("聊城市专精特新中小企业", "", ""),
        ("专精特新中小企业", "市级", ""),
        ("专精特新“小巨人”企业", "", "little_giant"),
        ("国家级专精特新小巨人企业", "", "little_giant"),
        ("国家专精特新“小巨人”", "国家级", "little_giant"),
        ("制造业单项冠军企业", "", ""),
        ("国家制造业单项冠军示范企业", "", "mfg_champion_national"),
        ("山东省制造业单项冠军企业", "", "sd_mfg_champion"),
        ("制造业单项冠军", "省级", "sd_mfg_champion"),
        ("制造业单项冠军产品", "国家级", ""),
        ("制造业单项冠军培育企业", "国家级", ""),
        ("山东省瞪羚企业", "", "sd_gazelle"),
        ("瞪羚企业（省级）", "", "sd_gazelle"),
        ("瞪羚企业", "", ""),
        ("创新型中小企业", "", "innovative_sme"),
        ("国家高新技术企业", "", "high_tech_enterprise"),
        ("高新技术企业培育入库", "", ""),
        ("拟认定专精特新中小企业", "", ""),
        ("规上工业企业", "", "above_scale_industry"),
        ("山东省高端品牌培育企业", "", "sd_high_end_brand"),
        ("首台（套）技术装备", "省级", ""),
        ("专精特新中小企业、山东省瞪羚企业", "", ""),
        ("", "", ""),
    ],
)
def test_a_title_means_the_tier_of_its_words_and_level(title: str, level: str, tier: str) -> None:
    assert tier_named(PACK, title, level) == tier


def test_every_tier_that_the_rules_know_can_be_named() -> None:
    known = fact_dictionary(PACK)["holds"].choices
    later = {"srdi_sme_2026", "little_giant_2026"}  # holders under the rules of 2026 bear the same titles
    assert {row.tier for row in named_tiers(PACK)} == set(known) - later


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ("- {tier: nobody, words: [甲], levels: [省级]}", "nobody"),
        ("- {tier: srdi_sme, words: [甲], levels: [乡级]}", "乡级"),
        ("- {tier: srdi_sme, levels: [省级]}", "words"),
        ("- {tier: srdi_sme, words: [甲], levels: [省级], level: 省级}", "level"),
    ],
)
def test_a_pack_that_names_tiers_wrongly_is_refused_with_the_line(
    tmp_path: Path, rows: str, word: str
) -> None:
    folder = tmp_path / "pack"
    with as_file(PACK.root) as root:
        shutil.copytree(root, folder)
    (folder / "lexicon" / "tiers.yaml").write_text(rows + "\n", encoding="utf-8")
    with pytest.raises(PackError, match=rf"tiers\.yaml 第1行.*{word}"):
        named_tiers(open_pack(str(folder)))
