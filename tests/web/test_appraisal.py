"""考核: all bodies for those who see everything, its own sheet for each body."""

from __future__ import annotations

import io

import pytest
from county import AUDITOR, EDUCATION, LEADER, PLANNING, SUPERVISOR, desk_of, head_of
from openpyxl import load_workbook


@pytest.fixture
def reported(county):
    county.report(9, county.target("建成高水平寄宿制学校").id, body=EDUCATION, value="3", text="建成3所")
    return county


@pytest.mark.parametrize("account", [SUPERVISOR, LEADER, AUDITOR])
def test_readers_of_everything_see_all_bodies_ranked(reported, sign_in, account):
    text = sign_in(account).get("/appraisal/").content.decode()
    assert "教育局" in text
    assert "发改局" in text
    assert "名次" in text
    assert "不是官方考核办法" in text
    assert "未结账" in text


@pytest.mark.parametrize("account", [desk_of(EDUCATION), head_of(EDUCATION)])
def test_a_unit_sees_its_own_sheet_only(reported, sign_in, account):
    client = sign_in(account)
    text = client.get("/appraisal/").content.decode()
    assert "只显示本单位" in text
    assert "发改局" not in text
    assert client.get(f"/appraisal/{EDUCATION}/").status_code == 200
    assert client.get(f"/appraisal/{PLANNING}/").status_code == 403
    sheet = load_workbook(io.BytesIO(client.get("/appraisal.xlsx").content)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["教育局"]


def test_a_sheet_tells_how_each_item_came_about(reported, sign_in):
    """September, due 75 %: 3 of 4 schools = 75 %: the whole 60; one of two reports accepted: 10."""
    text = sign_in(SUPERVISOR).get(f"/appraisal/{EDUCATION}/").content.decode()
    assert "教育局考核表" in text
    assert "90.00" in text
    assert "100.00% × 60" in text
    assert "50.00% × 20" in text


def test_unknown_bodies_are_said_so(reported, sign_in):
    assert sign_in(SUPERVISOR).get("/appraisal/nobody/").status_code == 404


def test_the_appraisal_is_no_group_of_the_league_page(reported, sign_in):
    reported.close(9)
    assert "单位落实考核" not in sign_in(desk_of(EDUCATION)).get("/league/").content.decode()
