"""Who answers for what a rule found, by which name, and what is asked of that office; read from answerable.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.core.findings import Verdict
from app.core.records import Record, show

WHOSE_LIST = "@unit"
MODEL = "MX-"  # how the rules of supervision models begin
UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of office: where its name may stand, as (table, column), and words its name must hold one of."""

    says: str
    names: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers for a rule: (words of the finding, role id), the first whose words are said counts; what is asked."""

    who: tuple[tuple[str, str], ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Answerable:
    """The office that answers for a finding: its role in words, its name ("" when the lists do not say).

    Without a role it must be found out first who answers.
    """

    role: str = UNKNOWN
    name: str = ""

    @property
    def known(self) -> bool:
        """Whether it is clear what kind of office answers."""
        return bool(self.role)


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its id."""
    return {
        each["id"]: Role(
            each["says"],
            tuple((name.partition(".")[0], name.partition(".")[2]) for name in each["names"]),
            tuple(each["words"]),
        )
        for each in _raw()["office"]
    }


@cache
def answers() -> Mapping[str, Answer]:
    """Who answers for each rule, by its id."""
    return {
        each["id"]: Answer(
            (("", each["who"]),) if isinstance(each["who"], str) else tuple((said, who) for said, who in each["who"]),
            each["ask"],
        )
        for each in _raw()["rule"]
    }


def answerable(verdict: Verdict, rows: Sequence[Record], unit_of: Callable[[Record], str]) -> Answerable:
    """The office that answers for a finding; its name is looked for in the case's rows.

    The rows the finding rests on come first. `unit_of` tells whose list a row stands in. Two different names of the
    same surest column leave the name open.
    """
    answer = answers().get(verdict.rule)
    if answer is None:
        return Answerable()
    said = verdict.message
    role_id = next((who for words, who in answer.who if words in said), UNKNOWN)
    if not role_id:
        return Answerable()
    role = roles()[role_id]
    own = {(each.file, each.sheet, each.row) for each in verdict.evidence}
    near = [each for each in rows if (each.file, each.sheet, each.row) in own]
    return Answerable(role.says, _name(role, near, unit_of) or _name(role, rows, unit_of))


def asked_of(verdicts: Iterable[Verdict]) -> list[str]:
    """What the findings ask an office to do, each once, in their order."""
    found = (_ask(each.rule) for each in verdicts)
    return list(dict.fromkeys(each for each in found if each))


def _ask(rule: str) -> str:
    """What a rule asks for; of all models the same."""
    answer = answers().get(rule)
    if answer is not None:
        return answer.ask
    return str(_raw()["models"][0]["ask"]) if rule.startswith(MODEL) else ""


def _name(role: Role, rows: Iterable[Record], unit_of: Callable[[Record], str]) -> str:
    rows = list(rows)
    for table, column in role.names:
        texts = (
            unit_of(each) if column == WHOSE_LIST else show(each[column]).strip()
            for each in rows
            if each.table == table
        )
        found = list(dict.fromkeys(text for text in texts if any(word in text for word in role.words)))
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


@cache
def _raw() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("answerable.toml").read_text(encoding="utf-8"))
