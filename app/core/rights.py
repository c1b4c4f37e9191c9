"""Accounts and what each may do, read from rights.toml: one table of deeds by roles."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class Role(StrEnum):
    """What an account is for."""

    CASE = "办案人"
    CHECK = "复核人"
    MANAGE = "管理员"
    LOOK = "只读"


class CheckWay(StrEnum):
    """How a second person vouches for a finding: from their own session, beside the first, or by a typed name."""

    SIGNED_IN = "signed in"
    BESIDE = "beside"
    BY_NAME = "by name"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may open the store; `number` is theirs for good, "" where the data has no accounts at all."""

    number: str
    name: str
    roles: frozenset[Role]

    def titles(self) -> str:
        """Its roles, as they are said."""
        return "、".join(each for each in Role if each in self.roles)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that changes the data, and the roles that may do it."""

    id: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Rights:
    """The table: what each role is for, which stand alone, and every deed by its id."""

    says: Mapping[Role, str]
    alone: frozenset[Role]
    deeds: Mapping[str, Deed]

    def may(self, account: Account, deed: str) -> bool:
        """Whether an account may do it; KeyError when there is no such deed."""
        return bool(self.deeds[deed].roles & account.roles)


FIRST_ROLES = frozenset({Role.MANAGE, Role.CASE})  # of the account a new store begins with
ANYBODY = Account("", "", frozenset(Role) - {Role.LOOK})  # of data without accounts, which nobody signs in to


@cache
def rights() -> Rights:
    """The table of rights; ValueError when a role is missing, or a deed stands twice or nobody may do it."""
    data = tomllib.loads(Path(__file__).with_name("rights.toml").read_text(encoding="utf-8"))
    says = {Role(each["name"]): str(each["says"]) for each in data["role"]}
    alone = frozenset(Role(each["name"]) for each in data["role"] if each.get("alone", False))
    deeds = {each["id"]: Deed(each["id"], each["name"], frozenset(map(Role, each["roles"]))) for each in data["deed"]}
    if set(says) != set(Role) or len(deeds) < len(data["deed"]) or not all(each.roles for each in deeds.values()):
        raise ValueError("the table of rights names a role or a deed twice, or not at all")
    return Rights(says, alone, deeds)


def refusal(account: Account, deed: str, people: Iterable[Account]) -> tuple[str, str] | None:
    """Why an account may not do something, and whom to ask: two sentences without stop; None when it may."""
    table = rights()
    if table.may(account, deed):
        return None
    wanted = table.deeds[deed]
    asked = [f"{each.name}（{each.titles()}）" for each in people if each.roles & wanted.roles]
    roles = "、".join(each for each in Role if each in wanted.roles)
    do = f"请由{'、'.join(asked)}登录后办理" if asked else f"请管理员在“设置 → 人员与权限”中设{roles}的账户"
    return f"您的账户“{account.name}”（{account.titles()}）不能{wanted.name}", do
