"""A person's time line as rich text: the year, the day, a coloured word, the sentence, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtGui import QTextDocument

from app.core.checks.entries import DutyState, Entry, EntryKind, TimeLine
from app.ui import look

COMING = "将来"
UNDATED = "日期不明"
DUTY_DOT, EVENT_DOT = "●", "○"
CELL, RULE, SAYING = "cell:", "rule:", "said:"  # how a link's address begins: the place of a line, a rule, two places
OPEN = (DutyState.LATE, DutyState.ABSENT, DutyState.UNKNOWN)


def head_of(line: TimeLine) -> str:
    """How many events and duties there are, what became of the duties, and that lists are lacking."""
    duties = [each.state for each in line.entries if each.state is not None]
    counts = [f"{state}{duties.count(state)}项" for state in DutyState if state in duties]
    told = f"截至{line.as_of}：事件{len(line.entries) - len(duties)}项，义务{len(duties)}项"
    told += f"（{'，'.join(counts)}）。" if counts else "。"
    return told + (f"有{len(line.absent)}种名单没有导入（见末尾），没有显示的不等于没有做。" if line.absent else "")


def line_page(line: TimeLine, places: Sequence[int], chosen: str) -> QTextDocument:
    """What the line shows as a page to be printed and filed, in dark colours; `chosen` names the entries shown."""
    who = escape("　".join(each for each in (line.person.name, line.person.id_number) if each))
    shown = "" if len(places) == len(line.entries) else f"（本页：{escape(chosen)}）"
    head = f"<h2 align='center'>监督时间线</h2><p><b>{who}</b></p><p>{escape(head_of(line))}{shown}</p>"
    foot = "<p>本页按已导入的名单整理，供核查时参考，不代替对原始材料的审查。</p>"
    page = QTextDocument()
    page.setDefaultStyleSheet("a { color: black; text-decoration: none }")
    with look.on_paper():
        page.setHtml(head + line_html(line, places) + foot)
    return page


def line_html(line: TimeLine, places: Sequence[int]) -> str:
    """The entries at these places one below the other, and at the end the lists that are not there."""
    told = _apart(line) + ("".join(_rows(line, places)) or "<p>没有这样的记录。</p>")
    if not line.absent:
        return told
    names = "、".join(f"《{name}》（{holder}）" if holder else f"《{name}》" for name, holder in line.absent)
    return f"{told}{_band('没有导入的名单')}<p style='margin:4px'>{escape(names)}</p>"


def _apart(line: TimeLine) -> str:
    """What the lists say differently, side by side, and whom to ask; it may be a slip of the pen."""
    told = []
    for place, each in enumerate(line.apart):
        sayings = [
            f"《{escape(one.source)}》写“<a href='{SAYING}{place}.{number}'>{escape(one.cell.raw)}</a>”"
            for number, one in enumerate(each.sayings)
        ]
        asked = f"，请向{escape('、'.join(each.holders))}核对" if each.holders else "，请核对"
        told.append(f"<b>{each.what}</b>：{'，'.join(sayings)}{asked}。")
    told += [f"{escape(each)}，没有归到这个人名下，请核对。" for each in line.doubts]
    if not told:
        return ""
    lines = "".join(f"<p style='margin:4px'>{each}</p>" for each in told)
    return f"{_band('各份名单说法不一（可能是笔误，也可能混入了别人的记录）')}{lines}"


def word_of(entry: Entry, line: TimeLine) -> str:
    """The coloured word of an entry: what became of a duty, else whether the event is past or to come."""
    if entry.state is not None:
        return entry.state.value
    return COMING if entry.day is not None and entry.day > line.as_of else EntryKind.EVENT.value


def _rows(line: TimeLine, places: Sequence[int]) -> Iterator[str]:
    year = ""
    for place in places:
        entry = line.entries[place]
        now = f"{entry.day.year}年" if entry.day is not None else UNDATED
        if now != year:
            year = now
            yield _band(now)
        yield _row(entry, place, line)


def _row(entry: Entry, place: int, line: TimeLine) -> str:
    word = word_of(entry, line)
    day = f"{entry.day.month}月{entry.day.day}日" if entry.day is not None else UNDATED
    dot = EVENT_DOT if entry.kind is EntryKind.EVENT else DUTY_DOT
    colour = look.colour_of(word).name()
    head = f"<b>{day}　<span style='color:{colour}'>{dot} {word}</span></b>"
    return f"<p style='margin:4px 4px 10px 4px'>{'<br>'.join((head, *_texts(entry, place)))}</p>"


def _band(text: str) -> str:
    """A heading across the page."""
    band = f"<td bgcolor='{look.tones().button}'><b>{escape(text)}</b></td>"
    return f"<table width='100%' cellpadding='4' cellspacing='0'><tr>{band}</tr></table>"


def _texts(entry: Entry, place: int) -> Iterator[str]:
    case = f"〔{escape(entry.case)}〕" if entry.case else ""
    yield case + escape(entry.says)
    if entry.told:
        yield escape(entry.told)
    if entry.missing:
        asked = f"（可向{entry.holder}调取）" if entry.holder else ""
        yield escape(f"缺少：{'、'.join(entry.missing)}{asked}")
    if entry.unsure:
        yield escape(f"这一行可能是别人的：{entry.unsure}，须先核对")
    links = []
    if entry.cell is not None:
        where = f"《{entry.source or entry.cell.sheet}》第{entry.cell.row}行“{entry.cell.column}”"
        links.append(f"出处：<a href='{CELL}{place}'>{escape(where)}</a>")
    links += [f"线索：<a href='{RULE}{escape(each.split()[0])}'>{escape(each)}</a>" for each in entry.findings]
    yield from links
