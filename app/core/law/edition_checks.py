"""What a change of the law must keep to before it is used, told in the words of the form it was filled into."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from app.core.errors import UserError
from app.core.law.book import Parameter, Provision, Row
from app.core.law.holidays import SATURDAY
from app.core.law.local import Local

Number = int | date
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2099, 12, 31)
FAR = 20  # times larger or smaller than the number as shipped: a slip of the keyboard
MOST_DAYS_OFF = 40  # weekdays of one year
WEEK = "一二三四五六日"


def check_value(value: Number, rows: Sequence[Parameter], local: Local | None) -> None:
    """Of the kind and about the size of what stands there already."""
    where = "数值"
    if isinstance(value, bool) or (rows and isinstance(rows[0].value, date) is not isinstance(value, date)):
        raise UserError("数值的类型不对", do="原来是日期的请填日期，原来是数的请填整数", where=where)
    if isinstance(value, date):
        _check_day(value, where)
        return
    if local is not None:
        if not local.least <= value <= local.most:
            words = f"{local.least} 到 {local.most} {local.unit}之间"
            raise UserError(f"{value} {local.unit}不在合理范围内", do=f"请填 {words}的整数", where=where)
        return
    check_size(value, [int(each.value) for each in rows], rows[0].unit, where)


def check_size(value: int, known: Sequence[int], unit: str, where: str) -> None:
    """About the size of what stands there already."""
    if value <= 0 or value > max(known) * FAR or value * FAR < min(known):
        raise UserError(
            f"{value} {unit}与原有的数值（{'、'.join(map(str, known))} {unit}）相差太大",
            do="请核对数值和单位",
            where=where,
        )


def check_span(start: date, end: date | None) -> None:
    """The first day is not after the last."""
    _check_day(start, "自某日起")
    if end is not None:
        _check_day(end, "至某日止")
        if end < start:
            raise UserError(f"止日 {end} 早于起日 {start}", do="请核对起止日期", where="至某日止")


def check_source(law: str, article: str, start: date) -> None:
    """A provision of the office's own has a law, an article and its first day."""
    if not law.strip():
        raise UserError("没有填写依据的名称", do="请写明法律、司法解释或者地方规定的名称", where="依据名称")
    if not article.strip():
        raise UserError("没有填写条款", do="请写明第几条第几款；没有条款的，写“全文”", where="条款")
    _check_day(start, "施行日期")


def check_citation(provision: Provision | None, start: date) -> None:
    """The provision is in the book and in force when the row begins."""
    if provision is None:
        raise UserError("所引的条文不在法律数据里", do="请选择已有的条文，或者自己填写依据", where="依据")
    if not provision.holds(start):
        span = f"{provision.start or '不详'} 至 {provision.end or '今'}"
        raise UserError(
            f"{provision.law}{provision.article}在 {start} 不施行（施行期间 {span}）",
            do="请核对起日或者另选条文",
            where="依据",
        )


def check_overlap(added: Parameter, others: Iterable[Parameter]) -> None:
    """No day has two numbers."""
    first, last = added.start or date.min, added.end or date.max
    for each in others:
        if first <= (each.end or date.max) and (each.start or date.min) <= last:
            span = f"{each.start or '最早'} 至 {each.end or '今后'}"
            raise UserError(
                f"与已有的一行（{span}，{each.value} {each.unit}）日期重叠",
                do="请改起止日期，或者先终止那一行",
                where="自某日起",
            )


def check_end(row: Parameter | Row, last: date) -> None:
    """Only a row without a last day is ended, and not before it began."""
    _check_day(last, "最后一日")
    if row.end is not None:
        raise UserError(f"这一行已经到 {row.end} 为止", do="不必再终止", where="最后一日")
    if row.start is not None and last < row.start:
        raise UserError(f"最后一日 {last} 早于这一行的起日 {row.start}", do="请核对日期", where="最后一日")


def check_year(year: int, off: Collection[date], work: Collection[date]) -> None:
    """Days of that year: weekdays off, weekends worked, New Year and National Day among the days off."""
    _check_day(date(year, 1, 1) if date.min.year <= year <= date.max.year else date.min, "年份")
    for days, where in ((off, "放假"), (work, "上班")):
        if strange := sorted(each for each in days if each.year != year):
            raise UserError(f"{strange[0]} 不在 {year} 年", do="请删去别的年份的日期", where=where)
    if wrong := sorted(each for each in work if each.weekday() < SATURDAY):
        words = f"{wrong[0]} 是星期{WEEK[wrong[0].weekday()]}，本来就上班"
        raise UserError(words, do="调休上班的日子只填星期六、星期日", where="上班")
    if wrong := sorted(each for each in off if each.weekday() >= SATURDAY):
        words = f"{wrong[0]} 是星期{WEEK[wrong[0].weekday()]}，本来就休息"
        raise UserError(words, do="请只填星期一至星期五放假的日子", where="放假")
    for day in (date(year, 1, 1), date(year, 10, 1)):
        if day.weekday() < SATURDAY and day not in off:
            raise UserError(f"{day} 是法定节日，没有列入放假的日子", do="请补上", where="放假")
    if len(off) > MOST_DAYS_OFF:
        raise UserError(f"{len(off)} 个工作日放假，太多了", do="请核对放假的日子", where="放假")


def _check_day(day: date, where: str) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UserError(f"日期 {day} 不合理", do=f"请填 {FIRST_DAY} 到 {LAST_DAY} 之间的日期", where=where)
