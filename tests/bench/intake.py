"""How long 100 000 rows × 20 columns take to be read, cleaned and stored, beside pandas reading the same file.

Run as `python -m tests.bench.intake [--rows N] [--runs N] [--proposals] [--again]`; it prints figures and judges
nothing. Each run is a process of its own, so that the peak of its memory is its own too. The list is a roster of
community correction; with --proposals one of proposals, for each of which a case is opened too; with --again the
list of the next month is taken in and compared with it.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).parents[2]
PERSON = ("姓名", "身份证号码", "性别", "出生日期", "罪名", "原判刑期")
ROSTER = (
    *("社区矫正对象编号", *PERSON, "矫正机构", "矫正类别", "判决书编号", "判决日期", "缓刑考验期限"),
    *("社区矫正开始日期", "社区矫正结束日期", "报到时间", "报到情况", "管理等级", "是否脱管", "个人联系电话", "备注"),
)
PROPOSALS = (
    *("罪犯编号", *PERSON, "监区", "附加剥夺政治权利", "应缴金额", "送交执行日期", "提请减刑幅度"),
    *("刑期起日", "刑期止日", "报请日期", "悔改立功情形", "表扬次数", "累犯", "已缴金额", "备注"),
)
OURS, THEIRS = "ours", "pandas"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
FIRST_SIGN, SIGNS = 0x4E00, 5_000
OFFENCES = ("盗窃罪", "诈骗罪", "故意伤害罪", "抢劫罪", "贩卖毒品罪", "寻衅滋事罪")
WARDS = "一二三四五六七八九十"
Value = str | int | date


def write(path: Path, rows: int, labels: Sequence[str], *, again: bool = False) -> None:
    """A workbook as an office's system exports it: texts, dates as dates, sums as numbers.

    With `again` it is next month's: one row in a hundred is gone, and another has a new remark.
    """
    chance = random.Random(20_261_121)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, labels)
        row = 0
        for number in range(1, rows + 1):
            rest = _proposal(number, chance) if labels is PROPOSALS else _correction(number, chance)
            values = [f"9{number:09}", *_person(number, chance), *rest]
            if again and number % 100 == 0:
                continue
            row += 1
            if again and number % 100 == 1:
                values[-1] = "已变更"
            for column, value in enumerate(values):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, day_format)
                elif isinstance(value, int):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, value)


def _person(number: int, chance: random.Random) -> tuple[Value, ...]:
    born = date(1955, 1, 1) + timedelta(days=chance.randrange(18_000))
    months = chance.randrange(6, 180)
    term = f"{months // 12}年{months % 12}个月" if months % 12 else f"{months // 12}年"
    name = f"{chance.choice(SURNAMES)}样{chr(FIRST_SIGN + chance.randrange(SIGNS))}"
    sex = "男" if number % 7 else "女"
    return name, _identity(born, number % 1000), sex, born, chance.choice(OFFENCES), f"有期徒刑{term}"


def _correction(number: int, chance: random.Random) -> tuple[Value, ...]:
    begin = date(2024, 1, 1) + timedelta(days=chance.randrange(900))
    years = chance.randrange(1, 5)
    return (
        *(
            f"{chance.choice(WARDS)}号司法所",
            "缓刑",
            f"（{begin.year}）样0101刑初{number}号",
            begin - timedelta(days=20),
        ),
        *(f"{years}年", begin, begin + timedelta(days=365 * years), begin + timedelta(days=chance.randrange(10))),
        *("在规定时限内报到", "普通级", "否", f"000{number:08}", "" if number % 10 else f"第{number}号，另见档案"),
    )


def _proposal(number: int, chance: random.Random) -> tuple[Value, ...]:
    begin = date(2015, 1, 1) + timedelta(days=chance.randrange(3_000))
    due = chance.randrange(0, 60) * 1000
    return (
        *(f"{chance.choice(WARDS)}监区", "无" if number % 5 else "剥夺政治权利二年", due),
        *(begin + timedelta(days=chance.randrange(40, 90)), f"{chance.randrange(3, 10)}个月", begin),
        *(begin + timedelta(days=2_500), date(2026, 10, 15), "确有悔改表现", number % 6),
        *("是" if number % 9 == 0 else "否", due // 2, "" if number % 10 else f"第{number}号，另见案卷"),
    )


def _identity(born: date, serial: int) -> str:
    body = f"990101{born:%Y%m%d}{serial:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def ours(path: Path, then: Path | None) -> str:
    """Read, clean and store, `then` next month's list beside it; returns the figures of each part."""
    from app.core.actions.receive import look, receive
    from app.core.jobs import Ticket
    from app.core.memory import collect_rarely
    from app.core.store.database import Store

    collect_rarely()
    # It is no part of the program; a library would load it only because it was installed to be measured beside.
    sys.modules["pandas"] = None  # type: ignore[assignment]
    with Store.temporary() as store:
        begin = time.perf_counter()
        plans, problems = look([path], ticket=Ticket())
        read = time.perf_counter()
        taken = receive(store, plans, now="2026-11-21T09:00:00", who="测速", ticket=Ticket()).value[0]
        end = time.perf_counter()
        if then is not None:
            plans, _ = look([then], ticket=Ticket())
            begun = time.perf_counter()
            told = receive(store, plans, now="2026-12-21T09:00:00", who="测速", ticket=Ticket()).says
            print(f"{told}, clean, store and compare {time.perf_counter() - begun:.2f} s")
    if problems or not taken.accepted:
        raise SystemExit(f"nothing taken: {problems} {taken.skipped}")
    parts = f"read {read - begin:.2f} s, clean and store {end - read:.2f} s"
    return f"{taken.accepted} rows as {taken.table}, {parts}, all {end - begin:.2f}"


def theirs(path: Path) -> str:
    """What pandas with openpyxl takes for reading alone."""
    try:
        import pandas
    except ImportError as missing:
        raise SystemExit("pandas is measured beside, and is no part of the program: pip install pandas") from missing

    begin = time.perf_counter()
    rows = len(pandas.read_excel(path, engine="openpyxl"))
    return f"{rows} rows, all {time.perf_counter() - begin:.2f}"


def _measure(who: str, path: Path, then: Path | None = None) -> float:
    words = [sys.executable, "-m", "tests.bench.intake", "--only", who, "--file", str(path)]
    words += ["--then", str(then)] if then is not None else []
    told = subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    print(f"{who:7} {told}", flush=True)
    return float(told.partition("all ")[2].split()[0])


def main(argv: list[str]) -> int:
    """Write the workbook, then let both read it in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--proposals", action="store_true")
    parser.add_argument("--again", action="store_true", help="next month's list too, compared with the first")
    parser.add_argument("--then", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=(OURS, THEIRS), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args(argv)
    if words.only:
        told = ours(words.file, words.then) if words.only == OURS else theirs(words.file)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{told} s, peak {peak:.0f} MB")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "名册.xlsx"
        write(path, words.rows, PROPOSALS if words.proposals else ROSTER)
        if words.again:
            then = path.with_name("下月名册.xlsx")
            write(then, words.rows, PROPOSALS if words.proposals else ROSTER, again=True)
            _measure(OURS, path, then)
            return 0
        for _ in range(words.runs):
            mine, yours = _measure(OURS, path), _measure(THEIRS, path)
            print(f"ours / pandas reading alone: {mine / yours:.2f} (wanted: at most 0.33)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
