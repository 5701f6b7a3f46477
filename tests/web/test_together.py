"""Lists in one's own hands: columns chosen, views kept, one move on many entries."""

from __future__ import annotations

import io
from datetime import date

import pytest
from county import EDUCATION, HIGH_TECH, PLAN, PLANNING, SUPERVISOR, desk_of, head_of
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from luoshi.acts.open_entry import open_entry
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.entries import find, find_where
from luoshi.store.models import SavedView


@pytest.fixture
def problems(county):
    def opened(text, body):
        typed = {"text": text, "body": body, "origin": "inspection"}
        return open_entry(county.supervisor(9, 26), "problem", PLAN, typed)

    return [opened("用地手续不全", PLANNING), opened("材料不齐", PLANNING), opened("校舍漏雨", EDUCATION)]


def values(entries):
    return [f"{entry.id}|{entry.version}" for entry in entries]


def test_columns_are_chosen_and_stay_in_the_links_of_the_page(county, sign_in, problems):
    page = sign_in(SUPERVISOR).get("/lists/problem/", {"show": ["found_on", "goal"], "origin": "inspection"})
    text = page.content.decode()
    heads = text[text.rindex("<thead>") : text.rindex("</thead>")]
    assert "问题描述" in heads, "the name of an entry always stands first"
    assert "发现日期" in heads
    assert "整改目标" in heads
    assert "来源" not in heads
    assert "show=found_on&amp;show=goal" in text
    assert text.count('type="hidden" name="show" value="goal"') == 1, "filtering keeps the columns"


def test_a_column_that_is_none_is_passed_over(county, sign_in, problems):
    text = sign_in(SUPERVISOR).get("/lists/problem/", {"show": "nothing"}).content.decode()
    assert "整改时限" in text[text.rindex("<thead>") : text.rindex("</thead>")]


def test_the_chosen_columns_are_exported(county, sign_in, problems):
    answer = sign_in(SUPERVISOR).get("/lists/problem.xlsx", {"show": ["goal"]})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]] == ["问题描述", "整改目标", "状态"]


def test_a_view_is_kept_used_and_dropped(county, sign_in, problems):
    client = sign_in(SUPERVISOR)
    sent = {"label": "督查发现的", "query": "origin=inspection&show=goal&page=3", "shared": "1"}
    answer = client.post("/lists/problem/view/", sent)
    assert answer.url == "/lists/problem/?origin=inspection&show=goal", "the page is no part of a view"
    page = client.get(answer.url).content.decode()
    assert 'aria-current="page">督查发现的' in page
    other = sign_in(desk_of(PLANNING))
    assert "督查发现的" in other.get("/lists/problem/").content.decode()
    view = SavedView.objects.get()
    assert other.post("/lists/problem/view/", {"drop": view.id}).status_code == 404
    assert sign_in(SUPERVISOR).post("/lists/problem/view/", {"drop": view.id}).status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_of_one_s_own_is_seen_by_nobody_else(county, sign_in, problems):
    sign_in(desk_of(PLANNING)).post("/lists/problem/view/", {"label": "我的", "query": "state=filed"})
    assert "我的<" not in sign_in(desk_of(EDUCATION)).get("/lists/problem/").content.decode()
    refused = sign_in(desk_of(PLANNING)).post("/lists/problem/view/", {"label": "大家的", "query": "", "shared": "1"})
    assert refused.status_code == 403


@pytest.mark.parametrize("label", ["", "名" * 33])
def test_a_view_has_a_name(county, sign_in, label):
    answer = sign_in(SUPERVISOR).post("/lists/problem/view/", {"label": label, "query": ""})
    assert answer.status_code == 422


def test_many_problems_are_assigned_in_one_act(county, sign_in, problems):
    client = sign_in(SUPERVISOR)
    page = client.get("/lists/problem/").content.decode()
    assert all(value in page for value in values(problems))
    form = client.get("/lists/problem/moves/assign/", {"entry": values(problems[:2])}).content.decode()
    assert "用地手续不全" in form
    assert "校舍漏雨" not in form
    sent = {"entry": values(problems[:2]), "body": PLANNING, "due_on": "2023-11-01"}
    answer = client.post("/lists/problem/moves/assign/", sent, follow=True)
    assert "已把2条办理“交办”" in answer.content.decode()
    assert [find(entry.id).state for entry in problems] == ["assigned", "assigned", "filed"]


def test_what_hinders_is_shown_beside_its_entry_and_what_was_typed_is_kept(county, sign_in, problems):
    client = sign_in(SUPERVISOR)
    client.post(
        "/lists/problem/moves/assign/", {"entry": values(problems[:1]), "body": PLANNING, "due_on": "2023-11-01"}
    )
    sent = {"entry": values(problems), "body": EDUCATION, "due_on": "2023-12-01"}
    answer = client.post("/lists/problem/moves/assign/", sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "已有变动" in text
    assert 'value="2023-12-01"' in text
    assert [find(entry.id).state for entry in problems] == ["assigned", "filed", "filed"]


def test_columns_left_empty_are_not_emptied(county, sign_in):
    entry = county.target("完成固定资产投资")
    sent = {"entry": values([entry]), "due_on": "2023-11-30", "indicator": "", "reason": "时限调整"}
    sign_in(SUPERVISOR).post("/lists/target/moves/amend/", sent)
    after = find(entry.id)
    assert (after["due_on"], after["indicator"]) == (date(2023, 11, 30), "完成固定资产投资")


def test_nothing_chosen_says_so(county, sign_in):
    answer = sign_in(SUPERVISOR).get("/lists/problem/moves/assign/")
    assert answer.status_code == 422
    assert "请先在表中选中" in answer.content.decode()


def test_who_has_no_post_for_a_move_is_refused(county, sign_in, problems):
    client = sign_in(head_of(HIGH_TECH))
    assert client.get("/lists/problem/moves/assign/", {"entry": values(problems)}).status_code == 403
    sent = {"entry": values(problems), "body": PLANNING, "due_on": "2023-11-01"}
    assert client.post("/lists/problem/moves/assign/", sent).status_code == 403
    assert {entry.state for entry in find_where(PLAN, "problem")} == {"filed"}


def test_a_head_signs_his_own_reports_and_sees_no_others(county, sign_in):
    first, second = county.target("完成固定资产投资"), county.target("建成高水平寄宿制学校")
    reports = [
        *county.submit(9, ReportRow(first.id, {"value": "45", "text": "推进"})),
        *county.submit(9, ReportRow(second.id, {"value": "3", "text": "推进"}), body=EDUCATION),
    ]
    chosen = values([find(name) for name in reports])
    client = sign_in(head_of(PLANNING))
    form = client.get("/lists/report/moves/sign/", {"entry": chosen}).content.decode()
    assert (reports[0] in form, reports[1] in form) == (True, False)
    assert client.post("/lists/report/moves/sign/", {"entry": chosen}).status_code == 403
    client.post("/lists/report/moves/sign/", {"entry": chosen[:1]})
    assert [find(name).state for name in reports] == ["signed", "submitted"]


@pytest.mark.parametrize("move", ["file", "cure", "nothing"])
def test_moves_that_belong_to_one_entry_have_no_page_for_many(county, sign_in, move):
    """Filing opens, curing comes with its files."""
    assert sign_in(SUPERVISOR).get(f"/lists/problem/moves/{move}/", {"entry": "x|1"}).status_code == 404


def test_the_past_is_only_looked_at(county, sign_in, problems):
    county.close(9)
    county.open(10)
    text = sign_in(SUPERVISOR).get("/lists/problem/", {"as_of": "2023-09-30"}).content.decode()
    assert 'name="entry"' not in text


def test_problems_are_filed_by_a_workbook_that_is_checked_first(county, sign_in):
    client = sign_in(SUPERVISOR)
    assert "/lists/problem/sheet/file/" in client.get("/lists/problem/").content.decode()
    book = load_workbook(io.BytesIO(client.get("/lists/problem/sheet/file.xlsx").content))
    for place, value in enumerate(("用地手续不全", None, "督查发现", None, "发改局"), 1):
        book.worksheets[0].cell(2, place, value)

    def send(**more):
        out = io.BytesIO()
        book.save(out)
        return client.post(
            "/lists/problem/sheet/file/", {"file": SimpleUploadedFile("问题.xlsx", out.getvalue()), **more}
        )

    assert "检查通过：导入后将登记1条" in send(check="1").content.decode()
    assert not find_where(PLAN, "problem")
    assert "已登记1条" in send().content.decode()
    assert "1行与已有的条目相同" in send().content.decode()
    book.worksheets[0]["C2"] = "道听途说"
    answer = send()
    assert answer.status_code == 422
    assert "C2" in answer.content.decode()
    assert client.post("/lists/problem/sheet/file/").status_code == 422


def test_a_sheet_of_entries_holds_those_that_fit_the_filters_and_may_be_moved(county, sign_in, problems):
    client = sign_in(SUPERVISOR)
    client.post(
        "/lists/problem/moves/assign/", {"entry": values(problems[:1]), "body": PLANNING, "due_on": "2023-11-01"}
    )
    answer = client.get("/lists/problem/sheet/assign.xlsx", {"body": PLANNING})
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [line[2].value for line in sheet.iter_rows(min_row=2)] == ["材料不齐"]
    assert sign_in(head_of(HIGH_TECH)).get("/lists/problem/sheet/assign/").status_code == 403


def test_the_box_finds_problems_and_leads_to_them(county, sign_in, problems):
    text = sign_in(SUPERVISOR).get("/search/", {"q": "用地手续"}).content.decode()
    assert f"/entries/{problems[0].id}/" in text
    assert "<mark>用地手续</mark>" in text
    other = sign_in(head_of(HIGH_TECH)).get("/search/", {"q": "用地手续"}).content.decode()
    assert "没有找到" in other
    assert "请输入要找的文字" in sign_in(SUPERVISOR).get("/search/").content.decode()
