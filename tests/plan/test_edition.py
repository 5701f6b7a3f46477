"""Editions are immutable; what the next one changes is told entry by entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.edition import Edition, EditionItem, difference, next_edition
from luoshi.terms.span import Span

ONE, TWO = "1" * 64, "2" * 64


def _item(entry, start, quote="固定资产投资增长9%"):
    return EditionItem(entry, Span(start, start + len(quote)), quote)


items = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2),
    st.tuples(st.integers(0, 50), st.sampled_from(["15亿元", "16亿元", "省级"])),
    max_size=8,
).map(lambda found: [_item(entry, start, quote) for entry, (start, quote) in found.items()])


def test_the_first_edition_adds_everything_in_text_order():
    edition = next_edition(None, [_item("b", 40), _item("a", 3)], ONE)
    assert (edition.number, edition.document, edition.entries) == (1, ONE, ("a", "b"))
    assert [item.entry for item in difference(None, edition).added] == ["a", "b"]


def test_added_dropped_changed_moved_and_kept_are_told_apart():
    old = next_edition(None, [_item("a", 0), _item("b", 20, "15亿元"), _item("c", 40), _item("d", 60)], ONE)
    new = next_edition(old, [_item("a", 0), _item("b", 20, "16亿元"), _item("c", 42), _item("e", 80)], TWO)
    found = difference(old, new)
    assert new.number == 2
    assert found.added == (_item("e", 80),)
    assert found.dropped == (_item("d", 60),)
    assert found.changed == ((_item("b", 20, "15亿元"), _item("b", 20, "16亿元")),)
    assert found.moved == ((_item("c", 40), _item("c", 42)),)
    assert found.kept == (_item("a", 0),)
    assert not found.is_empty


def test_the_same_words_at_other_places_promise_the_same():
    old = next_edition(None, [_item("a", 0)], ONE)
    new = next_edition(old, [_item("a", 7)], TWO)
    assert difference(old, new).is_empty
    assert new.number == 2  # the document is another one, and it is the document that was adopted


@given(items, st.randoms())
def test_the_same_items_of_the_same_document_make_no_new_edition(found, random):
    edition = next_edition(None, found, ONE)
    random.shuffle(found)
    assert next_edition(edition, found, ONE) is edition
    assert next_edition(edition, found, TWO).number == 2


@given(items, items)
def test_old_plus_what_was_added_less_what_was_dropped_is_new(before, after):
    old = next_edition(None, before, ONE)
    new = next_edition(old, after, TWO)
    found = difference(old, new)
    rebuilt = {item.entry: item for item in old.items}
    for item in found.dropped:
        del rebuilt[item.entry]
    for item in found.added:
        assert item.entry not in rebuilt
        rebuilt[item.entry] = item
    for was, now in (*found.changed, *found.moved):
        assert rebuilt[was.entry] == was
        rebuilt[now.entry] = now
    assert next_edition(old, rebuilt.values(), TWO) == new
    parts = [*found.added, *(now for _, now in (*found.changed, *found.moved)), *found.kept]
    assert sorted(item.entry for item in parts) == sorted(new.entries)


@given(items, items)
def test_the_difference_seen_from_the_other_side_is_its_mirror(before, after):
    old, new = next_edition(None, before, ONE), next_edition(None, after, TWO)
    there, back = difference(old, new), difference(new, old)
    assert set(there.added) == set(back.dropped)
    assert set(there.dropped) == set(back.added)
    assert {(b, a) for a, b in there.changed} == set(back.changed)
    assert {(b, a) for a, b in there.moved} == set(back.moved)
    assert difference(old, old).is_empty


@pytest.mark.parametrize(
    ("number", "document", "found", "words"),
    [
        (0, ONE, (), "count from 1"),
        (1, "abc", (), "not a SHA-256"),
        (1, ONE.replace("1", "g"), (), "not a SHA-256"),
        (1, ONE, (_item("b", 9), _item("a", 0)), "text order"),
        (1, ONE, (_item("a", 0), _item("a", 9)), "twice"),
    ],
)
def test_what_is_no_edition_cannot_be_made(number, document, found, words):
    with pytest.raises(ValueError, match=words):
        Edition(number, document, found)


def test_an_item_quotes_exactly_its_span():
    with pytest.raises(ValueError, match="does not hold"):
        EditionItem("a", Span(0, 3), "15亿元")


def test_several_entries_may_rest_on_the_same_words():
    assert next_edition(None, [_item("b", 0), _item("a", 0)], ONE).entries == ("a", "b")
