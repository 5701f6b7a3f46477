"""Tokens: who makes them, what they may be used for, and when they stop working."""

from __future__ import annotations

from datetime import date

import pytest
from county import PLANNING, at, desk_of, founder

from luoshi.acts.api_tokens import issue_token, revoke_token, token_written
from luoshi.store.models import Account, ApiToken
from luoshi.terms.refusal import Refused

DAY = date(2023, 1, 3)


def made(until=date(2023, 12, 31), account="desk02", body=PLANNING, name="局业务系统"):
    return issue_token(founder(), account, body, name, until)


def refused(*arguments, **named):
    with pytest.raises(Refused) as found:
        made(*arguments, **named)
    return found.value.refusal


def test_a_token_is_known_by_its_writing_and_only_its_hash_is_kept(running):
    token, written = made()
    assert token_written(written, DAY).id == token.id
    secret = written.split("_", 2)[2]
    assert secret not in str(list(ApiToken.objects.values_list()))


@pytest.mark.parametrize("spoilt", ["", "lsk_", "Bearer x", "lsk_000000000000_" + "a" * 43])
def test_another_writing_is_no_token(running, spoilt):
    made()
    assert token_written(spoilt, DAY) is None


def test_the_secret_of_one_token_does_not_open_another(running):
    first, second = made(), made(name="另一系统")
    mixed = f"lsk_{first[0].id}_{second[1].split('_', 2)[2]}"
    assert token_written(mixed, DAY) is None


def test_a_token_ends_after_its_last_day(running):
    _, written = made(date(2023, 2, 1))
    assert token_written(written, date(2023, 2, 1)) is not None
    assert token_written(written, date(2023, 2, 2)) is None


def test_a_revoked_token_is_useless_and_stays_in_the_list(running):
    token, written = made()
    revoke_token(founder(at(3, 1)), token.id)
    assert token_written(written, DAY) is None
    assert ApiToken.objects.get().revoked_at == at(3, 1)
    revoke_token(founder(at(4, 1)), token.id)
    assert ApiToken.objects.get().revoked_at == at(3, 1), "the first day counts"


def test_a_token_of_an_account_that_was_closed_is_useless(running):
    _, written = made()
    Account.objects.filter(username=desk_of(PLANNING)).update(is_active=False)
    assert token_written(written, DAY) is None


def test_only_administrators_make_tokens(running):
    with pytest.raises(Refused) as found:
        issue_token(running.supervisor(1, 5), desk_of(PLANNING), PLANNING, "系统", date(2023, 12, 31))
    assert found.value.refusal.id == "acts.token_right"


def test_a_token_needs_a_post_in_its_body(running):
    assert refused(body="999901-03").id == "acts.token_without_post"
    assert refused(account="nobody").id == "acts.unknown_account"


@pytest.mark.parametrize(
    ("until", "name", "field"),
    [
        (date(2023, 1, 3), "系统", "expires_on"),
        (date(2024, 1, 5), "系统", "expires_on"),  # 2023-01-03 + 366 days = 2024-01-04
        (date(2023, 5, 1), " ", "name"),
        (date(2023, 5, 1), "长" * 65, "name"),
    ],
)
def test_a_token_has_an_end_within_a_year_and_a_purpose(running, until, name, field):
    assert [error.field for error in refused(until, name=name).errors] == [field]
