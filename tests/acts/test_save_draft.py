"""What is typed is kept, cell by cell, for the unit's desk officer."""

from __future__ import annotations

import orjson
import pytest
from county import EDUCATION, PLAN, PLANNING, acting, at, desk_of, head_of, month

from luoshi.acts.save_draft import save_draft
from luoshi.acts.submit_reports import sheet
from luoshi.store.models import Draft
from luoshi.terms.refusal import Refused

SHEET = sheet(PLAN, month(3))


def test_later_cells_are_laid_over_earlier_ones(county):
    context = acting(desk_of(PLANNING), at(3, 26)) if county.registered() else None
    save_draft(context, SHEET, PLANNING, {"t1": {"value": "15亿元", "text": "慢"}, "t2": {"value": "3"}})
    kept = save_draft(context, SHEET, PLANNING, {"t1": {"text": ""}})
    assert orjson.loads(kept.content) == {"t1": {"value": "15亿元", "text": ""}, "t2": {"value": "3"}}
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("account", [desk_of(EDUCATION), head_of(PLANNING)])
def test_nobody_else_writes_into_a_units_draft(county, account):
    county.registered()
    with pytest.raises(Refused) as refused:
        save_draft(acting(account, at(3, 26)), SHEET, PLANNING, {"t1": {"value": "1"}})
    assert refused.value.refusal.id == "acts.no_draft"
    assert not Draft.objects.exists()
