"""A league page says when a rank is shared and why it moved."""

from __future__ import annotations

from fractions import Fraction

from luoshi.assessment.league import LeagueTable, Place
from luoshi.store.queries.league_page import rank_reasons
from luoshi.terms.period import Period
from luoshi.terms.trace import Trace


def _table(month, **ranks):
    """Places from ``name=(rank, movement)``."""
    places = tuple(
        Place(name, f"{name}片区", rank, Fraction(0), "0.00", movement, {}, Trace("晾晒"))
        for name, (rank, movement) in ranks.items()
    )
    return LeagueTable("zones", "v", "片区", Period.month(2023, month), places)


def test_a_shared_rank_and_a_move_between_equals_are_explained():
    # November: 丙 and 辛 share rank 2. December: 丙 scores more, 辛 stands third with the very score it had.
    november = _table(11, 丁=(1, 0), 丙=(2, 0), 辛=(2, 0), 乙=(4, 0))
    december = _table(12, 丁=(1, 0), 丙=(2, 0), 辛=(3, -1), 乙=(4, 0))
    assert rank_reasons(december, november) == {"辛": "上月与丙片区并列第2名；本月丙片区得分更高"}
    assert rank_reasons(november, None) == {"丙": "与辛片区同分，并列第2名", "辛": "与丙片区同分，并列第2名"}


def test_who_was_passed_is_named():
    november = _table(11, 甲=(1, 0), 乙=(2, 0), 丙=(3, 0))
    december = _table(12, 丙=(1, 2), 甲=(2, -1), 乙=(2, 0))
    assert rank_reasons(december, november) == {
        "丙": "上月第3名；本月得分超过甲片区、乙片区",
        "甲": "与乙片区同分，并列第2名；上月第1名；本月丙片区得分更高",
        "乙": "与甲片区同分，并列第2名",
    }
