"""The checkpoint of the day: once a day while the pages are served, when there is something new to sign."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.site.daily import AGAIN, FIRST, every_day

MONDAY, TUESDAY = date(2023, 10, 9), date(2023, 10, 10)


def _runs(days, outcomes):
    """On which days a run was tried, when the calendar shows these days at each look."""
    shown, tried, waited = iter(days), [], []
    outcome = iter(outcomes)
    now = []

    def today():
        now.append(next(shown))
        return now[-1]

    def run():
        tried.append(now[-1])
        return next(outcome)

    with pytest.raises(StopIteration):
        every_day(run, today, waited.append)
    assert waited == [FIRST, *[AGAIN] * len(days)]
    return tried


def test_it_runs_once_on_each_day():
    assert _runs([MONDAY, MONDAY, MONDAY, TUESDAY, TUESDAY], [True, True]) == [MONDAY, TUESDAY]


def test_what_failed_is_tried_again_at_the_next_look():
    assert _runs([MONDAY, MONDAY, MONDAY, TUESDAY], [False, True, True]) == [MONDAY, MONDAY, TUESDAY]


def test_the_command_signs_what_is_new_and_nothing_twice(luoshi, county):
    first = luoshi(county, "checkpoint")
    assert first.returncode == 0, first.stderr
    assert "第1号检查点" in first.stdout
    again = luoshi(county, "checkpoint")
    assert "没有新的事实" in again.stdout
    daily = luoshi(county, "checkpoint", "--daily")
    assert "今天已经签过" in daily.stdout
    assert [path.name for path in (county / "checkpoints").iterdir()] == ["00001.jsonl"]
    assert luoshi(county, "verify").returncode == 0


def test_over_a_checkpoint_that_does_not_hold_none_is_signed(luoshi, county):
    luoshi(county, "checkpoint")
    path = county / "checkpoints" / "00001.jsonl"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    refused = luoshi(county, "checkpoint")
    assert refused.returncode == 1
    assert "第1号检查点" in refused.stderr
    assert len(list((county / "checkpoints").iterdir())) == 1
