"""Run the models that are switched on over what is loaded, and keep what they answer as any desk's cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.core.actions.afterwards import again, refused, since
from app.core.actions.done import Done
from app.core.actions.endings import Watch
from app.core.actions.law import law_in_force
from app.core.actions.model_answers import Answers
from app.core.actions.model_book import known, model_tables
from app.core.actions.model_join import lacking, setting_of
from app.core.actions.portions import Looked, looked
from app.core.actions.rights import needs
from app.core.actions.tally import Tally
from app.core.checks.desk import Reviewed, standing
from app.core.errors import UserError
from app.core.findings import CaseReview, Outcome, Standing, Verdict
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.models.asking import Bundle
from app.core.models.engine import person_of
from app.core.models.parts import Model
from app.core.models.steps import SAME_PERSON
from app.core.models.trying import faults
from app.core.records import show
from app.core.store.database import Rooms, Store
from app.core.store.link import in_chunks
from app.core.store.rows import Ending

DESK = "models"
CHANGED = frozenset({"cases", "findings", "models"})


@needs("review")
def review_models(store: Store, law: LawBook, day: date, *, now: str, who: str, ticket: Ticket) -> Done:
    """Run every model that is on and whose tables are loaded; what cannot run is kept as not judged.

    UserError when none can run.
    """
    run = _Run(store, law, day, ticket, Watch(store, DESK, law.edition, day))
    kept: set[int] = set()
    counts: Counter[str] = Counter()
    with store.atomic():
        number = 0
        for chunk in in_chunks(run.all()):
            ids = store.casebook.keep_cases(DESK, [each.row for each in chunk])
            kept.update(ids.values())
            counts.update(each.written.conclusion for each in chunk)
            reviews = [(ids[each.key], each.written) for each in chunk]
            number += store.casebook.put_reviews(reviews, as_of=day, law_edition=law.edition, now=now)
        if not run.ran:
            raise UserError(
                "没有一个监督模型可以运行", do="请先启用模型，并导入它要用的表格；缺什么表格写在各模型的卡片上"
            )
        run.tally.keep(store, DESK, law, day, number, now=now)
        ended, reopened = run.watch.close(now=now, who=who), store.endings.reopen(DESK)
        store.casebook.drop_cases(DESK, kept)
        store.casebook.put_unasked(DESK, run.unasked)
        came = store.lives.settle(DESK, day, now=now, who=who)
        gone = {each.value: ended[each] for each in Ending if each in ended}
        what = {"台面": DESK, "核查日": day.isoformat(), "模型": run.ran, "不再成立": gone, "重新成立": reopened}
        store.audit.note("运行监督模型", what, at=now, who=who)
    parts = [f"{each} {counts[each]} 件" for each in Standing if each in counts]
    lead = f"运行 {len(run.ran)} 个模型，核对 {run.rows} 行"
    told = f"：{'，'.join(parts)}" if parts else "，没有发现线索"
    return Done(f"{lead}{told}{since(ended, reopened)}{again(came)}{refused(law)}", CHANGED, number)


def can_run(store: Rooms, day: date) -> bool:
    """Whether a model that is on has all the tables it needs."""
    law, homes = law_in_force(store), model_tables(store).of
    return any(
        one.running and not lacking(one.model, setting_of(store, one.model, homes, law, day))
        for one in known(store).values()
    )


@dataclass(slots=True)
class _Run:
    """One run of all models."""

    store: Store
    law: LawBook
    day: date
    ticket: Ticket
    watch: Watch
    tally: Tally = field(default_factory=Tally)
    unasked: list[Verdict] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    rows: int = 0
    phrases: bytes = b""  # what the reviews are written by

    def __post_init__(self) -> None:
        self.phrases = self.store.casebook.phrases.of(DESK, self.law.edition)

    def all(self) -> Iterator[Looked]:
        """Everything worth keeping, model by model."""
        homes = model_tables(self.store).of
        for one in known(self.store).values():
            if one.running and not faults(one.model, self.law):
                yield from self._model(one.model, homes)

    def _model(self, model: Model, homes: Mapping[tuple[str, str], str]) -> Iterator[Looked]:
        setting = setting_of(self.store, model, homes, self.law, self.day)
        absent = lacking(model, setting)
        if absent:
            names = tuple(f"《{each.kind.name}》" for each in absent)
            holders = "、".join(dict.fromkeys(each.kind.holder for each in absent))
            self.unasked.append(Verdict(model.id, model.name, Outcome.NOT_EVALUATED, missing=names, holder=holders))
            return
        self.ran.append(model.id)
        seen: Counter[str] = Counter()
        law = self.law.noting()
        asked = Answers(self.store, model, homes, law, setting, self.ticket)
        asked.also = lambda bundle: self.watch.concerns(_key(model, bundle), None)
        for bundle, verdicts in asked.leads():
            each = _reviewed(model, bundle, verdicts, asked, seen)
            self.watch.see(each)
            if not self.phrases:
                self.phrases = self.store.casebook.phrases.keep(DESK, self.law.edition, [each.review])
            yield looked(DESK, each, self.phrases)
        counts = asked.counts
        self.rows += counts.rows
        self.tally.many(model.id, asked=counts.found + counts.clear, found=counts.found, blind=counts.blind)
        for (missing, holder), number in counts.lacks.items():
            what = (f"{'、'.join(missing)}（另有 {number} 行，没有逐行列出）",)
            self.unasked.append(Verdict(model.id, model.name, Outcome.NOT_EVALUATED, missing=what, holder=holder))


def _key(model: Model, bundle: Bundle) -> str:
    """What a case is known by from import to import."""
    person = person_of(model, bundle)
    label = show(bundle.subject[model.subject.label]) if model.subject.label else ""
    return f"{model.id}|{person.id_number or person.prisoner_no or person.name}|{label}"


def _reviewed(model: Model, bundle: Bundle, verdicts: list[Verdict], asked: Answers, seen: Counter[str]) -> Reviewed:
    key = _key(model, bundle)
    seen[key] += 1
    times = seen[key]
    label = show(bundle.subject[model.subject.label]) if model.subject.label else ""
    case = f"{model.name}：{label}" if label else model.name
    if times > 1:
        key, case = f"{key}|{times}", f"{case}（第 {times} 行）"
    unit = show(bundle.subject[model.subject.unit]) if model.subject.unit else ""
    weak = any(SAME_PERSON in step for each in verdicts for step in each.steps)
    person = person_of(model, bundle, weak=weak)
    review = CaseReview(
        person, case, unit or model.subject_table.kind.holder, standing(verdicts), (), tuple(verdicts),
        law_read=frozenset(asked.law.read),
    )  # fmt: skip
    day = bundle.subject[model.subject.day] if model.subject.day else None
    words = {
        "offence": model.card.point[:40],
        "proposal": model.name,
        "filed_on": day.isoformat() if isinstance(day, date) else "",
    }

    def ask_again(rules: Collection[str]) -> list[Verdict]:
        return verdicts if model.id in rules else []

    return Reviewed(bundle.subject, key, review, words, None, ask_again)
