"""Hints stand beside the row of whoever fills it in, from the first draft on; they refuse nothing."""

from __future__ import annotations

import io
import random

import pytest
from county import PLAN, PLANNING, desk_of
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from september import SHEET, report_on

from luoshi.store.entries import find_where


def _form(indicator, **cells):
    target = find_where(PLAN, "target", indicator=indicator)[0]
    return target.id, {"row": f"1|{target.id}", **{f"1-{name}": text for name, text in cells.items()}}


@pytest.mark.parametrize(
    ("indicator", "value", "hint"),
    [
        ("建成绿色工厂", "1.5", "一般是整数，所填为1.5"),
        ("建成绿色工厂", "1,000", "的10倍，请核对单位和位数"),
        ("完成固定资产投资", "45000", "超过目标60亿元的10倍，请核对单位和位数"),  # 60 × 10 = 600 < 45000
    ],
)
def test_a_draft_shows_the_hint_and_is_submitted_all_the_same(county, sign_in, indicator, value, hint):
    desk = sign_in(desk_of(PLANNING))
    target, form = _form(indicator, value=value, text="推进")
    assert hint not in desk.get(SHEET).content.decode()
    assert hint in desk.post(f"{SHEET}draft/", form).content.decode()
    assert hint in desk.get(SHEET).content.decode()
    assert desk.post(SHEET, form).status_code == 302
    assert hint in desk.get(SHEET).content.decode()
    assert hint in report_on(target).values  # and the head sees it too


@pytest.mark.parametrize(("indicator", "value"), [("建成绿色工厂", "2"), ("完成固定资产投资", "45.5")])
def test_an_ordinary_figure_carries_no_hint(county, sign_in, indicator, value):
    _, form = _form(indicator, value=value, text="推进")
    assert "提示：" not in sign_in(desk_of(PLANNING)).post(f"{SHEET}draft/", form).content.decode()


def test_the_example_for_counted_things_is_whole(county, sign_in):
    _, form = _form("建成绿色工厂", value="若干", text="推进")
    html = sign_in(desk_of(PLANNING)).post(SHEET, form).content.decode()
    assert "如“12”或“12" in html
    assert "12.5" not in html


def test_a_draft_that_is_no_number_is_kept_with_a_hint(county, sign_in):
    _, form = _form("建成绿色工厂", value="abc", text="推进")
    html = sign_in(desk_of(PLANNING)).post(f"{SHEET}draft/?page=1", form, follow=True).content.decode()
    assert 'value="abc"' in html
    assert "提示：“本月累计”应填数字" in html


def test_a_bad_file_and_a_bad_figure_are_told_at_once(county, sign_in):
    _, form = _form("建成绿色工厂", value="若干", text="推进")
    form["1-evidence"] = SimpleUploadedFile("照片.pdf", b"MZ" + bytes(50))
    page = sign_in(desk_of(PLANNING)).post(SHEET, form)
    assert page.status_code == 422
    assert "照片.pdf" in page.content.decode()
    assert "应填数字" in page.content.decode()


def _photo(seed):
    chance, out = random.Random(seed), io.BytesIO()
    Image.frombytes("L", (8, 8), chance.randbytes(64)).resize((320, 320), Image.Resampling.BICUBIC).save(out, "JPEG")
    return SimpleUploadedFile(f"现场{seed}.jpg", out.getvalue())


def test_a_photo_that_was_there_before_is_told_to_the_officer_and_to_the_head(county, sign_in, settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    desk = sign_in(desk_of(PLANNING))
    _, first = _form("建成绿色工厂", value="2", text="推进", evidence=_photo(1))
    assert "上传的" not in desk.post(SHEET, first, follow=True).content.decode()
    target, other = _form("完成固定资产投资", value="45.5", text="推进", evidence=_photo(2))
    desk.post(f"{SHEET}draft/?page=1", other)
    assert "上传的" not in desk.get(SHEET).content.decode()
    target, again = _form("完成固定资产投资", value="45.5", text="推进", evidence=_photo(1))
    assert "上传的“现场1.jpg”是同一个文件" in desk.post(SHEET, again, follow=True).content.decode()
    assert "佐证“现场1.jpg”与" in report_on(target).values
