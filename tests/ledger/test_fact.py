"""Facts: canonical bytes, hashes, and whatever is done to a stream afterwards is found."""

import dataclasses
import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.fact import BEGINNING, broken, canonical, change_of, digest, instant, record
from luoshi.lists.definition import ClockRule, Definition, Field, State
from luoshi.lists.entry import Change, Clock
from luoshi.terms.source import Source

FIELDS = {"value": Field("value", "decimal", "数值"), "text": Field("text", "text", "文字")}
DEFINITION = Definition(
    "report", "月报", "0123456789abcdef", Source(), FIELDS, {"submitted": State("submitted", "待签发")}, {},
    {"reply": ClockRule("reply", "反馈", "submit", ("sign",), 5)},
)  # fmt: skip
CHANGE = Change(
    "r1", "report", "p1", DEFINITION.version, "submit", "report.submitted", "", "submitted", 0, date(2023, 9, 30),
    datetime(2023, 9, 30, 16, 0, tzinfo=timezone(timedelta(hours=8))), "li", "fgj",
    {"value": Decimal("12.50"), "text": "完成投资"}, {"reply": Clock(date(2023, 9, 30), date(2023, 10, 5), date(2023, 10, 5))},
    "首次填报",
)  # fmt: skip

json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.text(max_size=4)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def _stream(length):
    facts = []
    for number in range(length):
        change = dataclasses.replace(
            CHANGE,
            entry_version=number,
            values={"value": Decimal(number)},
            recorded_at=CHANGE.recorded_at + timedelta(number),
        )
        facts.append(record(change, f"act{number}", facts[-1].hash if facts else BEGINNING))
    return facts


def test_canonical_bytes_are_as_the_design_says():
    data = {"b": ["1.5", True, None], "a": {"乙": "中 文", "甲": 'a"b'}}
    assert canonical(data) == '{"a":{"乙":"中 文","甲":"a\\"b"},"b":["1.5",true,null]}'


@pytest.mark.parametrize(
    "data",
    [1, 1.5, {"a": 1}, ["a", [Decimal(1)]], {1: "a"}, {"a": {"b": ("c",)}}, {"a": date(2023, 1, 1)}, {"a": b"c"}],
)
def test_a_number_or_a_foreign_value_cannot_stand_in_a_payload(data):
    with pytest.raises(TypeError):
        canonical(data)


@given(json_values, json_values)
def test_equal_data_have_equal_bytes_and_different_data_different_ones(one, two):
    # 1 == True in Python, but numbers never get here, so == is equality of JSON
    assert (canonical(one) == canonical(two)) == (one == two)
    assert json.loads(canonical(one)) == one


@given(st.dictionaries(st.text(max_size=3), json_values, max_size=4), st.randoms())
def test_the_order_in_which_keys_were_set_does_not_matter(data, random):
    keys = list(data)
    random.shuffle(keys)
    assert canonical({key: data[key] for key in keys}) == canonical(data)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2023, 9, 30, 16, 0, tzinfo=timezone(timedelta(hours=8))), "2023-09-30T08:00:00.000000Z"),
        (datetime(2023, 9, 30, 8, 0, 0, 5, tzinfo=UTC), "2023-09-30T08:00:00.000005Z"),
        (datetime(987, 1, 2, tzinfo=UTC), "0987-01-02T00:00:00.000000Z"),
    ],
)
def test_an_instant_is_written_in_utc_with_microseconds(moment, written):
    assert instant(moment) == written


def test_an_instant_without_a_zone_is_no_instant():
    with pytest.raises(ValueError, match="zone"):
        instant(datetime(2023, 9, 30))  # noqa: DTZ001


def test_a_fact_says_what_was_done_in_bytes_anyone_can_hash_again():
    fact = record(CHANGE, "act1", BEGINNING)
    assert fact.payload == (
        '{"clocks":{"reply":{"due_on":"2023-10-05","first_due_on":"2023-10-05","started_on":"2023-09-30"}},'
        '"definition":"0123456789abcdef","from":"","list":"report","move":"submit","plan":"p1","reason":"首次填报",'
        '"to":"submitted","values":{"text":"完成投资","value":"12.5"}}'
    )
    envelope = (
        '{"act_id":"act1","actor":"li","body":"fgj","kind":"report.submitted","occurred_on":"2023-09-30","payload":'
        + json.dumps(fact.payload, ensure_ascii=False)
        + ',"prev_hash":"","recorded_at":"2023-09-30T08:00:00.000000Z","stream":"r1","version":"1"}'
    )
    assert fact.hash == hashlib.sha256(envelope.encode()).hexdigest()
    assert fact.data()["values"] == {"text": "完成投资", "value": "12.5"}


def test_the_hash_can_be_taken_with_sm3_where_the_county_asks_for_it():
    fact = record(CHANGE, "act1", BEGINNING)
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3")
    assert digest(fact, "sm3") != fact.hash
    assert len(digest(fact, "sm3")) == 64


def test_a_change_is_read_back_from_its_fact():
    assert change_of(record(CHANGE, "act1", BEGINNING), DEFINITION) == CHANGE
    stopped = dataclasses.replace(
        CHANGE,
        clocks={"reply": Clock(date(2023, 9, 30), date(2023, 10, 5), date(2023, 10, 5), date(2023, 10, 1))},
        reason="",
    )
    assert change_of(record(stopped, "act1", BEGINNING), DEFINITION) == stopped
    bare = dataclasses.replace(CHANGE, clocks={}, values={"text": None})
    assert change_of(record(bare, "act1", BEGINNING), DEFINITION) == bare


def test_a_fact_is_read_only_with_the_definition_it_was_made_under():
    with pytest.raises(ValueError, match="made under 0123456789abcdef, not other"):
        change_of(record(CHANGE, "act1", BEGINNING), dataclasses.replace(DEFINITION, version="other"))


@pytest.mark.parametrize(
    "payload",
    [
        {"values": "x"},
        {"values": {}, "clocks": []},
        {"values": {}, "clocks": {"reply": "soon"}},
    ],
)
def test_a_payload_that_states_no_change_is_loud(payload):
    fact = dataclasses.replace(
        record(CHANGE, "a", BEGINNING),
        payload=canonical(
            {"definition": DEFINITION.version, "list": "x", "plan": "p", "move": "m", "from": "", "to": "s", **payload}
        ),
    )
    with pytest.raises(ValueError, match=r"payload|clock"):
        change_of(fact, DEFINITION)


@given(st.integers(0, 6))
def test_a_stream_as_recorded_holds(length):
    assert broken(_stream(length)) is None


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(record(CHANGE, "a", BEGINNING))])
@given(st.integers(0, 3), st.data())
def test_one_character_changed_anywhere_is_found_at_its_fact(field, at, data):
    facts = _stream(4)
    old = getattr(facts[at], field)
    if isinstance(old, str):
        place = data.draw(st.integers(0, max(0, len(old) - 1)))
        sign = data.draw(st.characters(codec="utf-8").filter(lambda c: c != old[place : place + 1]))
        new = old[:place] + sign + old[place + 1 :]
    else:
        new = old + 1 if isinstance(old, int) else old + timedelta(data.draw(st.integers(1, 400)))
    facts[at] = dataclasses.replace(facts[at], **{field: new})
    found = broken(facts)
    assert found is not None
    # a stream's first fact names the stream: when it was renamed, the next one is the stranger
    assert found[0].version in {facts[at].version, facts[at].version + 1}
    assert found[1].endswith("。")


@given(st.integers(2, 6), st.data())
def test_a_fact_dropped_repeated_or_out_of_order_is_found(length, data):
    facts = _stream(length)
    at = data.draw(st.integers(0, length - 2))
    other = data.draw(st.integers(0, length - 1).filter(lambda i: i != at))
    assert broken(facts[:at] + facts[at + 1 :]) is not None
    assert broken([*facts[: at + 1], *facts[at:]]) is not None
    swapped = list(facts)
    swapped[at], swapped[other] = swapped[other], swapped[at]
    assert broken(swapped) is not None


def test_a_fact_forged_with_a_right_hash_of_its_own_does_not_join():
    facts = _stream(3)
    forged = dataclasses.replace(facts[1], payload=facts[1].payload.replace('"1"', '"9"'))
    facts[1] = dataclasses.replace(forged, hash=digest(forged))
    assert broken(facts) == (facts[2], "与前一条事实的哈希不相接。")


def test_each_fault_is_said_in_its_own_words():
    facts = _stream(3)
    assert broken(facts[1:])[1] == "版本应为1，实为2。"
    assert broken([facts[0], dataclasses.replace(facts[1], actor="wu")])[1] == "内容与其哈希不符。"
    assert broken([facts[0], dataclasses.replace(facts[1], stream="r2")])[1] == "属于另一条目“r2”。"


def test_a_cut_tail_holds_by_itself():
    assert broken(_stream(3)[:2]) is None  # found by the stream's head and the checkpoint
