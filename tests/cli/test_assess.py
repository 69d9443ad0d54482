"""`lianzhang assess` and `lianzhang pack`: an enterprise in a file, a pack in a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lianzhang.cli.main import run

#: What the gradient titles ask of everybody.
BASICS: dict[str, Any] = {
    "registered_in_prc": True,
    "independent_legal_person": True,
    "size_class": "small",
    "on_abnormal_list": False,
    "on_serious_dishonesty_list": False,
    "product_banned_or_restricted": False,
    "major_accident_or_tax_evasion_3y": False,
}


def write(folder: Path, text: str, name: str = "case.json") -> str:
    file = folder / name
    file.write_text(text, "utf-8")
    return str(file)


def assessed(
    folder: Path, capsys: pytest.CaptureFixture[str], rule: str, *options: str, **case: Any
) -> dict[str, Any]:
    file = write(folder, json.dumps(case, ensure_ascii=False))
    assert run(["assess", file, "--rule", rule, "--json", *options]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_what_is_not_stated_is_missing_and_keeps_the_verdict_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = assessed(tmp_path, capsys, "above_scale_industry", as_of="2026-05-01", fields={})
    assert found["verdict"] == "unknown"
    assert "main_business_revenue_ly" in found["missing"]


def test_a_value_below_the_threshold_is_a_no_with_its_gap_and_clause(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = assessed(
        tmp_path, capsys, "above_scale_industry", as_of="2026-05-01",
        fields={"main_business_revenue_ly": 1999.5, "is_industry": True, "independent_legal_person": True},
    )  # fmt: skip
    assert found["verdict"] == "no"
    failed = next(reason for reason in found["reasons"] if reason["fact"] == "main_business_revenue_ly")
    assert (failed["have"], failed["gap"], failed["status"]) == (1999.5, 0.5, "no")


def test_a_large_enterprise_has_no_gradient_title_whatever_else_is_unknown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = BASICS | {"size_class": "large"}
    found = assessed(
        tmp_path, capsys, "little_giant_2026", as_of="2026-04-01", fields=fields, holds=["srdi_sme"]
    )
    assert found["verdict"] == "no"
    assert found["missing"] == []


def test_the_day_decides_which_rules_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {"as_of": "2026-03-31", "fields": BASICS, "holds": ["srdi_sme"]}
    assert assessed(tmp_path, capsys, "little_giant_2026", **case)["verdict"] == "no"
    later = assessed(tmp_path, capsys, "little_giant_2026", "--as-of", "2026-04-01", **case)
    assert later["verdict"] == "unknown"
    assert later["as_of"] == "2026-04-01"


def test_without_a_rule_all_titles_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, "as_of: 2026-05-01\nfields: {employees: 35}\nholds: []\n", "case.yaml")
    assert run(["assess", file, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {row["rule"] for row in found} >= {"innovative_sme", "little_giant", "little_giant_2026"}


def test_people_read_a_table_in_their_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, json.dumps({"as_of": "2026-05-01", "fields": {"is_industry": False}}))
    assert run(["--language", "en", "assess", file, "--rule", "above_scale_industry"]) == 0
    english = capsys.readouterr().out
    assert "not known" in english or "no" in english
    assert run(["--language", "zh", "assess", file, "--rule", "above_scale_industry"]) == 0
    assert "不符合" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "案例应写成"),
        ("[1, 2]", "案例应写成"),
        ('{"fields": {"employees": NaN}}', "不是数"),
        ('{"fields": {"employees": "很多"}}', "很多"),
        ('{"fields": {"employes": 3}}', "employees"),
        ('{"fields": {"employees": 3}', "第1行"),
        ('{"firlds": {}}', "firlds"),
        ('{"as_of": "昨天", "fields": {}}', "不是日期"),
        ('{"fields": {"holds": "nothing_like_it"}}', "nothing_like_it"),
        ('{"fields": {"holds": ["瞪羚企业"]}}', "可写：sd_gazelle"),
        ('{"fields": {"size_class": "huge"}}', "可写：large（大型）"),
        ('{"fields": {"revenue_ly": ' + "9" * 5000 + "}}", "9999…”大得不可能"),
        ('{"fields": {"revenue_ly": "1e1000000"}}', "大得不可能"),
        ('{"fields": {"revenue_ly": "1e-1000000"}}', "小数位数多得不可能"),
        ('{"fields": {"revenue_ly": "２５００"}}', "请写半角数字：2500"),
        ('{"fields": {"revenue_ly": "0.25亿元"}}', "请只写数字，单位是“万元”"),
        ('{"fields": {"revenue_ly": [2500]}}', "不是数字"),
        ('{"fields": {"is_industry": 1}}', "不是“是”或“否”"),
        ('{"fields": {"established_on": 20200101}}', "不是日期"),
        ("fields:\n  is_industry: true\n  employees: 10.5\n", "第3行：事实“从业人员期末人数”"),
        ('{"fields": {\n"is_industry": true,\n"industry": "C34"}}', "第3行：事实“划型行业”"),
    ],
)
def test_a_case_that_cannot_be_judged_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    assert run(["assess", write(tmp_path, text), "--json"]) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_a_share_in_place_of_a_percentage_is_pointed_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for share, warned in (("0.85", True), ("85", False)):
        case = json.dumps({"fields": {"main_product_share_of_main_revenue": share}})
        assert run(["assess", write(tmp_path, case), "--rule", "sd_mfg_champion", "--json"]) == 0
        said = json.loads(capsys.readouterr().out)["warnings"]
        assert any("按0.85%判断；若指85%，请写85" in str(text) for text in said) is warned


def test_a_missing_file_and_an_unknown_rule_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["assess", str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err
    assert run(["assess", write(tmp_path, '{"fields": {}}'), "--rule", "giant"]) == 1
    assert "giant" in capsys.readouterr().err


def test_the_bundled_pack_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "check"]) == 0
    assert "没有错误" in capsys.readouterr().out


def test_a_new_pack_passes_its_check_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "jining")
    assert run(["pack", "new", folder, "--city", "济宁市", "--code", "370800"]) == 0
    assert run(["pack", "check", folder]) == 0
    capsys.readouterr()
    assert run(["pack", "new", folder, "--city", "济宁市", "--code", "370800"]) == 1
    assert "不是空文件夹" in capsys.readouterr().err


def test_a_fault_in_a_pack_is_named_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "jining"
    run(["pack", "new", str(folder), "--city", "济宁市", "--code", "370800"])
    (folder / "titles").mkdir()
    (folder / "titles" / "one.yaml").write_text(
        "id: one\ntitle: {zh: 一, en: one}\ndocument:\n  title: {zh: 文件, en: paper}\n"
        "confidence: A\nrequires:\n  all:\n    - {fact: employes, at_least: 3, unit: 人}\n",
        "utf-8",
    )
    capsys.readouterr()
    assert run(["pack", "check", str(folder)]) == 1
    said = capsys.readouterr().err
    assert "titles/one.yaml 第8行" in said
    assert "employees" in said


def printed(folder: Path, capsys: pytest.CaptureFixture[str], *options: str, **case: Any) -> Any:
    file = write(folder, json.dumps(case, ensure_ascii=False))
    assert run(["assess", file, "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("fields", "classes"),
    [
        ({"employees": 1000, "revenue_ly": 40000}, ["large"]),
        ({"employees": 999, "revenue_ly": 40000}, ["medium"]),
        ({"employees": 300, "revenue_ly": 1999}, ["small"]),
        ({"employees": 19, "revenue_ly": 50000}, ["micro"]),
        ({"revenue_ly": 1500}, ["small", "micro"]),
        ({"revenue_ly": 50000}, ["large", "medium", "small", "micro"]),
        ({"revenue_ly": 200}, ["micro"]),
    ],
)
def test_the_size_class_is_one_or_those_still_possible(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], fields: dict[str, Any], classes: list[str]
) -> None:
    found = printed(
        tmp_path, capsys, "--size-class", as_of="2026-05-01", fields=fields | {"size_industry": "industry"}
    )
    assert found["classes"] == classes
    assert (found["verdict"] == "yes") == (len(classes) == 1)


def test_an_exemption_is_never_assumed_from_an_empty_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_case = printed(tmp_path, capsys, "--exemption", "--rule", "E08", fields={"corrected_in_time": True})
    assert (open_case["verdict"], open_case["outcome"]) == ("unknown", "need_facts")
    assert "first_violation" in open_case["missing"]
    listed = printed(
        tmp_path, capsys, "--exemption", item="E08",
        fields={"first_violation": True, "slight_harm": True, "corrected_in_time": True, "minor_act": False},
    )  # fmt: skip
    assert listed["outcome"] == "may_not_punish"
    bottom = printed(tmp_path, capsys, "--exemption", "--rule", "N05", fields={})
    assert bottom["verdict"] == "no"
    assert "处罚" not in bottom["outcome_text"]


#: Everything the little-giant rules of 2022 ask, at their floors.
GIANT_2022: dict[str, Any] = BASICS | {
    "niche_years": 3, "main_revenue_share_ly": 70, "main_revenue_growth_2y_avg": 5, "core_business_on_it_count": 1,
    "has_mgmt_system_cert": True, "debt_ratio_ly": 70, "market_share_national": 10, "has_own_brand": True,
    "revenue_ly": 10000, "rd_intensity_ly": 3, "rd_intensity_py": 3, "has_rd_institution": True,
    "ip_class1_applied": 2, "key_chain_link": True, "product_in_key_domain": True,
}  # fmt: skip


@pytest.mark.parametrize(("link", "verdict"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_what_rests_on_memory_decides_only_with_a_loud_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], link: bool | None, verdict: str
) -> None:
    found = assessed(
        tmp_path, capsys, "little_giant", as_of="2026-03-31", fields=GIANT_2022 | {"key_chain_link": link},
        holds=["srdi_sme"],
    )  # fmt: skip
    assert (found["verdict"], found["verdict_proven"]) == (verdict, "unknown")
    assert any("凭记忆" in said and "key_chain_link" in said for said in found["warnings"])
    assert any("不得据以办理" in said for said in found["warnings"]) == (verdict != "unknown")
    assert found["missing"] == (["key_chain_link"] if link is None else [])
    assert next(row for row in found["reasons"] if row["fact"] == "key_chain_link")["confidence"] == "M"


def test_memory_that_changes_nothing_is_named_without_alarm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = assessed(
        tmp_path, capsys, "little_giant", as_of="2026-03-31", fields=GIANT_2022 | {"debt_ratio_ly": 70.01},
        holds=["srdi_sme"],
    )  # fmt: skip
    assert (found["verdict"], found["verdict_proven"]) == ("no", "no")
    assert any("本结论不靠它们" in said for said in found["warnings"])


def test_a_value_on_the_edge_of_two_bands_is_flagged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for revenue, flagged in ((10000, True), (10001, False)):
        found = assessed(tmp_path, capsys, "sd_gazelle", as_of="2026-05-01", fields={"revenue_ly": revenue})
        assert any("恰为10000万元" in said for said in found["warnings"]) is flagged


def test_whether_an_annex_lives_on_is_not_guessed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fields = BASICS | {"equity_raised_3y": 500}
    before = assessed(tmp_path, capsys, "innovative_sme", as_of="2026-03-31", fields=fields)
    after = assessed(tmp_path, capsys, "innovative_sme", as_of="2026-04-01", fields=fields)
    assert (before["verdict"], after["verdict"]) == ("yes", "unknown")
    assert "未见明文" in after["warnings"][0]
    replaced = assessed(tmp_path, capsys, "srdi_sme", as_of="2026-04-01", fields=fields)
    assert replaced["verdict"] == "no"
    assert "srdi_sme_2026" in replaced["warnings"][0]


def test_a_score_says_its_name_its_points_and_what_is_still_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff = {"tech_staff_share": 30, "rd_to_sales": 4, "ip_class1": 0}
    found = assessed(tmp_path, capsys, "tech_sme", as_of="2026-05-01", fields=staff)
    total = next(row for row in found["reasons"] if row["fact"] == "score_total")
    assert (total["have"], total["status"]) == ([50, 94], "unknown")
    assert {"ip_class2", "rd_to_costs"} <= set(found["missing"])
    assert "tech_staff_share" not in found["missing"]
    stated = assessed(
        tmp_path, capsys, "innovative_sme", as_of="2026-03-31", fields=BASICS | {"score_total": 59.5}
    )
    assert (stated["score"]["low"], stated["score"]["high"]) == (59.5, 59.5)
    failed = next(row for row in stated["reasons"] if row["fact"] == "score_total")
    assert (failed["have"], failed["gap"]) == (59.5, 0.5)


def test_values_may_carry_their_unit_and_their_chinese_name_but_no_other_unit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {"size_class": "小型", "rd_intensity_ly": "3%", "revenue_ly": "1,000万元"}
    found = assessed(
        tmp_path, capsys, "srdi_sme", as_of="2026-03-31", fields=fields, holds=["创新型中小企业"]
    )
    have = {row["fact"]: row["have"] for row in found["reasons"]}
    assert (have["size_class"], have["rd_intensity_ly"], have["revenue_ly"]) == ("small", 3, 1000)
    for wrong in ({"revenue_ly": "1亿元"}, {"rank_national": 0}, {"employees": -1}, {"is_industry": 1}):
        assert run(["assess", write(tmp_path, json.dumps({"fields": wrong})), "--json"]) == 1
        assert next(iter(wrong)) in capsys.readouterr().err


def test_a_title_that_does_not_exist_is_not_held(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for title in ("srdi", "123"):
        assert run(["assess", write(tmp_path, json.dumps({"fields": {}, "holds": [title]}))]) == 1
        assert title in capsys.readouterr().err


def test_a_fact_written_twice_is_refused_and_notes_are_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["assess", write(tmp_path, '{"fields": {"employees": 3, "employees": 4}}')]) == 1
    assert "写了两次" in capsys.readouterr().err
    noted = '{"id": 7, "expect": "no", "rule": "above_scale_industry", "fields": {"is_industry": false}}'
    assert run(["assess", write(tmp_path, noted), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "no"


@pytest.mark.parametrize("industry", ["industry", "工业", "3451", 3451])
def test_the_industry_of_a_size_class_may_be_a_name_or_a_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], industry: object
) -> None:
    fields = {"industry": industry, "employees": 300, "revenue_ly": 2000}
    found = printed(tmp_path, capsys, "--size-class", "--rule", "D300", as_of="2026-05-01", fields=fields)
    assert (found["class"], found["verdict"]) == ("medium", "yes")
    made = {"is_manufacturing": True, "employees": 299, "revenue_ly": 2000}
    found = printed(tmp_path, capsys, "--size-class", as_of="2026-05-01", fields=made)
    assert found["class"] == "small"


def test_a_size_bound_from_memory_is_told_with_what_is_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {"industry": "property_mgmt", "employees": 300, "revenue_ly": 1000}
    found = printed(tmp_path, capsys, "--size-class", as_of="2026-05-01", fields=fields)
    assert (found["class"], found["classes_proven"]) == ("medium", ["medium", "small", "micro"])
    assert "凭记忆" in found["warnings"][0]


def test_a_waiver_from_memory_is_told_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {"did_not_know": True, "proves_legal_source": True, "stops_selling": True}
    found = printed(tmp_path, capsys, "--exemption", "--rule", "E36", fields=fields)
    assert (found["verdict"], found["outcome"]) == ("yes", "must_not_punish")
    assert any("凭记忆" in said for said in found["warnings"])
