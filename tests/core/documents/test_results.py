"""Verdicts in words: counts, order, what each claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.core.documents.results import result_words
from app.core.findings import CaseReview, Conclusion, DaySpan, Evidence
from tests.core.documents import samples


def rows(case: CaseReview, name: str) -> Sequence[dict[str, object]]:
    return result_words(case)[name]  # type: ignore[return-value]


def column(case: CaseReview, name: str, word: str) -> list[object]:
    return [each[word] for each in rows(case, name)]


MIXED = samples.case(
    Conclusion.REFUSE,
    samples.BAD_DATA,
    samples.REMARK,
    samples.UNSURE,
    samples.START,
    samples.SHORT,
    samples.NO_SERVICE,
    samples.NOT_LIFE,
    reasons=("JX-T03",),
)


def test_counts_add_up() -> None:
    words = result_words(MIXED)
    names = ("合规数", "违法数", "存疑数", "提示数", "数据数", "未能判断数")
    assert [words[each] for each in names] == ["1"] * 6
    assert (words["审查事项数"], words["不适用数"]) == ("6", "1")


def test_every_check_asked_is_listed_and_what_does_not_apply_is_listed_apart() -> None:
    assert column(MIXED, "审查事项", "规则号") == ["JX-D07", "JX-T06", "JX-F02", "JX-T01", "JX-T03", "JX-T05"]
    assert column(MIXED, "审查事项", "结论") == ["数据", "提示", "存疑", "合规", "违法", "不能判断"]
    assert rows(MIXED, "不适用事项") == [
        {
            "规则号": "JX-T02",
            "事项": "无期徒刑、死缓减刑起始时间不足",
            "原因": "原判有期徒刑，不涉及无期徒刑、死缓的起始时间",
        }
    ]


def test_the_days_are_told_span_by_span() -> None:
    spans = (
        DaySpan("先行羁押", date(2020, 1, 1), date(2020, 1, 31)),
        DaySpan("服刑", date(2020, 2, 1), date(2020, 2, 1), "与先行羁押重叠"),
    )
    told = replace(MIXED, days=spans, unplaced=("不计入刑期3日，起止日期没有提供",))
    assert rows(told, "刑期各段") == [
        {"序号": "1", "状态": "先行羁押", "起日": "2020年1月1日", "止日": "2020年1月31日", "日数": "31", "备注": ""},
        {
            "序号": "2",
            "状态": "服刑",
            "起日": "2020年2月1日",
            "止日": "2020年2月1日",
            "日数": "1",
            "备注": "与先行羁押重叠",
        },
    ]
    assert result_words(told)["未排入的期间"] == ["不计入刑期3日，起止日期没有提供"]
    assert rows(MIXED, "刑期各段") == []


def test_problems_stand_in_the_order_of_their_levels() -> None:
    assert column(MIXED, "需说明的问题", "结论") == ["违法", "存疑", "提示", "数据"]
    assert column(MIXED, "需说明的问题", "中文序号") == ["一", "二", "三", "四"]
    assert column(MIXED, "违法问题", "规则号") == ["JX-T03"]
    assert column(MIXED, "需核实问题", "规则号") == ["JX-F02"]


def test_only_unlawful_findings_have_a_gravity() -> None:
    assert column(MIXED, "需说明的问题", "程度") == ["较重", "", "", ""]


def test_a_provision_not_read_word_for_word_says_so_and_none_is_said_twice() -> None:
    twice = samples.SHORT._replace(basis=samples.SHORT.basis * 2)
    case = samples.case(Conclusion.REFUSE, twice)
    assert rows(case, "违法问题")[0]["依据"] == ["法释〔2016〕23号第六条第三款", "《监狱法》第四十五条（依据待核）"]


def test_the_cell_of_each_finding_is_named() -> None:
    assert rows(MIXED, "违法问题")[0]["证据"][0] == {  # type: ignore[index]
        "文件": samples.FILE,
        "工作表": "名册",
        "行": "5",
        "列": "报请日期",
        "原文": "2024.11.20",
        "读作": "2024-11-20",
    }


def test_an_empty_cell_is_shown_as_such_and_a_plain_one_is_not_said_twice() -> None:
    cells = (Evidence("甲.xlsx", "", 2, "列", "x", " ", ""), Evidence("甲.xlsx", "", 2, "列", "x", "否", "否"))
    case = samples.case(Conclusion.REFUSE, samples.SHORT._replace(evidence=cells))
    shown = rows(case, "违法问题")[0]["证据"]
    assert [(each["原文"], each["读作"]) for each in shown] == [("（空）", ""), ("否", "")]  # type: ignore[attr-defined]


def test_what_could_not_be_judged_names_the_item_and_its_holder() -> None:
    assert rows(samples.UNDECIDED, "未能判断的事项") == [
        {
            "序号": "1",
            "规则号": "JX-T03",
            "事项": "间隔时间不足",
            "缺少的材料": "上次裁定送达日、历次减刑表",
            "持有单位": "监狱",
        },
        {
            "序号": "2",
            "规则号": "JX-T05",
            "事项": "上次裁定送达日缺失",
            "缺少的材料": "上次裁定送达日",
            "持有单位": "监狱、中级人民法院",
        },
    ]


def test_what_a_conclusion_rests_on() -> None:
    assert column(samples.UNDECIDED, "关键未判断事项", "规则号") == ["JX-T03"]
    assert rows(samples.REFUSED, "关键未判断事项") == []
    assert column(samples.DOUBTED, "结论理由", "规则号") == ["JX-F02"]
    assert column(samples.REFUSED, "结论理由", "规则号") == ["JX-T03"]


def test_what_several_checks_lack_is_said_once() -> None:
    lack = next(each for each in samples.UNDECIDED.verdicts if each.rule == "JX-T03")
    other, third = (
        lack._replace(rule=rule, rule_name=name) for rule, name in (("JX-M01", "超过上限"), ("JX-S01", "少"))
    )
    third = third._replace(missing=("执行通知书",), holder="")
    case = replace(samples.UNDECIDED, verdicts=(lack, other, third), reasons=("JX-T03", "JX-M01", "JX-S01"))
    assert [
        (each["序号"], each["规则号"], each["事项"], each["持有单位"]) for each in rows(case, "关键未判断事项")
    ] == [
        ("1", "JX-T03、JX-M01", "间隔时间不足、超过上限", "监狱"),
        ("2", "JX-S01", "少", "—"),
    ]


def test_a_message_has_no_full_stop_of_its_own() -> None:
    case = samples.case(Conclusion.REFUSE, samples.SHORT._replace(message="早1日。"))
    assert rows(case, "违法问题")[0]["说明"] == "早1日"
    assert rows(samples.UNDECIDED, "审查事项")[1]["说明"] == "缺少上次裁定送达日、历次减刑表"
