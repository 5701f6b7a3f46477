"""Bulletins and ledgers hold what is kept, as it is kept."""

from __future__ import annotations

from datetime import date

import pytest
from county import PLAN, month

from luoshi.acts.submit_reports import ReportRow
from luoshi.publication.legend import ProgressClass
from luoshi.store.models import EntryRow
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.papers import addressees, bulletin_of, copies_to, ledger_of
from luoshi.store.queries.prospect import prospects

TODAY = date(2023, 9, 28)


def _first():
    return EntryRow.objects.filter(list="target", state="assigned").order_by("id").first().id


def test_a_bulletin_counts_every_commitment_once_and_names_what_was_not_reported(county):
    county.running().open(9)
    county.report(9, _first(), value="45", text="推进")
    found = bulletin_of(PLAN, month(9), TODAY)
    rated = EntryRow.objects.filter(list__in=("target", "task"), state="assigned").exclude(
        values__contains='"kind":"task"'
    )
    assert len(found.items) == rated.count()
    silent = [item for item in found.items if item.standing is ProgressClass.NOT_REPORTED]
    assert 0 < len(silent) < len(found.items)


def test_a_bulletin_drawn_in_time_asks_for_an_answer_after_its_own_date_and_a_late_one_does_not(county):
    county.running().open(9)
    fresh, late = (bulletin_of(PLAN, month(9), day) for day in (date(2023, 10, 5), date(2024, 1, 4)))
    assert (fresh.issued_on, fresh.reply_due, fresh.reply_within) == (date(2023, 10, 5), date(2023, 10, 18), 10)
    assert (late.issued_on, late.reply_due, late.reply_within) == (date(2024, 1, 4), None, 0)


def test_a_ledger_tells_every_commitment_and_what_left_the_monthly_round(county):
    county.running().open(9)
    county.report(9, _first(), value="45", text="推进")
    found = ledger_of(PLAN, month(9), TODAY)
    row = next(row for row in found.rows if row.progress == "推进")
    assert str(row.actual) == "45"
    said = {line.sentence for line in found.history}
    assert any("交办" in sentence for sentence in said)
    assert not any("采信" in sentence for sentence in said)


def test_the_light_to_come_is_the_light_that_comes(county):
    county.running().open(9)
    target = _first()
    context = county.supervisor(9, 28)
    from luoshi.store.entries import find

    desk = Desk(context.actor, context.circumstances.roster, TODAY, find(f"plan:{PLAN}"), month(9))
    seen = prospects(desk, month(9), {target: {"value": "45"}})[target]["key"]
    county.sign(9, reports := county.submit(9, ReportRow(target, {"value": "45", "text": "推进"})))
    county.accept(9, reports)
    assert county.light(target, 9).colour == seen


def test_the_bulletin_of_an_open_month_is_a_draft_until_it_is_closed(county):
    county.running().open(9)
    assert bulletin_of(PLAN, month(9), TODAY).is_draft
    county.close(9)
    assert not bulletin_of(PLAN, month(9), TODAY).is_draft


@pytest.mark.parametrize(
    ("county", "shown", "copied"),
    [
        ("新昌县", ("各乡镇人民政府、各街道办事处", "县政府各部门、直属各单位"), "县委办公室"),
        ("滨江区", ("各乡镇人民政府、各街道办事处", "区政府各部门、直属各单位"), "区委办公室"),
        ("云岭州", ("各县（市）人民政府", "州政府各部门、直属各单位"), "州委办公室"),
    ],
)
def test_a_bulletin_is_addressed_by_what_kind_of_place_sends_it(county, shown, copied):
    assert addressees(county) == shown
    assert copies_to(county)[0] == copied
