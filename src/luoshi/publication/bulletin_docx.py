"""督查通报 as a Word file in GB/T 9704 layout: red head, three parts, signature, annex table, imprint."""

from __future__ import annotations

from luoshi.publication import bulletin as said
from luoshi.publication.bulletin import Bulletin
from luoshi.publication.bulletin_annex import annex
from luoshi.publication.paper import (
    KEEP,
    blank,
    imprint,
    named_paragraph,
    paragraph,
    red_head,
    section_break,
    signature,
    title,
    title_lines,
)
from luoshi.publication.word_file import FileMark, section, word_file
from luoshi.publication.wording import chinese_ordinal, one_line, width
from luoshi.terms.period import chinese_date

_KEPT_LINES = 8


def bulletin_docx(bulletin: Bulletin) -> bytes:
    """The bulletin as the bytes of a .docx; the same bulletin gives the same bytes.

    Raises:
        KeyError: an item's light is not in the legend.
    """
    attached = _annex_name(bulletin)
    body = [
        red_head(
            bulletin.issuer,
            f"第{bulletin.issue}期{'（草稿）' if bulletin.is_draft else ''}",
            chinese_date(bulletin.issued_on),
        ),
        title(title_lines(bulletin.title_pieces)),
        blank(),
        _addressed(bulletin),
        *_parts(bulletin),
    ]
    if bulletin.items:
        body += [blank(more=KEEP), paragraph(f"附件：{attached}", more=KEEP)]
    body += [blank(more=KEEP), blank(more=KEEP), signature(bulletin.issuer, bulletin.issued_on, section())]
    if bulletin.items:
        body += [
            paragraph("附件", "Annex"),
            title(title_lines(_annex_pieces(bulletin), 28)),
            blank("Cell"),
            annex(bulletin),
            section_break(section(landscape=True)),
        ]
    if bulletin.corrected_since:
        body += _since(bulletin)
    copies = "，".join(one_line(name) for name in bulletin.copies_to)
    body += [imprint(copies, bulletin.printed_by or bulletin.issuer, bulletin.issued_on)]
    body += [section(numbered=False, kind="evenPage")]
    mark = FileMark(bulletin.title, bulletin.issuer, bulletin.issued_on, bulletin.is_demo, bulletin.is_draft)
    return word_file("".join(body), mark)


def _since(bulletin: Bulletin) -> list[str]:
    """A page of its own after all that was issued, which stays as it was, byte for byte."""
    told = [said.correction_sentence(correction) for correction in bulletin.corrected_since]
    return [
        title(("结账后更正情况",)),
        blank(),
        paragraph(said.since_lead(bulletin)),
        *(paragraph(f"{number}．{text}") for number, text in enumerate(told, 1)),
        section_break(section()),
    ]


def _annex_pieces(bulletin: Bulletin) -> tuple[str, ...]:
    return (bulletin.period.label, one_line(bulletin.plan_title), "推进情况", "明细表")


def _annex_name(bulletin: Bulletin) -> str:
    return "".join(_annex_pieces(bulletin))


def _addressed(bulletin: Bulletin) -> str:
    names = "，".join(one_line(name) for name in bulletin.addressees)
    return paragraph(f"{names}：", "Normal") if names else ""


def _parts(bulletin: Bulletin) -> list[str]:
    """The numbered parts of the text."""
    wanted = said.requirements(bulletin)
    asked = list(wanted) if len(wanted) == 1 else [f"{n}．{text}" for n, text in enumerate(wanted, 1)]
    corrected = [said.correction_sentence(correction) for correction in bulletin.corrections]
    parts = [
        ("总体情况", [paragraph(text) for text in said.overall(bulletin)]),
        ("存在问题", _problems(bulletin)),
        ("下步要求", [paragraph(text) for text in asked] if corrected else _closing(asked)),
    ]
    if corrected:
        parts.append(("前期数据更正", _closing(corrected)))
    return [
        block
        for number, (name, blocks) in enumerate(parts, 1)
        for block in (paragraph(f"{chinese_ordinal(number)}、{name}", "Heading1"), *blocks)
    ]


def _closing(texts: list[str]) -> list[str]:
    """The last paragraphs, the very last kept with the signature: no page may hold a signature alone.

    A paragraph of many lines is left to break, since some programs would push it whole to the next page.
    """
    last = len(texts) - 1
    return [
        paragraph(text, more=KEEP if index == last and width(text) <= _KEPT_LINES * 28 else "")
        for index, text in enumerate(texts)
    ]


def _problems(bulletin: Bulletin) -> list[str]:
    blocks = [paragraph(said.problems_lead(bulletin))]
    for number, (unit, items) in enumerate(said.lagging(bulletin).items(), 1):
        lead = f"（{chinese_ordinal(number)}）{unit}"
        sentences = [said.lagging_sentence(item, bulletin.legend) for item in items]
        if len(items) == 1:
            blocks.append(named_paragraph(f"{lead}。", sentences[0]))
            continue
        blocks.append(paragraph(f"{lead}（{len(items)}项）", "Heading2"))
        blocks += [paragraph(f"{index}．{text}") for index, text in enumerate(sentences, 1)]
    silent = said.unreported_sentence(bulletin)
    return [*blocks, paragraph(silent)] if silent else blocks
