"""Writing models as the user does it: the form tried as it is filled in, its cases, and what would change."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.core.models.draft import blanks
from app.ui import talk
from app.ui.model_form import ModelForm
from app.ui.model_table_form import TableForm
from app.ui.model_trial import CASES_PAGE
from app.ui.work import Work

if TYPE_CHECKING:
    from app.core.actions.model_author import Previewed

Opened = tuple[dict[str, Any], Any]
Tried = tuple["Previewed", list[str], list[list[str]], list[Any]]


class ModelAuthorWork(Work):
    """Keeps the form while it stands open."""

    form: ModelForm | None = None
    kept: Callable[[Done], None]

    def open(self, model_id: str, kept: Callable[[Done], None]) -> None:
        """Open the form on a model's next version, or on a new one ("")."""
        self.kept = kept
        store, day, who = self.session.store, self.session.today(), self.session.who()

        def work(ticket: Ticket) -> Opened:
            from app.core.actions.model_author import next_id
            from app.core.actions.model_book import known, model_tables
            from app.core.intake.declared import tables
            from app.core.models.draft import draft_of, new_draft

            ticket.step(0)
            model_tables(store)
            data = draft_of(known(store)[model_id].model, day, who) if model_id else new_draft(next_id(store), who, day)
            return data, dict(tables())

        self.read("准备编写", work, self._open, quiet=True)

    def _open(self, opened: Opened) -> None:
        data, known = opened
        parent = self.tab.window()
        self.form = form = ModelForm(parent, data, known, self.session.today())
        form.try_wanted.connect(self._try)
        form.cases_wanted.connect(self._draft_cases)
        form.case_try_wanted.connect(self._try_case)
        form.keep_wanted.connect(self._keep)
        form.sheets_wanted.connect(self._read_sheets)
        form.finished.connect(self._forget)
        form.open()
        if data["table"]:
            form.renew()

    def _forget(self) -> None:
        self.form = None

    def _try(self) -> None:
        """Try the draft on what is loaded, and see who changes state."""
        if self.form is None:
            return
        store, day, data = self.session.store, self.session.today(), deepcopy(self.form.data)

        def work(ticket: Ticket) -> Tried:
            from app.core.actions.model_author import changes, preview
            from app.core.actions.model_book import known
            from app.core.models.draft import tryable
            from app.core.models.spoken import say_step
            from app.core.models.write import write_model

            tried = preview(store, write_model(tryable(data)), day, ticket=ticket)
            if tried.model is None:
                return tried, [], [], []
            clauses = [say_step(tried.model, each) for each in tried.model.steps]
            own = [[say_step(tried.model, each) for each in lead.steps] for lead in tried.model.leads]
            old = known(store).get(tried.model.id)
            came = changes(store, old.model, tried.model, day, ticket=ticket) if old else []
            return tried, clauses, own, came

        def then(found: Tried) -> None:
            if self.form is not None:
                self.form.show_tried(*found[:3])
                self.form.trial.show_changes(found[3])

        self.write("试运行模型", work, then, quiet=True)

    def _draft_cases(self) -> None:
        """Draft a case of each kind from the sentence."""
        if self.form is None:
            return
        day, data = self.session.today(), deepcopy(self.form.data)

        def work(ticket: Ticket) -> list[dict[str, Any]] | UserError:
            from app.core.actions.model_author import read
            from app.core.models.draft import tryable
            from app.core.models.drafting import draft_cases
            from app.core.models.write import write_model

            ticket.step(0)
            try:
                return draft_cases(read(write_model(tryable(data | {"case": []}))), day)
            except UserError as fault:
                return fault

        def then(cases: list[dict[str, Any]] | UserError) -> None:
            if self.form is None:
                return
            if isinstance(cases, UserError):
                self.form.say(str(cases), good=False)
                return
            self.form.data["case"] = cases
            self.form.trial.tabs.setCurrentIndex(CASES_PAGE)
            self.form.renew()

        self.read("拟案例", work, then, quiet=True)

    def _try_case(self, case: dict[str, Any]) -> None:
        """Try one case that is being filled in."""
        if self.form is None:
            return
        store, data = self.session.reader, deepcopy(self.form.data)

        def work(ticket: Ticket) -> tuple[str, bool]:
            from app.core.actions.model_author import try_case
            from app.core.models.draft import tryable
            from app.core.models.write import write_model

            ticket.step(0)
            return try_case(store, write_model(tryable(data | {"case": [case]})))

        def then(found: tuple[str, bool]) -> None:
            if self.form is not None and self.form.case is not None:
                self.form.case.say(found[0], good=found[1])

        self.read("试案例", work, then, quiet=True)

    def _read_sheets(self, path: Path, form: TableForm) -> None:
        def work(ticket: Ticket) -> Any:
            from app.core.actions.model_author import columns_of

            return columns_of(path, ticket=ticket)

        self.read("读取列名", work, lambda sheets: form.show_sheets(path, sheets), quiet=True)

    def _keep(self) -> None:
        """Keep the draft as the version that holds; where leads come or go by it, ask first."""
        if self.form is None:
            return
        if lacking := blanks(self.form.data):
            self.form.say(f"还要填写：{'、'.join(lacking)}。", good=False)
            return
        many = self.form.trial.changes.rowCount()
        more = "有变化的名单在右边“与现在这一版比”里。"
        if many and not talk.ask(
            self.form, f"与现在这一版相比，有 {many} 行的结果不同。采用新的一版吗？", more, yes="采用"
        ):
            return
        store, data = self.session.store, deepcopy(self.form.data)
        now, who = self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done | UserError:
            from app.core.actions.model_book import OWN, add_model
            from app.core.models.write import write_model

            ticket.step(0)
            try:
                return add_model(store, write_model(data), origin=OWN, now=now, who=who)
            except UserError as fault:
                return fault

        def then(done: Done | UserError) -> None:
            if isinstance(done, UserError):
                if self.form is not None:
                    self.form.say(str(done), good=False)
                return
            if self.form is not None:
                self.form.accept()
            self.bar.tell(done.says)
            self.kept(done)

        self.write("保存模型", work, then)
