"""The headless run: the same actions in a row, files in, JSON, ledger and documents out."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import NoReturn

from app.core.actions.backtest import backtest, save_backtest
from app.core.actions.compare import differences
from app.core.actions.desks import PEOPLE_DESKS
from app.core.actions.forecast import FORECAST, forecast, has_people, save_forecast
from app.core.actions.issue import issue
from app.core.actions.law import law_in_force
from app.core.actions.mappings import remembered
from app.core.actions.model_book import model_tables
from app.core.actions.model_run import DESK as MODELS
from app.core.actions.model_run import can_run
from app.core.actions.office_books import save_books
from app.core.actions.order import Order
from app.core.actions.paper_list import fates, paper_lines
from app.core.actions.quality import PAPER, PaperOrder, quality, quality_findings, save_by_file
from app.core.actions.quality_paper import Sender
from app.core.actions.receive import SheetResult, look, receive
from app.core.actions.review import review
from app.core.actions.settings import read_office
from app.core.batch.output import conclusions_json, findings_json, import_json
from app.core.checks.desk import NOBODY
from app.core.checks.quality.report import SheetQuality
from app.core.checks.reduction.review import DESK
from app.core.documents.kinds import kind, kind_by_name, kinds
from app.core.errors import FileUnreadable, UserError
from app.core.files import write_whole
from app.core.findings import CaseReview, Standing
from app.core.intake.mapping import Remembered
from app.core.intake.mapping_file import read_mapping_file
from app.core.jobs import Ticket
from app.core.law.book import LawBook
from app.core.reports.ledger import ledger
from app.core.store.database import Store

PASSPHRASE = "XZZJ_PASSPHRASE"
WHO = "批处理"
DESKS = {"reduction": "减刑审查", "correction": "社区矫正", "deprivation": "剥夺政治权利", "models": "监督模型"}
LEDGER, BACKTEST = "线索台账.xlsx", "回测.xlsx"
ALL = "all"
DONE, USAGE, NOTHING, SOME = 0, 2, 3, 4


# What argparse says in English, and how we say it.
COMPLAINTS = (
    (re.compile(r"the following arguments are required: (.+)"), r"缺少 \1"),
    (re.compile(r"unrecognized arguments: (.+)"), r"不认识 \1"),
    (re.compile(r"argument (\S+): expected .*"), r"\1 后面缺少内容"),
    (re.compile(r"argument (\S+): invalid choice: (\S+) \(choose from (.+)\)"), r"\1 不能是 \2，可以是 \3"),
    (re.compile(r"argument --as-of: invalid .* value: (.+)"), r"--as-of 的 \1 不是日期，请写成 2026-11-21 的样子"),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for english, chinese in COMPLAINTS:
            message = english.sub(chinese, message)
        _say(f"用法不对：{message}。请用 --help 查看说明。")
        raise SystemExit(USAGE)


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = _Parser(prog="python -m app batch", description="不开窗口，一次完成导入、审查和出文书。")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="表格文件或者文件夹")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="结果写到这个文件夹")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="以这一天为审查日，默认今天")
    parser.add_argument("--documents", default="none", metavar="all|none|NAME,…", help="生成哪些文书，默认不生成")
    parser.add_argument("--desk", action="append", choices=DESKS, help="只运行这些台面，可以写多次")
    parser.add_argument("--backtest", action="store_true", help=f"把过去的裁定按当时的法律重新审查，写出{BACKTEST}")
    parser.add_argument("--registers", action="store_true", help="另外写出待办期限、文书台账、一账三表、月报季报等报表")
    parser.add_argument("--store", type=Path, metavar="FILE", help=f"数据库文件；口令取自环境变量 {PASSPHRASE}")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="列与字段的对应关系文件")
    parser.add_argument("--district", action="append", metavar="NAME", help="本院辖区名称，可以写多次")
    return parser.parse_args(argv)


def main(argv: Sequence[str], *, today: date, now: str) -> int:
    """Run headless and return the exit status (contract §2); every problem is one line on standard error."""
    try:
        given = _arguments(argv)
    except SystemExit as end:
        return int(end.code or 0)
    try:
        wanted = _wanted(given.documents)
        mappings = read_mapping_file(given.mapping) if given.mapping else ()
        with _store(given.store) as store:
            return _run(store, given, wanted, mappings, given.as_of or today, now)
    except UserError as fault:
        _say(str(fault))
        return USAGE if not isinstance(fault, FileUnreadable) else NOTHING


def _run(
    store: Store,
    given: argparse.Namespace,
    wanted: Sequence[str],
    mappings: Sequence[Remembered],
    as_of: date,
    now: str,
) -> int:
    ticket = Ticket()
    model_tables(store)
    plans, problems = look(given.paths, (*mappings, *remembered(store)), ticket=ticket)
    results: list[SheetResult] = receive(store, plans, now=now, who=WHO, ticket=ticket).value
    for problem in problems:
        _say(str(problem))
    _say_sheets(results)
    report = quality(store, None, as_of, ticket=ticket).value
    write_whole(given.out / "import.json", import_json(results, report, partial(differences, store)))
    if not any(not each.skipped for each in results) and not store.batches.all():
        if not plans and not problems:
            _say("没有找到可以导入的表格。请检查路径和文件类型。")
        return NOTHING
    _review_and_write(store, given, wanted, report, as_of, now, ticket)
    kept = {each.file for each in results if each.known or not each.skipped}
    lost = {each.file for each in results} - kept
    return SOME if problems or lost else DONE


def _review_and_write(
    store: Store,
    given: argparse.Namespace,
    wanted: Sequence[str],
    report: Sequence[SheetQuality],
    as_of: date,
    now: str,
    ticket: Ticket,
) -> None:
    law = law_in_force(store)
    for each in law.refused:
        _say(f"{each}。请在窗口的“法律依据”里撤回这处修改或者重新填写。")
    asked = list(given.desk or DESKS)
    for desk in asked:
        if _has_data(store, desk, as_of):
            done = review(store, law, desk, as_of, now=now, who=WHO, ticket=ticket, districts=given.district or ())
            print(f"{DESKS[desk]}：{done.says}")
    cases = store.casebook.case_of(DESK) if DESK in asked else {}
    ids = sorted(cases.values())
    reviews = _reviews(store, ids)
    others = [each for desk in asked if desk != DESK for each in store.views.case_ids(desk)]
    lists = [each for desk in asked for each in store.casebook.unasked(desk)]
    findings = [each for desk in asked for each in store.casebook.findings(desk=desk)]
    everyone = [
        *reviews,
        *_reviews(store, sorted(others)),
        CaseReview(NOBODY, "", "", Standing.UNJUDGED, (), tuple(lists)),
    ]
    overviews = store.overviews.all(DESK) if cases else []
    report_text = findings_json([*findings, *quality_findings(report)], everyone, as_of, law.edition, report, overviews)
    write_whole(given.out / "findings.json", report_text)
    write_whole(given.out / "conclusions.json", conclusions_json(reviews))
    told = fates(paper_lines(store, ticket=ticket))
    write_whole(given.out / LEDGER, ledger(findings, everyone, fates=told))
    folder, office = given.out / "documents", read_office(store)
    if PAPER in wanted:
        paper_order = PaperOrder(folder / kind(PAPER).name, Sender(), office, as_of, now, WHO)
        print(save_by_file(store, report, paper_order, ticket=ticket).says)
    if FORECAST in wanted and DESK in asked and has_people(store):
        done = forecast(store, law, as_of, ticket=ticket)
        save_forecast(done.value, given.out / f"{FORECAST}.xlsx", ticket=ticket)
        print(f"{FORECAST}：{done.says}")
    if given.backtest:
        _backtest(store, law, given.out / BACKTEST, as_of, ticket)
    order = Order(folder, office, as_of, now, WHO, print_folder=given.out / "合并打印")
    _write_documents(store, asked, wanted, order, ticket)
    if given.registers:
        print(save_books(store, given.out, as_of, ticket=ticket).says)


def _write_documents(store: Store, desks: Sequence[str], wanted: Sequence[str], order: Order, ticket: Ticket) -> None:
    """Make the documents of each desk's cases: those named, or with `ALL` those their findings ask for."""
    for desk in desks:
        ids = sorted(store.views.case_ids(desk))
        named = [each for each in wanted if each in {one.id for one in kinds(desk)}]
        if ALL in wanted and desk == DESK:
            named = [each.id for each in kinds(desk) if each.standing]  # of every proposal, asked for or not
        if not ids or not (named or ALL in wanted):
            continue
        done = issue(store, ids, named or None, order, ticket=ticket)
        for problem in done.value.problems:
            _say(str(problem))
        for caution in done.value.cautions:
            _say(caution)
        print(f"{DESKS[desk]}：{done.says}")


def _backtest(store: Store, law: LawBook, path: Path, as_of: date, ticket: Ticket) -> None:
    """Ask past rulings again; without any there is no workbook, and one line says why."""
    try:
        done = backtest(store, law, as_of, ticket=ticket)
    except UserError as fault:
        _say(str(fault))
        return
    save_backtest(done.value, path)
    print(done.says)


def _reviews(store: Store, ids: Sequence[int]) -> list[CaseReview]:
    return [each for case_id in ids if (each := store.casebook.review_of(case_id)) is not None]


def _has_data(store: Store, desk: str, as_of: date) -> bool:
    """Whether a desk has anything to ask about; without, it is left out unless nothing else is there."""
    if desk == MODELS:
        return can_run(store, as_of)
    if desk == DESK:
        return bool(store.casebook.case_of(desk))
    present, of_desk = store.batches.tables_present(), PEOPLE_DESKS[desk]
    wanted = of_desk.begin if store.casebook.case_of(DESK) else of_desk.tables
    return bool(present & set(wanted))


def _wanted(text: str) -> list[str]:
    """Document kinds by what --documents says (`ALL`: what the cases ask for); UserError for a name nobody knows."""
    if text in ("none", ""):
        return []
    known = (*(each for each in kinds() if each.desks), kind(PAPER))
    if text == ALL:
        return [ALL, FORECAST]
    found = []
    for name in text.split(","):
        if name.strip() == FORECAST:
            found.append(FORECAST)
            continue
        each = kind_by_name(name.strip())
        if each is None or each not in known:
            names = "、".join((*(each.name for each in known), FORECAST))
            raise UserError(f"没有名为“{name}”的文书", do=f"可以写 all、none，或者：{names}")
        found.append(each.id)
    return found


@contextmanager
def _store(path: Path | None) -> Iterator[Store]:
    """The store to work on: a temporary one, or the named one opened (made when it is not there)."""
    if path is None:
        opened = Store.temporary()
    else:
        passphrase = os.environ.get(PASSPHRASE, "")
        if not passphrase:
            raise UserError("没有给出数据库口令", do=f"请把口令放入环境变量 {PASSPHRASE}，再运行")
        opened = Store.open(path, passphrase) if path.exists() else Store.create(path, passphrase)
    try:
        yield opened
    finally:
        opened.close()


def _say_sheets(results: Sequence[SheetResult]) -> None:
    """One line for each sheet that gave nothing, and one for each refused row."""
    for each in results:
        if each.skipped:
            mend = "" if each.known else "请检查表头，或者用 --mapping 指定对应关系。"
            _say(f"{each.file}《{each.sheet}》：{each.skipped}。{mend}")
        for reject in each.rejected:
            column = f" {reject.column}" if reject.column else ""
            _say(f"{reject.file}《{reject.sheet}》第{reject.row}行{column}：{reject.reason}。请补正后重新导入。")


def _say(line: str) -> None:
    if sys.stderr is not None:
        print(line.replace("\n", " "), file=sys.stderr)
