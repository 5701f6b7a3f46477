"""What pages show of a closed month is held against its snapshot."""

from __future__ import annotations

import pytest
from county import PLAN

from luoshi.acts.handle_reports import correct_report
from luoshi.store.models import Rating
from luoshi.store.verification import verify


@pytest.fixture
def closed(county, settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    county.running().open(3)
    report = county.report(3, county.target("完成固定资产投资").id, value="15")
    county.close(3)
    return county, report


def _found():
    return [(finding.id, finding.where) for finding in verify() if finding.id in {"store.E316", "store.E317"}]


def test_after_a_correction_and_another_month_the_lights_are_still_those_of_the_snapshot(closed):
    county, report = closed
    correct_report(county.supervisor(4, 8), report, {"value": "9"}, "核减")
    county.open(4)
    county.report(4, county.target("完成固定资产投资").id, value="20")
    assert _found() == []


def test_a_light_of_a_closed_month_that_was_painted_over_or_is_gone_is_named(closed):
    county, _ = closed
    first, second = county.target("完成固定资产投资").id, county.target("实施重点项目").id
    Rating.objects.filter(entry_id=first).update(light="{}")
    Rating.objects.filter(entry_id=second).delete()
    assert sorted(_found()) == [("store.E316", f"{name} 2023-03") for name in sorted((first, second))]
    assert PLAN in first
