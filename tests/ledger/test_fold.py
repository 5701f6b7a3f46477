"""State is the fold of facts: for every shipped list, along any walk of permitted moves."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.ledger.fact import BEGINNING, broken, record
from luoshi.ledger.fold import fold, held_on, known_at
from luoshi.lists.entry import Change, Moment
from luoshi.lists.holiday import is_working_day
from luoshi.lists.load import read_definition
from luoshi.lists.move import Birth, Circumstances, apply, decide, permitted
from luoshi.lists.value import decode, encode
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster
from luoshi.terms.period import chinese_date

LISTS = Path(__file__).resolve().parents[2] / "src/luoshi/packs/national/lists"
DEFINITIONS = {p.stem: read_definition(p.read_text("utf-8"), p.name)[0] for p in sorted(LISTS.glob("*.yaml"))}
ROSTER = Roster.of([Body("fgj", "县发改局"), Body("jtj", "县教体局")])
START = datetime(2023, 1, 9, 8, tzinfo=UTC)


def _circumstances(number, lag=0):
    """The number-th act: another person each time (four eyes), every post held, a day later than the last."""
    posts = tuple(Post(role.value, "fgj", role) for role in Role)
    now = START + timedelta(days=number)
    moment = Moment(now.date() - timedelta(days=lag), now)
    return Circumstances(Actor(f"account{number}", "某", posts), moment, ROSTER, is_working_day, "p1")


def _typed(field, salt, day):
    """Something a person could have typed into the field; a date that many days after the beginning."""
    if field.type == "rows":
        return [{name: _typed(column, salt + i, day) for name, column in field.columns.items()} for i in range(2)]
    return {
        "integer": str(salt % 9 + 1),
        "decimal": f"{salt % 90 + 1}.50",
        "boolean": "是",
        "date": chinese_date(START.date() + timedelta(days=day)),
        "period": f"2023-{salt % 12 + 1:02}",
        "choice": list(field.of)[salt % len(field.of)] if field.of else "",
        "body": "fgj",
        "bodies": "fgj、jtj",
        "texts": "甲、乙",
        "evidence": f"e{salt}",
        "references": f"r{salt}",
    }.get(field.type, f"文字{salt}")


def _walk(definition, draws):
    """Facts and changes of one entry, from its opening along permitted moves; a draw chooses move, values, lag."""
    facts, changes, entry, now = [], [], None, None
    for number, draw in enumerate(draws):
        circumstances = _circumstances(number, draw % 3)
        moves = permitted(definition, entry, circumstances.actor, ROSTER) if entry else definition.opening_moves
        if not moves:
            break
        move = moves[draw % len(moves)]
        settable = move.sets or (definition.fields if move.opens else ())
        later = 30 + 60 * number + draw % 20  # an extension asked for ends after the term it extends
        typed = {name: _typed(definition.fields[name], draw + i, later + i) for i, name in enumerate(settable)}
        subject = entry or Birth("e1", "p1")
        now = decide(definition, subject, move.name, typed, circumstances, "依据会议纪要")
        assert isinstance(now, Change), (definition.name, move.name, now)
        facts.append(record(now, f"act{number}", facts[-1].hash if facts else BEGINNING))
        changes.append(now)
        entry = apply(entry, now)
    return facts, changes, entry


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_folding_the_facts_gives_what_applying_the_changes_gave(name):
    definition = DEFINITIONS[name]

    @given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8), st.integers(0, 8))
    @settings(max_examples=40)
    def holds(draws, cut):
        facts, _, entry = _walk(definition, draws)
        versions = {definition.version: definition}
        assert fold(facts, versions.__getitem__) == entry
        assert fold(facts[cut:], versions.__getitem__, fold(facts[:cut], versions.__getitem__)) == entry
        assert broken(facts) is None
        assert entry.version == len(facts)
        stored = {key: decode(definition.fields[key], encode(value)) for key, value in entry.values.items()}
        assert stored == dict(entry.values)

    holds()


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_every_state_of_a_shipped_list_can_be_reached_by_permitted_moves(name):
    definition, number = DEFINITIONS[name], 0
    reached, waiting = {}, [None]
    while waiting:
        entry = waiting.pop()
        number += 1
        circumstances = _circumstances(
            number, 0
        )  # somebody else each time, so that nobody has to stand back; days grow
        for move in permitted(definition, entry, circumstances.actor, ROSTER) if entry else definition.opening_moves:
            settable = move.sets or (definition.fields if move.opens else ())
            typed = {
                each: _typed(definition.fields[each], 30 * number + i, 30 * number + i + 30)
                for i, each in enumerate(settable)
            }
            change = decide(definition, entry or Birth("e1", "p1"), move.name, typed, circumstances, "依据会议纪要")
            if isinstance(change, Change) and change.to_state not in reached:
                reached[change.to_state] = apply(entry, change)
                waiting.append(reached[change.to_state])
    assert set(reached) == set(definition.states)


def test_no_facts_are_no_entry():
    assert fold([], DEFINITIONS.__getitem__) is None


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8), st.integers(-1, 9))
def test_as_known_then_is_what_folding_to_that_moment_gives(draws, days):
    facts, changes, _ = _walk(DEFINITIONS["task"], draws)
    moment = START + timedelta(days=days)
    known = known_at(facts, moment)
    assert known == facts[: max(0, days + 1)]
    entry = None
    for change in changes[: len(known)]:
        entry = apply(entry, change)
    assert fold(known, lambda _: DEFINITIONS["task"]) == entry


def _dated(*days):
    """Facts of one problem that occurred on these days, learnt one after the other."""
    definition = DEFINITIONS["target"]
    typed = {"indicator": "固定资产投资", "kind": "at_least", "value": "15", "unit": "亿元"}
    facts, entry = [], None
    for number, day in enumerate(days):
        circumstances = dataclasses.replace(
            _circumstances(number), moment=Moment(date.fromisoformat(day), START + timedelta(days=number))
        )
        move, values = ("amend", {"value": str(15 + number)}) if entry else ("adopt", typed)
        change = decide(definition, entry or Birth("e1", "p1"), move, values, circumstances, "更正")
        facts.append(record(change, "a", facts[-1].hash if facts else BEGINNING))
        entry = apply(entry, change)
    return facts


def test_what_held_on_a_day_includes_what_was_learnt_later():
    facts = _dated("2023-01-05", "2023-03-01", "2023-02-01")
    assert [fact.version for fact in held_on(facts, date(2023, 2, 15))] == [1, 3]
    entry = fold(held_on(facts, date(2023, 2, 15)), lambda _: DEFINITIONS["target"])
    assert (entry["value"], entry.version) == (17, 3)


def test_before_the_opening_nothing_held():
    facts = _dated("2023-01-05", "2023-01-02")
    assert held_on(facts, date(2023, 1, 4)) == []
    assert held_on(facts, date(2023, 1, 5)) == facts
