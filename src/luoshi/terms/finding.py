"""What is said about a document or about data: values, not exceptions; the run goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """程度: how grave a finding is; an ``error`` keeps what was checked from being used."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """检查发现: one thing noticed, where, why it matters and what to do.

    ``id`` is stable and begins with its room (``document.E002``, ``lists.W004``); ``where`` is written
    for people (``lists/report.yaml:12``, ``全文[298, 302)``); ``message`` and ``hint`` are full Chinese
    sentences with the value got. ``start``/``end`` are code points when a document is meant.
    """

    id: str
    level: Level
    where: str
    message: str
    hint: str = ""
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        return f"{self.id} {self.where} {self.message}{self.hint}"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding forbids using what was checked."""
    return any(finding.level is Level.ERROR for finding in findings)
