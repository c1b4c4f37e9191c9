"""Who answers for a finding: by the rule, by the words of the finding, and by the names the rows hold."""

from __future__ import annotations

from app.core.actions.desks import PEOPLE_DESKS
from app.core.answerable import Answerable, answerable, answers, asked_of, roles
from app.core.documents.kinds import kind
from app.core.findings import Evidence, Level, Outcome, Verdict
from app.core.records import Cell, Record

SENT = ("纠正违法通知书", "检察建议书", "口头纠正", "检察意见书")


def row(table: str, line: int = 5, file: str = "名册.xlsx", **values: str) -> Record:
    return Record(table, file, "表", line, {name: Cell(text, text, name) for name, text in values.items()})


def found(rule: str, message: str = "有问题", *rows: Record) -> Verdict:
    cells = tuple(Evidence(each.file, each.sheet, each.row, "列", "name", "", "") for each in rows)
    return Verdict(rule, rule, Outcome.FOUND, level=Level.UNLAWFUL, message=message, evidence=cells)


def nobody(_: Record) -> str:
    return ""


def test_every_rule_that_writes_to_an_office_says_who_answers_and_what_is_asked() -> None:
    for desk in PEOPLE_DESKS.values():
        for rule in desk.rules.all():
            if rule.document in SENT:
                assert rule.id in answers(), rule.id


def test_every_role_named_exists_and_every_request_reads_as_a_clause() -> None:
    for each in answers().values():
        assert {who for _, who in each.who} <= {"", *roles()}
        assert each.who[-1][0] == ""
        assert each.ask
        assert not each.ask.endswith("。")


def test_the_court_answers_for_its_delivery_though_the_office_of_correction_is_looked_at() -> None:
    roster, judgment = row("T02", correction_office="样本司法所"), row("T01", 6, "裁判.xlsx", court="样本县人民法院")
    to = answerable(found("SJ-07", "逾期", roster), (roster, judgment), nobody)
    assert to == Answerable("社区矫正决定机关", "样本县人民法院")


def test_the_rows_a_finding_rests_on_name_the_office_first() -> None:
    one, two = row("T20", 3, police_station="样东派出所"), row("T20", 4, police_station="样西派出所")
    assert answerable(found("BQ-18", "", two), (one, two), nobody).name == "样西派出所"
    assert answerable(found("BQ-18"), (one, two), nobody).name == ""


def test_papers_delivered_or_not_decide_who_answers() -> None:
    released = row("T19", receiving_station="样东派出所")
    told = answerable(found("BQ-02", "仍未列管（文书已送达公安机关）", released), (released,), nobody)
    assert (told.role, told.name) == ("公安机关", "样东派出所")
    untold = answerable(found("BQ-02", "仍未列管（没有监狱、看守所送达文书的记录）", released), (released,), nobody)
    assert not untold.known


def test_a_list_may_name_its_office_and_a_name_of_another_kind_is_not_taken() -> None:
    listed = row("T21")
    assert answerable(found("BQ-09", "", listed), (listed,), lambda _: "样州监狱").name == "样州监狱"
    assert answerable(found("BQ-09", "", listed), (listed,), lambda _: "样县公安局").name == ""


def test_what_is_asked_stands_once() -> None:
    assert len(asked_of([found("SJ-35"), found("SJ-33"), found("SJ-04")])) == 2
    assert kind("notice").under.endswith("条")
