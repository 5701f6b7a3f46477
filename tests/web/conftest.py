"""What the tests of the pages share: the invented county of tests/acts, and a browser without a network for its people."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "acts")]  # september.py and county.py


@pytest.fixture(autouse=True, scope="session")
def static_folder():
    """The folder of collected files, which an installation has and a test's home has not."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def county(db):
    """The county with its plan adopted and assigned, September open."""
    from county import County
    from laid import laid

    made = County()
    laid("running in September", lambda: made.running().open(9))
    return made


@pytest.fixture
def sign_in(client, settings):
    """Signs an account in and gives the client."""
    from luoshi.store.models import Account

    settings.LUOSHI_TODAY = date(2023, 9, 28)

    def signed_in(username):
        client.force_login(Account.objects.get(username=username))
        return client

    return signed_in


@pytest.fixture
def site(throwaway, settings):  # noqa: F811 - the fixture, not the import below
    """The address of a served site with a database of its own: what acts commit cannot be rolled back."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.LUOSHI_TODAY = date(2023, 9, 28)
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    thread.join()


from throwaway import throwaway  # noqa: E402, F401 - a fixture


@pytest.fixture
def reported(site):
    """The county in September, one report signed; the addresses of pages that depend on what it holds."""
    from county import PLAN, County

    from luoshi.acts.review_table import keep_table
    from luoshi.acts.submit_reports import ReportRow
    from luoshi.store.models import DocumentRow, EntryRow

    county = County().running()
    county.open(9)
    target = EntryRow.objects.filter(list="target", state="assigned").order_by("id").first()
    county.sign(9, county.submit(9, ReportRow(target.id, {"value": "45", "text": "推进"})))
    document = DocumentRow.objects.get().sha256
    table = "序号|任务|牵头单位|责任单位\n1|扩大有效投资|县发改局|县财政局\n2|新事|县教育局、县财政局分别牵头|各片区\n"
    kept, _ = keep_table(county.supervisor(9, 26), PLAN, "分解表.txt", table.encode())
    review = [f"/settings/tables/{kept}/", f"/settings/tables/{kept}/confirm/", *_ledgers(county)]
    return [f"/entries/{target.id}/", f"/entries/{target.id}/why/2023-09/", f"/reading/{document}/", *review]


def _ledgers(county):
    """The pages of two ledgers of a county's own: one whose columns are mapped, one whose are not."""
    import io

    from county import PLAN
    from openpyxl import Workbook

    from luoshi.acts.import_ledger import keep_ledger, map_columns, review_ledger

    found = []
    for words in ("完成固定资产投资60亿元以上", "修建跨海大桥引桥工程"):
        book, out = Workbook(), io.BytesIO()
        book.active.append(["序号", "工作目标", "牵头单位", "完成情况"])
        book.active.append([1, words, "发改局", "进展顺利。"])
        book.save(out)
        found.append(keep_ledger(county.supervisor(9, 26), PLAN, "台账.xlsx", out.getvalue()))
    table = review_ledger(county.supervisor(9, 26), PLAN, found[0]).table
    roles = {column.index: column.role for column in table.columns}
    map_columns(county.supervisor(9, 26), PLAN, found[0], roles, (table.title, table.head))
    return [f"/settings/workbooks/ledger/{digest}/" for digest in found]


@pytest.fixture
def browser(chromium, site):
    """Debian's Chromium. It keeps a loop in this thread, so the database is asked before it starts, never after."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def person(browser, site):
    """Opens a window for an account, signed in; what the page complains about fails the test."""

    from county import PASSWORD

    def signed_in(username, width=1366, height=768):
        window = browser.new_context(viewport={"width": width, "height": height}, base_url=site, locale="zh-CN")
        page = window.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))
        page.goto("/sign-in/")
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/")
        return page

    return signed_in
