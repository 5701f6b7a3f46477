"""A light rule set as checked data: legend, inputs, metrics, rules in order of precedence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from luoshi.assessment.condition import Condition, Every, Flag
from luoshi.assessment.metric import Metric
from luoshi.terms.source import Source

SHAPES = {"blue": "◆", "green": "●", "yellow": "▲", "orange": "■", "red": "✖", "grey": "○"}
"""The shape that doubles each tone (ui.md); colour never speaks alone."""


@dataclass(frozen=True, slots=True)
class Colour:
    """灯色: one colour of a rule set with its own word and meaning; ``tone`` is how it is painted.

    ``counts`` is False for colours that say nothing about the work (未报), which runs of colours pass over.
    """

    key: str
    word: str
    meaning: str
    tone: str
    shape: str
    consequence: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class GivenField:
    """填报项定义: a value the rule set asks for: ``number``, ``flag``, ``date``, ``dates`` or ``choice``."""

    name: str
    label: str
    kind: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LightRule:
    """规则: when its condition holds, and no earlier rule's did, its colour is shown with its words.

    ``aspired`` is the colour for aspired targets (力争), when another; ``directly`` the words for targets judged
    without a pace (rates, ceilings, ranks); ``is_added`` marks what the house had
    to add because the published text is silent.
    """

    id: str
    colour: str
    condition: Condition
    says: str
    aspired: str = ""
    directly: str = ""
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class MadeUp:
    """补亮规则: a past colour is shown again in another one once the item has caught up within some periods."""

    past: str
    becomes: str
    condition: Condition
    within_periods: int
    says: str


@dataclass(frozen=True, slots=True)
class TaskRule:
    """任务亮灯规则: the ``favourable`` colours that a task shows only when this share of its parts could be rated."""

    share: Fraction
    favourable: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class RuleSet:
    """亮灯规则集: one county's rules for a light, with their source; ``version`` is the hash of their text.

    ``judges`` is ``progress`` (a monthly report is expected; unreported is never favourable), ``slip``,
    ``ranking`` or ``pool``. ``colours`` are in order from best to worst. ``edition`` is what the county calls this
    wording, ``valid_from`` the first day it may be used on: a period that began earlier is judged by the edition before.
    """

    name: str
    label: str
    version: str
    source: Source
    judges: str
    colours: Mapping[str, Colour]
    fields: Mapping[str, GivenField]
    metrics: Mapping[str, Metric]
    rules: tuple[LightRule, ...]
    otherwise: LightRule
    made_up: MadeUp | None = None
    task: TaskRule | None = None
    edition: str = ""
    valid_from: date | None = None

    @property
    def called(self) -> str:
        """Its name with its edition: 五色图（默认），第1版."""
        return f"{self.label}，{self.edition}" if self.edition else self.label

    @property
    def finished_words(self) -> frozenset[str]:
        """The sentences of the rules that hold only for finished work (已完成), whatever colour they show."""
        return frozenset(rule.says for rule in self.rules if _asks_for_done(rule.condition))


def _asks_for_done(condition: Condition) -> bool:
    if isinstance(condition, Every):
        return any(_asks_for_done(part) for part in condition.parts)
    return condition == Flag("done", True)
