"""年底交账: everybody sees the results of what they may open; the supervision office confirms them and seals the plan."""

from __future__ import annotations

import io
from datetime import date

import pytest
from county import EDUCATION, LEADER, PLAN, SUPERVISOR, desk_of
from openpyxl import load_workbook

from luoshi.store.entries import find, find_where
from luoshi.store.results import to_be_settled


@pytest.fixture
def over(county, settings):
    """December closed; three schools of four, twelve factories of ten."""
    county.close(9)
    county.open(12)
    county.report(12, county.target("建成绿色工厂").id, value="12", text="建成12家")
    county.report(12, county.target("建成高水平寄宿制学校").id, body=EDUCATION, value="3", text="建成3所")
    county.close(12)
    return county


@pytest.fixture
def supervisor(over, sign_in, settings):
    client = sign_in(SUPERVISOR)
    settings.LUOSHI_TODAY = date(2024, 1, 8)
    return client


def text_of(answer):
    return answer.content.decode()


def typed(entry, outcome, note=""):
    return {
        "move": "settle", "entry": entry.id, f"outcome:{entry.id}": outcome, f"note:{entry.id}": note,
        f"version:{entry.id}": str(entry.version),
    }  # fmt: skip


def test_before_december_is_closed_the_table_only_tells(county, sign_in):
    text = text_of(sign_in(SUPERVISOR).get("/year-end/"))
    assert "2023年12月还没有结账" in text
    assert "确认所选结果" not in text


def test_after_december_no_month_is_offered_but_the_year_end(supervisor):
    text = text_of(supervisor.get("/settings/month/"))
    assert "下一步办理年底交账" in text
    assert 'name="closes_on"' not in text


def test_a_unit_sees_its_own_results_and_no_form(over, sign_in):
    text = text_of(sign_in(desk_of(EDUCATION)).get("/year-end/"))
    assert "建成高水平寄宿制学校" in text
    assert "建成绿色工厂" not in text
    assert "确认所选结果" not in text


def test_a_unit_cannot_confirm_by_hand(over, sign_in):
    entry = over.target("建成高水平寄宿制学校")
    answer = sign_in(desk_of(EDUCATION)).post("/year-end/", typed(entry, "achieved", "真的"))
    assert answer.status_code == 403
    assert find(entry.id).state == "assigned"


def test_the_leader_reads_everything(over, sign_in):
    assert "建成绿色工厂" in text_of(sign_in(LEADER).get("/year-end/"))


def test_proposals_are_filled_in_only_when_asked_for(supervisor, over):
    entry = over.target("建成绿色工厂")
    assert 'value="achieved" selected' not in text_of(supervisor.get("/year-end/"))
    assert 'value="achieved" selected' in text_of(supervisor.get("/year-end/?fill=1"))
    assert find(entry.id).state == "assigned"


def test_what_is_confirmed_shows_its_result_and_leads_to_the_next_year(supervisor, over):
    entry = over.target("建成高水平寄宿制学校")
    assert "结转的，余1所" in text_of(supervisor.get("/year-end/"))
    answer = supervisor.post("/year-end/", typed(entry, "carried", "第四所2024年6月建成"), follow=True)
    text = text_of(answer)
    assert "已确认1项，其中1项已列入下一年度计划" in text
    assert "第四所2024年6月建成" in text
    assert f"/entries/{find(entry.id)['carried_to']}/" in text


def test_a_missing_note_is_named_beside_the_row_and_nothing_typed_is_lost(supervisor, over):
    first, other = over.target("建成高水平寄宿制学校"), over.target("建成绿色工厂")
    form = {**typed(first, "missed"), **typed(other, "achieved", "十二家")}
    answer = supervisor.post("/year-end/", {**form, "entry": [first.id, other.id]})
    assert answer.status_code == 422
    text = text_of(answer)
    assert f'id="e-note:{first.id}"' in text
    assert "十二家" in text
    assert find(other.id).state == "assigned"


def test_nothing_chosen_is_said_so(supervisor, over):
    assert supervisor.post("/year-end/", {"move": "settle"}).status_code == 422


def test_the_plan_is_sealed_from_the_page_and_the_workbook_holds_the_table(supervisor, over):
    rows = list(to_be_settled(PLAN).filter(state="assigned"))
    form = {"move": "settle", "entry": [row.id for row in rows]}
    for row in rows:
        form |= {f"outcome:{row.id}": "missed", f"note:{row.id}": "没有完成"}
    assert "封存计划" not in text_of(supervisor.get("/year-end/"))
    assert "封存计划" in text_of(supervisor.post("/year-end/", form, follow=True))
    assert supervisor.post("/year-end/", {"move": "seal", "reason": ""}).status_code == 422
    text = text_of(supervisor.post("/year-end/", {"move": "seal", "reason": "常务会议审议通过"}, follow=True))
    assert f"已封存：未完成{len(rows)}项" in text
    assert find(f"plan:{PLAN}").state == "sealed"
    sheet = load_workbook(io.BytesIO(supervisor.get("/year-end.xlsx").content)).active
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(table) == len(rows) + 1
    assert {row[8] for row in table[1:]} == {"未完成"}


def test_the_number_of_queries_does_not_grow_with_rows(over, sign_in, django_assert_max_num_queries):
    client = sign_in(SUPERVISOR)
    assert len(find_where(PLAN, "target")) > 8
    with django_assert_max_num_queries(45):
        client.get("/year-end/")
