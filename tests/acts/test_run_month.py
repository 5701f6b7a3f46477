"""The month opens grey and closes with a snapshot whose hash stands in a fact."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from county import PLAN, month

from luoshi.acts import run_month as module
from luoshi.acts.move_entry import move_entry
from luoshi.acts.run_month import close_month, open_month
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.checkpoints import check_checkpoints
from luoshi.store.entries import find
from luoshi.store.facts import of_stream
from luoshi.store.models import CheckpointRow, Rating, Snapshot, StreamHeadRow
from luoshi.store.open_work import OpenWork, unreported
from luoshi.terms.period import Period
from luoshi.terms.refusal import Refused


def test_an_opened_month_is_grey_never_green(running):
    running.open(3)
    assert set(Rating.objects.filter(period="2023-03").values_list("colour", flat=True)) == {"grey"}
    assert find(f"plan:{PLAN}")["open_period"] == "2023-03"


def test_closing_keeps_a_snapshot_whose_hash_stands_in_the_fact(running):
    running.open(3)
    running.report(3, running.target("完成固定资产投资").id, value="15")
    plan = running.close(3)
    kept = Snapshot.objects.get(plan=PLAN, period="2023-03")
    fact = of_stream(f"plan:{PLAN}")[-1]
    assert fact.data()["values"]["snapshot"] == kept.sha256 == plan["snapshot"]
    assert hashlib.sha256(kept.body.encode()).hexdigest() == kept.sha256
    body = json.loads(kept.body)
    lights = {row["entry_id"]: row["colour"] for row in body["ratings"]}
    assert lights[running.target("完成固定资产投资").id] == "green"
    assert len(body["entries"]) > 24
    assert (plan["open_period"], plan["closed_period"]) == (None, "2023-03")


def test_closing_signs_a_checkpoint_over_everything(running, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.LUOSHI_HOME = str(tmp_path)
    running.open(3)
    with django_capture_on_commit_callbacks(execute=True):
        running.close(3)
    assert CheckpointRow.objects.get().streams == StreamHeadRow.objects.filter(version__gt=0).count()
    assert list(check_checkpoints(tmp_path)) == []


def test_what_was_withdrawn_has_no_light_in_the_closed_month(running):
    running.open(3)
    target = running.target("建成绿色工厂")
    move_entry(running.supervisor(3, 26), target.id, "withdraw", {}, "不再实施")
    running.close(3)
    assert not Rating.objects.filter(entry_id=target.id, period="2023-03").exists()


@pytest.mark.parametrize(("number", "closes"), [(3, date(2023, 4, 5)), (2, date(2023, 3, 5)), (4, date(2023, 3, 31))])
def test_a_month_is_opened_once_in_order_and_closes_after_it_began(running, number, closes):
    running.open(3)
    if number != 3:
        running.close(3)
    with pytest.raises(Refused):
        open_month(running.supervisor(4, 25), PLAN, month(number), closes)


@pytest.mark.parametrize("written", ["2023-Q1", "2023", "2022-12", "2024-01"])
def test_only_months_of_the_plans_year_are_opened(running, written):
    with pytest.raises(Refused) as refused:
        open_month(running.supervisor(3, 25), PLAN, Period.parse(written), date(2024, 4, 3))
    assert refused.value.refusal.id == "acts.month_outside"


def test_closing_with_open_work_is_refused_with_its_counts_until_they_were_seen(running):
    """One report accepted, one signed, one submitted; every other commitment unreported."""
    running.open(3)
    running.report(3, running.target("完成固定资产投资").id, value="15")
    running.sign(3, running.submit(3, ReportRow(running.target("实施重点项目").id, {"value": "9"})))
    running.submit(3, ReportRow(running.target("建成绿色工厂").id, {"value": "2"}))
    silent = len(unreported(PLAN, month(3)))
    with pytest.raises(Refused) as refused:
        close_month(running.supervisor(4, 6), PLAN)
    refusal = refused.value.refusal
    assert refusal.id == "acts.open_work"
    assert refusal.message.startswith(f"2023年3月还有待签发1项、待审核1项、未报{silent}项。")
    assert (refusal.data["submitted"], refusal.data["signed"], refusal.data["returned"]) == ("1", "1", "0")
    with pytest.raises(Refused):
        close_month(running.supervisor(4, 6), PLAN, OpenWork(1, 1, 0, silent + 1))
    assert find(f"plan:{PLAN}")["open_period"] == "2023-03"
    close_month(running.supervisor(4, 6), PLAN, OpenWork(1, 1, 0, silent))
    assert find(f"plan:{PLAN}")["closed_period"] == "2023-03"


def test_without_an_open_month_nothing_is_closed(running):
    with pytest.raises(Refused) as refused:
        running.close(3)
    assert refused.value.refusal.id == "acts.no_month_open"


def test_a_fault_while_closing_leaves_the_month_open_and_no_snapshot(running, monkeypatch):
    running.open(3)

    def fails(*_):
        raise OSError("no space left")

    monkeypatch.setattr(module, "append", fails)
    with pytest.raises(OSError, match="no space"):
        running.close(3)
    assert not Snapshot.objects.exists()
    assert find(f"plan:{PLAN}")["open_period"] == "2023-03"
