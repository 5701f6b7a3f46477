"""Blocks of official paper in WordprocessingML (GB/T 9704—2012): paragraphs, red head, signature, tables, imprint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from xml.sax.saxutils import escape

from luoshi.publication.wording import one_line, printable, width
from luoshi.terms.period import chinese_date

TYPE_AREA = 8844  # 156 mm in twentieths of a point
TYPE_AREA_TURNED = 12756  # 225 mm
_CHARACTER = 315  # advance of a body character, 15.75 pt

KEEP = "<w:keepNext/>"  # stay on the page of the paragraph that follows
_RED_LINE = '<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="6" w:color="FF0000"/></w:pBdr>'


@dataclass(frozen=True, slots=True)
class Cell:
    """表格单元: text in a style; ``span`` columns wide, ``ink`` and ``tint`` in hexadecimal digits."""

    text: str
    style: str = "Cell"
    span: int = 1
    ink: str = ""
    tint: str = ""


@dataclass(frozen=True, slots=True)
class RowFit:
    """行距: how close a table is set: room above and below, left and right, and the least row height, in twips."""

    upright: int
    across: int
    least: int


ROOMY = RowFit(50, 85, 420)
DENSE = RowFit(12, 57, 280)  # one line of 10 pt is 14 pt high


def runs(text: str, ink: str = "") -> str:
    """The text as runs, line breaks kept."""
    color = f'<w:rPr><w:color w:val="{ink}"/></w:rPr>' if ink else ""
    inner = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in printable(text).replace("\t", " ").split("\n")
    )
    return f"<w:r>{color}{inner}</w:r>"


def paragraph(text: str, style: str = "Body", more: str = "") -> str:
    """One paragraph on one logical line; ``more`` is WordprocessingML that overrides its style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs(one_line(text))}</w:p>'


def named_paragraph(lead: str, text: str) -> str:
    """A body paragraph whose first words stand in 楷体, as a second-level heading run in with its text."""
    face = '<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="楷体_GB2312"/></w:rPr>'
    first = f'<w:r>{face}<w:t xml:space="preserve">{escape(one_line(lead))}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="Body"/></w:pPr>{first}{runs(one_line(text))}</w:p>'


def blank(style: str = "Normal", more: str = "") -> str:
    """An empty line."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr></w:p>'


def section_break(properties: str) -> str:
    """An all but invisible paragraph, after a table or to end a section with these properties."""
    tiny = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{tiny}{properties}</w:pPr></w:p>'


def red_head(issuer: str, left: str, right: str) -> str:
    """题头: the issuing body in red, number and date under it, and the red line as wide as the type area."""
    issuer = one_line(issuer)
    size = max(22, min(45, int(Fraction(440) / max(width(issuer), Fraction(1)))))
    mark = (
        '<w:p><w:pPr><w:pStyle w:val="Masthead"/><w:spacing w:before="600" w:after="360" w:line="1100" '
        f'w:lineRule="exact"/></w:pPr><w:r><w:rPr><w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(issuer)}</w:t></w:r></w:p>'
    )
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{TYPE_AREA - _CHARACTER}"/></w:tabs>'
    indent = f'<w:spacing w:after="480" w:line="579" w:lineRule="exact"/><w:ind w:firstLine="{_CHARACTER}" w:firstLineChars="100"/>'
    return mark + (
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{_RED_LINE}{tab}{indent}</w:pPr>'
        f"{runs(one_line(left))}<w:r><w:tab/></w:r>{runs(one_line(right))}</w:p>"
    )


def title(text_lines: Sequence[str]) -> str:
    """The title in 2号小标宋, centred, each line as it was broken."""
    inner = "<w:r><w:br/></w:r>".join(runs(one_line(line)) for line in text_lines)
    return f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{inner}</w:p>'


def title_lines(pieces: Sequence[str], room: int = 18) -> tuple[str, ...]:
    """A title broken between pieces, never inside one that fits, as few lines as can be, wide above narrow.

    Args:
        pieces: words that stay together, in order; one wider than a line is cut.
        room: full-width characters on a line.
    """
    words = [part for piece in pieces for part in _cut(one_line(piece), room) if part]
    if not words:
        return ()
    best: dict[int, tuple[tuple[int, Fraction], tuple[str, ...]]] = {0: ((0, Fraction(0)), ())}
    for end in range(1, len(words) + 1):
        ways = []
        for start in range(end):
            line = "".join(words[start:end])
            if start in best and width(line) <= room:
                (count, cost), lines = best[start]
                shape = _ill_shape(lines, line, room)
                ways.append(((count + 1, cost + shape), (*lines, line)))
        best[end] = min(ways)
    return best[len(words)][1]


def _ill_shape(lines: tuple[str, ...], line: str, room: int) -> Fraction:
    """How ill a line looks under those above: empty room squared, more when wider than its upper neighbour."""
    spare = (room - width(line)) ** 2
    wider = max(Fraction(0), width(line) - width(lines[-1])) if lines else Fraction(0)
    return Fraction(spare + 40 * wider)


def _cut(piece: str, room: int) -> list[str]:
    parts, rest = [], piece
    while width(rest) > room:
        at = room
        while at < len(rest) and width(rest[: at + 1]) <= room:
            at += 1
        parts.append(rest[:at])
        rest = rest[at:]
    return [*parts, rest]


def signature(issuer: str, day: date, properties: str = "") -> str:
    """署名 and 成文日期: the date four characters from the right, the body centred over it.

    Args:
        properties: those of the section that ends with the date, if one does.
    """
    issuer, dated = one_line(issuer), chinese_date(day)
    right = max(Fraction(2), 4 + (width(dated) - width(issuer)) / 2)
    lines = ((issuer, right, KEEP, ""), (dated, Fraction(4), "", properties))
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{keep}<w:ind w:right="{int(indent * _CHARACTER)}" '
        f'w:rightChars="{int(indent * 100)}"/><w:jc w:val="right"/>{end}</w:pPr>{runs(text)}</w:p>'
        for text, indent, keep, end in lines
    )


def table(rows: Iterable[Sequence[Cell]], columns: Sequence[int], heads: int = 1, dense: RowFit = ROOMY) -> str:
    """A bordered table of fixed column widths; its first ``heads`` rows repeat on each page.

    Args:
        columns: widths in twentieths of a point.
    """
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4))
    )
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    body = "".join(_row(row, columns, dense.least, is_head=index < heads) for index, row in enumerate(rows))
    margins = "".join(
        f'<w:{side} w:w="{wide}" w:type="dxa"/>'
        for side, wide in (
            ("top", dense.upright),
            ("left", dense.across),
            ("bottom", dense.upright),
            ("right", dense.across),
        )
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _row(row: Sequence[Cell], columns: Sequence[int], least: int, *, is_head: bool) -> str:
    cells, at = [], 0
    for cell in row:
        cells.append(_cell(cell, sum(columns[at : at + cell.span])))
        at += cell.span
    head = "<w:tblHeader/>" if is_head else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{least}" w:hRule="atLeast"/>{head}</w:trPr>'
        f"{''.join(cells)}</w:tr>"
    )


def _cell(cell: Cell, wide: int) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.tint}"/>' if cell.tint else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{cell.style}"/></w:pPr>{runs(cell.text, cell.ink)}</w:p></w:tc>'
    )


def imprint(copies_to: str, printed_by: str, day: date) -> str:
    """版记 at the foot of a page of its own: whom copies go to, who printed it and when, between lines.

    It stands at the bottom of one cell as high as the type area, which every office program sets alike;
    frames tied to the margin are lost in some.
    """
    top, thin, foot = (
        f'<w:{side} w:val="single" w:sz="{size}" w:space="3" w:color="000000"/>'
        for side, size in (("top", 8), ("top", 6), ("bottom", 8))
    )
    copies = ""
    if copies_to.strip():
        hang = '<w:ind w:left="1120" w:right="280" w:hanging="840"/>'
        text = runs(f"抄送：{one_line(copies_to)}。")
        copies = f'<w:p><w:pPr><w:pStyle w:val="Imprint"/><w:pBdr>{top}</w:pBdr>{hang}</w:pPr>{text}</w:p>'
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{TYPE_AREA - 280}"/></w:tabs><w:ind w:left="280" w:right="280"/>'
    printed = (
        f'<w:p><w:pPr><w:pStyle w:val="Imprint"/><w:pBdr>{thin if copies else top}{foot}</w:pBdr>{tab}</w:pPr>'
        f"{runs(one_line(printed_by))}<w:r><w:tab/></w:r>{runs(chinese_date(day) + '印发')}</w:p>"
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TYPE_AREA}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{TYPE_AREA}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/>'
        f'<w:trHeight w:val="12680" w:hRule="exact"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{TYPE_AREA}" '
        f'w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>{copies}{printed}</w:tc></w:tr></w:tbl>{section_break("")}'
    )
