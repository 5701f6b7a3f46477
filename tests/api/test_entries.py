"""One entry through the interface: history, moves, versions, rights."""

from __future__ import annotations

import pytest
from calling import refused
from county import EDUCATION, HIGH_TECH, PLAN, PLANNING, head_of

from luoshi.store.entries import find
from luoshi.store.models import EntryRow


@pytest.fixture
def target(county):
    return county.target("完成固定资产投资").id


def test_an_entry_comes_with_its_moves_and_history(supervisor, target):
    entry = supervisor.get(f"entries/{target}").json()["entry"]
    assert entry["values"]["lead_body"] == PLANNING
    assert "withdraw" in {move["move"] for move in entry["moves"]}
    assert entry["history"]


def test_what_one_may_not_see_is_refused(system, county):
    other = system(head_of(HIGH_TECH), HIGH_TECH)
    education = EntryRow.objects.filter(list="report").first()
    assert education is None
    refused(other.get("entries/problem:0000"), 404, "store.unknown_entry")
    mine = county.target("新增城镇就业").id
    refused(other.get(f"entries/{mine}"), 403, "store.not_visible")
    refused(other.post(f"lists/target/entries/{mine}/moves/withdraw", {"reason": "x"}), 403, "store.not_visible")


def test_a_move_is_made_with_the_version_that_was_read(supervisor, target):
    version = supervisor.get(f"entries/{target}").json()["entry"]["version"]
    address = f"lists/target/entries/{target}/moves/withdraw"
    refused(supervisor.post(address, {"version": version - 1, "reason": "不再实施"}), 409, "store.stale")
    assert find(target).state == "assigned"
    found = supervisor.post(address, {"version": version, "reason": "不再实施"})
    assert found.json()["entry"]["state"] == "withdrawn"


@pytest.mark.parametrize("version", ["3", 1.5, True, [1]])
def test_a_version_is_a_whole_number(supervisor, target, version):
    address = f"lists/target/entries/{target}/moves/withdraw"
    refused(supervisor.post(address, {"version": version, "reason": "x"}), 422, "api.no_version")


def test_an_entry_is_asked_for_under_its_own_list(supervisor, target):
    address = f"lists/problem/entries/{target}/moves/close"
    refused(supervisor.post(address, {}), 404, "api.other_list")


def test_an_entry_is_assigned_and_scheduled_by_the_acts_of_the_pages(supervisor, target):
    assigned = supervisor.post(
        f"lists/target/entries/{target}/moves/assign",
        {
            "fields": {
                "lead_body": EDUCATION,
                "cooperating_bodies": [PLANNING],
                "leader": "领甲",
                "due_on": "2023-11-30",
            }
        },
    ).json()
    assert assigned["entry"]["values"]["lead_body"] == EDUCATION
    assert EntryRow.objects.filter(list="responsibility", plan=PLAN, values__contains=target).count() > 1
    paced = supervisor.post(f"lists/target/entries/{target}/moves/schedule", {"fields": {"schedule": "days"}}).json()
    assert paced["entry"]["values"]["schedule"] == "days"
    refused(
        supervisor.post(f"lists/target/entries/{target}/moves/assign", {"fields": {"lead_body": "nowhere"}}),
        422,
        "acts.unknown_body",
    )


def test_the_month_is_closed_with_the_counts_that_were_told(supervisor):
    address = f"lists/plan/entries/plan:{PLAN}/moves/close_month"
    told = refused(supervisor.post(address, {}), 409, "acts.open_work")["data"]
    told.pop("period")
    closed = supervisor.post(address, {"fields": {"open_work": told}})
    assert closed.json()["entry"]["values"]["closed_period"] == "2023-09", closed.json()
    opened = supervisor.post(
        f"lists/plan/entries/plan:{PLAN}/moves/open_month",
        {"fields": {"open_period": "2023-10", "window_closes_on": "2023-11-05"}},
    )
    assert opened.json()["entry"]["values"]["open_period"] == "2023-10"


@pytest.mark.parametrize(
    ("fields", "identity"),
    [
        ({"open_period": "soon"}, "api.no_period"),
        ({"open_period": "2023-10", "window_closes_on": "2023-02-30"}, "api.no_date"),
    ],
)
def test_a_month_that_is_none_is_refused(supervisor, fields, identity):
    refused(supervisor.post(f"lists/plan/entries/plan:{PLAN}/moves/open_month", {"fields": fields}), 422, identity)


def test_moves_of_people_alone_stay_with_people(supervisor):
    """A plan's edition is adopted on the review page."""
    address = f"lists/plan/entries/plan:{PLAN}/moves/adopt_edition"
    refused(supervisor.post(address, {}), 409, "acts.own_act")
