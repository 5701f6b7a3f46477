"""督办通知单 as a Word file: a form of one page with places to sign for, answer and examine."""

from __future__ import annotations

from luoshi.publication.paper import Cell, paragraph, section_break, signature, table, title
from luoshi.publication.slip import Slip
from luoshi.publication.word_file import FileMark, section, word_file
from luoshi.publication.wording import listed, printable
from luoshi.terms.period import chinese_date

_COLUMNS = (1560, 2862, 1560, 2862)  # 156 mm


def slip_docx(slip: Slip) -> bytes:
    """The slip as the bytes of a .docx; the same slip gives the same bytes."""
    right = '<w:jc w:val="right"/>'
    body = [
        title(("督办通知单",)),
        paragraph(str(slip.number), "Form", right),
        table(_rows(slip), _COLUMNS, heads=0),
        section_break(""),
        signature(slip.issuer, slip.issued_on),
        section(),
    ]
    mark = FileMark(f"督办通知单 {slip.number}", slip.issuer, slip.issued_on, slip.is_demo)
    return word_file("".join(body), mark)


def _rows(slip: Slip) -> list[list[Cell]]:
    pair, whole = _pair, _whole
    return [
        pair(("紧急程度", slip.urgency or "平件"), ("办结时限", chinese_date(slip.due))),
        whole("督办事项", slip.matter),
        whole("事项来源", slip.source),
        whole("具体要求", slip.requirement),
        pair(("牵头单位", slip.lead), ("责任领导", slip.leader)),
        whole("配合单位", listed(slip.cooperating) or "无"),
        whole("反馈方式", slip.feedback or f"于{chinese_date(slip.due)}前书面反馈办理结果"),
        pair(("签发人", slip.signer), ("联系人", slip.contact)),
        whole("签　　收", "\n　　　　　　　　（签名）　　　年　　月　　日"),
        whole("承办结果", "\n\n\n　　　　　　　　（盖章）　　　年　　月　　日"),
        whole("审核意见", "\n\n　　　　　　　　（签名）　　　年　　月　　日"),
    ]


def _pair(left: tuple[str, str], right: tuple[str, str]) -> list[Cell]:
    return [cell for name, text in (left, right) for cell in (Cell(name, "FormHead"), _value(text))]


def _whole(name: str, text: str) -> list[Cell]:
    return [Cell(name, "FormHead"), Cell(printable(text), "Form", span=3)]


def _value(text: str) -> Cell:
    return Cell(printable(text), "Form")
