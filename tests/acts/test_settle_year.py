"""A closed year is settled promise by promise; what is unfinished goes on; a sealed plan stays as it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, County, acting, desk_of
from django.db import connections

from luoshi.acts.adopt_plan import adopt_plan
from luoshi.acts.carry_over import result_value
from luoshi.acts.keep_document import keep_document
from luoshi.acts.move_entry import move_entry
from luoshi.acts.review import ACCEPTED
from luoshi.acts.review_proposals import decide_proposals, reviewed
from luoshi.acts.run_month import open_month
from luoshi.acts.seal_plan import seal_plan, unsettled
from luoshi.acts.settle_year import Settlement, settle_year
from luoshi.plan.year_end import Ending
from luoshi.store.entries import find, find_where
from luoshi.store.replay import replay
from luoshi.store.results import results, to_be_settled
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refused

NEXT = "999901-2024"
ACHIEVED, MISSED, CARRIED = Ending.ACHIEVED, Ending.MISSED, Ending.CARRIED


def supervisor():
    """On the eighth of January 2024."""
    return acting(SUPERVISOR, datetime(2024, 1, 8, 2, tzinfo=UTC))


@pytest.fixture
def over(running):
    """December closed: 12 green factories of 10, 3 boarding schools of 4, nothing else reported."""
    running.open(12)
    running.report(12, running.target("建成绿色工厂").id, value="12", text="建成12家")
    running.report(12, running.target("建成高水平寄宿制学校").id, body=EDUCATION, value="3", text="建成3所")
    running.close(12)
    return running


def settle(*wanted):
    return settle_year(supervisor(), PLAN, wanted)


def schools(over):
    return over.target("建成高水平寄宿制学校")


def test_the_figures_propose_and_say_why(over):
    found = results(find(f"plan:{PLAN}"), [over.target("建成绿色工厂"), schools(over)])
    factories, school = found.values()
    assert (factories.is_finished, factories.proposed, factories.actual, factories.left) == (True, ACHIEVED, "12", None)
    assert (school.is_finished, school.proposed, school.left) == (False, MISSED, 1)  # 4 - 3


def test_a_promise_that_was_kept_needs_no_words(over):
    entry = over.target("建成绿色工厂")
    settle(Settlement(entry.id, ACHIEVED))
    after = find(entry.id)
    assert (after.state, after["result_value"]) == ("achieved", Decimal(12))


def test_a_figure_without_end_is_kept_as_far_as_a_field_holds_it(over):
    """2 of 9 is 22.222222222222: a share that was computed, not typed."""
    entry = over.target("建成绿色工厂")
    result = replace(results(find(f"plan:{PLAN}"), [entry])[entry.id], actual="22.222222222222")
    assert result_value(entry, result) == {"result_value": "22.22222222"}


@pytest.mark.parametrize("outcome", list(Ending))
def test_whatever_the_figures_do_not_say_needs_a_note(over, outcome):
    with pytest.raises(Refused) as caught:
        settle(Settlement(schools(over).id, outcome))
    assert caught.value.refusal.id == "acts.note_missing"
    assert [error.field for error in caught.value.refusal.errors] == [f"note:{schools(over).id}"]
    assert find(schools(over).id).state == "assigned"


def test_what_is_carried_goes_on_next_year_with_what_is_left_and_the_same_body(over):
    entry = schools(over)
    opened = settle(Settlement(entry.id, CARRIED, "第四所因地质原因延期，2024年6月建成"))
    new, old = find(opened[entry.id]), find(entry.id)
    assert (new.plan, new.state, new["value"], new["unit"]) == (NEXT, "assigned", Decimal(1), "所")
    assert (new["lead_body"], new["leader"], new["carried_from"]) == (EDUCATION, "领甲", entry.id)
    assert (old.state, old["carried_to"], old["result_value"]) == ("carried", new.id, Decimal(3))
    home = find(new["task"])
    assert (home["name"], home["carried_from"], home["number"]) == (find(entry["task"])["name"], entry["task"], "结转1")
    assert find_where(NEXT, "responsibility", commitment=new.id)[0]["body"] == EDUCATION
    assert find(f"plan:{NEXT}")["title"] == "云岭县2024年重点任务"


def test_a_second_promise_of_a_carried_task_goes_on_below_the_same_task(over):
    entry = schools(over)
    others = find_where(PLAN, "task", parent=entry["task"])
    assert others
    first = settle(Settlement(entry.id, CARRIED, "延期"))
    second = settle(*(Settlement(one.id, CARRIED, "延期") for one in others))
    assert find(first[entry.id])["task"] == find(second[others[0].id])["parent"]
    task = find(entry["task"])
    assert (task.state, task["carried_to"]) == ("carried", find(first[entry.id])["task"])
    assert task["result_note"] == f"所属{1 + len(others)}项：跨年结转{1 + len(others)}项"


def test_a_task_is_settled_with_its_last_promise(over):
    entry = schools(over)
    task = find(entry["task"])
    others = find_where(PLAN, "task", parent=task.id)
    settle(Settlement(entry.id, MISSED, "少建1所"))
    assert find(task.id).state == "assigned"
    settle(*(Settlement(one.id, ACHIEVED, "已命名，见文件") for one in others))
    assert find(task.id).state == "missed"


def test_before_december_is_closed_nothing_is_settled(running):
    running.open(12)
    with pytest.raises(Refused) as caught:
        settle(Settlement(schools(running).id, MISSED, "少建"))
    assert caught.value.refusal.id == "acts.year_open"


def test_only_the_supervision_office_settles(over):
    context = acting(desk_of(EDUCATION), datetime(2024, 1, 8, 2, tzinfo=UTC))
    with pytest.raises(Refused) as caught:
        settle_year(context, PLAN, [Settlement(schools(over).id, MISSED, "少建")])
    assert caught.value.refusal.status == 403


def test_a_promise_changed_or_settled_since_is_not_settled_again(over):
    entry = schools(over)
    with pytest.raises(Refused) as caught:
        settle(Settlement(entry.id, MISSED, "少建", version=entry.version - 1))
    assert caught.value.refusal.id == "store.stale"
    settle(Settlement(entry.id, MISSED, "少建", version=entry.version))
    with pytest.raises(Refused) as caught:
        settle(Settlement(entry.id, CARRIED, "延期"))
    assert caught.value.refusal.id == "acts.not_to_be_settled"


def test_a_task_that_holds_promises_is_not_settled_by_itself(over):
    with pytest.raises(Refused) as caught:
        settle(Settlement(schools(over)["task"], MISSED, "少建"))
    assert caught.value.refusal.id == "acts.not_settled_alone"


def settle_everything():
    rows = to_be_settled(PLAN).filter(state="assigned")
    return settle(*(Settlement(row.id, CARRIED, "明年继续") for row in rows))


def test_a_plan_is_sealed_only_when_everything_is_settled_and_stays_as_it_is(over):
    with pytest.raises(Refused) as caught:
        seal_plan(supervisor(), PLAN, "年度任务全部交账")
    assert caught.value.refusal.id == "acts.unsettled"
    assert caught.value.refusal.data["number"] == str(unsettled(PLAN))
    settle(Settlement(over.target("建成绿色工厂").id, ACHIEVED))
    settle_everything()
    assert unsettled(PLAN) == 0
    head = seal_plan(supervisor(), PLAN, "年度任务全部交账")
    carried = to_be_settled(PLAN).filter(state="carried").count()
    assert head.state == "sealed"
    assert head["settled"] == f"已完成1项、跨年结转{carried}项"
    with pytest.raises(Refused) as caught:
        move_entry(supervisor(), over.target("建成绿色工厂").id, "place", {"area": "x"}, "改")
    assert caught.value.refusal.status in {403, 409}
    assert list(replay()) == []


def test_nothing_of_a_sealed_year_can_be_written(over):
    from luoshi.acts.handle_reports import correct_report

    report = find_where(PLAN, "report", commitment=over.target("建成绿色工厂").id)[0]
    settle_everything()
    seal_plan(supervisor(), PLAN, "年度任务全部交账")
    with pytest.raises(Refused) as caught:
        correct_report(supervisor(), report.id, {"value": "13"}, "核实")
    assert caught.value.refusal.id == "store.plan_sealed"
    assert str(caught.value.refusal.message) == "2023年的计划已经封存，不能再改动。"


def adopt_next(text):
    row = keep_document(supervisor(), NEXT, "云岭县2024年重点任务.txt", text.encode())[0]
    decide_proposals(supervisor(), row.sha256, [p.id for p in reviewed(row)], ACCEPTED)
    return adopt_plan(supervisor(), NEXT, row.sha256)


def test_the_next_year_runs_while_the_last_one_is_sealed(over):
    opened = settle_everything()
    seal_plan(supervisor(), PLAN, "年度任务全部交账")
    adopt_next("云岭县2024年重点任务\n\n1.兴修水利。新建水库2座。\n")
    open_month(supervisor(), NEXT, Period.month(2024, 1), date(2024, 2, 5))
    assert find(opened[schools(over).id]).state == "assigned"
    assert {find(name)["lead_body"] for name in opened.values()} == {PLANNING, EDUCATION}


def test_what_next_years_document_promises_again_is_the_carried_entry(over):
    """The document names the task and the schools once more: their entries are kept, with its figure."""
    entry = schools(over)
    opened = settle(Settlement(entry.id, CARRIED, "延期"))
    adoption = adopt_next("云岭县2024年重点任务\n\n1.实施教育强县战略。建成高水平寄宿制学校2所。\n")
    new = find(opened[entry.id])
    assert (new.state, new["value"], new["task_number"]) == ("assigned", Decimal(2), 1)
    assert adoption.opened == ()
    assert set(adoption.amended + adoption.kept) == {new.id, new["task"]}


def test_what_next_years_document_does_not_name_stays_carried(over):
    entry = schools(over)
    opened = settle(Settlement(entry.id, CARRIED, "延期"))
    assert adopt_next("云岭县2024年重点任务\n\n1.兴修水利。新建水库2座。\n").withdrawn == ()
    assert find(opened[entry.id]).state == "assigned"


def test_settled_twice_at_once_it_is_settled_and_carried_once(throwaway):
    """Two sendings of the same form: one is done, the other is told so; next year holds one entry."""
    county = County().running()
    county.open(12)
    county.close(12)
    target = county.target("建成绿色工厂")

    def send(_):
        try:
            return settle(Settlement(target.id, CARRIED, "明年继续", target.version))
        except Refused as refused:
            return refused.refusal.id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(send, range(2)))
    assert [one for one in found if isinstance(one, str)] == ["store.stale"]
    assert len(find_where(NEXT, "target", carried_from=target.id)) == 1
