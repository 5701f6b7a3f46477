"""The totals of the lists of targets and tasks agree with the lights of the overview, entry by entry."""

from __future__ import annotations

from decimal import Decimal

from county import HARBOUR, HIGH_TECH, PLAN, SUPERVISOR

from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.store.models import Account, EntryRow
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.make_up import MakeUp, make_up
from luoshi.store.queries.overview import overview


def _desk(running):
    return desk_for(Account.objects.get(username=SUPERVISOR), running.supervisor(9, 28).today, plan=PLAN)


def test_promises_by_kind_sum_to_the_lights_and_with_the_rest_to_both_lists(running):
    whole = running.target("完成固定资产投资")
    allocate_target(
        running.supervisor(2, 1), whole.id,
        [Part(HIGH_TECH, Decimal(40), "高新片区投资"), Part(HARBOUR, Decimal(20), "临港片区投资")],
    )  # fmt: skip
    running.open(9)
    desk = _desk(running)
    found = make_up(desk)
    lit = sum(item["count"] for item in overview(desk)["lights"])
    assert found.promises == found.targets + sum(found.works.values())
    assert found.promises - found.unlit == lit > 0
    assert found.parts == 2
    targets, tasks = (EntryRow.objects.filter(plan=PLAN, list=name).count() for name in ("target", "task"))
    assert found.targets + found.parts + found.withdrawn.get("target", 0) == targets
    assert sum(found.works.values()) + found.tasks + found.withdrawn.get("task", 0) == tasks


def test_the_sentences_name_the_same_numbers():
    found = MakeUp(93, {"项目": 85, "荣誉": 25, "活动": 8, "举措": 95}, 8, 41, {"task": 2}, 0)
    assert found.sentence == "306项承诺＝目标93项＋项目85项＋荣誉25项＋活动8项＋举措95项。"
    assert found.of_list("target") == "目标清单101条＝承诺93项＋分解到单位、并入总目标的8条。"
    assert found.of_list("task") == "任务清单256条＝承诺213项＋文件所列任务（灯取所属各项）41条＋已撤销2条。"
    assert found.of_list("problem") == ""
