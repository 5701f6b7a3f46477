"""The lights as they are shown: word, shape and colour together, from the active rule set's legend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ProgressClass(Enum):
    """进度类别: where an item stands in a bulletin, whatever the colours of the rule set."""

    DONE = "已完成"
    ON_PACE = "达到序时进度"
    BEHIND = "落后序时进度"
    NOT_DUE = "未到评定时点"
    NOT_REPORTED = "当月未报"
    NOT_VERIFIED = "已报未核实"


@dataclass(frozen=True, slots=True)
class ShownLight:
    """灯色图例: one light of the legend, best first in a legend.

    ``word`` is complete (红灯, 未达序时). ``ink`` and ``tint`` are six hexadecimal digits: text and ground.
    """

    key: str
    word: str
    shape: str
    ink: str = "1C2430"
    tint: str = "FFFFFF"
    meaning: str = ""

    @property
    def shown(self) -> str:
        """Shape and word, so that a colour never speaks alone: ✖ 红灯."""
        return f"{self.shape} {self.word}".strip()


def light_of(legend: tuple[ShownLight, ...], key: str) -> ShownLight:
    """The light of this key.

    Raises:
        KeyError: the legend has no such light.
    """
    for light in legend:
        if light.key == key:
            return light
    raise KeyError(f"灯色{key!r}不在图例中")
