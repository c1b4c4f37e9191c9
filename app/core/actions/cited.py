"""The articles the program goes by: each with the rules that cite it and the numbers taken from it, law by law."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from app.core.actions.law import law_in_force
from app.core.actions.model_book import known
from app.core.checks.names import all_rules
from app.core.jobs import Ticket
from app.core.law.book import LawBook, Provision
from app.core.store.database import Rooms
from app.core.values.numerals import read_number

_NUMBER = re.compile(r"第([零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九]))?")
HALVES = "半日"  # how credited days are counted inside; the words beside them say it better


@dataclass(frozen=True, slots=True)
class Article:
    """One provision; `rules` are “编号 名称” of those that cite it, `numbers` what is reckoned with, in words."""

    provision: Provision
    rules: tuple[str, ...]
    numbers: tuple[str, ...]


def cited(store: Rooms, *, ticket: Ticket) -> Mapping[str, tuple[Article, ...]]:
    """Every provision of the law in force and of the models, by the law it stands in; the laws cited most come first.

    What the office changed is in it.
    """
    ticket.step(0)
    law = law_in_force(store)
    rules: dict[str, list[str]] = defaultdict(list)
    provisions = dict(law.provisions)
    for rule in all_rules():
        for cite in rule.cites:
            rules[cite].append(f"{rule.id} {rule.name}")
    for place, one in enumerate(known(store).values()):
        ticket.step(place)
        for each in one.model.grounds.values():
            name = each.cite or f"{one.model.id} {each.id}"
            rules[name].append(f"{one.model.id} {one.model.name}")
            if not each.cite:
                provisions[name] = Provision(
                    name, each.law, each.article, each.start, each.end, each.certainty, each.says
                )
    numbers = _numbers(law)
    found: dict[str, list[Article]] = defaultdict(list)
    for name, provision in provisions.items():
        found[provision.law].append(Article(provision, tuple(rules[name]), tuple(numbers[name])))
    ordered = sorted(found.items(), key=lambda each: -len(each[1]))
    return {name: tuple(sorted(articles, key=_order)) for name, articles in ordered}


def _numbers(law: LawBook) -> Mapping[str, list[str]]:
    """What is reckoned with, by the provision it is taken from."""
    found: dict[str, list[str]] = defaultdict(list)
    for rows in law.parameters.values():
        for each in rows:
            value = "" if each.unit == HALVES else f"（{each.value} {each.unit}）"
            found[each.provision].append(f"{each.says}{value}")
    for row in law.rows:
        for cite in dict.fromkeys(row.cites.values()):
            found[cite].append(f"减刑表 {row.id} 行：{row.says}")
    return found


def _order(article: Article) -> tuple[int, int, str, str]:
    """By the article's number; one without a number stands last."""
    each = article.provision
    found = _NUMBER.search(each.article)
    number = read_number(found[1]) if found else 10**6
    further = read_number(found[2]) if found and found[2] else 0
    return number, further, each.article, str(each.start or "")
