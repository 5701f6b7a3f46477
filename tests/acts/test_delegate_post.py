"""代理: within its days a delegate acts in the post, every fact names both, and four eyes stay four."""

from __future__ import annotations

from datetime import date

import pytest
from county import (
    EDUCATION,
    HARBOUR,
    OFFICE,
    PASSWORD,
    PLAN,
    PLANNING,
    POSTS,
    SUPERVISOR,
    acting,
    at,
    desk_of,
    founder,
    head_of,
    month,
)

from luoshi.acts.accounts import create_account
from luoshi.acts.delegate_post import delegate_post, end_delegation
from luoshi.acts.handle_reports import accept_reports, sign_reports
from luoshi.acts.register_people import register_people
from luoshi.acts.save_draft import save_draft
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.ledger.fact import change_of
from luoshi.people.role import Role
from luoshi.people.roster import Post
from luoshi.store import definitions, facts
from luoshi.store.entries import find
from luoshi.store.models import Account, EntryRow, Notice
from luoshi.store.rosters import roster
from luoshi.terms.refusal import Refused

HEAD_POST, DESK_POST = f"post:head{PLANNING[-2:]}", f"post:desk{PLANNING[-2:]}"
OTHER_HEAD, OTHER_DESK = head_of(EDUCATION), desk_of(EDUCATION)
DAYS = {"first_day": "2023-09-26", "last_day": "2023-09-28"}


@pytest.fixture
def september(running):
    running.open(9)
    return running


def _delegate(account, post, delegate, by=None, **days):
    context = acting(by or account, at(9, 25))
    return delegate_post(context, post, {"delegate": delegate, **DAYS, **days}, "外出培训")


def _submitted(county, day=26):
    return county.submit(9, ReportRow(_target(), {"value": "45", "text": "推进"}), day=day)


def _target():
    rows = EntryRow.objects.filter(list="target", state="assigned", values__contains=f'"lead_body":"{PLANNING}"')
    return rows.order_by("id").first().id


def _refused(identity, wanted, *args, **named):
    with pytest.raises(Refused) as refused:
        wanted(*args, **named)
    assert refused.value.refusal.id == identity, refused.value.refusal
    return refused.value.refusal


def test_a_delegate_signs_within_the_days_and_the_fact_names_both(september):
    _delegate(head_of(PLANNING), HEAD_POST, OTHER_HEAD)
    reports = _submitted(september)
    sign_reports(acting(OTHER_HEAD, at(9, 27)), reports)
    fact = facts.of_stream(reports[0])[-1]
    assert (fact.kind, fact.actor, fact.body) == ("report.signed", OTHER_HEAD, PLANNING)
    assert fact.data()["acting_for"] == head_of(PLANNING)
    entry = find(reports[0])
    assert (entry.doings["sign"].account, entry.doings["sign"].acting_for) == (OTHER_HEAD, head_of(PLANNING))
    assert change_of(fact, definitions.version(entry.definition)).acting_for == head_of(PLANNING)


def test_a_holders_own_fact_names_nobody_else(september):
    reports = _submitted(september)
    september.sign(9, reports)
    assert "acting_for" not in facts.of_stream(reports[0])[-1].data()


@pytest.mark.parametrize("day", [25, 29])
def test_before_and_after_the_days_the_delegate_has_no_right(september, day):
    _delegate(head_of(PLANNING), HEAD_POST, OTHER_HEAD)
    reports = _submitted(september, day=25)
    _refused("people.no_right", sign_reports, acting(OTHER_HEAD, at(9, day)), reports)


def test_an_ended_delegation_gives_no_right_from_that_moment(september):
    made = _delegate(head_of(PLANNING), HEAD_POST, OTHER_HEAD)
    reports = _submitted(september)
    end_delegation(acting(head_of(PLANNING), at(9, 26)), made.id)
    _refused("people.no_right", sign_reports, acting(OTHER_HEAD, at(9, 27)), reports)
    _refused("lists.wrong_state", end_delegation, acting(head_of(PLANNING), at(9, 26)), made.id)


def test_a_delegation_is_void_once_the_post_has_passed_on(september):
    _delegate(head_of(PLANNING), HEAD_POST, OTHER_HEAD)
    reports = _submitted(september)
    create_account("newhead", "新局长", PASSWORD, must_change=False)
    post = next(post for post in POSTS if post.id == HEAD_POST)
    moved = Post(post.id, post.body, post.role, post.title, "newhead", "新局长")
    register_people(founder(at(9, 26)), PLAN.partition("-")[0], [], [moved])
    _refused("people.no_right", sign_reports, acting(OTHER_HEAD, at(9, 27)), reports)


def test_who_submitted_cannot_sign_as_the_heads_delegate(september):
    """Delegating to the submitter does not make one of two roles."""
    _delegate(head_of(PLANNING), HEAD_POST, desk_of(PLANNING))
    reports = _submitted(september)
    _refused("lists.same_person", sign_reports, acting(desk_of(PLANNING), at(9, 27)), reports)
    sign_reports(acting(head_of(PLANNING), at(9, 27)), reports)  # the holder may act all the same


def test_the_head_who_submitted_for_the_desk_officer_cannot_sign(september):
    _delegate(desk_of(PLANNING), DESK_POST, head_of(PLANNING))
    row = ReportRow(_target(), {"value": "45", "text": "推进"})
    made = submit_reports(acting(head_of(PLANNING), at(9, 26)), PLAN, month(9), PLANNING, [row])
    assert facts.of_stream(made[0].id)[-1].data()["acting_for"] == desk_of(PLANNING)
    _refused("lists.same_person", sign_reports, acting(head_of(PLANNING), at(9, 27)), [made[0].id])


def test_a_third_person_acting_for_the_submitting_head_adds_no_eyes(september):
    """负02 submitted for 经02; who signs for 负02 signs what 负02 submitted."""
    _delegate(desk_of(PLANNING), DESK_POST, head_of(PLANNING))
    _delegate(head_of(PLANNING), HEAD_POST, OTHER_HEAD)
    row = ReportRow(_target(), {"value": "45", "text": "推进"})
    made = submit_reports(acting(head_of(PLANNING), at(9, 26)), PLAN, month(9), PLANNING, [row])
    _refused("lists.same_person", sign_reports, acting(OTHER_HEAD, at(9, 27)), [made[0].id])


def test_a_supervisors_delegate_cannot_accept_what_he_signed(september):
    _delegate(SUPERVISOR, "post:supervisor", head_of(PLANNING))
    reports = _submitted(september)
    sign_reports(acting(head_of(PLANNING), at(9, 27)), reports)
    _refused("lists.same_person", accept_reports, acting(head_of(PLANNING), at(9, 28)), reports)
    accept_reports(acting(SUPERVISOR, at(9, 28)), reports)


def test_a_delegate_of_the_desk_officer_may_keep_a_draft(september):
    target = _target()
    asked = (PLAN, month(9), PLANNING, {target: {"text": "推进"}})
    _refused("acts.no_draft", save_draft, acting(OTHER_DESK, at(9, 26)), *asked)
    _delegate(desk_of(PLANNING), DESK_POST, OTHER_DESK)
    assert save_draft(acting(OTHER_DESK, at(9, 26)), *asked).saved_by == OTHER_DESK


def test_the_delegate_is_told_what_the_holder_is_told(september):
    _delegate(head_of(PLANNING), HEAD_POST, OTHER_HEAD)
    _submitted(september)
    told = set(Notice.objects.filter(kind="submitted").values_list("account", flat=True))
    assert told == {head_of(PLANNING), OTHER_HEAD}


def test_only_the_holder_and_the_keepers_of_posts_name_and_end(september):
    _refused("acts.not_your_post", _delegate, desk_of(PLANNING), HEAD_POST, OTHER_HEAD)
    made = _delegate(SUPERVISOR, HEAD_POST, OTHER_HEAD)
    _refused("acts.not_your_post", end_delegation, acting(OTHER_HEAD, at(9, 26)), made.id)
    end_delegation(acting(SUPERVISOR, at(9, 26)), made.id)


def test_a_delegate_of_the_supervisor_hands_out_no_posts(september):
    _delegate(SUPERVISOR, "post:supervisor", OTHER_HEAD, first_day="2023-09-25")
    _refused("acts.not_your_post", _delegate, OTHER_HEAD, HEAD_POST, OTHER_DESK)


@pytest.mark.parametrize(
    ("delegate", "message"),
    [
        ("", "请选择一位在任的人"),
        ("nobody", "请选择一位在任的人"),
        ("postless", "请选择一位在任的人"),
        (head_of(PLANNING), "不能是任职人本人"),
        ("system", "不代理业务岗位"),
    ],
)
def test_a_delegate_is_another_person_in_office(september, delegate, message):
    create_account("postless", "无岗", PASSWORD)
    create_account("system", "系甲", PASSWORD)
    admin = Post("post:system", OFFICE, Role.SYSTEM_ADMINISTRATOR, "系统管理员", "system", "系甲")
    register_people(founder(at(9, 1)), PLAN.partition("-")[0], [], [admin])
    assert message in _refused("acts.bad_delegate", _delegate, head_of(PLANNING), HEAD_POST, delegate).message


def test_an_administrators_post_goes_only_to_another_of_the_same_kind(september):
    posts = []
    for account, role in (("sys1", Role.SYSTEM_ADMINISTRATOR), ("sys2", Role.SYSTEM_ADMINISTRATOR),
                          ("aud1", Role.AUDIT_ADMINISTRATOR)):  # fmt: skip
        create_account(account, account, PASSWORD)
        posts.append(Post(f"post:{account}", OFFICE, role, role.label, account, account))
    register_people(founder(at(9, 1)), PLAN.partition("-")[0], [], posts)
    for other in ("aud1", SUPERVISOR):
        _refused("acts.bad_delegate", _delegate, "sys1", "post:sys1", other)
    _delegate("sys1", "post:sys1", "sys2")


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2023-09-28", "2023-09-26", "last_day"),
        ("2023-09-01", "2023-09-24", "last_day"),
        ("2023-09-26", "", "last_day"),
        ("昨天", "2023-09-28", "first_day"),
        ("2023-09-26", "2025-09-26", "last_day"),
    ],
)
def test_days_that_cannot_be_are_refused_by_field(september, first, last, field):
    refusal = _refused(
        "acts.bad_delegation", _delegate, head_of(PLANNING), HEAD_POST, OTHER_HEAD, first_day=first, last_day=last
    )
    assert field in {error.field for error in refusal.errors}


def test_one_delegate_for_a_post_at_a_time(september):
    _delegate(head_of(PLANNING), HEAD_POST, OTHER_HEAD)
    _refused("acts.delegated_already", _delegate, head_of(PLANNING), HEAD_POST, head_of(HARBOUR))
    _delegate(
        head_of(PLANNING), HEAD_POST, head_of(HARBOUR), first_day="2023-09-29", last_day="2023-09-30"
    )  # the days after are free


def test_an_account_closed_meanwhile_signs_nothing(september):
    _delegate(head_of(PLANNING), HEAD_POST, OTHER_HEAD)
    held = roster(PLAN.partition("-")[0])
    assert held.accounts_in(next(p for p in held.posts if p.id == HEAD_POST), date(2023, 9, 27)) == (
        head_of(PLANNING),
        OTHER_HEAD,
    )
    Account.objects.filter(username=OTHER_HEAD).update(is_active=False)
    _refused("acts.bad_delegate", _delegate, desk_of(PLANNING), DESK_POST, OTHER_HEAD)
