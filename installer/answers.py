"""Compare what the program found with the answers known beforehand.

`answers.json` stands beside sample workbooks:
{"as_of": "2026-11-21", "cases": [{"prisoner_no": "…", "name": "…", "conclusion": ["同意提请"],
  "findings": {"JX-T01": "违法"}, "must_not": ["JX-T03"], "only_unlawful": ["JX-T01"]}],
 "expected_import": [{"file": "…", "sheet": "…", "table": "R1", "rows": 2, "accepted": 1,
  "rejected": [{"row": 3, "column": "姓名"}]}]}
`conclusion`: any of these is right; `findings`: rule → level that must be there; `must_not`: rules that must be silent;
`only_unlawful`: all rules that may say 违法, no more and no fewer. What a case does not say is not asked.
`expected_import`: every sheet of the folder's files and what import.json must say of it. `expected_findings`, beside
the folder's `district`, is for people known by their identity number:
{"name": "…", "id_number": "…", "findings": [{"rule": "SJ-01", "level": ["违法"], "gravity": "重大"}],
 "allowed": ["SJ-07"], "must_not": ["SJ-15"], "rows": [{"file": "…", "sheet": "…", "row": 4}]}
Each of `findings` must be there at one of its levels; nothing else may say 违法 or 存疑, but for the `allowed`. `rows`
are where the person stands, for findings of quality, which are about rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from installer.console import Stop

FILE_NAME = "answers.json"
QUALITY = "quality"
UNLAWFUL, DOUBTFUL = "违法", "存疑"


@dataclass(frozen=True)
class Answers:
    """All known answers below a folder, the one day they hold for (YYYY-MM-DD) and the offices' own districts."""

    as_of: str
    cases: list[Mapping[str, Any]]
    sheets: list[Mapping[str, Any]] = field(default_factory=list)
    people: list[Mapping[str, Any]] = field(default_factory=list)
    districts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Compared:
    """The answer for one person or sheet and where the program says otherwise; no complaints means agreement."""

    subject: str
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
    whole = [[*chain(*(getattr(each, name) for each in read))] for name in ("cases", "sheets", "people", "districts")]
    cases, sheets, people, districts = whole
    return Answers(days[0], cases, sheets, people, [*dict.fromkeys(districts)])


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


def compare_people(answers: Answers, findings: Sequence[Mapping[str, Any]]) -> list[Compared]:
    """Each person known by an identity number against the `findings` of findings.json, whatever desk they are of."""
    by_number: dict[str, list[Mapping[str, Any]]] = {}
    by_row: dict[tuple[object, ...], list[Mapping[str, Any]]] = {}
    for each in findings:
        if number := each["person"].get("id_number"):
            by_number.setdefault(str(number), []).append(each)
        elif each.get("desk") == QUALITY:
            for cell in each["evidence"]:
                by_row.setdefault(_row(cell), []).append(each)
    compared = []
    for each in answers.people:
        about_rows = chain(*(by_row.get(_row(row), ()) for row in each.get("rows", ())))
        own = [*by_number.get(each["id_number"], ()), *about_rows]
        compared.append(Compared(f"{each.get('name', '')}（{each['id_number']}）", _about_person(each, own)))
    return compared


def _row(place: Mapping[str, Any]) -> tuple[object, ...]:
    return place["file"], place["sheet"], place["row"]


def _as_grave(finding: Mapping[str, Any], gravity: str | None) -> bool:
    """Whether a finding is as grave as known; only a breach has a gravity."""
    return gravity is None or finding["level"] != UNLAWFUL or finding["gravity"] == gravity


def _about_person(known: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> list[str]:
    said = []
    wanted = {str(each["rule"]): each for each in known["findings"]}
    for rule, each in wanted.items():
        given = [one for one in findings if one["rule"] == rule]
        gravity = each.get("gravity")
        if not any(one["level"] in each["level"] and _as_grave(one, gravity) for one in given):
            shown = "、".join(sorted({f"{one['level']}{one['gravity'] or ''}" for one in given}))
            right = f"{'或'.join(each['level'])}{gravity or ''}"
            said.append(f"{rule} 应为{right}，{f'实为{shown}' if shown else '没有报出'}")
    said += _about_silence(known, findings)
    silent = {*wanted, *known.get("allowed", ()), *known.get("must_not", ())}
    more = {(str(one["rule"]), str(one["level"])) for one in findings if one["level"] in (UNLAWFUL, DOUBTFUL)}
    return said + [f"{rule} 多报{level}" for rule, level in sorted(more) if rule not in silent]


def compare_imports(answers: Answers, imported: Sequence[Mapping[str, Any]]) -> list[Compared]:
    """Each known sheet against the entries of import.json, which must hold no other sheet."""
    found = {(each["file"], each["sheet"]): each for each in imported}
    known = [(each["file"], each["sheet"]) for each in answers.sheets]
    compared = [
        Compared(_sheet_name(key), _about_sheet(each, found.get(key)))
        for key, each in zip(known, answers.sheets, strict=True)
    ]
    return compared + [Compared(_sheet_name(key), ["不应有这张表"]) for key in found if known and key not in known]


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


def _sheet_name(key: tuple[str, str]) -> str:
    return f"{key[0]}《{key[1]}》"


def _about_sheet(wanted: Mapping[str, Any], given: Mapping[str, Any] | None) -> list[str]:
    if given is None:
        return ["没有导入"]
    said = [
        f"{word}为{given[key]}，应为{wanted[key]}"
        for key, word in (("table", "表"), ("rows", "行数"), ("accepted", "收下"))
        if given[key] != wanted[key]
    ]
    rejected = [_places(each["rejected"]) for each in (wanted, given)]
    if rejected[0] != rejected[1]:
        said.append(f"退回{'、'.join(rejected[1]) or '无'}，应为{'、'.join(rejected[0]) or '无'}")
    return said


def _places(rejected: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"第{each['row']}行{each['column']}" for each in rejected]


def _of(case: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [each for each in entries if each["person"].get("prisoner_no") == case["prisoner_no"]]


def _read(file: Path) -> Answers:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        cases, sheets, people = (data.get(each, []) for each in ("cases", "expected_import", "expected_findings"))
        if not cases and not sheets and not people:
            raise Stop(f"{file} 里没有答案。请按 installer/answers.py 开头所写的格式补上。")
        nameless = [number for number, case in enumerate(cases, 1) if not case.get("prisoner_no")]
        if nameless:
            raise Stop(f"{file} 第 {nameless[0]} 条没有 prisoner_no。请补上。")
        if any(not each.get("id_number") or not isinstance(each["findings"], list) for each in people):
            raise Stop(f"{file} 的 expected_findings 里有人没有身份证号码。请补上。")
        districts = [str(data["district"])] if "district" in data else []
        return Answers(str(data["as_of"]), list(cases), list(sheets), list(people), districts)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise Stop(f"{file} 读不懂（{error!r}）。请按 installer/answers.py 开头所写的格式改好。") from error
