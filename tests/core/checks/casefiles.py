"""Data cases for the rules: a few words a case, spread out to tables, read as a spreadsheet is, reviewed, compared.

A line of a case file names a base of bases.json and what differs from it; `unjudged` tells of a base why its time
cannot be judged though the person is treated lawfully:
`set` changes columns of the proposal, `without` takes whole columns away; `R2` to `R7` (and T13, T14) give the rows,
`"empty"` for a table delivered without a row about this person, null for a table not delivered; `R1+` adds further
proposals that differ from the first as said.
`"月份": "2023-01~2023-06"` stands for a row a month; `@列名+12` for the day twelve days after that column of the
proposal, `@id` for the identity number that follows from birth date and sex.

`says` holds what each rule must answer: a level, 合规, 不适用 or 不能判断. Whatever is not named may be neither 违法
nor 存疑. `edge` names the rules for which the case stands right at a border, `words` texts that must stand in what a
rule says, `never` texts that may stand nowhere. `local` enters numbers of provincial practice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.core.checks.reduction.review import build_cases, review_case
from app.core.findings import CaseReview, Level, Outcome, Verdict
from app.core.intake.declared import tables
from app.core.intake.headers import Header
from app.core.intake.mapping import match
from app.core.intake.reading import read_table
from app.core.intake.sheets import Sheet
from app.core.law.book import LawBook, Parameter, shipped
from app.core.people.id_number import check_digit
from app.core.records import Record

FOLDER = Path(__file__).parent / "reduction" / "cases"
TABLES = ("R2", "R3", "R4", "R5", "R6", "R7")
REGISTERS = {"T13": ("嫌疑人", "证件号码"), "T14": ("姓名", "证件号")}  # of other offices, by identity number
DAY = "2026-11-21"
CLOSED = (Level.UNLAWFUL, Level.DOUBT)
BYSTANDER: Mapping[str, Mapping[str, str]] = {
    "R2": {"裁定日期": "2020-01-06", "送达日期": "2020-01-08", "减刑幅度": "三个月", "裁定类型": "减刑"},
    "R3": {"日期": "2020-01-06", "类别": "表扬"},
    "R4": {"月份": "2020年1月", "得分": "100"},
    "R5": {"月份": "2020年1月", "消费金额": "100"},
    "R6": {"判项种类": "罚金", "执行结论": "执行完毕", "有无拒不履行情形": "无"},
    "R7": {"类型": "过失犯罪", "判决确定日期": "2020-01-06", "新罪刑种": "拘役"},
}
SAYS = {each.value: each for each in (*Level, *Outcome)}
Case = dict[str, Any]


@cache
def bases() -> Mapping[str, Case]:
    """The bases by name, each with what it extends."""
    data: dict[str, Case] = json.loads((FOLDER / "bases.json").read_text(encoding="utf-8"))

    def whole(name: str) -> Case:
        own = data[name]
        parent = whole(own["extends"]) if "extends" in own else {"R1": {}}
        merged = {**parent, **{key: value for key, value in own.items() if key not in ("extends", "R1")}}
        return {**merged, "R1": {**parent["R1"], **own.get("R1", {})}}

    return {name: whole(name) for name in data}


def files() -> list[Path]:
    """The case files, one a family."""
    return sorted(each for each in FOLDER.glob("*.json") if each.stem not in ("bases", "rows"))


@cache
def all_cases() -> tuple[Case, ...]:
    """Every line of every case file, spread out."""
    return tuple(spread(line) for file in files() for line in json.loads(file.read_text(encoding="utf-8")))


def spread(line: Case) -> Case:
    """A line as a whole case: id, as_of, persons, tables, and what is expected of it."""
    base = bases()[line["base"]]
    main = {**base["R1"], **line.get("set", {})}
    proposals = [main, *({**main, **other} for other in line.get("R1+", []))]
    proposals = [dated(each, each) for each in proposals]
    proposals = [{key: text for key, text in each.items() if key not in line.get("without", ())} for each in proposals]
    main = proposals[0]
    made: dict[str, list[dict[str, str]]] = {"R1": proposals}
    for table in TABLES:
        rows = line.get(table, base.get(table))
        if rows is not None:
            made[table] = _rows(table, rows, main)
    for table, (name, number) in REGISTERS.items():
        if table in line:
            own = {name: main["姓名"], number: main["身份证号码"]}
            made[table] = [dated({**own, **each}, main) for each in line[table]]
    says = {f"JX-{rule}": SAYS[word] for rule, word in line.get("says", {}).items()}
    return {
        "id": line["id"],
        "as_of": line.get("as_of", DAY),
        "persons": [{"name": main["姓名"], "prisoner_no": main.get("罪犯编号", "")}],
        "tables": made,
        "says": says,
        "edge": [f"JX-{rule}" for rule in line.get("edge", [])],
        "words": {f"JX-{rule}": texts for rule, texts in line.get("words", {}).items()},
        "never": line.get("never", []),
        "conclusion": line.get("conclusion"),
        "largest": line.get("largest"),
        "local": line.get("local", {}),
        "why": line["why"],
    }


def _rows(table: str, rows: Any, main: Mapping[str, str]) -> list[dict[str, str]]:
    stranger = {"罪犯编号": "9900009999", "姓名": "旁人乙", **BYSTANDER[table]}
    if rows == "empty":
        return [stranger]
    own = {"罪犯编号": main.get("罪犯编号", ""), "姓名": main["姓名"]}
    return [dated({**own, **each}, main) for each in _each_month(rows)] + [stranger]


def _each_month(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Rows whose 月份 says from and to, such as 2023-01~2023-06, a month each; a later row takes a month's place."""
    found: dict[object, Mapping[str, str]] = {}
    for place, row in enumerate(rows):
        first, _, last = row.get("月份", "").partition("~")
        if not last:
            found[first or place, row.get("汇款人"), row.get("消费类别")] = row
            continue
        begin, end = (int(each[:4]) * 12 + int(each[5:]) - 1 for each in (first, last))
        for month in range(begin, end + 1):
            name = f"{month // 12}-{month % 12 + 1:02d}"
            found[name, row.get("汇款人"), row.get("消费类别")] = {**row, "月份": name}
    return list(found.values())


def dated(row: Mapping[str, str], main: Mapping[str, str]) -> dict[str, str]:
    """The row with days told from other columns and the identity number filled in."""
    done = dict(row)
    for name, text in row.items():
        if found := re.fullmatch(r"@([^+-]+)([+-]\d+)?", text):
            start = main.get(found[1], "")
            if found[1] == "id":
                done[name] = identity(main["出生日期"], main["性别"])
            elif re.fullmatch(r"\d{4}-\d\d-\d\d", start):
                done[name] = str(date.fromisoformat(start) + timedelta(days=int(found[2] or 0)))
            else:
                done[name] = ""
    return done


def identity(birth: str, sex: str) -> str:
    """An artificial identity number that passes its own check."""
    first17 = "990000" + birth.replace("-", "") + ("101" if sex == "男" else "102")
    return first17 + check_digit(first17)


def records_of(case: Case, suffix: str = "") -> list[Record]:
    """The rows of a case as records, by the same mapping and reading a spreadsheet goes through."""
    found: list[Record] = []
    for table, rows in case["tables"].items():
        labels = tuple(dict.fromkeys(label for row in rows for label in row))
        header = Header(1, 1, labels, labels)
        texts = [tuple("" if row.get(label) is None else str(row[label]) for label in labels) for row in rows]
        sheet = Sheet(f"{table}{suffix}.xlsx", "表", [labels, *texts])
        read = read_table(sheet, header, match(header, tables()[table]))
        assert not read.rejects, (case["id"], read.rejects)
        found += read.records
    return found


def review_of(case: Case) -> CaseReview:
    """What the desk says of the first proposal of a case."""
    return review_case(build_cases(records_of(case), law_of(case), date.fromisoformat(case["as_of"]))[0])


def law_of(case: Case, law: LawBook | None = None) -> LawBook:
    """The shipped law (or another), with the numbers of provincial practice a case enters."""
    law = law or shipped()
    local = {name: (Parameter(name, value, "", None, None, "LOCAL", name),) for name, value in case["local"].items()}
    return replace(law, parameters={**law.parameters, **local})


def answers(review: CaseReview, rule: str) -> list[Verdict]:
    """The verdicts of one rule."""
    return [each for each in review.verdicts if each.rule == rule]


def faults(case: Case, review: CaseReview) -> list[str]:
    """Where the review differs from what the case expects."""
    found = []
    for rule, word in case["says"].items():
        given = answers(review, rule)
        if word not in [_word(each) for each in given]:
            found.append(f"{rule} must say {word}: {[_line(each) for each in given]}")
    for each in review.verdicts:
        if each.level in CLOSED and case["says"].get(each.rule) is not each.level:
            found.append(f"not expected: {_line(each)}")
    for rule, texts in case["words"].items():
        told = "".join(_text(each) for each in answers(review, rule))
        found += [f"{rule} does not say {text}: {told}" for text in texts if text not in told]
    told = "".join(_text(each) for each in review.verdicts)
    found += [f"must never be said: {text}" for text in case["never"] if text in told]
    if case["conclusion"] and review.conclusion != case["conclusion"]:
        found.append(f"concludes {review.conclusion} for {review.reasons}, not {case['conclusion']}")
    if case["largest"] is not None and review.largest_lawful != case["largest"]:
        found.append(f"largest lawful is {review.largest_lawful}, not {case['largest']}")
    return found


def _word(verdict: Verdict) -> Level | Outcome | None:
    return verdict.level if verdict.outcome is Outcome.FOUND else verdict.outcome


def _text(verdict: Verdict) -> str:
    return "；".join((verdict.message, *verdict.steps, *verdict.missing))


def _line(verdict: Verdict) -> str:
    return f"{verdict.rule} {_word(verdict)} {_text(verdict)}"
