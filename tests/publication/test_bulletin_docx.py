from __future__ import annotations

import dataclasses
import io
import re
import time
import zipfile

import docx
import pytest
from docx.enum.section import WD_SECTION_START

from luoshi.publication.bulletin import BulletinCorrection
from luoshi.publication.bulletin_docx import bulletin_docx
from luoshi.publication.word_file import DEMO_MARK
from luoshi.publication.wording import width
from luoshi.terms.period import Period


def _open(made):
    return docx.Document(io.BytesIO(bulletin_docx(made)))


def _texts(made):
    return [paragraph.text for paragraph in _open(made).paragraphs]


def test_the_parts_stand_in_the_order_of_the_standard(bulletin, item):
    correction = BulletinCorrection(Period.month(2023, 8), 2, "新增企业45家", "33家", "31家", "重复统计")
    texts = _texts(bulletin(item("red"), item("green"), corrections=(correction,)))
    wanted = ["××县人民政府督查室", "第9期\t2023年10月8日", "各乡镇人民政府，县政府各部门：", "一、总体情况", "二、存在问题",
              "三、下步要求", "四、前期数据更正", "附件：2023年9月政府工作报告重点任务推进情况明细表", "2023年10月8日"]  # fmt: skip
    places = [texts.index(text) for text in wanted]
    assert places == sorted(places)
    assert not any("更正" in text for text in _texts(bulletin(item("red"))))


def test_later_corrections_are_added_after_everything_that_was_issued(bulletin, item):
    """The document with them is the document without them and one stretch more: nothing before or after it moves."""
    correction = BulletinCorrection(Period.month(2023, 9), 2, "新增企业45家", "33家", "31家", "重复统计")
    issued = bulletin(item("red"), item("green"))
    before = _body(issued)
    after = _body(dataclasses.replace(issued, corrected_since=(correction,)))
    start = next(place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    rest = before[start:]
    assert after.endswith(rest)
    added = after[start : len(after) - len(rest)]
    assert "结账后更正情况" in added
    assert "1．2023年9月通报中第2项“新增企业45家”由33家更正为31家，更正原因：重复统计。" in re.sub("<[^>]+>", "", added)


def _body(made):
    return zipfile.ZipFile(io.BytesIO(bulletin_docx(made))).read("word/document.xml").decode()


def test_a_bulletin_without_items_has_no_annex(bulletin):
    opened = _open(bulletin())
    assert len(opened.tables) == 1  # the imprint
    assert not any("附件" in paragraph.text for paragraph in opened.paragraphs)


def test_the_same_bulletin_gives_the_same_bytes(bulletin, item):
    assert bulletin_docx(bulletin(item("red"))) == bulletin_docx(bulletin(item("red")))


def test_control_characters_do_not_break_the_file(bulletin, item):
    made = bulletin(
        item("red", lead="县\x00建设\x0b局", words="改造<12>个&\x1f", reason="\ufffe慢"), issuer="督\x07查室"
    )
    assert any("县建设局" in text and "“改造<12>个&”" in text for text in _texts(made))


@pytest.mark.office
def test_the_printed_bulletin_has_28_characters_a_line_and_22_lines_a_page(bulletin, item, as_pdf, pdf_text):
    text = "逐条对照年度目标倒排工期挂图作战压实责任确保按期完成" * 60  # no break but the line's own
    made = bulletin(item("green"), requirements=(text,))
    pages = pdf_text(as_pdf(bulletin_docx(made), "lines.docx"))
    full = [line.strip() for line in pages[1].splitlines() if line.strip() and "—" not in line]
    assert {width(line) for line in full[1:-1]} == {28}
    assert len(full) == 22


@pytest.mark.office
def test_pages_are_a4_the_annex_turned_and_numbers_odd_right_even_left(bulletin, item, as_pdf, pdf_text, page_sizes):
    made = bulletin(*[item("red", number=n, lead=f"第{n}局") for n in range(1, 13)], is_demo=True)
    pdf = as_pdf(bulletin_docx(made), "pages.docx")
    sizes, pages = page_sizes(pdf), pdf_text(pdf)
    assert sizes[0] == (210, 297)
    turned = [index for index, size in enumerate(sizes) if size == (297, 210)]
    assert turned
    assert "明细表" in re.sub(r"\s", "", pages[turned[0]])
    for index, page in enumerate(pages[: turned[0]], 1):
        foot = next(line for line in page.splitlines() if re.fullmatch(rf"\s*—\s*{index}\s*—\s*", line))
        indent = len(foot) - len(foot.lstrip())
        assert (indent > 20) == (index % 2 == 1), f"page {index}"
        assert DEMO_MARK in page
    last = pages[-1]
    assert "抄送：县委办公室，县人大常委会办公室。" in last
    assert "印发" in last
    assert not re.search(r"—\s*\d+\s*—", last)
    assert _open(made).sections[-1].start_type == WD_SECTION_START.EVEN_PAGE


@pytest.mark.office
@pytest.mark.parametrize("lagging", range(7, 11))
def test_no_page_holds_the_signature_alone(bulletin, item, as_pdf, pdf_text, lagging):
    made = bulletin(*[item("red", number=n, lead=f"第{n}局") for n in range(lagging)])
    pages = pdf_text(as_pdf(bulletin_docx(made), f"signed{lagging}.docx"))
    signed = next(
        page for page in pages[1:] if re.search(r"2023 ?年 ?10 ?月 ?8 ?日\s*$", page.split("—")[0], re.MULTILINE)
    )
    assert "按期完成" in re.sub(r"\s", "", signed)


@pytest.mark.office
def test_300_items_with_long_names_print_in_full(bulletin, item, as_pdf, pdf_text):
    words = "推进农村公路提升改造工程并同步完善沿线安全设施和服务驿站" * 4
    items = [
        item("red" if n % 3 else "green", number=n, words=f"{words}第{n}", lead=f"第{n % 40}局") for n in range(300)
    ]
    started = time.monotonic()
    file = bulletin_docx(bulletin(*items))
    assert time.monotonic() - started < 3
    printed = re.sub(r"\s", "", "".join(pdf_text(as_pdf(file, "many.docx"))))
    assert "共300项" in printed
    assert all(f"第{n}" in printed for n in range(300))
