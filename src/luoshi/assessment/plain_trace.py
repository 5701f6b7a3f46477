"""Traces as JSON without numbers, and as lines for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache

from luoshi.terms.period import chinese_date
from luoshi.terms.source import Source
from luoshi.terms.trace import Input, Step, Trace

Plain = str | bool | None | list["Plain"] | dict[str, "Plain"]
"""JSON without numbers: numbers are strings, so that their bytes never depend on a machine."""


def trace_to_plain(trace: Trace) -> dict[str, Plain]:
    """The trace as JSON without numbers."""
    return {
        "rule": trace.rule,
        "inputs": [
            {"name": i.name, "value": i.value, "on": i.on.isoformat() if i.on else None, "origin": i.origin}
            for i in trace.inputs
        ],
        "steps": [{"text": step.text, "result": step.result} for step in trace.steps],
        "source": dict(_source(trace.source)),
    }


@lru_cache(maxsize=256)
def _source(source: Source) -> tuple[tuple[str, str], ...]:
    """The source's words; many lights share the one of their rule set."""
    return tuple((key, value) for key, value in asdict(source).items() if value)


def trace_from_plain(plain: Mapping[str, Plain]) -> Trace:
    """The trace that was written by ``trace_to_plain``."""
    source = plain["source"]
    return Trace(
        str(plain["rule"]),
        tuple(
            Input(
                str(i["name"]), str(i["value"]), date.fromisoformat(str(i["on"])) if i["on"] else None, str(i["origin"])
            )
            for i in _rows(plain["inputs"])
        ),
        tuple(Step(str(step["text"]), str(step["result"])) for step in _rows(plain["steps"])),
        Source.of(source if isinstance(source, dict) else None),
    )


def _rows(plain: Plain) -> list[dict[str, Plain]]:
    return [row for row in plain if isinstance(row, dict)] if isinstance(plain, list) else []


def render_trace(trace: Trace) -> tuple[str, ...]:
    """The trace as lines: rule, source, inputs with dates and origins, arithmetic (``实际 ÷ 应达 = 12 ÷ 11.25 = 1.07``)."""
    lines = [f"规则：{trace.rule}", f"来源：{trace.source}"]
    for given in trace.inputs:
        on = f"（{chinese_date(given.on)}）" if given.on else ""
        origin = f"，取自{given.origin}" if given.origin else ""
        lines.append(f"{given.name}：{given.value}{on}{origin}")
    return (*lines, *(_line(step) for step in trace.steps))


def _line(step: Step) -> str:
    if not step.result:
        return step.text
    is_number = step.result[0] in "+−-" or step.result[0].isdigit()
    return f"{step.text} = {step.result}" if is_number else f"{step.text} → {step.result}"
