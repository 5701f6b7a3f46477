"""A Word file from its body: package, styles, headers, page numbers and properties, the same bytes each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from luoshi.publication.archive import archive
from luoshi.publication.paper_style import LINE, STYLES
from luoshi.publication.wording import one_line

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
DEMO_MARK = "演示数据：本件由演示数据生成，不作公文使用"
DRAFT_MARK = "草稿：本月尚未结账，数字可能变动，不作公文使用"

_PARTS = {  # part: (relation, its id)
    "styles": ("styles", "rId1"),
    "settings": ("settings", "rId2"),
    "header1": ("header", "rId3"),
    "footer1": ("footer", "rId4"),
    "footer2": ("footer", "rId5"),
    "footer3": ("footer", "rId6"),
    "fontTable": ("fontTable", "rId7"),
}


@dataclass(frozen=True, slots=True)
class FileMark:
    """文件属性: what a file says about itself; the day is that of the paper, never of the machine."""

    title: str
    author: str
    day: date
    is_demo: bool = False
    is_draft: bool = False

    @property
    def warning(self) -> str:
        """What stands in the head of every page of a paper that is not to be issued; empty for one that is."""
        return "　".join(text for text, holds in ((DRAFT_MARK, self.is_draft), (DEMO_MARK, self.is_demo)) if holds)


def word_file(body: str, mark: FileMark) -> bytes:
    """The .docx with this body.

    Args:
        body: paragraphs, tables and the last ``w:sectPr``, in WordprocessingML.
    """
    document = f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(mark),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": _styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": f"<w:hdr {_NAMES}>{_paragraph('Mark', _text(mark.warning))}</w:hdr>",
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "word/footer3.xml": f"<w:ftr {_NAMES}>{_paragraph('PageNumber', '')}</w:ftr>",
    }
    return archive({name: (_HEAD + text).encode() for name, text in parts.items()})


def section(*, landscape: bool = False, numbered: bool = True, kind: str = "nextPage") -> str:
    """The properties of a section: A4 with the type area of GB/T 9704, 156 × 225 mm, upright or turned.

    Args:
        numbered: whether its pages show their number.
        kind: where it starts: ``nextPage`` or ``evenPage``.
    """
    odd, even = ("rId4", "rId5") if numbered else ("rId6", "rId6")
    parts = "".join(
        f'<w:{what}Reference w:type="{when}" r:id="{part}"/>'
        for what, when, part in (
            ("header", "default", "rId3"),
            ("header", "even", "rId3"),
            ("footer", "default", odd),
            ("footer", "even", even),
        )
    )
    # 37 mm above, 35 below, 28 at the binding edge, 26 outside; the number stands 7 mm under the type area.
    size = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    )
    edges = (1588, 1985, 1474, 2098) if landscape else (2098, 1474, 1985, 1588)
    top, right, bottom, left = edges
    return (
        f'<w:sectPr>{parts}<w:type w:val="{kind}"/>{size}'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="907" '
        f'w:footer="{bottom - 397 - 400}" w:gutter="0"/><w:cols w:space="425"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )


def _text(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _paragraph(style: str, runs: str, more: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>'


def _footer(side: str) -> str:
    """— 1 — in 4号, one character in from the outer edge: right on odd pages, left on even ones."""
    more = f'<w:ind w:left="280" w:right="280" w:firstLine="0"/><w:jc w:val="{side}"/>'
    page = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return f"<w:ftr {_NAMES}>{_paragraph('PageNumber', _text('— ') + page + _text(' —'), more)}</w:ftr>"


def _styles() -> str:
    return (
        f'<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US" w:eastAsia="zh-CN" '
        f'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        f"{''.join(style.xml() for style in STYLES)}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        "</w:styles>"
    )


def _settings() -> str:
    return (
        f'<w:settings {_NAMES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _fonts() -> str:
    """The faces used, each with the one an office may take instead where it is not licensed."""
    faces = (
        ("方正小标宋简体", "宋体", "roman"),
        ("仿宋_GB2312", "仿宋", "modern"),
        ("楷体_GB2312", "楷体", "modern"),
        ("黑体", "SimHei", "modern"),
        ("宋体", "SimSun", "auto"),
    )
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        "</w:font>"
        for name, other, family in faces
    )
    return f"<w:fonts {_NAMES}>{fonts}</w:fonts>"


def _core(mark: FileMark) -> str:
    stamp = f"{mark.day.isoformat()}T00:00:00Z"
    dated = "".join(
        f'<dcterms:{what} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{what}>' for what in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(one_line(mark.title))}</dc:title><dc:creator>{escape(one_line(mark.author))}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(one_line(mark.author))}</cp:lastModifiedBy>{dated}</cp:coreProperties>"
    )


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), *((name, kind) for name, (kind, _) in _PARTS.items()))
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _package_relations() -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_R}/officeDocument" '
        f'Target="word/document.xml"/><Relationship Id="rId2" '
        f'Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
    )


def _document_relations() -> str:
    rows = "".join(
        f'<Relationship Id="{id}" Type="{_R}/{kind}" Target="{name}.xml"/>' for name, (kind, id) in _PARTS.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'
