"""岗位交接: all that waits passes to the successor in one act, and what was the person's own ends with it."""

from __future__ import annotations

from datetime import date

import pytest
from county import (
    COUNTY,
    EDUCATION,
    OFFICE,
    PASSWORD,
    PLAN,
    PLANNING,
    SUPERVISOR,
    acting,
    at,
    desk_of,
    founder,
    head_of,
    month,
)

from luoshi.acts.accounts import create_account
from luoshi.acts.api_tokens import issue_token, token_written
from luoshi.acts.delegate_post import delegate_post
from luoshi.acts.hand_over_post import hand_over_post
from luoshi.acts.handle_reports import sign_reports
from luoshi.acts.register_people import register_people
from luoshi.acts.save_draft import save_draft
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store.entries import find
from luoshi.store.facts import of_stream
from luoshi.store.models import Account, EntryRow, FactRow, Notice
from luoshi.store.queries import todo
from luoshi.store.queries.desk import desk_for
from luoshi.terms.refusal import Refused

NUMBER = PLANNING[-2:]
DESK_POST, HEAD_POST = f"post:desk{NUMBER}", f"post:head{NUMBER}"
NEW = {"holder": "xinren", "holder_name": "新甲", "since": "2023-09-27"}


@pytest.fixture
def september(running):
    """A draft of one row is typed, one report waits for the signature."""
    running.open(9)
    create_account("xinren", "新甲", PASSWORD, must_change=False)
    names = list(_targets())
    running.submit(9, ReportRow(names[0], {"value": "45", "text": "推进"}))
    save_draft(acting(desk_of(PLANNING), at(9, 26)), PLAN, month(9), PLANNING, {names[1]: {"text": "在办"}})
    return running


def _targets():
    rows = EntryRow.objects.filter(list="target", state="assigned", values__contains=f'"lead_body":"{PLANNING}"')
    return rows.order_by("id").values_list("id", flat=True)


def _hand_over(post, typed=None, by=SUPERVISOR, **named):
    return hand_over_post(acting(by, at(9, 27)), post, NEW if typed is None else typed, **named)


def _refused(identity, wanted, *args, **named):
    with pytest.raises(Refused) as refused:
        wanted(*args, **named)
    assert refused.value.refusal.id == identity, refused.value.refusal
    return refused.value.refusal


def _todo(username):
    return {
        g["title"]: g["total"] for g in todo.todo(desk_for(Account.objects.get(username=username), date(2023, 9, 27)))
    }


def test_everything_that_waited_for_the_head_waits_for_the_successor(september):
    before = _todo(head_of(PLANNING))
    assert before["待签发"] == 1
    entry, left = _hand_over(HEAD_POST)
    assert (left.waiting, left.text) == (1, "待签发1件")
    assert entry["holder"] == "xinren"
    assert _todo("xinren") == before
    assert _todo(head_of(PLANNING)) == {}
    report = EntryRow.objects.get(list="report").id
    _refused("acts.unknown_entry", sign_reports, acting(head_of(PLANNING), at(9, 27)), [report])  # no post, no county
    sign_reports(acting("xinren", at(9, 27)), [report])
    assert Notice.objects.get(account="xinren", kind="handed_over").title == "发改局负责人已交接给您，有1件待办"


def test_the_desk_officers_drafts_pass_on_as_typed(september):
    _, left = _hand_over(DESK_POST)
    assert left.text == "填报1件、草稿1行"
    row = ReportRow(list(_targets())[1], {"value": "3", "text": "在办"})
    assert submit_reports(acting("xinren", at(9, 27)), PLAN, month(9), PLANNING, [row])
    _refused("acts.no_draft", save_draft, acting(desk_of(PLANNING), at(9, 27)), PLAN, month(9), PLANNING, {})


def test_history_keeps_who_held_the_post(september):
    _hand_over(DESK_POST)
    told = [fact.data()["values"].get("holder") for fact in of_stream(DESK_POST)]
    assert told == [desk_of(PLANNING), "xinren"]
    assert of_stream(EntryRow.objects.get(list="report").id)[0].actor == desk_of(PLANNING)


def test_leaving_without_a_successor_is_warned_and_can_be_meant(september):
    empty = {"holder": "", "holder_name": "", "since": "2023-09-27"}
    before = FactRow.objects.count()
    refusal = _refused("acts.work_waits", _hand_over, HEAD_POST, empty)
    assert "待签发1件" in refusal.message
    assert FactRow.objects.count() == before
    entry, left = _hand_over(HEAD_POST, empty, despite_work=True)
    assert entry["holder"] in {"", None}
    assert left.waiting == 1
    _hand_over(HEAD_POST)
    assert _todo("xinren")["待签发"] == 1  # it waited for whoever came


def test_a_post_without_work_may_fall_vacant(september):
    empty = {"holder": "", "since": "2023-09-27"}
    assert _hand_over(f"post:head{EDUCATION[-2:]}", empty)[1].waiting == 0


def test_what_the_leaver_delegated_and_his_systems_end_in_the_same_act(september):
    days = {"delegate": head_of(EDUCATION), "first_day": "2023-09-27", "last_day": "2023-09-30"}
    made = delegate_post(acting(head_of(PLANNING), at(9, 26)), HEAD_POST, days, "外出")
    _, written = issue_token(founder(at(9, 1)), head_of(PLANNING), PLANNING, "测试", date(2023, 12, 31))
    assert token_written(written, date(2023, 9, 27))
    _, left = _hand_over(HEAD_POST)
    assert (left.delegations, len(left.tokens)) == ((made.id,), 1)
    assert find(made.id).state == "ended"
    assert token_written(written, date(2023, 9, 27)) is None
    acts = {of_stream(name)[-1].act_id for name in (made.id, HEAD_POST)}
    assert len(acts) == 1


def test_only_keepers_of_posts_hand_over(september):
    for account in (head_of(PLANNING), desk_of(PLANNING), "xianling", "shenji"):
        _refused("people.no_right", _hand_over, HEAD_POST, by=account)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"holder": "", "holder_name": "某人"}, "holder"),
        ({"holder": "weizhi", "holder_name": ""}, "holder_name"),
        ({"since": "2023-10-01"}, "since"),
        ({"since": "某日"}, "since"),
        ({"holder": "tingyong"}, "holder"),
    ],
)
def test_a_bad_successor_is_refused_by_field(september, typed, field):
    create_account("tingyong", "停甲", PASSWORD)
    Account.objects.filter(username="tingyong").update(is_active=False)
    refusal = _refused("acts.bad_handover", _hand_over, HEAD_POST, {**NEW, **typed})
    assert [error.field for error in refusal.errors] == [field]


def test_nobody_becomes_two_of_the_separated_three(september):
    posts = [
        Post(f"post:{role}", OFFICE, role, role.label, account, account)
        for role, account in ((Role.SYSTEM_ADMINISTRATOR, "sys1"), (Role.AUDIT_ADMINISTRATOR, "aud1"))
    ]
    register_people(founder(at(9, 1)), COUNTY, [], posts)
    typed = {"holder": "sys1", "holder_name": "sys1", "since": "2023-09-27"}
    refusal = _refused("acts.bad_handover", _hand_over, f"post:{Role.AUDIT_ADMINISTRATOR}", typed)
    assert "三员分立" in refusal.message


def test_a_stale_page_hands_nothing_over(september):
    _refused("store.stale", _hand_over, HEAD_POST, version=7)
