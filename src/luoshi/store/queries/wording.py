"""How stored writings are shown: 2023年9月30日, 52.13, 15亿元, −3.2."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from luoshi.terms.number import exact, fixed, plain
from luoshi.terms.period import Period, chinese_date

SHANGHAI = ZoneInfo("Asia/Shanghai")
COMPARATORS = {"at_least": "不低于", "at_most": "不高于", "growth": "增长", "reduction": "下降", "rank": "前"}


def values(text: str) -> dict[str, Any]:
    """The values of a row as kept: numbers and dates are their writings."""
    found: dict[str, Any] = orjson.loads(text)
    return found


def day(written: object) -> str:
    """A day kept as ``2023-09-30``."""
    return chinese_date(date.fromisoformat(str(written))) if written else ""


def short_day(written: object) -> str:
    """9月30日, where the year is plain from the page."""
    return day(written).partition("年")[2]


def minute(moment: datetime) -> str:
    """2023年9月27日16:20, Beijing time."""
    local = moment.astimezone(SHANGHAI)
    return f"{chinese_date(local.date())}{local:%H:%M}"


def month(written: object) -> str:
    """2023年9月."""
    return Period.parse(str(written)).label if written else ""


def number(written: object) -> str:
    """A number as kept, its minus as −."""
    return str(written).replace("-", "−") if written not in (None, "") else ""


def amount(written: object, unit: object = "") -> str:
    """15亿元."""
    return f"{number(written)}{unit or ''}" if written not in (None, "") else ""


def percent(ratio: object) -> str:
    """0.5213 as 52.13; empty when unknown."""
    return fixed(exact(str(ratio)) * 100, 2) if ratio not in (None, "") else ""


def bar(ratio: object) -> float | None:
    """How long a bar is, 0 to 100; for drawing only."""
    return round(float(max(exact(0), min(exact(100), exact(str(ratio)) * 100))), 1) if ratio not in (None, "") else None


def difference(now: object, before: object) -> str:
    """+0.72 between two writings; empty when equal or one is missing."""
    if now in (None, "") or before in (None, "") or str(now) == str(before):
        return ""
    gap = exact(str(now)) - exact(str(before))
    return ("+" if gap > 0 else "") + number(plain(gap)) if gap else ""


def goal(entry: Mapping[str, Any]) -> str:
    """The target of an entry in words: 不低于15亿元."""
    if entry.get("value") in (None, ""):
        return str(
            (entry.get("stage") and _STAGES.get(str(entry["stage"]), "")) or _KINDS.get(str(entry.get("kind")), "")
        )
    written = amount(entry["value"], entry.get("unit"))
    kind = str(entry.get("kind") or "")
    if kind == "range":
        return f"{number(entry['value'])}～{amount(entry.get('value_max'), entry.get('unit'))}"
    if kind == "rank":
        return f"前{number(entry['value'])}位"
    return f"{COMPARATORS.get(kind, '')}{written}" if kind in {"at_most", "growth", "reduction"} else written


def title(name: str, entry: Mapping[str, Any]) -> str:
    """What an entry is called, by its list's first words."""
    for field in ("indicator", "name", "matter", "title", "text", "number"):
        if entry.get(field):
            return str(entry[field])[:80]
    return name


_STAGES = {"plan": "谋划", "start": "启动", "advance": "推进", "complete": "建成", "operate": "投用", "upgrade": "提升"}
_KINDS = {"task": "重点任务", "project": "项目", "honour": "取得", "event": "举办", "measure": "落实"}
