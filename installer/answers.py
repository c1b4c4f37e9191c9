"""Compare what the program found with the answers known beforehand.

`answers.json` stands beside sample workbooks:
{"as_of": "2026-11-21", "cases": [{"prisoner_no": "…", "name": "…", "conclusion": ["同意提请"],
  "findings": {"JX-T01": "违法"}, "must_not": ["JX-T03"], "only_unlawful": ["JX-T01"]}]}
`conclusion`: any of these is right; `findings`: rule → level that must be there; `must_not`: rules that must be silent;
`only_unlawful`: all rules that may say 违法, no more and no fewer. What a case does not say is not asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from installer.console import Stop

FILE_NAME = "answers.json"
UNLAWFUL = "违法"


@dataclass(frozen=True)
class Answers:
    """All known answers below a folder, and the one day they hold for (YYYY-MM-DD)."""

    as_of: str
    cases: list[Mapping[str, Any]]


@dataclass(frozen=True)
class Compared:
    """One person's answer and where the program says otherwise; no complaints means agreement."""

    person: str
    complaints: list[str]


def load_answers(samples: Path) -> Answers:
    """Read every answers.json below the folder; Stop when there is none, or they are not of one day."""
    files = sorted(samples.rglob(FILE_NAME))
    if not files:
        raise Stop(f"{samples} 里没有 {FILE_NAME}，无从核对。请检查代码是否取全。")
    read = [_read(file) for file in files]
    days = sorted({each.as_of for each in read})
    if len(days) > 1:
        raise Stop(f"各 {FILE_NAME} 的 as_of 不一致：{'、'.join(days)}。请改为同一天。")
    return Answers(days[0], [case for each in read for case in each.cases])


def compare(
    answers: Answers, findings: Sequence[Mapping[str, Any]], conclusions: Sequence[Mapping[str, Any]]
) -> list[Compared]:
    """Each known person against the `findings` of findings.json and the entries of conclusions.json."""
    return [
        Compared(
            f"{case.get('name', '')}（{case['prisoner_no']}）",
            complaints(case, _of(case, findings), _of(case, conclusions)),
        )
        for case in answers.cases
    ]


def complaints(
    case: Mapping[str, Any], findings: Sequence[Mapping[str, Any]], conclusions: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Every point on which one person's results differ from the answer; the lists hold that person's entries only."""
    return [
        *_about_conclusion(case, conclusions),
        *_about_expected(case, findings),
        *_about_silence(case, findings),
        *_about_unlawful(case, findings),
    ]


def _about_conclusion(case: Mapping[str, Any], conclusions: Sequence[Mapping[str, Any]]) -> list[str]:
    wanted = case.get("conclusion")
    if wanted is None:
        return []
    if not conclusions:
        return [f"没有结论，应为{'或'.join(wanted)}"]
    given = sorted({str(each["conclusion"]) for each in conclusions})
    return [f"结论为{each}，应为{'或'.join(wanted)}" for each in given if each not in wanted]


def _about_expected(case: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> list[str]:
    said = []
    for rule, level in case.get("findings", {}).items():
        levels = sorted({str(each["level"]) for each in findings if each["rule"] == rule})
        if level not in levels:
            said.append(f"{rule} 应为{level}，{'实为' + '、'.join(levels) if levels else '没有报出'}")
    return said


def _about_silence(case: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> list[str]:
    loud = {each["rule"]: each["level"] for each in findings}
    return [f"{rule} 不应报出，实为{loud[rule]}" for rule in case.get("must_not", []) if rule in loud]


def _about_unlawful(case: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> list[str]:
    if "only_unlawful" not in case:
        return []
    wanted = set(case["only_unlawful"])
    given = {str(each["rule"]) for each in findings if each["level"] == UNLAWFUL}
    extra = [f"{rule} 多报违法" for rule in sorted(given - wanted)]
    return extra + [f"{rule} 应报违法而没有报" for rule in sorted(wanted - given)]


def _of(case: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in entries if each["person"].get("prisoner_no") == case["prisoner_no"]]


def _read(file: Path) -> Answers:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        cases = data["cases"]
        nameless = [number for number, case in enumerate(cases, 1) if not case.get("prisoner_no")]
        if nameless:
            raise Stop(f"{file} 第 {nameless[0]} 条没有 prisoner_no。请补上。")
        return Answers(str(data["as_of"]), list(cases))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise Stop(f"{file} 读不懂（{error!r}）。请按 installer/answers.py 开头所写的格式改好。") from error
