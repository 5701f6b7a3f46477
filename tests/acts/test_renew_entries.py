"""A county changes a list while entries are open: they keep their version until moved over; replay still holds."""

from __future__ import annotations

import pytest
from county import EDUCATION, PLAN, acting, at, desk_of

from luoshi.acts.open_entry import open_entry
from luoshi.acts.renew_entries import renew_entries, standing
from luoshi.ledger.fold import fold
from luoshi.store import definitions
from luoshi.store.entries import find, find_where
from luoshi.store.facts import of_stream
from luoshi.store.replay import replay
from luoshi.terms.refusal import Refused

OWN = """
list: problem
fields:
  found_on: {indexed: true}
  severity: {type: choice, label: 轻重, of: {grave: 重, light: 轻}}
"""
NARROWER = OWN + "  goal: null\nmoves:\n  assign: {sets: [body, due_on]}\n"


@pytest.fixture
def changed(settings, tmp_path):
    """Lays a county's own wording over the list of problems."""
    settings.LUOSHI_HOME = tmp_path
    folder = tmp_path / "packs" / "own" / "lists"
    folder.mkdir(parents=True)

    def write(text):
        (folder / "problem.yaml").write_text(text, "utf-8")
        definitions._signature_at.cache_clear()

    return write


def _opened(running, text, **more):
    return open_entry(running.supervisor(3, 1), "problem", PLAN, {"text": text, "origin": "audit", **more})


def test_open_entries_are_moved_over_together_and_the_ledger_still_adds_up(running, changed):
    first = _opened(running, "甲", found_on="2023-02-01")
    changed(OWN)
    second = _opened(running, "乙")
    found = standing("problem", PLAN)
    assert (found.fitting, found.unfit) == ((first.id,), ())
    assert find(first.id).definition != find(second.id).definition
    (renewed,) = renew_entries(running.supervisor(3, 2), "problem", PLAN)
    assert renewed.definition == find(second.id).definition
    assert fold(of_stream(first.id), definitions.version) == find(first.id)
    assert [entry.id for entry in find_where(PLAN, "problem", found_on="2023-02-01")] == [first.id]  # indexed anew
    assert list(replay()) == []


def test_an_entry_that_does_not_fit_stays_and_is_named(running, changed):
    held = _opened(running, "甲", goal="达标排放")
    changed(NARROWER)
    ((identity, errors),) = standing("problem", PLAN).unfit
    assert identity == held.id
    assert [error.message for error in errors] == ["新版清单没有“整改目标”一栏，而该栏已经填写。"]
    with pytest.raises(Refused) as refused:
        renew_entries(running.supervisor(3, 2), "problem", PLAN)
    assert refused.value.refusal.id == "acts.nothing_to_renew"


def test_another_countys_plan_is_not_moved_over(running, changed):
    _opened(running, "甲")
    changed(OWN)
    for plan in ("110101-2023", ""):
        with pytest.raises(Refused) as refused:
            renew_entries(running.supervisor(3, 2), "problem", plan)
        assert refused.value.refusal.id == "acts.other_county"


def test_a_desk_officer_does_not_move_entries_over(running, changed):
    _opened(running, "甲")
    changed(OWN)
    with pytest.raises(Refused) as refused:
        renew_entries(acting(desk_of(EDUCATION), at(3, 2)), "problem", PLAN)
    assert refused.value.refusal.id == "lists.not_renewed_by"
