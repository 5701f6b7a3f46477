"""The month through the interface: due rows, reporting, signing, accepting, and why the light is what it is."""

from __future__ import annotations

import json

import pytest
from calling import refused
from county import EDUCATION, PLANNING

from luoshi.store.models import EntryRow

ADDRESS = f"reports/{PLANNING}/2023-09"


@pytest.fixture
def target(county):
    return county.target("完成固定资产投资").id


def test_a_unit_s_month_goes_its_whole_way(desk, head, supervisor, target):
    """September of 60: due 45; reported 45: on pace."""
    rows = {row["id"]: row for row in desk.get(ADDRESS).json()["rows"]}
    assert (rows[target]["state"], rows[target]["unit"]) == ("due", "亿元")
    sent = {"rows": [{"commitment": target, "value": 45.0, "text": "完成投资45亿元"}]}
    report = desk.post(ADDRESS, sent).json()["entries"][0]
    assert (report["values"]["value"], report["state"]) == ("45", "submitted")
    signed = head.post(f"lists/report/entries/{report['id']}/moves/sign", {"version": report["version"]}).json()
    assert signed["entry"]["state"] == "signed"
    accepted = supervisor.post("lists/report/moves/accept", {"entries": [{"id": report["id"]}]}).json()
    assert accepted["entries"][0]["state"] == "accepted"
    why = supervisor.get(f"entries/{target}/why/2023-09").json()["why"]
    assert why["light"]["word"] == "绿"
    assert any("45" in item["value"] for item in why["inputs"])


def test_decimals_stay_as_they_were_sent(desk, target):
    sent = {"rows": [{"commitment": target, "value": "45.10", "text": "推进"}]}
    assert desk.post(ADDRESS, sent).json()["entries"][0]["values"]["value"] == "45.1"
    raw = json.dumps({"rows": [{"commitment": target, "value": 0, "text": "推进"}]}).replace(" 0", "45.123456781234567")
    found = refused(desk.post(ADDRESS, raw), 422, "acts.bad_rows")
    assert "小数最多8位" in found["message"] + found["errors"][0]["message"]


def test_bad_cells_are_named_by_commitment_and_field(desk, target):
    sent = {"rows": [{"commitment": target, "value": "很多", "text": "推进"}]}
    found = refused(desk.post(ADDRESS, sent), 422, "acts.bad_rows")
    assert [error["field"] for error in found["errors"]] == [f"{target}.value"]
    assert not EntryRow.objects.filter(list="report").exists()


def test_other_units_and_other_months_are_refused(desk):
    refused(desk.get(f"reports/{EDUCATION}/2023-09"), 403, "api.not_visible")
    refused(desk.get(f"reports/{PLANNING}/soon"), 404, "api.unknown_period")
    refused(desk.post(f"reports/{PLANNING}/2023-10", {"rows": [{"commitment": "x"}]}), 409, "acts.window_closed")


@pytest.mark.parametrize("rows", [None, "x", [1], [{"value": "3"}]])
def test_rows_name_their_commitments(desk, rows):
    refused(desk.post(ADDRESS, {"rows": rows}), 422, "api.no_rows")


def test_a_month_without_a_light_has_no_why(supervisor, target):
    refused(supervisor.get(f"entries/{target}/why/2023-03"), 404, "api.not_rated")
    refused(supervisor.get(f"entries/{target}/why/soon"), 404, "api.not_rated")
