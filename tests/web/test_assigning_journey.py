"""In a browser: a decomposition is uploaded, corrected, confirmed; then a unit fills its month from its own words."""

from __future__ import annotations

import pytest
from county import EDUCATION, SUPERVISOR, County, desk_of
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TABLE = """序号|工作任务|责任领导|牵头单位|责任单位|完成时限
7|实施教育强县战略。建成高水平寄宿制学校4所|领甲|县教体局|县发改局|11月底前
99|组织好春节团拜|领甲|县府办||
"""


@pytest.fixture
def adopted(site):
    """The county with its plan adopted and nothing assigned, September open."""
    county = County().adopted()
    county.open(9)


def _assign(page):
    page.get_by_role("link", name="任务", exact=True).click()
    page.get_by_role("link", name="从分解表指派").click()
    page.get_by_label("文件").set_input_files(
        {"name": "分解表.txt", "mimeType": "text/plain", "buffer": TABLE.encode()}
    )
    page.get_by_role("button", name="上传并读取").click()
    page.get_by_label("“县教体局”是哪个单位").select_option(EDUCATION)
    page.get_by_label("记为该单位的别名").check()
    page.locator("#f-2-entry").select_option("-")
    page.get_by_role("button", name="保存并核对差别").click()
    expect(page.get_by_role("heading", name="将一次交办3项")).to_be_visible()
    page.get_by_role("button", name="确认全部交办").click()
    expect(page.get_by_role("status").filter(has_text="已一次交办3项，记下别名1个。")).to_be_visible()
    expect(page.get_by_text("无变化1行，不办理1行。")).to_be_visible()


def _fill(page):
    page.get_by_role("link", name="填报", exact=True).click()
    page.get_by_role("link", name="从文字填入").click()
    page.get_by_label("粘贴进展文字").fill("截至9月底，已建成高水平寄宿制学校3所，占年度目标的75%。")
    page.get_by_role("button", name="识读").click()
    choice = page.get_by_label("第1条填入哪一项")
    expect(choice).to_have_value("")
    choice.select_option(index=1)
    page.get_by_role("button", name="填入草稿").click()
    expect(page.get_by_role("status").filter(has_text="已填入1项的草稿，尚未提交，请核对。")).to_be_visible()
    expect(page.locator("#f-1-value")).to_have_value("3")


def test_from_a_table_to_duties_and_from_words_to_a_draft(adopted, person):
    _assign(person(SUPERVISOR))
    _fill(person(desk_of(EDUCATION), width=390, height=844))
