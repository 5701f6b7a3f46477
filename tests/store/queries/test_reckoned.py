"""What a list computes, from entries in the database; fields of referenced entries are seen."""

from __future__ import annotations

import pytest
from county import EDUCATION, PLAN, SUPERVISOR, County

from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.store import definitions
from luoshi.store.models import Account
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.reckoned import computes, formulas_of, measures_of, results


@pytest.fixture
def voted(db, settings):
    """Three candidates for one place; the first two are tied, the third has no majority of 231."""
    settings.LUOSHI_PACKS = ["national", "livelihood-vote"]
    definitions._signature_at.cache_clear()
    running = County().running()
    context = running.supervisor(2, 10)
    vote = {"name": "票决", "deputies": "231", "present": "219", "places": "1", "needs_majority": "是"}
    ballot = open_entry(context, "livelihood_vote", PLAN, vote)
    made = []
    for name, votes in (("甲", "140"), ("乙", "140"), ("丙", "112")):
        entry = open_entry(context, "livelihood_candidate", PLAN, {"name": name})
        typed = {"content": "内容", "body": EDUCATION, "finish_on": "2023-12-20", "vote": ballot.id}
        move_entry(context, entry.id, "screen", typed)
        made.append(move_entry(context, entry.id, "tally", {"votes": votes}))
    return running, made


def _desk(running):
    return desk_for(Account.objects.get(username=SUPERVISOR), running.supervisor(2, 10).today, plan=PLAN)


def test_results_see_fields_of_the_entries_referred_to(voted):
    running, made = voted
    definition = definitions.current("livelihood_candidate")
    found = results(_desk(running), definition, [PLAN])
    result = next(formula for formula in definition.reckoning.formulas if formula.name == "result")
    assert [found.shown(result, entry.id) for entry in made] == ["并列，再次表决", "并列，再次表决", "未过半数"]
    assert [item["value"] for item in measures_of(found, definition)][:2] == ["3个", "0个"]


def test_a_computed_column_of_an_entry_tells_its_arithmetic(voted):
    running, made = voted
    definition = definitions.current("livelihood_candidate")
    told = {item["label"]: item for item in formulas_of(_desk(running), definition, made[0], [PLAN])}
    assert told["得票名次"]["value"] == "1"
    names = {each["name"]: each["value"] for each in told["票决结果"]["why"]["inputs"]}
    assert names["得票数"] == "140"
    assert names["票决的代表总数"] == "231"


def test_a_list_without_formulas_computes_nothing(voted):
    running, _ = voted
    definition = definitions.current("result")
    assert not computes(definition)
    assert results(_desk(running), definition, [PLAN]).rows == {}
