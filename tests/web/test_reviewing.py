"""The review screen in a browser: by keyboard alone, by mouse alone without scripts, on a phone."""

from __future__ import annotations

import pytest
from county import PASSWORD, SUPERVISOR, County
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def address(site):
    """The page of a document that is kept and not adopted."""
    return f"/reading/{County().planned().document().sha256}/"


def _done(page, number):
    expect(page.locator(".tally strong")).to_contain_text(f"已核 {number}/")


def _card(page):
    return page.locator("#proposal [name=proposal]").first.input_value()


def _forward_to(page, key):
    """J until the proposal shown has what the key does: a task is neither split nor merged."""
    while page.locator(f"[data-key={key}]").count() == 0:
        shown = _card(page)
        page.keyboard.press("j")
        expect(page.locator("#proposal [name=proposal]").first).not_to_have_value(shown)


def test_twenty_proposals_by_keyboard_alone_with_a_split_a_merge_and_an_undo(address, person):
    page = person(SUPERVISOR)
    page.goto(address + "?order=text&doubt=&kind=")
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    press = page.keyboard.press
    for number in range(1, 13):
        shown = _card(page)
        press("r" if number % 5 == 0 else "a")
        _done(page, number)
        assert _card(page) != shown
    press("u")
    _done(page, 11)
    undone = _card(page)
    press("j")
    expect(page.locator("#proposal [name=proposal]").first).not_to_have_value(undone)
    press("k")
    expect(page.locator("#proposal [name=proposal]").first).to_have_value(undone)
    # correct: E to the first field, type, Enter
    press("e")
    page.keyboard.type("改过的名称")
    press("Enter")
    _done(page, 12)
    expect(page.locator(".around")).to_contain_text("已修改")
    # split: S, the second name, Enter
    total = int(page.locator(".tally strong").inner_text().split("/")[1])
    _forward_to(page, "s")
    press("s")
    while page.evaluate("document.activeElement.name") != "p2_name":
        press("Tab")
    page.keyboard.type("拆出的另一条")
    press("Enter")
    _done(page, 14)
    expect(page.locator(".tally strong")).to_contain_text(f"/{total + 1}")
    # merge: M, the nearest neighbour is chosen, Tab to the name, Enter
    _forward_to(page, "m")
    press("m")
    press("Tab")
    press("Enter")
    expect(page.locator(".tally strong")).to_contain_text(f"/{total}")
    press("u")
    expect(page.locator(".tally strong")).to_contain_text(f"/{total + 1}")
    for number in range(15, 21):
        press("a")
        _done(page, number)
    assert complaints == []


def test_a_key_opens_the_derivation_and_its_characters_are_marked_in_the_document(address, person):
    page = person(SUPERVISOR)
    page.goto(address + "?kind=target&order=text")
    page.keyboard.press("y")
    expect(page.locator("#why")).to_contain_text("数量表达")
    expect(page.locator(".original .fired").first).to_have_text("60亿元以上")
    page.get_by_role("link", name="指标的依据").click()
    expect(page.locator("#why")).to_contain_text("取字")


def test_words_selected_in_the_document_are_added(address, person):
    page = person(SUPERVISOR)
    page.goto(address)
    page.evaluate(
        """() => {
            const text = [...document.querySelectorAll('.original p')].find(p => p.textContent.includes('清单化抓落实'));
            const node = [...text.childNodes].find(n => n.textContent.includes('清单化抓落实'));
            const at = node.textContent.indexOf('清单化抓落实');
            const range = document.createRange();
            range.setStart(node, at); range.setEnd(node, at + 6);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            document.dispatchEvent(new MouseEvent('mouseup'));
        }"""
    )
    page.keyboard.press("n")
    expect(page.locator("[data-adding] [name=quote]")).to_have_value("清单化抓落实")
    page.locator("[data-adding] [name=as]").select_option("measure")
    page.locator("[data-adding] [name=name]").fill("清单化抓落实")
    page.keyboard.press("Enter")
    _done(page, 1)
    page.goto(address + "?state=changed")
    expect(page.locator("#proposal")).to_contain_text("补充的")


def test_what_was_typed_stays_when_the_session_is_over(address, person):
    page = person(SUPERVISOR)
    page.goto(address + "?kind=target")
    page.context.clear_cookies()
    page.locator("#f-indicator").fill("没有丢的名称")
    page.keyboard.press("Enter")
    expect(page.locator("#stayed")).to_contain_text("填的内容还在")
    expect(page.locator("#f-indicator")).to_have_value("没有丢的名称")


def test_without_scripts_everything_is_done_with_the_mouse(address, browser, site):
    page = browser.new_context(java_script_enabled=False, base_url=site).new_page()
    page.goto(f"/sign-in/?next={address}")
    page.get_by_label("账号").fill(SUPERVISOR)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("button", name="采纳", exact=True).click()
    _done(page, 1)
    page.get_by_role("button", name="剔除").click()
    _done(page, 2)
    page.get_by_role("button", name="撤回上一步").click()
    _done(page, 1)
    page.locator("summary", has_text="次序和筛选").click()
    page.locator(".tally [name=kind]").select_option("honour")
    page.get_by_role("button", name="筛选", exact=True).click()
    page.locator("summary", has_text="拆成几条").click()
    page.locator("#f-p1_name").fill("甲")
    page.locator("#f-p2_name").fill("乙")
    page.get_by_role("button", name="拆开并采纳").click()
    _done(page, 3)
    page.get_by_role("link", name="名称的依据").first.click()
    expect(page.locator("#why")).to_contain_text("依据")


@pytest.mark.parametrize("width", [390, 1366])
def test_nothing_is_covered_or_runs_out_of_the_window(address, person, width):
    page = person(SUPERVISOR, width, 844)
    page.goto(address + "?kind=target")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    accept = page.get_by_role("button", name="采纳", exact=True)
    accept.scroll_into_view_if_needed()
    accept.click()
    _done(page, 1)
    here, pane = page.locator("#here").bounding_box(), page.locator(".original .document").bounding_box()
    assert pane["y"] <= here["y"] <= pane["y"] + pane["height"]
