"""The month through the pages, without a script: report, refuse, sign, review, accept; nothing typed is lost."""

from __future__ import annotations

import orjson
import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, desk_of, head_of
from django.core.files.uploadedfile import SimpleUploadedFile
from september import SHEET, report_on, targets, typed

from luoshi.acts.submit_reports import ReportRow
from luoshi.store.entries import find_where
from luoshi.store.models import Draft, EntryRow, Evidence, IndexCell, Rating

PDF = b"%PDF-1.4 test"


def test_a_report_is_submitted_signed_accepted_and_changes_the_light(county, sign_in):
    target = targets()[0]
    before = Rating.objects.get(entry_id=target, period="2023-09").colour
    done = sign_in(desk_of(PLANNING)).post(SHEET, typed(value="45", text="按计划推进"))
    assert done.status_code == 302
    assert report_on(target).state == "submitted"
    assert "按计划推进" in sign_in(head_of(PLANNING)).get("/sign/").content.decode()
    sign_in(head_of(PLANNING)).post("/sign/", {"report": report_on(target).id, "move": "sign"})
    assert report_on(target).state == "signed"
    queue = sign_in(SUPERVISOR)
    assert "按计划推进" in queue.get("/review/").content.decode()
    queue.post("/review/", {"report": report_on(target).id, "move": "accept"})
    assert report_on(target).state == "accepted"
    assert before == "grey"
    assert Rating.objects.get(entry_id=target, period="2023-09").colour != "grey"


def test_a_figure_with_another_unit_is_refused_by_the_cell_and_everything_typed_stays(county, sign_in):
    page = sign_in(desk_of(PLANNING)).post(SHEET, typed(value="45家", text="按计划推进", problem="缺地"))
    html = page.content.decode()
    assert page.status_code == 422
    assert "不能填“家”" in html
    assert 'value="45家"' in html
    assert "缺地" in html
    assert 'aria-invalid="true"' in html
    assert not EntryRow.objects.filter(list="report").exists()
    assert "缺地" in Draft.objects.get().content


def _pdf(name="照片.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def test_a_disguised_file_is_named_and_the_good_one_is_kept(county, sign_in):
    browser = sign_in(desk_of(PLANNING))
    files = [_pdf("好.pdf"), _pdf("坏.pdf", b"MZ program")]
    page = browser.post(SHEET, {**typed(value="45", text="推进"), "1-evidence": files})
    html = page.content.decode()
    assert page.status_code == 422
    assert "“坏.pdf”" in html
    assert "好.pdf</a>" in html
    assert browser.post(SHEET, typed(value="45", text="推进")).status_code == 302
    assert orjson.loads(report_on(targets()[0]).values)["evidence"] == [Evidence.objects.get().id]


def test_a_file_stays_with_the_draft_and_goes_with_the_report(county, sign_in):
    browser = sign_in(desk_of(PLANNING))
    browser.post(f"{SHEET}draft/?page=1", {**typed(value="45"), "1-evidence": _pdf()})
    page = browser.get(SHEET).content.decode()
    assert "照片.pdf</a>" in page
    assert "1项尚未提交" in page
    browser.post(f"{SHEET}draft/", typed(text="只存文字"))  # the draft kept while typing sends no files
    assert browser.post(SHEET, typed(value="45", text="推进")).status_code == 302
    assert orjson.loads(report_on(targets()[0]).values)["evidence"] == [Evidence.objects.get().id]
    assert "没有未提交的改动" in browser.get(SHEET).content.decode()


def test_a_file_of_a_draft_is_for_its_unit_alone_until_it_is_submitted(county, sign_in):
    sign_in(desk_of(PLANNING)).post(f"{SHEET}draft/?page=1", {**typed(value="45"), "1-evidence": _pdf()})
    address = f"/evidence/{Evidence.objects.get().id}/"
    assert sign_in(desk_of(PLANNING)).get(address).status_code == 200
    assert sign_in(SUPERVISOR).get(address).status_code == 403
    assert sign_in(desk_of(EDUCATION)).get(address).status_code == 403
    assert "照片.pdf" not in sign_in(SUPERVISOR).get(SHEET).content.decode()
    sign_in(desk_of(PLANNING)).post(SHEET, typed(value="45", text="推进"))
    assert sign_in(SUPERVISOR).get(address).status_code == 200


def test_a_file_of_the_same_name_replaces_the_one_in_the_draft(county, sign_in):
    browser = sign_in(desk_of(PLANNING))
    browser.post(f"{SHEET}draft/?page=1", {**typed(value="45"), "1-evidence": _pdf()})
    browser.post(f"{SHEET}draft/?page=1", {**typed(value="45"), "1-evidence": _pdf(content=PDF + b" better")})
    assert Evidence.objects.get().size == len(PDF) + 7
    browser.post(f"{SHEET}draft/?page=1", {**typed(value="45"), "1-drop": Evidence.objects.get().id})
    assert not Evidence.objects.exists()


def test_a_submitted_file_is_left_out_of_the_next_report_and_never_discarded(county, sign_in):
    browser = sign_in(desk_of(PLANNING))
    browser.post(SHEET, {**typed(value="45", text="推进"), "1-evidence": [_pdf("甲.pdf"), _pdf("乙.pdf", PDF + b" 2")]})
    first, second = orjson.loads(report_on(targets()[0]).values)["evidence"]
    browser.post(f"{SHEET}draft/?page=1", {**typed(value="45", text="推进"), "1-drop": first})
    assert "甲.pdf" not in browser.get(SHEET).content.decode()
    browser.post(SHEET, typed(value="45", text="推进"))
    assert orjson.loads(report_on(targets()[0]).values)["evidence"] == [second]
    assert Evidence.objects.count() == 2


def test_a_file_too_large_is_refused_unread_and_what_was_typed_stays(county, sign_in, monkeypatch):
    monkeypatch.setattr("luoshi.web.files.keep_evidence", lambda *_: pytest.fail("read"))
    browser = sign_in(desk_of(PLANNING))
    big = _pdf("大.pdf", PDF + bytes(11 * 1024 * 1024))
    page = browser.post(SHEET, {**typed(value="45", text="推进"), "1-evidence": big})
    html = page.content.decode()
    assert page.status_code == 422
    assert "“大.pdf”有11.0兆，超过10兆" in html
    assert 'value="45"' in html
    assert not Evidence.objects.exists()


def test_an_error_names_task_commitment_and_field_and_leads_to_the_cell(county, sign_in):
    html = sign_in(desk_of(PLANNING)).post(SHEET, typed(value="45家", text="推进")).content.decode()
    summary = html.split('id="summary"')[1].split("</div>")[0]
    target = orjson.loads(EntryRow.objects.get(pk=targets()[0]).values)
    assert f"第{target['task_number']}项“{target['indicator']}”" in summary
    anchor = summary.split('href="#')[1].split('"')[0]
    assert f'id="{anchor}"' in html.split('id="summary"')[1].split("</div>", 1)[1]
    assert "data-focus" in html


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ([], "未报"),
        (["draft"], "草稿，尚未提交"),
        (["submit"], "已提交，待签发"),
        (["submit", "draft"], "已提交，新的改动尚未提交"),
        (["submit", "sign"], "已签发，待审核"),
        (["submit", "sign", "accept"], "已采信"),
        (["submit", "sign", "return"], "已退回，请修改后重报"),
        (["submit", "close"], "结账未核实"),
        (["close"], "未报，已结账"),
    ],
)
def test_each_row_says_where_its_report_stands(county, sign_in, done, words):
    report = f"report:{targets()[0]}:2023-09"
    acts = {
        "draft": (desk_of(PLANNING), f"{SHEET}draft/", typed(value="46", text="又")),
        "submit": (desk_of(PLANNING), SHEET, typed(value="45", text="推进")),
        "sign": (head_of(PLANNING), "/sign/", {"report": report, "move": "sign"}),
        "accept": (SUPERVISOR, "/review/", {"report": report, "move": "accept"}),
        "return": (
            SUPERVISOR,
            "/review/",
            {"report": report, "move": "return", "return_code": "other", "reason": "补"},
        ),
    }
    for name in done:
        if name == "close":
            county.close(9)
            continue
        account, path, form = acts[name]
        assert sign_in(account).post(path, form).status_code in {200, 302}
    html = sign_in(desk_of(PLANNING)).get(SHEET).content.decode()
    state = html.split(f"|{targets()[0]}")[-1] if f"|{targets()[0]}" in html else html
    assert f">{words}</small>" in state.split('id="state-')[1].split("</small>")[0] + "</small>"


def test_an_unreported_row_shows_no_light_but_says_what_last_month_was(county, sign_in):
    _accept(county, sign_in, "45")
    county.open(10)
    html = sign_in(desk_of(PLANNING)).get(f"/report/{PLANNING}/2023-10/").content.decode()
    cell = html.split('class="standing"')[1].split("</td>")[0]
    assert "本月未报" in cell
    assert "上月：" in cell
    assert "light l-" not in cell


def _accept(county, sign_in, value):
    sign_in(desk_of(PLANNING)).post(SHEET, typed(value=value, text="推进"))
    report = f"report:{targets()[0]}:2023-09"
    sign_in(head_of(PLANNING)).post("/sign/", {"report": report, "move": "sign"})
    sign_in(SUPERVISOR).post("/review/", {"report": report, "move": "accept"})
    county.close(9)


def test_a_draft_shows_its_light_and_percentage_when_the_page_comes_back(county, sign_in):
    browser = sign_in(desk_of(PLANNING))
    answer = browser.post(f"{SHEET}draft/", typed(value="45")).content.decode()
    page = browser.get(SHEET).content.decode()
    for html in (answer, page):
        cell = html.split('id="light-1"')[1].split("</td>")[0]
        assert "采信后为" in cell
        assert "light l-" in cell
        assert "完成" in cell


def test_evidence_is_served_to_its_unit_and_not_to_another(county, sign_in):
    sign_in(desk_of(PLANNING)).post(
        SHEET, {**typed(value="45", text="推进"), "1-evidence": SimpleUploadedFile("照片.pdf", PDF)}
    )
    address = f"/evidence/{Evidence.objects.get().id}/"
    assert b"".join(sign_in(head_of(PLANNING)).get(address).streaming_content) == PDF
    assert sign_in(desk_of(EDUCATION)).get(address).status_code == 403


def test_a_draft_is_kept_as_typed_and_shows_the_light_to_come(county, sign_in):
    browser = sign_in(desk_of(PLANNING))
    answer = browser.post(f"{SHEET}draft/", typed(value="60", text="半句"))
    assert "草稿存于" in answer.content.decode()
    assert "light l-" in answer.content.decode()
    assert "半句" in browser.get(SHEET).content.decode()


def test_an_empty_sheet_is_not_submitted(county, sign_in):
    page = sign_in(desk_of(PLANNING)).post(SHEET, typed(value="", text=""))
    assert page.status_code == 422
    assert "没有新填或改动的内容" in page.content.decode()


def test_another_units_sheet_is_not_shown(county, sign_in):
    assert sign_in(desk_of(EDUCATION)).get(SHEET).status_code == 403


def test_a_return_without_a_reason_is_refused_and_with_one_goes_back(county, sign_in):
    target = targets()[0]
    sign_in(desk_of(PLANNING)).post(SHEET, typed(value="45", text="推进"))
    sign_in(head_of(PLANNING)).post("/sign/", {"report": report_on(target).id, "move": "sign"})
    queue = sign_in(SUPERVISOR)
    wanted = {"report": report_on(target).id, "move": "return", "return_code": "unproven"}
    assert queue.post("/review/", wanted).status_code == 422
    queue.post("/review/", {**wanted, "reason": "请补凭证"})
    assert report_on(target).state == "returned"
    assert "佐证不足" in sign_in(desk_of(PLANNING)).get(SHEET).content.decode()


def test_a_commitment_outside_the_numbered_tasks_names_no_task_on_the_page_of_assigning(county, sign_in):
    row = EntryRow.objects.get(pk=targets()[0])
    row.values = orjson.dumps({n: v for n, v in orjson.loads(row.values).items() if n != "task_number"}).decode()
    row.save()
    page = sign_in(SUPERVISOR).get("/settings/assign/").content.decode()
    assert "第1项" in page
    assert "第项" not in page
    assert 'data-choose="all"' in page


def test_an_area_with_targets_alone_can_be_chosen(county, sign_in):
    IndexCell.objects.filter(entry_id=targets()[0], field="area").update(text="聚力优环境")
    page = sign_in(SUPERVISOR).get("/settings/assign/").content.decode()
    assert '<option value="聚力优环境">' in page


def test_chosen_entries_are_assigned_and_scheduled_together(county, sign_in):
    browser = sign_in(SUPERVISOR)
    two = targets()[:2]
    browser.post("/settings/assign/", {"entry": two, "lead_body": EDUCATION, "leader": "领乙", "move": "assign"})
    kept = [orjson.loads(EntryRow.objects.get(pk=name).values) for name in two]
    assert [(entry["lead_body"], entry["leader"]) for entry in kept] == [(EDUCATION, "领乙")] * 2
    nodes = "1｜开工｜2023-06-30｜｜｜\n2｜完工｜2023-12-20｜｜｜"
    browser.post("/settings/schedule/", {"entry": two[0], "schedule": "nodes", "nodes": nodes, "move": "schedule"})
    entry = orjson.loads(EntryRow.objects.get(pk=two[0]).values)
    assert [node["name"] for node in entry["nodes"]] == ["开工", "完工"]


def test_a_slip_is_issued_from_an_entry_and_downloads(county, sign_in):
    browser = sign_in(SUPERVISOR)
    target = targets()[0]
    form = browser.get(f"/supervision/new/?entry={target}").content.decode()
    assert "请查明原因" in form
    issued = browser.post(
        "/supervision/new/",
        {"commitment": target, "matter": "投资滞后", "origin": "report", "demand": "查明原因", "lead_body": PLANNING,
         "due_on": "2023-10-20", "urgency": "normal"},
    )  # fmt: skip
    slip = EntryRow.objects.get(list="supervision")
    assert issued.headers["Location"] == f"/entries/{slip.id}/"
    word = browser.get(f"/supervision/{slip.id}.docx")
    assert word.content[:2] == b"PK"
    again = browser.get(f"/supervision/new/?entry={target}").content.decode()
    assert "已有督办单" in again


def test_a_stale_form_is_refused_with_what_was_typed(county, sign_in):
    browser = sign_in(SUPERVISOR)
    target = targets()[0]
    page = browser.post(
        f"/entries/{target}/moves/amend/", {"version": "1", "indicator": "投资额", "kind": "at_least", "reason": "口径"}
    )
    assert page.status_code == 409
    assert "刚刚被他人更新" in page.content.decode()
    assert 'value="投资额"' in page.content.decode()


def test_nothing_is_ticked_before_the_head_looks_and_hints_are_given_with_their_reason(county, sign_in):
    _accept(county, sign_in, "45")
    county.open(10)
    later = f"/report/{PLANNING}/2023-10/"
    sign_in(desk_of(PLANNING)).post(later, typed(value="44", text="推进", problem="核减"))
    head = sign_in(head_of(PLANNING))
    html = head.get("/sign/").content.decode()
    box = html.split('type="checkbox" name="report"')[1].split(">")[0]
    assert "checked" not in box
    assert 'data-flags="2"' in box
    assert "提示：累计数低于上月（上月45）" in html
    assert "提示：进展文字与上月完全相同" in html
    assert "1项有提示，须逐项勾选" in html
    assert head.post("/sign/", {"move": "sign"}).status_code == 422
    again = head.post("/sign/", {"move": "hold_back", "report": f"report:{targets()[0]}:2023-10"})
    assert "checked" in again.content.decode().split('type="checkbox" name="report"')[1].split(">")[0]


def test_a_file_sent_with_a_refused_form_is_not_kept_and_with_a_good_one_is(county, sign_in):
    browser = sign_in(desk_of(PLANNING))
    form = {"text": "建成寄宿制学校", "body": PLANNING, "achieved_on": "昨天"}
    page = browser.post("/lists/result/open/claim/", {**form, "evidence": SimpleUploadedFile("照片.pdf", PDF)})
    assert page.status_code == 422
    assert not Evidence.objects.exists()
    good = {**form, "achieved_on": "2023-09-20", "evidence": SimpleUploadedFile("照片.pdf", PDF)}
    assert browser.post("/lists/result/open/claim/", good).status_code == 302
    assert Evidence.objects.get().body == PLANNING


def test_what_another_verifier_handled_meanwhile_is_named_and_the_rest_stays_chosen(county, sign_in):
    targets = [t for t in find_where(PLAN, "target") if t["lead_body"] == PLANNING][:2]
    reports = county.submit(9, *[ReportRow(t.id, {"value": "5", "text": "推进"}) for t in targets])
    county.sign(9, reports)
    queue = sign_in(SUPERVISOR)
    queue.post("/review/", {"report": reports[0], "move": "accept"})
    late = queue.post("/review/", {"report": reports, "move": "return", "return_code": "other", "reason": "请补凭证"})
    html = late.content.decode()
    assert late.status_code == 409
    assert f"“{targets[0]['indicator']}”已采信，可能刚由他人办理" in html
    assert 'value="请补凭证"' in html
    assert html.count(" checked") == 1


def test_a_slip_for_what_is_done_has_to_be_meant(county, sign_in):
    target = county.target("建成绿色工厂").id
    county.report(9, target, value="11", text="建成11家")
    browser = sign_in(SUPERVISOR)
    form = browser.get(f"/supervision/new/?entry={target}").content.decode()
    assert "这一事项已经完成" in form
    assert "请查明原因" not in form
    slip = {
        "commitment": target, "matter": "绿色工厂", "origin": "report", "urgency": "normal", "lead_body": PLANNING,
        "demand": "请核实名单", "due_on": "2023-10-20",
    }  # fmt: skip
    assert browser.post("/supervision/new/", slip).status_code == 409
    assert browser.post("/supervision/new/", {**slip, "despite_finished": "1"}).status_code == 302
