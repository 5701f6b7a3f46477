"""A reading as rows for people: one row for each target and each commitment without a number, in text order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePath

from luoshi.reading.coverage import coverage
from luoshi.reading.model import Commitment, Mention, Reading
from luoshi.reading.passage import MEASURE
from luoshi.terms.number import exact, fixed, plain

KINDS = {"target": "目标", "project": "项目", "honour": "荣誉", "event": "活动", "measure": "举措"}
STAGES = {"plan": "谋划", "start": "启动", "advance": "推进", "complete": "建成", "operate": "投用", "upgrade": "提升"}
COMPARATORS = {">=": "≥", "<=": "≤", "=": "", "~": "约"}
BASES = {"growth": "增长", "reduction": "下降", "share": "占比"}
MODALITIES = {"firm": "硬目标", "aspire": "争先项"}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """识读行: one promise as a person reads it; ``rules`` say field by field which rules fired on which words."""

    task: str
    area: str
    kind: str
    name: str
    goal: str
    modality: str
    quote: str
    doubt: str
    start: int
    end: int
    rules: tuple[str, ...]


def rows_of(reading: Reading, *, explain: bool = False) -> list[ReadRow]:
    """All rows, in text order; with ``explain`` each says for every field the words and rules that gave it."""
    both: list[tuple[ReadRow, Mention | Commitment]] = [
        *((_target(reading, one), one) for one in reading.targets),
        *((_promise(reading, one), one) for one in reading.commitments),
    ]
    rows = [replace(row, rules=_rules(reading, one)) if explain else row for row, one in both]
    return sorted(rows, key=lambda row: (row.start, row.end))


def _rules(reading: Reading, one: Mention | Commitment) -> tuple[str, ...]:
    from luoshi.reading.explain import field_lines

    return tuple(line.strip() for line in field_lines(reading, one))


def _target(reading: Reading, one: Mention) -> ReadRow:
    goal = "".join([
        (one.baseline and f"（较{one.baseline}）") or "",
        BASES.get(one.basis, "") if one.basis != "share" else "",
        COMPARATORS.get(one.comparator, ""),
        number(one.value),
        f"～{number(one.value_max)}" if one.value_max is not None else "",
        one.unit,
    ])  # fmt: skip
    return _row(reading, one, "目标", one.indicator, goal)


def _promise(reading: Reading, one: Commitment) -> ReadRow:
    return _row(reading, one, KINDS.get(one.kind, one.kind), one.object, STAGES.get(one.stage or "", ""))


def _row(reading: Reading, one: Mention | Commitment, kind: str, name: str, goal: str) -> ReadRow:
    area = reading.document.areas[one.area].title if one.area is not None else ""
    return ReadRow(
        str(one.task) if one.task is not None else "", area, kind, name, goal,
        MODALITIES.get(one.modality, one.modality), one.quote, one.doubt, one.start, one.end, (),
    )  # fmt: skip


def number(value: Decimal | None) -> str:
    """A number as written in tables: −3.2."""
    return plain(value).replace("-", "−") if value is not None else ""


def summary(reading: Reading, rows: list[ReadRow]) -> str:
    """What was found, in one sentence."""
    counts = {kind: sum(row.kind == kind for row in rows) for kind in KINDS.values()}
    told = "、".join(f"{kind}{count}个" for kind, count in counts.items() if count)
    doubts = sum(bool(row.doubt) for row in rows)
    tasks = f"{len(reading.document.tasks)}项任务，" if reading.document.tasks else ""
    file = PurePath(reading.document.name)
    place = f"（文件{file.name}）" if reading.document.called != file.stem else ""
    return f"《{reading.document.called}》{place}：{tasks}{told or '没有读出目标或承诺'}" + (
        f"；其中{doubts}条请人工核对。{_rest(reading)}" if doubts else f"。{_rest(reading)}"
    )


def _rest(reading: Reading) -> str:
    """How many clauses are vague, and which part of the text belongs to something."""
    covered = coverage(reading)
    vague = sum(one.role == MEASURE for one in reading.passages)
    if not covered.total:
        return ""
    held = fixed(exact(covered.held) * 100 / covered.total, 1)
    return f"其余{vague}句为定性举措，随任务采纳；全文{covered.total}字，{held}%有归属。"
