"""The shipped templates: layout numbers, and what each document says in every kind of case."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache

import pytest
from docx import Document
from docxtpl import DocxTemplate

from app.core.documents.context import Office, case_context
from app.core.documents.fill import Template, compile_template
from app.core.documents.kinds import kind, kinds
from app.core.documents.syntax import environment
from app.core.documents.templates import find_template
from app.core.findings import CaseReview, Conclusion
from app.core.records import Record
from tests.core.documents import samples
from tests.core.documents.papers import W, parts, root, text

KINDS = ("review_report", "opinion", "receipt")
SHIPPED = tuple(each.id for each in kinds())
FONTS = {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"}


@cache
def template(kind_id: str) -> Template:
    return compile_template(find_template(kind(kind_id)))


def words(case: CaseReview, record: Record | None = None, *history: Record) -> dict[str, object]:
    record = record or samples.proposal()
    return case_context(case, record, history, samples.OFFICE, samples.NUMBER, samples.DAY)


def paper(kind_id: str, case: CaseReview, record: Record | None = None, *history: Record) -> str:
    return text(template(kind_id).fill(words(case, record, *history)))


def attributes(kind_id: str, tag: str, part: str = "word/document.xml") -> list[Mapping[str, str]]:
    raw = find_template(kind(kind_id)).read_bytes()
    return [
        {str(name).rpartition("}")[2]: str(value) for name, value in each.items()}
        for each in root(raw, part).iter(f"{{{W}}}{tag}")
    ]


@pytest.mark.parametrize("kind_id", SHIPPED)
def test_page_is_a4_with_the_margins_of_the_standard(kind_id: str) -> None:
    assert attributes(kind_id, "pgSz") == [{"w": "11906", "h": "16838"}]
    (margins,) = attributes(kind_id, "pgMar")
    assert [margins[each] for each in ("top", "bottom", "left", "right")] == ["2098", "1985", "1588", "1474"]
    assert attributes(kind_id, "docGrid") == [{"type": "lines", "linePitch": "579"}]


@pytest.mark.parametrize("kind_id", SHIPPED)
def test_only_fonts_of_the_standard_are_named_and_always_for_every_script(kind_id: str) -> None:
    raw = parts(find_template(kind(kind_id)).read_bytes())
    for part in (name for name in raw if re.fullmatch(r"word/(document|styles|footer\d)\.xml", name)):
        for each in attributes(kind_id, "rFonts", part):
            assert {each["ascii"], each["hAnsi"], each["eastAsia"]} <= FONTS
            assert each["ascii"] == each["hAnsi"] == each["eastAsia"]
        assert b"Theme" not in raw[part].replace(b"themeFontLang", b"")


def test_sizes_and_line_of_the_styles() -> None:
    book = Document(io.BytesIO(find_template(kind("opinion")).read_bytes()))
    sizes = {each.name: each.font.size.pt for each in book.styles if each.type == 1 and each.font.size is not None}
    assert (sizes["文书标题"], sizes["表格文字"], sizes["小表文字"], sizes["Footer"]) == (22, 12, 10.5, 14)
    assert book.styles["Normal"].paragraph_format.line_spacing.twips == 579
    defaults = book.styles.element.find(f".//{{{W}}}rPrDefault//{{{W}}}sz")
    assert defaults.get(f"{{{W}}}val") == "32"


def test_page_numbers_stand_outside_on_both_sides() -> None:
    for part, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        assert attributes("opinion", "jc", part) == [{"val": side}]
    assert attributes("opinion", "evenAndOddHeaders", "word/settings.xml") == [{}]
    kinds = [each["type"] for each in attributes("opinion", "footerReference")]
    assert kinds == ["default", "even"]


@pytest.mark.parametrize("kind_id", SHIPPED)
def test_tables_are_as_wide_as_their_columns(kind_id: str) -> None:
    for each in root(find_template(kind(kind_id)).read_bytes()).iter(f"{{{W}}}tbl"):
        grid = [int(column.get(f"{{{W}}}w")) for column in each.iter(f"{{{W}}}gridCol")]
        width = each.find(f"{{{W}}}tblPr/{{{W}}}tblW")
        assert width is not None
        assert sum(grid) == int(width.get(f"{{{W}}}w"))  # type: ignore[arg-type]
        assert sum(grid) <= 8844
        for row in each.iter(f"{{{W}}}tr"):
            assert sum(int(cell.get(f"{{{W}}}w")) for cell in row.iter(f"{{{W}}}tcW")) == sum(grid)  # type: ignore[arg-type]


def test_long_tables_repeat_their_heading() -> None:
    assert len(attributes("review_report", "tblHeader")) == 5
    assert len(attributes("data_request", "tblHeader")) == 1
    assert len(attributes("class_advice", "tblHeader")) == 1


@pytest.mark.parametrize("kind_id", KINDS)
@pytest.mark.parametrize("conclusion", list(Conclusion))
def test_no_mark_of_the_template_is_left(kind_id: str, conclusion: Conclusion) -> None:
    for record in (samples.proposal(), samples.nothing_known()[1]):
        made = paper(kind_id, samples.EACH_CONCLUSION[conclusion], record)
        assert not re.search(r"\{\{|\}\}|\{%|%\}|None|Undefined", made)


@pytest.mark.parametrize("kind_id", KINDS)
def test_the_same_text_comes_out_of_docxtpl_itself(kind_id: str) -> None:
    from app.core.documents.dictionary import dictionary
    from app.core.documents.words import prepare

    for case in (samples.REFUSED, samples.long_case()):
        given = words(case, samples.proposal(name="A&B<某>"), *samples.HISTORY)
        book = DocxTemplate(find_template(kind(kind_id)))
        book.render(prepare(template(kind_id).use, dictionary(), given).words, environment())
        out = io.BytesIO()
        book.save(out)
        assert text(template(kind_id).fill(given)) == text(out.getvalue())


OPINIONS = {
    Conclusion.AGREE: [
        "未发现豫东省试验监狱提请对罪犯试甲减去有期徒刑六个月的建议有不符合法律规定的情形",
        "同意该提请",
    ],
    Conclusion.REFUSE: ["1.间隔时间不足：上次裁定送达至本次报请不满一年，早1日。", "建议对罪犯试甲不予减刑", "需核实"],
    Conclusion.ADJUST: ["应当依法调整", "依法可以掌握的幅度为：不超过九个月"],
    Conclusion.INVESTIGATE: ["（草稿：本案需调查核实", "下列问题需核实", "经调查核实：【待填】", "我院认为：【待填】"],
    Conclusion.UNDECIDED: ["（草稿：本案材料不足", "缺少上次裁定送达日、历次减刑表，由监狱持有", "我院认为：【待填】"],
}
CLAIMS = {
    Conclusion.AGREE: ["同意该提请"],
    Conclusion.REFUSE: ["不予减刑"],
    Conclusion.ADJUST: ["应当依法调整"],
    Conclusion.INVESTIGATE: ["（草稿"],
    Conclusion.UNDECIDED: ["（草稿"],
}


@pytest.mark.parametrize("conclusion", OPINIONS)
def test_the_opinion_says_its_conclusion_and_no_other(conclusion: Conclusion) -> None:
    made = paper("opinion", samples.EACH_CONCLUSION[conclusion])
    assert all(each in made for each in OPINIONS[conclusion]), made
    claims = {each for said in CLAIMS.values() for each in said}
    assert [each for each in claims if each in made] == CLAIMS[conclusion]


@pytest.mark.parametrize("kind_id", ["review_report", "opinion"])
def test_a_doubt_is_never_called_unlawful(kind_id: str) -> None:
    made = paper(kind_id, samples.DOUBTED)
    assert "不符合法律规定" not in made
    assert "违反法律规定" not in made
    assert "需核实" in made


def test_an_amount_that_does_not_follow_is_left_to_the_prosecutor() -> None:
    case = samples.case(Conclusion.ADJUST, samples.TOO_MUCH, reasons=("JX-M01",))
    assert "依法可以掌握的幅度为：【待填】" in paper("opinion", case)
    assert "依法可以掌握的幅度为：【待填】" in paper("review_report", case)


def test_the_opinion_ends_with_office_day_and_annexes() -> None:
    made = paper("opinion", samples.REFUSED).split("\n")
    assert made[:3] == ["豫东市豫东地区人民检察院", "减刑提请检察意见书", samples.NUMBER]
    assert made[-4:] == [
        "豫东市豫东地区人民检察院",
        "2026年11月21日",
        "附件：证据目录【待填】",
        "副本送：豫东省试验监狱",
    ]
    given = case_context(samples.AGREED, samples.proposal(), (), samples.OFFICE, "", samples.DAY, annexes=("甲", "乙"))
    assert text(template("opinion").fill(given)).split("\n")[-4:-1] == ["附件：", "1.甲", "2.乙"]


def test_the_report_lists_every_check_with_its_sum_law_and_cell() -> None:
    made = paper("review_report", samples.REFUSED).split("\n")
    assert made[0] == "关于罪犯试甲减刑案件的审查报告"
    for each in (
        *(
            "减刑起始时间不足",
            "合规",
            "＋12个月 → 2024-11-20",
            "间隔时间不足",
            "（较重）",
            "法释〔2016〕23号第六条第三款",
        ),
        *(
            "《监狱法》第四十五条（依据待核）",
            "（一）间隔时间不足（违法，较重）",
            "（二）确有能力不履行财产性判项（存疑，需核实）",
        ),
        *(samples.FILE, "报请日期", "2024.11.20（读作 2024-11-20）", "不能判断"),
    ):
        assert each in made, each
    assert "共审查4项：合规1项，违法1项，存疑（需核实）1项，提示0项，数据问题0项，不能判断1项" in "".join(made)
    assert "另有1项因缺少材料不能判断（见末页），制发检察意见前应当一并考虑。" in made


def test_the_last_page_lists_what_could_not_be_judged_and_who_holds_it() -> None:
    made = paper("review_report", samples.UNDECIDED)
    last = made[made.rindex("未能判断的事项\n下列") :]
    assert "上次裁定送达日缺失（JX-T05）\n上次裁定送达日\n监狱、中级人民法院" in last
    breaks = root(template("review_report").fill(words(samples.UNDECIDED))).iter(f"{{{W}}}pageBreakBefore")
    assert len(list(breaks)) == 1


def test_the_last_page_says_plainly_when_everything_was_judged() -> None:
    assert paper("review_report", samples.AGREED).rstrip().endswith("没有因缺少材料而未能判断的事项。")


def test_prior_commutations_are_listed_or_said_to_be_missing() -> None:
    made = paper("review_report", samples.AGREED, samples.proposal(), *samples.HISTORY)
    assert "所交材料载有此前刑罚变动8次：" in made
    assert "（2016）豫99刑更100号" in made
    none = paper("review_report", samples.AGREED, samples.proposal(history="无"))
    assert "所交材料中没有此前刑罚变动的记录，“历次减刑情况”一列写明：无。" in none


def test_parole_reads_as_parole() -> None:
    record = samples.proposal(proposal_kind="假释", proposed=None, proposed_end=None, proposed_deprivation=None)
    report, opinion = paper("review_report", samples.AGREED, record), paper("opinion", samples.AGREED, record)
    assert "关于罪犯试甲假释案件的审查报告" in report
    assert "减后刑期止日" not in report
    assert "假释提请检察意见书" in opinion
    assert "提请对罪犯试甲假释的建议" in opinion
    assert "减刑" not in opinion


def test_optional_rows_of_the_facts() -> None:
    death = samples.proposal(sentence_kind="死刑缓期执行", sentence=None, sentence_end=None)
    assert "死缓期满日期\n【待填】" in paper("review_report", samples.AGREED, death)
    assert "死缓期满日期" not in paper("review_report", samples.AGREED)
    assert "各罪刑期" not in paper("review_report", samples.AGREED)


def test_the_receipt_names_what_is_served_and_leaves_room_to_sign() -> None:
    made = paper("receipt", samples.AGREED)
    for each in (
        samples.NUMBER,
        "豫东省试验市中级人民法院",
        "1.减刑提请检察意见书，1份",
        "送达地址\n【待填】",
        "签收时间",
    ):
        assert each in made
    given = {**words(samples.AGREED), "送达文书": [{"序号": "1", "文书名称": "甲", "文号": "乙号", "份数": "3"}]}
    assert "1.甲（乙号），3份" in text(template("receipt").fill(given))


def test_awkward_words_arrive_in_every_document() -> None:
    for kind_id in KINDS:
        made = paper(kind_id, samples.REFUSED, samples.AWKWARD)
        assert "阿卜杜拉·买买提·A&B公司<某某>的一个非常非常长的姓名" in made
    report = paper("review_report", samples.REFUSED, samples.AWKWARD)
    assert "《刑法》<某某>条规定的罪，刑期<5年 且 \"引号\" '单引号' {{ 姓名 }} {% if %}" in report
    assert "罚金一万元；\n责令退赔被害人损失二万元；\n追缴违法所得\t三千元" in report


def test_a_case_of_which_nothing_is_known_shows_every_gap() -> None:
    review, record = samples.nothing_known()
    given = case_context(review, record, (), Office(), "", samples.DAY)
    made = text(template("review_report").fill(given))
    missing = template("review_report").missing(given)
    assert "院名" in missing
    assert "姓名" not in missing
    assert made.count("【待填】") >= 40
    assert "注意：各表记录是否属于同一人尚未确认" in made


def test_forty_checks_of_five_steps() -> None:
    made = paper("review_report", samples.long_case(), samples.proposal(), *samples.HISTORY)
    assert made.count("第5步：") == 32
    assert made.count("（JX-E0") == 8
