"""What a sheet allows is asked of its rows: the rules are run, and a column taken away takes its rules along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from app.core.actions.coverage import Coverage, RuleCover, coverage
from app.core.actions.receive import PREVIEW_ROWS, SheetPlan, look, remap
from app.core.checks.reduction.batch_book import BATCH_RULES
from app.core.errors import Cancelled
from app.core.intake import reading
from app.core.intake.declared import tables
from app.core.intake.wanted import rules_of
from app.core.jobs import Ticket
from app.core.law.book import shipped
from tests.core.workbooks import PROPOSAL, write_book

DAY = date(2026, 11, 21)
RULING = {
    "罪犯编号": "9000000001",
    "姓名": "赵样一",
    "裁定日期": "2021-06-01",
    "送达日期": "2021-06-10",
    "减刑幅度": "六个月",
    "减后刑期止日": "2027-10-10",
}


def plans(path: Path, *sheets: list[Mapping[str, object]]) -> list[SheetPlan]:
    """The sheets as an import understands them."""
    return look([write_book(path, *((f"表{n}", rows) for n, rows in enumerate(sheets)))], ticket=Ticket())[0]


def covered(plan: SheetPlan, *others: SheetPlan) -> Coverage:
    return coverage(plan, others, shipped(), DAY, ticket=Ticket())


def rule(found: Coverage, rule_id: str) -> RuleCover:
    [each] = [each for each in found.rules if each.rule == rule_id]
    return each


def test_a_full_row_is_judged_and_a_missing_day_is_named(tmp_path: Path) -> None:
    full = {**PROPOSAL, "历次减刑情况": "无"}
    blank = {**full, "罪犯编号": "9000000002", "姓名": "钱样二", "报请日期": ""}
    [plan] = plans(tmp_path / "表.xlsx", [full, blank])
    found = covered(plan)
    assert (found.rows, found.ran) == (2, True)
    start = rule(found, "JX-T01")
    assert (start.asked, start.judged) == (2, 1)
    assert dict(start.lacking) == {"报请日期（监狱）": 1}
    assert start.name == "减刑起始时间不足"


def test_without_a_column_its_rules_judge_nothing(tmp_path: Path) -> None:
    row = {**PROPOSAL, "历次减刑情况": "无"}
    [whole] = plans(tmp_path / "全.xlsx", [row])
    [less] = plans(tmp_path / "缺.xlsx", [{key: value for key, value in row.items() if key != "报请日期"}])
    before, after = covered(whole), covered(less)
    lost = {
        each.rule
        for each in after.rules
        if each.asked and not each.judged and rule(before, each.rule).judged == rule(before, each.rule).asked > 0
    }
    assert "JX-T01" in lost
    assert lost <= set(tables()["R1"].field("filed_on").unlocks)
    assert after.none() > before.none()


def test_another_sheet_of_the_same_import_is_counted_in(tmp_path: Path) -> None:
    one, two = plans(tmp_path / "表.xlsx", [PROPOSAL], [RULING])
    assert (one.mapping.table.id, two.mapping.table.id) == ("R1", "R2")
    alone, together = covered(one), covered(one, two)
    assert rule(alone, "JX-T03").judged == 0
    assert (rule(together, "JX-T03").asked, rule(together, "JX-T03").judged) == (1, 1)


def test_a_sheet_with_a_problem_or_of_another_desk_is_not_counted_in(tmp_path: Path) -> None:
    one, two = plans(tmp_path / "表.xlsx", [PROPOSAL], [RULING])
    broken = remap(two, columns={0: "prisoner_no", 1: "name"})
    assert broken.problem
    other = remap(two, table_id="T26")
    assert covered(one, broken, other) == covered(one)


def test_rows_about_others_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [{**RULING, "罪犯编号": f"80000{n:05}", "姓名": f"测试{n:05}"} for n in range(900)]
    one, two = plans(tmp_path / "表.xlsx", [PROPOSAL], [*others, RULING])
    read: list[int] = []
    real = reading.read_table

    def counted(*args: object, **words: object) -> reading.TableRead:
        table = real(*args, **words)  # type: ignore[arg-type]
        read.append(table.rows)
        return table

    monkeypatch.setattr("app.core.actions.coverage.read_table", counted)
    assert rule(covered(one, two), "JX-T03").judged == 1
    assert read == [4]


def test_a_list_about_others_only_counts_as_delivered(tmp_path: Path) -> None:
    crimes = [
        {"罪犯编号": f"80000{n:05}", "姓名": f"测试{n:05}", "类型": "故意犯罪", "判决确定日期": "2021-06-01"}
        for n in range(9)
    ]
    one, two = plans(tmp_path / "表.xlsx", [PROPOSAL], crimes)
    assert two.mapping.table.id == "R7"
    assert rule(covered(one), "JX-T11").lacking == (("狱内再犯罪/漏罪表（监狱）", 1),)
    assert rule(covered(one, two), "JX-T11").judged == 1


def test_a_list_beside_its_proposals_is_tried_on_them(tmp_path: Path) -> None:
    blank = {**RULING, "罪犯编号": "9000000002", "姓名": "钱样二", "送达日期": ""}
    other = {**PROPOSAL, "罪犯编号": "9000000002", "姓名": "钱样二"}
    third = {**PROPOSAL, "罪犯编号": "9000000003", "姓名": "孙样三"}
    one, two = plans(tmp_path / "表.xlsx", [PROPOSAL, other, third], [RULING, blank])
    found = covered(two, one)
    assert (found.rows, found.ran) == (2, True)
    assert (rule(found, "JX-T03").asked, rule(found, "JX-T03").judged) == (2, 1)
    assert {each.rule for each in found.rules} == rules_of(tables()["R2"])
    stranger = plans(tmp_path / "别人.xlsx", [third])[0]
    assert covered(two, stranger) == covered(two)


COMPANIONS = {
    "R3": {"类别": "表扬", "日期": "2021-06-01"},
    "R4": {"月份": "2021-06", "得分": "95"},
    "R5": {"月份": "2021-06", "消费金额": "300"},
    "R6": {"判项种类": "罚金", "应缴金额": "5000", "已缴金额": "100"},
    "R7": {"类型": "故意犯罪", "判决确定日期": "2021-06-01"},
}


@pytest.mark.parametrize("table", COMPANIONS)
def test_every_list_of_the_desk_is_tried_on_its_proposals(table: str, tmp_path: Path) -> None:
    row = {"罪犯编号": "9000000001", "姓名": "赵样一", **COMPANIONS[table]}
    one, two = plans(tmp_path / "表.xlsx", [PROPOSAL], [row])
    assert two.mapping.table.id == table
    found = covered(two, one)
    assert (found.rows, found.ran) == (1, True)
    # A few rows tell nothing of what a whole batch would show.
    assert {each.rule for each in found.rules} == rules_of(tables()[table]) - {each.id for each in BATCH_RULES.all()}


def test_where_no_rules_are_run_the_filled_columns_tell(tmp_path: Path) -> None:
    rows = [RULING, {**RULING, "减刑幅度": ""}, {**RULING, "裁定日期": "2022-01-01"}]
    [plan] = plans(tmp_path / "表.xlsx", rows)
    found = covered(plan)
    assert (found.rows, found.ran) == (3, False)
    declared = {each for field in tables()["R2"].fields for each in field.unlocks}
    assert {each.rule for each in found.rules} == declared
    for each in found.rules:
        needed = {field.name for field in tables()["R2"].fields if each.rule in field.unlocks}
        given = set(RULING)
        assert {name.removesuffix("（没有这一列）") for name, _ in each.lacking} <= needed
        assert each.judged == (0 if needed - given else 2 if "减刑幅度" in needed else 3)
        assert all(count == 3 for name, count in each.lacking if name.endswith("（没有这一列）"))


def test_the_worst_covered_stand_first_and_counts_agree(tmp_path: Path) -> None:
    [plan] = plans(tmp_path / "表.xlsx", [PROPOSAL, {**PROPOSAL, "罪犯编号": "9000000002", "刑期起日": ""}])
    found = covered(plan)
    shares = [each.judged / each.asked for each in found.rules if each.asked]
    assert shares == sorted(shares)
    assert found.none() + found.partly() + found.whole() == len(shares)
    assert not any(each.asked for each in found.rules[len(shares) :])


def test_no_more_rows_than_previewed_are_looked_at(tmp_path: Path) -> None:
    rows = [
        {"罪犯编号": f"{n:010}", "姓名": f"测试{n:05}", "裁定日期": "2021-06-01", "减刑幅度": "六个月"}
        for n in range(250)
    ]
    [plan] = plans(tmp_path / "表.xlsx", rows)
    assert covered(plan).rows == PREVIEW_ROWS


def test_a_plan_without_a_table_allows_nothing(tmp_path: Path) -> None:
    [plan] = plans(tmp_path / "表.xlsx", [{"甲栏": "一", "乙栏": "二"}])
    assert covered(plan) == Coverage(0, False, ())


def test_it_can_be_stopped(tmp_path: Path) -> None:
    [plan] = plans(tmp_path / "表.xlsx", [PROPOSAL])
    stopped = Ticket()
    stopped.cancel()
    with pytest.raises(Cancelled):
        coverage(plan, (), shipped(), DAY, ticket=stopped)


ROSTER = {
    "社区矫正对象编号": "9900001",
    "姓名": "测试甲",
    "身份证号": "110101199001010015",
    "矫正机构": "样本县第一司法所",
    "矫正类别": "缓刑",
    "缓刑考验期限": "二年",
    "社区矫正开始日期": "2026-03-13",
    "社区矫正结束日期": "2028-03-12",
    "报到时间": "2026-03-16",
    "文书生效日期": "2026-03-13",
    "状态": "在矫",
}
SECOND = {**ROSTER, "社区矫正对象编号": "9900002", "姓名": "测试乙", "身份证号": "110101199001010031"}
DETAINED = {
    "违法行为人姓名": "测试甲",
    "证件号码": "110101199001010015",
    "违法行为发生时间": "2026-04-19",
    "案由": "殴打他人",
    "处罚种类及幅度": "行政拘留五日",
    "决定日期": "2026-04-20",
}


def test_rules_about_people_are_run_on_the_roster(tmp_path: Path) -> None:
    [plan] = plans(tmp_path / "名册.xlsx", [ROSTER, {**SECOND, "社区矫正结束日期": ""}])
    assert plan.mapping.table.id == "T02"
    found = covered(plan)
    assert (found.rows, found.ran) == (2, True)
    end = rule(found, "SJ-20")
    assert (end.asked, end.judged) == (2, 1)
    assert dict(end.lacking) == {"社区矫正结束日期（社区矫正机构）": 1}
    assert {each.rule for each in found.rules} <= rules_of(tables()["T02"])


def test_another_list_of_the_same_import_lets_more_people_be_judged(tmp_path: Path) -> None:
    one, two = plans(tmp_path / "表.xlsx", [ROSTER, SECOND], [DETAINED])
    assert two.mapping.table.id == "T12"
    assert not covered(two).ran  # without the roster nobody is in correction
    found = covered(two, one)
    assert (found.rows, found.ran) == (1, True)
    assert rule(found, "SJ-31").asked == 1
    assert any("接收登记" in item for item, _ in rule(found, "SJ-31").lacking)


def test_a_list_the_police_keep_is_tried_under_the_desk_of_deprivation(tmp_path: Path) -> None:
    listed = {
        "姓名": "测试甲", "身份证号": "110101199001010015", "管辖派出所": "样本派出所", "剥权期限": "二年",
        "剥权起始日期": "2025-10-10", "剥权截止日期": "2027-10-10", "列管日期": "2025-10-15", "状态": "在管",
    }  # fmt: skip
    [plan] = plans(tmp_path / "列管.xlsx", [listed])
    assert plan.mapping.table.id == "T20"
    end = rule(covered(plan), "BQ-12")
    assert (end.asked, end.judged) == (1, 1)
