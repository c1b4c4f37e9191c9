"""Who may open the data and what each may do: added, given roles and passphrases, taken away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.actions.accounts import add_account, give_roles, new_passphrase, remove_account
from app.core.actions.done import Done
from app.core.jobs import Ticket
from app.core.rights import Account, Role, rights
from app.ui import look, talk
from app.ui.account_form import AccountForm, Work
from app.ui.allow import allow
from app.ui.job_bar import JobBar
from app.ui.plain_table import PlainTable
from app.ui.session import Session

TITLE = "人员与权限"
SAYS = (
    "每人一个账户，各用各的口令，打开的是同一份数据。只有一个账户时，打开数据只问口令；"
    "有几个账户时也只问口令，程序凭口令认人，操作记录写明是谁。"
)
ADD = "由本人在这里输入口令；不便时先代设一个，本人登录后在“设置”里修改。口令不能与别人的相同。"
ROLES = "“{name}”的身份。一人可以兼办案人、复核人、管理员，但自己认定的线索不能由自己复核；“只读”不能兼其他身份。"
PHRASE = "为“{name}”重设口令。原来的口令从此不能再用，本人登录后应自行修改。"
GONE = "移除账户“{name}”吗？"
GONE_MORE = (
    "其口令从此打不开现在的数据；办理过的事项仍记其姓名。以前做的备份仍能用当时的口令打开，需要时请另行保管或者删除。"
)
ALONE = "现在只有一个账户。需要另一人以口令复核的，请增加一个复核人。"


class AccountsDialog(QDialog):
    """Lists the accounts; whoever may not manage them sees them all the same."""

    def __init__(self, parent: QWidget, session: Session, bar: JobBar) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._session, self._bar = session, bar
        self.form: AccountForm | None = None
        self.people = PlainTable("账户", (("姓名", 10), ("身份", 18), ("", 10)), wide=1)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.add, self.roles = QPushButton("增加(&A)…"), QPushButton("改身份(&R)…")
        self.phrase, self.drop = QPushButton("重设口令(&P)…"), QPushButton("移除(&D)…")
        self.buttons = (self.add, self.roles, self.phrase, self.drop)
        for button, slot in zip(
            self.buttons, (self.add_one, self.change_roles, self.set_phrase, self.remove), strict=True
        ):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        self.people.itemSelectionChanged.connect(self._offer)
        self._lay_out()
        self.renew()

    def chosen(self) -> Account:
        """The account the cursor is on."""
        everybody = self._session.store.people
        return everybody[max(0, min(self.people.currentRow(), len(everybody) - 1))]

    def renew(self, said: str = "") -> None:
        """Show who there is now, and how something went."""
        store = self._session.store
        mine = store.account.number
        self.people.fill(
            [(each.name, each.titles(), "现在登录的" if each.number == mine else "") for each in store.people]
        )
        self.people.fit(8)
        self.said.setText(said or (ALONE if len(store.people) == 1 else ""))
        self._offer()

    def add_one(self) -> None:
        """Ask for name, roles and passphrase of somebody new."""
        store, now, who = self._session.store, self._session.now(), self._session.who()

        def work(name: str, roles: frozenset[Role], phrase: str) -> Done:
            return add_account(store, name, roles, phrase, now=now, who=who)

        self._ask("增加账户", ADD, work, name=True, roles=frozenset({Role.CHECK}), phrase=True)

    def change_roles(self) -> None:
        """Ask for the roles of the chosen account."""
        store, now, who, one = self._session.store, self._session.now(), self._session.who(), self.chosen()

        def work(_name: str, roles: frozenset[Role], _phrase: str) -> Done:
            return give_roles(store, one, roles, now=now, who=who)

        self._ask("改身份", ROLES.format(name=one.name), work, roles=one.roles)

    def set_phrase(self) -> None:
        """Ask for a new passphrase of the chosen account."""
        store, now, who, one = self._session.store, self._session.now(), self._session.who(), self.chosen()

        def work(_name: str, _roles: frozenset[Role], phrase: str) -> Done:
            return new_passphrase(store, one, phrase, now=now, who=who)

        self._ask("重设口令", PHRASE.format(name=one.name), work, phrase=True)

    def remove(self) -> None:
        """Take the chosen account away, once that is confirmed."""
        store, now, who, one = self._session.store, self._session.now(), self._session.who(), self.chosen()
        if not talk.ask(self, GONE.format(name=one.name), GONE_MORE, yes="移除", no="不移除"):
            return

        def work(*, ticket: Ticket) -> Done:
            ticket.step(0)
            return remove_account(store, one, now=now, who=who)

        self._bar.watch(self._session.jobs.write("移除账户", work), lambda done: self._told(done.says))

    def _ask(self, title: str, says: str, work: Work, **asks: object) -> None:
        self.form = AccountForm(self, self._session.jobs, title, says, work, **asks)
        self.form.accepted.connect(lambda: self._told(self.form.done_with.says))
        self.form.open()

    def _told(self, said: str) -> None:
        self._bar.tell(said)
        self.renew(f"{said}。")

    def _offer(self) -> None:
        """Nobody takes away the account they work with; without the right nothing is offered."""
        store = self._session.store
        if not store.people:
            for button in self.buttons:
                button.setEnabled(False)
        elif allow(store, "accounts", *self.buttons):
            own = self.chosen().number == store.account.number
            self.drop.setEnabled(not own)
            self.drop.setToolTip("不能移除正在使用的账户" if own else "")

    def _lay_out(self) -> None:
        says = QLabel(SAYS)
        says.setWordWrap(True)
        row = QHBoxLayout()
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        head = QLabel("各种身份能做什么")
        look.larger(head, bold=True)
        table = PlainTable("各种身份能做什么", (("事项", 18), *((str(each), 5) for each in Role)), wide=0)
        table.fill(
            [(each.name, *("✓" if role in each.roles else "" for role in Role)) for each in rights().deeds.values()]
        )
        close = QDialogButtonBox()
        close.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        close.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        for each in (says, self.people):
            rows.addWidget(each)
        rows.addLayout(row)
        rows.addWidget(self.said)
        rows.addWidget(head)
        rows.addWidget(table, 1)
        rows.addWidget(close)
        look.size(self, 44, 36)
