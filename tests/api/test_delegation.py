"""代理 through the interface: the delegate's token reaches as far as the delegation, and no further."""

from __future__ import annotations

from datetime import date

import pytest
from calling import refused
from county import PLANNING, desk_of, head_of

from luoshi.store.models import EntryRow

DESK_POST = f"post:desk{PLANNING[-2:]}"
OTHER = "desk22"


@pytest.fixture
def colleague(county, system):
    """A second desk officer of another kind in the bureau: holds an auditor's post there, so the token is for it."""
    from county import COUNTY, PASSWORD, at, founder

    from luoshi.acts.accounts import create_account
    from luoshi.acts.register_people import register_people
    from luoshi.people.role import Role
    from luoshi.people.roster import Post

    create_account(OTHER, "经22", PASSWORD, must_change=False)
    register_people(
        founder(at(9, 1)), COUNTY, [], [Post("post:own22", PLANNING, Role.AUDITOR, "内审员", OTHER, "经22")]
    )
    return system(OTHER, PLANNING)


def _target():
    rows = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
    return rows.first().id


def _submit(system):
    return system.post(
        f"reports/{PLANNING}/2023-09", {"rows": [{"commitment": _target(), "value": "45", "text": "推进"}]}
    )


def _appoint(system):
    fields = {"post": DESK_POST, "delegate": OTHER, "first_day": "2023-09-28", "last_day": "2023-09-29"}
    return system.post("lists/delegation/moves/appoint", {"fields": fields, "reason": "外出培训"})


def test_a_delegate_reports_and_the_entry_says_for_whom(county, desk, colleague):
    refused(_submit(colleague), 422, "acts.bad_rows")
    assert _appoint(desk).status_code == 201
    made = _submit(colleague)
    assert made.status_code == 201
    history = colleague.get(f"entries/{made.json()['entries'][0]['id']}").json()["entry"]["history"]
    assert "经22（代经02）填报" in history[0]["sentence"]


def test_an_ended_delegation_gives_no_right(county, desk, colleague):
    made = _appoint(desk).json()["entry"]
    moves = f"lists/delegation/entries/{made['id']}/moves/end"
    refused(colleague.post(moves), 403, "acts.not_your_post")
    assert desk.post(moves, {"version": 1}).status_code == 200
    refused(_submit(colleague), 422, "acts.bad_rows")


def test_after_the_last_day_there_is_no_right(county, desk, colleague, settings):
    _appoint(desk)
    settings.LUOSHI_TODAY = date(2023, 9, 30)
    refused(_submit(colleague), 422, "acts.bad_rows")


def test_delegating_to_the_submitter_does_not_merge_the_roles(county, head, desk):
    fields = {"post": f"post:head{PLANNING[-2:]}", "delegate": desk_of(PLANNING), "first_day": "2023-09-28"}
    named = head.post(
        "lists/delegation/moves/appoint", {"fields": {**fields, "last_day": "2023-09-29"}, "reason": "外出"}
    )
    assert named.status_code == 201
    report = _submit(desk).json()["entries"][0]["id"]
    refused(desk.post(f"lists/report/entries/{report}/moves/sign"), 403, "lists.same_person")
    assert head.post(f"lists/report/entries/{report}/moves/sign").status_code == 200


def test_nobody_delegates_anothers_post(county, desk):
    fields = {"post": f"post:head{PLANNING[-2:]}", "delegate": head_of(PLANNING), "first_day": "2023-09-28"}
    answer = desk.post(
        "lists/delegation/moves/appoint", {"fields": {**fields, "last_day": "2023-09-29"}, "reason": "x"}
    )
    refused(answer, 403, "acts.not_your_post")


def test_a_post_is_handed_over_and_waiting_work_asks_for_a_successor(county, desk, supervisor):
    _submit(desk)
    moves = f"lists/post/entries/post:head{PLANNING[-2:]}/moves/hand_over"
    answer = supervisor.post(moves, {"fields": {"holder": ""}})
    assert refused(answer, 409, "acts.work_waits")["data"]["waiting"] == "1"
    assert supervisor.post(moves, {"fields": {"holder": OTHER, "holder_name": "经22"}}).status_code == 200
    refused(desk.post(moves, {"fields": {"holder": OTHER, "holder_name": "经22"}}), 403, "people.no_right")
