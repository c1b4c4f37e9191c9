"""Hand-made cases: a short one, a long one, awkward words, nothing known; all people are made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.core.documents.context import Office
from app.core.findings import (
    Basis,
    CaseReview,
    Conclusion,
    Evidence,
    Gravity,
    Level,
    Match,
    Outcome,
    Person,
    Verdict,
)
from app.core.records import Cell, Record, Value, show
from app.core.values import Deprivation, Money, Sentence, SentenceKind, Term

DAY = date(2026, 11, 21)
OFFICE = Office("豫东市豫东地区人民检察院", "豫东", "刑执", "驻豫东监狱检察室", "检察员甲")
NUMBER = "豫东检刑执减意〔2026〕7号"
FILE, SHEET = "2026年第四批提请减刑名册.xlsx", "名册"


def fixed(months: int) -> Sentence:
    """有期徒刑 of so many months."""
    return Sentence(SentenceKind.FIXED_TERM, Term.of_months(months))


ORDINARY: Mapping[str, Value] = {
    "prisoner_no": "4105000001",
    "name": "试甲",
    "id_number": "410000197910039999",
    "birth_date": date(1979, 10, 3),
    "sex": "男",
    "prison": "豫东省试验监狱",
    "ward": "二监区",
    "batch": "2026年第四批",
    "offence": "盗窃罪",
    "sentence_kind": "有期徒刑",
    "sentence": fixed(36),
    "sentence_start": date(2023, 5, 10),
    "sentence_end": date(2026, 5, 9),
    "judged_on": date(2023, 10, 17),
    "effective_on": date(2023, 10, 29),
    "offence_date": date(2023, 5, 4),
    "delivered_on": date(2023, 11, 20),
    "deprivation": Deprivation(),
    "recidivist": False,
    "drug_recidivist": False,
    "strict_classes": "无",
    "restricted": False,
    "property_penalty": "罚金5000元",
    "amount_due": Money(500000),
    "amount_paid": Money(0),
    "property_status": "分期履行",
    "merit": "确有悔改表现",
    "lenient": "无",
    "assessed_from": date(2024, 1, 1),
    "assessed_to": date(2024, 9, 30),
    "commendations": 0,
    "proposal_kind": "减刑",
    "proposed": fixed(6),
    "proposed_end": date(2025, 11, 9),
    "proposed_deprivation": Deprivation(),
    "reviewed_on": date(2024, 10, 6),
    "notice_from": date(2024, 10, 9),
    "notice_to": date(2024, 10, 31),
    "filed_on": date(2024, 11, 20),
    "received_on": date(2024, 11, 21),
    "court": "豫东省试验市中级人民法院",
}


def record(table: str, values: Mapping[str, Value], row: int = 5, **raw: str) -> Record:
    """A record with these values; `raw` gives other raw texts by field id."""
    cells = {name: Cell(value, raw.get(name, show(value)), name) for name, value in values.items() if value is not None}
    cells |= {name: Cell(None, text, name) for name, text in raw.items() if name not in cells}
    return Record(table, FILE, SHEET, row, cells)


def proposal(**changes: Value) -> Record:
    """The ordinary R1 row with some fields changed; None takes a field out."""
    return record("R1", {**ORDINARY, **changes})


def ruling(on: date, reduced: Sentence | None, row: int = 2, **more: Value) -> Record:
    """One R2 row."""
    return record("R2", {"ruled_on": on, "reduced": reduced, **more}, row)


def evidence(n: int = 1) -> Evidence:
    """One cell."""
    return Evidence(FILE, SHEET, n + 4, "报请日期", "filed_on", "2024.11.20", "2024-11-20")


INTERVAL = Basis("法释〔2016〕23号", "第六条第三款", (date(2017, 1, 1), None), "V", "间隔时间")
UNREAD = Basis("监狱法", "第四十五条", (None, None), "M")


def lawful(rule: str, name: str, *steps: str) -> Verdict:
    """A rule that was kept."""
    return Verdict(rule, name, Outcome.LAWFUL, steps, (evidence(),), (INTERVAL,))


def found(level: Level, rule: str, name: str, message: str, *steps: str) -> Verdict:
    """A finding of a level."""
    gravity = Gravity.SERIOUS if level is Level.UNLAWFUL else None
    cells = (evidence(1), evidence(2))
    return Verdict(rule, name, Outcome.FOUND, steps, cells, (INTERVAL, UNREAD), level, gravity, message=message)


def lacking(rule: str, name: str, *missing: str, holder: str = "监狱") -> Verdict:
    """A rule that could not be asked."""
    return Verdict(rule, name, Outcome.NOT_EVALUATED, basis=(INTERVAL,), missing=missing, holder=holder)


def apart(rule: str, name: str, reason: str) -> Verdict:
    """A rule that does not concern the case."""
    return Verdict(rule, name, Outcome.NOT_APPLICABLE, (reason,))


START = lawful(
    "JX-T01", "减刑起始时间不足", "送交执行日 2023-11-20", "＋12个月 → 2024-11-20", "报请日 2024-11-20，已届满"
)
SHORT = found(
    Level.UNLAWFUL,
    "JX-T03",
    "间隔时间不足",
    "上次裁定送达至本次报请不满一年，早1日",
    "上次裁定送达日 2024-03-15",
    "＋12个月 → 2025-03-15",
    "报请日 2025-03-14，早 1 日",
)
TOO_MUCH = found(
    Level.UNLAWFUL, "JX-M01", "一次减刑超过上限", "提请减去十个月，超过九个月", "上限 九个月", "提请 十个月"
)
UNSURE = found(
    Level.DOUBT, "JX-F02", "确有能力不履行财产性判项", "狱内消费较高而未履行财产性判项", "月均消费 900元，额度 300元"
)
REMARK = found(Level.HINT, "JX-T06", "报请日贴近期满日", "报请日与期满日相差一日", "期满日 2024-11-20")
BAD_DATA = found(Level.DATA, "JX-D07", "刑期起止与原判不符", "刑期止日与推算相差五日", "推算 2026-05-04")
NO_SERVICE = lacking("JX-T05", "上次裁定送达日缺失", "上次裁定送达日", holder="监狱、中级人民法院")
NO_START = lacking("JX-T03", "间隔时间不足", "上次裁定送达日", "历次减刑表")
NOT_LIFE = apart("JX-T02", "无期徒刑、死缓减刑起始时间不足", "原判有期徒刑，不涉及无期徒刑、死缓的起始时间")


def case(conclusion: Conclusion, *verdicts: Verdict, reasons: tuple[str, ...] = (), largest: str = "") -> CaseReview:
    """A reviewed case."""
    person = Person("试甲", "410000197910039999", "4105000001")
    return CaseReview(person, "2026年第四批 4105000001", "豫东省试验监狱", conclusion, reasons, verdicts, largest)


AGREED = case(Conclusion.AGREE, START, REMARK, NOT_LIFE)
REFUSED = case(Conclusion.REFUSE, START, SHORT, UNSURE, NO_SERVICE, reasons=("JX-T03",))
ADJUSTED = case(Conclusion.ADJUST, START, TOO_MUCH, reasons=("JX-M01",), largest="不超过九个月")
DOUBTED = case(Conclusion.INVESTIGATE, START, UNSURE, BAD_DATA, reasons=("JX-F02",))
UNDECIDED = case(Conclusion.UNDECIDED, START, NO_START, NO_SERVICE, NOT_LIFE, reasons=("JX-T03",))
EACH_CONCLUSION = {each.conclusion: each for each in (AGREED, REFUSED, ADJUSTED, DOUBTED, UNDECIDED)}

HISTORY = tuple(
    ruling(
        date(2016 + n, 6, 2),
        fixed(6 + n % 3),
        2 + n,
        served_on=date(2016 + n, 6, 12),
        court="豫东省试验市中级人民法院",
        case_no=f"（{2016 + n}）豫99刑更{100 + n}号",
        end_after=date(2040 - n, 5, 9),
    )
    for n in range(8)
)


def long_case() -> CaseReview:
    """Forty verdicts with five long steps each, of every outcome."""
    steps = tuple(
        f"第{n}步：自上次裁定送达之日2024年3月15日起，按照间隔时间的规定加上十二个月，至2025年3月15日届满；"
        f"本次报请日为2025年3月{n}日，与届满日相比较后得出本步的结果"
        for n in range(1, 6)
    )
    verdicts: list[Verdict] = []
    for n in range(8):
        verdicts += [
            lawful(f"JX-A{n:02}", f"第{n}类起始时间与间隔时间不符合规定", *steps),
            lawful(f"JX-B{n:02}", f"第{n}类减刑幅度超过上限", *steps),
            found(
                tuple(Level)[n % 4], f"JX-C{n:02}", f"第{n}类问题", "所交材料与规定不一致，相差较大，须逐项说明", *steps
            ),
            lacking(
                f"JX-E{n:02}",
                f"第{n}类材料所对应的事项",
                "上次裁定书",
                "送达回证",
                "考核明细表",
                holder="监狱、中级人民法院",
            ),
            lawful(f"JX-F{n:02}", f"第{n}类财产性判项履行情况不符", *steps),
        ]
    return case(Conclusion.REFUSE, *verdicts, NOT_LIFE, reasons=("JX-C00", "JX-C04"))


AWKWARD_NAME = "阿卜杜拉·买买提·A&B公司<某某>\x0b\x07的一个非常非常长的姓名用来看看表格会不会撑破"
AWKWARD = proposal(
    name=AWKWARD_NAME,
    offence="《刑法》<某某>条规定的罪，刑期<5年 且 \"引号\" '单引号' {{ 姓名 }} {% if %}",
    prison="A&B公司&lt;监狱&gt;\x00\ufffe",
    property_penalty="罚金一万元；\n责令退赔被害人损失二万元；\r\n追缴违法所得\t三千元",
    court="豫东省试验市\x1f中级人民法院\ud800",
    remarks="𠮷𡈽野家，生僻字𬭚",
)


def nothing_known() -> tuple[CaseReview, Record]:
    """A case of which the table says next to nothing."""
    review = CaseReview(
        Person("试乙", match=Match.LIKELY),
        "第9行",
        "",
        Conclusion.UNDECIDED,
        ("JX-T01",),
        (lacking("JX-T01", "减刑起始时间不足", "送交执行日期"),),
    )
    return review, record("R1", {"name": "试乙"}, 9, sentence="3年6月余")
