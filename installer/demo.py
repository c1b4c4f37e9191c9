"""The demonstration: review the shipped samples, compare with the known answers, say what was found."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from installer.answers import Answers, Compared, compare, compare_imports, compare_people, load_answers
from installer.console import Stop, run, say

PASSPHRASE_NAME = "XZZJ_PASSPHRASE"
PASSPHRASE = "xzzj-demo-2026"  # of artificial people only; printed for whoever opens the store
STORE = "演示数据.db"
REDUCTION = "reduction"
WRITTEN_BY_US = {"import.json", "findings.json", "conclusions.json", STORE}
COMPLAINTS_SHOWN = 40
# Both desks' offices send tables of the one list T01 … T28.
DESKS = {"减刑假释": "R", "社区矫正和剥夺政治权利": "T"}


def review_samples(root: Path, python: Path, out: Path) -> bool:
    """Run the program without a window over resources/samples and report; whether all is as it should be."""
    samples = root / "resources" / "samples"
    answers = load_answers(samples)
    clear(out)
    say(f"正在审查示例数据（{samples.relative_to(root)}，以 {answers.as_of} 为“今天”）……")
    command: list[str | Path] = [python, "-m", "app", "batch", samples, "--out", out, "--as-of", answers.as_of]
    places = [word for each in answers.districts for word in ("--district", each)]
    status = run([*command, *places, "--documents", "all", "--store", out / STORE], folder=root, extra=passphrase())
    if status != 0:
        say(f"批量审查没有成功（退出码 {status}），原因见上面的提示。")
        return False
    return report(out, answers)


def passphrase() -> dict[str, str]:
    """The environment that opens the demonstration store without asking."""
    return {PASSPHRASE_NAME: PASSPHRASE}


def show(root: Path, python: Path, out: Path) -> bool:
    """Open the window on the demonstration store and wait until it is closed; whether it closed in order."""
    say("正在打开窗口（关闭窗口后本命令结束）……")
    return run([python, "-m", "app", "--store", out / STORE], folder=root, extra=passphrase()) == 0


def clear(out: Path) -> None:
    """Remove an older demonstration; a folder that holds something else is refused."""
    if not out.exists():
        return
    names = {each.name for each in out.iterdir()}
    if names and not names & WRITTEN_BY_US:
        raise Stop(f"{out} 里有别的文件，没有动它。请用 --out 换一个空文件夹。")
    try:
        shutil.rmtree(out)
    except OSError as error:
        raise Stop(f"上次的演示结果删不掉（{error.filename}）。请关闭正在使用它的程序，再运行一次。") from error


def report(out: Path, answers: Answers) -> bool:
    """Print the summary of a finished run; whether every known answer was met."""
    found = _read(out / "findings.json")
    conclusions, imported = _read_list(out / "conclusions.json"), _read_list(out / "import.json")
    sheets = compare_imports(answers, imported)
    # The samples of the other desks have people of their own, under numbers of the same kind.
    of_cases = [each for each in found["findings"] if each.get("desk") == REDUCTION]
    compared = compare(answers, of_cases, conclusions)
    people = compare_people(answers, found["findings"])
    documents = sum(1 for _ in (out / "documents").rglob("*.docx"))
    say("")
    for line in [*import_summary(imported, sheets), *summary(found, conclusions, documents, compared)]:
        say(line)
    for line in _agreement("社区矫正、剥夺政治权利人员与已知答案一致", people) if people else ():
        say(line)
    say(f"结果在：{out}")
    say(f"  台账：{out / '线索台账.xlsx'}")
    say(f"  文书：{out / 'documents'}")
    say(f"  数据：{out / STORE}（口令 {PASSPHRASE}，仅用于演示）")
    return all(not each.complaints for each in [*sheets, *compared, *people])


def import_summary(imported: Sequence[Mapping[str, Any]], compared: Sequence[Compared]) -> list[str]:
    """What was read, desk by desk, and whether the figures are those known beforehand."""
    lines = []
    for desk, first in DESKS.items():
        sheets = [each for each in imported if str(each["table"]).startswith(first)]
        rows, taken = (sum(each[key] for each in sheets) for key in ("rows", "accepted"))
        lines.append(f"{desk}：{len(sheets)} 张表 {rows} 行，收下 {taken} 行，退回 {rows - taken} 行")
    return [*lines, *_agreement("导入行数与已知答案一致", compared)]


def summary(
    found: Mapping[str, Any],
    conclusions: Sequence[Mapping[str, Any]],
    documents: int,
    compared: Sequence[Compared],
) -> list[str]:
    """What a person wants to know about the run, line by line."""
    return [
        f"审查案件：{len(conclusions)} 件（{_counts(each['conclusion'] for each in conclusions)}）",
        f"发现线索：{len(found['findings'])} 条（{_counts(each['level'] for each in found['findings'])}）",
        f"不能判断：{len(found['not_evaluated'])} 项（缺少的数据已逐项列明）",
        f"写出文书：{documents} 份",
        *_agreement("与已知答案一致", compared),
    ]


def _agreement(words: str, compared: Sequence[Compared]) -> list[str]:
    agreed = sum(1 for each in compared if not each.complaints)
    wrong = [f"  不一致：{each.subject} {text}" for each in compared for text in each.complaints]
    more = [f"  ……另有 {len(wrong) - COMPLAINTS_SHOWN} 处"] if len(wrong) > COMPLAINTS_SHOWN else []
    return [f"{words}：{agreed}/{len(compared)}", *wrong[:COMPLAINTS_SHOWN], *more]


def _counts(words: Iterable[str]) -> str:
    return "、".join(f"{word} {count}" for word, count in Counter(words).most_common()) or "无"


def _read(file: Path) -> dict[str, Any]:
    data = _load(file)
    if not isinstance(data, dict) or not {"findings", "not_evaluated"} <= data.keys():
        raise Stop(f"{file} 的内容与约定不符，无法核对。请查看上面的提示。")
    return data


def _read_list(file: Path) -> list[dict[str, Any]]:
    data = _load(file)
    entries = data.get("conclusions") if isinstance(data, dict) else data
    if not isinstance(entries, list):
        raise Stop(f"{file} 的内容与约定不符，无法核对。请查看上面的提示。")
    return entries


def _load(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Stop(f"{file} 读不出来（{error}）。请查看上面的提示。") from error
