"""The cards of the models: what each looks for, whether it can run on what is loaded, and what it has brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from app.core.actions.law import law_in_force
from app.core.actions.model_book import Known, known, model_tables
from app.core.actions.model_files import sample_of
from app.core.actions.model_join import lacking, setting_of
from app.core.actions.model_numbers import unfilled
from app.core.actions.model_run import DESK
from app.core.actions.model_samples import sampled
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.models.parts import Model
from app.core.models.trying import KINDS, WORDS, try_cases
from app.core.store.database import Rooms

UNDECIDED = (State.OPEN, State.CHECKING, State.WATCHED)


@dataclass(frozen=True, slots=True)
class Yield:
    """How many leads a model has now, and what people said of them."""

    found: int
    confirmed: int
    excluded: int
    open: int

    def __str__(self) -> str:
        if not self.found:
            return ""
        return f"{self.found} 条：属实 {self.confirmed}，排除 {self.excluded}，待核查 {self.open}"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model as people see it; `missing` are the tables it still needs with who holds them.

    `unfilled` are the province's numbers it waits for; `sample` tells whether it has a sample, `sampled` whether that
    is loaded.
    """

    known: Known
    faults: tuple[str, ...]
    missing: tuple[str, ...]
    loaded: tuple[str, ...]
    yields: Yield
    unfilled: tuple[str, ...] = ()
    sample: bool = False
    sampled: bool = False

    @property
    def state(self) -> str:
        """Whether it is on, in a word."""
        if self.faults:
            return "案例未通过"
        return "启用" if self.known.running else "停用"

    @property
    def ready(self) -> str:
        """Whether it can run on what is loaded."""
        if self.missing:
            return f"缺 {len(self.missing)} 张表"
        return "须填本省标准" if self.unfilled else "可以运行"


def model_cards(store: Rooms, day: date, *, ticket: Ticket) -> list[ModelCard]:
    """The cards of all models on a day, those that can run first."""
    law, homes = law_in_force(store), model_tables(store).of
    found: Counter[str] = Counter()
    states: Counter[tuple[str, str]] = Counter()
    for each in store.casebook.findings(desk=DESK):
        found[each.verdict.rule] += 1
        word = "open" if each.state in UNDECIDED else "out" if each.state is State.EXCLUDED else "sure"
        states[each.verdict.rule, word] += 1
    cards = []
    models = known(store)
    for place, one in enumerate(models.values()):
        model = one.model
        ticket.step(place, len(models), model.name)
        setting = setting_of(store, model, homes, law, day)
        absent = lacking(model, setting)
        tried = [each.fault for each in try_cases(model, law) if each.fault]
        yields = Yield(*_yield(found, states, model.id))
        names = tuple(f"《{each.kind.name}》（{each.kind.holder}）" for each in absent)
        loaded = tuple(f"《{each.kind.name}》" for each in model.tables if each.name in setting.through)
        cards.append(ModelCard(one, tuple(tried), names, loaded, yields, tuple(unfilled(model)), *_samples(store, one)))
    return sorted(cards, key=lambda each: (bool(each.missing), each.known.model.id))


def _samples(store: Rooms, one: Known) -> tuple[bool, bool]:
    return sample_of(one.model.id) is not None, bool(sampled(store, one.model.id))


def _yield(found: Counter[str], states: Counter[tuple[str, str]], model: str) -> tuple[int, int, int, int]:
    return found[model], states[model, "sure"], states[model, "out"], states[model, "open"]


def case_lines(store: Rooms, model: Model) -> list[tuple[str, str, str, str]]:
    """A model's own cases as lines: name, kind, what it must come to, and how it came out."""
    return [
        (each.case.name, KINDS[each.case.kind], WORDS[each.case.expect], each.fault or "通过")
        for each in try_cases(model, law_in_force(store))
    ]


def told(model: Model) -> str:
    """A model's card in words, paragraph by paragraph."""
    tables = []
    for each in model.tables:
        if each.same:
            continue
        columns = "、".join(f"{one.name}{'（必需）' if one.required else ''}" for one in each.kind.fields)
        may = "，没有也能运行" if each.optional else ""
        tables.append(f"《{each.kind.name}》（{each.kind.holder}{may}）：{columns}")
    basis = [
        f"{each.law}{each.article}：{each.says}（{CERTAIN[each.certainty]}）"
        if not each.cite
        else f"法规库 {each.cite}"
        for each in model.grounds.values()
    ]
    numbers = [
        f"{each.says or each.id}：{each.value} {each.unit}"
        for group in model.numbers.values()
        for each in group
        if not each.local
    ]
    given = model.given or {}
    local = [
        f"{each.says}：{given[each.id]} {each.unit}（本院填写）"
        if each.id in given
        else f"{each.says}：须填本省标准，没有填以前涉及的线索不能判断"
        for each in model.local_numbers()
    ]
    leads = [f"{each.name}（{each.level}，{each.document or '不制发文书'}）" for each in model.leads]
    parts = [
        ("监督点", [model.card.point]),
        ("怎样查", [model.card.about]),
        ("要用的表格", tables),
        ("得出的线索", leads),
        ("本省标准", local),
        ("数值", numbers),
        ("依据", basis),
        ("公开成果", [model.card.published] if model.card.published else []),
        ("查出以后", [model.card.advice] if model.card.advice else []),
        ("版本", [f"第 {model.version} 版，{model.author}，{model.changed}：{model.reason}"]),
    ]
    return "\n\n".join(f"【{title}】\n" + "\n".join(lines) for title, lines in parts if lines)


CERTAIN = {"V": "已逐字核对", "S": "见过部分条文", "M": "待核", "D": "有争议"}
