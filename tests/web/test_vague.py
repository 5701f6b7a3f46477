"""Vague clauses on the review page: collapsed, counted, promoted by one key, printed, in nobody's way."""

import pytest
from county import AUDITOR, PLAN, SUPERVISOR, County

from luoshi.acts.keep_document import keep_document
from luoshi.acts.review_proposals import current_review
from luoshi.store.models import DocumentRow

TEXT = """某县2023年政府工作报告重点任务

1.实施教育强县战略。建成高水平寄宿制学校4所，营造尊师重教氛围。深化产教融合。

2.提升养老服务水平。新建居家养老服务中心6家。弘扬敬老爱老新风。
"""


@pytest.fixture
def row(db):
    county = County().planned()
    return keep_document(county.supervisor(1, 7), PLAN, "报告.txt", TEXT.encode())[0]


def vague(row, words):
    return next(one for one in current_review(DocumentRow.objects.get(pk=row.pk)).vague if words in one.quote)


def page(browser, row, **asked):
    return browser.get(f"/reading/{row.sha256}/", asked).content.decode()


def post(browser, row, **typed):
    return browser.post(f"/reading/{row.sha256}/decide/", typed, follow=True)


def test_they_are_collapsed_counted_and_need_no_decision(row, sign_in):
    html = page(sign_in(SUPERVISOR), row)
    total = len(current_review(row).vague)
    assert f'<summary data-key="v">其余{total}句（定性举措）' in html
    assert f"已核 0/{len(current_review(row).proposals)}" in html
    assert "100.0%有归属" in html


def test_one_is_gone_through_like_a_proposal_and_promoted_by_one_key(row, sign_in):
    browser, one = sign_in(SUPERVISOR), vague(row, "敬老爱老")
    html = page(browser, row, kind="qualitative", at=one.id)
    assert 'value="promote" data-key="p"' in html
    assert 'value="accept" data-key' not in html
    assert (
        "已提为举措并采纳。"
        in post(browser, row, do="promote", proposal=one.id, name=one.fields["name"]).content.decode()
    )
    after = current_review(DocumentRow.objects.get(pk=row.pk))
    assert (after.find(one.id).fields["kind"], after.decisions[one.id]) == ("measure", "accepted")
    post(browser, row, do="undo")
    assert vague(row, "敬老爱老").id == one.id


def test_from_the_list_beside_the_card_one_is_promoted_and_the_card_stays(row, sign_in):
    browser, one = sign_in(SUPERVISOR), vague(row, "敬老爱老")
    card = next(p for p in current_review(row).proposals if "居家养老" in str(p.fields.get("indicator")))
    assert f'name="promote" value="{one.id}"' in page(browser, row, at=card.id)
    answer = post(browser, row, promote=one.id, proposal=card.id)
    assert answer.redirect_chain[-1][0].startswith(f"/reading/{row.sha256}/?at={card.id}")
    assert current_review(DocumentRow.objects.get(pk=row.pk)).find(one.id).fields["kind"] == "measure"


def test_left_out_it_says_so_and_comes_back(row, sign_in):
    browser, one = sign_in(SUPERVISOR), vague(row, "敬老爱老")
    post(browser, row, do="reject", proposal=one.id)
    assert "已有1句不列入" in page(browser, row)
    post(browser, row, do="reopen", proposal=one.id)
    assert "句不列入" not in page(browser, row)


def test_accepting_the_undoubted_leaves_them_alone(row, sign_in):
    browser = sign_in(SUPERVISOR)
    before = current_review(row).vague
    browser.post(f"/reading/{row.sha256}/decide/?kind=qualitative", {"do": "accept_plain"}, follow=True)
    post(browser, row, do="accept_all")
    after = current_review(DocumentRow.objects.get(pk=row.pk))
    assert after.vague == before
    assert not {one.id for one in after.vague} & after.decisions.keys()


def test_paper_has_them_behind_the_list(row, sign_in):
    html = page(sign_in(SUPERVISOR), row, paper="1")
    assert "弘扬敬老爱老新风" in html.partition("其余")[2]


def test_an_auditor_sees_them_without_buttons(row, sign_in):
    html = page(sign_in(AUDITOR), row)
    assert "（定性举措）" in html
    assert "提为举措</button>" not in html


def test_the_task_says_how_many_it_has(row, sign_in):
    browser = sign_in(SUPERVISOR)
    post(browser, row, do="accept_all")
    browser.post(f"/reading/{row.sha256}/adopt/", follow=True)
    count = sum(one.task == vague(row, "敬老爱老").task for one in current_review(row).vague)
    assert f"没有下划线的{count}句是定性举措" in browser.get("/tasks/2/").content.decode()
