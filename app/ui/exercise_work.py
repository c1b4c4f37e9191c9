"""The exercises: their answers are asked of the store, what was answered rightly is kept in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from app.core.errors import UserError
from app.core.jobs import Ticket
from app.ui import talk
from app.ui.job_bar import JobBar
from app.ui.session import Session

if TYPE_CHECKING:
    from app.core.actions.exercises import Answer
    from app.ui.exercise_dialog import ExerciseDialog


class Exercises(QObject):
    """One window for all exercises; it goes with the main window."""

    case_wanted = Signal(str, int)
    help_wanted = Signal(str)
    practice_wanted = Signal()

    def __init__(self, window: QMainWindow, session: Session, bar: JobBar) -> None:
        super().__init__(window)
        self._session, self._bar = session, bar
        self.dialog: ExerciseDialog | None = None

    def open(self) -> None:
        """Show the exercises, at the first that was not answered yet."""
        from app.core.actions.exercises import exercises
        from app.ui.exercise_dialog import ExerciseDialog

        if self.dialog is None:
            self.dialog = ExerciseDialog(exercises(), self._done(), practising=self._session.practice)
            self.dialog.chosen.connect(self._ask)
            self.dialog.solved.connect(self._keep)
            self.dialog.case_wanted.connect(self.case_wanted)
            self.dialog.help_wanted.connect(self.help_wanted)
            self.dialog.again_wanted.connect(self._again)
            self.dialog.practice_wanted.connect(self.practice_wanted)
        self.dialog.renew()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """The main window goes."""
        if self.dialog is not None:
            self.dialog.reject()

    def _ask(self, place: int) -> None:
        reader = self._session.reader

        def work(ticket: Ticket) -> Answer | UserError:
            from app.core.actions.exercises import answer_to, exercises

            ticket.step(0)
            try:
                return answer_to(reader, exercises()[place])
            except UserError as fault:
                return fault

        def then(found: Answer | UserError) -> None:
            if self.dialog is not None:
                self.dialog.show_answer(place, found)

        self._bar.watch(self._session.jobs.read("准备练习的答案", work), then, quiet=True)

    def _done(self) -> set[int]:
        return {int(each) - 1 for each in self._session.settings.exercises.split() if each.isdecimal()}

    def _keep(self, place: int) -> None:
        done = sorted(self._done() | {place})
        self._session.settings.exercises = " ".join(str(each + 1) for each in done)
        self._session.keep_settings()

    def _again(self) -> None:
        if self.dialog is None or not talk.ask(self.dialog, "从头再做一遍吗？", "答对的记录会清除。", yes="重新做"):
            return
        self._session.settings.exercises = ""
        self._session.keep_settings()
        self.dialog.forget()
