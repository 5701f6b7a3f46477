"""文字里的数: the figure that words of a ledger state, where it has no column of its own: 累计完成投资15.5亿元."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from luoshi.acts.progress_proposal import statements, value_of
from luoshi.document.load import load
from luoshi.lists.entry import Entry
from luoshi.reading.progress import ProgressStatement
from luoshi.terms.period import Period
from luoshi.terms.span import Span

_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """文中之数: the figure in the commitment's unit, and the words it was read from."""

    value: str
    quote: str


def stated_figures(texts: Mapping[str, str], meant: Mapping[str, Entry], period: Period) -> dict[str, StatedFigure]:
    """The figures that rows state in words, by the row's key; only where one figure alone can be meant.

    Estimates, counts of what is listed, tallies, other months, and figures that do not convert into the commitment's
    unit are left to people.

    Args:
        texts: the words of each row.
        meant: the commitment each row was matched to.
    """
    wanted = {key: _BLANK.sub("", text) for key, text in texts.items() if key in meant and re.search(r"\d", text)}
    if not wanted:
        return {}
    document = load("\n\n".join(wanted.values()).encode(), "台账.txt")
    places, at = {}, 0
    for key, text in wanted.items():
        start = document.text.find(text, at)
        if start >= 0:
            at = start + len(text)
            places[key] = Span(start, at)
    found = statements(document, period.start.year, period.last)
    stated = {}
    for key, span in places.items():
        own = [one for one in found if span.start <= one.span.start and one.span.end <= span.end]
        values = [(value_of(one.amount, meant[key]), one) for one in own if _is_certain(one, period)]
        fitting = [(value, one) for value, one in values if value]
        if len({value for value, _ in fitting}) == 1:
            stated[key] = StatedFigure(fitting[0][0], fitting[0][1].span.quote(document.text))
    return stated


def _is_certain(one: ProgressStatement, period: Period) -> bool:
    if one.is_tally or one.amount is None or one.amount.is_estimate or one.amount.is_listed:
        return False
    last = one.as_of.last if one.as_of else None
    return last is None or (last.year, last.month) == (period.last.year, period.last.month)
