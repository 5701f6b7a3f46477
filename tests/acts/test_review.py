"""What records of a review come to: each holds until it is taken back, and taking back is a record too."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from luoshi.acts.proposal import Proposal
from luoshi.acts.review import (
    ACCEPTED,
    ADD,
    CORRECT,
    DECIDE,
    MERGE,
    OPEN,
    REJECTED,
    SPLIT,
    UNDO,
    ReviewRecord,
    folded,
    in_the_way,
    last_of,
    records_of,
    review_of,
    with_record,
)

READ = [
    Proposal(name, "task", start, start + 4, "四个字呀", {"name": name, "kind": "project"})
    for name, start in (("c0", 0), ("c10", 10), ("c20", 20))
]


def record(number, what=DECIDE, by="甲", **more):
    return ReviewRecord(number, what, by, f"督{by}", "2023-01-07T10:00:00+08:00", **more)


def made(identity, start=2):
    return Proposal(identity, "task", start, start + 4, "四个字呀", {"name": identity, "kind": "project"})


def test_nothing_recorded_leaves_everything_open_in_text_order():
    review = folded(list(reversed(READ)), ())
    assert [p.id for p in review.proposals] == ["c0", "c10", "c20"]
    assert review.decisions == {}


def test_the_last_decision_holds_and_reopening_is_no_decision():
    records = [
        record(1, ids=("c0", "c10"), decision=ACCEPTED),
        record(2, ids=("c0",), decision=REJECTED),
        record(3, ids=("c10",), decision=OPEN),
    ]
    review = folded(READ, records)
    assert review.decisions == {"c0": REJECTED}
    assert {name: r.number for name, r in review.touched.items()} == {"c0": 2, "c10": 3}


def test_an_undo_takes_back_exactly_its_record():
    records = [record(1, ids=("c0",), decision=ACCEPTED), record(2, ids=("c0",), decision=REJECTED)]
    review = folded(READ, [*records, record(3, UNDO, ids=("c0",), of=2)])
    assert review.decisions == {"c0": ACCEPTED}
    assert len(review.records) == 3
    assert review.touched["c0"].what == UNDO


def test_split_merge_and_add_replace_and_are_undone_whole():
    split = record(1, SPLIT, ids=("c0",), made=(made("s1-1"), made("s1-2")))
    merge = record(2, MERGE, ids=("c10", "c20"), made=(made("m2", 10),))
    add = record(3, ADD, made=(made("a3", 30),))
    review = folded(READ, [split, merge, add])
    assert [p.id for p in review.proposals] == ["s1-1", "s1-2", "m2", "a3"]
    assert review.origin == {"s1-1": SPLIT, "s1-2": SPLIT, "m2": MERGE, "a3": ADD}
    assert [p.id for p in review.accepted] == ["s1-1", "s1-2", "m2", "a3"]
    back = folded(READ, [split, merge, add, record(4, UNDO, of=2), record(5, UNDO, of=1), record(6, UNDO, of=3)])
    assert [p.id for p in back.proposals] == ["c0", "c10", "c20"]
    assert back.decisions == {}


def test_a_correction_changes_fields_and_place_and_counts_as_accepted():
    review = folded(READ, [record(1, CORRECT, ids=("c10",), fields={"name": "新", "quote": "字呀"}, place=(12, 14))])
    changed = review.find("c10")
    assert (changed.fields["name"], changed.fields["kind"]) == ("新", "project")
    assert (changed.start, changed.end, changed.quote) == (12, 14, "字呀")
    assert review.decisions == {"c10": ACCEPTED}


def test_each_person_takes_back_what_was_theirs():
    records = [record(1, ids=("c0",), decision=ACCEPTED), record(2, by="乙", ids=("c10",), decision=ACCEPTED)]
    review = folded(READ, records)
    assert last_of(review, "甲").number == 1
    assert last_of(review, "丙") is None
    assert in_the_way(review, records[0]) is None


def test_what_another_person_built_upon_is_in_the_way():
    split = record(1, SPLIT, ids=("c0",), made=(made("s1-1"), made("s1-2")))
    later = record(2, by="乙", ids=("s1-2",), decision=REJECTED)
    assert in_the_way(folded(READ, [split, later]), split) == later
    assert in_the_way(folded(READ, [split, later, record(3, UNDO, by="乙", of=2)]), split) is None


def test_records_come_back_from_their_lines_as_they_were():
    records = (
        record(1, ids=("c0",), decision=OPEN),
        record(2, CORRECT, ids=("c10",), fields={"name": "线\u2028隔\x85断", "quote": "呀"}, place=(13, 14)),
        record(3, SPLIT, ids=("c20",), made=(dataclasses.replace(made("s3"), rules=("a",), steps=(("a", 1, 2),)),)),
    )
    text = "{}"
    for one in records:
        text = with_record(text, one)
    assert records_of(text) == records


def test_a_review_kept_before_there_were_records_still_stands():
    former = '{"c0": {"decision": "accepted"}, "c10": {"fields": {"name": "改"}, "decision": "accepted"}, "c20": {}}'
    review = review_of(former, READ)
    assert review.decisions == {"c0": ACCEPTED, "c10": ACCEPTED}
    assert review.find("c10").fields["name"] == "改"
    assert records_of("{}") == ()


@given(st.lists(st.sampled_from([(name, word) for name in ("c0", "c10", "c20") for word in (ACCEPTED, REJECTED)])))
def test_taking_everything_back_leaves_what_was_read(steps):
    records = [record(n, ids=(name,), decision=word) for n, (name, word) in enumerate(steps, 1)]
    while (last := last_of(folded(READ, records), "甲")) is not None:
        records.append(record(len(records) + 1, UNDO, ids=last.ids, of=last.number))
    assert folded(READ, records).decisions == {}
    assert len(records) == 2 * len(steps)
