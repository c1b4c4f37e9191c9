"""Errors a user can mend; whatever else escapes is a bug."""


class UserError(Exception):
    """The work cannot go on, and the user can do something about it.

    `what` says what happened, `do` what to do about it, `where` the file, sheet or row; all in Chinese.
    """

    def __init__(self, what: str, *, do: str, where: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.do = do
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        return f"{place}{self.what}。{self.do}。"


class FileInUse(UserError):
    """Another program holds the file."""


class FileUnreadable(UserError):
    """The file is missing, damaged, empty, locked by a password or of another kind than its name says."""


class FolderUnwritable(UserError):
    """Nothing can be written there: read-only, full or gone."""


class WrongPassphrase(UserError):
    """The store does not open with this passphrase."""


class StoreDamaged(UserError):
    """The store file is not a store, or is damaged."""


class StoreTooNew(UserError):
    """The store was written by a newer version of the program."""


class TemplateFault(UserError):
    """A document template cannot be used as it is."""


class Cancelled(Exception):
    """The user asked the work to stop."""
