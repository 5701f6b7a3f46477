"""Where and when someone wants to be told, and the secret of a calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest
from county import EDUCATION, PLANNING, acting, at, desk_of

from luoshi.acts.message_choices import (
    choose_messages,
    end_calendar,
    holder_of_calendar,
    read_notices,
    renew_calendar,
)
from luoshi.store import outbox
from luoshi.store.models import Account, FactRow, MessageChoice
from luoshi.store.outbox import Telling
from luoshi.terms.refusal import Refused

DESK = desk_of(PLANNING)


@pytest.fixture
def desk(running):
    return acting(DESK, at(9, 28))


def test_a_choice_is_kept_changed_and_no_fact(desk):
    facts = FactRow.objects.count()
    choose_messages(desk, " jing02@example.cn ", "at_once", digest=False)
    choose_messages(desk, "jing02@example.cn", "digest", digest=True)
    kept = MessageChoice.objects.get()
    assert (kept.account, kept.email, kept.urgent, kept.digest) == (DESK, "jing02@example.cn", "digest", True)
    assert FactRow.objects.count() == facts


@pytest.mark.parametrize(
    ("email", "urgent", "field"),
    [
        ("nobody", "at_once", "email"),
        ("a@b", "at_once", "email"),
        ("a@example.cn\nBcc: b@example.cn", "at_once", "email"),
        ("a@example.cn\n", "at_once", None),  # blanks around are not the address's
        ("甲@example.cn", "at_once", "email"),
        ("a" * 65 + "@example.cn", "at_once", "email"),
        ("a@" + "b" * 60 + ".cn" * 80, "at_once", "email"),
        ("", "working_days", None),
        ("", "always", "urgent"),
    ],
)
def test_what_is_no_address_or_no_choice_is_refused_by_field(desk, email, urgent, field):
    if field is None:
        assert choose_messages(desk, email, urgent, digest=True).email == email.strip()
        return
    with pytest.raises(Refused) as refused:
        choose_messages(desk, email, urgent, digest=True)
    assert [error.field for error in refused.value.refusal.errors] == [field]
    assert not MessageChoice.objects.exists()


def test_the_secret_of_a_calendar_is_not_kept_and_ends_with_the_next_one_or_when_it_is_ended(desk):
    first = renew_calendar(desk)
    assert len(first) >= 40
    assert first not in str(MessageChoice.objects.values())
    assert holder_of_calendar(first).username == DESK
    second = renew_calendar(desk)
    assert holder_of_calendar(first) is None
    assert holder_of_calendar(second).username == DESK
    choose_messages(desk, "a@example.cn", "digest", digest=True)
    assert holder_of_calendar(second) is not None
    end_calendar(desk)
    assert holder_of_calendar(second) is None
    assert holder_of_calendar("") is None


def test_who_never_had_a_calendar_has_no_empty_secret_and_a_closed_account_none(desk):
    choose_messages(desk, "", "digest", digest=True)
    assert holder_of_calendar("") is None
    secret = renew_calendar(desk)
    Account.objects.filter(username=DESK).update(is_active=False)
    assert holder_of_calendar(secret) is None


def test_one_reads_ones_own_notices_and_nobody_elses(desk):
    outbox.put([Telling(f"k{n}", "opened", "题", ("todo",), (DESK, desk_of(EDUCATION))) for n in range(3)], desk.now)
    first, other = outbox.recent(DESK, desk.now)[0], outbox.recent(desk_of(EDUCATION), desk.now)[0]
    read_notices(desk, desk.now, one=first.pk)
    read_notices(desk, desk.now, one=other.pk)
    assert (outbox.unread(DESK, desk.now), outbox.unread(desk_of(EDUCATION), desk.now)) == (2, 3)
    read_notices(desk, desk.now)
    assert (outbox.unread(DESK, desk.now), outbox.unread(desk_of(EDUCATION), desk.now)) == (0, 3)
    read_notices(desk, desk.now + timedelta(hours=1))
    first.refresh_from_db()
    assert first.read_at == desk.now  # when it was first read
