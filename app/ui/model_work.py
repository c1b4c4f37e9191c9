"""Supervision models as the user works with them: cards, switching, versions, passing on; authoring opens from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.actions.done import Done
from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.allow import allow
from app.ui.model_dialog import ModelsDialog
from app.ui.model_numbers_dialog import NumbersDialog
from app.ui.work import Work, Worker

if TYPE_CHECKING:
    from app.core.actions.model_cards import ModelCard
    from app.core.actions.model_exchange import Parcel
    from app.core.models.parts import Model
    from app.ui.model_author_work import ModelAuthorWork

FILE = "监督模型 (*.jdmx *.toml)"
OWN_FILE = "监督模型 (*.jdmx)"


class ModelWork(Work):
    """Keeps the window of the cards while it stands open."""

    dialog: ModelsDialog | None = None
    numbers: NumbersDialog | None = None
    look: Callable[[Sequence[Path]], None]  # where files go that are to be imported

    @cached_property
    def author(self) -> ModelAuthorWork:
        """Writing models, loaded when it is first asked for."""
        from app.ui.model_author_work import ModelAuthorWork

        return ModelAuthorWork(self.tab, self.session, self.bar)

    def _kept(self, done: Done) -> None:
        if self.dialog is not None:
            self.dialog.say(f"{done.says}。")
        self._gather(self._open)

    def show(self) -> None:
        """Gather the cards, then show them."""
        self._gather(self._open)

    def _gather(self, then: Callable[[Any], None]) -> None:
        reader, day = self.session.reader, self.session.today()

        def work(ticket: Ticket) -> list[ModelCard]:
            from app.core.actions.model_cards import model_cards

            return model_cards(reader, day, ticket=ticket)

        self.read("清点监督模型", work, then, quiet=True)

    def _open(self, cards: list[ModelCard]) -> None:
        if self.dialog is not None:
            self.dialog.show_cards(cards)
            return
        self.dialog = dialog = ModelsDialog(self.tab.window(), cards)
        changing = ("switch", "edit", "back", "import", "new", "numbers")
        allow(self.session.store, "models", *(dialog.buttons[each] for each in changing))
        allow(self.session.store, "import", dialog.buttons["sample"])
        dialog.chosen.connect(self._fetch)
        dialog.switch_wanted.connect(self.switch)
        dialog.back_wanted.connect(self.go_back)
        dialog.export_wanted.connect(self.export)
        dialog.import_wanted.connect(self.take_in)
        dialog.new_wanted.connect(lambda: self.author.open("", self._kept))
        dialog.edit_wanted.connect(lambda model_id: self.author.open(model_id, self._kept))
        dialog.numbers_wanted.connect(self.ask_numbers)
        dialog.sample_wanted.connect(self.sample)
        dialog.finished.connect(self._forget)
        self._fetch(dialog.current_id())
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _fetch(self, model_id: str) -> None:
        """Bring the words, cases and versions of one model."""
        reader = self.session.reader

        def work(ticket: Ticket) -> tuple[Any, ...] | None:
            from app.core.actions.model_book import history, known
            from app.core.actions.model_cards import case_lines, told

            ticket.step(0)
            one = known(reader).get(model_id)
            return None if one is None else (told(one.model), case_lines(reader, one.model), history(reader, model_id))

        def then(found: tuple[Any, ...] | None) -> None:
            if self.dialog is not None and found is not None:
                self.dialog.show_more(model_id, *found)

        if model_id:
            self.read(f"模型 {model_id}", work, then, quiet=True)

    def switch(self, model_id: str, on: bool) -> None:
        """Switch a model on or off."""
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.model_book import switch

            ticket.step(0)
            return switch(store, model_id, on, now=now, who=who)

        self._change("启用、停用模型", work)

    def go_back(self, number: int) -> None:
        """Let an earlier version hold again."""
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done:
            from app.core.actions.model_book import roll_back

            ticket.step(0)
            return roll_back(store, number, now=now, who=who)

        if talk.ask(self.dialog, "退回选中的版本吗？", "现在的版本仍然保留，随时可以再换回来。", yes="退回", no="不退"):
            self._change("退回旧版", work)

    def ask_numbers(self, model_id: str) -> None:
        """Ask for the province's numbers of the current model."""
        card = self.dialog.current() if self.dialog is not None else None
        if card is None or self.dialog is None or card.known.model.id != model_id:
            return
        self.numbers = dialog = NumbersDialog(self.dialog, card.known.model)
        dialog.ready.connect(lambda texts: self._fill_in(card.known.model, texts))
        dialog.open()

    def _fill_in(self, model: Model, texts: Mapping[str, str]) -> None:
        store, now, who = self.session.store, self.session.now(), self.session.who()

        def work(ticket: Ticket) -> Done | UserError:
            from app.core.actions.model_numbers import fill_in

            ticket.step(0)
            try:
                return fill_in(store, model, texts, now=now, who=who)
            except UserError as fault:
                return fault

        def then(done: Done | UserError) -> None:
            if self.numbers is None:
                return
            if isinstance(done, UserError):
                self.numbers.says.setText(str(done))
                return
            self.numbers.accept()
            self._kept(done)

        self.write("填本省标准", work, then)

    def sample(self, model_id: str, load: bool) -> None:
        """Load a model's sample by the ordinary way of lists, or take it back as a whole."""
        store, now, who = self.session.store, self.session.now(), self.session.who()
        from app.core.actions.model_files import sample_of

        path = sample_of(model_id)
        if load and path is not None:
            more = (
                "样例里的人和单位都是虚构的，会同本院的数据放在一起、一起统计。"
                "看完以后回到这里点“撤回样例数据”，几张表和查出的线索一起撤回。"
            )
            if talk.ask(self.dialog, "载入样例数据吗？", more, yes="载入", no="不载入"):
                if self.dialog is not None:
                    self.dialog.accept()
                self.look([path])
            return

        def work(ticket: Ticket) -> Done:
            from app.core.actions.model_samples import take_back

            ticket.step(0)
            return take_back(store, model_id, now=now, who=who)

        self._change("撤回样例数据", work)

    def export(self, model_id: str) -> None:
        """Ask where, then write the model's file."""
        start = str(Path(self.session.settings.folder) / f"{model_id}.jdmx")
        path = talk.choose_new_file(self.dialog or self.tab, "导出模型", start, OWN_FILE)
        if path is None:
            return
        store = self.session.store
        target = path if path.suffix else path.with_suffix(".jdmx")

        def work(ticket: Ticket) -> Done:
            from app.core.actions.model_exchange import export_model

            ticket.step(0, 0, target.name)
            return export_model(store, model_id, target)

        self._change("导出模型", work)

    def take_in(self) -> None:
        """Let the user pick a model's file and look at it before it is taken in."""
        path = talk.choose_file(self.dialog or self.tab, "导入模型", "", FILE)
        if path is None:
            return
        reader = self.session.reader

        def work(ticket: Ticket) -> Parcel:
            from app.core.actions.model_exchange import open_parcel

            ticket.step(0, 0, path.name)
            return open_parcel(reader, path)

        self.read("读取模型文件", work, self._asked)

    def _asked(self, parcel: Parcel) -> None:
        model = parcel.model
        sender = "本院导出，没有改动过" if parcel.ours else f"文件自称由“{parcel.office or '不明单位'}”导出"
        code = f"核对码 {parcel.code}，请打电话与发送的单位核对。" if parcel.code and not parcel.ours else ""
        warnings = "\n".join(f"注意：{each}。" for each in parcel.warnings)
        question = f"采用“{model.name}”（{model.id}，第 {model.version} 版）吗？"
        if not talk.ask(self.dialog or self.tab, question, f"{sender}。{code}\n{warnings}".strip(), yes="采用"):
            return
        store, now, who = self.session.store, self.session.now(), self.session.who()
        origin = f"外来：{parcel.office}" if parcel.office else "外来"

        def work_in(ticket: Ticket) -> Done:
            from app.core.actions.model_book import add_model

            ticket.step(0)
            return add_model(store, parcel.content, origin=origin, now=now, who=who)

        self._change("导入模型", work_in)

    def _change(self, name: str, work: Worker) -> None:
        """Do something with a model, say so, and show the cards anew."""

        def answered(ticket: Ticket) -> Done | UserError:
            try:
                return work(ticket=ticket)  # type: ignore[no-any-return]
            except UserError as fault:
                return fault

        def then(done: Done | UserError) -> None:
            if isinstance(done, UserError):
                if self.dialog is not None:
                    self.dialog.say(str(done), good=False)
                else:
                    talk.error(self.tab.window(), done)
                return
            self.bar.tell(done.says)
            if self.dialog is not None:
                self.dialog.say(f"{done.says}。")
                self._gather(self._open)

        self.write(name, answered, then)
