"""Which moves are made by acts of their own, and which on many entries at once."""

from luoshi.store import definitions
from luoshi.store.own_acts import can_be_made_together


def test_which_moves_can_be_made_together(db):
    target, report = definitions.current("target"), definitions.current("report")
    assert can_be_made_together(target, target.moves["withdraw"])
    assert not can_be_made_together(target, target.moves["assign"])
    assert not can_be_made_together(target, target.moves["override_light"])
    assert can_be_made_together(report, report.moves["accept"])
    assert not can_be_made_together(report, report.moves["correct"])
    problem = definitions.current("problem")
    assert not any(can_be_made_together(problem, move) for move in problem.opening_moves)
