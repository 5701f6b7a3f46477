"""One month of one invented county, and LibreOffice to open what is printed about it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from fractions import Fraction

import pytest

from luoshi.publication.bulletin import Bulletin, BulletinItem
from luoshi.publication.ledger_sheet import LedgerHistoryLine, LedgerRow, PlanLedger
from luoshi.publication.legend import ProgressClass, ShownLight
from luoshi.terms.period import Period
from luoshi.terms.unit import Quantity

LEGEND = (
    ShownLight("blue", "蓝灯", "◆", "1F4FB5", "E8EFFC"),
    ShownLight("green", "绿灯", "●", "1B6E3C", "E6F4EA"),
    ShownLight("yellow", "黄灯", "▲", "6B4E00", "FFF3C4"),
    ShownLight("orange", "橙灯", "■", "9A3A00", "FFE6D1"),
    ShownLight("red", "红灯", "✖", "A3141F", "FDE7E8"),
    ShownLight("grey", "灰灯", "○", "4B5563", "EEF0F3"),
)
CLASSES = {"blue": ProgressClass.DONE, "green": ProgressClass.ON_PACE, "grey": ProgressClass.NOT_REPORTED}


@pytest.fixture
def item():
    """Makes an item of a light; its class follows from the light unless told."""

    def make(light, lead="县建设局", words="完成老旧小区改造12个", number=4, **more):
        values = {
            "target": "12个",
            "standing": CLASSES.get(light, ProgressClass.BEHIND),
            "actual": Quantity.of(4, "个"),
            "completion": Fraction(1, 3),
            "expected": Fraction(3, 4),
        } | more
        return BulletinItem(number=number, words=words, lead=lead, light=light, **values)

    return make


@pytest.fixture
def bulletin():
    """Makes September's bulletin of the items."""

    def make(*items, **more):
        values = {
            "issuer": "××县人民政府督查室",
            "issue": 9,
            "issued_on": date(2023, 10, 8),
            "period": Period.month(2023, 9),
            "plan_title": "政府工作报告重点任务",
            "addressees": ("各乡镇人民政府", "县政府各部门"),
            "legend": LEGEND,
            "copies_to": ("县委办公室", "县人大常委会办公室"),
        } | more
        return Bulletin(items=items, **values)

    return make


@pytest.fixture
def ledger():
    """Makes a ledger of September with the rows."""

    def make(*rows, **more):
        line = LedgerHistoryLine(
            date(2023, 10, 3), date(2023, 9, 30), "第4项", "填报9月累计完成4个。", "王某", "县建设局"
        )
        values = {
            "title": "2023年重点任务工作台账",
            "issuer": "××县人民政府督查室",
            "period": Period.month(2023, 9),
            "made_on": date(2023, 10, 8),
            "legend": LEGEND,
            "history": (line,),
        } | more
        return PlanLedger(rows=rows, **values)

    return make


@pytest.fixture
def row():
    """Makes a ledger row."""

    def make(number=4, target="完成老旧小区改造12个", **more):
        values = {"area": "城乡建设", "task": "推进城市有机更新。", "light": "red", "actual": Fraction(4)} | more
        return LedgerRow(number=number, target=target, **values)

    return make


@pytest.fixture(scope="session")
def as_pdf(libreoffice, tmp_path_factory):
    """Opens a file's bytes in LibreOffice: the PDF it prints."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext here: apt-get install poppler-utils")
    folder = tmp_path_factory.mktemp("office")

    def convert(content, name):
        path = folder / name
        path.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [libreoffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return path.with_suffix(".pdf")

    return convert


@pytest.fixture(scope="session")
def pdf_text():
    """The text of a PDF page by page, lines as they stand."""

    def read(path):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout
        return text.removesuffix("\f").split("\f")

    return read


@pytest.fixture(scope="session")
def page_sizes():
    """Width and height of each page in whole millimetres."""

    def read(path):
        told = subprocess.run(["pdfinfo", "-l", "999", path], check=True, capture_output=True, text=True).stdout
        sizes = [line.split() for line in told.splitlines() if line.startswith("Page ") and "size:" in line]
        return [(round(float(s[3]) * 25.4 / 72), round(float(s[5]) * 25.4 / 72)) for s in sizes]

    return read
