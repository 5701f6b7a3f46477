"""The second factor: in force after a first right code, each code once, recovery codes kept as hashes."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from luoshi.acts.accounts import create_account
from luoshi.acts.second_factor import (
    begin_factor,
    confirm_factor,
    end_factor,
    factor_of,
    key_begun,
    passes_factor,
    recovery_left,
    take_factor_away,
)
from luoshi.people.one_time_code import code_at, step_of
from luoshi.store.second_factor import SecondFactor
from luoshi.terms.refusal import Refused

NOW = datetime(2023, 9, 28, 2, tzinfo=UTC)
PASSWORD = "a-long-road-7"


@pytest.fixture
def account(db):
    return create_account("wang", "王某", PASSWORD)


def _code(key, now=NOW):
    return code_at(base64.b32decode(key), step_of(int(now.timestamp())))


@pytest.fixture
def on(account):
    """The key, and the recovery codes."""
    key = begin_factor(account)
    return key, confirm_factor(account, _code(key), NOW)


def test_nothing_is_asked_for_before_a_first_code_was_right(account):
    key = begin_factor(account)
    assert (len(key), key_begun(account)) == (32, key)
    assert factor_of(account) is None
    assert not passes_factor(account, _code(key), NOW)
    with pytest.raises(Refused) as refused:
        confirm_factor(account, "000000" if _code(key) != "000000" else "111111", NOW)
    assert refused.value.refusal.id == "acts.wrong_code"
    assert factor_of(account) is None
    assert len(confirm_factor(account, _code(key), NOW)) == 8
    assert factor_of(account)


def test_a_code_is_taken_once(account, on):
    key, _ = on
    assert not passes_factor(account, _code(key), NOW)  # it confirmed the key already
    later = NOW + timedelta(seconds=30)
    assert passes_factor(account, _code(key, later), later)
    assert not passes_factor(account, _code(key, later), later)
    assert not passes_factor(account, _code(key), later)  # nor an earlier one


def test_a_recovery_code_is_taken_once_and_kept_nowhere(account, on):
    _, codes = on
    kept = SecondFactor.objects.get().recovery
    assert len(set(codes)) == 8
    assert not any(code in kept for code in codes)
    assert passes_factor(account, f" {codes[3].upper()} ", NOW)
    assert not passes_factor(account, codes[3], NOW)
    assert recovery_left(factor_of(account)) == 7
    assert not passes_factor(account, json.loads(kept)[0], NOW)  # the hash itself opens nothing


def test_the_key_is_sealed_and_of_no_use_with_another_secret(account, on, settings):
    key, codes = on
    kept = SecondFactor.objects.get()
    assert key not in kept.sealed_key
    assert base64.b32decode(key).hex() not in kept.sealed_key
    settings.SECRET_KEY = "another"
    later = NOW + timedelta(minutes=5)
    assert not passes_factor(account, _code(key, later), later)
    assert passes_factor(account, codes[0], later)  # still a way in


def test_a_factor_in_force_is_not_replaced_unasked(account, on):
    with pytest.raises(Refused) as refused:
        begin_factor(account)
    assert refused.value.refusal.id == "acts.factor_stands"


def test_ending_it_takes_password_and_code(account, on):
    _, codes = on
    for password, code, identity in (("wrong", codes[0], "acts.wrong_password"), (PASSWORD, "x", "acts.wrong_code")):
        with pytest.raises(Refused) as refused:
            end_factor(account, password, code, NOW)
        assert refused.value.refusal.id == identity
    end_factor(account, PASSWORD, codes[0], NOW)
    assert factor_of(account) is None


def test_a_lost_telephone_is_helped_by_taking_the_factor_away(account, on):
    assert take_factor_away(account)
    assert not take_factor_away(account)
    assert factor_of(account) is None
