"""A refusal is a typed value; an act raises it so that nothing is recorded."""

import pytest

from luoshi.terms.refusal import FieldError, Refusal, Refused


def test_a_raised_refusal_carries_the_whole_value_and_reads_as_its_message():
    refusal = Refusal(
        "lists.wrong_state", "已销号的问题不能再次销号。", errors=(FieldError("state", "已销号", "closed"),)
    )
    with pytest.raises(Refused, match="已销号的问题不能再次销号。") as caught:
        raise Refused(refusal)
    assert caught.value.refusal is refusal
    assert caught.value.refusal.status == 409  # a state that does not allow the act, unless said otherwise


def test_a_refusal_without_data_does_not_share_its_mapping_with_another():
    assert Refusal("a.b", "").data == {}
    assert Refusal("a.b", "").data is not Refusal("a.b", "").data
