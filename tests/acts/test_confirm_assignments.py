"""All assignments of a reviewed table are one decision: everything is recorded, or nothing."""

from __future__ import annotations

from datetime import date

import pytest
from county import EDUCATION, PLANNING, acting, at, desk_of

from luoshi.acts import confirm_assignments as module
from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.confirm_assignments import ConfirmedAssignments, confirm_assignments
from luoshi.acts.schedule_entries import Schedule
from luoshi.store.entries import find
from luoshi.store.models import FactRow
from luoshi.store.rosters import roster
from luoshi.terms.refusal import Refused

NODES = {"schedule": "nodes", "nodes": [{"id": "1", "name": "开工", "due_on": "2023-06-30"}]}


@pytest.fixture
def target(county):
    return county.adopted().target("完成固定资产投资")


def test_aliases_assignments_and_nodes_are_kept_under_one_act(county, target):
    wanted = ConfirmedAssignments(
        (Assignment(target.id, PLANNING, (), "领甲", date(2023, 11, 30)),),
        (Schedule(target.id, NODES),),
        {EDUCATION: ("县教体局",)},
        {target.id: target.version},
    )
    context = county.supervisor(2, 1)
    (after,) = confirm_assignments(context, wanted)
    assert (after.state, after["due_on"], after["schedule"]) == ("assigned", date(2023, 11, 30), "nodes")
    assert roster().named("县教体局").code == EDUCATION
    kinds = set(FactRow.objects.filter(act_id=context.act_id).values_list("kind", flat=True))
    assert kinds == {"body.amended", "target.assigned", "responsibility.charged", "target.scheduled"}


def test_an_entry_that_changed_since_it_was_seen_refuses_everything(county, target):
    seen = {target.id: target.version}
    assign_entries(county.supervisor(1, 15), [Assignment(target.id, EDUCATION)])
    before = FactRow.objects.count()
    wanted = ConfirmedAssignments((Assignment(target.id, PLANNING),), (), {EDUCATION: ("县教体局",)}, seen)
    with pytest.raises(Refused) as refused:
        confirm_assignments(county.supervisor(2, 1), wanted)
    assert (refused.value.refusal.status, refused.value.refusal.errors[0].field) == (409, target.id)
    assert FactRow.objects.count() == before


@pytest.mark.parametrize(
    ("aliases", "said"),
    [({EDUCATION: ("县发改委",)}, "已是云岭县发展和改革局的名称"), ({"没有": ("县教体局",)}, "花名册中没有单位")],
)
def test_an_alias_that_cannot_be_is_refused(county, target, aliases, said):
    before = FactRow.objects.count()
    with pytest.raises(Refused, match=said):
        confirm_assignments(county.supervisor(2, 1), ConfirmedAssignments((), (), aliases))
    assert FactRow.objects.count() == before


def test_an_alias_kept_before_is_not_kept_again(county, target):
    twice = ConfirmedAssignments((Assignment(target.id, PLANNING),), (), {EDUCATION: ("县教体局",)})
    confirm_assignments(county.supervisor(2, 1), twice)
    before = FactRow.objects.filter(stream=f"body:{EDUCATION}").count()
    confirm_assignments(county.supervisor(2, 2), twice)
    assert FactRow.objects.filter(stream=f"body:{EDUCATION}").count() == before


def test_nothing_to_confirm_is_refused(county, target):
    with pytest.raises(Refused, match="没有需要交办的变化"):
        confirm_assignments(county.supervisor(2, 1), ConfirmedAssignments(()))


def test_only_the_supervisor_confirms(county, target):
    with pytest.raises(Refused) as refused:
        confirm_assignments(
            acting(desk_of(PLANNING), at(2, 1)), ConfirmedAssignments((Assignment(target.id, PLANNING),))
        )
    assert refused.value.refusal.status == 403


def test_a_fault_in_the_middle_keeps_nothing(county, target, monkeypatch):
    before = FactRow.objects.count()

    def fails(*_):
        raise OSError("no space left")

    monkeypatch.setattr(module, "schedule_entries", fails)
    wanted = ConfirmedAssignments(
        (Assignment(target.id, PLANNING),), (Schedule(target.id, NODES),), {EDUCATION: ("县教体局",)}
    )
    with pytest.raises(OSError, match="no space"):
        confirm_assignments(county.supervisor(2, 1), wanted)
    assert FactRow.objects.count() == before
    assert find(target.id).state == "adopted"
    assert roster().named("县教体局") is None
