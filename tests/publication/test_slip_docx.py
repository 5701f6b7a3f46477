from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from luoshi.publication.slip import Slip, SlipNumber
from luoshi.publication.slip_docx import slip_docx


@pytest.fixture
def slip():
    return Slip(
        issuer="××县人民政府督查室",
        number=SlipNumber("×政督", 2023, 12),
        issued_on=date(2023, 10, 9),
        matter="完成老旧小区改造12个",
        source="2023年政府工作报告重点任务第4项",
        requirement="1．排出施工计划；\n2．每周五报送进度。",
        lead="县建设局",
        due=date(2023, 10, 31),
        cooperating=("县执法局", "七星街道"),
        leader="王某",
        urgency="急件",
    )


def test_the_slip_names_matter_source_deadline_and_who_answers(slip):
    opened = docx.Document(io.BytesIO(slip_docx(slip)))
    cells = [cell.text for row in opened.tables[0].rows for cell in row.cells]
    for name, value in (
        ("紧急程度", "急件"),
        ("办结时限", "2023年10月31日"),
        ("督办事项", "完成老旧小区改造12个"),
        ("配合单位", "县执法局、七星街道"),
        ("反馈方式", "于2023年10月31日前书面反馈办理结果"),
    ):
        assert cells[cells.index(name) + 1] == value
    assert {"签　　收", "承办结果", "审核意见"} <= set(cells)
    assert "×政督〔2023〕12号" in [paragraph.text for paragraph in opened.paragraphs]


def test_the_same_slip_gives_the_same_bytes(slip):
    assert slip_docx(slip) == slip_docx(slip)


@pytest.mark.office
def test_a_slip_of_usual_length_is_one_a4_page(slip, as_pdf, pdf_text, page_sizes):
    pdf = as_pdf(slip_docx(slip), "slip.docx")
    assert page_sizes(pdf) == [(210, 297)]
    assert "××县人民政府督查室" in pdf_text(pdf)[0]
