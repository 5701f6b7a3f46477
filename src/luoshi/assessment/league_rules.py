"""League rules as data: peer group, dimensions with weights and methods, caps, ties, minimum inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from importlib import resources

from luoshi.assessment.checked import CheckedText
from luoshi.terms.finding import Finding
from luoshi.terms.source import Source
from luoshi.terms.yaml_text import Path

METHODS = {"proportional": "比例法", "efficacy": "功效系数法", "placement": "排名法"}
"""Scoring methods found in real rules (domain.md §2.5)."""
CONTENDERS = {"parts": "同一目标的各分项", "leads": "各牵头单位"}
"""Who is compared: the parts of one allocated target, or every body that leads commitments (考核)."""
MISSING = {"zero": "不得分", "left_out": "不计这一维度，其余维度按比例折算"}
"""What becomes of a dimension for which a body has no figure."""
FIGURES = {"value": "本期数值", "pace": "序时完成", "steady": "各月达序时", "arrived": "各月报送采信"}
"""What a dimension takes: a part's own figure, or one that is reckoned from the lights of all a body leads.

``pace``: how much of what was due by now is done, each commitment counting at most as due; one without an accepted
figure counts as nothing done. ``steady``: of the months with a light, how many were not warned. ``arrived``: of the
reports due, how many were accepted in time to count.
"""


@dataclass(frozen=True, slots=True)
class Dimension:
    """晾晒维度: what is compared, its weight, and how a figure becomes points.

    ``cap`` bounds the share of the weight that 比例法 can give (1: at most the weight); ``is_lower_better``
    turns the order of 排名法 and the ends of 功效系数法.
    """

    name: str
    label: str
    weight: Fraction
    method: str
    cap: Fraction | None = Fraction(1)
    is_lower_better: bool = False
    figure: str = "value"


@dataclass(frozen=True, slots=True)
class Counted:
    """加减分项: points for each entry of a list that belongs to a body: by the field that names it, its state and values."""

    name: str
    label: str
    points: Fraction
    list: str
    body: str
    states: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeagueRules:
    """晾晒规则: fixed before the period; ``version`` is the hash of their text.

    ``minimum_inputs`` is how many dimensions a body must have figures for, else it is named but not ranked;
    ``bonus_cap`` and ``deduction_cap`` bound what is added and taken in all.
    """

    name: str
    label: str
    version: str
    source: Source
    period: str
    peer_group: str
    dimensions: Mapping[str, Dimension]
    decimals: int = 2
    minimum_inputs: int = 1
    bonus_cap: Fraction = Fraction(0)
    deduction_cap: Fraction = Fraction(0)
    objection_days: int = 0
    note: str = ""
    contenders: str = "parts"
    missing: str = "zero"
    counted: tuple[Counted, ...] = ()
    edition: str = ""
    valid_from: date | None = None

    @property
    def called(self) -> str:
        """Its name with its edition."""
        return f"{self.label}，{self.edition}" if self.edition else self.label


def read_league_rules(text: str, name: str) -> tuple[LeagueRules | None, tuple[Finding, ...]]:
    """The league rules a YAML text spells out, or None, and all that is to be said about it.

    Args:
        name: the file's name, for the findings.
    """
    checked = CheckedText(text, name)
    rules = _build(checked, text) if checked.is_sound else None
    return (rules if checked.is_sound else None), tuple(checked.findings)


def shipped_league_rules(name: str = "zone-investment", pack: str = "national") -> LeagueRules:
    """League rules that come with the program, by their file's name.

    Raises:
        FileNotFoundError: there are none.
        ValueError: the shipped file is faulty.
    """
    path = resources.files("luoshi").joinpath("packs", pack, "league", f"{name}.yaml")
    rules, findings = read_league_rules(path.read_text("utf-8"), f"{name}.yaml")
    if rules is None:
        raise ValueError("\n".join(str(finding) for finding in findings))
    return rules


def _build(checked: CheckedText, text: str) -> LeagueRules:
    data = checked.root(
        ("league", "label", "source", "period", "peer_group", "dimensions"),
        (
            "edition", "valid_from", "decimals", "minimum_inputs", "bonus_cap", "deduction_cap", "objection_days", "note", "contenders",
            "adjustments", "missing",
        ),
    )  # fmt: skip
    rows = checked.rows(data.get("dimensions"), ("dimensions",))
    if checked.is_sound and not rows:
        checked.say("E008", ("dimensions",), "至少要有一个维度。")
    dimensions = {name: _dimension(checked, name, row) for name, row in rows.items()}
    contenders = checked.one_of(data.get("contenders", "parts"), ("contenders",), CONTENDERS)
    for name, dimension in dimensions.items():
        if (dimension.figure == "value") != (contenders == "parts"):
            message = f"比较{CONTENDERS.get(contenders, '')}时，不能用“{dimension.figure}”这种数据。"
            checked.say("E008", ("dimensions", name), message)
    adjustments = checked.rows(data.get("adjustments"), ("adjustments",))
    minimum = checked.whole(data.get("minimum_inputs", "1"), ("minimum_inputs",), 1)
    if rows and minimum > len(rows):
        checked.say("E008", ("minimum_inputs",), f"最少维度数{minimum}多于全部{len(rows)}个维度，无人能参加排名。")
    return LeagueRules(
        name=checked.text(data.get("league"), ("league",)),
        label=checked.text(data.get("label"), ("label",)),
        version=hashlib.sha256(text.encode()).hexdigest()[:16],
        source=checked.source(data.get("source"), ("source",)),
        period=checked.one_of(data.get("period"), ("period",), ("month", "quarter", "year")),
        peer_group=checked.text(data.get("peer_group"), ("peer_group",)),
        dimensions=dimensions,
        decimals=checked.whole(data.get("decimals", "2"), ("decimals",)),
        minimum_inputs=minimum,
        bonus_cap=_not_negative(checked, data.get("bonus_cap", "0"), ("bonus_cap",)),
        deduction_cap=_not_negative(checked, data.get("deduction_cap", "0"), ("deduction_cap",)),
        objection_days=checked.whole(data.get("objection_days", "0"), ("objection_days",)),
        note=checked.text(data.get("note"), ("note",)),
        contenders=contenders,
        missing=checked.one_of(data.get("missing", "zero"), ("missing",), MISSING),
        counted=tuple(_counted(checked, name, row) for name, row in adjustments.items()),
        edition=checked.text(data.get("edition"), ("edition",)),
        valid_from=checked.day(data.get("valid_from"), ("valid_from",)),
    )


def _counted(checked: CheckedText, name: str, data: object) -> Counted:
    path: Path = ("adjustments", name)
    row = checked.mapping(data, path, ("label", "points", "list", "body"), ("states", "where"))
    points = checked.number(row.get("points"), (*path, "points"))
    if points == 0:
        checked.say("E008", (*path, "points"), "加减分不能是0。")
    states = tuple(
        checked.text(state, (*path, "states")) for state in checked.items(row.get("states"), (*path, "states"))
    )
    where = {
        key: checked.text(value, (*path, "where", key))
        for key, value in checked.rows(row.get("where"), (*path, "where")).items()
    }
    label, of = checked.text(row.get("label"), (*path, "label")), checked.text(row.get("list"), (*path, "list"))
    return Counted(name, label, points, of, checked.text(row.get("body"), (*path, "body")), states, where)


def _dimension(checked: CheckedText, name: str, data: object) -> Dimension:
    path: Path = ("dimensions", name)
    row = checked.mapping(data, path, ("label", "weight", "method"), ("cap", "lower_is_better", "figure"))
    weight = checked.number(row.get("weight"), (*path, "weight"))
    if weight <= 0:
        checked.say("E008", (*path, "weight"), f"权重应大于0，得到“{row.get('weight')}”。")
    method = checked.one_of(row.get("method"), (*path, "method"), METHODS)
    cap: Fraction | None = Fraction(1)
    if "cap" in row:
        cap = None if row["cap"] is None else _not_negative(checked, row["cap"], (*path, "cap"))
    lower = checked.flag(row.get("lower_is_better"), (*path, "lower_is_better"))
    if lower and method == "proportional":
        checked.say("E008", (*path, "lower_is_better"), "比例法不能用于越低越好的维度，请改用功效系数法或排名法。")
    figure = checked.one_of(row.get("figure", "value"), (*path, "figure"), FIGURES)
    return Dimension(name, checked.text(row.get("label"), (*path, "label")), weight, method, cap, lower, figure)


def _not_negative(checked: CheckedText, data: object, path: Path) -> Fraction:
    value = checked.number(data, path)
    if value < 0:
        checked.say("E008", path, f"不能小于0，得到“{data}”。")
    return value
