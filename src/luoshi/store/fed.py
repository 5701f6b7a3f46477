"""取数: figures of the month's report that are measures of other lists (``feeds``; design.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from luoshi.lists.definition import Definition, Feed
from luoshi.lists.formula.reckoning import Reckoned
from luoshi.store import definitions
from luoshi.store.queries.reckoned import over
from luoshi.terms.number import plain, round_half_up
from luoshi.terms.period import Period
from luoshi.terms.trace import Trace
from luoshi.terms.unit import Quantity, UnitMismatch, unit

_PLACES = 4
"""Decimals of a figure whose measure does not say how many."""


@dataclass(frozen=True, slots=True)
class FedFigure:
    """系统取数: what a measure says of a commitment for a month, in the commitment's own unit."""

    value: Decimal
    origin: str
    trace: Trace


def fed_figures(plan: str, commitments: Mapping[str, Mapping[str, Any]], period: Period) -> dict[str, FedFigure]:
    """The figures of these commitments that other lists compute, as of the month's last day with what is known now.

    A list is read once, and only when it feeds one of them. A measure that is empty, or in another unit than the
    commitment, feeds nothing: the figure is then typed as any other.

    Args:
        commitments: by id, with ``indicator`` and ``unit``.
    """
    named: dict[str, list[str]] = {}
    for identity, entry in commitments.items():
        named.setdefault(str(entry.get("indicator") or ""), []).append(identity)
    found: dict[str, FedFigure] = {}
    for definition in definitions.lists_in_force().values():
        wanted = [feed for feed in definition.feeds if feed.commitment in named]
        if not wanted:
            continue
        measures = over(definition, [plan], period.last).measures
        for feed in wanted:
            for identity in named[feed.commitment]:
                figure = _figure(
                    definition, feed, measures.get(feed.measure), str(commitments[identity].get("unit") or "")
                )
                if figure:
                    found[identity] = figure
    return found


def _figure(definition: Definition, feed: Feed, measured: Reckoned | None, symbol: str) -> FedFigure | None:
    if measured is None or not isinstance(measured.value, Fraction):
        return None
    measure = next(each for each in definition.reckoning.measures if each.name == feed.measure)
    try:
        amount = Quantity(measured.value, unit(measure.unit)).to(unit(symbol)).amount
    except UnitMismatch:
        return None
    places = measure.places if measure.places is not None else _PLACES
    value = Decimal(plain(round_half_up(amount, places)))
    return FedFigure(value, f"“{definition.label}”的“{measure.label}”", measured.trace)
