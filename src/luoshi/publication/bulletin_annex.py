"""通报附件: the table of all items, grouped by task: what is common to a task is said once, in a row of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from luoshi.publication.bulletin import Bulletin, BulletinItem
from luoshi.publication.legend import ProgressClass, light_of
from luoshi.publication.paper import DENSE, TYPE_AREA_TURNED, Cell, paragraph, table
from luoshi.publication.wording import one_line, percent, width

_COLUMNS = {
    "序号": 10, "事项": 77, "牵头单位": 24, "年度目标": 22, "本月累计": 21,
    "完成率": 17, "序时": 13, "灯色": 16, "说明": 25,
}  # fmt: skip
"""Heads with their widths in millimetres."""
_ONE_LINE = 21
"""Characters of 10 pt that fit on a line of 事项."""
_EXPLAINED = frozenset(
    {ProgressClass.BEHIND, ProgressClass.NOT_DUE, ProgressClass.NOT_REPORTED, ProgressClass.NOT_VERIFIED}
)
"""Standings that do not speak for themselves beside the light."""


def annex(bulletin: Bulletin) -> str:
    """The table in WordprocessingML, its head on each page.

    Raises:
        KeyError: an item's light is not in the legend.
    """
    wide = sum(_COLUMNS.values())
    columns = [round(millimetres * TYPE_AREA_TURNED / wide) for millimetres in _COLUMNS.values()]
    head = [Cell(name, "DenseHead") for name in _COLUMNS]
    return table([head, *_rows(bulletin)], columns, dense=DENSE) + _note(bulletin)


def _note(bulletin: Bulletin) -> str:
    """What the table's short signs mean, under it, if it uses them."""
    nodes = next((item.nodes for item in bulletin.items if item.nodes), None)
    told = [f"“节点{nodes[0]}/{nodes[1]}”指{nodes[1]}个节点已验收{nodes[0]}个" if nodes else ""]
    told += ["“—”指不按完成率或序时进度评定" if any(item.completion is None for item in bulletin.items) else ""]
    said = "；".join(filter(None, told))
    return paragraph(f"注：{said}。", "Dense") if said else ""


def _rows(bulletin: Bulletin) -> Iterator[list[Cell]]:
    number = 0
    has_tasks = any(item.task for item in bulletin.items)
    for _, group in groupby(bulletin.items, key=lambda item: (item.number, item.task)):
        items = tuple(group)
        common = _common(items)
        if has_tasks:
            yield [Cell(_task(items[0], common), "DenseTask", span=len(_COLUMNS), tint="F2F2F2")]
        for item in items:
            number += 1
            yield _row(number, item, bulletin, common)


def _task(item: BulletinItem, bodies: Sequence[str]) -> str:
    """第1项　深化县域创新体系建设（责任单位：县科技局、县经信局）."""
    place = f"第{item.number}项　" if item.number is not None else ""
    named = f"（责任单位：{'、'.join(bodies)}）" if bodies else ""
    return f"{place}{one_line(item.task).rstrip('。') or '其他事项'}{named}"


def _common(items: Sequence[BulletinItem]) -> tuple[str, ...]:
    """The bodies that answer for every item of a task, the one that leads most of them first."""
    leads = Counter(one_line(item.lead) for item in items if item.lead.strip())
    shared = set.intersection(*(set(_bodies(item)) for item in items))
    order = [*(lead for lead, _ in leads.most_common()), *_bodies(items[0])]
    return tuple(name for name in dict.fromkeys(order) if name in shared)


def _bodies(item: BulletinItem) -> list[str]:
    return [name for name in map(one_line, (item.lead, *item.cooperating)) if name]


def _row(number: int, item: BulletinItem, bulletin: Bulletin, common: Sequence[str]) -> list[Cell]:
    light = light_of(bulletin.legend, item.light)
    share = percent(item.completion) if item.completion is not None else "—"
    pace = percent(item.expected) if item.expected is not None else "—"
    return [
        Cell(str(number), "DenseCentre"),
        Cell(_name(item), "Dense"),
        Cell(one_line(item.lead), "Dense"),
        Cell(one_line(item.target), "Dense"),
        Cell(f"节点{item.nodes[0]}/{item.nodes[1]}" if item.nodes else item.reached, "Dense"),
        Cell(share, "DenseCentre"),
        Cell(pace, "DenseCentre"),
        Cell(light.shown, "DenseCentre", ink=light.ink, tint=light.tint),
        Cell(_remark(item, common), "Dense"),
    ]


def _name(item: BulletinItem) -> str:
    """The words of the promise where they fit on a line, else its short name, if it has one."""
    words = one_line(item.words).rstrip("。；;，,")
    return words if width(words) <= _ONE_LINE else one_line(item.label) or words


def _remark(item: BulletinItem, common: Sequence[str]) -> str:
    """Why the light is what it is where that is not plain, and who else answers than those of the task's row."""
    reason = one_line(item.reason) if item.standing in _EXPLAINED or item.is_unverified else ""
    others = [name for name in map(one_line, item.cooperating) if name and name not in common]
    return "；".join(part for part in (reason, f"配合：{'、'.join(others)}" if others else "") if part)
