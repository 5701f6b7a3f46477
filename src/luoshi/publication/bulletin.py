"""督查通报: what one month's bulletin says, computed from its items; grammatical when a count is zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luoshi.assessment.percentage import forced_to_100
from luoshi.publication.legend import ProgressClass, ShownLight, light_of
from luoshi.publication.wording import listed, one_line, percent, points_behind, quantity, sentence, written
from luoshi.terms.period import Period, chinese_date
from luoshi.terms.quotation import quoted
from luoshi.terms.unit import Quantity

_STOPS = "。；;.， "
"""What may end a text that goes on within a sentence."""


@dataclass(frozen=True, slots=True)
class BulletinItem:
    """通报事项: one commitment as the bulletin shows it.

    ``number`` is that of the task in the document (第n项), None where the document gives none; ``words`` are the
    document's own. ``completion`` and ``expected`` are shares of the year's target (0.75), None where they have no
    meaning (nodes, ceilings); then ``actual_text`` and ``reason`` speak. ``is_unverified``: a report came and was
    not accepted before the month was closed. ``task`` is the name of the document's task it belongs to; ``label`` a
    short name where ``words`` are longer than a table needs, ``nodes`` how many were accepted of how many.
    """

    number: int | None
    words: str
    lead: str
    target: str
    light: str
    standing: ProgressClass
    reason: str = ""
    cooperating: tuple[str, ...] = ()
    actual: Quantity | None = None
    actual_text: str = ""
    completion: Fraction | None = None
    expected: Fraction | None = None
    problem: str = ""
    next_step: str = ""
    previous_standing: ProgressClass | None = None
    is_unverified: bool = False
    task: str = ""
    label: str = ""
    nodes: tuple[int, int] | None = None

    @property
    def reached(self) -> str:
        """What was achieved by the end of the month, in figures or words."""
        return one_line(self.actual_text) or quantity(self.actual)


@dataclass(frozen=True, slots=True)
class BulletinCorrection:
    """前期更正: a figure of an earlier month that was corrected after its bulletin."""

    period: Period
    number: int | None
    words: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """督查通报: one month of one plan. ``legend`` runs from best to worst; ``previous`` counts last month's lights.

    ``corrections`` belong to its text: what earlier bulletins said wrongly. ``corrected_since`` are corrections of its
    own month after it was issued; they stand on a page of their own, and the text stays as it was. ``reply_due`` is the
    last day to answer; where it cannot be counted ``reply_within`` says in how many working days (0: no deadline). ``is_draft``: its
    month is not closed, and the figures may still change.
    """

    issuer: str
    issue: int
    issued_on: date
    period: Period
    plan_title: str
    addressees: tuple[str, ...]
    legend: tuple[ShownLight, ...]
    items: tuple[BulletinItem, ...]
    previous: Mapping[str, int] | None = None
    corrections: tuple[BulletinCorrection, ...] = ()
    corrected_since: tuple[BulletinCorrection, ...] = ()
    requirements: tuple[str, ...] = ()
    reply_due: date | None = None
    reply_within: int = 0
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    is_demo: bool = False
    is_draft: bool = False

    @property
    def title_pieces(self) -> tuple[str, ...]:
        """The title in the pieces it may be broken between."""
        return ("关于", self.period.label, one_line(self.plan_title), "推进情况的", "通报")

    @property
    def title(self) -> str:
        """The title on one line."""
        return "".join(self.title_pieces)


def standing_counts(bulletin: Bulletin) -> dict[ProgressClass, int]:
    """How many items stand where, each standing named."""
    return {standing: sum(item.standing is standing for item in bulletin.items) for standing in ProgressClass}


def light_counts(bulletin: Bulletin) -> dict[str, int]:
    """How many items show each light of the legend.

    Raises:
        KeyError: an item's light is not in the legend.
    """
    counts = {light.key: 0 for light in bulletin.legend}
    for item in bulletin.items:
        counts[light_of(bulletin.legend, item.light).key] += 1
    return counts


def overall(bulletin: Bulletin) -> tuple[str, ...]:
    """一、总体情况, paragraph by paragraph."""
    day = chinese_date(bulletin.period.last)
    plan = one_line(bulletin.plan_title)
    if not bulletin.items:
        return (f"截至{day}，{plan}尚无列入督查的事项。",)
    return tuple(
        text
        for text in (_standings(bulletin, day, plan), _lights(bulletin), _compared(bulletin), _moved(bulletin))
        if text
    )


def _standings(bulletin: Bulletin, day: str, plan: str) -> str:
    counts = standing_counts(bulletin)
    shares = forced_to_100({standing.value: count for standing, count in counts.items()}, 2)
    total = f"截至{day}，{plan}列入督查的事项共{len(bulletin.items)}项"
    present = [standing for standing in ProgressClass if counts[standing]]
    if len(present) == 1:
        return f"{total}，{_ALL[present[0]]}。"
    told = [f"{standing.value}{counts[standing]}项，占{written(shares[standing.value])}%" for standing in present]
    if not counts[ProgressClass.DONE] and not counts[ProgressClass.ON_PACE]:
        told.append("尚无事项达到序时进度")
    if not counts[ProgressClass.BEHIND]:
        told.append("无落后序时进度事项")
    return f"{total}。其中，{'；'.join(told)}。"


_ALL = {
    ProgressClass.DONE: "均已完成",
    ProgressClass.ON_PACE: "均达到序时进度",
    ProgressClass.BEHIND: "均落后于序时进度",
    ProgressClass.NOT_DUE: "均未到评定时点",
    ProgressClass.NOT_REPORTED: "当月均未报送进展",
    ProgressClass.NOT_VERIFIED: "当月均已填报而结账时未核实",
}


def _lights(bulletin: Bulletin) -> str:
    counts = light_counts(bulletin)
    shares = forced_to_100(counts, 2)
    shown = [light for light in bulletin.legend if counts[light.key]]
    if len(shown) == 1:
        return f"按灯色分，均为{shown[0].word}。"
    told = [f"{light.word}{counts[light.key]}项，占{written(shares[light.key])}%" for light in shown]
    none = [light.word for light in bulletin.legend if not counts[light.key]]
    return f"按灯色分，{'；'.join(told)}{'；无' + '、'.join(none) if none else ''}。"


def _compared(bulletin: Bulletin) -> str:
    if bulletin.previous is None:
        return ""
    before, now = bulletin.previous, light_counts(bulletin)
    changes = [
        f"{light.word}{'增加' if now[light.key] > before.get(light.key, 0) else '减少'}"
        f"{abs(now[light.key] - before.get(light.key, 0))}项"
        for light in bulletin.legend
        if now[light.key] != before.get(light.key, 0)
    ]
    total, last = sum(now.values()), sum(before.values())
    size = f"事项总数由{last}项变为{total}项，" if total != last else ""
    said = "，".join(changes) if changes else "各灯色数量没有变化"
    kept = "，其余持平" if 0 < len(changes) < len(bulletin.legend) else ""
    return f"与{bulletin.period.previous().label}相比，{size}{said}{kept}。"


def _moved(bulletin: Bulletin) -> str:
    known = [item for item in bulletin.items if item.previous_standing is not None]
    fell = [i for i in known if i.standing is ProgressClass.BEHIND and i.previous_standing is not ProgressClass.BEHIND]
    rose = [
        i
        for i in known
        if i.previous_standing is ProgressClass.BEHIND and i.standing in {ProgressClass.DONE, ProgressClass.ON_PACE}
    ]
    told = []
    if fell:
        told.append(f"本月新落后{len(fell)}项，涉及{_named_units(fell)}")
    if rose:
        told.append(f"上月落后、本月已赶上{len(rose)}项，涉及{_named_units(rose)}")
    return "；".join(told) + "。" if told else ""


def _named_units(items: list[BulletinItem]) -> str:
    return listed(list(dict.fromkeys(one_line(item.lead) or "未明确牵头单位" for item in items)))


def lagging(bulletin: Bulletin) -> dict[str, tuple[BulletinItem, ...]]:
    """The items behind pace by lead unit: the worst light first, then the longest list, then document order."""
    severity = {light.key: index for index, light in enumerate(bulletin.legend)}
    groups: dict[str, list[BulletinItem]] = {}
    for item in bulletin.items:
        if item.standing is ProgressClass.BEHIND:
            groups.setdefault(one_line(item.lead) or "未明确牵头单位", []).append(item)

    def gravity(unit: str) -> tuple[int, int]:
        return -max(severity[item.light] for item in groups[unit]), -len(groups[unit])

    return {
        unit: tuple(sorted(groups[unit], key=lambda item: -severity[item.light]))
        for unit in sorted(groups, key=gravity)
    }


def problems_lead(bulletin: Bulletin) -> str:
    """The first sentence of 二、存在问题."""
    groups = lagging(bulletin)
    if groups:
        count = sum(map(len, groups.values()))
        return f"本月落后序时进度的事项共{count}项，涉及{len(groups)}个单位，具体如下。"
    if not bulletin.items:
        return "本月没有需要通报的问题。"
    counts = standing_counts(bulletin)
    silent = counts[ProgressClass.NOT_REPORTED] + counts[ProgressClass.NOT_VERIFIED]
    if silent == len(bulletin.items):
        return "本月各项均无经核实的进展，未能评定是否达到序时进度。"
    return "本月已报送进展的事项均未落后序时进度。" if silent else "本月各项推进正常，均未落后序时进度。"


def item_name(number: int | None, words: str) -> str:
    """An item with its number and its own words: 第3项“完成固定资产投资80亿元以上”."""
    clean = one_line(words).rstrip("。；;，,")
    return f"第{number}项{quoted(clean)}" if number is not None else quoted(clean)


def lagging_sentence(item: BulletinItem, legend: tuple[ShownLight, ...]) -> str:
    """One lagging item: its words, what was reached against 序时, its light and why."""
    light = light_of(legend, item.light)
    told = (
        f"{item_name(item.number, item.words)}，年度目标为{one_line(item.target)}，"
        if item.target.strip()
        else (f"{item_name(item.number, item.words)}，")
    )
    told += (
        f"目前{one_line(item.actual_text).rstrip(_STOPS)}"
        if item.actual_text.strip()
        else ("尚无累计数据" if item.actual is None else f"累计完成{quantity(item.actual)}")
    )
    if item.completion is not None:
        told += f"，完成率{percent(item.completion)}"
    if item.expected is not None:
        told += f"，序时进度为{percent(item.expected)}"
    if item.expected is not None and item.completion is not None:
        behind = points_behind(item.expected, item.completion)
        told += f"，相差{written(behind)}个百分点" if behind > 0 else ""
    told += f"，评定为{light.word}。"
    for label, text in (("亮灯依据", item.reason), ("存在问题", item.problem), ("下步举措", item.next_step)):
        told += f"{label}：{sentence(text)}" if sentence(text) else ""
    return told


def unreported_sentence(bulletin: Bulletin) -> str:
    """Who did not report this month, and whose reports were not verified; empty when there is neither."""
    silent = _standing_so(bulletin, ProgressClass.NOT_REPORTED)
    unverified = _standing_so(bulletin, ProgressClass.NOT_VERIFIED)
    told = []
    if silent:
        told.append(f"{_among(silent, bulletin)}当月未报，不作达到序时处理，涉及{_named_units(silent)}")
    if unverified:
        told.append(f"{_among(unverified, bulletin)}已填报而结账时未核实，不计入本月，涉及{_named_units(unverified)}")
    return "；".join(told) + "。" if told else ""


def _standing_so(bulletin: Bulletin, standing: ProgressClass) -> list[BulletinItem]:
    return [item for item in bulletin.items if item.standing is standing]


def _among(some: list[BulletinItem], bulletin: Bulletin) -> str:
    return f"另有{len(some)}项" if len(some) < len(bulletin.items) else f"全部{len(some)}项"


def requirements(bulletin: Bulletin) -> tuple[str, ...]:
    """三、下步要求: what the supervisor wrote, or else what the month's figures ask for."""
    if bulletin.requirements:
        return tuple(sentence(text) for text in bulletin.requirements if sentence(text))
    asked = []
    groups = lagging(bulletin)
    if groups:
        asked.append(
            f"落后事项限期整改。{listed(list(groups))}要逐项查明原因，制定追赶措施，明确完成时限和责任人，"
            f"{_until(bulletin)}将整改情况书面报{one_line(bulletin.issuer)}。"
        )
    silent = [item for item in bulletin.items if item.standing is ProgressClass.NOT_REPORTED]
    if silent:
        asked.append(f"未报事项及时补报。{_named_units(silent)}要在下次填报时一并补报进展，并说明未按时报送的原因。")
    asked.append("各责任单位要对照年度目标和时间节点，持续跟进，如实报送进展，确保各项任务按期完成。")
    return tuple(asked)


def _until(bulletin: Bulletin) -> str:
    if bulletin.reply_due:
        return f"于{chinese_date(bulletin.reply_due)}前"
    return f"自本通报印发之日起{bulletin.reply_within}个工作日内" if bulletin.reply_within else "并"


def correction_sentence(correction: BulletinCorrection) -> str:
    """What an earlier bulletin said and what holds now."""
    name = item_name(correction.number, correction.words)
    reason = one_line(correction.reason).rstrip("。")
    why = f"，更正原因：{reason}" if reason else ""
    return (
        f"{correction.period.label}通报中{name}由{one_line(correction.before)}更正为{one_line(correction.after)}{why}。"
    )


def since_lead(bulletin: Bulletin) -> str:
    """The first sentence of the page of later corrections."""
    return f"本通报按{bulletin.period.label}结账时的数据制发，正文和附件不作改动。结账后更正的数据如下。"
