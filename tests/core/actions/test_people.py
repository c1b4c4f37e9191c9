"""Who is who by hand: merged, parted, undone; decisions stay, words survive the next list, everything is logged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.actions.decide import decide
from app.core.actions.people import DIFFERENT, SAME, Card, Side, cards, judge, judged_of, undo
from app.core.errors import UserError
from app.core.findings import State
from app.core.jobs import Ticket
from app.core.store.database import Store
from app.core.store.rows import Word
from tests.core.actions.test_endings import DESK, WHO, Play

ONE, TWO = "110101199001010015", "110101199001010031"
COURT = {"file": "判决.xlsx", "sheet": "法院裁判", "rows": [{"身份证号": "", "案号": "（2026）样0101刑初7号"}]}
ROSTER = {"file": "名册.xlsx", "sheet": "名册", "rows": [{}]}
WHY = "核对卷宗，出生日期和住址一致"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.temporary() as opened:
        yield opened


@pytest.fixture
def play(store: Store, tmp_path: Path) -> Play:
    return Play(store, tmp_path)


def only_card(play: Play) -> Card:
    (card,) = cards(play.store, DESK, 10, ticket=Ticket()).cards
    return card


def say(play: Play, card: Card, word: Word, **more: bool) -> None:
    judge(play.store, card.one, card.other, word, why=WHY, now=play.now(), who=WHO, **more)


def names(play: Play) -> list[str]:
    return [each.name for each in play.store.views.case_rows(play.store.views.case_ids(DESK))]


def test_a_missing_person_found_by_hand_answers_the_lead_and_undoing_opens_it_again(play: Play) -> None:
    play.take([COURT, ROSTER])
    play.review()
    lead = play.found()["SJ-01"]
    decide(play.store, lead.key, State.CONFIRMED, why="", now=play.now(), who=WHO)
    card = only_card(play)
    assert {each.label: each.word for each in card.facts} | {"罪名": SAME, "案号": DIFFERENT} == {
        each.label: each.word for each in card.facts
    }
    assert lead.key in {each.key for each in card.findings}
    assert not card.warning
    say(play, card, Word.SAME)
    play.review()
    assert "SJ-01" not in play.found()
    assert not cards(play.store, DESK, 10, ticket=Ticket()).cards
    (word,) = cards(play.store, DESK, 10, ticket=Ticket()).judgements
    assert (word.word, word.why, word.judged_by) == (Word.SAME, WHY, WHO)
    undo(play.store, word.id, why="住址系误录", now=play.now(), who=WHO)
    play.review()
    again = play.found()["SJ-01"]
    assert (again.key, again.state) == (lead.key, State.CONFIRMED)
    acts = [each.act for each in play.store.audit.entries()]
    assert acts.count("判断人员") == acts.count("撤销人员判断") == 1
    assert not play.store.audit.verify()


def test_a_word_holds_for_the_next_list(play: Play) -> None:
    play.take([COURT, ROSTER])
    say(play, only_card(play), Word.SAME)
    before = judged_of(play.store)
    play.take([{"file": "名册二.xlsx", "sheet": "名册", "rows": [{"个人联系电话": "1"}]}])
    play.review()
    assert judged_of(play.store) == before
    assert "SJ-01" not in play.found()
    assert not cards(play.store, DESK, 10, ticket=Ticket()).cards


def test_said_apart_a_pair_is_not_asked_again(play: Play) -> None:
    play.take([COURT, ROSTER])
    say(play, only_card(play), Word.APART)
    play.review()
    assert not cards(play.store, DESK, 10, ticket=Ticket()).cards
    assert "SJ-01" in play.found()
    assert "可能是同一人" not in play.found()["SJ-01"].verdict.message


def test_two_sound_numbers_are_one_person_only_with_the_warning_read(play: Play) -> None:
    other = {"社区矫正对象编号": "9900002", "身份证号": TWO, "判决书编号": "（2026）样0101刑初8号"}
    play.take([{"file": "名册.xlsx", "sheet": "名册", "rows": [{}, {**other, "社区矫正结束日期": "2028-03-13"}]}])
    play.review()
    lead = play.found()["SJ-20"]
    decide(play.store, lead.key, State.EXCLUDED, why="原判有误", now=play.now(), who=WHO)
    card = only_card(play)
    assert ONE in card.warning
    with pytest.raises(UserError, match="两个人"):
        say(play, card, Word.SAME)
    say(play, card, Word.SAME, warned=True)
    (word,) = play.store.judgements.all()
    assert word.warning == card.warning
    play.review()
    assert len(set(names(play))) == 1
    kept = play.found()["SJ-20"]
    assert (kept.state, kept.why) == (State.EXCLUDED, "原判有误")
    undo(play.store, word.id, why="证件核对后确为两人", now=play.now(), who=WHO)
    play.review()
    assert (play.found()["SJ-20"].key, play.found()["SJ-20"].state) == (lead.key, State.EXCLUDED)


def test_words_need_a_reason_and_may_not_contradict(play: Play) -> None:
    one, two, three = (Side(key, key, ()) for key in ("甲|||", "乙|||", "丙|||"))
    store = play.store

    def put(first: Side, second: Side, word: Word, why: str = WHY) -> None:
        judge(store, first, second, word, why=why, now=play.now(), who=WHO)

    with pytest.raises(UserError, match="理由"):
        put(one, two, Word.SAME, " ")
    put(one, two, Word.SAME)
    put(three, two, Word.SAME)
    with pytest.raises(UserError, match="矛盾"):
        put(one, three, Word.APART)
    with pytest.raises(UserError, match="已经判断过"):
        put(two, one, Word.SAME)
    with pytest.raises(UserError, match="理由"):
        undo(store, 1, why="", now=play.now(), who=WHO)
    undo(store, 1, why="写错了", now=play.now(), who=WHO)
    with pytest.raises(UserError, match="已经撤销"):
        undo(store, 1, why="写错了", now=play.now(), who=WHO)
    put(one, three, Word.APART)
    assert len(store.judgements.standing()) == 2
    assert len(store.judgements.all()) == 3
