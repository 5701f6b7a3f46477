"""The main job in a browser: sign in, review, adopt, assign, report, sign, accept; the light changes; the bulletin opens."""

from __future__ import annotations

import re
import subprocess

import pytest
from county import PASSWORD, PLAN, PLANNING, SUPERVISOR, County, acting, at, desk_of, head_of
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PDF = {"name": "照片.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 test"}


@pytest.fixture
def scheduled(reported):
    """A piece of planning's work by three nodes, in the reported county."""
    from luoshi.acts.schedule_entries import Schedule, schedule_entries
    from luoshi.store.entries import find_where

    work = next(e for e in find_where(PLAN, "task", lead_body=PLANNING) if e["kind"] != "task")
    dated = (("1", "开工", "2023-06-30"), ("2", "主体完工", "2023-09-20"), ("3", "竣工", "2023-12-20"))
    nodes = [{"id": number, "name": name, "due_on": due} for number, name, due in dated]
    schedule_entries(acting(SUPERVISOR, at(9, 26)), [Schedule(work.id, {"schedule": "nodes", "nodes": nodes})])
    return work.id


@pytest.fixture
def planned(site):
    """The county with its document kept and nothing adopted."""
    County().planned()


def _review_and_adopt(page):
    page.get_by_role("link", name="识读复核", exact=True).click()
    page.get_by_role("link", name="云岭县2023年度政府工作报告重点任务").click()
    expect(page.get_by_role("heading", name="整体办理")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("a")
    expect(page.locator(".tally strong")).to_contain_text("已核 1/")
    page.keyboard.press("u")
    expect(page.locator(".tally strong")).to_contain_text("已核 0/")
    page.get_by_role("button", name="余下全部采纳").click()
    expect(page.get_by_text("都看过了。")).to_be_visible()
    page.get_by_role("button", name="采纳为第1版").click()
    expect(page.get_by_role("status").filter(has_text="已采纳为第1版")).to_be_visible()


def _assign_and_open(page):
    page.goto("/settings/assign/?kind=target")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("牵头单位（必填）").select_option(PLANNING)
    page.get_by_label("责任领导").fill("领甲")
    page.get_by_role("button", name="交办所选").click()
    expect(page.get_by_text(re.compile("已交办"))).to_be_visible()
    page.goto("/settings/month/")
    page.locator("#f-period").fill("2023-09")
    page.locator("#f-closes_on").fill("2023-10-03")
    page.get_by_role("button", name="开启").click()
    expect(page.get_by_text("2023年9月的填报窗口已开启。")).to_be_visible()


def _report(page):
    page.goto("/report/")
    first = page.locator("#f-1-value")
    first.fill("45")
    page.keyboard.press("Enter")
    expect(page.locator("#f-2-value")).to_be_focused()
    page.locator("#f-1-text").fill("已完成四十五亿元")
    expect(page.locator("#saved")).to_contain_text("草稿存于")
    expect(page.locator("#light-1 .light")).to_be_visible()
    page.locator("#f-1-evidence").set_input_files(PDF)
    page.get_by_role("button", name="提交待签发").click()
    expect(page.get_by_text("已提交1项，等待单位负责人签发。")).to_be_visible()


def _counts(page):
    page.goto("/")
    return page.locator(".lights b").all_inner_texts()


@pytest.mark.office
def test_from_the_document_to_a_changed_light_and_an_opened_bulletin(planned, person, libreoffice, tmp_path):
    supervisor = person(SUPERVISOR)
    _review_and_adopt(supervisor)
    _assign_and_open(supervisor)
    before = _counts(supervisor)
    _report(person(desk_of(PLANNING)))
    head = person(head_of(PLANNING))
    head.goto("/sign/")
    expect(head.get_by_text("已完成四十五亿元")).to_be_visible()
    head.get_by_role("checkbox").first.check()
    head.get_by_role("button", name="签发所选").click()
    expect(head.get_by_text("已签发1项，送督查室审核。")).to_be_visible()
    supervisor.goto("/review/")
    supervisor.get_by_role("checkbox").first.check()
    supervisor.get_by_role("button", name="采信所选").click()
    expect(supervisor.get_by_text("已采信1项，灯色已随之更新。")).to_be_visible()
    assert _counts(supervisor) != before
    supervisor.goto("/publication/")
    with supervisor.expect_download() as waiting:
        supervisor.get_by_role("link", name="下载草稿").first.click()
    word = tmp_path / "bulletin.docx"
    waiting.value.save_as(word)
    subprocess.run(
        [str(libreoffice), "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(word)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert (tmp_path / "bulletin.pdf").read_bytes()[:5] == b"%PDF-"


def test_a_column_pasted_from_a_spreadsheet_fills_the_rows_below(reported, person):
    page = person(desk_of(PLANNING))
    page.goto("/report/")
    page.locator("#f-2-value").focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text", "11\\r\\n12\\r\\n");
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    filled = page.locator("[data-column=value]:not([readonly])").evaluate_all("fields => fields.map(f => f.value)")
    assert [value for value in filled if value][:2] == ["11", "12"]


def test_a_pasted_column_ticks_the_nodes_it_names_and_stays_in_its_rows(scheduled, person):
    page = person(desk_of(PLANNING))
    page.goto("/report/")
    first = page.locator(f"tr:has(input[value$='|{scheduled}']) [type=checkbox][data-column]")
    first.focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text", "1、2\\r\\n12\\r\\n");
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    boxes = page.locator(f"tr:has(input[value$='|{scheduled}']) .ticks [type=checkbox]")
    assert boxes.evaluate_all("boxes => boxes.map(box => box.checked)") == [True, True, False]
    first.focus()
    page.keyboard.press("Space")
    assert boxes.evaluate_all("boxes => boxes.map(box => box.checked)") == [False, True, False]
    expect(page.locator("#saved")).to_contain_text("2项尚未提交")


def test_without_scripts_a_desk_officer_still_reports(reported, browser, site):
    window = browser.new_context(java_script_enabled=False, base_url=site)
    page = window.new_page()
    page.goto("/sign-in/?next=/report/")
    page.get_by_label("账号").fill(desk_of(PLANNING))
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#f-2-value").fill("7")
    page.locator("#f-2-text").fill("推进")
    page.get_by_role("button", name="提交待签发").click()
    expect(page.get_by_text("已提交1项，等待单位负责人签发。")).to_be_visible()


def test_the_keyboard_walks_down_the_column_of_figures(reported, person):
    page = person(desk_of(PLANNING))
    page.goto("/report/")
    figures = page.locator(".figures input")
    names = figures.evaluate_all("fields => fields.map(f => f.id)")
    values = [name for name in names if name.endswith("-value")]
    page.locator(f"#{values[0]}").focus()

    def focused_after(*keys):
        for key in keys:
            page.keyboard.press(key)
        return page.evaluate("document.activeElement.id")

    assert focused_after("Enter") == values[1]
    assert focused_after("ArrowDown") == values[2]
    assert focused_after("ArrowUp") == values[1]
    assert focused_after("Shift+Enter") == values[0]
    assert focused_after("Tab") == names[1]
    assert focused_after("Shift+Tab") == names[0]
    assert focused_after(*["Tab"] * len(names)) == page.locator("[data-column=text]").first.get_attribute("id")
    assert focused_after("Tab").endswith("-problem")


def test_a_file_and_what_was_typed_are_there_after_leaving_the_page(reported, person):
    page = person(desk_of(PLANNING))
    page.goto("/report/")
    row = page.locator("#f-2-value")
    row.fill("7")
    page.locator("#f-2-evidence").set_input_files(PDF)
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("草稿已存，尚未提交。")).to_be_visible()
    page.goto("/")
    page.goto("/report/")
    expect(page.get_by_role("link", name="照片.pdf")).to_be_visible()
    expect(page.locator("#light-2")).to_contain_text("采信后为")
    page.get_by_role("button", name="提交待签发").click()
    expect(page.get_by_text("已提交1项，等待单位负责人签发。")).to_be_visible()
    expect(page.locator("#saved")).to_have_text("没有未提交的改动。")


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_cell(reported, person):
    page = person(desk_of(PLANNING))
    page.goto("/report/")
    page.locator("#f-2-value").fill("7斤")
    page.get_by_role("button", name="提交待签发").click()
    expect(page.locator("#summary")).to_be_focused()
    page.locator("#summary a").first.click()
    expect(page.locator("#f-2-value")).to_be_focused()
    expect(page.locator("#f-2-value")).to_have_value("7斤")


@pytest.fixture
def flagged(site):
    """Two reports wait for their head, the first with a hint."""
    from luoshi.acts.submit_reports import ReportRow
    from luoshi.store.models import EntryRow

    county = County().running()
    rows = EntryRow.objects.filter(list="target", values__contains=f'"lead_body":"{PLANNING}"').order_by("id")
    first, second = rows.values_list("id", flat=True)[:2]
    county.open(8)
    county.report(8, first, value="45", text="推进")
    county.close(8)
    county.open(9)
    county.submit(
        9,
        ReportRow(first, {"value": "44", "text": "慢", "problem": "核减"}),
        ReportRow(second, {"value": "7", "text": "推进"}),
    )


def test_one_key_ticks_the_rows_without_a_hint_and_no_other(flagged, person):
    page = person(head_of(PLANNING))
    page.goto("/sign/")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    assert page.locator("input:checked").count() == 0
    page.get_by_role("button", name="全选未标记的").click()
    assert page.locator("input:checked").evaluate_all("boxes => boxes.map(box => box.dataset.flags)") == ["0"]
    page.get_by_role("button", name="签发所选").click()
    expect(page.get_by_text("已签发1项，送督查室审核。")).to_be_visible()


def test_signing_in_again_elsewhere_lets_the_open_sheet_go_on(reported, person):
    page = person(desk_of(PLANNING))
    page.goto("/report/")
    page.context.clear_cookies(name="sessionid")
    page.locator("#f-2-value").fill("7")
    expect(page.locator("#saved")).to_contain_text("登录已过期")
    with page.context.expect_page() as opened:
        page.locator("#saved a").click()
    again = opened.value
    again.get_by_label("账号").fill(desk_of(PLANNING))
    again.get_by_label("密码").fill(PASSWORD)
    again.get_by_role("button", name="登录").click()
    again.wait_for_url("**/report/**")
    page.locator("#f-2-text").fill("推进")
    expect(page.locator("#saved")).to_contain_text("1项尚未提交")
    page.get_by_role("button", name="提交待签发").click()
    expect(page.get_by_text("已提交1项，等待单位负责人签发。")).to_be_visible()
