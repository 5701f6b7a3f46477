"""从分解表指派 without a script: upload, correct, confirm once; a second run shows only differences."""

from __future__ import annotations

import re

import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, acting, at, desk_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.assignment_proposal import BodyRole, RowChoice
from luoshi.acts.review_table import decide_rows, keep_table, table_review
from luoshi.store.entries import find_where
from luoshi.store.models import DocumentRow, Draft, FactRow
from luoshi.store.rosters import roster

TABLE = """序号|工作任务|责任领导|牵头单位|责任单位|完成时限
1|扩大有效投资。完成固定资产投资60亿元以上，实施重点项目36个以上|领甲|县发改委|各片区|11月底前
7|实施教育强县战略。建成高水平寄宿制学校4所|领甲|县教体局|县财政局|年底前
4|创建省级园林城市，全面建成中心污水处理厂|张三|县发改局（污水厂部分）、县教育局（园林部分）||①6月底前开工②12月20日前完工
99|组织好春节团拜|领甲|县府办||
"""


@pytest.fixture
def supervisor(county, sign_in):
    return sign_in(SUPERVISOR)


@pytest.fixture
def table(supervisor):
    done = supervisor.post("/settings/tables/", {"file": SimpleUploadedFile("分解表.txt", TABLE.encode())})
    assert done.status_code == 302
    return done.headers["Location"]


def _fields(html):
    """What a browser would send back: every control of the form as it stands."""
    form = html.split('<form method="post"', 2)[-1] if html.count('<form method="post"') > 1 else html
    posted = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if not name or ('type="checkbox"' in tag and " checked" not in tag):
            continue
        posted.setdefault(name[1], []).append(value[1] if value else "")
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', inner)
        posted.setdefault(name, []).append(chosen[1] if chosen else re.search(r'value="([^"]*)"', inner)[1])
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        posted.setdefault(name, []).append(inner)
    return posted


def _summary(html):
    """The form of the summary as it stands."""
    return {name: _fields(html)[name][0].replace("&#34;", '"') for name in ("seen", "shown")}


def _task(number):
    (task,) = [e for e in find_where(PLAN, "task", kind="task") if str(e["task_number"]) == str(number)]
    return task


def _decided(browser, table):
    """Names decided, the stray row left out, the part of 园林 as read."""
    posted = _fields(browser.get(table).content.decode())
    numbers = {name: n for n, name in (pair.split("|") for pair in posted["name"])}
    posted |= {f"name-{numbers['县教体局']}": EDUCATION, f"alias-{numbers['县教体局']}": "1"}
    posted |= {f"name-{numbers['县财政局']}": "-", "4-entry": "-", "do": "confirm"}
    return browser.post(table, posted)


def test_unmatched_rows_and_unknown_names_come_first_with_our_reading(supervisor, table):
    html = supervisor.get(table).content.decode()
    assert html.index('id="row-4"') < html.index('id="row-2"') < html.index('id="row-1"')
    assert "共4行：未配对1行，待补正1行，将交办2行。" in html
    assert "名录里找不到的名称（2个）" in html
    assert "“县教体局”不在单位名录中，请选定单位。" in html
    assert "表第3行" in html


def test_everything_is_confirmed_once_and_nothing_before(supervisor, table):
    before = FactRow.objects.count()
    assert _decided(supervisor, table).headers["Location"] == f"{table}confirm/"
    assert FactRow.objects.count() == before
    page = supervisor.get(f"{table}confirm/").content.decode()
    assert "领甲 → " not in page
    done = supervisor.post(f"{table}confirm/", _summary(page))
    assert done.status_code == 302
    assert (_task(1)["lead_body"], _task(7)["lead_body"]) == (PLANNING, EDUCATION)
    assert (_task(4)["lead_body"], _task(4)["other_leads"]) == (PLANNING, (EDUCATION,))
    assert [str(node["due_on"]) for node in _task(4)["nodes"]] == ["2023-06-30", "2023-12-20"]
    assert roster().named("县教体局").code == EDUCATION
    acts = set(FactRow.objects.order_by("-id").values_list("act_id", flat=True)[: FactRow.objects.count() - before])
    assert len(acts) == 1
    html = supervisor.get(table).content.decode()
    assert "无变化3行，不办理1行" in html
    assert "没有需要交办的变化" in supervisor.get(f"{table}confirm/").content.decode()


def test_an_entry_changed_by_another_meanwhile_refuses_the_whole(county, supervisor, table):
    _decided(supervisor, table)
    shown = _summary(supervisor.get(f"{table}confirm/").content.decode())
    assign_entries(acting(SUPERVISOR, at(9, 28)), [Assignment(_task(1).id, EDUCATION)])
    before = FactRow.objects.count()
    page = supervisor.post(f"{table}confirm/", shown)
    assert page.status_code == 409
    assert "在您复核期间已被改动" in page.content.decode()
    assert FactRow.objects.count() == before


def test_what_another_person_chose_after_the_summary_is_not_confirmed_unseen(county, supervisor, table):
    _decided(supervisor, table)
    shown = _summary(supervisor.get(f"{table}confirm/").content.decode())
    document = table.strip("/").split("/")[-1]
    decide_rows(
        county.supervisor(9, 28),
        PLAN,
        document,
        {"t1r4": RowChoice(entry=_task(2).id, bodies=(BodyRole(EDUCATION, "lead"),))},
    )
    before = FactRow.objects.count()
    page = supervisor.post(f"{table}confirm/", shown)
    assert (page.status_code, FactRow.objects.count()) == (409, before)
    assert "要交办的内容与您核对时不同" in page.content.decode()
    assert supervisor.post(f"{table}confirm/", _summary(page.content.decode())).status_code == 302
    assert _task(2)["lead_body"] == EDUCATION


def test_a_page_that_shows_none_of_what_it_confirms_is_refused(supervisor, table):
    _decided(supervisor, table)
    before = FactRow.objects.count()
    assert supervisor.post(f"{table}confirm/", {}).status_code == 409
    assert FactRow.objects.count() == before


def test_a_stale_page_overwrites_nothing_another_person_chose(supervisor, table):
    posted = _fields(supervisor.get(table).content.decode())
    document = table.strip("/").split("/")[-1]
    draft = Draft.objects.get(sheet__contains=document)
    decide_rows(acting(SUPERVISOR, at(9, 28)), PLAN, document, {"t1r4": RowChoice(entry="")})
    Draft.objects.filter(pk=draft.pk).update(saved_by="another")
    page = supervisor.post(table, posted | {"do": "save"})
    assert page.status_code == 409
    assert "其他人刚保存过这份分解表" in page.content.decode()
    assert table_review(PLAN, document).choices["t1r4"].entry == ""


def test_a_bad_step_is_named_by_row_and_everything_typed_stays(supervisor, table):
    posted = _fields(supervisor.get(table).content.decode()) | {"3-steps": "开工，六月", "3-leader": "领甲"}
    page = supervisor.post(table, posted)
    html = page.content.decode()
    assert page.status_code == 422
    assert "表第4行：节点每行一条" in html
    assert "开工，六月" in html
    again = supervisor.get(table).content.decode()
    assert re.search(r'name="3-leader".*?<option value="领甲" selected', again, re.DOTALL)


def test_another_task_is_chosen_by_its_number_and_one_that_is_not_there_is_named(supervisor, table):
    posted = _fields(supervisor.get(table).content.decode())
    assert "没有第77项任务" in supervisor.post(table, posted | {"4-task": "77"}).content.decode()
    supervisor.post(table, posted | {"4-task": "第8项"})
    html = supervisor.get(table).content.decode()
    assert f'<option value="{_task(8).id}" selected' in html


def test_the_tails_of_the_adopted_document_can_be_read_from_what_was_kept(county, supervisor):
    text = "（一）民生保障方面\n\n6.稳定和扩大就业。（责任领导：领甲；牵头单位：县教育局）\n"
    county.document(text)
    digest = DocumentRow.objects.get(text=text).sha256
    done = supervisor.post("/settings/tables/", {"document": digest})
    assert done.headers["Location"] == f"/settings/tables/{digest}/"
    assert "第6项任务：稳定和扩大就业" in supervisor.get(f"/settings/tables/{digest}/").content.decode()


def test_a_table_is_no_document_to_be_adopted(supervisor, table):
    assert "分解表.txt" not in supervisor.get("/reading/").content.decode()
    assert "分解表.txt" in supervisor.get("/settings/tables/").content.decode()


def test_a_file_that_says_nothing_of_responsibilities_is_refused(supervisor):
    page = supervisor.post("/settings/tables/", {"file": SimpleUploadedFile("空.txt", "下雨了。".encode())})
    assert page.status_code == 422
    assert "没有找到责任分工" in page.content.decode()
    assert supervisor.post("/settings/tables/", {}).status_code == 422


def test_a_newcomer_finds_it_on_the_page_of_tasks(supervisor, sign_in):
    assert "从分解表指派" in supervisor.get("/tasks/").content.decode()
    assert "从分解表指派" not in sign_in(desk_of(PLANNING)).get("/tasks/").content.decode()


def test_others_are_told_who_assigns(sign_in, table):
    browser = sign_in(desk_of(PLANNING))
    for path in ("/settings/tables/", table, f"{table}confirm/"):
        assert browser.get(path).status_code == 403


def test_an_unknown_table_is_not_found(supervisor):
    for path in (f"/settings/tables/{'0' * 64}/", f"/settings/tables/{'0' * 64}/confirm/"):
        assert supervisor.get(path).status_code == 404


def test_the_number_of_queries_does_not_grow_with_rows(county, supervisor, table):
    rows = "".join(f"{n}|组织第{n}次会议|领甲|县教体局|县财政局、县第{n}局|年底前\n" for n in range(100, 140))
    longer, _ = keep_table(acting(SUPERVISOR, at(9, 28)), PLAN, "长表.txt", (TABLE + rows).encode())
    counts = []
    for path in (table, f"/settings/tables/{longer}/"):
        for page in (path, f"{path}confirm/"):
            with CaptureQueriesContext(connection) as made:
                html = supervisor.get(page).content
            counts.append(len(made))
            assert len(html) < 150_000
    assert counts[:2] == counts[2:]
    assert max(counts) < 20


def test_a_guessed_leader_is_assigned_only_when_its_box_was_ticked(county, supervisor):
    html = (
        "<table><tr><th>序号</th><th>工作任务</th><th>责任领导</th><th>牵头单位</th></tr>"
        "<tr><td>7</td><td>实施教育强县战略</td><td>领甲</td><td>县教育局</td></tr>"
        "<tr><td>8</td><td>提升养老服务水平</td><td></td><td>县教育局</td></tr></table>"
    )
    file = SimpleUploadedFile("分解表.html", html.encode())
    place = supervisor.post("/settings/tables/", {"file": file}).headers["Location"]
    page = supervisor.get(place).content.decode()
    assert "已核对：责任领导沿用上一行" in page
    assert "以下1行不会交办" in supervisor.get(f"{place}confirm/").content.decode()
    number = re.search(r'name="(\d+)-checked"', page)[1]
    entry = re.search(rf'name="{number}-entry".*?value="([^"]+)" selected', page, re.DOTALL)[1]
    code = re.search(rf'name="{number}-code" value="([^"]+)"', page)[1]
    form = {
        "row": number, f"{number}-entry": entry, f"{number}-code": code, f"{number}-role-{code}": "lead",
        f"{number}-leader": "领甲", f"{number}-with_parts": "1", f"{number}-checked": "1",
    }  # fmt: skip
    supervisor.post(place, form)
    assert "不会交办" not in supervisor.get(f"{place}confirm/").content.decode()
