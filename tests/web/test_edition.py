"""The second edition: its difference is shown, confirmed as shown, and nothing is recorded before."""

from __future__ import annotations

import re

import pytest
from county import DOCUMENT, PLAN, SUPERVISOR

from luoshi.acts.move_entry import move_entry
from luoshi.acts.review import ACCEPTED
from luoshi.acts.review_proposals import decide_proposals, reviewed
from luoshi.store.entries import find
from luoshi.store.models import FactRow

TEXT = (
    DOCUMENT.replace("投资60亿元", "投资65亿元")
    .replace("单位GDP能耗下降3%，", "")
    .replace("建成绿色工厂10家以上", "建成省级绿色工厂10家以上，新增光伏装机20兆瓦以上")
)


@pytest.fixture
def row(county):
    kept = county.document(TEXT)
    decide_proposals(county.supervisor(9, 26), kept.sha256, [p.id for p in reviewed(kept)], ACCEPTED)
    return kept


@pytest.fixture
def browser(row, sign_in):
    return sign_in(SUPERVISOR)


def ask(browser, row, **posted):
    answer = browser.post(f"/reading/{row.sha256}/adopt/", posted)
    return answer, answer.content.decode()


def difference(text):
    return re.search(r'name="difference" value="(\w+)"', text)[1]


def test_what_is_revoked_changed_and_new_is_named_with_who_leads_it(browser, row, county):
    facts = FactRow.objects.count()
    answer, text = ask(browser, row)
    assert answer.status_code == 200
    assert "撤销1条，修改2条，新设1条" in text
    for words in ("单位GDP能耗", "发改局", "目标值：60 → <b>65</b>", "新增光伏装机", "其实不是同一条"):
        assert words in text
    assert FactRow.objects.count() == facts


def test_confirmed_it_is_adopted(browser, row, county):
    target = county.target("建成绿色工厂")
    answer, _ = ask(browser, row, difference=difference(ask(browser, row)[1]))
    assert answer.status_code == 302
    assert find(f"plan:{PLAN}")["edition"] == 2
    assert find(target.id)["indicator"] == "建成省级绿色工厂"


def test_a_renamed_entry_ticked_as_another_is_shown_again_before_it_is_opened_anew(browser, row, county):
    target = county.target("建成绿色工厂")
    first = difference(ask(browser, row)[1])
    answer, text = ask(browser, row, difference=first, apart=target.id)
    assert answer.status_code == 409
    assert "撤销2条，修改1条，新设2条" in text
    assert find(f"plan:{PLAN}")["edition"] == 1
    answer, _ = ask(browser, row, difference=difference(text), apart=target.id)
    assert answer.status_code == 302
    assert find(target.id).state == "withdrawn"


def test_a_difference_that_changed_meanwhile_is_shown_anew(browser, row, county):
    first = difference(ask(browser, row)[1])
    move_entry(county.supervisor(9, 27), county.target("技术交易额").id, "withdraw", {}, "不再实施")
    answer, text = ask(browser, row, difference=first)
    assert answer.status_code == 409
    assert "刚刚有变化" in text
    assert find(f"plan:{PLAN}")["edition"] == 1
    assert difference(text) != first


def test_what_each_edition_changed_is_told_afterwards(browser, row, county):
    ask(browser, row, difference=difference(ask(browser, row)[1]))
    text = browser.get("/reading/").content.decode()
    assert "第2版" in text
    assert "撤销1条，修改2条，新设1条" in text
    assert "新增光伏装机" in text
