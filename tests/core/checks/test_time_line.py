"""A person's time line: every day the lists tell of, every duty with what became of it, and what neither can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.core.actions.desks import PEOPLE_DESKS
from app.core.checks.entries import DutyState, Entry, EntryKind, TimeLine
from app.core.checks.events import MOST_SINGLE, sentences
from app.core.checks.persons import Dossier
from app.core.checks.time_line import time_line
from app.core.findings import Finding, Outcome
from app.core.intake.declared import tables
from app.core.jobs import Ticket
from app.core.law.book import shipped
from app.core.people.index import find_people
from app.core.records import FieldType
from tests.core.checks.deskcases import lists_of, records_of, spread

WHO_DECIDES = "社区矫正决定机关"
DETAINED = {
    "违法行为发生时间": "2026-05-01",
    "决定日期": "2026-05-02",
    "处罚种类及幅度": "行政拘留五日",
    "案由": "赌博",
}


def line_of(desk: str = "correction", findings: tuple[Finding, ...] = (), **case: Any) -> TimeLine:
    whole = spread(desk, {"id": "line", **case})
    (someone,) = find_people(records_of(whole)).all
    people = PEOPLE_DESKS[desk]
    return time_line(people.duties, Dossier(someone, lists_of(whole)), shipped(), people.tables, findings)


def duty(line: TimeLine, words: str) -> Entry:
    (found,) = [each for each in line.entries if each.kind is EntryKind.DUTY and words in each.says]
    return found


def test_every_day_of_every_list_has_its_sentence() -> None:
    told = sentences()
    kinds = {key: kind for key, kind in tables().items() if key.startswith("T")}
    assert set(told.of) == set(kinds)
    for key, kind in kinds.items():
        days = {each.id for each in kind.fields if each.type is FieldType.DATE} - told.left_out
        assert days == set(told.of[key]), key
        named = {
            part.partition("{")[2].partition("}")[0] or part for each in told.of[key].values() for part in each[1:]
        }
        assert named <= {each.id for each in kind.fields}, key


def test_days_stand_in_order_and_each_has_its_cell() -> None:
    line = line_of(base="probation")
    days = [each.day for each in line.entries if each.day is not None]
    assert days == sorted(days)
    assert line.entries[-1].says == "社区矫正结束：缓刑"
    reported = next(each for each in line.entries if each.says.startswith("本人报到"))
    assert reported.cell is not None
    assert (reported.day, reported.source) == (date(2026, 3, 16), "社区矫正对象名册")
    assert (reported.cell.column, reported.cell.raw, reported.cell.row) == ("报到时间", "2026-03-16", 2)
    judged = next(each for each in line.entries if each.says.startswith("法院宣判"))
    assert "缓刑考验期二年" in judged.says


@pytest.mark.parametrize(
    ("case", "words", "state", "told"),
    [
        ({}, "送达法律文书", DutyState.KEPT, "文书送达日期：2026-03-13"),
        (
            {"set": {"T04.发文日期": "2026-03-23", "T02.法律文书收到时间": ""}},
            "送达法律文书",
            DutyState.KEPT,
            "文书送达日期：2026-03-23",
        ),
        (
            {"set": {"T04.发文日期": "2026-03-24", "T04.收文日期": "2026-03-25", "T02.法律文书收到时间": ""}},
            "送达法律文书",
            DutyState.LATE,
            "文书送达日期：2026-03-24，逾期1日",
        ),
        ({"T05": "empty"}, "向人民检察院抄送", DutyState.ABSENT, "已导入的名单中没有抄送检察院的记录"),
        (
            {"T05": "empty", "as_of": "2026-03-20"},
            "向人民检察院抄送",
            DutyState.WAITING,
            "还没有到期；到2026-03-20没有抄送检察院的记录",
        ),
        (
            {"T05": "empty", "as_of": "2026-03-25"},
            "向人民检察院抄送",
            DutyState.WAITING,
            "期限已过，留给登记的时间还没有过；到2026-03-25没有抄送检察院的记录",
        ),
    ],
)
def test_what_became_of_a_duty(case: dict[str, Any], words: str, state: DutyState, told: str) -> None:
    entry = duty(line_of(base="probation", **case), words)
    assert (entry.state, entry.told, entry.missing) == (state, told, ())
    assert entry.day == date(2026, 3, 23)
    assert entry.says.startswith(f"{WHO_DECIDES}至迟应于2026-03-23")
    assert entry.cell is not None


def test_a_list_that_is_not_there_never_shows_that_nothing_was_done() -> None:
    line = line_of(base="probation", T05=None, T04=None)
    assert not [each for each in line.entries if each.state is DutyState.ABSENT]
    entry = duty(line, "向人民检察院抄送")
    assert (entry.state, entry.missing, entry.holder) == (DutyState.UNKNOWN, ("《检察院收文登记》",), "人民检察院")
    assert ("检察院收文登记", "人民检察院") in line.absent


def test_a_list_that_ends_too_early_cannot_tell_either() -> None:
    entry = duty(line_of(base="probation", T05="empty", through={"T05": "2026-03-15"}), "向人民检察院抄送")
    assert entry.state is DutyState.UNKNOWN
    assert "截至2026-03-15" in entry.missing[0]


def test_a_duty_nobody_can_date_stands_last_and_says_what_is_missing() -> None:
    line = line_of(base="probation", set={"T01.生效日期": "", "T02.文书生效日期": ""})
    entry = duty(line, "向执行地社区矫正机构送达")
    assert (entry.day, entry.state, entry.missing) == (None, DutyState.UNKNOWN, ("裁判生效日",))
    assert all(each.day is None for each in line.entries[line.entries.index(entry) :])


def test_a_detention_begins_duties_of_its_own() -> None:
    line = line_of(base="probation", T12=[DETAINED])
    assert any(each.says == "公安机关决定处罚：行政拘留五日，赌博" for each in line.entries)
    entry = duty(line, "县级社区矫正机构")
    assert (entry.day, entry.state) == (date(2026, 5, 6), DutyState.ABSENT)  # the third day is a holiday
    outside = line_of(base="probation", T12=[{**DETAINED, "决定日期": "2026-02-02"}])
    assert not [each for each in outside.entries if "限制人身自由" in each.says or "县级社区矫正机构" in each.says]


def test_the_desk_of_deprivation_has_its_own_duties() -> None:
    line = line_of("deprivation", base="alone", T05="empty", set={"T21.通知/寄出日期": "2026-03-25"})
    served, copied = duty(line, "居住地县级公安机关送达"), duty(line, "居住地县级人民检察院抄送")
    assert (served.state, served.told) == (DutyState.LATE, "送达公安机关的日期：2026-03-25，逾期2日")
    assert (served.source, served.cell and served.cell.column) == ("监所文书送达登记", "通知/寄出日期")
    assert any(each.says.startswith("公安机关列管") for each in line.entries)
    assert copied.state is not DutyState.KEPT
    unknown = duty(line_of("deprivation", base="alone", T21=None), "居住地县级公安机关送达")
    assert (unknown.state, unknown.missing) == (DutyState.UNKNOWN, ("送达公安机关的日期",))


def test_findings_stand_with_what_they_rest_on() -> None:
    case = {"id": "x", "base": "probation", "set": {"T02.社区矫正结束日期": "2028-03-13"}, "T05": "empty"}
    whole = spread("correction", case)
    reviewed = list(PEOPLE_DESKS["correction"].review(records_of(whole), shipped(), lists_of(whole), Ticket()))
    found = [
        Finding(str(place), "correction", one.review.person, one.review.case, one.review.unit, each)
        for one in reviewed
        for place, each in enumerate(one.review.verdicts)
        if each.outcome is Outcome.FOUND
    ]
    line = line_of(findings=tuple(found), **{key: value for key, value in case.items() if key != "id"})
    end = next(each for each in line.entries if each.says.startswith("社区矫正结束"))
    assert any(each.startswith("SJ-20") for each in end.findings)
    assert duty(line, "向人民检察院抄送").findings[0].startswith("SJ-08")
    assert duty(line, "送达法律文书").findings == ()


def test_rows_without_a_day_and_rows_that_may_be_of_another_are_told_as_such() -> None:
    line = line_of(base="probation", T18=[{"死亡证明编号": "样〔2026〕1号"}])
    assert line.entries[-1].day is None
    assert line.entries[-1].says == "《死亡/户籍》有这个人的记录，没有写明日期"
    whole = spread("correction", {"id": "x", "base": "probation"})
    (someone,) = find_people(records_of(whole)).all
    row = someone.rows["T02"][0]
    loose = replace(someone, loose={(row.file, row.sheet, row.row): "只有姓名、案号相同"})
    desk = PEOPLE_DESKS["correction"]
    line = time_line(desk.duties, Dossier(loose, lists_of(whole)), shipped(), desk.tables, ())
    assert {each.unsure for each in line.entries if each.source == "社区矫正对象名册" and each.state is None} == {
        "只有姓名、案号相同"
    }


def test_many_days_of_one_kind_are_told_by_month() -> None:
    rows = [{"日期时间": f"2026-{month:02}-{day:02}", "方式": "打卡"} for month in (4, 5) for day in range(1, 10)]
    line = line_of(base="probation", T06=rows)
    told = [each for each in line.entries if each.says.startswith("报到、签到")]
    assert len(rows) > MOST_SINGLE
    assert [(str(each.day), each.says) for each in told] == [
        ("2026-04-01", "报到、签到：打卡；本月共 9 次"),
        ("2026-05-01", "报到、签到：打卡；本月共 9 次"),
    ]
    few = line_of(base="probation", T06=rows[:MOST_SINGLE])
    assert len([each for each in few.entries if each.says.startswith("报到、签到")]) == MOST_SINGLE


def test_duties_of_several_matters_name_their_matter() -> None:
    second = {
        "矫正机构": "样本县第一司法所",
        "矫正类别": "缓刑",
        "判决书编号": "（2022）样0101刑初9号",
        "文书生效日期": "2022-03-14",
        "社区矫正开始日期": "2022-03-14",
        "社区矫正结束日期": "2023-03-13",
        "缓刑考验期限": "一年",
    }
    line = line_of(base="probation", **{"T02+": [second]})
    cases = {each.case for each in line.entries if each.kind is EntryKind.DUTY}
    assert cases == {"（2022）样0101刑初9号", "（2026）样0101刑初1号"}
    assert {each.case for each in line_of(base="probation").entries} == {""}


def test_what_lists_say_differently_about_the_person_stands_side_by_side() -> None:
    said = {"T01.性别": "女", "T01.出生日期": "1990-01-02", "T04.姓名": "测试假"}
    line = line_of(base="probation", set=said)
    assert [each.what for each in line.apart] == ["姓名", "性别"]  # of the birth date only one list speaks
    sex = line.apart[1]
    assert [(each.source, each.cell.raw) for each in sex.sayings] == [
        ("法院裁判(非监禁刑/附加刑)", "女"),
        ("社区矫正对象名册", "男"),
    ]
    assert sex.holders == ("人民法院", "社区矫正机构")
    assert line_of(base="probation").apart == ()
    masked = line_of(base="probation", set={"T04.姓名": " 测 试 甲 "})
    assert masked.apart == ()


def test_rows_that_cannot_be_the_persons_are_named() -> None:
    whole = spread("correction", {"id": "x", "base": "probation"})
    (someone,) = find_people(records_of(whole)).all
    someone.conflicts.append("《名册》第9行：身份证号相同，但姓名、出生日期、性别都不同")
    desk = PEOPLE_DESKS["correction"]
    line = time_line(desk.duties, Dossier(someone, lists_of(whole)), shipped(), desk.tables, ())
    assert line.doubts == ("《名册》第9行：身份证号相同，但姓名、出生日期、性别都不同",)
