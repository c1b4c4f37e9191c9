"""Every message, step and citation the data cases bring forth, against a golden file, so that new wording is seen.

Numbers and dates are taken out and each sentence stands once under its rule. After a wanted change the file is
written anew with `python -m tests.core.checks.test_wording --write`; its difference is what people will read.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from app.core.findings import Basis, CaseReview
from tests.core.checks.casefiles import all_cases, review_of

GOLDEN = Path(__file__).parent / "reduction" / "wording.json"
RENEW = "read the new wording; if it is meant: python -m tests.core.checks.test_wording --write"
NUMERALS = "零〇一二三四五六七八九十百千万两"
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?|\d{4}年\d{1,2}月(?:\d{1,2}日)?")
_NUMBER = re.compile(r"(?<![A-Z\d])\d[\d,]*(?:\.\d+)?")
_TERM = re.compile(rf"[{NUMERALS}]+年(?:零?[{NUMERALS}]+个月)?|[{NUMERALS}]+个月(?:零?[{NUMERALS}]+[日天])?")
# What was entered in a cell is quoted after these; it is the office's wording, not ours.
_QUOTED = re.compile(r"((?:备注|记载|备注有说明)：).*")
Wording = Mapping[str, Mapping[str, list[str]]]


def plain(text: str) -> str:
    """A sentence without its dates, terms, numbers and quotations."""
    text = _QUOTED.sub(r"\1…", text)
    return _NUMBER.sub("N", _TERM.sub("T", _DATE.sub("D", text)))


def cited(basis: Basis) -> str:
    """A citation as people read it."""
    return f"{basis.law} {basis.article}：{basis.says}"


def wording() -> Wording:
    """What each rule says over all data cases: messages, steps, what is missing, citations."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for case in all_cases():
        _take(found, review_of(case))
    return {
        rule: {kind: sorted(texts) for kind, texts in sorted(kinds.items()) if texts}
        for rule, kinds in sorted(found.items())
    }


def _take(found: dict[str, dict[str, set[str]]], review: CaseReview) -> None:
    for each in review.verdicts:
        kinds = found[f"{each.rule} {each.rule_name}"]
        kinds["message"] |= {plain(each.message)} - {""}
        kinds["step"] |= {plain(text) for text in each.steps}
        kinds["missing"] |= {plain(text) for text in each.missing}
        kinds["cites"] |= {cited(basis) for basis in each.basis}
        kinds["document"] |= {each.document} - {None} if each.document else set()


def told(text: Wording) -> str:
    """The golden file's text."""
    return json.dumps(text, ensure_ascii=False, indent=1) + "\n"


def changes(now: Wording, golden: Wording) -> list[str]:
    """What is said now and was not, and the other way round."""
    lines = []
    for rule in sorted({*now, *golden}):
        for kind in ("message", "step", "missing", "cites", "document"):
            new, old = (set(each.get(rule, {}).get(kind, ())) for each in (now, golden))
            lines += [f"+ {rule} {kind}: {each}" for each in sorted(new - old)]
            lines += [f"- {rule} {kind}: {each}" for each in sorted(old - new)]
    return lines


def test_wording_is_as_agreed() -> None:
    assert changes(wording(), json.loads(GOLDEN.read_text(encoding="utf-8"))) == [], RENEW


def test_a_change_of_wording_is_seen() -> None:
    golden = {"JX-T01 起始": {"message": ["未满D"], "step": ["D至D"]}}
    now = {"JX-T01 起始": {"message": ["不满D"], "step": ["D至D"]}}
    assert changes(now, golden) == ["+ JX-T01 起始 message: 不满D", "- JX-T01 起始 message: 未满D"]


def test_numbers_dates_and_quotations_are_no_wording() -> None:
    said = "刑期起日 2021-01-10＋四年十一个月 → 2025-12-09；差3日，共1,200.50元"
    assert plain(said) == "刑期起日 D＋T → D；差N日，共N元"
    assert plain("备注：曾脱逃") == "备注：…"
    assert plain("见 JX-S05") == "见 JX-S05"


if __name__ == "__main__" and "--write" in sys.argv[1:]:
    GOLDEN.write_text(told(wording()), encoding="utf-8")
