"""构成: what the promises that lights count are made of, so that the totals of the lists agree with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Subquery

from luoshi.store import definitions
from luoshi.store.models import EntryRow, IndexCell, Rating
from luoshi.store.queries.commitments import LISTS
from luoshi.store.queries.desk import Desk


@dataclass(frozen=True, slots=True)
class MakeUp:
    """构成: how many entries the lists of targets and tasks hold, and which of them are promises that are lit.

    ``targets`` and the kinds of ``works`` (by their label) are promises; ``parts`` are shares of targets handed to
    bodies, ``tasks`` the document's own tasks, ``withdrawn`` (by list) what no longer stands. ``unlit`` promises have
    no light in the month shown.
    """

    targets: int
    works: dict[str, int]
    parts: int
    tasks: int
    withdrawn: dict[str, int]
    unlit: int

    @property
    def promises(self) -> int:
        """All promises that stand."""
        return self.targets + sum(self.works.values())

    @property
    def sentence(self) -> str:
        """306项承诺＝目标93项＋项目85项＋…"""
        kinds = [("目标", self.targets), *self.works.items()]
        summed = "＋".join(f"{label}{number}项" for label, number in kinds if number)
        unlit = f"，其中{self.unlit}项还没有灯" if self.unlit else ""
        return f"{self.promises}项承诺＝{summed}{unlit}。" if self.promises else ""

    def of_list(self, name: str) -> str:
        """How the total of one list is made of promises and what is none: 目标清单101条＝承诺93项＋分解到单位的8条."""
        if name == "target":
            label, own, apart = "目标清单", self.targets, (("分解到单位、并入总目标的", self.parts),)
        elif name == "task":
            label, own, apart = "任务清单", sum(self.works.values()), (("文件所列任务（灯取所属各项）", self.tasks),)
        else:
            return ""
        parts = [(words, number) for words, number in (*apart, ("已撤销", self.withdrawn.get(name, 0))) if number]
        summed = "＋".join([f"承诺{own}项", *(f"{words}{number}条" for words, number in parts)])
        total = own + sum(number for _, number in parts)
        return f"{label}{total}条＝{summed}。" if total else ""


def make_up(desk: Desk) -> MakeUp:
    """Count the entries of both lists by what they are; one query."""
    kind, parent = (
        Subquery(IndexCell.objects.filter(entry_id=OuterRef("pk"), field=field).values("text")[:1])
        for field in ("kind", "parent")
    )
    rated = Rating.objects.filter(entry_id=OuterRef("pk"), period=str(desk.period or ""))
    rows = EntryRow.objects.filter(plan=desk.plan_id, list__in=LISTS).annotate(
        kind=kind, above=parent, lit=Exists(rated)
    )
    counted: Counter[str] = Counter()
    works = dict.fromkeys(definitions.current("task").fields["kind"].of, 0)
    works.pop("task", None)
    withdrawn: Counter[str] = Counter()
    groups = rows.order_by().values_list("list", "state", "kind", "above", "lit").annotate(number=Count("pk"))
    for name, state, sort, above, lit, number in groups:
        if state == "withdrawn":
            withdrawn[name] += number
        elif name == "target" and above:
            counted["parts"] += number
        elif name == "task" and sort == "task":
            counted["tasks"] += number
        else:
            counted["unlit"] += 0 if lit else number
            if name == "target":
                counted["targets"] += number
            else:
                works[sort] = works.get(sort, 0) + number
    labels = definitions.current("task").fields["kind"].of
    return MakeUp(
        counted["targets"],
        {labels.get(sort, sort): number for sort, number in works.items()},
        counted["parts"],
        counted["tasks"],
        dict(withdrawn),
        counted["unlit"],
    )
