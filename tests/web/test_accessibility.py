"""Every page passes axe and fits its window, on the desk, on the phone, at 200 % and in the dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from county import PLANNING, SUPERVISOR, desk_of, head_of

pytestmark = pytest.mark.browser

PAGES = [
    "/", "/wall/", "/tasks/", "/tasks/1/", "/lists/", "/lists/target/", "/commitments/", "/todo/",
    f"/report/{PLANNING}/2023-09/", "/review/", "/league/", "/reading/", "/publication/", "/settings/assign/",
    "/settings/tables/", "/settings/schedule/", "/settings/month/", "/settings/workbooks/",
    "/year-end/", "/settings/workbooks/plan/", "/settings/workbooks/month/2023-09/", "/settings/workbooks/ledger/",
    f"/report/{PLANNING}/2023-09/file/", "/supervision/new/", "/password/", "/lists/problem/open/file/",
    "/notices/", "/notices/choices/", "/notices/outbox/", "/delegation/", "/second-factor/", "/accounts/",
    f"/entries/post:head{PLANNING[-2:]}/handover/",
]  # fmt: skip
ZOOMED = {"width": 683, "height": 384}
"""What an office screen shows at 200 %."""


def _faults(page, path):
    found = Axe().run(page).response["violations"]
    return [f"{path} {fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


def test_axe_finds_no_fault_and_no_page_is_wider_than_its_window(reported, person):
    page = person(SUPERVISOR)
    said = []
    for size in ({"width": 1366, "height": 768}, {"width": 390, "height": 844}, ZOOMED):
        page.set_viewport_size(size)
        for path in [*PAGES, *reported]:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                said.append(f"{path} is wider than {size['width']} pixels")
            said += [] if size is ZOOMED else _faults(page, path)
    assert said == []


def test_axe_finds_no_fault_in_english_and_no_page_is_wider_than_a_phone(reported, person, site):
    page = person(SUPERVISOR)
    page.context.add_cookies([{"name": "language", "value": "en", "url": site}])
    said = []
    for path in [*PAGES, *reported]:
        page.goto(path)
        said += _faults(page, path)
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            said.append(f"{path} is wider than a phone")
        page.set_viewport_size({"width": 1366, "height": 768})
    assert said == []


def test_axe_finds_no_fault_on_the_pages_of_a_unit(reported, person, browser, site):
    said = []
    officer, head = person(desk_of(PLANNING)), person(head_of(PLANNING), width=390, height=844)
    guest = browser.new_context(base_url=site).new_page()
    for page, paths in (
        (officer, ["/report/", "/todo/", "/reading/", "/tasks/99/", "/"]),
        (head, ["/sign/", "/todo/", "/report/"]),
        (guest, ["/sign-in/"]),
    ):
        for path in paths:
            page.goto(path)
            said += _faults(page, path)
    assert said == []


def test_dark_mode_keeps_its_contrast(reported, person):
    page = person(SUPERVISOR)
    page.emulate_media(color_scheme="dark")
    said = []
    for path in ("/", "/tasks/1/", "/review/", f"/report/{PLANNING}/2023-09/", *reported):
        page.goto(path)
        said += _faults(page, path)
    assert said == []


def test_on_a_phone_the_head_leaves_the_page_to_the_page(reported, person):
    page = person(SUPERVISOR, width=390, height=844)
    assert page.locator("header.head").bounding_box()["height"] <= 120
    leave = page.get_by_role("button", name="退出")
    assert not leave.is_visible()
    page.get_by_role("checkbox", name="更多").focus()
    page.keyboard.press("Space")
    assert leave.is_visible()
    assert _faults(page, "/") == []
