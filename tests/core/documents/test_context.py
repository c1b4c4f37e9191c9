"""The words of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.documents.context import Office, case_context, case_sources
from app.core.documents.dictionary import WordType, dictionary
from app.core.findings import CaseReview, Conclusion, Match
from app.core.records import Record, Value
from app.core.values import Deprivation, Sentence, SentenceKind
from tests.core.documents import samples

LIFE = Sentence(SentenceKind.LIFE)


def words(record: Record | None = None, *history: Record, case: CaseReview = samples.AGREED) -> dict[str, object]:
    """The words of a case, ordinary in all that is not said."""
    record = record or samples.proposal()
    return case_context(case, record, history, samples.OFFICE, samples.NUMBER, samples.DAY)


def test_every_word_of_the_dictionary_is_supplied_with_its_type_and_no_other() -> None:
    made = words()
    of_a_case = {name: word for name, word in dictionary().items() if not word.of}
    assert made.keys() == of_a_case.keys()
    types = {WordType.TEXT: str, WordType.FLAG: bool, WordType.TEXTS: list, WordType.ROWS: list}
    for name, word in of_a_case.items():
        assert isinstance(made[name], types[word.type]), name


def test_every_row_has_its_words_and_no_others() -> None:
    made = words(samples.proposal(), *samples.HISTORY, case=samples.long_case())
    lists = [(name, word) for name, word in dictionary().items() if word.type is WordType.ROWS and not word.of]
    for name, word in lists:
        for row in made[name]:  # type: ignore[attr-defined]
            assert row.keys() == word.inside.keys(), name


def test_values_are_written_as_official_papers_do() -> None:
    made = words()
    assert made["出生日期"] == "1979年10月3日"
    assert made["应缴金额"] == "5000元"
    assert made["已缴金额"] == "0元"
    assert made["表扬次数"] == "0"
    assert made["累犯"] == "否"
    assert made["从严情形"] == "无"
    assert made["考核期间"] == "2024年1月1日至2024年9月30日"
    assert made["刑期起止"] == "自2023年5月10日起至2026年5月9日止"
    assert made["文书日期"] == "2026年11月21日"


def test_what_is_unknown_stays_empty_and_what_was_not_read_keeps_its_words() -> None:
    review, record = samples.nothing_known()
    made = case_context(review, record, (), Office(), "", samples.DAY)
    assert made["性别"] == made["院名"] == made["文号"] == made["考核期间"] == made["提请内容"] == ""
    assert made["原判刑期"] == "3年6月余（表中原文）"
    assert made["原判刑罚"] == "3年6月余（表中原文）"
    assert made["姓名"] == "试乙"
    assert made["刑期起止"] == "自【待填】起至【待填】止"
    assert made["判处内容"] == "3年6月余（表中原文），附加剥夺政治权利【待填】"
    assert made["人员待核"] is True


SENTENCES: dict[str, tuple[dict[str, Value], str, str]] = {
    "kind in one column, term in the other": ({"sentence": samples.fixed(36)}, "有期徒刑三年", "有期徒刑三年"),
    "the kind's own column rules": (
        {"sentence_kind": "拘役", "sentence": samples.fixed(5)},
        "拘役五个月",
        "拘役五个月",
    ),
    "life without a term": ({"sentence_kind": "无期徒刑", "sentence": None}, "无期徒刑", "无期徒刑"),
    "life in the term's column": ({"sentence_kind": None, "sentence": LIFE}, "无期徒刑", "无期徒刑"),
    "a kind and no term": ({"sentence": None}, "有期徒刑【待填】", "有期徒刑【待填】"),
    "with deprivation": (
        {"deprivation": Deprivation(samples.Term(1))},
        "有期徒刑三年",
        "有期徒刑三年，附加剥夺政治权利一年",
    ),
    "deprivation for life": (
        {"sentence_kind": "无期徒刑", "deprivation": Deprivation(life=True)},
        "无期徒刑",
        "无期徒刑，附加剥夺政治权利终身",
    ),
    "deprivation unknown": ({"deprivation": None}, "有期徒刑三年", "有期徒刑三年，附加剥夺政治权利【待填】"),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_sentence(case: str) -> None:
    changes, penalty, imposed = SENTENCES[case]
    made = words(samples.proposal(**changes))
    assert (made["原判刑罚"], made["判处内容"]) == (penalty, imposed)


HEAVY: dict[str, Value] = {"sentence_kind": "无期徒刑", "sentence": None, "sentence_end": None}
TO_FIXED = samples.ruling(date(2018, 5, 1), samples.fixed(264), ruling_kind="减为有期徒刑")
TO_FIXED_UNNAMED = samples.ruling(date(2018, 5, 1), samples.fixed(264))
TO_LIFE = samples.ruling(date(2016, 5, 1), LIFE, ruling_kind="减为无期徒刑")


def test_what_is_proposed() -> None:
    assert words()["提请内容"] == "减去有期徒刑六个月"
    life = samples.proposal(**HEAVY, proposed=samples.fixed(264))
    assert words(life)["提请内容"] == "减为有期徒刑二十二年"
    assert words(life)["刑期起止"] == "自2023年5月10日起"
    assert words(samples.proposal(**HEAVY), TO_FIXED)["提请内容"] == "减去有期徒刑六个月"
    assert words(samples.proposal(**HEAVY), TO_FIXED_UNNAMED)["提请内容"] == "减去有期徒刑六个月"
    death = samples.proposal(**{**HEAVY, "sentence_kind": "死刑缓期执行"}, proposed=samples.fixed(300))
    assert words(death, TO_LIFE)["提请内容"] == "减为有期徒刑二十五年"
    assert words(death)["死缓案件"] is True
    to_life = samples.proposal(**{**HEAVY, "sentence_kind": "死刑缓期执行"}, proposed=LIFE)
    assert words(to_life)["提请内容"] == "减为无期徒刑"


def test_the_words_of_the_table_decide_between_reducing_and_replacing() -> None:
    record = samples.record("R1", {**samples.ORDINARY, "proposed": samples.fixed(264)}, proposed="减为22年")
    assert words(record)["提请内容"] == "减为有期徒刑二十二年"
    record = samples.record("R1", {**samples.ORDINARY, **HEAVY, "proposed": samples.fixed(6)}, proposed="减去6个月")
    assert words(record)["提请内容"] == "减去有期徒刑六个月"


def test_parole() -> None:
    made = words(samples.proposal(proposal_kind="假释", proposed=None, proposed_end=None, proposed_deprivation=None))
    assert (made["提请类型"], made["提请内容"], made["提请假释"], made["提请减刑"]) == ("假释", "假释", True, False)
    assert made["减后刑期止日"] == made["减后剥夺政治权利"] == "不适用（假释）"
    assert made["送达文书"] == [{"序号": "1", "文书名称": "假释提请检察意见书", "文号": "", "份数": "1"}]


def test_history_is_in_the_order_of_rulings_and_each_change_in_words() -> None:
    made = words(samples.proposal(**HEAVY), samples.ruling(date(2020, 1, 1), samples.fixed(7), 9), TO_FIXED_UNNAMED)
    rows: list[dict[str, str]] = made["历次刑罚变动"]  # type: ignore[assignment]
    assert [(each["序号"], each["裁定日期"], each["变动内容"]) for each in rows] == [
        ("1", "2018年5月1日", "减为有期徒刑二十二年"),
        ("2", "2020年1月1日", "减去有期徒刑七个月"),
    ]
    assert made["历次减刑次数"] == "2"
    assert rows[0]["送达日期"] == ""


def test_a_change_known_by_its_kind_or_new_term_only() -> None:
    by_kind = samples.ruling(date(2018, 5, 1), None, ruling_kind="减为有期徒刑")
    by_term = samples.ruling(date(2018, 5, 1), None, ruling_kind="减为有期徒刑", term_after=samples.fixed(264))
    undated = samples.record("R2", {"reduced": samples.fixed(6)})
    rows: list[dict[str, str]] = words(samples.proposal(), undated, by_term, by_kind)["历次刑罚变动"]  # type: ignore[assignment]
    assert {each["变动内容"] for each in rows[:2]} == {"减为有期徒刑", "减为有期徒刑二十二年"}
    assert (rows[2]["裁定日期"], rows[2]["变动内容"]) == ("", "减去有期徒刑六个月")


def test_exactly_one_conclusion_is_true() -> None:
    for conclusion, case in samples.EACH_CONCLUSION.items():
        made = words(case=case)
        assert [each for each in Conclusion if made[each.value] is True] == [conclusion]
        assert made["结论"] == conclusion.value


def test_what_the_caller_says_goes_before_defaults() -> None:
    made = case_context(
        samples.AGREED,
        samples.proposal(),
        (),
        samples.OFFICE,
        samples.NUMBER,
        samples.DAY,
        handler="检察员乙",
        due_on=date(2024, 12, 2),
        addressee="豫东省试验监狱",
        address="试验路1号",
        annexes=("证据目录",),
        served=(("纠正违法通知书", "某号", 2),),
    )
    assert (made["承办人"], made["审查期限届满日"]) == ("检察员乙", "2024年12月2日")
    assert (made["受送达人"], made["送达地址"]) == ("豫东省试验监狱", "试验路1号")
    assert made["附件"] == [{"序号": "1", "名称": "证据目录"}]
    assert made["送达文书"] == [{"序号": "1", "文书名称": "纠正违法通知书", "文号": "某号", "份数": "2"}]
    assert words()["受送达人"] == "豫东省试验市中级人民法院"
    assert words()["承办人"] == "检察员甲"


def test_facts_of_the_review_fill_gaps_only() -> None:
    case = replace(samples.AGREED, facts={"监区": "三监区", "审理方式": "书面审理", "别的": "甲"})
    made = words(case=case)
    assert (made["监区"], made["审理方式"]) == ("二监区", "书面审理")
    assert "别的" not in made


def test_identity_in_doubt_is_told() -> None:
    person = replace(samples.AGREED.person, match=Match.LIKELY)
    assert words(case=replace(samples.AGREED, person=person))["人员待核"] is True
    assert words()["人员待核"] is False


def test_sources_name_the_cell() -> None:
    sources = case_sources(samples.proposal())
    assert sources["报请日期"].field == "filed_on"
    assert (sources["报请日期"].file, sources["报请日期"].row) == (samples.FILE, 5)
    assert "提请内容" not in sources
    assert "备注" not in sources
