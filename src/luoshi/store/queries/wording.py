"""How stored writings are shown: 2023年9月30日, 52.13, 15亿元, −3.2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from luoshi.terms.number import exact, fixed, plain, round_half_up
from luoshi.terms.period import Period, chinese_date

SHANGHAI = ZoneInfo("Asia/Shanghai")
SHORT = 4
"""Decimals up to which a figure is shown as it stands; computed ratios are rounded once to two."""
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


def acting(office: str, name: str) -> str:
    """Who acted, as a sentence begins: 县建设局王某; a post named after its office says the office itself."""
    return name if office and name.startswith(office) else f"{office}{name}"


def minute(moment: datetime) -> str:
    """2023年9月27日16:20, Beijing time."""
    local = moment.astimezone(SHANGHAI)
    return f"{chinese_date(local.date())}{local:%H:%M}"


def month(written: object) -> str:
    """2023年9月."""
    return Period.parse(str(written)).label if written else ""


def number(written: object) -> str:
    """A number as kept, its minus as −."""
    if written in (None, ""):
        return ""
    text = str(written)
    if len(text.partition(".")[2]) > SHORT and text.replace(".", "").lstrip("-").isdigit():
        text = plain(round_half_up(exact(text), 2))
    return text.replace("-", "−")


def amount(written: object, unit: object = "") -> str:
    """15亿元."""
    return f"{number(written)}{unit or ''}" if written not in (None, "") else ""


def percent(ratio: str | Fraction | None) -> str:
    """0.5213 as 52.13; empty when unknown."""
    return fixed(exact(ratio) * 100, 2) if ratio not in (None, "") else ""


def bar(ratio: str | Fraction | None) -> float | None:
    """How long a bar is, 0 to 100; for drawing only."""
    if ratio in (None, ""):
        return None
    share = exact(ratio or 0) * 100
    return round(float(max(Fraction(0), min(Fraction(100), share))), 1)


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
        grown = COMPARATORS["growth"] if entry.get("basis") == "growth" else ""
        if entry.get("value_max") in (None, ""):  # 左右
            return f"{grown}约{written}"
        return f"{grown}{number(entry['value'])}～{amount(entry['value_max'], entry.get('unit'))}"
    if kind == "rank":
        return f"前{number(entry['value'])}位"
    return f"{COMPARATORS.get(kind, '')}{written}" if kind in {"at_most", "growth", "reduction"} else written


def clause(entry: Mapping[str, Any]) -> str:
    """The words of the document around a figure: from comma to comma, never more than its sentence."""
    quote, sentence = str(entry.get("quote") or ""), str(entry.get("sentence") or "")
    place = sentence.find(quote) if quote else -1
    if place < 0 or len(quote) > 20:
        return quote
    before, after = sentence[:place], sentence[place + len(quote) :]
    start = max((before.rfind(mark) for mark in "，,；;。"), default=-1) + 1
    ends = [after.find(mark) for mark in "，,；;。" if mark in after]
    return before[start:] + quote + after[: min(ends, default=len(after))]


def sentence(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sentence that promised it, with the entry's own words marked."""
    quote, whole = str(entry.get("quote") or ""), str(entry.get("sentence") or "")
    before, found, after = whole.partition(quote) if quote else ("", "", "")
    if not found:
        return [{"text": quote, "mark": True}] if quote else []
    return [{"text": before, "mark": False}, {"text": found, "mark": True}, {"text": after, "mark": False}]


def title(name: str, entry: Mapping[str, Any]) -> str:
    """What an entry is called, by its list's first words."""
    for field in ("indicator", "name", "matter", "title", "text", "number"):
        if entry.get(field):
            return str(entry[field])[:80]
    return name


_STAGES = {"plan": "谋划", "start": "启动", "advance": "推进", "complete": "建成", "operate": "投用", "upgrade": "提升"}
_KINDS = {"task": "重点任务", "project": "项目", "honour": "取得", "event": "举办", "measure": "落实"}


def leads(label: Callable[[object], str], entry: Mapping[str, Any]) -> str:
    """Who leads an entry: one body, or several that each lead a part (发改局、教育局分别牵头).

    Args:
        label: the short name of a body's code; empty for none.
    """
    named = [label(code) for code in (entry.get("lead_body"), *(entry.get("other_leads") or ())) if code]
    return f"{'、'.join(named)}分别牵头" if len(named) > 1 else "".join(named)


def helpers(entry: Mapping[str, Any]) -> list[str]:
    """The codes of the bodies that answer beside the lead: those that lead parts, then those that cooperate."""
    return [*(entry.get("other_leads") or ()), *(entry.get("cooperating_bodies") or ())]
