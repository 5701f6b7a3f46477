"""September, lived by each role in a browser: opened, reported by keyboard, signed, returned, accepted, looked at, closed."""

from __future__ import annotations

import re

import pytest
from county import (
    AUDITOR,
    EDUCATION,
    LEADER,
    OFFICE,
    PASSWORD,
    PLANNING,
    SUPERVISOR,
    County,
    desk_of,
    founder,
    head_of,
)  # fmt: skip
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PDF = {"name": "进展.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 test"}
MOST = 90
"""Actions for ten rows filled, evidence attached and submitted (issue of the month)."""
DEPUTY, SYSTEM, SECURITY, AUDITING = "daibiao", "xitong", "anquan", "shenguan"


@pytest.fixture
def running(site):
    """The county with everything assigned and no month opened; with a deputy and the three administrators."""
    from luoshi.acts.accounts import create_account
    from luoshi.acts.register_people import register_people
    from luoshi.people.role import Role
    from luoshi.people.roster import Post

    County().running()
    roles = {DEPUTY: Role.DEPUTY, SYSTEM: Role.SYSTEM_ADMINISTRATOR, SECURITY: Role.SECURITY_ADMINISTRATOR}
    roles[AUDITING] = Role.AUDIT_ADMINISTRATOR
    posts = [Post(f"post:{name}", OFFICE, role, role.label, name, name) for name, role in roles.items()]
    register_people(founder(), "999901", [], posts)
    for name in roles:
        create_account(name, name, PASSWORD, must_change=False)


def test_a_month_of_every_role(running, person, tmp_path):
    supervisor = person(SUPERVISOR)
    _open(supervisor)
    officer = person(desk_of(PLANNING))
    assert _report_ten_rows(officer) < MOST
    _take_one_back_and_send_it_again(officer)
    _report_on_a_phone(person(desk_of(EDUCATION), width=390, height=844))
    head = person(head_of(PLANNING))
    _sign_all(head)
    _return_one_and_accept_the_others(supervisor)
    _mend_the_returned(officer)
    _sign_all(head)
    _accept(supervisor)
    _look_as_leader(person(LEADER))
    _look_as_deputy(person(DEPUTY))
    _look_as_auditor(person(AUDITOR))
    _keep_registers(person)
    _close(supervisor, tmp_path)
    _see_that_it_is_closed(officer)
    _read_in_english(person(LEADER))


def _open(page):
    page.goto("/settings/month/")
    page.locator("#f-period").fill("2023-09")
    page.locator("#f-closes_on").fill("2023-10-05")
    page.get_by_role("button", name="开启").click()
    expect(page.get_by_text("2023年9月的填报窗口已开启。")).to_be_visible()


def _report_ten_rows(page):
    """Ten figures, each with its progress, one file, by keyboard alone; returns how many keys and typings it took."""
    page.get_by_role("link", name="我的待办").click()
    page.get_by_role("link", name=re.compile("看填报表|发改局2023年9月填报")).first.click()
    page.wait_for_url("**/report/**")
    rows = page.locator("[data-column=value]:not([type=checkbox])")
    actions = 2
    for number in range(10):
        cell = rows.nth(number)
        if number == 0:
            cell.focus()
        else:
            page.keyboard.press("Enter")
        page.keyboard.type(str(3 + number))
        actions += 2
    for number in range(10):
        row = rows.nth(number).evaluate("field => field.name.split('-')[0]")
        page.locator(f"#f-{row}-text").fill("按计划推进")
        actions += 2
    expect(page.locator("#saved")).to_contain_text("10项尚未提交")
    page.locator("[id$=-evidence]").first.set_input_files(PDF)
    page.get_by_role("button", name="提交待签发").click()
    expect(page.get_by_text("已提交10项，等待单位负责人签发。")).to_be_visible()
    return actions + 2


def _take_one_back_and_send_it_again(page):
    """What is submitted can be changed until it is accepted: the newer figure is what the head sees."""
    page.goto("/report/")
    cell = page.locator("[data-column=value]:not([type=checkbox])").first
    cell.fill("45")
    page.get_by_role("button", name="提交待签发").click()
    expect(page.get_by_text("已提交1项，等待单位负责人签发。")).to_be_visible()


def _report_on_a_phone(page):
    page.goto("/report/")
    cell = page.locator("[data-column=value]:not([type=checkbox])").first
    cell.fill("2")
    page.locator("[id$=-text]").first.fill("两所已开工")
    page.locator("[id$=-evidence]").first.set_input_files(PDF)
    page.get_by_role("button", name="提交待签发").click()
    expect(page.get_by_text("已提交1项，等待单位负责人签发。")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _sign_all(page):
    page.goto("/sign/")
    boxes = page.get_by_role("checkbox").all()
    assert boxes
    for box in boxes:
        box.check()
    page.get_by_role("button", name="签发所选").click()
    expect(page.get_by_text(f"已签发{len(boxes)}项，送督查室审核。")).to_be_visible()


def _return_one_and_accept_the_others(page):
    page.goto("/review/")
    page.locator("tbody input[name=report]").first.check()
    page.locator("#f-return_code").select_option(label="佐证不足")
    page.locator("#f-reason").fill("请附统计报表")
    page.get_by_role("button", name="退回所选").click()
    expect(page.get_by_text("已退回1项。")).to_be_visible()
    _accept(page)


def _accept(page):
    page.goto("/review/")
    boxes = page.locator("tbody input[name=report]").all()
    for box in boxes:
        box.check()
    page.get_by_role("button", name="采信所选").click()
    expect(page.get_by_text(f"已采信{len(boxes)}项，灯色已随之更新。")).to_be_visible()


def _mend_the_returned(page):
    page.goto("/todo/")
    expect(page.get_by_text("退回1项").first).to_be_visible()
    page.goto("/report/")
    expect(page.get_by_text("请附统计报表").first).to_be_visible()
    row = page.locator("tr.differs").first
    row.locator("[id$=-evidence]").set_input_files({**PDF, "name": "统计报表.pdf"})
    page.get_by_role("button", name="提交待签发").click()
    expect(page.get_by_text("已提交1项，等待单位负责人签发。")).to_be_visible()


def _look_as_leader(page):
    page.goto("/")
    expect(page.locator(".lights b").first).to_be_visible()
    page.goto("/commitments/")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/entries/**")
    expect(page.get_by_role("heading", name=re.compile("为什么是"))).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("nav.nav")).to_be_hidden()
    page.emulate_media(media="screen")
    assert page.goto("/settings/month/").status == 403


def _look_as_deputy(page):
    """Promises and lights; no desk's figures, no settings."""
    assert page.goto("/commitments/").status == 200
    expect(page.get_by_text("完成固定资产投资").first).to_be_visible()
    assert page.goto(f"/report/{PLANNING}/2023-09/").status == 403
    assert page.goto("/review/").status == 403


def _look_as_auditor(page):
    """Reads everything, changes nothing."""
    for path in ("/review/", "/security-log/", "/publication/", f"/report/{PLANNING}/2023-09/"):
        assert page.goto(path).status == 200, path
        assert page.locator("main button.primary").count() == 0, path
    assert page.goto("/settings/month/").status == 403


def _keep_registers(person):
    """The three separated administrators keep their registers and see no business."""
    system, auditing = person(SYSTEM), person(AUDITING)
    assert system.goto("/accounts/").status == 200
    assert system.goto("/commitments/").status == 403
    assert auditing.goto("/security-log/").status == 200
    expect(auditing.get_by_text("登录").first).to_be_visible()
    assert auditing.goto("/accounts/").status == 403
    security = person(SECURITY)
    assert security.goto("/commitments/").status == 403
    assert security.goto("/lists/").status == 200


def _close(page, folder):
    page.goto("/settings/month/")
    page.get_by_role("link", name="核对并结账").click()
    page.get_by_role("button", name="确认结账").click()
    expect(page.get_by_text("已结账，快照已保存").first).to_be_visible()
    page.goto("/publication/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载文稿").first.click()
    waiting.value.save_as(folder / "通报.docx")
    assert (folder / "通报.docx").read_bytes()[:2] == b"PK"


def _see_that_it_is_closed(page):
    page.goto(f"/report/{PLANNING}/2023-09/")
    expect(page.get_by_text("2023年9月已经结账，只能查看。")).to_be_visible()
    assert page.locator("[data-column=value]").count() == 0


def _read_in_english(page):
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Overview: September 2023")).to_be_visible()
    page.get_by_role("link", name="League tables").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("link", name="晾晒", exact=True)).to_be_visible()
