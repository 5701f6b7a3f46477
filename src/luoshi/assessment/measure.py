"""What every rule set can ask about a standing: done, reported, ratio to the pace, node days late …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from luoshi.assessment.condition import Worth
from luoshi.assessment.metric import compute_metric
from luoshi.assessment.rule_set import GivenField, RuleSet
from luoshi.assessment.standing import Given, Standing
from luoshi.target.kind import Strength, TargetKind
from luoshi.target.node import node_expected, node_progress, worst_days_late
from luoshi.target.progress import Progress, progress
from luoshi.target.trajectory import expected, gap_pp, pace_ratio
from luoshi.terms.number import exact, fixed, plain
from luoshi.terms.period import chinese_date
from luoshi.terms.trace import Input, Step

MEASURES: dict[str, tuple[str, str]] = {
    "done": ("flag", "已完成"),
    "reached": ("flag", "目前达到目标"),
    "lost": ("flag", "已无法达到"),
    "reported": ("flag", "本期填报已审核通过"),
    "started": ("flag", "已启动"),
    "nothing_due": ("flag", "尚无应达"),
    "final_date_passed": ("flag", "已过最终时限"),
    "aspired": ("flag", "争先项"),
    "has_nodes": ("flag", "按节点评价"),
    "ratio": ("number", "实际÷应达"),
    "gap_pp": ("number", "与序时相差的百分点"),
    "reached_share": ("number", "已完成的比例"),
    "expected_share": ("number", "应完成的比例"),
    "node_days_late": ("number", "节点逾期天数"),
    "days_to_final": ("number", "距最终时限天数"),
    "place": ("number", "位次"),
}
"""The built-in measures: name → (kind, label)."""


@dataclass(frozen=True, slots=True)
class MeasuredStanding:
    """度量结果: what each measure is worth, and the inputs and arithmetic behind it."""

    worths: Mapping[str, Worth]
    inputs: tuple[Input, ...]
    steps: tuple[Step, ...]
    progress: Progress
    ratio_label: str = MEASURES["ratio"][1]


def measure(standing: Standing, rules: RuleSet, as_of: date) -> MeasuredStanding:
    """All measures of the standing on the day, the rule set's own included.

    Raises:
        UnitMismatch: the figure is of another dimension than the target.
        ValueError: a given value is not of the kind the rule set declares.
    """
    target = standing.target
    reached = progress(target, standing.actual, as_of=as_of, due_on=standing.final_on, nodes=standing.nodes)
    share, due, steps = _pace(standing, reached, as_of)
    worths: dict[str, Worth] = {
        "done": reached.is_settled,
        "reached": reached.is_done,
        "lost": reached.is_lost,
        "reported": standing.has_report,
        "started": standing.is_started,
        "nothing_due": reached.ratio is None and standing.actual is None if due is None else due == 0,
        "final_date_passed": standing.final_on < as_of,
        "aspired": target.strength is Strength.ASPIRED,
        "has_nodes": bool(standing.nodes),
        "ratio": reached.ratio if due is None else None if share is None else pace_ratio(share, due),
        "gap_pp": None if due is None or share is None else gap_pp(share, due),
        "reached_share": share,
        "expected_share": due,
        "node_days_late": Fraction(worst_days_late(standing.nodes, as_of)),
        "days_to_final": Fraction((standing.final_on - as_of).days),
        "place": reached.value if target.kind is TargetKind.RANK else None,
    }
    inputs = [*reached.trace.inputs, Input("最终时限", chinese_date(standing.final_on))]
    inputs.append(Input("本期填报", "已审核通过" if standing.has_report else "未报或未审核"))
    _add_given(standing.given, rules, worths, inputs)
    for metric in rules.metrics.values():
        worths[metric.name] = compute_metric(metric, worths, as_of)
    label, direct = _direct(standing, reached) if due is None else (MEASURES["ratio"][1], [])
    return MeasuredStanding(worths, tuple(inputs), (*reached.trace.steps, *steps, *direct), reached, label)


def _direct(standing: Standing, reached: Progress) -> tuple[str, list[Step]]:
    """What the ratio is called, and its line, where a target is judged without a pace."""
    target, value, ratio = standing.target, reached.value, reached.ratio
    if ratio is None or value is None or target.value is None or target.kind is TargetKind.RANK:
        return "接近程度", [] if ratio is None else [Step("接近程度（末位为0，达到位次为1）", fixed(ratio, 2))]
    if reached.is_done and ratio == 1:
        return "达标程度", [Step("已符合目标，余量不计，达标程度", "1")]
    if target.kind in {TargetKind.AT_LEAST, TargetKind.GROWTH, TargetKind.REDUCTION, TargetKind.SHARE}:
        return "实际÷目标", [Step(f"实际 ÷ 目标 = {_short(value)} ÷ {_short(target.value)}", fixed(ratio, 2))]
    return "达标程度", [Step("按与界限之比计的达标程度", fixed(ratio, 2))]


def _pace(standing: Standing, reached: Progress, as_of: date) -> tuple[Fraction | None, Fraction | None, list[Step]]:
    """Share reached, share due (None: judged directly, without a pace), and the lines that explain them.

    Nodes and a trajectory never judge together; ceilings, rates and ranks have no straight line unless a
    trajectory was given for a level on purpose (domain.md §1.4). A state or an honour without nodes is one
    node, due on the last day.
    """
    target = standing.target
    if standing.nodes:
        share, due = node_progress(standing.nodes, as_of), node_expected(standing.nodes, as_of)
        steps = [] if due == 0 else [_ratio_step("节点完成权重 ÷ 节点应完成权重", share, due)]
        return share, due, steps
    if target.kind in {TargetKind.HONOUR, TargetKind.STATE_REACHED, TargetKind.NODES}:
        return reached.ratio, Fraction(int(as_of >= standing.final_on)), []
    if standing.trajectory is None or target.kind in {TargetKind.AT_MOST, TargetKind.RANK, TargetKind.HOLD}:
        return (reached.ratio, Fraction(0), []) if target.has_pace else (reached.ratio, None, [])
    if not target.has_pace and standing.trajectory.pace != "curve":
        return reached.ratio, None, []
    due = expected(standing.trajectory, as_of)
    return reached.ratio, due, _pace_steps(standing, reached, due)


def _pace_steps(standing: Standing, reached: Progress, due: Fraction) -> list[Step]:
    target, trajectory = standing.target, standing.trajectory
    assert trajectory is not None  # noqa: S101 - _pace has looked
    steps = [Step(f"{trajectory.label}应完成", f"{fixed(due * 100, 2)}%")]
    if reached.value is None or reached.ratio is None or due == 0:
        return steps
    if target.value is not None and not target.start:
        amount = target.value * due
        steps.append(
            Step(
                f"应达 = 目标 × 序时 = {plain(target.value)} × {fixed(due * 100, 2)}%", f"{_short(amount)}{target.unit}"
            )
        )
        steps.append(Step(f"实际 ÷ 应达 = {_short(reached.value)} ÷ {_short(amount)}", fixed(reached.ratio / due, 2)))
    else:
        steps.append(_ratio_step("完成比例 ÷ 应完成比例", reached.ratio, due))
    gap = gap_pp(reached.ratio, due)
    text = f"完成比例 − 序时进度 = {fixed(reached.ratio * 100, 2)}% − {fixed(due * 100, 2)}%"
    return [*steps, Step(text, f"{'+' if gap > 0 else ''}{fixed(gap, 2)}个百分点")]


def _ratio_step(text: str, share: Fraction, due: Fraction) -> Step:
    return Step(f"{text} = {fixed(share * 100, 2)}% ÷ {fixed(due * 100, 2)}%", fixed(share / due, 2))


def _short(value: Fraction) -> str:
    written = plain(value)
    return written if len(written) <= 10 else fixed(value, 2)


def _add_given(given: Mapping[str, Given], rules: RuleSet, worths: dict[str, Worth], inputs: list[Input]) -> None:
    for name, field in rules.fields.items():
        value = given.get(name)
        worths[name] = None if value is None else _read(field, value.value)
        if value is not None:
            inputs.append(Input(field.label, _shown(field, value.value), value.on, value.origin))


def _read(field: GivenField, value: str | tuple[str, ...]) -> Worth:
    if field.kind == "dates":
        return tuple(date.fromisoformat(day) for day in ((value,) if isinstance(value, str) else value))
    if not isinstance(value, str):
        raise ValueError(f"{field.name}: {value!r}")
    if field.kind == "number":
        return exact(value)
    if field.kind == "date":
        return date.fromisoformat(value)
    allowed = {"flag": {"true", "false"}, "choice": set(field.words)}[field.kind]
    if value not in allowed:
        raise ValueError(f"{field.name}: {value!r}")
    return value == "true" if field.kind == "flag" else value


def _shown(field: GivenField, value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "、".join(chinese_date(date.fromisoformat(day)) for day in value)
    if field.kind == "date":
        return chinese_date(date.fromisoformat(value))
    return {"flag": {"true": "是", "false": "否"}, "choice": field.words}.get(field.kind, {}).get(value, value)
