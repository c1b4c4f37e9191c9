"""Which dialogs the window has: none may be left without a picture."""

from __future__ import annotations

BASES = {"WordsForm", "LawForm", "SourcedForm"}  # never shown themselves: others are made of them
TOUR = frozenset(  # what installer/picture_tour.py takes on its way; everything else is opened here
    (
        *("AskingDialog", "BacktestDialog", "BatchesDialog", "CrashDialog", "ForecastDialog", "IntakeDialog"),
        *("IntakeResult", "IssueDialog", "IssueResult", "OverviewDialog", "PeopleDialog", "RowDialog", "SignIn"),
        *("StateDialog", "ThreeListsDialog", "Welcome"),
    )
)


def dialog_classes() -> set[str]:
    """The names of all dialogs of the window, but for those others are made of."""
    import importlib
    import inspect
    import pkgutil

    from PySide6.QtWidgets import QDialog

    import app.ui

    modules = [importlib.import_module(f"app.ui.{each.name}") for each in pkgutil.iter_modules(app.ui.__path__)]
    found = {
        name
        for module in modules
        for name, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, QDialog) and each.__module__.startswith("app.ui.") and each.__module__ == module.__name__
    }
    return found - BASES
