"""Writing a model in the window: columns from a workbook, a preview on what is loaded, who changes state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.core.actions.law import law_in_force
from app.core.actions.model_answers import Answers
from app.core.actions.model_book import known, model_tables
from app.core.actions.model_join import lacking, setting_of
from app.core.actions.model_numbers import with_given
from app.core.errors import UserError
from app.core.findings import Outcome
from app.core.intake.declared import shipped_tables, tables
from app.core.intake.headers import find_header
from app.core.intake.mapping import known_words
from app.core.intake.sheets import read_sheets
from app.core.jobs import Ticket
from app.core.models.parts import Model
from app.core.models.read import read_model
from app.core.models.spoken import say_model
from app.core.models.trying import KINDS, WORDS, expect_of, faults, try_cases
from app.core.records import show
from app.core.store.database import Rooms, Store
from app.core.values.dates import parse_date
from app.core.values.money import parse_money

SAMPLE = 40
MOST_SHOWN = 200
FIRST_OWN = 101
IDENTITY = re.compile(r"身份证|公民身份|证件号")
NAMES = re.compile(r"姓名|名称|当事人|被告人|嫌疑人|驾驶人|罪犯$|被执行人")
NUMBERS = re.compile(r"编号|案号|文号|代码|档案号|证号|号码|电话")
MONEYS = re.compile(r"金额|款|罚金|费|欠|应缴|已缴|余额|工资|元")


@dataclass(frozen=True, slots=True)
class Previewed:
    """How a draft comes out on what is loaded, how its cases fare, and what it says, as one sentence a lead.

    `leads` are name, case and sentence; `fault` what is wrong with the draft itself.
    """

    model: Model | None
    sentence: str
    fault: str
    head: str
    leads: tuple[tuple[str, str, str], ...]
    cases: tuple[tuple[str, str, str, str], ...]
    faults: tuple[str, ...]


def next_id(store: Store) -> str:
    """The first number free for a model of the office's own."""
    taken = {*known(store)}
    number = FIRST_OWN
    while f"MX-{number}" in taken or store.models.versions(f"MX-{number}"):
        number += 1
    return f"MX-{number}"


def columns_of(path: Path, *, ticket: Ticket) -> list[tuple[str, list[dict[str, Any]]]]:
    """The sheets of a workbook as tables to be declared: the sheet's name and its columns with guessed types."""
    found = []
    for sheet in read_sheets(path, ticket):
        header = find_header(sheet, known_words())
        if header is None:
            continue
        rows = sheet.rows[header.last : header.last + SAMPLE]
        fields: list[dict[str, Any]] = []
        for place, label in enumerate(header.labels):
            if not label or place in header.serial or any(each["name"] == label for each in fields):
                continue
            texts = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
            kind = guess_type(label, texts)
            fields.append({"id": _id(kind, fields), "name": label[:40], "type": kind})
        if fields:
            fields[0]["required"] = True
            for each in fields:
                if each["type"] == "name":
                    each["required"] = True
            found.append((sheet.name, fields))
    if not found:
        raise UserError(f"{path.name}里没有找到表头", do="请选择第一行是列名的表格")
    return found


def _id(kind: str, fields: Sequence[Mapping[str, Any]]) -> str:
    wanted = kind if kind in ("name", "id_number") else f"c{len(fields) + 1}"
    return f"c{len(fields) + 1}" if any(each["id"] == wanted for each in fields) else wanted


def guess_type(label: str, texts: Sequence[str]) -> str:
    """What a column holds, by its name and by what stands in it; text where that cannot be told."""
    if IDENTITY.search(label):
        return "id_number"
    if NAMES.search(label):
        return "name"
    if NUMBERS.search(label):
        return "text"
    if texts and all(_reads(parse_date, each) for each in texts):
        return "date"
    if not texts and re.search(r"日期|时间|日$", label):
        return "date"
    if MONEYS.search(label) and all(_reads(parse_money, each) for each in texts):
        return "money"
    return "text"


def _reads(parse: Any, text: str) -> bool:
    try:
        return parse(text).value is not None
    except ValueError:
        return False


def preview(store: Store, content: bytes, day: date, *, ticket: Ticket) -> Previewed:
    """A draft on what is loaded; a draft that cannot be read says why."""
    law = law_in_force(store)
    try:
        model = read(content)
        tried = try_cases(model, law)
        wrong = tuple(faults(model, law))
    except UserError as fault:
        return Previewed(None, "", str(fault), "", (), (), ())
    cases = tuple((one.case.name, KINDS[one.case.kind], WORDS[one.case.expect], one.fault or "通过") for one in tried)
    answers = answers_of(store, model, day, ticket)
    if isinstance(answers, str):
        return Previewed(model, say_model(model), "", answers, (), cases, wrong)
    leads = [
        (show(bundle.subject[model.subject.name]), _label(model, bundle.subject), each.message)
        for bundle, verdicts in answers.leads()
        for each in verdicts
        if each.outcome is Outcome.FOUND
    ]
    counts = answers.counts
    head = f"现有数据 {counts.rows} 行：线索 {counts.found} 条，不是线索 {counts.clear + counts.never} 行"
    head += f"，不能判断 {counts.blind} 行" if counts.blind else ""
    return Previewed(model, say_model(model), "", head, tuple(leads[:MOST_SHOWN]), cases, wrong)


def try_case(store: Rooms, content: bytes) -> tuple[str, bool]:
    """How the first case of a draft comes out, in words, and whether it comes out as it says it must."""
    try:
        one = try_cases(read(content), law_in_force(store))[0]
    except UserError as fault:
        return str(fault), False
    told = "；".join(each.message or "、".join((*each.steps[-1:], *each.missing)) for each in one.verdicts)
    words = "、".join(dict.fromkeys(WORDS[expect_of(each)] for each in one.verdicts))
    return (f"与应当的不同：{one.fault}" if one.fault else f"通过：{words}。{told}"), not one.fault


def read(content: bytes) -> Model:
    """A draft as a model."""
    return read_model(content, shipped_tables())


def answers_of(store: Store, model: Model, day: date, ticket: Ticket) -> Answers | str:
    """A model to be asked over what is loaded; words when tables are missing."""
    homes, model = dict(model_tables(store).of), with_given(store, model)
    names = {each.name: each.id for each in tables().values()}
    homes |= {
        (model.id, each.name): each.kind.id if not each.own else names.get(each.kind.name, each.kind.id)
        for each in model.tables
    }
    law = law_in_force(store)
    setting = setting_of(store, model, homes, law, day)
    absent = lacking(model, setting)
    if absent:
        return f"还没有导入{'、'.join(f'《{each.kind.name}》' for each in absent)}，导入以后这里显示查出的线索"
    return Answers(store, model, homes, law, setting, ticket)


def changes(store: Store, old: Model, new: Model, day: date, *, ticket: Ticket) -> list[tuple[str, str, str, str]]:
    """Who changes state from one version to the other on what is loaded: name, case, before, after."""
    states = [_states(store, each, day, ticket) for each in (old, new)]
    lines = []
    for key in sorted({*states[0], *states[1]}):
        before, after = (each.get(key, "不是线索") for each in states)
        if before != after:
            lines.append((key[0], key[1], before, after))
    return lines


def _states(store: Store, model: Model, day: date, ticket: Ticket) -> dict[tuple[str, str], str]:
    answers = answers_of(store, model, day, ticket)
    if isinstance(answers, str):
        return {}
    found: dict[tuple[str, str], str] = {}
    for bundle, verdicts in answers.leads():
        key = show(bundle.subject[model.subject.name]), _label(model, bundle.subject)
        words = [
            f"{each.level}：{each.rule_name}"
            if each.outcome is Outcome.FOUND
            else f"不能判断：缺{'、'.join(each.missing)}"
            for each in verdicts
            if each.outcome in (Outcome.FOUND, Outcome.NOT_EVALUATED)
        ]
        if words:
            found[key] = "；".join(words)
    return found


def _label(model: Model, subject: Any) -> str:
    return show(subject[model.subject.label]) if model.subject.label else f"第 {subject.row} 行"
